import { timingSafeEqual } from 'node:crypto';
import type { ApiRequest, Reply } from '../kit/api-server.ts';
import { splitPath } from '../kit/router.ts';
import type { WireFault } from '../kit/wire-faults.ts';
import type { Platform } from './platform.ts';
import { ApiError, readSubmission } from './submission.ts';
import type { Switches } from './switches.ts';
import type { Task } from './task.ts';

export const statusPath = '/api/algorithm/task/get';
const minuteMs = 60_000;

/** The API of one platform: a submission on the path of its algorithm, or the status of a task. */
export function createReplies(platform: Platform, token: string): (request: ApiRequest) => Reply {
  let calls: number[] = [];

  /** A window that slides, for nobody has said how the platform counts. */
  function checkRate(): void {
    const { callsPerMinute, retryAfter } = platform.switches;
    if (callsPerMinute === 0) return;
    const now = platform.clock.now();
    calls = calls.filter((at) => at > now - minuteMs);
    const [oldest] = calls;
    if (oldest !== undefined && calls.length >= callsPerMinute) {
      const seconds = Math.max(1, Math.ceil((oldest + minuteMs - now) / 1000));
      throw new ApiError(429, 'too many calls', retryAfter === 'seconds' ? seconds : undefined);
    }
    calls.push(now);
  }

  return ({ method, path, body, header }) => {
    const { pathname, query } = splitPath(path);
    const isStatus = pathname === statusPath;
    const { switches } = platform;
    try {
      checkToken(header('authorization'), token, switches);
      checkRate();
      return json(200, isStatus ? statusOf(platform, method, query.get('taskId')) : submit(platform, method, pathname, body));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Many platforms answer errors with 200 and an envelope; whether this one does is not known (3).
      const inEnvelope = (isStatus ? switches.statusErrors : switches.submitErrors) === 'envelope';
      return inEnvelope ? json(200, wordsOf(error)) : refusal(error, switches);
    }
  };
}

/** What a fault of kind `status` answers. */
export const orderedError = ({ status = 500, code, message = 'ordered' }: WireFault): Reply =>
  json(status, { code: code ?? status * 100 + 1, message });

const json = (status: number, value: unknown): Reply => ({ status, text: JSON.stringify(value) });
const wordsOf = ({ code, message }: ApiError) => ({ code, message });

function refusal(error: ApiError, { errorBody }: Switches): Reply {
  const { status, message, retryAfterSeconds } = error;
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const text = errorBody === 'json' ? JSON.stringify(wordsOf(error)) : errorBody === 'text' ? message : '';
  return { status, text, headers: { ...headers, ...(errorBody === 'text' && { 'content-type': 'text/plain' }) } };
}

/** The bare token, without any scheme word (3). */
function checkToken(given: string, token: string, switches: Switches): void {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  if (switches.token === 'valid' && one.length === other.length && timingSafeEqual(one, other)) return;
  throw new ApiError(switches.badToken === '401' ? 401 : 403, 'the token is not valid');
}

function submit(platform: Platform, method: string, path: string, body: string): unknown {
  const algorithm = platform.algorithms.find(({ submitPath }) => submitPath === path);
  if (algorithm === undefined) throw new ApiError(404, 'no such algorithm');
  if (method !== 'POST') throw new ApiError(405, 'only POST');
  const { name, fileSystems = ['HDFS', 'CEPH'] } = algorithm;
  const { switches } = platform;
  return submitted(platform.submit({ algorithm: name, ...readSubmission(body, { fileSystems, switches }) }), switches);
}

function submitted({ id: number }: Task, { idShape, idType }: Switches): unknown {
  const id = idType === 'number' ? number : String(number);
  if (idShape === 'id' || idShape === 'taskId') return { [idShape]: id };
  if (idShape === 'data') return { code: 200, data: id };
  if (idShape === 'data-id' || idShape === 'data-taskId') return { code: 200, data: { [idShape.slice('data-'.length)]: id } };
  return idShape === 'bare' ? id : { code: 200, message: 'accepted' };
}

function statusOf(platform: Platform, method: string, taskId: string | null): unknown {
  if (method !== 'GET') throw new ApiError(405, 'only GET');
  if (taskId === null || !/^\d{1,15}$/.test(taskId)) throw new ApiError(400, 'taskId is missing or no number');
  const task = platform.task(Number(taskId));
  const { idleTimes, cancelWord, unknownTask } = platform.switches;
  if (task === undefined) {
    if (unknownTask === 'nulls') return { id: null, status: null, addTime: null, startTime: null, finishTime: null };
    throw new ApiError(unknownTask === '404' ? 404 : 400, 'no such task');
  }
  const { status, startedAt, finishedAt } = platform.standing(task);
  const time = (key: string, at: number | undefined) => {
    if (at === undefined && idleTimes === 'absent') return {};
    return { [key]: at === undefined && idleTimes === 'null' ? null : platform.zone.local(at) };
  };
  return {
    id: task.id,
    status: task.rawStatus ?? (status === 'CANCELLED' ? cancelWord : status),
    ...time('addTime', task.submittedAt),
    ...time('startTime', startedAt),
    ...time('finishTime', finishedAt),
  };
}
