import { openMap } from '../../kit/write-json.ts';
import type { RunLife, RunRow } from '../state/rows.ts';
import { isFinal } from '../state/runs.ts';
import type { State } from '../state/state.ts';

type RecordLife = Extract<RunLife, { kind: 'record' }>;

/** The id of the only job of a run that was written down as a record. */
export const recordJobID = (run: RunRow, state: State): string => `job-${run.runID}-main-${state.hex(`record/${run.runID}`, 8)}`;

/** Whether the run had got as far as a job. */
export const recordHasJob = (life: RecordLife): boolean => life.activatedAt !== undefined;

/** `runtime` and `postProcess` of a run that nobody moves, as its one step would have left them (5). */
export function recordDetail(run: RunRow, life: RecordLife, state: State): { runtime: object; postProcess: object } {
  if (!recordHasJob(life)) return { runtime: {}, postProcess: {} };
  const ended = isFinal(life.status);
  const step = {
    jobID: recordJobID(run, state),
    name: `${run.runID}-main`,
    type: 'step',
    stepName: 'main',
    parentDagID: `dag-${run.runID}-${state.hex(`record-dag/${run.runID}`, 16)}`,
    command: `echo ${run.name}`,
    parameters: {},
    env: openMap({
      PF_RUN_ID: run.runID,
      PF_STEP_NAME: 'main',
      PF_USER_NAME: run.fsUser,
      PF_LOOP_ARGUMENT: '',
      PF_JOB_NAMESPACE: 'default',
      PF_JOB_MODE: '',
    }),
    extraFS: null,
    startTime: state.zone.local(life.activatedAt),
    endTime: ended ? state.zone.local(life.updatedAt) : '',
    status: ended ? life.status : 'running',
    deps: '',
    dockerEnv: run.dockerEnv,
    artifacts: { input: {}, output: {} },
    cache: { enable: false, maxExpiredTime: '-1', fsScope: [] },
    jobMessage: `job is ${ended ? life.status : 'running'}`,
    cacheRunID: '',
    cacheJobID: '',
  };
  return { runtime: { main: [step] }, postProcess: {} };
}
