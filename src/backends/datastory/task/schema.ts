import type { Context } from '../../../context.ts';
import { parseJson } from '../../../core/exact-json.ts';
import { ExecutionRef } from '../../../execution/schema.ts';
import { builder } from '../../../graphql/builder.ts';
import type { SubmissionState } from '../tables.ts';
import { StorageLocationRef } from './location.schema.ts';
import { keyOfTask, type Task } from './model.ts';

export const TaskRef = builder.loadableNodeRef('Task', {
  id: { description: 'Opaque: fits `task`, `node` and wherever the id of a task is asked for.', resolve: (task: Task) => keyOfTask(task) },
  load: (keys: string[], { datastory }: Context) => datastory.tasks.byKeys(keys),
  toKey: (task: Task) => keyOfTask(task),
});

export const SubmissionStateEnum = builder.enumType('TaskSubmission', {
  description: 'What is known of the submission of a task.',
  values: {
    SENDING: { description: 'The submission is under way.' },
    ACCEPTED: { description: 'The platform has taken it, and said its id.' },
    UNCONFIRMED: {
      description:
        'No id came back, so the platform may or may not have taken it, and nobody can look for it there. It is never sent again: a mail of the platform, or its people, may tell.',
    },
  } satisfies Record<SubmissionState, { description: string }>,
});

TaskRef.implement({
  description: 'A task that was submitted to a DataStory platform through this gateway. The platform has no list: others are not known.',
  interfaces: [ExecutionRef],
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Task',
  fields: (t) => ({
    taskId: t.exposeString('taskId', {
      nullable: true,
      description:
        "The platform's own id, digits alone; unique on its source. Null until the platform has said it, which may be never: see `submission`.",
    }),
    submission: t.expose('submission', { type: SubmissionStateEnum, description: 'Whether the platform has taken it.' }),
    algorithm: t.exposeString('algorithm', { description: 'Name of the algorithm, as configured.' }),
    input: t.expose('input', { type: StorageLocationRef, description: 'File or folder that the task reads.' }),
    output: t.expose('output', {
      type: StorageLocationRef,
      description:
        'Folder in which the result lies once the task has ended well. As it was submitted: the platform does not say, nor does it publish the names of the files in it.',
    }),
    email: t.exposeString('email', {
      description: 'Address to which the platform writes when the task goes wrong or is cancelled, in part only.',
    }),
    parameters: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Parameters of the algorithm as they were given, without what looks like a secret. Null: none were.',
      resolve: ({ parameters }) => (parameters === null ? null : parseJson(parameters.toString())),
    }),
    addedAt: t.expose('addedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        "When the platform added it, by its own clock. Null until it has said so. `createdAt` is the gateway's own time of the submission.",
    }),
    settled: t.boolean({
      description: 'The task has ended, and is not asked for any more.',
      resolve: ({ settledAt }) => settledAt !== null,
    }),
  }),
});
