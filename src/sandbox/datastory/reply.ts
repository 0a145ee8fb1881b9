import { timingSafeEqual } from 'node:crypto';
import type { ApiRequest, Reply } from '../kit/api-server.ts';
import { splitPath } from '../kit/router.ts';
import type { WireFault } from '../kit/wire-faults.ts';
import type { Switches } from './options.ts';
import type { Platform } from './platform.ts';
import { ApiError, readSubmission } from './submission.ts';
import type { Task } from './task.ts';

export const statusPath = '/api/algorithm/task/get';

/** One call of the platform: a submission on the path of its algorithm, or the status of a task. */
export function replyTo(platform: Platform, token: string, request: ApiRequest): Reply {
  const { pathname, query } = splitPath(request.path);
  const isStatus = pathname === statusPath;
  try {
    checkToken(request.header('authorization'), token);
    if (isStatus) return json(200, statusOf(platform, request.method, query.get('taskId')));
    return json(200, submit(platform, request.method, pathname, request.body));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, message, status } = error;
    // Many platforms answer errors with 200 and an envelope; whether this one does is not known (3).
    return json(isStatus && platform.switches.statusErrors === 'envelope' ? 200 : status, { code, message });
  }
}

/** The answer of a fault that needs none of the platform's own. */
export function faultReply({ kind, status = 500, body, code, message = 'ordered' }: WireFault): Reply | undefined {
  if (kind === 'status') return { status, text: body ?? JSON.stringify({ code: code ?? status * 100 + 1, message }) };
  if (kind === 'cut') return 'dropped';
  if (kind === 'garbage') return { status: 200, text: '<html><body>Bad Gateway</body></html>' };
  return kind === 'empty-body' ? { status: 200, text: '' } : undefined;
}

const json = (status: number, value: unknown): Reply => ({ status, text: JSON.stringify(value) });

/** The bare token, without any scheme word (3). */
function checkToken(given: string, token: string): void {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  if (one.length !== other.length || !timingSafeEqual(one, other)) throw new ApiError(401, 'the token is not valid');
}

function submit(platform: Platform, method: string, path: string, body: string): unknown {
  const algorithm = platform.algorithms.find(({ submitPath }) => submitPath === path);
  if (algorithm === undefined) throw new ApiError(404, 'no such algorithm');
  if (method !== 'POST') throw new ApiError(405, 'only POST');
  return submitted(platform.submit({ algorithm: algorithm.name, ...readSubmission(body) }), platform.switches);
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
  if (task === undefined) throw new ApiError(404, 'no such task');
  const { status, startedAt, finishedAt } = platform.standing(task);
  const { idleTimes, cancelWord } = platform.switches;
  const time = (key: string, at: number | undefined) => {
    if (at === undefined && idleTimes === 'absent') return {};
    return { [key]: at === undefined ? (idleTimes === 'null' ? null : '') : wallTime(at, platform.zone) };
  };
  return {
    id: task.id,
    status: task.rawStatus ?? (status === 'CANCELLED' ? cancelWord : status),
    ...time('addTime', task.submittedAt),
    ...time('startTime', startedAt),
    ...time('finishTime', finishedAt),
  };
}

/** `yyyy-MM-dd HH:mm:ss` in the platform's zone, without a mark of it (5.7). */
function wallTime(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(at);
}
