import { InvalidInputProblem } from '../../../problem/problem.ts';

/** Where a file system or a link lies, in the backend's terms (contract 2.5). */
export interface Storage {
  readonly url: string;
  readonly properties: Readonly<Record<string, string>>;
}

interface Entry {
  readonly name: string;
  readonly value: string;
}
interface At {
  readonly address: string;
  readonly path: string;
}
interface Bucket {
  readonly bucket: string;
  readonly path: string;
  readonly endpoint: string;
  readonly region?: string | null | undefined;
  readonly accessKey: string;
  readonly secretKey: string;
}
type Optional<T> = T | null | undefined;

/** One of these is given; the schema sees to it. */
export interface StorageInput {
  readonly s3?: Optional<Bucket>;
  readonly bos?: Optional<Bucket & { readonly sts: boolean; readonly durationSeconds?: Optional<number> }>;
  readonly hdfs?: Optional<
    At & { readonly user?: Optional<string>; readonly group?: Optional<string>; readonly kerberos?: Optional<readonly Entry[]> }
  >;
  readonly sftp?: Optional<At & { readonly user: string; readonly password: string }>;
  readonly cfs?: Optional<At>;
  readonly afs?: Optional<At & { readonly username: string; readonly password: string }>;
  readonly glusterfs?: Optional<{ readonly address: string; readonly volume: string }>;
  readonly local?: Optional<{ readonly path: string }>;
  readonly mock?: Optional<{ readonly pvc: string; readonly namespace: string; readonly path: string }>;
  readonly url?: Optional<{ readonly url: string; readonly properties?: Optional<readonly Entry[]> }>;
}

export const fileSystemSchemes = ['hdfs', 'local', 's3', 'sftp', 'mock', 'cfs', 'glusterfs', 'bos', 'afs'];
const linkSchemes = ['hdfs', 'local', 's3', 'sftp', 'cfs'];

const wrong = (field: string, message: string) => new InvalidInputProblem(message, field);

/** The value stays out of the messages: it may be a secret. */
function filled(text: string, field: string): string {
  if (text === '') throw wrong(field, 'must not be empty');
  if (/\p{Cc}/u.test(text)) throw wrong(field, 'holds control characters');
  return text;
}
/** Not one that holds a user and a password: they would be shown with the address. */
function withoutUser(text: string, field: string): string {
  if (filled(text, field).includes('@')) throw wrong(field, 'must not hold a user or a password');
  return text;
}
function addressOf(text: string, field: string): string {
  const one = '[A-Za-z0-9][A-Za-z0-9._-]*(:\\d{1,5})?';
  if (!new RegExp(`^${one}(,${one})*$`).test(withoutUser(text, field)))
    throw wrong(field, 'must be a host, with a port where it needs one');
  return text;
}
function pathOf(text: string, field: string): string {
  const parts = filled(text, field).split('/').slice(1);
  const odd = parts.some((part, index) => part === '.' || part === '..' || (part === '' && index < parts.length - 1));
  if (!text.startsWith('/') || odd || /[?#\\]/.test(text)) throw wrong(field, 'must be an absolute path without "..", "//", "?" and "#"');
  return text;
}
function nameOf(text: string, field: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(filled(text, field))) throw wrong(field, 'must consist of letters, digits, ".", "_" and "-"');
  return text;
}

const filledIn = (texts: Readonly<Record<string, string>>, field: string): Record<string, string> => {
  for (const [name, text] of Object.entries(texts)) filled(text, `${field}.${name}`);
  return texts;
};

function bucketOf(scheme: 's3' | 'bos', { bucket, path, endpoint, region, accessKey, secretKey }: Bucket, field: string): Storage {
  const url = `${scheme}://${nameOf(bucket, `${field}.bucket`)}${pathOf(path, `${field}.path`)}`;
  const secrets = filledIn({ accessKey, secretKey }, field);
  return { url, properties: { ...secrets, endpoint: withoutUser(endpoint, `${field}.endpoint`), ...(region ? { region } : {}) } };
}

const at = (scheme: string, { address, path }: At, field: string): string =>
  `${scheme}://${addressOf(address, `${field}.address`)}${pathOf(path, `${field}.path`)}`;

function kerberosOf(entries: readonly Entry[], field: string): Record<string, string> {
  for (const { name } of entries)
    if (!/^[A-Za-z][A-Za-z0-9.]*$/.test(name)) throw wrong(field, 'holds what is no name of a Kerberos setting');
  return Object.fromEntries(entries.map(({ name, value }) => [`kerberos.${name}`, filled(value, field)]));
}

function hdfsOf(input: NonNullable<StorageInput['hdfs']>, field: string): Storage {
  const { user, group, kerberos } = input;
  const url = at('hdfs', input, field);
  if (kerberos && kerberos.length > 0)
    return { url, properties: { ...kerberosOf(kerberos, `${field}.kerberos`), ...(user && { user }), ...(group && { group }) } };
  if (!user || !group) throw wrong(field, 'needs user and group, or the settings of Kerberos');
  return { url, properties: { user: filled(user, `${field}.user`), group: filled(group, `${field}.group`) } };
}

function bosOf(input: NonNullable<StorageInput['bos']>, field: string): Storage {
  const { sts } = input;
  const durationSeconds = input.durationSeconds ?? undefined;
  const { url, properties } = bucketOf('bos', input, field);
  if (durationSeconds !== undefined && !(sts && durationSeconds >= 60 && durationSeconds <= 129_600))
    throw wrong(`${field}.durationSeconds`, 'must be 60 to 129600, and is for `sts` only');
  return {
    url,
    properties: { ...properties, ...(sts && { sts: 'true' }), ...(durationSeconds !== undefined && { duration: String(durationSeconds) }) },
  };
}

function localOf(path: string, field: string): Storage {
  const [, first = ''] = pathOf(path, field).split('/');
  if (first === '' || first === 'root') throw wrong(field, 'must not be "/", nor lie below "/root"');
  return { url: `local:/${path}`, properties: {} };
}

/** What is missing upstream when it says `InvalidFileSystemParamsProperties`. */
const needed: Readonly<Record<string, readonly string[]>> = {
  s3: ['accessKey', 'secretKey', 'endpoint'],
  bos: ['accessKey', 'secretKey', 'endpoint'],
  sftp: ['user', 'password'],
  mock: ['pvc', 'namespace'],
  afs: ['username', 'password'],
};

function urlOf({ url, properties }: NonNullable<StorageInput['url']>, schemes: readonly string[], field: string): Storage {
  const [, scheme = '', host = ''] = /^([a-z0-9]+):\/\/([^/]*)/.exec(filled(url, `${field}.url`)) ?? [];
  if (!schemes.includes(scheme)) throw wrong(`${field}.url`, `must begin with one of ${schemes.join(', ')}, and ://`);
  if (host === '') throw wrong(`${field}.url`, 'names no host, bucket or first folder');
  withoutUser(host, `${field}.url`);
  const given = Object.fromEntries((properties ?? []).map(({ name, value }) => [name, value]));
  const missing = needed[scheme]?.filter((name) => !given[name]) ?? [];
  if (missing.length > 0) throw wrong(`${field}.properties`, `lacks ${missing.join(', ')}`);
  if (given['endpoint'] !== undefined) withoutUser(given['endpoint'], `${field}.properties`);
  return { url, properties: given };
}

const field = (kind: string) => `storage.${kind}`;

/** Throws an `InvalidInputProblem` that names the field at fault, and never repeats a value. */
export function storageOf(input: StorageInput, schemes: readonly string[]): Storage {
  const { s3, bos, hdfs, sftp, cfs, afs, glusterfs, local, mock, url } = input;
  if (s3) return bucketOf('s3', s3, field('s3'));
  if (bos) return bosOf(bos, field('bos'));
  if (hdfs) return hdfsOf(hdfs, field('hdfs'));
  if (sftp)
    return { url: at('sftp', sftp, field('sftp')), properties: filledIn({ user: sftp.user, password: sftp.password }, field('sftp')) };
  if (cfs) return { url: at('cfs', cfs, field('cfs')), properties: {} };
  if (afs)
    return { url: at('afs', afs, field('afs')), properties: filledIn({ username: afs.username, password: afs.password }, field('afs')) };
  if (local) return localOf(local.path, field('local.path'));
  if (glusterfs) {
    const { address, volume } = glusterfs;
    if (address.includes(':')) throw wrong(field('glusterfs.address'), 'must be a host alone');
    return {
      url: `glusterfs://${addressOf(address, field('glusterfs.address'))}:${nameOf(volume, field('glusterfs.volume'))}`,
      properties: {},
    };
  }
  if (mock) {
    const { pvc, namespace, path } = mock;
    // No host: all of it is the path, as of a local one.
    if (pathOf(path, field('mock.path')) === '/')
      throw wrong(field('mock.path'), 'must name a directory: the backend cannot be told the root');
    return {
      url: `mock:/${path}`,
      properties: { pvc: nameOf(pvc, field('mock.pvc')), namespace: nameOf(namespace, field('mock.namespace')) },
    };
  }
  if (url) return urlOf(url, schemes, field('url'));
  throw wrong('storage', 'says nothing');
}

/** A local one must say that it is for debugging (contract 2.6). */
export function linkStorageOf(input: StorageInput): Storage {
  const { url, properties } = storageOf(input, linkSchemes);
  return { url, properties: url.startsWith('local:') ? { ...properties, debug: 'true' } : properties };
}
