import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseAccount } from './embedded-account.ts';
import { findPostgresBinaries } from './embedded-binaries.ts';
import { clusterOf, clusterOwner, databaseUser, makeDataFolder, openCluster } from './embedded-cluster.ts';
import { codeOf, EmbeddedPostgresError, lastLines } from './embedded-error.ts';
import { type LaunchOptions, launchPostmaster } from './embedded-launch.ts';
import { findPostmaster, lookEvery, type Postmaster, removeMisleadingPidFile, stopPostmaster } from './embedded-postmaster.ts';
import { keepShare } from './embedded-membership.ts';
import { joinServer, type ServerShare } from './embedded-share.ts';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster and the server's log. Made where it is missing; its path may be long, and above it only its owner need pass. */
  dataDir: string;
  /** False: faster, and a crash may cost the latest data or all of it; for tests. A server that already runs stays as it is. */
  durable?: boolean;
  /** Told when the server goes away by itself. */
  logError?: (error: unknown) => void;
  /** Ends the start, which then throws its reason and leaves no server behind that it has launched. */
  signal?: AbortSignal | undefined;
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** To the database `tributary`, as superuser. Holds the password. */
  connectionString: string;
  /** Of the postmaster, for signals and for people. */
  pid: number;
  /** Ends the server and its sessions, unless another process uses it too: then the last one does. */
  close(): Promise<void>;
}

/** How long to wait, in milliseconds, for somebody else's server to come up or go away, and for a place to start our own. */
const patience = 60_000;

/**
 * A real PostgreSQL in a folder, from npm's binaries. It survives a killed gateway and is adopted by the next start; a second
 * gateway on the same folder shares it. Throws `EmbeddedPostgresError`, whose message says what to do.
 */
export async function startEmbeddedPostgres({
  dataDir,
  durable = true,
  logError,
  signal,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await makeDataFolder(dataDir);
  const folder = await realpath(dataDir);
  const binaries = await findPostgresBinaries();
  const account = await chooseAccount(binaries.postgres, folder, await clusterOwner(folder));
  const { password } = await openCluster(binaries, account, folder, { durable });
  const url = (port: number, database: string) => `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${database}`;
  const join = ({ port }: Postmaster) => tryToJoin(url(port, 'postgres'), folder);
  const { postmaster, share } = await adoptOrLaunch({ binaries, account, dataDir: folder, durable, signal }, join);
  const membership = keepShare(
    share,
    () => joinAgain(folder, postmaster, join),
    (cause) => logError?.(new EmbeddedPostgresError(`The embedded PostgreSQL in ${folder} went away`, { cause })),
  );
  const closeServer = async () => {
    if (await membership.leave()) await stopPostmaster(clusterOf(folder), postmaster.pid);
    await membership.end();
  };
  try {
    await share.ensureDatabase('tributary');
  } catch (error) {
    await closeServer();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeServer());
  return { connectionString: url(postmaster.port, 'tributary'), pid: postmaster.pid, close, [Symbol.asyncDispose]: close };
}

type Join = (postmaster: Postmaster) => Promise<ServerShare | undefined>;

interface Joined {
  postmaster: Postmaster;
  share: ServerShare;
}

async function adoptOrLaunch(options: LaunchOptions, join: Join): Promise<Joined> {
  const cluster = clusterOf(options.dataDir);
  const deadline = Date.now() + patience;
  let ours: number | undefined;
  let problem = 'another process starts or stops it';
  while (Date.now() < deadline) {
    if (options.signal?.aborted) await leaveNothingBehind(options.signal.reason);
    const running = await findPostmaster(cluster);
    if (running) {
      const share = running.ready ? await join(running).catch(leaveNothingBehind) : undefined;
      if (share) return { postmaster: running, share };
    } else {
      await removeMisleadingPidFile(cluster);
      const launched = await launchPostmaster(options);
      if ('pid' in launched) {
        ours = launched.pid;
        continue; // joined like any other: somebody else may already have joined it and left it
      }
      problem = launched.failure;
      if ((await findPostmaster(cluster)) === undefined && !passingFailure.test(problem)) break;
    }
    await delay(lookEvery);
  }
  throw new EmbeddedPostgresError(`The embedded PostgreSQL in ${options.dataDir} does not start: ${lastLines(problem).trimStart()}`);

  async function leaveNothingBehind(error: unknown): Promise<never> {
    if (ours !== undefined) await stopPostmaster(cluster, ours);
    throw error;
  }
}

/** Another start has the lock or the port, or the last sessions of a killed server are just going. */
const passingFailure = /lock file "postmaster\.pid" already exists|still in use|could not create any TCP\/IP sockets/;

/** For as long as this very server lives and there is patience; undefined after that. */
async function joinAgain(dataDir: string, postmaster: Postmaster, join: Join): Promise<ServerShare | undefined> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(lookEvery)) {
    if ((await findPostmaster(clusterOf(dataDir)))?.pid !== postmaster.pid) return undefined;
    const share = await join(postmaster).catch(() => undefined);
    if (share) return share;
  }
  return undefined;
}

/** Undefined: not now, look again. */
async function tryToJoin(url: string, dataDir: string): Promise<ServerShare | undefined> {
  try {
    return await joinServer(url);
  } catch (cause) {
    if (isPassingRefusal(cause)) return undefined;
    throw new EmbeddedPostgresError(`The PostgreSQL that runs in ${dataDir} refuses us: ${String(cause)}`, { cause });
  }
}

/** 57P0x: it starts up, shuts down or was ended. The others: its process is going, or has gone. */
function isPassingRefusal(error: unknown): boolean {
  if (['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(codeOf(error)))) return true;
  return error instanceof Error && error.message === 'Connection terminated unexpectedly'; // by `pg`, without a code
}
