import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { pageSizeOf, type ConnectionArgs } from '../../../graphql/pagination.ts';
import { splitKey } from '../../../core/key.ts';
import { BadInputError } from '../../../problem/problem.ts';
import { ordinalOf } from '../run/run-id.ts';
import { RunRef } from '../run/schema.ts';
import { findComponent, splitComponentKey, StepRef } from '../run/step.schema.ts';
import { StreamEndRef, StreamGapRef, StreamItemRef } from '../../../execution/stream.schema.ts';
import { requireRun } from '../run/stream.schema.ts';
import type { LogLines, LogPage, LogPlace, LogStreamItem } from './feed.ts';
import type { LogLine } from './lines.ts';

const LogLineRef = builder.objectRef<LogLine>('LogLine').implement({
  description: 'A line that a container wrote.',
  fields: (t) => ({
    number: t.exposeFloat('number', { description: "The step's own count, from 1: gapless, unless a gap says otherwise." }),
    at: t.expose('at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was written, with nanoseconds; null on a line without a time.',
    }),
    text: t.exposeString('text', { description: 'As written: colours, carriage returns and all. Broken UTF-8 shows as U+FFFD.' }),
    cut: t.exposeBoolean('cut', { description: 'The line was longer than the limit of the configuration; the rest is not kept.' }),
  }),
});

/** Log lines know the path of their step; the step itself is looked up in the run as it is now. */
async function stepAt(context: Context, runKey: string, path: string) {
  const component = path === '' ? undefined : await findComponent(context, `${runKey}/${path}`);
  return component?.kind === 'Step' ? component : null;
}

const LogLinesRef = builder.objectRef<LogLines>('LogLines').implement({
  description: 'Lines of one step, in order.',
  interfaces: [StreamItemRef],
  isTypeOf: isKind('LogLines'),
  fields: (t) => ({
    step: t.field({
      type: StepRef,
      nullable: true,
      description: 'The step that wrote them, as it is now. Null when its run cannot be read any more.',
      resolve: ({ runKey, step }, _args, context) => stepAt(context, runKey, step),
    }),
    stepPath: t.exposeString('step', { description: 'Path of that step in the run, without a look at the run.' }),
    lines: t.field({ type: [LogLineRef], description: 'Lines in order, at least one.', resolve: ({ lines }) => lines }),
  }),
});
const LogStreamItemRef = builder.unionType('LogStreamItem', {
  description: 'What the stream of a log brings.',
  types: [LogLinesRef, StreamGapRef, StreamEndRef],
  resolveType: ({ kind }: LogStreamItem) => kind,
});

async function follow(context: Context, place: LogPlace, after: string | null | undefined): Promise<AsyncIterableIterator<LogStreamItem>> {
  const {
    signal,
    lastEventId,
    paddleflow: { logFeed },
  } = context;
  await logFeed.want(place, { waiting: true });
  return logFeed.follow(place, { after: lastEventId ?? after ?? undefined, signal });
}

builder.subscriptionFields((t) => ({
  runLog: t.field({
    type: LogStreamItemRef,
    description: 'The log of all steps of a run, in the order in which it was copied, from `after` or from its first line to its end.',
    args: {
      id: t.arg.globalID({ for: RunRef, description: 'Global id of a Run, not its `runId`.' }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Go on behind this item. Left out: from the first line.' }),
    },
    subscribe: async (_root, { id, after }, context) => {
      const { source, ordinal } = await requireRun(context, id.id);
      return follow(context, { source, ordinal }, after);
    },
    resolve: (item) => item,
  }),
  stepLog: t.field({
    type: LogStreamItemRef,
    description: 'The log of one step, from `after` or from its first line to its end. Takes the cursors of its `runLog` too.',
    args: {
      id: t.arg.globalID({ for: StepRef, description: 'Global id of a Step. It may not have been scheduled yet.' }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Go on behind this item. Left out: from the first line.' }),
    },
    subscribe: async (_root, { id, after }, context) => {
      const { runKey, path } = splitComponentKey(id.id);
      const run = await requireRun(context, runKey);
      return follow(context, { source: run.source, ordinal: run.ordinal, step: path }, after);
    },
    resolve: (item) => item,
  }),
}));

type LogPageRead = Pick<LogPage, 'gaps'> & { readonly ended: boolean };
const LogConnection = builder.connectionObject(
  {
    type: LogLineRef,
    name: 'LogConnection',
    description: 'A page of a log, in order. Its cursors are those of `runLog` and `stepLog`; `pageInfo.endCursor` goes past gaps.',
    fields: (t) => ({
      gaps: t.field({
        type: [StreamGapRef],
        description: 'What is missing within this page.',
        resolve: (page) => [...(page as unknown as LogPageRead).gaps],
      }), // made below
      ended: t.boolean({
        description: 'The log has ended: after the last page nothing more will come.',
        resolve: (page) => (page as unknown as LogPageRead).ended,
      }),
    }),
  },
  {
    name: 'LogEdge',
    description: 'A line with its place in the stream.',
    fields: (t) => ({
      stepPath: t.string({
        description: 'Path of the step that wrote it.',
        resolve: (edge) => (edge as unknown as { stepPath: string }).stepPath,
      }),
    }), // made below
  },
);

const isGiven = (cursor: string | null | undefined) => typeof cursor === 'string';

async function resolveLog(place: LogPlace, args: ConnectionArgs, { paddleflow: { logFeed } }: Context) {
  const size = pageSizeOf(args, 100);
  await logFeed.want(place, { waiting: false });
  const ended = await logFeed.ended(place); // before the page: when it had ended then, nothing is missing now
  const page = await logFeed.page(place, { after: args.after ?? undefined, before: args.before ?? undefined, ...size });
  const edges = page.lines.map((node) => ({ node, cursor: page.cursorAt(node.seq), stepPath: node.step }));
  const pageInfo = {
    hasNextPage: size.fromEnd ? isGiven(args.before) : page.more,
    hasPreviousPage: size.fromEnd ? page.more : isGiven(args.after),
    startCursor: edges[0]?.cursor ?? null,
    endCursor: page.endCursor,
  };
  return { edges, pageInfo, gaps: page.gaps, ended };
}

builder.objectField(RunRef, 'log', (t) =>
  t.connection(
    {
      type: LogLineRef,
      description: 'The lines of all its steps, in the order in which they were copied; from either end. The query twin of `runLog`.',
      resolve: ({ source, ordinal }, args, context) => resolveLog({ source, ordinal }, args, context),
    },
    LogConnection,
  ),
);
builder.objectField(StepRef, 'log', (t) =>
  t.connection(
    {
      type: LogLineRef,
      description: 'Lines of the step by number, from either end. The query twin of `stepLog`.',
      resolve: ({ runKey, path }, args, context) => {
        const { source, id } = splitKey(runKey);
        const ordinal = ordinalOf(id);
        if (ordinal === undefined) throw new BadInputError(`There is no run ${id}`);
        return resolveLog({ source, ordinal, step: path }, args, context);
      },
    },
    LogConnection,
  ),
);
