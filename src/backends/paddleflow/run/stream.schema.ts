import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { splitKey } from '../../../core/key.ts';
import { ExecutionEventRef, StreamEndRef, StreamGapRef, StreamItemRef } from '../../../execution/stream.schema.ts';
import { BadInputError } from '../../../problem/problem.ts';
import type { Change, ChangeItem, EventPage } from '../../../execution/feed.ts';
import { runCondition } from './filter.ts';
import { readRunFilter, RunFilterInput } from './list.schema.ts';
import { loadRunsOfPage, runOfPage } from './runs-of-page.ts';
import { RunRef } from './schema.ts';

const RunChangeRef = builder.objectRef<Change>('RunChange').implement({
  description: 'The event as it happened, and the run as it is now.',
  interfaces: [StreamItemRef],
  fields: (t) => ({
    event: t.expose('event', { type: ExecutionEventRef, description: 'What happened, as it was then.' }),
    run: t.field({
      type: RunRef,
      description: 'The run, as it is when this is delivered, or was a second before.',
      resolve: ({ event, page }, _args, context) => runOfPage(context, page, event.ordinal),
    }),
  }),
});

const RunStreamItemRef = builder.unionType('RunStreamItem', {
  description: 'What the stream of runs brings.',
  types: [RunChangeRef, StreamGapRef, StreamEndRef],
  resolveType: ({ kind }: ChangeItem) => (kind === 'Change' ? 'RunChange' : kind),
});

/** The run of an id, visible to this viewer; else BAD_USER_INPUT, as a stream of what is not there would stay silent for ever. */
export async function requireRun({ paddleflow: { runs } }: Context, key: string) {
  const run = await runs.find(key);
  if (run === undefined) throw new BadInputError(`There is no run ${splitKey(key).id} on ${splitKey(key).source}`);
  return run;
}

builder.subscriptionField('runChanged', (t) =>
  t.field({
    type: RunStreamItemRef,
    description:
      'What happens to runs. With `id`: that run, from its beginning, until its end. With `filter`, or with neither: all that match, from now on, for ever. With `after`: from there.',
    args: {
      id: t.arg.globalID({ for: RunRef, required: false, description: 'Global id of a run, to follow it alone. Excludes `filter`.' }),
      filter: t.arg({ type: RunFilterInput, required: false, description: 'Runs that match; `states` are those of the events.' }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Go on behind this item.' }),
    },
    subscribe: async (_root, { id, filter, after }, context, info) => {
      if (id && filter) throw new BadInputError('id and filter exclude each other');
      const from = context.lastEventId ?? after ?? undefined;
      const { signal } = context;
      const onPage = lookAhead(info).has('run') ? (page: EventPage) => loadRunsOfPage(context, page) : undefined;
      if (id) {
        const run = await requireRun(context, id.id);
        return context.executionFeed.changes({ sources: [run.source], ordinal: run.ordinal, after: from, signal, onPage });
      }
      const { sources, states, ...which } = readRunFilter(filter, context);
      return context.executionFeed.changes({
        sources: sources ?? context.sources.names(),
        which: runCondition(which),
        states,
        after: from,
        signal,
        onPage,
      });
    },
    resolve: (item) => item,
  }),
);
