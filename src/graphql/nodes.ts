import { resolveNodes } from '@pothos/plugin-relay';
import { builder, decodeNodeId } from './builder.ts';

// Not that of the plugin: it decodes all ids before it looks for the first one, so that one id that is none, or one backend that fails, spoils them all.
builder.queryField('nodes', (t) =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description:
      'Several objects by their ids, in the same order; null where one is not there, and where an id is none, with an error at its place.',
    args: { ids: t.arg.idList({ description: 'Global ids, of one type or of several.' }) },
    // All at once: their loaders make one call of them.
    resolve: (_root, { ids }, context, info) =>
      ids.map(async (id) => {
        const [node] = await resolveNodes(builder, context, info, [decodeNodeId(id)]);
        return node as object | null; // the plugin's `unknown` is what the loader of that type has found
      }),
  }),
);
