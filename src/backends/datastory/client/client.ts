import { z } from 'zod';
import { keepSecret } from '../../../redact/redact.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { createJsonHttp, type JsonHttp, type JsonHttpOptions, type Lane } from '../../../upstream/http.ts';
import type { AlgorithmConfig, DataStorySourceConfig } from '../config.ts';
import { findTaskId, taskIdOf } from '../wire/task-id.ts';
import { WireTask, type WireSubmission } from '../wire/wire.ts';
import { dataStoryDialect, wordsOf } from './dialect.ts';

/** For whom a submission is: slots are handed out by turns to all callers. `deadline` in milliseconds of `performance.now()`. */
export interface SubmitOptions {
  readonly caller?: string | undefined;
  readonly deadline?: number | undefined;
}

/**
 * DataStory's REST API: two calls, wire shapes in and out. What fails is an `UpstreamError`: `unauthenticated` for a token that is not accepted,
 * `rejected` with its status for every other 4xx, `garbage` for a 200 that does not say what it must, with the platform's own words where it has
 * some (contract 3).
 */
export interface DataStoryClient {
  /** Safe to repeat. A task that the platform does not know is `rejected` with 404. */
  getTask(taskId: string, lane: Lane, signal?: AbortSignal): Promise<WireTask>;
  /**
   * The id of the new task. Never repeated: each call may start one. Fails with `outcomeUnknown` where no readable id came back, for a task may
   * have been made that nobody can find (contract 4.4).
   */
  submit(algorithm: AlgorithmConfig, submission: WireSubmission, options?: SubmitOptions): Promise<string>;
  health: JsonHttp['health'];
  close: JsonHttp['close'];
}

export type DataStoryClientOptions = Pick<JsonHttpOptions, 'retry' | 'circuit' | 'observe'> &
  Pick<DataStorySourceConfig, 'name' | 'url' | 'token' | 'authHeader' | 'authPrefix' | 'statusPath' | 'budgets' | 'limits' | 'ca'>;

export function createDataStoryClient(options: DataStoryClientOptions): DataStoryClient {
  const { name: source, token, authHeader, authPrefix, statusPath } = options;
  const http = createJsonHttp({ ...options, source, dialect: dataStoryDialect, requestIdHeader: 'x-request-id' });
  keepSecret(token); // no scheme word gives it away (contract 6)
  const headers = { [authHeader.toLowerCase()]: `${authPrefix}${token}` };

  /** A 200 that is no answer to the call: many platforms tell errors so. */
  function garbage(operation: string, answer: unknown, what: string): UpstreamError {
    const { code, message: upstreamMessage } = wordsOf(answer) ?? {};
    const outcomeUnknown = !operation.startsWith('GET ');
    const error = new UpstreamError({ source, operation, fault: 'garbage', status: 200, code, upstreamMessage, outcomeUnknown }, what);
    http.blame(error);
    return error;
  }

  /** What the HTTP layer cannot know of this platform. */
  function told(error: unknown): unknown {
    if (!(error instanceof UpstreamError)) return error;
    const { status = 0, operation } = error;
    if (status === 401 || status === 403) {
      const refused = error.restated({ fault: 'unauthenticated' }, `answered ${status}: it does not accept the token of the configuration`);
      http.blame(refused);
      return refused;
    }
    // Led elsewhere: as after a form that was taken, or to a page for people who have to sign in.
    const isWrite = !operation.startsWith('GET ');
    return status >= 300 && status < 400 ? error.restated({ fault: 'garbage', outcomeUnknown: isWrite }) : error;
  }
  const telling = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw told(error);
    });

  return {
    async getTask(taskId, lane, signal) {
      const operation = `GET ${statusPath}`;
      const request = { call: 'getTask', path: statusPath, query: { taskId }, lane, headers, signal } as const;
      const answer = await telling(http.send(request, z.unknown()));
      const { data: task } = WireTask.safeParse(answer);
      if (task === undefined) throw garbage(operation, answer, 'answered without the id and the status of a task');
      if (taskIdOf(task.id) !== taskId) throw garbage(operation, undefined, 'answered with another task');
      return task;
    },
    async submit({ submitMethod, submitPath, idPointers }, submission, { caller, deadline } = {}) {
      keepSecretsOf(submission);
      const request = { call: 'submitTask', method: submitMethod, path: submitPath, body: submission, headers, caller, deadline } as const;
      const answer = await telling(http.send(request, z.unknown()));
      const taskId = findTaskId(answer, idPointers);
      if (taskId !== undefined) return taskId;
      throw garbage(`${submitMethod} ${submitPath}`, answer, 'answered without the id of a task');
    },
    health: http.health,
    close: http.close,
  };
}

/** On CEPH the name of the user is a key, too (contract 6). Whatever repeats them from now on is told without them. */
function keepSecretsOf({ inputFileSystemInfo, outputFileSystemInfo }: WireSubmission): void {
  for (const info of [inputFileSystemInfo, outputFileSystemInfo]) {
    if (info.fileSystemType !== 'CEPH') continue;
    keepSecret(info.userName);
    keepSecret(info.password);
  }
}
