import type { ArtifactRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { rowOfMarker } from '../wire/marker.ts';
import { csvFilter, emptyEnvelope, pageLimitText, readMaxKeys, takePage } from '../wire/paging.ts';

/** Contract 2.9: records of what steps have read and made. */
export const artifacts: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/artifact',
    handle(call, state) {
      const maxKeys = readMaxKeys(call.query, pageLimitText);
      const after = rowOfMarker(call.query.get('marker') ?? '', state.cipher, 'cause');
      if (state.databaseDown) return ok({ ...emptyEnvelope(maxKeys), artifactEventList: [] });
      const filter = (name: string) => csvFilter(call.query, name);
      const [users, fsNames, runIDs, types, paths] = ['userFilter', 'fsFilter', 'runFilter', 'typeFilter', 'pathFilter'].map(filter);
      const wanted = (row: ArtifactRow) =>
        (isRoot(call.user) ? (users?.has(row.userName) ?? true) : row.userName === call.user) &&
        (fsNames?.has(row.fsName) ?? true) &&
        (runIDs?.has(row.runID) ?? true) &&
        (types?.has(row.type) ?? true) &&
        (paths?.has(row.artifactPath) ?? true);
      const { rows, envelope } = takePage(state.artifacts, { maxKeys, after }, state.cipher, 'misleading', wanted);
      return ok({ ...envelope, artifactEventList: rows.map((row) => view(row, state)) });
    },
  },
  {
    method: 'DELETE',
    path: '/artifact',
    handle(call, state) {
      const asked = (name: string) => call.query.get(name) ?? '';
      const [fsName, runID, path] = [asked('fsname'), asked('runID'), asked('path')];
      if ([fsName, runID, path].includes('')) throw new ApiError('InvalidURI', 'runID, fsID, path - shall not be empty');
      const user = isRoot(call.user) ? asked('username') || call.user : call.user;
      // Records, not files; also when there is none.
      state.artifacts.deleteWhere(
        (row) => row.userName === user && row.fsName === fsName && row.runID === runID && row.artifactPath === path,
      );
      return okEmpty;
    },
  },
];

function view(row: ArtifactRow, { zone }: State) {
  const time = zone.local(row.createdAt);
  return {
    runID: row.runID,
    fsname: row.fsName, // with a lowercase n, as in cache records
    username: row.userName,
    artifactPath: row.artifactPath,
    step: row.step,
    jobID: row.jobID,
    type: row.type,
    artifactName: row.artifactName,
    meta: '',
    createTime: time,
    updateTime: time,
  };
}
