import type { RunRow } from '../state/rows.ts';
import { runIDOf } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import { worldOf } from '../state/world.ts';
import { startExecution } from '../workflow/index.ts';
import type { RunPlan, StartOptions } from '../workflow/types.ts';

/** What a run's row says beside its plan. */
type RunFacts = Pick<RunRow, 'source' | 'owner' | 'fsUser' | 'description' | 'scheduleID' | 'scheduledTime' | 'parameters' | 'disabled'>;

type NewRun = Omit<RunRow, 'number' | 'runID' | 'life' | 'cachedBy' | 'touchedAt'>;

/** A row as it is first written: `initiating`, moved by nobody. */
export function addRun(state: State, row: NewRun): RunRow {
  const number = state.runs.takeNumber();
  const run = state.runs.add({
    ...row,
    number,
    runID: runIDOf(number),
    life: { kind: 'record', status: 'initiating', runMsg: '', activatedAt: undefined, updatedAt: state.now },
    cachedBy: [],
    touchedAt: 0,
  });
  state.schedules.find(({ scheduleID }) => scheduleID === row.scheduleID)?.active.add(run);
  return run;
}

export const rowOf = (plan: RunPlan, facts: RunFacts, state: State): NewRun => ({
  ...facts,
  name: plan.name,
  fsName: plan.fsName,
  createdAt: state.now,
  runYaml: plan.workflow.yaml,
  mainFs: plan.workflow.definition.mainFs,
  dockerEnv: plan.dockerEnv,
  failureOptions: plan.failureOptions,
});

/** The row, and the engine on its way. */
export function startRun(state: State, plan: RunPlan, facts: RunFacts): RunRow {
  const run = addRun(state, rowOf(plan, facts, state));
  setMoving(state, run, startExecution(plan, startOptions(state, run)));
  return run;
}

export function setMoving(state: State, run: RunRow, execution: ReturnType<typeof startExecution>): void {
  run.life = { kind: 'engine', execution, noted: { count: 0, open: new Set() } };
  state.executions.set(run.runID, execution);
  state.wake(run);
}

export const startOptions = (state: State, run: RunRow): StartOptions => ({
  runID: run.runID,
  source: run.source,
  userName: run.owner,
  fsUserName: run.fsUser,
  at: state.now,
  world: worldOf(state, run),
  hex: (text, digits) => state.hex(text, digits),
  pace: state.birth.pace,
});
