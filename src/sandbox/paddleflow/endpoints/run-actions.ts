import type { RunRow } from '../state/rows.ts';
import { executionOf, isFinal, runMsgOf, statusOf } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import type { Answer, Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { parseWorkflow, planRun, retryExecution, startExecution } from '../workflow/index.ts';
import { addRun, setMoving, startOptions } from './run-start.ts';
import { requireRun } from './runs.ts';

/** Stop, retry, delete (2.7). Their bodies may be empty. */
export const runActions: readonly Endpoint[] = [
  {
    method: 'PUT',
    path: '/run/:runID',
    handle(call, state) {
      const { stopForce = false } = readBody(call.body === '' ? '{}' : call.body, { stopForce: 'boolean' }, 'decoder-text');
      const action = call.query.get('action') ?? '';
      if (action !== 'stop' && action !== 'retry') throw new ApiError('InvalidArguments', `invalid action[${action}] for UpdateRun`);
      const run = requireRun(call, state);
      if (action === 'retry') return retry(run, call, state);
      stopRun(run, stopForce, state);
      return okEmpty;
    },
  },
  {
    method: 'DELETE',
    path: '/run/:runID',
    handle(call, state) {
      const { checkCache = true } = readBody(call.body === '' ? '{}' : call.body, { checkCache: 'boolean' }, 'decoder-text');
      const id = call.params['runID'] ?? '';
      const run = requireRun(call, state, `delete run[${id}] failed when getting run, `);
      const status = statusOf(run, state.now);
      if (!isFinal(status))
        throw new ApiError(
          'ActionNotAllowed',
          `run[${id}] is in status[${status}]. only runs in final status: [failed succeeded terminated skipped] can be deleted`,
        );
      const users = run.cachedBy.filter((runID) => state.run(runID) !== undefined);
      if (checkCache && users.length > 0)
        throw new ApiError('ActionNotAllowed', `delete run[${id}] failed. run deleting is cached by other Runs[[${users.join(' ')}]].`);
      state.runs.delete(run); // its jobs remain
      return okEmpty;
    },
  },
];

/** Throws when the run's status or a lost workflow forbids it. */
export function stopRun(run: RunRow, force: boolean, state: State): void {
  const status = statusOf(run, state.now);
  if (isFinal(status) || (status === 'terminating' && !force))
    throw new ApiError('ActionNotAllowed', `cannot stop run[${run.runID}] as run is already in status[${status}]`);
  const execution = executionOf(run);
  if (execution === undefined || run.lostWorkflow) throw new ApiError('InternalError', `run[${run.runID}]'s workflow ptr is lost`);
  // A second stop does not help a run that got stuck.
  if (!run.frozen) execution.stop(state.now, force);
  if (run.stuckTerminating) state.freeze(run);
  else state.wake(run);
}

/** A new row that copies the old one, its creation time included; only then the engine takes it over. */
function retry(run: RunRow, { quirk }: Call, state: State): Answer {
  const status = statusOf(run, state.now);
  if (status !== 'failed' && status !== 'terminated')
    throw new ApiError('ActionNotAllowed', `run[${run.runID}] has status[${status}], no need to retry`);
  if (quirk?.kind === 'empty-run-id') {
    const runMsg = `retry run[${run.runID}] failed: check file system failed`;
    run.mask = { status: 'failed', runMsg, until: Infinity };
    run.touchedAt = state.now;
    return ok({ runID: '' });
  }
  const runMsg = runMsgOf(run, state.now);
  const copy = addRun(state, {
    name: run.name,
    source: run.source,
    owner: run.owner,
    fsUser: run.fsUser,
    fsName: run.fsName,
    description: run.description,
    scheduleID: run.scheduleID,
    scheduledTime: run.scheduledTime,
    createdAt: run.createdAt,
    runYaml: run.runYaml,
    mainFs: run.mainFs,
    parameters: run.parameters,
    dockerEnv: run.dockerEnv,
    disabled: run.disabled,
    failureOptions: run.failureOptions,
  });
  if (quirk?.kind === 'retry-stray') {
    copy.life = { kind: 'record', status, runMsg, activatedAt: undefined, updatedAt: state.now };
    throw new ApiError('InternalError', `retry run[${run.runID}] failed`);
  }
  if (quirk?.kind === 'retry-slow') copy.mask = { status, runMsg, until: state.now + quirk.ms };
  const old = executionOf(run);
  const options = startOptions(state, copy);
  // A run that is only a record kept no plan: all of it is done again.
  const execution =
    old === undefined
      ? startExecution(planRun(parseWorkflow(run.runYaml, { duplicateKeys: 'refuse' }), { name: run.name }), options)
      : retryExecution(old, options);
  setMoving(state, copy, execution);
  return ok({ runID: copy.runID });
}
