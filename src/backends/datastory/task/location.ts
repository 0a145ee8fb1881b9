import { InvalidCallError } from '../../../upstream/errors.ts';
import type { DataStorySourceConfig, StorageProfile } from '../config.ts';
import type { WireFileSystem } from '../wire/wire.ts';

/** Where files lie, without secrets: what the registry keeps and the graph shows. */
export interface StorageLocation {
  readonly kind: 'HDFS' | 'CEPH';
  /** The storage profile that was named. Null: given by value. */
  readonly profile: string | null;
  readonly host: string;
  readonly port: string;
  readonly spareHost: string | null;
  /** Owner of the files. Null for CEPH, where it is a key. */
  readonly userName: string | null;
  /** Null for HDFS. */
  readonly bucket: string | null;
  readonly path: string;
}

/** In one text: on CEPH as the platform has it. */
export const uriOf = ({ kind, host, port, bucket, path }: StorageLocation): string =>
  kind === 'CEPH' ? `${bucket}#${path}` : `hdfs://${host}:${port}${path}`;

/** As a caller gives it: a path in a storage profile, or everything by value. */
export type LocationInput =
  | { readonly profile: string; readonly path: string }
  | {
      readonly hdfs: {
        readonly host: string;
        readonly port: string;
        readonly spareHost?: string | undefined;
        readonly userName: string;
        readonly path: string;
      };
    }
  | {
      readonly ceph: {
        readonly host: string;
        readonly port: string;
        readonly accessKey: string;
        readonly secretKey: string;
        readonly path: string;
      };
    };

export interface ReadLocation {
  /** What is kept and shown. */
  readonly location: StorageLocation;
  /** What is sent, with secrets. */
  readonly wire: WireFileSystem;
  /** `bucket#path` or a path, as it is sent. */
  readonly wirePath: string;
}

type Rules = Pick<DataStorySourceConfig, 'storage' | 'hosts'>;

/**
 * A location in the platform's terms. Throws an `InvalidCallError` that names the field below `field`: what the platform could not
 * use, and hosts and folders that are not allowed (a submission makes the platform connect there).
 */
export function readLocation(input: LocationInput, field: string, rules: Rules): ReadLocation {
  if ('profile' in input) {
    const profile = rules.storage.find(({ name }) => name === input.profile);
    if (profile === undefined)
      throw new InvalidCallError(`${field}.profile.name`, `is none of the storage profiles: ${namesOf(rules.storage)}`);
    return locate(profile, profile.name, input.path, `${field}.profile.path`);
  }
  return locate(
    'hdfs' in input ? hdfsOf(input.hdfs, `${field}.hdfs`, rules) : cephOf(input.ceph, `${field}.ceph`, rules),
    null,
    'hdfs' in input ? input.hdfs.path : input.ceph.path,
    `${field}.${'hdfs' in input ? 'hdfs' : 'ceph'}.path`,
  );
}

const namesOf = (profiles: readonly StorageProfile[]) => profiles.map(({ name }) => name).join(', ') || 'there are none';

function hdfsOf({ host, port, spareHost, userName }: Extract<LocationInput, { hdfs: object }>['hdfs'], at: string, rules: Rules) {
  checkPort(port, `${at}.port`);
  checkHost(host, port, `${at}.host`, rules);
  if (spareHost !== undefined) checkHost(spareHost, port, `${at}.spareHost`, rules);
  checkText(userName, `${at}.userName`);
  return { type: 'HDFS', host, port, spareHost, userName, paths: [] } as const;
}

function cephOf({ host, port, accessKey, secretKey }: Extract<LocationInput, { ceph: object }>['ceph'], at: string, rules: Rules) {
  checkPort(port, `${at}.port`);
  checkHost(host, port, `${at}.host`, rules);
  checkText(accessKey, `${at}.accessKey`);
  checkText(secretKey, `${at}.secretKey`);
  return { type: 'CEPH', host, port, userName: accessKey, password: secretKey, paths: [] } as const;
}

/** A profile of the configuration, or one that a caller has brought along. */
type Storage = { readonly host: string; readonly port: string; readonly userName: string; readonly paths: readonly string[] } & (
  | { readonly type: 'HDFS'; readonly spareHost?: string | undefined }
  | { readonly type: 'CEPH'; readonly password: string }
);

function locate(storage: Storage, profile: string | null, path: string, field: string): ReadLocation {
  checkPath(path, field, storage.paths);
  const { host, port, userName } = storage;
  if (storage.type === 'HDFS') {
    if (!path.startsWith('/')) throw new InvalidCallError(field, 'must begin with / on HDFS');
    const { spareHost } = storage;
    return {
      location: { kind: 'HDFS', profile, host, port, spareHost: spareHost ?? null, userName, bucket: null, path },
      wire: { fileSystemType: 'HDFS', host, port, userName, ...(spareHost !== undefined && { spareHost }) },
      wirePath: path,
    };
  }
  // Whether a key may hold a second `#` is not known: the first one is the split (contract 2).
  const split = path.indexOf('#');
  if (split <= 0 || split === path.length - 1) throw new InvalidCallError(field, 'must be bucket#path on CEPH');
  const [bucket, key] = [path.slice(0, split), path.slice(split + 1)];
  return {
    location: { kind: 'CEPH', profile, host, port, spareHost: null, userName: null, bucket, path: key },
    wire: { fileSystemType: 'CEPH', host, port, userName, password: storage.password },
    wirePath: path,
  };
}

/** Control characters have no place in what goes to a file system. */
function checkText(text: string, field: string): void {
  if (text === '' || text.length > 4_096 || /\p{Cc}/u.test(text) || !text.isWellFormed())
    throw new InvalidCallError(field, 'must have 1 to 4096 characters, none of them a control character');
}

function checkPath(path: string, field: string, allowed: readonly string[]): void {
  checkText(path, field);
  // Also as it may be decoded, or taken for another system's, on the way.
  if (
    path
      .replaceAll(/%2e/gi, '.')
      .split(/[/#\\]|%2f|%5c/i)
      .includes('..')
  )
    throw new InvalidCallError(field, 'must not hold ".."');
  const isIn = (folder: string) => path === folder || path.startsWith(/[/#]$/.test(folder) ? folder : `${folder}/`);
  if (allowed.length > 0 && !allowed.some(isIn))
    throw new InvalidCallError(field, 'is in none of the folders that the configuration allows');
}

function checkPort(text: string, field: string): void {
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > 65_535) throw new InvalidCallError(field, 'must be a port, from 1 to 65535');
}

/** A label that ends in a dot, or none, would pass by rules that compare names. */
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Of a storage profile, or on the list. Compared as names: what they resolve to is the platform's network's business. */
function checkHost(host: string, port: string, field: string, { hosts, storage }: Rules): void {
  const wanted = host.toLowerCase();
  if (!hostName.test(wanted)) throw new InvalidCallError(field, 'must be a bare host name or address');
  const ofProfiles = storage.flatMap((profile) =>
    [profile.host, ...(profile.type === 'HDFS' && profile.spareHost ? [profile.spareHost] : [])].map((name) => `${name}:${profile.port}`),
  );
  const isAllowed = [...ofProfiles, ...hosts].some((rule) => {
    const [name = '', rulePort = port] = rule.toLowerCase().split(':');
    return rulePort === port && (name.startsWith('*.') ? wanted.endsWith(name.slice(1)) : name === wanted);
  });
  if (!isAllowed) throw new InvalidCallError(field, 'is not among the hosts that the configuration allows');
}
