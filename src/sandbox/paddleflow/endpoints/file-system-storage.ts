import type { FileSystemRow } from '../state/rows.ts';
import { ApiError, DroppedConnection } from '../wire/errors.ts';
import type { Cipher } from '../wire/marker.ts';

type Storage = Pick<FileSystemRow, 'type' | 'serverAddress' | 'subPath' | 'properties'>;
type Properties = Readonly<Record<string, string>>;

const schemes = ['hdfs', 'local', 's3', 'sftp', 'mock', 'cfs', 'glusterfs', 'bos', 'afs'];
const secrets = ['secretKey', 'password', 'kerberos.keyTabData'];

/** Where a file system lies, from its URL and properties, with the secrets encrypted (2.5). URL first, then properties. */
export function readStorage(url: string, given: Properties, cipher: Cipher): Storage {
  const [, type = '', host = '', path = ''] = /^([a-z0-9]+):\/\/([^/]*)(\/.*)?$/.exec(url) ?? [];
  if (!schemes.includes(type)) throw badUrl(url);
  if (type === 'glusterfs' && !host.includes(':')) throw new DroppedConnection(); // 1.9
  const place = placeOf(type, host, path, given);
  if (place === undefined) throw badUrl(url);
  const properties = propertiesOf(type, host, given);
  if (properties === undefined) throw new ApiError('InvalidFileSystemParamsProperties');
  const stored = Object.entries(properties).map(([key, value]) => [key, secrets.includes(key) ? cipher.encrypt(value) : value]);
  return { type, ...place, properties: Object.fromEntries(stored) as Properties };
}

const badUrl = (url: string): ApiError => new ApiError('InvalidFileSystemParamsURL', `file system url[${url}] is invalid`);

function placeOf(
  type: string,
  host: string,
  path: string,
  { endpoint = '' }: Properties,
): Pick<Storage, 'serverAddress' | 'subPath'> | undefined {
  if (host === '') return undefined;
  if (type === 'local') return host === 'root' ? undefined : { serverAddress: '', subPath: `/${host}${path}` };
  if (['hdfs', 'sftp', 'cfs'].includes(type) && path === '') return undefined;
  // The bucket stands in the host's place.
  if (type === 's3' || type === 'bos') return { serverAddress: endpoint.replace(/^https?:\/\//, ''), subPath: path || '/' };
  return { serverAddress: host, subPath: path || '/' };
}

/** Undefined: something is missing. */
function propertiesOf(type: string, bucket: string, given: Properties): Properties | undefined {
  const has = (...keys: string[]) => keys.every((key) => (given[key] ?? '') !== '');
  switch (type) {
    case 's3':
    case 'bos':
      if (!has('accessKey', 'secretKey', 'endpoint')) return undefined;
      if (given['sts'] === 'true' && !soundDuration(given['duration'] ?? '43200')) return undefined;
      return { region: type === 'bos' ? 'bj' : '', ...given, bucket };
    case 'sftp':
      return has('user', 'password') ? given : undefined;
    case 'hdfs':
      return has('user', 'group') || Object.keys(given).some((key) => key.startsWith('kerberos.')) ? given : undefined;
    case 'mock':
      return has('pvc', 'namespace') ? given : undefined;
    case 'afs':
      return has('username', 'password') ? given : undefined;
    default:
      return given;
  }
}

const soundDuration = (seconds: string): boolean => /^\d+$/.test(seconds) && Number(seconds) >= 60 && Number(seconds) <= 129_600;

/** A host whose name the Internet keeps free for such uses is one that does not answer. */
export const isUnreachable = (serverAddress: string): boolean => serverAddress.split(':')[0]?.endsWith('.invalid') ?? false;
