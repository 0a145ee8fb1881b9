import { randomUUID } from 'node:crypto';
import { readlink, rm, symlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { inspectProcess } from './inspect.ts';

const patienceMs = 60_000;

/** What this process has: in a container the process before us may well have had our own number. */
const ours = new Set<string>();

/**
 * Does the work while nobody else does theirs under the same path. The lock is a link to the pid of whoever has it and something that
 * no lock had before: made in one step, and taken over when that process has died. Throws when somebody holds it for a minute.
 */
export async function aloneAt<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${process.pid}.${randomUUID()}`;
  ours.add(lock);
  try {
    await take(path, lock);
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    ours.delete(lock);
  }
}

async function take(path: string, lock: string): Promise<void> {
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; await delay(50)) {
    try {
      return await symlink(lock, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const found = await readlink(path).catch(() => '');
    if (await isAbandoned(found)) await removeAbandoned(path, found);
  }
  throw new Error(`Another process seems to hold ${path}: remove it if none does`);
}

async function isAbandoned(lock: string): Promise<boolean> {
  const owner = Number.parseInt(lock, 10);
  if (owner === process.pid) return !ours.has(lock);
  return owner > 0 && (await inspectProcess(owner)) === undefined;
}

/** Of several who find it, the second must not remove what the first has made in its place: they come one by one, and look again. */
const removeAbandoned = (path: string, found: string) =>
  aloneAt(`${path}.${found}`, async () => {
    if ((await readlink(path).catch(() => '')) === found) await rm(path, { force: true });
  });
