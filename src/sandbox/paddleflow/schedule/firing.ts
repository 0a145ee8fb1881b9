import { stopRun } from '../endpoints/run-actions.ts';
import { addRun, rowOf, startRun } from '../endpoints/run-start.ts';
import { refusing, requireFileSystems } from '../endpoints/pipeline-source.ts';
import { findVersion } from '../endpoints/pipeline-versions.ts';
import type { RunRow, ScheduleRow } from '../state/rows.ts';
import { isFinal, lifeStatus } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import { ApiError, HungRequest } from '../wire/errors.ts';
import { parseWorkflow, planRun } from '../workflow/index.ts';
import type { RunPlan } from '../workflow/types.ts';

/** Those of its runs that have not ended, oldest first. */
export function activeRuns(schedule: ScheduleRow): RunRow[] {
  for (const run of schedule.active) if (isFinal(lifeStatus(run))) schedule.active.delete(run);
  return [...schedule.active];
}

/** A due time becomes a run; without a trace when that cannot be made, for example because its file system is gone (2.11). */
export function startDue(schedule: ScheduleRow, due: number, state: State): void {
  const plan = planOf(schedule, state);
  if (plan !== undefined) startRun(state, plan, factsOf(schedule, due, state));
}

/** A due time becomes a run that was never executed. */
export function skipDue(schedule: ScheduleRow, due: number, reason: string, state: State): void {
  const plan = planOf(schedule, state);
  if (plan === undefined) return;
  const run = addRun(state, rowOf(plan, factsOf(schedule, due, state), state));
  run.life = { kind: 'record', status: 'skipped', runMsg: reason, activatedAt: undefined, updatedAt: state.now };
}

/** Stops as many of the oldest runs as it takes to make place for one. Those that are being stopped already do not count. */
export function makePlace(schedule: ScheduleRow, state: State): void {
  const going = activeRuns(schedule).filter((run) => lifeStatus(run) !== 'terminating');
  for (const run of going.slice(0, going.length - schedule.options.concurrency + 1)) {
    try {
      stopRun(run, false, state);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // a lost workflow: the new run starts beside it
    }
  }
}

function planOf(schedule: ScheduleRow, state: State): RunPlan | undefined {
  const version = findVersion(schedule.pipelineID, schedule.versionID, state);
  if (version === undefined) return undefined;
  try {
    const workflow = refusing(() => parseWorkflow(version.yaml, { duplicateKeys: 'refuse' }));
    requireFileSystems(state, schedule.fsUser || schedule.owner, workflow);
    return refusing(() => planRun(workflow, { name: schedule.name }));
  } catch (error) {
    if (error instanceof ApiError || error instanceof HungRequest) return undefined;
    throw error;
  }
}

const factsOf = ({ pipelineID, versionID, owner, fsUser, desc, scheduleID }: ScheduleRow, due: number, state: State) => ({
  source: `${pipelineID}-${versionID}`,
  owner,
  fsUser: fsUser || owner,
  description: desc,
  scheduleID,
  scheduledTime: state.zone.local(due),
  parameters: null,
  disabled: '',
});
