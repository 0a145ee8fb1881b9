import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type PostgresAccount, postgresEnv } from './embedded-account.ts';
import type { PostgresBinaries } from './embedded-binaries.ts';
import { clusterOf } from './embedded-cluster.ts';
import { findPostmaster, lookEvery } from './embedded-postmaster.ts';

export interface LaunchOptions {
  binaries: PostgresBinaries;
  account: PostgresAccount;
  dataDir: string;
  durable: boolean;
  /** Ends a server that is not ready yet. */
  signal?: AbortSignal | undefined;
}

/** The server is ready, or ended, and this is what it said. */
export type Launched = { pid: number } | { failure: string };

/**
 * Starts the server in a session of its own, so that Ctrl-C in a terminal, which reaches the whole foreground group, leaves it
 * to us to end it. Recovery after a crash may take long: this waits as long as the process lives.
 */
export async function launchPostmaster({ binaries, account, dataDir, durable, signal }: LaunchOptions): Promise<Launched> {
  const cluster = clusterOf(dataDir);
  await using log = await openLog(dataDir);
  const { size: before } = await log.stat();
  // Loopback, as the path of a socket must fit into 107 bytes and a data folder's need not.
  const args = [
    '-D',
    cluster,
    '-p',
    String(await freePort()),
    ...Object.entries(settings(durable)).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  // The prefix makes it at least one element long.
  const [command, ...rest] = [...account.prefix, binaries.postgres, ...args] as [string, ...string[]];
  const child = spawn(command, rest, { cwd: '/', env: postgresEnv(), detached: true, stdio: ['ignore', log.fd, log.fd], ...account.user });
  let ended: string | undefined;
  child.once('exit', (code, killedBy) => (ended = `it ended with ${killedBy ?? `status ${code}`}`));
  child.once('error', (error) => (ended = String(error)));
  for (;;) {
    if (signal?.aborted) child.kill('SIGINT'); // again and again, as one that comes too early is lost
    // Asked first: what the file says counts only while the process lives.
    if (ended !== undefined) return { failure: `${ended}\n${await readFrom(log, before)}` };
    const postmaster = await findPostmaster(cluster);
    if (postmaster?.ready && postmaster.pid === child.pid) {
      child.unref();
      return { pid: postmaster.pid };
    }
    await delay(lookEvery);
  }
}

function settings(durable: boolean): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '64MB',
    // One server without replicas: less to write.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_logical_replication_workers: '0',
    max_wal_size: '512MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log grows as long as the server runs, and what the gateway stores must not get into it.
    log_checkpoints: 'off',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    // Of tests, in which several gateways run at once.
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }),
  };
}

/** Another process may take it before the server does: then the launch fails and says so. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  // A string only for sockets in the file system.
  return typeof address === 'object' && address ? address.port : 0;
}

const largeLog = 1024 * 1024; // bytes

/** Appends. A large one from earlier is set aside, and the one set aside before that is dropped. */
async function openLog(dataDir: string): Promise<FileHandle> {
  const path = join(dataDir, 'postgres.log');
  const log = await open(path, 'a+', 0o600);
  if ((await log.stat()).size < largeLog) return log;
  await log.close();
  await rename(path, `${path}.old`);
  return open(path, 'a+', 0o600);
}

async function readFrom(log: FileHandle, position: number): Promise<string> {
  const { size } = await log.stat();
  const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(Math.max(0, size - position)), position });
  return buffer.toString('utf8', 0, bytesRead);
}
