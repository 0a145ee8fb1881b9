import type { State } from './state.ts';
import { noteStatus } from './step-jobs.ts';
import { worldOf } from './world.ts';
import { ContainerJob } from '../workflow/job.ts';
import type { JobSpec } from '../workflow/job.ts';
import { Timeline } from '../workflow/timeline.ts';
import { Trace } from '../workflow/trace.ts';
import type { Mover } from './movers.ts';
import type { JobRow } from './job-rows.ts';

/** The row of a job that belongs to no run, with its pod on its way: the same states as a step's, without an engine that looks at them. */
export function addLoneJob(spec: JobSpec, facts: Omit<JobRow, 'jobID' | 'runID' | 'job' | 'status' | 'updatedAt'>, state: State): JobRow {
  const timeline = new Timeline();
  const context = {
    timeline,
    trace: new Trace(),
    options: { pace: state.birth.pace, world: worldOf(state, { runID: '', fsUser: facts.owner }) },
  };
  const job = new ContainerJob(spec, context, state.now, () => {});
  const mover: Mover = {
    order: [1, facts.number],
    nextAt: () => timeline.next(),
    advance(at) {
      timeline.advance(at);
      noteStatus(row, state.now);
    },
  };
  const row: JobRow = { ...facts, jobID: spec.jobID, runID: '', job, status: job.status(), updatedAt: state.now, mover };
  state.move(mover);
  return state.jobs.add(row);
}
