import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder extends AsyncDisposable {
  path: string;
}

/** A folder that only its owner may enter, and that goes with all that is in it. */
export async function makeTemporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(await parentFolder(), `${prefix}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/**
 * In memory where there is plenty of it. A PostgreSQL cluster is a thousand small files, and ext4 slows down several times
 * when such are made and deleted in quick succession: it passes over the inodes that were freed a moment ago, one by one.
 */
async function parentFolder(): Promise<string> {
  const memory = '/dev/shm'; // 64 MB in a container, unless somebody asked for more
  const room = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return room > 2 ** 30 ? memory : tmpdir();
}
