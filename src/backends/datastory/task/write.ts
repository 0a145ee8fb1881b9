import { randomUUID } from 'node:crypto';
import type { Attempt } from '../../../audit/attempt.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import { keyOf } from '../../../core/key.ts';
import type { Database } from '../../../db/database.ts';
import { createIntents } from '../../../execution/intent/intents.ts';
import { poke } from '../../../live/stream.ts';
import { UnconfirmedProblem } from '../../../problem/problem.ts';
import { readBack } from '../../../problem/read-back.ts';
import { redactValue } from '../../../redact/value.ts';
import type { DataStorySource } from '../source.ts';
import { maskedEmail } from './email.ts';
import { taskMaker } from './maker.ts';
import { keyOfTask, type Task } from './model.ts';
import type { TaskSource } from './source.ts';
import { readSubmission, type SubmissionInput } from './submission.ts';

export interface SubmitTask extends SubmissionInput {
  readonly source: string;
  readonly idempotencyKey?: string | undefined;
}

export interface TaskWriterOptions {
  readonly db: Database;
  readonly viewer: Viewer;
  readonly caller: string;
  /** Throws `NotFoundProblem`. */
  readonly sourceOf: (name: string) => DataStorySource;
  readonly reads: TaskSource;
  readonly attempt: Attempt;
  readonly logError: (error: unknown, about?: Record<string, unknown>) => void;
}

/** What a key stands for: all of the request, without its secrets, which may be renewed between two tries. */
const identityOf = ({ algorithm, input, output, email, parameters }: SubmissionInput) => ({
  algorithm,
  input: withoutSecrets(input),
  output: withoutSecrets(output),
  email,
  parameters,
});
const withoutSecrets = (location: SubmissionInput['input']) =>
  'ceph' in location ? { ceph: { ...location.ceph, accessKey: '', secretKey: '' } } : location;

/** Submits tasks, each with one call. Throws a `Problem` that the client can act on, or an outage. */
export function createTaskWriter({ db, viewer, caller, sourceOf, reads, attempt, logError }: TaskWriterOptions) {
  const intents = createIntents(db, viewer, logError);
  return {
    submit: ({ source: name, idempotencyKey, ...asked }: SubmitTask): Promise<Task> =>
      attempt(
        'submitTask',
        name,
        async () => {
          const { config, client } = sourceOf(name);
          const submission = readSubmission(asked, config);
          const { algorithm, input, output, email, parameters } = submission;
          const task = {
            source: name,
            creator: viewer.identity,
            algorithm: algorithm.name,
            input,
            output,
            email: maskedEmail(email),
            parameters: parameters && JSON.stringify(redactValue(parameters)),
          };
          const maker = taskMaker({ db, config, client, submission, task, caller, logError });
          const key =
            idempotencyKey === undefined
              ? await maker.send(randomUUID(), performance.now() + maker.sendMs)
              : await intents.once(idempotencyKey, identityOf(asked), maker);
          await poke(db, name, key).catch((error: unknown) => logError(error, { source: name, key }));
          const read = async () => (await reads.byKeys([keyOf(name, key)]))[0] ?? undefined;
          const work = { type: 'Task', key: keyOf(name, key) };
          const made = await readBack(key, read, work);
          if (made.submission === 'ACCEPTED') return made;
          throw new UnconfirmedProblem(`${key}: ${made.message || 'it is not known yet whether the platform has taken it'}`, work);
        },
        keyOfTask,
      ),
  };
}
export type TaskWriter = ReturnType<typeof createTaskWriter>;
