import { z } from 'zod';
import { UpstreamError } from '../../../upstream/errors.ts';
import { createJsonHttp, type JsonHttp, type JsonHttpOptions, type Lane } from '../../../upstream/http.ts';
import type { AlgorithmConfig, DataStorySourceConfig } from '../config.ts';
import { findTaskId, taskIdOf } from '../wire/task-id.ts';
import { WireTask, type WireSubmission } from '../wire/wire.ts';
import { dataStoryDialect } from './dialect.ts';

/** DataStory's REST API: two calls, wire shapes in and out. */
export interface DataStoryClient {
  /** Safe to repeat. A 200 without a readable id and status is an error of the platform's (contract 3). */
  getTask(taskId: string, lane: Lane, signal?: AbortSignal): Promise<WireTask>;
  /**
   * The id of the new task. Never repeated: each call may start one. Fails with `outcomeUnknown` where no readable id came back, for a task may
   * have been made that nobody can find (contract 4.4).
   */
  submit(algorithm: AlgorithmConfig, submission: WireSubmission): Promise<string>;
  health: JsonHttp['health'];
  close: JsonHttp['close'];
}

export type DataStoryClientOptions = Pick<JsonHttpOptions, 'retry' | 'circuit' | 'observe'> &
  Pick<DataStorySourceConfig, 'name' | 'url' | 'token' | 'authHeader' | 'authPrefix' | 'statusPath' | 'budgets' | 'limits' | 'ca'>;

export function createDataStoryClient(options: DataStoryClientOptions): DataStoryClient {
  const { name: source, token, authHeader, authPrefix, statusPath } = options;
  const http = createJsonHttp({ ...options, source, dialect: dataStoryDialect, requestIdHeader: 'x-request-id' });
  const headers = { [authHeader.toLowerCase()]: `${authPrefix}${token}` };
  return {
    async getTask(taskId, lane, signal) {
      const operation = `GET ${statusPath}`;
      const task = await http.send({ call: 'getTask', path: statusPath, query: { taskId }, lane, headers, signal }, WireTask);
      if (taskIdOf(task.id) !== taskId)
        throw new UpstreamError({ source, operation, fault: 'garbage', status: 200 }, 'answered with another task');
      return task;
    },
    async submit({ submitMethod, submitPath, idPointers }, submission) {
      const request = { call: 'submitTask', method: submitMethod, path: submitPath, body: submission, headers } as const;
      const taskId = findTaskId(await http.send(request, z.unknown()), idPointers);
      if (taskId !== undefined) return taskId;
      const details = { source, operation: `${submitMethod} ${submitPath}`, fault: 'garbage', status: 200, outcomeUnknown: true } as const;
      throw new UpstreamError(details, 'answered without the id of a task');
    },
    health: http.health,
    close: http.close,
  };
}
