import { openMap } from '../../kit/write-json.ts';
import type { FileSystemRow } from '../state/rows.ts';
import { ApiError, DroppedConnection } from '../wire/errors.ts';
import type { Cipher } from '../wire/marker.ts';

export type Storage = Pick<FileSystemRow, 'type' | 'serverAddress' | 'subPath' | 'properties'>;
type Place = Pick<Storage, 'serverAddress' | 'subPath'>;
type Properties = Readonly<Record<string, string>>;

const schemes = ['hdfs', 'local', 's3', 'sftp', 'mock', 'cfs', 'glusterfs', 'bos', 'afs'];
const secrets = ['secretKey', 'password', 'kerberos.keyTabData'];

/** How a flaw is told: file systems and links have codes and words of their own. */
export interface StorageComplaints {
  readonly schemes: readonly string[];
  /** `noForm`: not even a scheme. `badScheme`: not this one. */
  url(text: string): ApiError;
  noForm: string;
  badScheme(scheme: string): string;
  properties(text: string): ApiError;
}

const complaints: StorageComplaints = {
  schemes,
  url: (text) => new ApiError('InvalidFileSystemParamsURL', text),
  noForm: 'is not a correct file-system url',
  badScheme: (scheme) => `can not support [${scheme}] file system`,
  properties: (text) => new ApiError('InvalidFileSystemParamsProperties', text),
};

/** Where a file system lies, from its URL and properties, with the secrets encrypted (2.5). URL first, then properties. */
export function readStorage(url: string, given: Properties, cipher: Cipher, complain = complaints): Storage {
  const { type, host, path } = splitUrl(url, complain);
  if (type === 'glusterfs' && !host.includes(':')) throw new DroppedConnection(); // 1.9
  const place = placeOf(type, host, path, given);
  if (typeof place === 'string') throw complain.url(`Field[url] is invalid, ${place}`);
  if ((type === 's3' || type === 'bos') && Object.keys(given).length === 0)
    throw complain.url('Field[properties] is invalid, must not be empty');
  const flaw = flawOfProperties(type, given);
  if (flaw !== undefined) throw complain.properties(flaw);
  const properties = type === 's3' || type === 'bos' ? { region: type === 'bos' ? 'bj' : '', ...given, bucket: host } : given;
  const stored = Object.entries(properties).map(([key, value]) => [key, secrets.includes(key) ? cipher.encrypt(value) : value]);
  return { type, ...place, properties: Object.fromEntries(stored) as Properties };
}

function splitUrl(url: string, { schemes: known, url: refusal, noForm, badScheme }: StorageComplaints) {
  const [, type, host = '', path = ''] = /^([^:/]+):\/\/([^/]*)(\/.*)?$/s.exec(url) ?? [];
  if (type === undefined) throw refusal(`Field[url] is invalid, ${noForm}`);
  if (!known.includes(type)) throw refusal(`Field[url] is invalid, ${badScheme(type)}`);
  return { type, host, path };
}

/** A text: what is wrong with the URL. */
function placeOf(type: string, host: string, path: string, { endpoint = '' }: Properties): Place | string {
  if (type === 'local') {
    if (host === '' || host === 'root') return 'local path can not be empty or use root path';
    return { serverAddress: '', subPath: `/${host}${path}` };
  }
  if (host === '' || (['hdfs', 'sftp', 'cfs'].includes(type) && path === '')) return `${type} url format is wrong`;
  // As with `local`, there is no host: all of it is the path.
  if (type === 'mock') return { serverAddress: '', subPath: `/${host}${path}` };
  // The bucket stands in the host's place.
  if (type === 's3' || type === 'bos') return { serverAddress: endpoint.replace(/^https?:\/\//, ''), subPath: path || '/' };
  return { serverAddress: type === 'afs' ? `afs://${host}` : host, subPath: path || '/' };
}

const words = (key: string | undefined, text: (key: string) => string) => (key === undefined ? undefined : text(key));

/** Undefined: all that this kind of storage needs is there. */
function flawOfProperties(type: string, given: Properties): string | undefined {
  const missing = (...keys: string[]) => keys.find((key) => (given[key] ?? '') === '');
  switch (type) {
    case 's3':
      return words(missing('accessKey', 'secretKey', 'endpoint'), (key) => `Field[properties] is invalid, key[${key}] cannot be empty`);
    case 'bos':
      if (given['sts'] === 'true' && !soundDuration(given['duration'] ?? '43200'))
        return 'Field[properties] is invalid, key[duration] is invalid';
      return words(missing('accessKey', 'secretKey', 'endpoint'), (key) => `Field[properties] is invalid, key[${key}] is empty`);
    case 'sftp':
      return words(missing('user', 'password'), (key) => `Field[${key}] is invalid, key[${key}] cannot be empty`);
    case 'hdfs':
      if (missing('user', 'group') === undefined || Object.keys(given).some((key) => key.startsWith('kerberos.'))) return undefined;
      return 'Field[properties] is invalid, not correct hdfs properties';
    case 'mock':
      return words(missing('pvc', 'namespace'), (key) => `Field[${key}] is invalid, key[${key}] cannot be empty`);
    case 'afs':
      return words(missing('username', 'password'), (key) => `Field[properties] is invalid, ${key} is empty`);
    default:
      return undefined;
  }
}

const soundDuration = (seconds: string): boolean => /^\d+$/.test(seconds) && Number(seconds) >= 60 && Number(seconds) <= 129_600;

/** Whether a server tries to reach such storage before it answers (2.5). */
export const isChecked = (type: string): boolean => !['mock', 'local', 'cfs', 'afs'].includes(type);

/** A host whose name the Internet keeps free for such uses is one that does not answer. */
export const isUnreachable = (serverAddress: string): boolean => serverAddress.split(':')[0]?.endsWith('.invalid') ?? false;

/** The server really mounts a `glusterfs` one, and has no tools for it; the words are those of `mount`, with a path of the server's in them. */
export function refuseMount({ type }: Storage, id: string): void {
  if (type !== 'glusterfs') return;
  const place = `/home/paddleflow/server/.tmp_local_mount/${id.length}${Buffer.byteLength(id)}`;
  const hint = '       dmesg(1) may have more information after failed mount system call.\n';
  throw new ApiError('ConnectivityFailed', `mount: ${place}: unknown filesystem type 'glusterfs'.\n${hint}`);
}

/** None at all is `null`, not `{}` (2.5). */
export const shownProperties = (properties: Properties): Map<string, string> | null =>
  Object.keys(properties).length === 0 ? null : openMap(properties);
