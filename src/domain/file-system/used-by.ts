import { sql } from 'drizzle-orm';
import { parse } from 'yaml';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { runs } from '../../db/tables.ts';
import { keyOf } from '../../key.ts';
import { type DeletionEffects, noEffects, unfinishedRuns } from '../deletion.ts';
import { createPipelineSource } from '../pipeline/source.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { FileSystemPlace } from './model.ts';

/** What hangs on a file system: the links in it, running schedules whose workflow mounts it, unfinished runs with it as their main one. */
export async function usersOf(db: Database, handle: SourceHandle, viewer: Viewer, place: FileSystemPlace): Promise<DeletionEffects> {
  const { name, owner } = place;
  const links = await handle.reader.allLinks(name, { username: owner });
  // Root alone runs on file systems of others.
  const mounted = sql`${runs.fsName} = ${name} and ${runs.owner} in (${owner}, 'root')`;
  return {
    ...noEffects,
    linkPaths: links.items.map(({ fsPath }) => fsPath),
    runs: await unfinishedRuns(db, handle.name, mounted),
    schedules: await schedulesOn(db, handle, viewer, place),
  };
}

async function schedulesOn(db: Database, handle: SourceHandle, viewer: Viewer, { owner, name }: FileSystemPlace): Promise<string[]> {
  const running: { readonly id: string; readonly version: string }[] = [];
  let marker: string | undefined;
  do {
    const { items, nextMarker } = await handle.reader.listSchedules({ statusFilter: ['running'], marker, maxKeys: 1000 });
    for (const { scheduleID, pipelineID, pipelineVersionID, username, fsConfig } of items) {
      if ((fsConfig.username || username) === owner) running.push({ id: scheduleID, version: `${pipelineID}/${pipelineVersionID}` });
    }
    marker = nextMarker;
  } while (marker !== undefined);
  if (running.length === 0) return [];
  const versions = await createPipelineSource(db, handle, viewer).versionsByIds([...new Set(running.map(({ version }) => version))]);
  const using = new Set(
    versions.filter(({ yaml }) => mountedIn(yaml).has(name)).map(({ pipelineId, versionId }) => `${pipelineId}/${versionId}`),
  );
  return running.filter(({ version }) => using.has(version)).map(({ id }) => keyOf(handle.name, id));
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
