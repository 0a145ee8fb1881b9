import type { FileSystemRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isUnfinished } from '../state/usage.ts';
import { fileSystemOwner, isRoot } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created, ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { readMaxKeys } from '../wire/paging.ts';
import { takeTimePage } from '../wire/time-paging.ts';
import { isChecked, isUnreachable, readStorage, refuseMount, shownProperties } from './file-system-storage.ts';

const shape = { name: 'string', url: 'string', username: 'string', properties: 'string-map', independentMountProcess: 'boolean' } as const;

/** Contract 2.5. */
export const fileSystems: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/fs',
    handle(call, state) {
      const { name, owner, storage, independentMountProcess } = readFileSystem(call, state);
      const id = `fs-${owner}-${name}`;
      if (findFileSystem(owner, name, state)) throw new ApiError('DuplicatedName', `fsID[${id}] is exists`);
      refuseMount(storage, id);
      if (isChecked(storage.type) && isUnreachable(storage.serverAddress)) throw new ApiError('ConnectivityFailed');
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
      const known = findFileSystem(owner, name, state);
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
      const username = isRoot(call.user) ? (call.query.get('username') ?? '') : call.user;
      const fsName = call.query.get('fsName') ?? '';
      const wanted = state.fileSystems
        .all()
        .filter((row) => (username === '' || isRoot(username) || row.owner === username) && (fsName === '' || row.name === fsName));
      const page = takeTimePage(wanted, { marker, maxKeys }, state);
      if (page === undefined) throw new ApiError('FileSystemDataBaseError');
      return ok({ ...page.envelope, fsList: page.rows.length === 0 ? null : page.rows.map(view) });
    },
  },
  { method: 'GET', path: '/fs/:fsName', handle: (call, state) => ok(view(requireFileSystem(call, state))) },
  {
    method: 'DELETE',
    path: '/fs/:fsName',
    handle(call, state) {
      const fs = askedFileSystem(call, state);
      if (fs === undefined) throw new ApiError('RecordNotFound', `fs[${askedID(call)}] not exist`);
      refuseUsed(fs, state);
      state.links.deleteWhere(({ fsID }) => fsID === fs.id);
      state.fsCaches.deleteWhere(({ fsID }) => fsID === fs.id);
      state.fileSystems.delete(fs);
      return okEmpty;
    },
  },
];

const refuseName = (text: string): never => {
  throw new ApiError('FileSystemNameFormatError', `Field[name] is invalid, ${text}`);
};

function readFileSystem(call: Call, state: State) {
  const body = readBody(call.body, shape, 'default-message');
  const { name = '', url = '', properties = {}, independentMountProcess = false } = body;
  const owner = fileSystemOwner(call.user, body.username);
  if (!/^[a-zA-Z0-9_-]{1,63}$/.test(name)) refuseName(`fsName[${name}] must be letters or numbers and fsName maximum length is 63`);
  if (owner.length + name.length > 59)
    refuseName(`The sum of the lengths of username[${owner}] and fsName[${name}] should be less than 63`);
  return { name, owner, independentMountProcess, storage: readStorage(url, properties, state.cipher) };
}

export const findFileSystem = (owner: string, name: string, state: State): FileSystemRow | undefined =>
  state.fileSystems.find((row) => row.owner === owner && row.name === name);

/** A foreign `username` in the query is ignored, not refused (6). */
const askedOwner = (call: Call): string => fileSystemOwner(call.user, call.query.get('username') ?? '');
export const askedID = (call: Call): string => `fs-${askedOwner(call)}-${param(call, 'fsName')}`;
export const askedFileSystem = (call: Call, state: State): FileSystemRow | undefined =>
  findFileSystem(askedOwner(call), param(call, 'fsName'), state);

export function requireFileSystem(call: Call, state: State): FileSystemRow {
  const row = askedFileSystem(call, state);
  if (row === undefined) throw new ApiError('RecordNotFound', `username[${askedOwner(call)}] not create fsName[${param(call, 'fsName')}]`);
  return row;
}

/** Throws while the pod of a job has it mounted, or a running schedule uses it. */
function refuseUsed({ id, name }: FileSystemRow, state: State): void {
  const mounted = state.jobs.rows
    .all()
    .some((row) => isUnfinished(row) && row.job.status() !== 'init' && [row.fs, ...(row.extraFS ?? [])].some((fs) => fs.id === id));
  if (mounted) throw new ApiError('ActionNotAllowed', `fs[${name}] is mounted. creation, modification or deletion is not allowed`);
  if (state.schedules.find((row) => row.status === 'running' && row.fsIDs.includes(id)))
    throw new ApiError('ActionNotAllowed', `delete fs[${name}] failed, there are running schedules using it`);
}

function view({ id, name, serverAddress, type, subPath, owner, properties, independentMountProcess }: FileSystemRow) {
  return { id, name, serverAddress, type, subPath, username: owner, properties: shownProperties(properties), independentMountProcess };
}
