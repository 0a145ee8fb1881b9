import { inArray } from 'drizzle-orm';
import { parse } from 'yaml';
import type { Viewer } from '../../../auth/viewer.ts';
import { againIfEmpty } from '../../../core/again.ts';
import type { Database } from '../../../db/database.ts';
import { executions } from '../../../db/tables.ts';
import { type DeletionEffects, noEffects, unfinishedRunsAmong } from '../deletion/deletion.ts';
import { schedulesUsing } from '../pipeline/scheduled.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { FileSystemPlace } from './model.ts';

/** What hangs on a file system: the links in it, running schedules and unfinished runs whose workflow mounts it, in a single step or as a whole. */
export async function usersOf(db: Database, handle: SourceHandle, viewer: Viewer, place: FileSystemPlace): Promise<DeletionEffects> {
  const { name, owner } = place;
  const links = await againIfEmpty(() => handle.reader.allLinks(name, { username: owner }));
  const mounts = (yaml: string) => mountedIn(yaml).has(name);
  // Root alone runs on file systems of others.
  const ofOwner = inArray(executions.owner, [owner, 'root']);
  return {
    ...noEffects,
    linkPaths: links.items.map(({ fsPath }) => fsPath),
    runs: await unfinishedRunsAmong(db, handle.name, ofOwner, ({ fsName, yaml }) => fsName === name || (yaml !== null && mounts(yaml))),
    schedules: await schedulesUsing(db, handle, viewer, mounts, ({ username, fsConfig }) => (fsConfig.username || username) === owner),
  };
}

/** Names of the file systems that a workflow mounts anywhere (contract 7.1, 7.2). */
export function mountedIn(yaml: string): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (mount: unknown) => {
    if (isMap(mount) && typeof mount['name'] === 'string') found.add(mount['name']);
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isMap(value)) return undefined;
    note(value['main_fs']);
    if (Array.isArray(value['extra_fs'])) value['extra_fs'].forEach(note);
    return Object.values(value).forEach(walk);
  };
  walk(parsed(yaml));
  return found;
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What cannot be read mounts nothing. */
function parsed(yaml: string): unknown {
  try {
    return parse(yaml);
  } catch {
    return undefined;
  }
}
