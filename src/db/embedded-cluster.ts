import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectProcess } from '../process/inspect.ts';
import { type PostgresAccount, runAs } from './embedded-account.ts';
import type { PostgresBinaries } from './embedded-binaries.ts';
import { codeOf, EmbeddedPostgresError } from './embedded-error.ts';

/** PostgreSQL's superuser, which is also the gateway's. */
export const databaseUser = 'tributary';

/** PostgreSQL's own folder inside the data folder. */
export const clusterOf = (dataDir: string) => join(dataDir, 'cluster');

/** In the cluster's folder, so that a cluster and its password appear together and move together. */
const passwordFile = 'gateway-password';

/** The uid to which an existing cluster belongs; undefined when there is none. Others cannot look into it, but at it. */
export async function clusterOwner(dataDir: string): Promise<number | undefined> {
  try {
    return (await stat(clusterOf(dataDir))).uid;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError(`The data folder ${dataDir} cannot be entered (${String(codeOf(error))}).`, { cause: error });
  }
}

/** Makes the cluster where there is none, and gives its password. Several processes may do it at once: all get the same. */
export async function openCluster(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  dataDir: string,
  { durable }: { durable: boolean },
): Promise<{ password: string }> {
  await removeAbandonedAttempts(dataDir);
  if ((await clusterVersion(dataDir)) === undefined) await makeCluster(binaries, account, dataDir, durable);
  const [version, binariesVersion] = [await clusterVersion(dataDir), await majorVersion(binaries, account)];
  if (version !== binariesVersion) {
    const made =
      version === undefined ? `${clusterOf(dataDir)} is no PostgreSQL cluster` : `${clusterOf(dataDir)} was made by PostgreSQL ${version}`;
    const advice = `Dump it with that version and restore it into an empty data folder, or choose another data folder.`;
    throw new EmbeddedPostgresError(`${made}, and the embedded one is PostgreSQL ${binariesVersion}. ${advice}`);
  }
  const path = join(clusterOf(dataDir), passwordFile);
  const password = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new EmbeddedPostgresError(`The password of the embedded PostgreSQL cannot be read from ${path} (${String(codeOf(cause))}).`, {
      cause,
    });
  });
  return { password: password.trim() };
}

/** Never half: initdb works in a folder beside it, which takes the cluster's name only when all is there. */
async function makeCluster({ initdb }: PostgresBinaries, account: PostgresAccount, dataDir: string, durable: boolean): Promise<void> {
  const attempt = await mkdtemp(join(dataDir, `${attemptPrefix}${process.pid}-`));
  try {
    const [cluster, password] = [join(attempt, 'cluster'), join(attempt, passwordFile)];
    await writeSafely(password, `${randomBytes(24).toString('base64url')}\n`);
    if (account.user) for (const path of [attempt, password]) await chown(path, account.user.uid, account.user.gid);
    // PostgreSQL's own locale: the same order and letters on every system, whatever locales it has.
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    const login = ['-U', databaseUser, `--pwfile=${password}`, '--auth=scram-sha-256'];
    const sync = durable ? [] : ['--no-sync'];
    await runAs(account, initdb, ['-D', cluster, ...login, ...locale, ...sync, '--no-instructions']);
    await rename(password, join(cluster, passwordFile));
    if (durable) await syncFolder(cluster);
    await rename(cluster, clusterOf(dataDir)).catch((error: unknown) => {
      // Another process was faster, and its cluster is the one. (Checked by the caller, as is a folder full of something else.)
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    });
    if (durable) await syncFolder(dataDir);
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
}

const attemptPrefix = '.initdb-';

/** What processes left behind that were killed within initdb. */
async function removeAbandonedAttempts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const [, pid] = /^\.initdb-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || (await inspectProcess(Number(pid))) !== undefined) continue;
    // An orphaned initdb may still write into it: then the next start removes the rest.
    await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The major version that made the cluster, such as `18`; undefined when there is no cluster. */
async function clusterVersion(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(clusterOf(dataDir), 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError(`The database in ${dataDir} cannot be read (${String(codeOf(error))}).`, { cause: error });
  }
}

async function majorVersion({ postgres }: PostgresBinaries, account: PostgresAccount): Promise<string | undefined> {
  const [, major] = /(\d+)/.exec(await runAs(account, postgres, ['--version'])) ?? []; // `postgres (PostgreSQL) 18.4`
  return major;
}

async function writeSafely(path: string, content: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(content);
  await file.sync();
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

/** Makes the data folder where there is none. Others may pass through it, as the account `postgres` may have to. */
export async function makeDataFolder(dataDir: string): Promise<void> {
  const made = await mkdir(dataDir, { recursive: true });
  if (made !== undefined) await chmod(dataDir, 0o711);
}
