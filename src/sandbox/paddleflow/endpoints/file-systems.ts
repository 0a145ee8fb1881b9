import type { FileSystemRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner, isRoot } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created, ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { readMaxKeys } from '../wire/paging.ts';
import { readStorage } from './file-system-storage.ts';

const shape = { name: 'string', url: 'string', username: 'string', properties: 'string-map', independentMountProcess: 'boolean' } as const;

/** Contract 2.5. */
export const fileSystems: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/fs',
    handle(call, state) {
      const { name, owner, storage, independentMountProcess } = readFileSystem(call, state);
      if (find(owner, name, state)) throw new ApiError('DuplicatedName');
      if (storage.serverAddress.split(':')[0]?.endsWith('.invalid')) throw new ApiError('ConnectivityFailed');
      const id = `fs-${owner}-${name}`;
      const times = { createdAt: state.now, updatedAt: state.now };
      const number = state.fileSystems.takeNumber();
      state.fileSystems.add({ ...storage, ...times, number, id, name, owner, independentMountProcess, files: new Map() });
      return created({ fsName: name, fsID: id });
    },
  },
  {
    method: 'PUT',
    path: '/fs',
    handle(call, state) {
      const { name, owner, storage, independentMountProcess } = readFileSystem(call, state);
      const known = find(owner, name, state);
      // One that does not exist is answered alike.
      if (known !== undefined) Object.assign(known, { ...storage, independentMountProcess, updatedAt: state.now });
      return created({ fsName: name, fsID: `fs-${owner}-${name}` });
    },
  },
  {
    method: 'GET',
    path: '/fs',
    handle(call, state) {
      const marker = call.query.get('marker') ?? '';
      const maxKeys = readMaxKeys(call.query);
      const until = marker === '' ? state.now : state.zone.parse(marker);
      if (until === undefined) throw new ApiError('FileSystemDataBaseError');
      const username = isRoot(call.user) ? (call.query.get('username') ?? '') : call.user;
      const fsName = call.query.get('fsName') ?? '';
      const wanted = state.fileSystems
        .all()
        .filter((row) => (username === '' || isRoot(username) || row.owner === username) && (fsName === '' || row.name === fsName))
        // Creation times are compared with seconds, so that what was made in the current one may be missing (3.3).
        .filter((row) => row.createdAt <= until)
        .toSorted((a, b) => b.createdAt - a.createdAt || b.number - a.number);
      const next = wanted[maxKeys];
      const rows = wanted.slice(0, maxKeys);
      const nextMarker = state.zone.local(next?.updatedAt); // of the update, although creation is compared (3.3)
      return ok({ marker, truncated: next !== undefined, nextMarker, fsList: rows.length === 0 ? null : rows.map(view) });
    },
  },
  { method: 'GET', path: '/fs/:fsName', handle: (call, state) => ok(view(require(call, state))) },
  {
    method: 'DELETE',
    path: '/fs/:fsName',
    handle(call, state) {
      state.fileSystems.delete(require(call, state));
      return okEmpty;
    },
  },
];

function readFileSystem(call: Call, state: State) {
  const body = readBody(call.body, shape, 'default-message');
  const { name = '', url = '', properties = {}, independentMountProcess = false } = body;
  const owner = fileSystemOwner(call.user, body.username);
  if (!/^[a-zA-Z0-9_-]{1,63}$/.test(name) || owner.length + name.length > 59) throw new ApiError('FileSystemNameFormatError');
  return { name, owner, independentMountProcess, storage: readStorage(url, properties, state.cipher) };
}

const find = (owner: string, name: string, state: State): FileSystemRow | undefined =>
  state.fileSystems.find((row) => row.owner === owner && row.name === name);

/** A foreign `username` in the query is ignored, not refused (6). */
function require(call: Call, state: State): FileSystemRow {
  const owner = fileSystemOwner(call.user, call.query.get('username') ?? '');
  const name = param(call, 'fsName');
  const row = find(owner, name, state);
  if (row === undefined) throw new ApiError('RecordNotFound', `username[${owner}] not create fsName[${name}]`);
  return row;
}

function view({ id, name, serverAddress, type, subPath, owner, properties, independentMountProcess }: FileSystemRow) {
  return { id, name, serverAddress, type, subPath, username: owner, properties, independentMountProcess };
}
