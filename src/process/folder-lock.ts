import { readlink, rm, symlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { inspectProcess } from './inspect.ts';

const patienceMs = 60_000;

/**
 * Does the work while no other process does its own under the same path. The lock is a link to the pid of whoever has it: made in one
 * step, and taken over when that process has died. Throws when somebody holds it for a minute.
 */
export async function aloneAt<T>(path: string, work: () => Promise<T>): Promise<T> {
  await take(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<void> {
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; await delay(50)) {
    try {
      return await symlink(String(process.pid), path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const owner = Number(await readlink(path).catch(() => ''));
    // In a container the process before us may well have had our own number.
    if (owner > 0 && (owner === process.pid || !(await inspectProcess(owner)))) await rm(path, { force: true });
  }
  throw new Error(`Another process seems to hold ${path}: remove it if none does`);
}
