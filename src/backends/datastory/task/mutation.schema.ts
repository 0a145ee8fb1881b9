import { builder } from '../../../graphql/builder.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import { readLocationInput, StorageLocationInput } from './location.schema.ts';
import type { Task } from './model.ts';
import { TaskRef } from './schema.ts';

const SubmitTaskInput = builder.inputType('SubmitTaskInput', {
  description: 'What a DataStory platform is to work on, and with what.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the DataStory source that is to work on it.' }),
    algorithm: t.string({ description: 'Name of the algorithm, see `DataStorySource.algorithms`.' }),
    input: t.field({
      type: StorageLocationInput,
      description: 'File or folder to read. The platform reads it there: nothing is uploaded.',
    }),
    output: t.field({ type: StorageLocationInput, description: 'Folder for the result; it may be on another kind of file system.' }),
    email: t.string({
      required: false,
      description:
        'Address to which the platform writes when the task goes wrong or is cancelled: one, at most 254 characters, of a domain that the configuration allows. Left out: the one of the configuration, if it has one.',
    }),
    parameters: t.field({
      type: 'JSON',
      required: false,
      description: 'Parameters of the algorithm by name; refused for an algorithm that takes none. Numbers are sent as they are written.',
    }),
    idempotencyKey: t.string({
      required: false,
      description:
        'Any text of yours, unique per viewer, 1 to 255 characters. The same key always leads to the same task, also after a lost answer: one that may have been submitted is never submitted again. With other input it is a conflict.',
    }),
  }),
});

const SubmitTaskPayload = builder.objectRef<{ readonly task: Task }>('SubmitTaskPayload').implement({
  description: 'The platform has taken the task.',
  fields: (t) => ({ task: t.expose('task', { type: TaskRef, description: 'The task, as it was just before this answer.' }) }),
});

builder.mutationField('submitTask', (t) =>
  t.field({
    type: SubmitTaskPayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description:
      'Submits a task, with one call that is never repeated. When no answer with an id comes back it is an `UnconfirmedProblem`, and the task stays in the list as UNCONFIRMED. Tasks cannot be cancelled or run again through the platform: it has no call for that.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: SubmitTaskInput, description: 'The algorithm, and where its files lie.' }) },
    resolve: async (_root, { input }, { datastory }) => ({
      task: await datastory.taskWriter.submit({
        source: input.source,
        algorithm: input.algorithm,
        input: readLocationInput(input.input, 'input'),
        output: readLocationInput(input.output, 'output'),
        email: input.email ?? undefined,
        parameters: input.parameters ?? undefined,
        idempotencyKey: input.idempotencyKey ?? undefined,
      }),
    }),
  }),
);
