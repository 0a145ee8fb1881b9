import type { JobRow } from '../state/job-rows.ts';
import type { State } from '../state/state.ts';
import { isRoot } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError, noAccessText, notFoundText } from '../wire/errors.ts';
import { notAnInteger, readInteger } from '../wire/integer.ts';
import { readBody } from '../wire/json.ts';
import { readPaging } from '../wire/paging.ts';
import { jobDetail, jobView } from './job-view.ts';

/** Contract 2.15, without the making of jobs. */
export const jobs: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/job',
    handle(call, state) {
      const { maxKeys, after } = readPaging(call.query, state.cipher, 'cause');
      const wanted = readFilter(call, state);
      // Newest first, but the marker selects what is newer than its row, so that older ones cannot be reached.
      const rows = [...state.jobs.rows.after(after)]
        .filter(wanted)
        .toSorted((a, b) => b.job.createdAt - a.job.createdAt || b.number - a.number);
      const page = rows.slice(0, maxKeys);
      const isTruncated = rows.length > maxKeys;
      const marker = isTruncated ? { nextMarker: state.cipher.encrypt(String(page.at(-1)?.number)) } : {};
      return ok({ maxKeys, isTruncated, ...marker, jobList: page.map((row) => jobView(row, state)) });
    },
  },
  { method: 'GET', path: '/job/:jobID', handle: (call, state) => ok(jobDetail(requireJob(call, state), state)) },
  {
    method: 'PUT',
    path: '/job/:jobID',
    handle(call, state) {
      const action = call.query.get('action') ?? '';
      if (action === 'stop') stopJob(requireJob(call, state, 'stop job failed, err: '), state);
      else if (action === 'modify') modify(call, state);
      else throw new ApiError('ActionNotAllowed'); // before anything is looked up
      return okEmpty;
    },
  },
  {
    method: 'DELETE',
    path: '/job/:jobID',
    handle(call, state) {
      const row = requireJob(call, state, 'delete job failed, err: ');
      const { jobID, job } = row;
      if (job.finishedAt() === undefined)
        throw new ApiError('ActionNotAllowed', `delete job failed, err: job ${jobID} status is ${job.status()}, please stop it first.`);
      state.jobs.delete(row);
      return okEmpty;
    },
  },
];

/** Looked up before the owner is checked, as everywhere (6). Writes tell of a missing job in words of their own, behind `prefix` (1.8). */
export function requireJob(
  call: Call,
  state: State,
  prefix = '',
  refusal: 'ActionNotAllowed' | 'AccessDenied' = 'ActionNotAllowed',
): JobRow {
  const id = param(call, 'jobID');
  const row = state.jobs.find(id);
  if (row === undefined) throw new ApiError('JobNotFound', prefix === '' ? notFoundText('job', id) : `${prefix}${missing(prefix, id)}`);
  if (!isRoot(call.user) && row.owner !== call.user) throw new ApiError(refusal, `${prefix}${noAccessText(call.user, 'job', id)}`);
  return row;
}

const missing = (prefix: string, id: string): string =>
  prefix.startsWith('delete') ? `get job ${id} failed, err: record not found` : 'record not found';

/** All filters are single values; `labels` never matches anything (2.15). */
function readFilter(call: Call, state: State): (row: JobRow) => boolean {
  const asked = (name: string) => call.query.get(name) ?? '';
  const [status, queue, timestamp, startTime, labels] = [
    asked('status'),
    asked('queue'),
    asked('timestamp'),
    asked('startTime'),
    asked('labels'),
  ];
  if (timestamp !== '' && readInteger(timestamp) === undefined) throw new ApiError('InvalidURI', notAnInteger(timestamp, 'ParseInt'));
  const startedFrom = startTime === '' ? undefined : state.zone.parse(startTime);
  if (startTime !== '' && startedFrom === undefined) throw new ApiError('InvalidURI', `invalid startTime params[${startTime}]`);
  if (labels !== '' && !isJsonObject(labels)) throw new ApiError('InvalidURI', `labels[${labels}] is invalid`);
  if (queue !== '' && !state.queues.find(({ name }) => name === queue)) throw new ApiError('QueueNameNotFound', 'record not found');
  return (row) =>
    labels === '' &&
    (isRoot(call.user) || row.owner === call.user) &&
    (status === '' || row.job.status() === status) &&
    (queue === '' || row.job.queueName === queue) &&
    (timestamp === '' || Math.floor(row.updatedAt / 1000) >= Number(timestamp)) &&
    (startedFrom === undefined || (row.job.startedAt() ?? -Infinity) >= startedFrom);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function stopJob(row: JobRow, state: State): void {
  const { job, runID, jobID } = row;
  if (job.finishedAt() !== undefined)
    throw new ApiError('', `stop job failed, err: job ${jobID} status is already ${job.status()}, and job cannot be stopped`);
  const run = runID === '' ? undefined : state.run(runID);
  if (run?.frozen === undefined) job.stop(state.now);
  else {
    // A run that is stuck gets free when each of its unfinished jobs was asked once more (4.1).
    run.frozen.add(jobID);
    const stuck = state.jobs.rows.all().filter((other) => other.runID === runID && other.job.finishedAt() === undefined);
    if (stuck.every((other) => run.frozen?.has(other.jobID))) {
      run.stuckTerminating = undefined;
      run.frozen = undefined;
    }
  }
  state.wakeJob(row);
}

/** Here also the priorities that cannot be asked for (2.15). */
const priorities = ['VERY_LOW', 'LOW', 'NORMAL', 'HIGH', 'VERY_HIGH'];

function modify(call: Call, state: State): void {
  const body = readBody(call.body, { priority: 'string', labels: 'string-map', annotations: 'string-map' }, 'decoder-text');
  const row = requireJob(call, state, 'update job failed, err: ');
  const { priority: asked = '' } = body;
  const priority = asked === '' ? row.priority : asked.toUpperCase();
  if (!priorities.includes(priority)) throw new ApiError('InvalidArguments', `the priorty ${asked} is invalid`);
  const status = row.job.status();
  if (asked !== '' && status !== 'init' && status !== 'pending')
    throw new ApiError(
      'ActionNotAllowed',
      `update job failed, err: the status of job ${row.jobID} is ${status}, job priority cannot be updated`,
    );
  row.priority = priority;
  if (body.labels !== undefined) row.labels = { ...row.labels, ...body.labels };
  if (body.annotations !== undefined) row.annotations = { ...row.annotations, ...body.annotations };
  row.updatedAt = state.now;
}
