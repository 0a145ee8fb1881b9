import { builder } from '../../../graphql/builder.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import { splitKey } from '../../../core/key.ts';
import { deletionPayload } from '../deletion/schema.ts';
import { PipelineVersionRef } from '../pipeline/schema.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import type { Schedule } from './model.ts';
import { ConcurrencyPolicy, ScheduleRef } from './schema.ts';
import type { NewSchedule } from './write.ts';

const CreateScheduleInput = builder.inputType('CreateScheduleInput', {
  description: 'A schedule to make, on the source of its pipeline.',
  fields: (t) => ({
    pipelineVersionId: t.globalID({ for: PipelineVersionRef, description: 'Global id of the version that is to run.' }),
    name: t.string({ description: 'A letter or `_`, then 1 to 49 letters, digits and `_`. Unique per owner.' }),
    description: t.string({ required: false, description: 'For people, at most 256 bytes; its runs get it too.' }),
    crontab: t.string({
      description:
        "Five fields, `@daily` and its like, or `@every 10m`, by the backend's clock; `CRON_TZ=` may stand in front. See `nextFireTimes`.",
    }),
    startAt: t.field({ type: 'DateTime', required: false, description: 'In the future; nothing is due before. Left out: from now on.' }),
    endAt: t.field({ type: 'DateTime', required: false, description: 'In the future and after `startAt`; left out: without end.' }),
    concurrency: t.int({ required: false, description: 'Number of its runs that may be active at a time; left out or 0: any number.' }),
    concurrencyPolicy: t.field({ type: ConcurrencyPolicy, defaultValue: 'suspend', description: 'What happens at that limit.' }),
    expireAfterSeconds: t.int({ required: false, description: 'Skip what could not start within this time; left out or 0: never.' }),
    catchUp: t.boolean({ defaultValue: true, description: 'Kept by PaddleFlow for show: it has no effect.' }),
    fileSystemOwnerName: t.string({
      required: false,
      description: 'User whose file systems its runs use, for the account `root` only. Left out: the owner of the schedule.',
    }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const StopScheduleInput = builder.inputType('StopScheduleInput', {
  description: 'The schedule that is to fire no more.',
  fields: (t) => ({ id: t.globalID({ for: ScheduleRef, description: 'Global id of the schedule.' }) }),
});
const DeleteScheduleInput = builder.inputType('DeleteScheduleInput', {
  description: 'The schedule that is to go.',
  fields: (t) => ({
    id: t.globalID({ for: ScheduleRef, description: 'Global id of a schedule that has ended or was stopped.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only say what hangs on it, and write nothing.' }),
  }),
});

const payload = (name: string, description: string, scheduleDescription: string) =>
  builder.objectRef<{ readonly schedule: Schedule }>(name).implement({
    description,
    fields: (t) => ({ schedule: t.expose('schedule', { type: ScheduleRef, description: scheduleDescription }) }),
  });
const CreateSchedulePayload = payload('CreateSchedulePayload', 'The schedule was made.', 'As the backend has it, with its first time.');
const StopSchedulePayload = payload('StopSchedulePayload', 'The schedule fires no more.', 'The schedule; its active runs go on.');
const DeleteSchedulePayload = deletionPayload('Schedule', 'The schedule', ['unfinishedRunIds']);

function scheduleOf({ pipelineVersionId, ...input }: typeof CreateScheduleInput.$inferInput): { source: string; schedule: NewSchedule } {
  const { source, id } = splitKey(pipelineVersionId.id);
  const [pipelineID = '', pipelineVersionID = ''] = id.split('/');
  const schedule = {
    pipelineID,
    pipelineVersionID,
    name: input.name,
    desc: input.description ?? undefined,
    crontab: input.crontab,
    startAt: input.startAt ?? undefined,
    endAt: input.endAt ?? undefined,
    concurrency: input.concurrency ?? undefined,
    concurrencyPolicy: input.concurrencyPolicy,
    expireInterval: input.expireAfterSeconds ?? undefined,
    catchup: input.catchUp,
    username: input.fileSystemOwnerName ?? undefined,
  };
  return { source, schedule };
}

builder.mutationFields((t) => ({
  createSchedule: t.field({
    type: CreateSchedulePayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description: 'Makes a schedule; for operators, or who has signed in. A name that is taken is a `ConflictProblem`.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: CreateScheduleInput, description: 'What is to run, and when.' }) },
    resolve: async (_root, { input }, { paddleflow: { scheduleWriter } }) => {
      const { source, schedule } = scheduleOf(input);
      return { schedule: await scheduleWriter.create(source, schedule, { idempotencyKey: input.idempotencyKey ?? undefined }) };
    },
  }),
  stopSchedule: t.field({
    type: StopSchedulePayload,
    nullable: true,
    description: 'Ends a schedule for good. One that has come to its end already is a `ConflictProblem`.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: StopScheduleInput, description: 'The schedule that is meant.' }) },
    resolve: async (_root, { input }, context) => {
      const schedule = await context.paddleflow.scheduleWriter.stop(input.id.id);
      ScheduleRef.getDataloader(context).clear(input.id.id);
      return { schedule };
    },
  }),
  deleteSchedule: t.field({
    type: DeleteSchedulePayload,
    nullable: true,
    description: 'Deletes a schedule that does not fire any more; otherwise a `ConflictProblem`. Its runs stay.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: DeleteScheduleInput, description: 'The schedule, or the question what hangs on it.' }) },
    resolve: async (_root, { input }, context) => {
      const deleted = await context.paddleflow.scheduleWriter.delete(input.id.id, input);
      ScheduleRef.getDataloader(context).clear(input.id.id);
      return deleted;
    },
  }),
}));
