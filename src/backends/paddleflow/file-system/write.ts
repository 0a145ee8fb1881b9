import { accountOn, type Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { InvalidCallError, UpstreamError } from '../../../upstream/errors.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { type Deletion, deletion, type DeletionOptions } from '../deletion/deletion.ts';
import { namingFields } from '../../../problem/input-fields.ts';
import { deleting, isRefusedAs } from '../../../problem/lost-answer.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { isUnlistedOn, namedOn } from '../named.ts';
import { withoutSecrets } from '../client/file-systems.ts';
import { accountOf } from '../source/account.ts';
import { enforceOwnership, hideOthers } from '../permission.ts';
import { ForbiddenProblem, InvalidInputProblem, NotFoundProblem, problemOf } from '../../../problem/problem.ts';
import { readBack } from '../../../problem/read-back.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import { linkPathOf } from './link-path.ts';
import { type FileSystem, fileSystemId, type FileSystemLink, type FileSystemPlace, linkId, linkPlaceOf, placeOf } from './model.ts';
import { createFileSystemSource } from './source.ts';
import type { Storage } from './storage.ts';
import { usersOf } from './used-by.ts';

export interface NewFileSystem {
  readonly name: string;
  readonly owner?: string | undefined;
  readonly storage: Storage;
  readonly independentMountProcess: boolean;
  readonly idempotencyKey?: string | undefined;
}

export interface NewLink {
  readonly path: string;
  readonly storage: Storage;
  readonly idempotencyKey?: string | undefined;
}

export interface FileSystemWriter {
  create(source: string, fileSystem: NewFileSystem): Promise<FileSystem>;
  /** Its links go along, what is stored stays. `ConflictProblem` while it is mounted, or a running schedule uses it. */
  delete(key: string, options: DeletionOptions): Promise<Deletion>;
  /** `fileSystemKey` is `prod:fs-alice-data`. */
  createLink(fileSystemKey: string, link: NewLink): Promise<FileSystemLink>;
  deleteLink(key: string, options: { readonly ignoreMissing: boolean }): Promise<void>;
}

/** Fields and codes of the backend as the inputs call them. */
const fields = {
  url: 'storage',
  username: 'ownerName',
  FileSystemNameFormatError: 'name',
  InvalidFileSystemParamsURL: 'storage',
  InvalidFileSystemParamsProperties: 'storage',
};
const linkFields = {
  url: 'storage',
  fsPath: 'path',
  InvalidLinkURL: 'storage',
  InvalidLinkProperties: 'storage',
  InvalidFileSystemFsName: 'fileSystemId',
  LinkFileSystemPathNotExist: 'path',
};

/** Whether a link would lie inside of another, or around one. One call; false when that cannot be told. */
async function isNested({ reader }: SourceHandle, { name, owner }: FileSystemPlace, path: string): Promise<boolean> {
  const links = await reader.allLinks(name, { username: owner }).catch(() => ({ items: [] }));
  return links.items.some((link) => {
    const other = linkPathOf(link.fsPath) ?? link.fsPath;
    return other !== path && (`${path}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${path}/`));
  });
}

export interface FileSystemWriterOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly viewer: Viewer;
  readonly attempt: Attempt;
  readonly intents: Intents;
}

/** Everybody may do this with what is their own, root with everybody's. All throw a `Problem` that the client can act on, or an outage. */
export function createFileSystemWriter({ db, handles, viewer, attempt, intents }: FileSystemWriterOptions): FileSystemWriter {
  /** Whom a new one is to belong to; undefined: the account that makes it. */
  function ownerFor({ name, actsAs }: SourceHandle, owner: string | undefined): string | undefined {
    if (owner !== undefined && !/^[A-Za-z0-9]{1,60}$/.test(owner)) throw new InvalidInputProblem('is no name of a user', 'ownerName');
    if (owner !== undefined && (/login$/i.test(owner) || (owner !== 'root' && /^root$/i.test(owner))))
      throw new InvalidInputProblem('must not end in "login", nor be "root" in another case', 'ownerName');
    const account = accountOn(viewer, name);
    if (actsAs === 'viewer' || account === undefined) return owner;
    if (owner !== undefined && owner !== account) throw new ForbiddenProblem('Only operators may make file systems for others');
    return account;
  }

  /** The file system as it is: somebody else's is not there. The backend would take another of that name when it ignores the owner (contract 6). */
  async function own(handle: SourceHandle, id: string): Promise<FileSystem> {
    const [found] = await createFileSystemSource(handle, viewer).byIds([id]);
    if (found === undefined) throw new NotFoundProblem(`There is no file system ${id}`);
    return found;
  }

  return {
    create: (source, { name, owner, storage, independentMountProcess, idempotencyKey }) =>
      attempt(
        'createFileSystem',
        keyOf(source, name || '-'),
        async () => {
          const handle = requireHandle(handles, source);
          const body = { name, username: ownerFor(handle, owner), ...storage, independentMountProcess };
          const send = async (deadline?: number) =>
            (await namingFields(fields, name, () => handle.client.createFileSystem(body, { deadline }))).fsID;
          const read = async (id: string) => (await createFileSystemSource(handle, viewer).byIds([id]))[0];
          if (idempotencyKey === undefined) {
            const fsId = await send();
            return readBack(fsId, () => read(fsId));
          }
          const place = { owner: body.username ?? accountOf(handle, viewer), name };
          const maker = namedOn(
            handle,
            {
              kind: 'file system',
              find: async () => (await read(fileSystemId(place)))?.fsId,
              isAbsent: () => isRefusedAs('RecordNotFound', () => handle.reader.getFileSystem(name, { username: place.owner })),
              send,
            },
            { slow: true },
          );
          const input = { ...body, ...place, properties: withoutSecrets(storage.properties) };
          return keyed(intents, { idempotencyKey, input, maker, read });
        },
        ({ key }) => key,
      ),

    delete(key, options) {
      const { source, id } = splitKey(key);
      return deletion(attempt, 'deleteFileSystem', key, options, {
        effects: async () => {
          const handle = requireHandle(handles, source);
          return usersOf(db, handle, viewer, await own(handle, id));
        },
        work: async () => {
          const handle = requireHandle(handles, source);
          const { name, owner } = await own(handle, id);
          const isGone = () => isRefusedAs('RecordNotFound', () => handle.reader.getFileSystem(name, { username: owner }));
          await deleting(id, () => handle.client.deleteFileSystem(name, { username: owner }), isGone);
        },
      });
    },

    createLink(fileSystemKey, { path, storage, idempotencyKey }) {
      const { source, id } = splitKey(fileSystemKey);
      const target = (place: FileSystemPlace | undefined) => keyOf(source, place ? linkId(place, path) : id);
      return attempt('createLink', target(placeOf(id)), async () => {
        const handle = requireHandle(handles, source);
        const place = placeOf(id);
        if (place) enforceOwnership(handle, viewer, place.owner, id);
        // Whose body names somebody else is refused by the backend itself (contract 6); asked for the file system it might show another of that name.
        const isRefused = handle.actsAs === 'viewer' && viewer.owner !== undefined && place?.owner !== accountOn(viewer, source);
        const { name, owner } = place && isRefused ? place : await own(handle, id);
        const body = { fsName: name, fsPath: path, username: owner, ...storage };
        const named = { ...linkFields };
        const send = (deadline?: number) =>
          namingFields(named, path, () =>
            handle.client.createLink(body, { deadline }).catch(async (error: unknown) => {
              // Said of a path as well that lies inside of another link or around one: the links that are there tell which.
              if (error instanceof UpstreamError && error.code === 'InvalidLinkURL' && (await isNested(handle, { name, owner }, path)))
                named.InvalidLinkURL = 'path';
              throw error;
            }),
          );
        const read = () => createFileSystemSource(handle, viewer).link({ name, owner }, path);
        if (idempotencyKey === undefined) {
          await send();
          return readBack(path, read);
        }
        // From the list: a single read that is overtaken by the link being made ends in an error (contract 2.6).
        const links = async () => (await handle.reader.allLinks(name, { username: owner })).items;
        const isIt = (link: { readonly fsPath: string }) => (linkPathOf(link.fsPath) ?? link.fsPath) === path;
        const maker = namedOn(
          handle,
          {
            kind: 'link',
            find: async () => ((await links()).some(isIt) ? path : undefined),
            isAbsent: () => isUnlistedOn(handle, links, isIt),
            send: async (deadline) => {
              await send(deadline);
              return path;
            },
          },
          { slow: true },
        );
        return keyed(intents, { idempotencyKey, input: { ...body, properties: withoutSecrets(storage.properties) }, maker, read });
      });
    },

    deleteLink: (key, { ignoreMissing }) =>
      attempt('deleteLink', key, async () => {
        const { source, id } = splitKey(key);
        try {
          const handle = requireHandle(handles, source);
          const place = linkPlaceOf(id);
          if (place === undefined) throw new NotFoundProblem(`There is no link ${id}`);
          hideOthers(handle, viewer, place.owner, `link ${id}`);
          await handle.client.deleteLink(place.name, place.path, { username: place.owner });
        } catch (error) {
          const notTheirs = error instanceof InvalidCallError && error.field === 'username';
          const problem = notTheirs ? new NotFoundProblem(`There is no link ${id}`) : problemOf(error, id);
          if (!(ignoreMissing && problem instanceof NotFoundProblem)) throw problem;
        }
      }),
  };
}
