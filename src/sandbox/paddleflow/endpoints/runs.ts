import type { RunRow } from '../state/rows.ts';
import { activatedAt, runMsgOf, statusOf, updatedAt } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import { isRoot, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok, param } from '../wire/call.ts';
import { ApiError, notFoundText } from '../wire/errors.ts';
import { csvFilter, emptyEnvelope, readPaging, takePage } from '../wire/paging.ts';
import { recordDetail } from './run-record.ts';

export const runs: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/run',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher, 'cause');
      const filter = (name: string) => csvFilter(call.query, name);
      const [users, fsNames, ids, names, statuses] = ['userFilter', 'fsFilter', 'runFilter', 'nameFilter', 'statusFilter'].map(filter);
      const wanted = (run: RunRow) =>
        // A foreign `userFilter` is silently replaced by the caller (3.4).
        (isRoot(call.user) ? (users?.has(run.owner) ?? true) : run.owner === call.user) &&
        (fsNames?.has(run.fsName) ?? true) &&
        (ids?.has(run.runID) ?? true) &&
        (names?.has(run.name) ?? true) &&
        (statuses?.has(statusOf(run, state.now)) ?? true);
      const { rows, envelope } = takePage(state.runs, paging, state.cipher, 'misleading', wanted);
      // One row that cannot be decoded takes its whole page with it (2.7).
      if (state.databaseDown || rows.some((run) => run.undecodable)) return ok({ ...emptyEnvelope(paging.maxKeys), runList: [] });
      return ok({ ...envelope, runList: rows.map((run) => listView(run, state)) });
    },
  },
  {
    method: 'GET',
    path: '/run/:runID',
    handle(call, state) {
      const run = requireRun(call, state);
      if (run.undecodable) throw new ApiError('', 'invalid character in stored run');
      return ok(detailView(run, state));
    },
  },
];

/** Looked up before the owner is checked, as everywhere (6). `prefix` stands before both messages. */
export function requireRun(call: Call, state: State, prefix = ''): RunRow {
  const id = param(call, 'runID');
  const run = state.run(id);
  if (run === undefined) throw new ApiError('RunNotFound', `${prefix}${notFoundText('run', id)}`);
  requireOwner(call.user, run.owner, 'run', id, prefix);
  return run;
}

/** A row of any list of runs; `scheduledTime` is here and not in the detail (5). */
export function listView(run: RunRow, { now, zone }: State) {
  return {
    runID: run.runID,
    name: run.name,
    source: run.source,
    username: run.owner,
    fsName: run.fsName,
    description: run.description,
    scheduleID: run.scheduleID,
    runMsg: runMsgOf(run, now),
    status: statusOf(run, now),
    scheduledTime: run.scheduledTime,
    createTime: zone.local(run.createdAt),
    activateTime: zone.local(activatedAt(run)),
    updateTime: zone.local(updatedAt(run)),
  };
}

function detailView(run: RunRow, state: State) {
  const { scheduledTime: _listsOnly, ...row } = listView(run, state);
  const { zone } = state;
  const { runtime, postProcess } =
    run.life.kind === 'engine' ? run.life.execution.detail((at) => zone.local(at)) : recordDetail(run, run.life, state);
  return {
    ...row,
    // From the YAML only: empty when the file system was named by the request (5.2).
    fsOptions: { mainFS: { id: '', ...run.mainFs } },
    parameters: run.parameters,
    runYaml: run.runYaml,
    runtime,
    postProcess,
    failureOptions: run.failureOptions,
    dockerEnv: run.dockerEnv,
    disabled: run.disabled,
    runCachedIDs: run.cachedBy.join(','),
  };
}
