import type { FileSystemRow, LinkRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { readMaxKeys } from '../wire/paging.ts';
import { takeTimePage } from '../wire/time-paging.ts';
import type { Storage, StorageComplaints } from './file-system-storage.ts';
import { isUnreachable, readStorage, shownProperties } from './file-system-storage.ts';
import { askedFileSystem, findFileSystem } from './file-systems.ts';

const shape = { fsName: 'string', fsPath: 'string', url: 'string', properties: 'string-map', username: 'string' } as const;

/** Contract 2.6: external storage at a directory inside of a file system. */
export const links: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/link',
    handle(call, state) {
      const body = readBody(call.body, shape, 'default-message');
      const { fsName = '', fsPath = '', url = '', properties = {} } = body;
      const owner = fileSystemOwner(call.user, body.username);
      const storage = readLinkStorage(url, properties, state);
      const fs = findFileSystem(owner, fsName, state);
      if (fs === undefined) throw new ApiError('LinkModelError', 'record not found');
      if (fs.type === 'local' || fs.type === 'mock')
        throw new ApiError(
          'InvalidFileSystemFsName',
          `Field[fsName] is invalid, fs name[${fsName}] type[${fs.type}] can not support link feature`,
        );
      // The server mounts the file system before it looks at the path.
      if (isUnreachable(fs.serverAddress)) throw new ApiError('FuseClientError', 'exit status 32');
      const path = cleaned(fsPath);
      if (path === '/') throw new ApiError('InvalidLinkURL', `Field[fsPath] is invalid, link path[${fsPath}] is the root`);
      const others = state.links.all().filter(({ fsID }) => fsID === fs.id);
      // The code says that something is missing, sic.
      if (others.some((link) => cleaned(link.fsPath) === path)) throw new ApiError('FileSystemNotExist');
      refuseOverlap(fs, path, storage, others);
      if ([...fs.files.keys()].some((file) => `/${file}`.startsWith(`${path}/`))) throw new ApiError('LinkPathMustBeEmpty');
      if (isUnreachable(storage.serverAddress)) throw new ApiError('ConnectivityFailed');
      const times = { createdAt: state.now, updatedAt: state.now };
      state.links.add({ ...storage, ...times, number: state.links.takeNumber(), fsID: fs.id, fsPath });
      return { status: 201 };
    },
  },
  {
    method: 'GET',
    path: '/link/:fsName',
    handle(call, state) {
      const marker = call.query.get('marker') ?? '';
      const maxKeys = readMaxKeys(call.query);
      const fs = askedFileSystem(call, state);
      if (fs === undefined) throw new ApiError('RecordNotFound', 'record not found');
      const fsPath = call.query.get('fsPath') ?? '';
      const wanted = state.links.all().filter((link) => link.fsID === fs.id && (fsPath === '' || link.fsPath === fsPath));
      if (fsPath !== '' && wanted.length === 0) throw new ApiError('', 'record not found');
      const page = takeTimePage(wanted, { marker, maxKeys }, state);
      if (page === undefined) throw new ApiError('FileSystemDataBaseError');
      return ok({ ...page.envelope, linkList: page.rows.length === 0 ? null : page.rows.map((link) => view(link, fs)) });
    },
  },
  {
    method: 'DELETE',
    path: '/link/:fsName',
    handle(call, state) {
      // The hole of 1.4: whoever names another user is believed.
      const owner = call.query.get('username') || call.user;
      const fsName = param(call, 'fsName');
      const fsID = `fs-${owner}-${fsName}`;
      const fsPath = call.query.get('fsPath') ?? '';
      const link = state.links.find((row) => row.fsID === fsID && row.fsPath === fsPath);
      if (link === undefined)
        throw new ApiError('LinkModelError', `Field[fsPath] is invalid, user[${owner}] fsname[${fsName}] not created fspath[${fsPath}]`);
      state.links.delete(link);
      return okEmpty;
    },
  },
];

/** For comparisons; a link is kept and found under the path that was sent. */
const cleaned = (path: string): string => `/${path.split('/').filter(Boolean).join('/')}`;

/** As a file system's, in words and codes of its own. */
const complaints: StorageComplaints = {
  schemes: ['hdfs', 'local', 's3', 'sftp', 'cfs'],
  url: (text) => new ApiError('InvalidLinkURL', text),
  noForm: 'is not a correct link file-system url',
  badScheme: (scheme) => `link can not support [${scheme}] file system`,
  properties: (text) => new ApiError('InvalidLinkProperties', text),
};

/** `debug: "true"` must be said of a local one. */
function readLinkStorage(url: string, properties: Readonly<Record<string, string>>, { cipher }: State): Storage {
  const storage = readStorage(url, properties, cipher, complaints);
  if (storage.type === 'local' && properties['debug'] !== 'true')
    throw new ApiError('InvalidLinkProperties', 'Field[debug] is invalid, properties key[debug] must true');
  return storage;
}

/** Neither may one link lie inside of another, nor the same storage be there twice, the file system's own included. */
function refuseOverlap(fs: FileSystemRow, path: string, storage: Storage, others: readonly LinkRow[]): void {
  const nested = others.some(({ fsPath }) => `${cleaned(fsPath)}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${cleaned(fsPath)}/`));
  if (nested || [fs, ...others].some((other) => isSameStorage(other, storage)))
    throw new ApiError('InvalidLinkURL', `Field[url] is invalid, link path[${path}] or its url is nested or a duplicate`);
}

const isSameStorage = (a: Storage, b: Storage): boolean =>
  a.type === b.type && a.serverAddress === b.serverAddress && a.subPath === b.subPath && a.properties['bucket'] === b.properties['bucket'];

function view({ fsPath, serverAddress, type, subPath, properties }: LinkRow, { name, owner }: FileSystemRow) {
  return { fsName: name, fsPath, serverAddress, type, username: owner, subPath, properties: shownProperties(properties) };
}
