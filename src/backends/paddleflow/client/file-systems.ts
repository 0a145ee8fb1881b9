import type { z } from 'zod';
import type { MarkerPage } from '../../../core/page.ts';
import { InvalidCallError } from '../../../upstream/errors.ts';
import { maxKeysParameter, newName, segment, storageUrl, timeMarkerParameter } from '../wire/validate.ts';
import { fileSystemKey, isSecretProperty, WireCreatedFileSystem, WireFileSystem, WireFileSystemPage } from '../wire/wire.ts';
import { anything, type PageQuery, type PaddleFlowHttp, type Until } from './calls.ts';
import { withholding } from './secrets.ts';
import { type WholeList, wholeList } from './time-pages.ts';

/** By type of storage, see 2.5. Secrets among them are write-only. */
export type StorageProperties = Readonly<Record<string, string>>;

export interface CreateFileSystemBody {
  /** Letters, digits, `_` and `-`; owner and name together at most 59. */
  readonly name: string;
  /** `hdfs`, `local`, `s3`, `sftp`, `mock`, `cfs`, `glusterfs`, `bos` or `afs`. */
  readonly url: string;
  /** Root only: the owner. */
  readonly username?: string | undefined;
  readonly properties?: StorageProperties | undefined;
  readonly independentMountProcess?: boolean | undefined;
}

/** `username` is the owner, and means something to root only; everybody else has only their own (6). */
export interface OwnedBy {
  readonly username?: string | undefined;
}

/**
 * Markers here are times (3.3). The server's own first one is "now", and hides what was made in this very second, such as what the caller has just
 * created: hence the last one that fits into every database's times (MySQL's `TIMESTAMP` ends in January 2038).
 */
const firstMarker = '2037-12-31 23:59:59';
export const timePageQuery = ({ marker, maxKeys }: PageQuery) => ({
  maxKeys: maxKeysParameter(maxKeys),
  marker: timeMarkerParameter(marker) ?? firstMarker,
});

export const secretsOf = (properties: StorageProperties = {}): string[] =>
  Object.entries(properties)
    .filter(([name]) => isSecretProperty(name))
    .map(([, value]) => value);

/** What may be kept of them. */
export const withoutSecrets = (properties: StorageProperties = {}): StorageProperties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !isSecretProperty(name)));

export function fileSystemCalls(http: PaddleFlowHttp) {
  /**
   * Newest first. Neighbouring pages may repeat items, and may lose one made in the same second as another (3.3): prefer `allFileSystems`.
   * Root sees everybody's without `username`. `fsName` filters exactly.
   */
  const listFileSystems = async (
    query: PageQuery & OwnedBy & { readonly fsName?: string | undefined },
    signal?: AbortSignal,
  ): Promise<MarkerPage<WireFileSystem>> =>
    http.send<z.output<typeof WireFileSystemPage>>(
      {
        call: 'listFileSystems',
        path: '/fs',
        query: { username: query.username, fsName: query.fsName, ...timePageQuery(query) },
        signal,
      },
      WireFileSystemPage,
    );

  return {
    listFileSystems,

    /** Each once. */
    allFileSystems: async (
      query: OwnedBy & { readonly fsName?: string | undefined } = {},
      signal?: AbortSignal,
    ): Promise<WholeList<WireFileSystem>> => wholeList((at) => listFileSystems({ ...query, ...at }, signal), fileSystemKey),

    /** `RecordNotFound` also for somebody else's. */
    getFileSystem: async (fsName: string, { username }: OwnedBy = {}, signal?: AbortSignal): Promise<WireFileSystem> =>
      http.send({ call: 'getFileSystem', path: `/fs/${segment(fsName)}`, query: { username }, signal }, WireFileSystem),

    /** The server tries to connect before it answers, which takes its time: `ConnectivityFailed` (2.5). `DuplicatedName`. */
    async createFileSystem(body: CreateFileSystemBody, { deadline }: Until = {}): Promise<{ fsName: string; fsID: string }> {
      newName('name', body.name, /^[a-zA-Z0-9_-]{1,63}$/, 'must be 1 to 63 letters, digits, "_" or "-"');
      if (body.name.length + (body.username ?? '').length > 59)
        throw new InvalidCallError('name', 'must not be longer than 59 together with its owner');
      storageUrl(body.url);
      const creating = http.send(
        { call: 'createFileSystem', method: 'POST', path: '/fs', body, slow: true, deadline },
        WireCreatedFileSystem,
      );
      return withholding(secretsOf(body.properties), creating);
    },

    /** Takes its links along; the files stay. Asks every cluster first, so it is slow. `ActionNotAllowed` while it is mounted or scheduled (2.5). */
    async deleteFileSystem(fsName: string, { username }: OwnedBy = {}): Promise<void> {
      const path = `/fs/${segment(fsName)}`;
      await http.send({ call: 'deleteFileSystem', method: 'DELETE', path, query: { username }, slow: true }, anything);
    },
  };
}
