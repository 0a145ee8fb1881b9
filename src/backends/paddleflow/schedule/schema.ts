import type { Context } from '../../../context.ts';
import { createShelf, loadAhead } from '../../../graphql/ahead.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { keyOfVersion } from '../pipeline/model.ts';
import { loadPipelines, loadVersions, PipelineRef, pipelinesAhead, PipelineVersionRef, versionsAhead } from '../pipeline/schema.ts';
import { BadInputError } from '../../../problem/problem.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import { userAt } from '../user/model.ts';
import { UserRef, userOf } from '../user/schema.ts';
import { nextRunsOf } from './forecast.ts';
import { nextRunAt, type Schedule } from './model.ts';
import type { ScheduleFilter } from './source.ts';

export const mostFireTimes = 100;
export function countOf(count: number): number {
  if (count < 0 || count > mostFireTimes) throw new BadInputError(`count must be 0 to ${mostFireTimes}, not ${count}`);
  return count;
}

export const ScheduleRef = builder.loadableNodeRef('Schedule', {
  id: { description: idDescription, resolve: (schedule: Schedule) => schedule.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, ids) => context.paddleflow.schedules(source).byIds(ids)), // one call per source
  toKey: (schedule: Schedule) => schedule.key,
});

const ScheduleStatus = builder.enumType('ScheduleStatus', {
  description: 'Whether a schedule still fires.',
  values: {
    RUNNING: { description: 'The schedule makes runs when they are due.' },
    ENDED: { description: 'The end time has come; PaddleFlow calls that success.' },
    STOPPED: { description: 'Somebody has ended it.' },
    FAILED: { description: 'PaddleFlow knows the word and never uses it.' },
    UNKNOWN: { description: 'A word that the gateway does not know: see `rawState`.' },
  },
} as const);

export const ConcurrencyPolicy = builder.enumType('ConcurrencyPolicy', {
  description: 'What happens to a run that is due while as many are active as may be.',
  values: {
    SUSPEND: { value: 'suspend', description: 'The run waits until one of them has ended.' },
    REPLACE: { value: 'replace', description: 'The oldest is stopped, gently, and it takes its place.' },
    SKIP: { value: 'skip', description: 'The run is recorded as skipped.' },
  },
} as const);

ScheduleRef.implement({
  description: 'Starts runs of a version of a pipeline by the clock.',
  isTypeOf: isKind('Schedule'),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique per owner; its runs have it too.' }),
    ...sourceFields(t, (schedule: Schedule) => schedule.source),
    scheduleId: t.exposeString('scheduleId', { description: "PaddleFlow's own id, such as `schedule-000002`." }),
    description: t.exposeString('description', { description: 'For people; its runs have it too. May be empty.' }),
    owner: t.field({
      type: UserRef,
      nullable: true,
      description: 'User who made it, and to whom its runs belong. Null when the backend does not say.',
      resolve: ({ source, owner }) => userOf(source, owner),
    }),
    fileSystemOwner: t.field({
      type: UserRef,
      description: 'User whose file systems its runs use.',
      resolve: ({ source, fileSystemOwner }) => userAt(keyOf(source, fileSystemOwner)),
    }),
    pipeline: t.field({
      type: PipelineRef,
      nullable: true,
      description: 'Of which it makes runs. Null when that has been deleted, or is not for this viewer.',
      resolve: ({ source, pipelineId }, _args, context) => pipelinesAhead.orKey(context, keyOf(source, pipelineId)),
    }),
    pipelineVersion: t.field({
      type: PipelineVersionRef,
      nullable: true,
      description: 'The version, which stays the same when others are added. Null as `pipeline`.',
      resolve: ({ source, pipelineId, versionId }, _args, context) =>
        versionsAhead.orKey(context, keyOfVersion(source, pipelineId, versionId)),
    }),
    crontab: t.exposeString('crontab', { description: 'When it fires, by the clock of `timeZone` unless it names a zone itself.' }),
    timeZone: t.exposeString('timeZone', { description: "IANA name of the zone of the backend's clock." }),
    status: t.expose('state', { type: ScheduleStatus, description: 'In words of the gateway.' }),
    rawState: t.exposeString('rawState', { description: "The backend's own word: running, success, terminated." }),
    message: t.exposeString('message', { description: "PaddleFlow's remark on it, for people; mostly empty." }),
    concurrency: t.int({
      nullable: true,
      description: 'Number of its runs that may be active at a time; null means any number.',
      resolve: ({ concurrency }) => concurrency || null,
    }),
    concurrencyPolicy: t.field({
      type: ConcurrencyPolicy,
      nullable: true,
      description: 'What happens at that limit. Null for a word that the gateway does not know.',
      resolve: ({ concurrencyPolicy: word }) => (word === 'suspend' || word === 'replace' || word === 'skip' ? word : null),
    }),
    expireAfterSeconds: t.int({
      nullable: true,
      description: 'A run that could not start within this time is skipped; null means it waits for ever.',
      resolve: ({ expireSeconds }) => expireSeconds || null,
    }),
    catchUp: t.exposeBoolean('catchUp', { description: 'Stored by PaddleFlow, and without effect there.' }),
    startAt: t.expose('startAt', { type: 'DateTime', nullable: true, description: 'Not before this; null means at once.' }),
    endAt: t.expose('endAt', { type: 'DateTime', nullable: true, description: 'Not after this; null means without end.' }),
    registeredAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was made. Null when the backend does not say.',
    }),
    changedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last changed; each firing counts. Null when the backend does not say.',
    }),
    nextRunAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the next run is due; past while it is held back. Null when it will not fire again.',
      resolve: nextRunAt,
    }),
    nextRuns: t.field({
      type: ['DateTime'],
      description: 'When the next ones are due: the first as PaddleFlow says, the others from the crontab, up to the end time.',
      args: { count: t.arg.int({ defaultValue: 5, description: `Times to tell, at most ${mostFireTimes}.` }) },
      resolve: (schedule, { count }) => nextRunsOf(schedule, countOf(count)),
    }),
  }),
});

export const schedulesAhead = createShelf<Schedule>('Schedule');

/** Schedules of a page of runs, ahead of the fields that show them. */
export async function loadSchedules(context: Context, keys: readonly string[]): Promise<void> {
  await loadAhead(schedulesAhead, context, keys, (source, ids) => context.paddleflow.schedules(source).byIds(ids));
}

const ScheduleConnection = builder.connectionObject(
  { type: ScheduleRef, name: 'ScheduleConnection', description: 'A page of schedules, oldest first as the backend lists them.' },
  { name: 'ScheduleEdge', description: 'A schedule with its place in the list.' },
);
const ScheduleFilterInput = builder.inputType('ScheduleFilter', {
  description: 'All conditions must hold; each list means "one of these", and what is left out does not matter.',
  fields: (t) => ({
    ownerNames: t.stringList({ required: false, description: 'Names of users.' }),
    names: t.stringList({ required: false, description: 'Exact matches.' }),
    statuses: t.field({
      type: [ScheduleStatus],
      required: false,
      description: 'UNKNOWN matches nothing: the backend filters by its own words.',
    }),
    pipelineIds: t.globalIDList({ for: PipelineRef, required: false, description: 'Global ids of pipelines on the same source.' }),
    versions: t.stringList({ required: false, description: 'Versions such as `1`, of whatever pipeline.' }),
  }),
});

function filterOf(source: string, input: typeof ScheduleFilterInput.$inferInput | null | undefined): ScheduleFilter {
  const pipelines = input?.pipelineIds?.map(({ id }) => splitKey(id));
  if (pipelines?.some((place) => place.source !== source)) throw new BadInputError('A pipeline of the filter is on another source');
  return {
    owners: input?.ownerNames ?? undefined,
    names: input?.names ?? undefined,
    states: input?.statuses ?? undefined,
    pipelines: pipelines?.map(({ id }) => id),
    versions: input?.versions ?? undefined,
  };
}

builder.queryFields((t) => ({
  schedule: t.field({
    type: ScheduleRef,
    nullable: true,
    description: 'A schedule; null when it is not there, or not for this viewer.',
    args: { id: t.arg.globalID({ for: ScheduleRef, description: 'Global id of a Schedule, not its `scheduleId`.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  schedules: t.connection(
    {
      type: ScheduleRef,
      nullable: true, // one dead source never blanks the page
      description: 'Schedules of one source, forward only. Asked there, so null with an error while it cannot be reached.',
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        filter: t.arg({ type: ScheduleFilterInput, required: false, description: 'Left out: all that this viewer may see.' }),
      },
      resolve: async (_root, { source, filter, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        const selected = lookAhead(info);
        const wanted = filterOf(source, filter);
        const page = await resolveMarkerConnection(args, (at) => context.paddleflow.schedules(source).page(wanted, at), {
          source,
          list: keyOf('schedules', source),
          peek: selected.has('pageInfo.hasNextPage'),
        });
        const shown = page.edges.map(({ node }) => node);
        const pipelines = shown.map(({ pipelineId }) => keyOf(source, pipelineId));
        const versions = shown.map(({ pipelineId, versionId }) => keyOfVersion(source, pipelineId, versionId));
        await Promise.all([
          selected.has('pipeline') && loadPipelines(context, pipelines),
          selected.has('pipelineVersion') && loadVersions(context, versions),
        ]);
        return page;
      },
    },
    ScheduleConnection,
  ),
}));
