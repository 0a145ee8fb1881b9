import type { z } from 'zod';
import { againIfEmpty } from '../../../core/again.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { InvalidCallError, UpstreamError } from '../../../upstream/errors.ts';
import { present, segment, storageUrl } from '../wire/validate.ts';
import { linkKey, WireFileSystem, type WireLink, WireLinkPage } from '../wire/wire.ts';
import { anything, explained, hasCode, meaning, type PageQuery, type PaddleFlowHttp, type Until } from './calls.ts';
import { type OwnedBy, secretsOf, type StorageProperties, timePageQuery } from './file-systems.ts';
import { withholding } from './secrets.ts';
import { type WholeList, wholeList } from './time-pages.ts';

export interface CreateLinkBody {
  readonly fsName: string;
  /** An empty directory in that file system. */
  readonly fsPath: string;
  /** `hdfs`, `local`, `s3`, `sftp` or `cfs`. */
  readonly url: string;
  readonly properties?: StorageProperties | undefined;
  /** Root only: the owner of the file system. */
  readonly username?: string | undefined;
}

const withoutSlashAtEnd = (path: string): string => path.replace(/(?<=.)\/+$/, '');

/**
 * Storage that shows at a directory inside a file system. Its codes mislead (2.6); what is thrown instead, all codes of 1.7:
 * - create `FileSystemNotExist` 403 → `LinkPathExist`; create `LinkModelError` 500 and no such file system → `LinkFileSystemNotExist`
 * - delete `LinkModelError` 500 and no such link → `LinkNotExist`, no such file system → `LinkFileSystemNotExist`
 * - get `""` 500 and no such link in the list, or an empty list → `LinkNotExist`
 */
export function linkCalls(http: PaddleFlowHttp) {
  /** As `listFileSystems`; `RecordNotFound` without the file system. */
  const listLinks = async (fsName: string, query: PageQuery & OwnedBy, signal?: AbortSignal): Promise<MarkerPage<WireLink>> =>
    http.send<z.output<typeof WireLinkPage>>(
      { call: 'listLinks', path: `/link/${segment(fsName)}`, query: { username: query.username, ...timePageQuery(query) }, signal },
      WireLinkPage,
    );
  const allLinks = async (fsName: string, query: OwnedBy = {}, signal?: AbortSignal): Promise<WholeList<WireLink>> =>
    wholeList((at) => listLinks(fsName, { ...query, ...at }, signal), linkKey);

  /** Reads of file systems are restricted to one's own, whatever `username` says (6). */
  const fileSystemOf = async (fsName: string, { username }: OwnedBy): Promise<WireFileSystem> =>
    http.send({ call: 'getFileSystem', path: `/fs/${segment(fsName)}`, query: { username } }, WireFileSystem);

  /** What `refusal` meant, if the lists can tell. */
  const whatIsMissing = async (refusal: UpstreamError, fsName: string, fsPath: string, owner: OwnedBy, signal?: AbortSignal) => {
    const list = await againIfEmpty(() => allLinks(fsName, owner, signal), signal).catch((error: unknown) => {
      if (hasCode(error, 'RecordNotFound')) return undefined;
      throw error;
    });
    if (list === undefined) return noFileSystem(refusal);
    const there = list.items.some((link) => withoutSlashAtEnd(link.fsPath) === withoutSlashAtEnd(fsPath));
    return there || !list.complete ? undefined : noLink(refusal);
  };

  return {
    listLinks,
    allLinks,

    /** `LinkNotExist`; `RecordNotFound` without the file system. */
    async getLink(fsName: string, fsPath: string, owner: OwnedBy = {}, signal?: AbortSignal): Promise<WireLink> {
      const path = `/link/${segment(fsName)}`;
      const query = { fsPath: present('fsPath', fsPath), username: owner.username, ...timePageQuery({ maxKeys: 1 }) };
      const read = () => http.send({ call: 'getLink', path, query, signal }, WireLinkPage);
      const page = await explained([''], againIfEmpty(read, signal), (refusal) => whatIsMissing(refusal, fsName, fsPath, owner, signal));
      const [link] = page.items;
      if (link !== undefined) return link;
      const details = { source: http.source, operation: `GET ${path}`, fault: 'rejected', status: 200, code: 'LinkNotExist' } as const;
      throw new UpstreamError(details, 'answered 200 without a link');
    },

    /** The server tries to connect before it answers. `LinkPathExist`, `LinkFileSystemNotExist`, `ConnectivityFailed`, … */
    async createLink(body: CreateLinkBody, { deadline }: Until = {}): Promise<void> {
      segment(body.fsName);
      present('fsPath', body.fsPath);
      storageUrl(body.url);
      const creating = http.send({ call: 'createLink', method: 'POST', path: '/link', body, slow: true, deadline }, anything);
      await explained(['FileSystemNotExist', 'LinkModelError'], withholding(secretsOf(body.properties), creating), async (refusal) => {
        if (refusal.code === 'FileSystemNotExist') return meaning(refusal, 'LinkPathExist', 'which here means that the link exists');
        const reading = fileSystemOf(body.fsName, body).then(() => undefined);
        return reading.catch((error: unknown) => (hasCode(error, 'RecordNotFound') ? noFileSystem(refusal) : undefined));
      });
    },

    /**
     * `LinkNotExist`, `LinkFileSystemNotExist`. The server deletes the links of whoever `username` names, without asking who wants that (1.4).
     * Reads it does restrict: so whoever names an owner must be able to read that owner's file system.
     */
    async deleteLink(fsName: string, fsPath: string, owner: OwnedBy = {}): Promise<void> {
      const path = `/link/${segment(fsName)}`;
      const query = { fsPath: present('fsPath', fsPath), username: owner.username };
      if (owner.username) {
        const reading = fileSystemOf(fsName, owner);
        const { username } = await explained(['RecordNotFound'], reading, async (refusal) => noFileSystem(refusal));
        if (username !== owner.username) throw new InvalidCallError('username', 'is somebody else');
      }
      await explained(['LinkModelError'], http.send({ call: 'deleteLink', method: 'DELETE', path, query }, anything), (refusal) =>
        whatIsMissing(refusal, fsName, fsPath, owner),
      );
    },
  };
}

const noFileSystem = (refusal: UpstreamError) => meaning(refusal, 'LinkFileSystemNotExist', 'there is no such file system');
const noLink = (refusal: UpstreamError) => meaning(refusal, 'LinkNotExist', 'there is no such link');
