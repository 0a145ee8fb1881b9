import { accountOn, type Viewer } from '../../../auth/viewer.ts';
import { againIfEmpty } from '../../../core/again.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { keyOf } from '../../../core/key.ts';
import type { SourceHandle } from '../source/handle.ts';
import {
  fileSystemFromWire,
  fileSystemId,
  type FileSystem,
  type FileSystemLink,
  type FileSystemPlace,
  linkFromWire,
  linkId,
  linkPlaceOf,
  placeOf,
} from './model.ts';

import { mountCommand, type Mount } from './mount.ts';

/** Lists here come as a whole: their pages overlap, and may even lose items (contract 3.3). */
export interface Whole<T> {
  readonly items: readonly T[];
  /** False: the backend's markers led nowhere before the end. */
  readonly complete: boolean;
}

/** All that the schema may ask about the file systems of one source, and the links in them. */
export interface FileSystemSource {
  /** Newest first; of those that this viewer may see, or of one owner among them. */
  list(owner?: string): Promise<Whole<FileSystem>>;
  /** In any order, without those that do not exist or are not for this viewer. One is read by itself, several come from one list. */
  byIds(ids: readonly string[]): Promise<FileSystem[]>;
  links(fileSystem: FileSystemPlace): Promise<Whole<FileSystemLink>>;
  link(fileSystem: Pick<FileSystem, 'name' | 'owner'>, path: string): Promise<FileSystemLink | undefined>;
  /** `fs-alice-data:/ext`, in any order. One is read by itself, several of a file system come from its list. */
  linksByIds(ids: readonly string[]): Promise<FileSystemLink[]>;
  /** For a person's shell. Throws `BadInputError`. */
  mountCommand(fileSystem: FileSystem, path: string, options: Mount['options']): string;
}

const hasCode = (error: unknown, ...codes: string[]) => error instanceof UpstreamError && codes.includes(error.code ?? '');

export function createFileSystemSource(handle: SourceHandle, viewer: Viewer, signal?: AbortSignal): FileSystemSource {
  const { name: source, client, actsAs } = handle;
  /** Undefined: everybody's, as far as the backend shows them. */
  const onlyOf = actsAs === 'service' ? accountOn(viewer, source) : undefined;
  const isVisible = (owner: string) => onlyOf === undefined || owner === onlyOf;

  const list: FileSystemSource['list'] = async (owner) => {
    if (owner !== undefined && !isVisible(owner)) return { items: [], complete: true };
    const wanted = owner ?? onlyOf;
    const { items, complete } = await client.allFileSystems({ username: wanted }, signal);
    // `root` as an owner means everybody upstream, and to others than root the backend gives their own whatever is asked (contract 2.5).
    const found = items.map((wire) => fileSystemFromWire(source, wire)).filter((item) => wanted === undefined || item.owner === wanted);
    return { items: found, complete };
  };

  async function single(id: string): Promise<FileSystem[]> {
    const place = placeOf(id);
    if (place === undefined || !isVisible(place.owner)) return [];
    try {
      const found = fileSystemFromWire(source, await client.getFileSystem(place.name, { username: place.owner }, signal));
      return found.fsId === id ? [found] : []; // whoever may not name an owner is shown their own one of that name
    } catch (error) {
      if (hasCode(error, 'RecordNotFound')) return [];
      throw error;
    }
  }

  const link: FileSystemSource['link'] = async ({ name, owner }, path) => {
    if (!isVisible(owner)) return undefined;
    try {
      const found = linkFromWire(source, await client.getLink(name, path, { username: owner }, signal));
      return found.owner === owner ? found : undefined;
    } catch (error) {
      if (hasCode(error, 'LinkNotExist', 'LinkFileSystemNotExist', 'RecordNotFound')) return undefined;
      throw error;
    }
  };

  const links: FileSystemSource['links'] = async ({ name, owner }) => {
    const { items, complete } = await client.allLinks(name, { username: owner }, signal).catch((error: unknown) => {
      if (hasCode(error, 'RecordNotFound')) return { items: [], complete: true }; // deleted just now
      throw error;
    });
    return { items: items.map((wire) => linkFromWire(source, wire)).filter((item) => item.owner === owner), complete };
  };

  return {
    list,
    link,
    async byIds(ids) {
      const visible = ids.filter((id) => isVisible(placeOf(id)?.owner ?? ''));
      const [first] = visible;
      if (first === undefined) return [];
      if (visible.length === 1) return single(first);
      const owners = new Set(visible.map((id) => placeOf(id)?.owner));
      const { items } = await againIfEmpty(() => list(owners.size === 1 ? [...owners][0] : undefined), signal);
      return items.filter(({ fsId }) => visible.includes(fsId));
    },
    links,
    async linksByIds(ids) {
      const places = ids.flatMap((id) => linkPlaceOf(id) ?? []).filter(({ owner }) => isVisible(owner));
      const found = await Promise.all(
        [...Map.groupBy(places, fileSystemId).values()].map(async (inOne) => {
          const [first] = inOne;
          if (first === undefined || inOne.length > 1) return first ? (await againIfEmpty(() => links(first), signal)).items : [];
          return (await link(first, first.path)) ?? [];
        }),
      );
      return found.flat().filter(({ key }) => places.some((place) => key === keyOf(source, linkId(place, place.path))));
    },
    // Who has not signed in mounts as the user whose things they see; an operator's own account upstream is not known.
    mountCommand: (fileSystem, path, options) =>
      mountCommand({ fileSystem, path, options, server: handle.address, user: viewer.session?.user ?? accountOn(viewer, source) }),
  };
}
