import { builder } from '../../../graphql/builder.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { splitKey } from '../../../core/key.ts';
import { readRunFilter, resolveRuns, RunConnection } from '../run/list.schema.ts';
import { RunRef } from '../run/schema.ts';
import { UserRef } from './schema.ts';

/** Apart from the type itself: runs know their owner, so this file comes after theirs. */
builder.objectField(UserRef, 'runs', (t) =>
  t.connection(
    {
      type: RunRef,
      authScopes: { viewer: true }, // who signs in is given a `User` before they are known
      description: 'Runs that belong to them, newest first, from the catalog; of those, what this viewer may see.',
      resolve: ({ key }, args, context, info) => {
        const { source, id: name } = splitKey(key);
        const filter = { ...readRunFilter(undefined, context), sources: [source], owners: [name] };
        return resolveRuns(filter, args, context, lookAhead(info));
      },
    },
    RunConnection,
  ),
);
