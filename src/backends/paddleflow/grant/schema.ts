import { isAtLeast } from '../../../auth/viewer.ts';
import type { Context } from '../../../context.ts';
import { createShelf } from '../../../graphql/ahead.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { pageOfWhole } from '../../../graphql/whole-list.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { QueueRef } from '../queue/schema.ts';
import { UserRef } from '../user/schema.ts';
import type { QueueGrant } from './model.ts';
import { userAt } from '../user/model.ts';

/** Of a source, however many queues and users of a page show theirs: one list. */
const grantsAhead = createShelf<Promise<QueueGrant[]>>('QueueGrants');
function grantsOf(context: Context, source: string): Promise<QueueGrant[]> {
  const grants = grantsAhead.get(context, source) ?? context.paddleflow.grants(source).all();
  grantsAhead.set(context, source, grants);
  return grants;
}

export const QueueGrantRef = builder.loadableNodeRef('QueueGrant', {
  id: { description: idDescription, resolve: (grant: QueueGrant) => grant.key },
  load: async (keys: string[], context: Context) =>
    isAtLeast(context.viewer, 'admin') ? loadPerSource(context, keys, (source) => grantsOf(context, source)) : keys.map(() => null),
  toKey: (grant: QueueGrant) => grant.key,
});
QueueGrantRef.implement({
  description: 'A user may see a queue. It does not decide who may use it: the backend runs work on any queue that is named.',
  isTypeOf: isKind('QueueGrant'),
  fields: (t) => ({
    user: t.field({
      type: UserRef,
      description: 'The user who may see the queue.',
      resolve: ({ source, user }) => userAt(keyOf(source, user)),
    }),
    queue: t.field({
      type: QueueRef,
      nullable: true,
      description: 'What was granted. Null when the queue is gone.',
      resolve: ({ source, queue }) => keyOf(source, queue),
    }),
    grantedAt: t.expose('grantedAt', { type: 'DateTime', nullable: true, description: 'Null where it could not be read.' }),
  }),
});

const QueueGrantConnection = builder.connectionObject(
  { type: QueueGrantRef, name: 'QueueGrantConnection', description: 'A page of grants, oldest first.' },
  { name: 'QueueGrantEdge', description: 'A grant with its place in the list.' },
);

builder.objectField(UserRef, 'queueGrants', (t) =>
  t.connection(
    {
      type: QueueGrantRef,
      nullable: true,
      authScopes: { admin: true },
      description:
        'Queues that this user may see; for admins. One call for all users of a source. Null with an error while the source cannot be reached.',
      resolve: async ({ key }, args, context) => {
        const { source, id: name } = splitKey(key);
        const grants = await grantsOf(context, source);
        const own = grants.filter(({ user }) => user === name);
        return pageOfWhole(args, own, `grants of ${key}`);
      },
    },
    QueueGrantConnection,
  ),
);
builder.objectField(QueueRef, 'grants', (t) =>
  t.connection(
    {
      type: QueueGrantRef,
      nullable: true,
      authScopes: { admin: true },
      description:
        'Users who may see this queue, besides `root`; for admins. One call for all queues of a source. Null with an error while the source cannot be reached.',
      resolve: async ({ key, source, name }, args, context) => {
        const grants = await grantsOf(context, source);
        const ofQueue = grants.filter(({ queue }) => queue === name);
        return pageOfWhole(args, ofQueue, `grants on ${key}`);
      },
    },
    QueueGrantConnection,
  ),
);
builder.queryField('queueGrants', (t) =>
  t.connection(
    {
      type: QueueGrantRef,
      nullable: true,
      authScopes: { admin: true },
      description:
        'Queues that a user may see; for admins. Asked there, so null with an error while the source cannot be reached; null as well when there is no such source.',
      args: { userId: t.arg.globalID({ for: UserRef, description: 'Global id of the user.' }) },
      resolve: async (_root, { userId: { id: key }, ...args }, context) => {
        const { source, id: name } = splitKey(key);
        if (!context.sources.has(source)) return null; // the id of nobody
        return pageOfWhole(args, await context.paddleflow.grants(source).ofUser(name), `grants of ${key}`);
      },
    },
    QueueGrantConnection,
  ),
);
