import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { codeOf, EmbeddedPostgresError, lastLines } from './embedded-error.ts';

/** Under which account PostgreSQL's programs run. They refuse to run as root. */
export interface PostgresAccount {
  /** Comes before program and arguments, or is empty. */
  prefix: string[];
  /** Set: the process changes to this user, and the cluster must belong to it. */
  user: { uid: number; gid: number } | undefined;
}

interface PasswdEntry {
  name: string;
  uid: number;
  gid: number;
}

const asOurselves: PostgresAccount = { prefix: [], user: undefined };
const ownServer = 'or set DATABASE_URL to use a PostgreSQL server of your own';

/**
 * Chooses an account that works for this data folder, by trying. `clusterOwner` is the uid that an existing cluster belongs
 * to: PostgreSQL insists on it.
 *
 * As root it is a user namespace in which root has another number: files stay root's, and folders that only root may enter
 * stay enterable. Where namespaces are forbidden (containers), it is the system's user `postgres`, who must then be able to
 * enter the data folder and the programs' folder.
 */
export async function chooseAccount(postgres: string, dataDir: string, clusterOwner: number | undefined): Promise<PostgresAccount> {
  const uid = process.getuid?.();
  if (uid === undefined) throw new EmbeddedPostgresError(`The embedded PostgreSQL does not run on this platform. Set DATABASE_URL.`);
  const users = await readUsers();
  if (uid === 0) return chooseForRoot(postgres, dataDir, clusterOwner, users);
  if (clusterOwner !== undefined && clusterOwner !== uid) {
    throw new EmbeddedPostgresError(
      `The database in ${dataDir} belongs to uid ${clusterOwner}, but this process runs as uid ${uid}. Run it as that user.`,
    );
  }
  if (hasName()) {
    await probe(asOurselves, postgres, dataDir);
    return asOurselves;
  }
  // initdb looks its user up and gives up on a number without a name, as containers with arbitrary uids have it.
  const namespace = namespaceAs(users);
  try {
    await probe(namespace, postgres, dataDir);
    return namespace;
  } catch (cause) {
    throw new EmbeddedPostgresError(`PostgreSQL needs a user with a name, and uid ${uid} has none. Add it to /etc/passwd, ${ownServer}.`, {
      cause,
    });
  }
}

async function chooseForRoot(
  postgres: string,
  dataDir: string,
  clusterOwner: number | undefined,
  users: PasswdEntry[],
): Promise<PostgresAccount> {
  if (clusterOwner !== undefined && clusterOwner !== 0) {
    const gid = users.find((user) => user.uid === clusterOwner)?.gid ?? (await stat(dataDir)).gid;
    return probeAsUser({ uid: clusterOwner, gid }, postgres, dataDir);
  }
  const namespace = namespaceAs(users);
  let refusal: unknown;
  try {
    await probe(namespace, postgres, dataDir);
    return namespace;
  } catch (error) {
    refusal = error;
  }
  const user = users.find(({ name }) => name === 'postgres');
  if (user === undefined || clusterOwner === 0) {
    const reason = 'PostgreSQL refuses to run as root, and no user namespace can be made here';
    const advice = clusterOwner === 0 ? `run it as another user who owns ${dataDir}` : 'run it as another user';
    throw new EmbeddedPostgresError(`${reason}: ${advice}, ${ownServer}.`, { cause: refusal });
  }
  return probeAsUser(user, postgres, dataDir);
}

async function probeAsUser({ uid, gid }: { uid: number; gid: number }, postgres: string, dataDir: string): Promise<PostgresAccount> {
  const account: PostgresAccount = { prefix: [], user: { uid, gid } };
  try {
    await probe(account, postgres, dataDir);
    return account;
  } catch (cause) {
    const advice = `Let uid ${uid} enter every folder on the way to ${dataDir} and to ${postgres}, run this as another user than root`;
    throw new EmbeddedPostgresError(`PostgreSQL refuses to run as root, and as uid ${uid} it cannot be started. ${advice}, ${ownServer}.`, {
      cause,
    });
  }
}

/** Any number will do that has a name and is not root's: initdb looks the name up. */
function namespaceAs(users: PasswdEntry[]): PostgresAccount {
  const uid = users.find((user) => user.uid !== 0)?.uid ?? 1;
  return { prefix: ['unshare', '-U', `--map-user=${uid}`, `--map-group=${uid}`], user: undefined };
}

/** Fails where the program or the data folder cannot be reached, or the libraries do not fit the system. */
async function probe(account: PostgresAccount, postgres: string, dataDir: string): Promise<void> {
  // Through a shell, as Node enters a child's working folder while it is still root.
  await runAs(account, '/bin/sh', ['-c', 'cd "$1" && "$2" --version', 'sh', dataDir, postgres]);
}

/** Runs a program to its end and gives its output; fails with its last lines. */
export async function runAs({ prefix, user }: PostgresAccount, program: string, args: string[]): Promise<string> {
  // The prefix makes it at least one element long.
  const [command, ...rest] = [...prefix, program, ...args] as [string, ...string[]];
  try {
    const { stdout } = await promisify(execFile)(command, rest, { cwd: '/', env: postgresEnv(), ...user });
    return stdout;
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause && typeof cause.stderr === 'string' ? cause.stderr : '';
    const why = said === '' ? ` ${String(codeOf(cause) ?? cause)}` : lastLines(said);
    throw new EmbeddedPostgresError(`${program} failed:${why}`, { cause });
  }
}

/** Nothing of ours but what finds programs and libraries: no `PGDATA` that misleads, and no secrets in a process that outlives us. */
export function postgresEnv(): NodeJS.ProcessEnv {
  const { PATH, LD_LIBRARY_PATH, TMPDIR } = process.env;
  const given = Object.entries({ PATH, LD_LIBRARY_PATH, TMPDIR }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), LC_ALL: 'C', TZ: 'UTC' };
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false; // no entry for our uid
  }
}

async function readUsers(): Promise<PasswdEntry[]> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
