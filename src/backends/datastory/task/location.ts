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

/**
 * A location in the platform's terms. Throws an `InvalidCallError` that names the field below `field`: what the platform could not
 * use, and hosts that are not allowed (a submission makes the platform connect there).
 */
export function readLocation(input: LocationInput, field: string, config: Pick<DataStorySourceConfig, 'storage' | 'hosts'>): ReadLocation {
  if ('profile' in input) {
    const profile = config.storage.find(({ name }) => name === input.profile);
    if (profile === undefined)
      throw new InvalidCallError(`${field}.profile`, `is none of the storage profiles: ${namesOf(config.storage)}`);
    return fromProfile(profile, input.path, `${field}.path`);
  }
  if ('hdfs' in input) {
    const at = `${field}.hdfs`;
    const { host, spareHost, userName, path } = input.hdfs;
    checkHost(host, `${at}.host`, config);
    if (spareHost !== undefined) checkHost(spareHost, `${at}.spareHost`, config);
    const port = portOf(input.hdfs.port, `${at}.port`);
    checkText(userName, `${at}.userName`);
    return fromProfile({ name: '', type: 'HDFS', host, port, userName, ...(spareHost !== undefined && { spareHost }) }, path, `${at}.path`);
  }
  const at = `${field}.ceph`;
  const { host, accessKey, secretKey, path } = input.ceph;
  checkHost(host, `${at}.host`, config);
  const port = portOf(input.ceph.port, `${at}.port`);
  checkText(accessKey, `${at}.accessKey`);
  checkText(secretKey, `${at}.secretKey`);
  return fromProfile({ name: '', type: 'CEPH', host, port, userName: accessKey, password: secretKey }, path, `${at}.path`);
}

const namesOf = (profiles: readonly StorageProfile[]) => profiles.map(({ name }) => name).join(', ') || 'there are none';

function fromProfile(profile: StorageProfile, path: string, field: string): ReadLocation {
  checkText(path, field);
  if (path.split(/[/#]/).includes('..')) throw new InvalidCallError(field, 'must not hold ".."');
  const { host, port, userName, name } = profile;
  const common = { profile: name === '' ? null : name, host, port };
  if (profile.type === 'HDFS') {
    if (!path.startsWith('/')) throw new InvalidCallError(field, 'must begin with / on HDFS');
    const { spareHost } = profile;
    return {
      location: { kind: 'HDFS', ...common, spareHost: spareHost ?? null, userName, bucket: null, path },
      wire: { fileSystemType: 'HDFS', host, port, userName, ...(spareHost !== undefined && { spareHost }) },
      wirePath: path,
    };
  }
  // Whether a key may hold a second `#` is not known: the first one is the split (contract 2).
  const split = path.indexOf('#');
  if (split <= 0 || split === path.length - 1) throw new InvalidCallError(field, 'must be bucket#path on CEPH');
  return {
    location: { kind: 'CEPH', ...common, spareHost: null, userName: null, bucket: path.slice(0, split), path: path.slice(split + 1) },
    wire: { fileSystemType: 'CEPH', host, port, userName, password: profile.password },
    wirePath: path,
  };
}

/** Control characters have no place in what goes to a file system. */
function checkText(text: string, field: string): void {
  if (text === '' || text.length > 4_096 || [...text].some((letter) => letter < ' ' || letter === '\u007f'))
    throw new InvalidCallError(field, 'must have 1 to 4096 characters, none of them a control character');
}

function portOf(text: string, field: string): string {
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > 65_535) throw new InvalidCallError(field, 'is no port');
  return text;
}

/** Of a storage profile, or on the list. Compared as names: what they resolve to is the platform's network's business. */
function checkHost(host: string, field: string, { hosts, storage }: Pick<DataStorySourceConfig, 'storage' | 'hosts'>): void {
  const wanted = host.toLowerCase();
  if (!/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(wanted)) throw new InvalidCallError(field, 'must be a bare host name or address');
  const known = storage.flatMap((profile) => [profile.host, ...(profile.type === 'HDFS' && profile.spareHost ? [profile.spareHost] : [])]);
  const allowed =
    known.some((name) => name.toLowerCase() === wanted) ||
    hosts.some((rule) => (rule.startsWith('*.') ? wanted.endsWith(rule.slice(1).toLowerCase()) : rule.toLowerCase() === wanted));
  if (!allowed) throw new InvalidCallError(field, 'is not among the hosts that the configuration allows');
}
