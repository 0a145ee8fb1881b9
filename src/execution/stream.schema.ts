import type { Context } from '../context.ts';
import { splitKey } from '../core/key.ts';
import { builder } from '../graphql/builder.ts';
import { lookAhead } from '../graphql/look-ahead.ts';
import { connectionOf, pageSizeOf } from '../graphql/pagination.ts';
import type { StreamEnd, StreamGap } from '../live/item.ts';
import type { EventRow } from '../live/stream.ts';
import { BadInputError } from '../problem/problem.ts';
import type { ExecutionEventKind } from './event-kind.ts';
import type { Change, ChangeItem, EventPage } from './feed.ts';
import { identityCondition } from './filter.ts';
import { kindOf, valuesOf } from './kinds.ts';
import { ExecutionFilterInput, readExecutionFilter } from './list.schema.ts';
import { createPageLoader } from './of-page.ts';
import { ExecutionRef, ExecutionState } from './schema.ts';

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
    fromTime: t.expose('fromTime', {
      type: 'DateTime',
      nullable: true,
      description: 'When the missing part begins; null where that is not known.',
    }),
    toTime: t.expose('toTime', {
      type: 'DateTime',
      nullable: true,
      description: 'When the missing part ends; null where that is not known.',
    }),
    missingLines: t.exposeFloat('missingLines', {
      nullable: true,
      description: 'Number of lines that are missing; null when nobody can know.',
    }),
  }),
});

const EndReason = builder.enumType('StreamEndReason', {
  description: 'Why a stream has ended.',
  values: {
    COMPLETED: { description: 'There is nothing more to come: the end was seen twice.' },
    DELETED: { description: 'The work was deleted on the backend.' },
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

const EventKind = builder.enumType('ExecutionEventKind', {
  description: 'What happened to a piece of work.',
  values: {
    DISCOVERED: { description: 'The gateway saw it for the first time.' },
    STATE_CHANGED: { description: 'The state went from one `ExecutionState`, or word of the backend, to another.' },
    PROGRESSED: { description: 'The state of some of its parts, or its message, changed.' },
    SETTLED: { description: 'The end was seen twice: nothing more is expected.' },
    REOPENED: { description: 'Against expectation it changed after its end.' },
    UNREADABLE: { description: 'The backend cannot read its record any more.' },
    DELETED: { description: 'The work was deleted on the backend.' },
  } satisfies Record<ExecutionEventKind, { description: string }>,
});
export const ExecutionEventRef = builder.objectRef<EventRow>('ExecutionEvent').implement({
  description: 'Something that happened to a piece of work, as it was then.',
  fields: (t) => ({
    kind: t.expose('kind', { type: EventKind, description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When the gateway saw it.' }),
    state: t.expose('state', { type: ExecutionState, description: 'The state after it.' }),
    rawState: t.exposeString('rawState', { description: "The backend's word after it." }),
    message: t.exposeString('message', { description: "The backend's message after it; may be empty." }),
    steps: t.exposeStringList('steps', {
      description: 'Paths of the parts whose state changed with it, where its kind has such; of a run see `Component.path`.',
    }),
  }),
});

const pages = createPageLoader(async (context, { source, ordinals }) => {
  const rows = [...(await context.executions.byNumbers(source, ordinals)).values()];
  const values = await valuesOf(context, rows, new Set());
  return new Map(values.flatMap((value) => (value ? [[value.ordinal, value]] : [])));
});
const ExecutionChangeRef = builder.objectRef<Change>('ExecutionChange').implement({
  description: 'The event as it happened, and the work as it is now.',
  interfaces: [StreamItemRef],
  fields: (t) => ({
    event: t.expose('event', { type: ExecutionEventRef, description: 'What happened, as it was then.' }),
    execution: t.field({
      type: ExecutionRef,
      nullable: true,
      description: 'The work, as it is when this is delivered, or was a second before. Null when this viewer may not see it any more.',
      resolve: ({ event, page }, _args, context) => pages.get(context, page, event.ordinal),
    }),
  }),
});
const ExecutionStreamItemRef = builder.unionType('ExecutionStreamItem', {
  description: 'What the stream of work of all kinds brings.',
  types: [ExecutionChangeRef, StreamGapRef, StreamEndRef],
  resolveType: ({ kind }: ChangeItem) => (kind === 'Change' ? 'ExecutionChange' : kind),
});

/** Where the work of an id stands; else BAD_USER_INPUT, as a stream of what is not there would stay silent for ever. */
async function requireExecution(context: Context, { typename, id }: { readonly typename: string; readonly id: string }) {
  const found = await kindOf(typename)?.find(context, id);
  if (found === undefined) throw new BadInputError(`There is no work of type ${typename} with the id ${splitKey(id).id}`);
  return found;
}

builder.subscriptionField('executionChanged', (t) =>
  t.field({
    type: ExecutionStreamItemRef,
    description:
      'What happens to work of every kind. With `id`: to that piece of work, from its beginning, until its end. With `filter`, or with neither: to all that matches, from now on, for ever. With `after`: from there. The same cursors go on in `runChanged`.',
    args: {
      id: t.arg.globalID({
        required: false,
        description: 'Global id of a piece of work, of any type that implements `Execution`. Excludes `filter`.',
      }),
      filter: t.arg({ type: ExecutionFilterInput, required: false, description: 'Work that matches; `states` are those of the events.' }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Go on behind this item.' }),
    },
    subscribe: async (_root, { id, filter, after }, context, info) => {
      if (id && filter) throw new BadInputError('id and filter exclude each other');
      const onPage = lookAhead(info).has('execution') ? (page: EventPage) => pages.begin(context, page) : undefined;
      const options = { after: context.lastEventId ?? after ?? undefined, signal: context.signal, onPage };
      if (id) {
        const { source, ordinal } = await requireExecution(context, id);
        return context.executionFeed.changes({ ...options, sources: [source], ordinal });
      }
      const { sources, states, ...which } = readExecutionFilter(filter, context);
      return context.executionFeed.changes({ ...options, sources, states, which: identityCondition(which) });
    },
    resolve: (item) => item,
  }),
);

const ExecutionEventConnection = builder.connectionObject(
  {
    type: ExecutionEventRef,
    name: 'ExecutionEventConnection',
    description: 'A page of the history of a piece of work, oldest first. Its cursors are those of `executionChanged`.',
    fields: (t) => ({
      reset: t.boolean({
        description: 'The cursor belongs to another database or lies ahead of this one: this page is from the start.',
        resolve: (page) => (page as unknown as { readonly reset: boolean }).reset, // made below
      }),
    }),
  },
  { name: 'ExecutionEventEdge', description: 'An event with its place in the stream.' },
);
builder.interfaceField(ExecutionRef, 'events', (t) =>
  t.connection(
    {
      type: ExecutionEventRef,
      description: 'History of the work, from either end: the query twin of `executionChanged`, for clients without a socket.',
      resolve: async ({ source, ordinal }, args, { executionFeed }) => {
        const size = pageSizeOf(args, 100);
        const { items, reset } = await executionFeed.history(source, ordinal, {
          after: args.after ?? undefined,
          before: args.before ?? undefined,
          ...size,
        });
        const cursors = new Map(items.map(({ event, cursor }) => [event, cursor]));
        return { ...connectionOf([...cursors.keys()], size, args, (event) => cursors.get(event) ?? ''), reset };
      },
    },
    ExecutionEventConnection,
  ),
);
