import type { RunRow } from '../state/rows.ts';
import { executionOf, isFinal, jobsOf, statusOf, updatedAt } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok } from '../wire/call.ts';
import { ApiError, DroppedConnection } from '../wire/errors.ts';
import { notAnInteger, readInteger } from '../wire/integer.ts';
import type { Job } from '../workflow/types.ts';
import { readLogPage } from './log-page.ts';
import { recordHasJob, recordJobID } from './run-record.ts';
import { requireRun } from './runs.ts';

/** Milliseconds after a job's end until its pod is collected, and the log with it (8.1). */
const retention = { succeeded: 600_000, otherwise: 3_600_000 } as const;
/** An idle trace log of a finished run leaves the cache (2.13). */
const traceIdle = 7_200_000;

export const runLogs: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/log/run/:runID',
    handle(call, state) {
      const pageNo = readNumber(call, 'pageNo') || 1;
      const pageSize = readNumber(call, 'pageSize') || 100;
      if (pageSize > 100) throw new ApiError('InvalidURI', 'LogPageSize over max value');
      const position = call.query.get('logFilePosition') || 'end';
      if (position !== 'begin' && position !== 'end') throw new ApiError('InvalidURI', 'LogFilePosition has wrong value');
      const run = requireRun(call, state);
      if (pageNo < 0 || pageSize < 0) throw new DroppedConnection();
      const jobID = call.query.get('jobID') ?? '';
      const jobs = ownJobs(run, state).filter((job) => jobID === '' || job.jobID === jobID);
      refuseSeveralClusters(jobs, state);
      const runLog = jobs.map((job) => jobView(job.jobID, tasksOf(job, { pageNo, pageSize, position }, state)));
      if (run.life.kind === 'record' && recordHasJob(run.life) && ['', recordJobID(run, state)].includes(jobID))
        runLog.push(jobView(recordJobID(run, state), []));
      return ok({ submitLog: submitLog(run, jobID, state), runLog, runID: run.runID });
    },
  },
];

/** By the prefix of the id, so that what a retry carried over does not show (2.13); nor does a job whose row was deleted. */
const ownJobs = (run: RunRow, state: State): Job[] =>
  jobsOf(run).filter(({ jobID }) => jobID.startsWith(`job-${run.runID}-`) && state.job(jobID) !== undefined);

const jobView = (jobID: string, taskList: object[]) => ({ jobID, taskList, name: '', type: '', eventList: null });

/** Before the pod, and once it was collected, there is no task. */
const tasksOf = (job: Job, page: { pageNo: number; pageSize: number; position: 'begin' | 'end' }, state: State): object[] =>
  isCollected(job, state.now) ? [] : [{ taskID: job.taskID, logInfo: readLogPage(job, page, state.now) }];

/** Whether a job has no pod any more, or never had one. */
export function isCollected(job: Job, now: number): boolean {
  const finishedAt = job.finishedAt();
  const neverRan = job.startedAt() === undefined && (finishedAt !== undefined || job.status() === 'init');
  const kept = job.status() === 'succeeded' ? retention.succeeded : retention.otherwise;
  return neverRan || (finishedAt !== undefined && now >= finishedAt + kept);
}

/** The first job's queue decides where all pods are looked for (2.13). */
function refuseSeveralClusters(jobs: readonly Job[], state: State): void {
  const places = jobs.map(({ queueName }) => state.queues.find(({ name }) => name === queueName));
  const first = places[0];
  if (jobs.length > 0 && first === undefined) throw new ApiError('', 'record not found');
  if (places.some((place) => place?.clusterName !== first?.clusterName)) throw new ApiError('', 'list pods failed');
}

function submitLog(run: RunRow, jobID: string, state: State): string {
  const missing = `get trace log failed. runID[${run.runID}]${jobID === '' ? '' : ` jobID[${jobID}]`}`;
  if (isFinal(statusOf(run, state.now)) && state.now >= updatedAt(run) + traceIdle) return missing;
  return executionOf(run)?.submitLog(jobID === '' ? undefined : jobID, (at) => state.zone.local(at)) ?? missing;
}

/** 0 stands for the default, as does nothing. */
function readNumber(call: Call, name: string): number {
  const value = call.query.get(name) ?? '';
  const number = readInteger(value || '0');
  if (number === undefined) throw new ApiError('InvalidURI', notAnInteger(value, 'Atoi'));
  return number;
}
