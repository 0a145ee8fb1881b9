import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { connectionOf, pageSizeOf } from '../../../graphql/pagination.ts';
import { splitKey } from '../../../core/key.ts';
import type { EventRow } from '../../../live/stream.ts';
import { ExecutionState } from '../../../execution/schema.ts';
import { BadInputError } from '../../../problem/problem.ts';
import type { Change, ChangeItem, EventPage } from '../../../execution/feed.ts';
import type { ExecutionEventKind } from '../../../execution/event-kind.ts';
import type { StreamEnd, StreamGap } from '../../../live/item.ts';
import { runCondition } from './filter.ts';
import { readRunFilter, RunFilterInput } from './list.schema.ts';
import { loadRunsOfPage, runOfPage } from './runs-of-page.ts';
import { RunRef } from './schema.ts';

export const StreamItemRef = builder.interfaceRef<{ readonly cursor: string }>('StreamItem').implement({
  description: 'Something a stream brings. Keep the cursor of the last one you have dealt with: `after` goes on behind it.',
  fields: (t) => ({ cursor: t.expose('cursor', { type: 'Cursor', description: 'Everything up to and including this item.' }) }),
});

const GapReason = builder.enumType('StreamGapReason', {
  description: 'Why something is missing.',
  values: {
    RETENTION: { description: 'The backend had thrown it away before it could be copied.' },
    CEILING: { description: "More came at once than the backend's call can serve." },
    RESET: { description: 'The cursor belongs to another database or lies ahead of this one: the stream is told from its start.' },
    UNREADABLE: {
      description:
        'The backend could not read it; or it never showed a line, and no other log did that would tell a step without lines from one that cannot be read.',
    },
  },
} as const);
export const StreamGapRef = builder.objectRef<StreamGap>('StreamGap').implement({
  description: 'Something is missing here. It has a place of its own in the stream, so nobody passes it unseen.',
  interfaces: [StreamItemRef],
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'StreamGap',
  fields: (t) => ({
    gapReason: t.expose('reason', { type: GapReason, description: 'Why it is missing.' }),
    reason: t.exposeString('reason', { description: 'The word of `gapReason`.', deprecationReason: 'Ask for `gapReason`.' }),
    fromTime: t.expose('fromTime', { type: 'DateTime', nullable: true, description: 'When the missing part begins, where that is known.' }),
    toTime: t.expose('toTime', { type: 'DateTime', nullable: true, description: 'When it ends, where that is known.' }),
    missingLines: t.exposeFloat('missingLines', { nullable: true, description: 'How many lines; null when nobody can know.' }),
  }),
});

const EndReason = builder.enumType('StreamEndReason', {
  description: 'Why a stream has ended.',
  values: {
    COMPLETED: { description: 'There is nothing more to come: the end was seen twice.' },
    DELETED: { description: 'It was deleted on the backend.' },
  },
} as const);
export const StreamEndRef = builder.objectRef<StreamEnd>('StreamEnd').implement({
  description: 'Nothing comes after this. The subscription completes.',
  interfaces: [StreamItemRef],
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'StreamEnd',
  fields: (t) => ({
    endReason: t.expose('reason', { type: EndReason, description: 'Why it ended.' }),
    reason: t.exposeString('reason', { description: 'The word of `endReason`.', deprecationReason: 'Ask for `endReason`.' }),
  }),
});

const EventKind = builder.enumType('RunEventKind', {
  description: 'What happened to a run.',
  values: {
    DISCOVERED: { description: 'The gateway saw it for the first time.' },
    STATE_CHANGED: { description: 'It went from one `ExecutionState`, or word of the backend, to another.' },
    PROGRESSED: { description: 'The state of some of its steps, or its message, changed.' },
    SETTLED: { description: 'Its end was seen twice: nothing more is expected.' },
    REOPENED: { description: 'Against expectation it changed after its end.' },
    UNREADABLE: { description: 'The backend cannot read its record any more.' },
    DELETED: { description: 'It was deleted on the backend.' },
  } satisfies Record<ExecutionEventKind, { description: string }>,
});
const RunEvent = builder.objectRef<EventRow>('RunEvent').implement({
  description: 'Something that happened to a run, as it was then.',
  fields: (t) => ({
    kind: t.expose('kind', { type: EventKind, description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When the gateway saw it.' }),
    state: t.expose('state', { type: ExecutionState, description: 'The state after it.' }),
    rawState: t.exposeString('rawState', { description: "PaddleFlow's word after it." }),
    message: t.exposeString('message', { description: "PaddleFlow's message after it; may be empty." }),
    steps: t.exposeStringList('steps', { description: 'Paths of the components whose state changed with it; see `Component.path`.' }),
  }),
});
const RunChangeRef = builder.objectRef<Change>('RunChange').implement({
  description: 'The event as it happened, and the run as it is now.',
  interfaces: [StreamItemRef],
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Change',
  fields: (t) => ({
    event: t.expose('event', { type: RunEvent, description: 'What happened, as it was then.' }),
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
      id: t.arg.globalID({ for: RunRef, required: false, description: 'One run. Excludes `filter`.' }),
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

const RunEventConnection = builder.connectionObject(
  {
    type: RunEvent,
    name: 'RunEventConnection',
    description: 'A page of the history of a run, oldest first. Its cursors are those of `runChanged`.',
    fields: (t) => ({
      reset: t.boolean({
        description: 'The cursor belongs to another database or lies ahead of this one: this page is from the start.',
        resolve: (page) => (page as unknown as { readonly reset: boolean }).reset, // made below
      }),
    }),
  },
  { name: 'RunEventEdge', description: 'An event with its place in the stream.' },
);
builder.objectField(RunRef, 'events', (t) =>
  t.connection(
    {
      type: RunEvent,
      description: 'Its history, from either end: the query twin of `runChanged`, for clients without a socket.',
      resolve: async (run, args, { executionFeed }) => {
        const size = pageSizeOf(args, 100);
        const { items, reset } = await executionFeed.history(run.source, run.ordinal, {
          after: args.after ?? undefined,
          before: args.before ?? undefined,
          ...size,
        });
        const cursors = new Map(items.map(({ event, cursor }) => [event, cursor]));
        return { ...connectionOf([...cursors.keys()], size, args, (event) => cursors.get(event) ?? ''), reset };
      },
    },
    RunEventConnection,
  ),
);
