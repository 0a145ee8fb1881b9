import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { boundsOf, connectionOf, pageSizeOf, type Connection, type ConnectionArgs } from '../../../graphql/pagination.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { registerKind } from '../../../execution/kinds.ts';
import { decodePlace, encodePlace } from '../../../execution/place.schema.ts';
import { ExecutionState } from '../../../execution/schema.ts';
import { loadPipelines, loadVersions, PipelineRef } from '../pipeline/schema.ts';
import { keyOfVersion } from '../pipeline/model.ts';
import { loadQueues } from '../queue/schema.ts';
import { loadSchedules, ScheduleRef } from '../schedule/schema.ts';
import type { RunFilter } from './filter.ts';
import { detailOf, loadDetails } from './load-detail.ts';
import type { Run } from './model.ts';
import { RunRef } from './schema.ts';

export const RunFilterInput = builder.inputType('RunFilter', {
  description: 'All conditions must hold; each list means "one of these". What is left out does not matter.',
  fields: (t) => ({
    sources: t.stringList({ required: false, description: 'Names of sources.' }),
    ownerNames: t.stringList({ required: false, description: 'Names of users.' }),
    states: t.field({ type: [ExecutionState], required: false, description: 'States; in a stream, the state of the event.' }),
    names: t.stringList({ required: false, description: 'Names of runs, exactly.' }),
    fileSystemNames: t.stringList({ required: false, description: 'Names of main file systems.' }),
    pipelineIds: t.globalIDList({ for: PipelineRef, required: false, description: 'Global ids of pipelines of which they are runs.' }),
    scheduleIds: t.globalIDList({ for: ScheduleRef, required: false, description: 'Global ids of schedules that made them.' }),
    ids: t.globalIDList({ for: RunRef, required: false, description: 'Global ids: those runs and no others.' }),
    createdFrom: t.field({ type: 'DateTime', required: false, description: 'Created at this moment or later.' }),
    createdBefore: t.field({ type: 'DateTime', required: false, description: 'Created before this moment.' }),
  }),
});

type FilterInput = typeof RunFilterInput.$inferInput;

/** The filter in the catalog's terms. Throws BAD_USER_INPUT for a source that is not configured. */
export function readRunFilter(input: FilterInput | null | undefined, context: Context): RunFilter {
  input?.sources?.forEach((name) => context.paddleflow.requireSource(name));
  return {
    sources: input?.sources ?? context.paddleflow.sourceNames, // what was configured once and is not any more is not shown
    owners: input?.ownerNames ?? undefined,
    states: input?.states ?? undefined,
    names: input?.names ?? undefined,
    fileSystems: input?.fileSystemNames ?? undefined,
    pipelines: input?.pipelineIds?.map(({ id }) => splitKey(id)),
    schedules: input?.scheduleIds?.map(({ id }) => splitKey(id)),
    ids: input?.ids?.map(({ id }) => splitKey(id)),
    createdFrom: input?.createdFrom ?? undefined,
    createdBefore: input?.createdBefore ?? undefined,
  };
}

interface RunList extends Connection<Run> {
  readonly filter: RunFilter;
}

/** A page of runs, with the relations that the query goes on to: at most one list call per concept and source. */
export async function resolveRuns(
  filter: RunFilter,
  args: ConnectionArgs,
  context: Context,
  selected: ReadonlySet<string>,
): Promise<RunList> {
  const size = pageSizeOf(args);
  const read = await context.paddleflow.runs.page(filter, {
    ...boundsOf(args, decodePlace),
    limit: size.limit + 1,
    inverted: size.fromEnd,
  });
  const page = connectionOf(size.fromEnd ? read.toReversed() : read, size, args, encodePlace);
  await loadRelations(
    context,
    page.edges.map(({ node }) => node),
    selected,
  );
  return { ...page, filter };
}

/** What the fields of these runs will need. */
async function loadRelations(context: Context, shown: readonly Run[], selected: ReadonlySet<string>): Promise<void> {
  await Promise.all([
    selected.has('queues') && loadQueues(context, shown.flatMap(queueKeysOf), { withClusters: selected.has('queues.cluster') }),
    selected.has('pipeline') &&
      loadPipelines(
        context,
        shown.flatMap(({ source, pipelineId }) => (pipelineId === null ? [] : [keyOf(source, pipelineId)])),
      ),
    selected.has('schedule') && loadSchedules(context, shown.flatMap(scheduleKeysOf)),
    selected.has('pipelineVersion') && loadVersions(context, shown.flatMap(versionKeysOf)),
    inDetail.some((field) => selected.has(field)) && loadDetails(context, shown),
  ]);
}

registerKind({
  kind: 'Run',
  async load(context, rows, selected) {
    const [first] = rows;
    if (first === undefined) return new Map();
    const ordinals = rows.map(({ ordinal }) => ordinal);
    const runs = await context.paddleflow.runs.byNumbers(first.source, ordinals);
    await loadRelations(context, [...runs.values()], selected);
    return runs;
  },
  find: ({ paddleflow: { runs } }, key) => runs.find(key),
});

const queueKeysOf = ({ source, queueNames }: Run) => (queueNames ?? []).map((name) => keyOf(source, name));
const scheduleKeysOf = ({ source, scheduleId }: Run) => (scheduleId === '' ? [] : [keyOf(source, scheduleId)]);
const versionKeysOf = ({ source, pipelineId, pipelineVersionId }: Run) =>
  pipelineId === null || pipelineVersionId === null ? [] : [keyOfVersion(source, pipelineId, pipelineVersionId)];

/** Fields that only the detail of a run can answer. */
const inDetail = ['steps', 'postProcess', 'parameters', 'yaml', 'failureStrategy', 'disabled', 'cachedRuns'];

export const RunConnection = builder.connectionObject(
  {
    type: RunRef,
    name: 'RunConnection',
    description: 'A page of runs, newest first over all sources.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'Number of runs that match, over all pages; counted only when it is selected.',
        resolve: (page, _args, { paddleflow: { runs } }) => runs.total((page as unknown as RunList).filter), // made by resolveRuns alone
      }),
      complete: t.boolean({
        description: 'False while history of one of the sources is still being read: older runs, and so totals, are missing.',
        resolve: (page, _args, { paddleflow: { runs } }) => runs.complete((page as unknown as RunList).filter.sources ?? []), // as above
      }),
    }),
  },
  { name: 'RunEdge', description: 'A run with its place in the list.' },
);

builder.queryFields((t) => ({
  run: t.field({
    type: RunRef,
    nullable: true,
    description: 'A run; null when it is not there, or not for this viewer. One that the catalog does not know yet is asked for upstream.',
    args: { id: t.arg.globalID({ for: RunRef, description: 'Global id of a Run, not its `runId`.' }) },
    resolve: async (_root, { id }, context, info) => {
      const known = await RunRef.getDataloader(context).load(id.id);
      if (known === null) return null;
      const run = await context.paddleflow.runs.upToDate(known);
      if (run.queueNames === null && lookAhead(info).has('queues')) await detailOf(run, context); // for one run it is worth a call
      return run;
    },
  }),
  runs: t.connection(
    {
      type: RunRef,
      description: 'Runs of all sources, newest first, from the catalog: they are there while a source is down.',
      args: { filter: t.arg({ type: RunFilterInput, required: false, description: 'Left out: all that this viewer may see.' }) },
      resolve: (_root, { filter, ...args }, context, info) => resolveRuns(readRunFilter(filter, context), args, context, lookAhead(info)),
    },
    RunConnection,
  ),
}));
