import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import type { Context } from '../../../context.ts';
import { keyOf } from '../../../core/key.ts';
import { ExecutionRef } from '../../../execution/schema.ts';
import { PipelineRef, pipelinesAhead, PipelineVersionRef, versionsAhead } from '../pipeline/schema.ts';
import { keyOfVersion } from '../pipeline/model.ts';
import { QueueRef, queuesAhead } from '../queue/schema.ts';
import { queueNamesOf } from './detail.ts';
import { ScheduleRef, schedulesAhead } from '../schedule/schema.ts';
import { UserRef, userOf } from '../user/schema.ts';
import { FailureStrategy } from '../workflow/failure-strategy.schema.ts';
import { retriesOf, runInCatalog, runsInCatalog } from './load-catalog.ts';
import { detailOf, loadedDetail } from './load-detail.ts';
import { keyOfRun, withoutMark, type Run } from './model.ts';
import { runIdOf } from './run-id.ts';
import { ComponentRef, inRun, StepRef } from './step.schema.ts';
import { standsStill, stuckSince } from './stuck.ts';

export const RunRef = builder.loadableNodeRef('Run', {
  id: { description: idDescription, resolve: (run: Run) => keyOfRun(run) },
  load: (keys: string[], { paddleflow: { runs } }: Context) => runs.byKeys(keys),
  toKey: (run: Run) => keyOfRun(run),
});

const LogArchiveState = builder.enumType('LogArchiveState', {
  description: "Whether the log of a run is in the gateway's hands, where it outlives the pods.",
  values: {
    PENDING: { description: 'Being copied, or not asked for yet.' },
    COMPLETE: { description: 'Copied to the last line.' },
    GAPS: { description: 'Ended, with something missing, or maybe missing; the log says where and why.' },
  },
} as const);

RunRef.implement({
  description: 'An execution of a workflow on PaddleFlow.',
  interfaces: [ExecutionRef],
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Run',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'From the request or the YAML; not unique.' }),
    runId: t.exposeString('runId', { description: "PaddleFlow's own id, such as `run-000012`; unique on its source." }),
    owner: t.field({
      type: UserRef,
      nullable: true,
      description: 'User whose it is on the backend. Null when its record cannot be read.',
      resolve: ({ source, owner }) => userOf(source, owner),
    }),
    description: t.string({
      description: 'As given when it was started; may be empty.',
      resolve: ({ description }) => withoutMark(description),
    }),
    fileSystemName: t.string({
      nullable: true,
      description: 'Name of its main file system; null when it has none.',
      resolve: ({ fsName }) => fsName || null,
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'Last change of its record; moves at every event of any step.' }),
    scheduledAt: t.expose('scheduledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its schedule wanted it; null when no schedule made it.',
    }),
    scheduleGlobalId: t.id({
      nullable: true,
      description:
        'Global id of the schedule that made it, there also when `schedule` is not; null when none did. Fits `RunFilter.scheduleIds`.',
      resolve: ({ source, scheduleId }) => (scheduleId === '' ? null : encodeGlobalId('Schedule', keyOf(source, scheduleId))),
    }),
    schedule: t.field({
      type: ScheduleRef,
      nullable: true,
      description: 'What made it. Null when no schedule did, and when that has been deleted or is not for this viewer.',
      resolve: ({ source, scheduleId }, _args, context) =>
        scheduleId === '' ? null : schedulesAhead.orKey(context, keyOf(source, scheduleId)),
    }),
    origin: t.exposeString('origin', {
      description: 'What it was started from: `<pipeline>-<version>`, the MD5 of a raw YAML, or a path.',
    }),
    settled: t.boolean({
      description: 'The end has been seen twice: the run will not change any more.',
      resolve: ({ settledAt }) => settledAt !== null,
    }),
    deletedUpstream: t.boolean({
      description: 'The run is gone from the backend: it is in no list any more, only its id still leads here.',
      resolve: ({ deletedUpstream }) => deletedUpstream !== null,
    }),
    logArchived: t.expose('logState', { type: LogArchiveState, description: 'Whether its whole log is kept here.' }),
    pipeline: t.field({
      type: PipelineRef,
      nullable: true,
      description: 'What it is a run of. Null for runs from raw YAML or a path, and when the pipeline has been deleted.',
      resolve: ({ source, pipelineId }, _args, context) =>
        pipelineId === null ? null : pipelinesAhead.orKey(context, keyOf(source, pipelineId)),
    }),
    pipelineVersion: t.field({
      type: PipelineVersionRef,
      nullable: true,
      description: 'Null as `pipeline`, and when the latest version was asked for without saying which: the backend does not keep that.',
      resolve: ({ source, pipelineId, pipelineVersionId }, _args, context) =>
        pipelineId === null || pipelineVersionId === null
          ? null
          : versionsAhead.orKey(context, keyOfVersion(source, pipelineId, pipelineVersionId)),
    }),
    queues: t.field({
      type: [QueueRef],
      nullable: { list: true, items: true },
      description:
        'Queues that its steps use, from those that have begun and from the YAML. Null while the gateway has not read the detail of an old run; a queue that is gone is null.',
      resolve: (run, _args, context) => {
        const detail = loadedDetail(run, context);
        const names = run.queueNames ?? (detail && queueNamesOf(detail));
        return names?.map((name) => queuesAhead.orKey(context, keyOf(run.source, name))) ?? null;
      },
    }),
    steps: t.field({
      type: [ComponentRef],
      nullable: true,
      description:
        'Steps and dags as a tree, as far as scheduled: in the order of the YAML, or as they began where that cannot be read. Null when the backend cannot read them any more.',
      resolve: async (run, _args, context) =>
        (await detailOf(run, context))?.components.map((component) => inRun(keyOfRun(run), component)) ?? null,
    }),
    postProcess: t.field({
      type: StepRef,
      nullable: true,
      description: 'The closing step, once it is scheduled. Null: there is none, or not yet.',
      resolve: async (run, _args, context) => {
        const step = (await detailOf(run, context))?.postProcess[0];
        return step ? inRun(keyOfRun(run), step) : null;
      },
    }),
    parameters: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the request overrode, by name, in the order of the YAML; null when nothing.',
      resolve: async (run, _args, context) => (await detailOf(run, context))?.parameters ?? null,
    }),
    yaml: t.string({
      nullable: true,
      description: 'The workflow as submitted, before overrides. Null when the backend cannot read it any more.',
      resolve: async (run, _args, context) => (await detailOf(run, context))?.yaml ?? null,
    }),
    dockerEnv: t.string({
      nullable: true,
      description:
        'Image that the request or the YAML names for the whole run; what a step really runs in is `Step.image`. Null when none is named, and when the backend cannot read it any more.',
      resolve: async (run, _args, context) => (await detailOf(run, context))?.image || null,
    }),
    failureStrategy: t.field({
      type: FailureStrategy,
      nullable: true,
      description: 'From the request or the YAML. Null when the backend cannot read it any more.',
      resolve: async (run, _args, context) => {
        const strategy = (await detailOf(run, context))?.failureStrategy;
        return strategy === 'fail_fast' || strategy === 'continue' ? strategy : null;
      },
    }),
    disabled: t.stringList({
      nullable: true,
      description: 'Components that the request switched off, by full name. Null when the backend cannot read it any more.',
      resolve: async (run, _args, context) => (await detailOf(run, context))?.disabled ?? null,
    }),
    duplicateOf: t.field({
      type: RunRef,
      nullable: true,
      description:
        'The run that the idempotency key stands for with which this one was made, too: the backend carried out a write that was given up, later than it is said to. One of the two is too many. Null for all others. From the catalog.',
      resolve: ({ source, duplicateOf }, _args, context) =>
        duplicateOf === null ? null : runInCatalog(context, keyOf(source, runIdOf(duplicateOf))),
    }),
    retryOf: t.field({
      type: RunRef,
      nullable: true,
      description:
        'The run that this one tries again. The backend does not say: known of retries made here, otherwise taken from the work that is carried on, where of several the newest counts. Null: none, or not known. From the catalog, also when it is gone upstream.',
      resolve: (run, _args, context) => (run.retryOf === null ? null : runInCatalog(context, keyOf(run.source, runIdOf(run.retryOf)))),
    }),
    retries: t.field({
      type: [RunRef],
      description: 'Runs that try this one again, oldest first, as far as that is known; see `retryOf`. From the catalog.',
      resolve: (run, _args, context) => retriesOf(context, run),
    }),
    cachedRuns: t.field({
      type: [RunRef],
      nullable: true,
      description:
        'Later runs that took over results of this one; they prevent its deletion. From the catalog, without those that are gone. Null when the backend cannot read it any more.',
      resolve: async (run, _args, context) => {
        const ids = (await detailOf(run, context))?.cachedRunIds;
        return ids === undefined
          ? null
          : runsInCatalog(
              context,
              ids.map((id) => keyOf(run.source, id)),
            );
      },
    }),
    stuckSince: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The run is being stopped, and nothing has moved since then, for five minutes or more by the clock of the backend: it may stay so for ever. `unblockRun` may help. Null: not so, or its closing step is still at work.',
      resolve: async (run, _args, context) => {
        if (run.state !== 'STOPPING' || !standsStill(run, await context.paddleflow.serverClock.aheadMs(run))) return null;
        return stuckSince(run, await detailOf(run, context));
      },
    }),
    submitLog: t.string({
      nullable: true,
      description:
        'What PaddleFlow wrote about the run and the submission of its jobs. Only entries that are known to hold nothing secret are here as they are; of others, in which it may dump credentials and environments, there is the time and `(withheld)`. It cannot tell that of a run with steps on several clusters as a whole: then only the lines of its first 100 jobs are here, without those of the run itself; with an error SUBMIT_LOG_UNREADABLE where it fails over these as well. Null once it has forgotten it, some hours after the end. Asked there for each run by itself, at the price of a read of each of its containers, and kept for 15 s: select it for one run, not in lists.',
      resolve: (run, _args, context) => context.paddleflow.submitLogs.of(run, () => detailOf(run, context)),
    }),
  }),
});
