import type { CacheRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError, notFoundText } from '../wire/errors.ts';
import { rowOfMarker } from '../wire/marker.ts';
import { csvFilter, emptyEnvelope, pageLimitText, readMaxKeys, takePage } from '../wire/paging.ts';

/** Contract 2.8. Its records belong to the owner of the file systems. */
export const runCaches: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/runCache',
    handle(call, state) {
      const maxKeys = readMaxKeys(call.query, pageLimitText);
      const after = rowOfMarker(call.query.get('marker') ?? '', state.cipher, 'cause');
      if (state.databaseDown) return ok({ ...emptyEnvelope(maxKeys), runCacheList: [] });
      const [users, fsNames, runIDs] = ['userFilter', 'fsFilter', 'runFilter'].map((name) => csvFilter(call.query, name));
      const wanted = (row: CacheRow) =>
        (isRoot(call.user) ? (users?.has(row.userName) ?? true) : row.userName === call.user) &&
        (fsNames?.has(row.fsName) ?? true) &&
        (runIDs?.has(row.runID) ?? true);
      const { rows, envelope } = takePage(state.caches, { maxKeys, after }, state.cipher, 'misleading', wanted);
      return ok({ ...envelope, runCacheList: rows.map((row) => view(row, state)) });
    },
  },
  { method: 'GET', path: '/runCache/:cacheID', handle: (call, state) => ok(view(require(call, state), state)) },
  {
    method: 'DELETE',
    path: '/runCache/:cacheID',
    handle(call, state) {
      state.caches.delete(require(call, state));
      return okEmpty;
    },
  },
];

function require(call: Call, state: State): CacheRow {
  const id = param(call, 'cacheID');
  const row = state.caches.find(({ cacheID }) => cacheID === id);
  if (row === undefined) throw new ApiError('RunCacheNotFound', notFoundText('run_cache', id));
  requireOwner(call.user, row.userName, 'run_cache', id);
  return row;
}

function view(row: CacheRow, { zone }: State) {
  const time = zone.local(row.createdAt);
  return {
    cacheID: row.cacheID,
    firstFp: row.firstFp,
    secondFp: row.secondFp,
    runID: row.runID,
    source: row.source,
    jobID: row.jobID,
    fsname: row.fsName, // with a lowercase n, as in artifacts
    username: row.userName,
    expiredTime: row.expiredTime,
    strategy: 'conservative',
    custom: '',
    createTime: time,
    updateTime: time,
  };
}
