import { link, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspectProcess } from '../process/inspect.ts';
import { codeOf, EmbeddedPostgresError } from './embedded-error.ts';

export interface Postmaster {
  pid: number;
  port: number;
  /** It takes connections, as far as its file says. */
  ready: boolean;
}

/** How often the state of a process is looked at, in milliseconds: neither its file nor a foreign process reports by itself. */
export const lookEvery = 20;

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

/** The live server of this cluster, also one that is starting or stopping; undefined when there is none. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const postmaster = parsePidFile(await readPidFile(cluster));
  return postmaster && (await isPostmasterOf(cluster, postmaster.pid)) ? postmaster : undefined;
}

/**
 * Removes a `postmaster.pid` whose number now belongs to something else, a zombie or another program (containers give the same
 * few numbers again and again): PostgreSQL cares only whether a process has that number, and would refuse to start for ever.
 * A number that nobody has is left to PostgreSQL itself.
 */
export async function removeMisleadingPidFile(cluster: string): Promise<void> {
  const content = await readPidFile(cluster);
  const postmaster = parsePidFile(content);
  if (postmaster === undefined || !numberIsTaken(postmaster.pid) || (await isPostmasterOf(cluster, postmaster.pid))) return;
  // Moved away, looked at again and only then deleted: in between another process may have started the server.
  const aside = `${pidFile(cluster)}.${process.pid}`;
  await rename(pidFile(cluster), aside);
  if ((await readFile(aside, 'utf8')) !== content) await link(aside, pidFile(cluster));
  await rm(aside);
}

/**
 * Ends the server and waits until it is gone: a fast shutdown, which ends the sessions, and after a minute an immediate one,
 * which costs a recovery at the next start.
 */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  const ways = [
    { signal: 'SIGINT', patience: 60_000 },
    { signal: 'SIGQUIT', patience: 10_000 },
  ] as const;
  for (const { signal, patience } of ways) {
    if (!(await isPostmasterOf(cluster, pid))) return;
    sendSignal(pid, signal);
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      if (!(await isPostmasterOf(cluster, pid))) return;
      await delay(lookEvery);
    }
  }
  throw new EmbeddedPostgresError(`The embedded PostgreSQL (pid ${pid}) does not end.`);
}

/** By its program and its working folder: the number alone may have passed to another process. */
async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  const running = await inspectProcess(pid);
  if (running === undefined) return false;
  const { command, workingFolder } = running;
  // Only the postmaster keeps its command line; its children call themselves `postgres: checkpointer` and the like.
  if (workingFolder === undefined) return command.some((line) => line.includes(`/postgres -D ${cluster} `));
  if (basename(command[0] ?? '') !== 'postgres') return false;
  // Either may vanish at any time: the process by ending, the folder by being deleted.
  const [folder, ours] = await Promise.all([workingFolder, cluster].map((path) => stat(path).catch(() => undefined)));
  return folder !== undefined && folder.ino === ours?.ino && folder.dev === ours.dev;
}

async function readPidFile(cluster: string): Promise<string | undefined> {
  return readFile(pidFile(cluster), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
}

/** Lines: pid, data folder, start time, port, socket folder, address, shared memory key, status. They appear one after the other. */
function parsePidFile(content: string | undefined): Postmaster | undefined {
  const [pid, , , port, , , , status] = (content ?? '').split('\n');
  // Negative for a single-user backend.
  return Number(pid) > 0 ? { pid: Number(pid), port: Number(port ?? 0), ready: status?.trim() === 'ready' } : undefined;
}

/** As PostgreSQL asks it. A process that we may not signal does not count for it either. */
function numberIsTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error; // it ended by itself
  }
}
