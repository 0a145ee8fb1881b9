import type { RunRow } from '../state/rows.ts';
import { executionOf, jobsOf } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import type { Job } from '../workflow/types.ts';
import { insertRuns } from './insert-runs.ts';
import type { LogBurst, Order, StateFault } from './orders.ts';
import { OrderError } from '../../kit/order-error.ts';

/** Changes `state` at its present moment. Throws an OrderError, and then nothing has changed. */
export function applyOrder(order: Order, state: State): void {
  switch (order.op) {
    case 'write-log':
      return writeLog(order, state);
    case 'finish-job': {
      const row = state.jobs.find(order.jobID);
      if (row === undefined) throw new OrderError(404, `no job ${order.jobID}`);
      row.job.finish(order.result, state.now);
      return state.wakeJob(row);
    }
    case 'insert-runs':
      return insertRuns(order, state);
    case 'skip-run-numbers':
      return state.runs.skip(order.count);
    case 'used-run-numbers':
      return state.runs.reserve(order.ranges);
    case 'raw-status': {
      const run = runOf(order.runID, state);
      run.rawStatus = order.status ?? undefined;
      run.touchedAt = state.now;
      return;
    }
    case 'queue-status': {
      const queue = state.queues.find(({ name }) => name === order.queueName);
      if (queue === undefined) throw new OrderError(404, `no queue ${order.queueName}`);
      queue.status = order.status;
      queue.closingAt = undefined;
      return;
    }
    case 'put-file': {
      const fileSystem = state.fileSystems.find(({ id }) => id === order.fsID);
      if (fileSystem === undefined) throw new OrderError(404, `no file system ${order.fsID}`);
      fileSystem.files.set(order.path.replace(/^(\.?\/)+/, ''), order.text);
      return;
    }
    case 'state-fault':
      return orderStateFault(order, state);
    case 'clear-state-faults':
      return clearStateFaults(state);
    case 'restart-scheduler':
      return state.scheduler.restart(state.schedules.all());
    case 'forget-run': {
      const run = runOf(order.runID, state);
      state.freeze(run);
      state.runs.delete(run);
      state.executions.delete(run.runID);
      state.jobs.forgetRun(run.runID);
      state.caches.deleteWhere(({ runID }) => runID === run.runID);
      state.artifacts.deleteWhere(({ runID }) => runID === run.runID);
    }
  }
}

export function runOf(runID: string, state: State): RunRow {
  const run = state.run(runID);
  if (run === undefined) throw new OrderError(404, `no run ${runID}`);
  return run;
}

/** Of a run that still has its row. */
export function ownerOf(jobID: string, state: State): { run: RunRow; job: Job } {
  const run = runOf(/^job-(run-\d{6,})-/.exec(jobID)?.[1] ?? '', state);
  const job = jobsOf(run).find((candidate) => candidate.jobID === jobID);
  if (job === undefined) throw new OrderError(404, `no job ${jobID}`);
  return { run, job };
}

function writeLog(burst: LogBurst, state: State): void {
  const run = runOf(burst.runID, state);
  const job = jobsOf(run).findLast(({ jobID, stepName }) => (burst.jobID === undefined ? stepName === burst.step : jobID === burst.jobID));
  if (job === undefined) throw new OrderError(404, `no such job in ${burst.runID} yet`);
  if (job.startedAt() === undefined || job.finishedAt() !== undefined)
    throw new OrderError(400, `the container of ${job.jobID} does not run`);
  const { lines, count = 1, bytes = 60, prefix = 'line ' } = burst;
  // Numbers go on where the job's log ends, so that every line is another one.
  const first = job.lineCount(state.now);
  job.write(
    lines === undefined
      ? { count, text: (index) => `${prefix}${first + index} `.padEnd(bytes, 'x').slice(0, bytes) }
      : { count: lines.length, text: (index) => lines[index] ?? '' },
    state.now,
  );
  state.wake(run);
}

function orderStateFault(fault: StateFault, state: State): void {
  if (fault.kind === 'database-down') {
    state.databaseDown = true;
    return;
  }
  if (fault.kind === 'nan-sample') {
    if (state.jobs.find(fault.jobID) === undefined) throw new OrderError(404, `no job ${fault.jobID}`);
    state.nanJobs.add(fault.jobID);
    return;
  }
  const run = runOf(fault.runID, state);
  if (fault.kind === 'stuck-terminating') {
    run.stuckTerminating = true;
    if (executionOf(run)?.status() === 'terminating') state.freeze(run);
  } else if (fault.kind === 'lost-workflow') run.lostWorkflow = true;
  else run.undecodable = true;
}

function clearStateFaults(state: State): void {
  state.databaseDown = false;
  state.nanJobs.clear();
  for (const run of state.runs.all()) {
    run.lostWorkflow = undefined;
    run.undecodable = undefined;
    run.stuckTerminating = undefined;
    if (run.frozen) {
      run.frozen = undefined;
      state.wake(run);
    }
  }
}
