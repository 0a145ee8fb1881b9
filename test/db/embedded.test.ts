import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, chown, cp, lstat, mkdir, readdir, readFile, readlink, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { linkLibraries } from '../../src/db/embedded-binaries.ts';
import { findPostmaster, stopPostmaster } from '../../src/db/embedded-postmaster.ts';
import { inspectProcess } from '../../src/process/inspect.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const starter = fileURLToPath(new URL('embedded-starter.ts', import.meta.url));
const nobody = { uid: 65534, gid: 65534 };
const root = process.getuid?.() === 0;
// In some checkouts nobody but the owner can read the sources.
const nobodyCanRead = root && spawnSync(process.execPath, ['--check', starter], { ...nobody, cwd: '/' }).status === 0;
const postgresUserExists = /^postgres:/m.test(await readFile('/etc/passwd', 'utf8').catch(() => ''));

const start = (dataDir: string, options: Partial<EmbeddedPostgresOptions> = {}) =>
  startEmbeddedPostgres({ dataDir, durable: false, ...options });

/** A folder that only its owner may enter. What still runs in its `data` ends with it. */
async function makeFolder() {
  const folder = await makeTemporaryFolder('tributary-embedded');
  const dataDir = join(folder.path, 'data');
  const cluster = join(dataDir, 'cluster');
  return {
    path: folder.path,
    dataDir,
    cluster,
    async [Symbol.asyncDispose]() {
      const left = await findPostmaster(cluster);
      if (left) await stopPostmaster(cluster, left.pid);
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A folder in which the database has been used before: a copy of one that was, which is faster than initdb. */
async function makeUsedFolder() {
  const folder = await makeFolder();
  await cp(used.dataDir, folder.dataDir, { recursive: true });
  return folder;
}
const used = await makeFolder();
beforeAll(async () => (await start(used.dataDir)).close());
afterAll(() => used[Symbol.asyncDispose]());

/** A process of its own that holds the database until it is told to leave. Rejects with what it said when it cannot start it. */
async function startInProcess(dataDir: string, options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [starter, dataDir], { cwd: '/', ...options, stdio: 'pipe' });
  const ended = once(child, 'exit');
  const complaint = text(child.stderr);
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  if (!Buffer.isBuffer(line)) throw new Error(await complaint);
  const { connectionString, pid }: { connectionString: string; pid: number } = JSON.parse(line.toString());
  const end = async (how: () => unknown) => {
    how();
    await ended;
  };
  return {
    connectionString,
    pid,
    kill: () => end(() => child.kill('SIGKILL')),
    // As a terminal does: to the whole group of which the process is the leader.
    pressCtrlC: () => end(() => process.kill(-Number(child.pid), 'SIGINT')),
    [Symbol.asyncDispose]: () => end(() => child.stdin.end()),
  };
}

async function ask(connectionString: string, sql: string): Promise<unknown[][]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

const isRunning = async (pid: number) => (await inspectProcess(pid)) !== undefined;
const dies = async (pid: number): Promise<void> => {
  await expect.poll(() => isRunning(pid), { timeout: 60_000, interval: 10 }).toBe(false);
};

describe('one gateway after the other', () => {
  test('the second start on a folder finds the data and the password of the first, and each end leaves no process', async () => {
    await using folder = await makeFolder();
    const first = await start(folder.dataDir, { durable: true });
    expect(await ask(first.connectionString, 'create table kept as select 7 as seven')).toEqual([]);
    await first.close();
    expect(await isRunning(first.pid)).toBe(false);
    await using second = await start(folder.dataDir, { durable: true });
    expect(await ask(second.connectionString, 'select seven from kept')).toEqual([[7]]);
    expect(new URL(second.connectionString).password).toBe(new URL(first.connectionString).password);
    expect(await ask(second.connectionString, 'show fsync')).toEqual([['on']]);
  });

  test('closing twice is closing once', async () => {
    await using folder = await makeUsedFolder();
    const { close, pid } = await start(folder.dataDir);
    await Promise.all([close(), close()]);
    await close();
    expect(await isRunning(pid)).toBe(false);
  });

  test('a folder far too deep for the path of a socket will do', async () => {
    await using folder = await makeFolder();
    await using postgres = await start(join(folder.path, 'deep and '.repeat(20), 'deeper'.repeat(30)));
    expect(await ask(postgres.connectionString, 'select current_database()')).toEqual([['tributary']]);
  });

  test('texts are UTF-8 and sorted by code point, whatever locales the system has', async () => {
    await using folder = await makeUsedFolder();
    await using postgres = await start(folder.dataDir);
    const sql = `select current_setting('server_encoding'), upper('ö'), 'a' > 'B', current_setting('TimeZone')`;
    expect(await ask(postgres.connectionString, sql)).toEqual([['UTF8', 'Ö', true, 'UTC']]);
  });

  test('the password lies in one file that only its owner may read, and without it nobody gets in', async () => {
    await using folder = await makeFolder();
    await using postgres = await start(folder.dataDir);
    expect((await readdir(folder.dataDir)).toSorted()).toEqual(['cluster', 'postgres.log']);
    const { mode } = await stat(join(folder.cluster, 'gateway-password'));
    expect(mode & 0o777).toBe(0o600);
    const url = new URL(postgres.connectionString);
    expect(await readFile(join(folder.cluster, 'gateway-password'), 'utf8')).toBe(`${url.password}\n`);
    url.password = 'guessed';
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('a large log of earlier is set aside', async () => {
    await using folder = await makeUsedFolder();
    const log = join(folder.dataDir, 'postgres.log');
    await writeFile(log, 'earlier');
    await truncate(log, 2 ** 20);
    await using postgres = await start(folder.dataDir);
    expect(await readFile(log, 'utf8')).toMatch(new RegExp(`^.*\\[${postgres.pid}\\] LOG:  starting PostgreSQL`));
    expect((await stat(`${log}.old`)).size).toBe(2 ** 20);
  });
});

describe('after an accident', () => {
  test('a server whose gateway was killed is adopted, and ended by whoever adopted it', async () => {
    await using folder = await makeUsedFolder();
    const killed = await startInProcess(folder.dataDir);
    await killed.kill();
    const adopter = await start(folder.dataDir);
    expect(adopter).toMatchObject({ pid: killed.pid, connectionString: killed.connectionString });
    // The killed gateway's session ends as soon as PostgreSQL sees its socket closed; until then it counts as a user.
    const sessions = `select count(*)::int from pg_locks where locktype = 'advisory'`;
    await expect.poll(() => ask(adopter.connectionString, sessions), { interval: 10 }).toEqual([[1]]);
    await adopter.close();
    expect(await isRunning(killed.pid)).toBe(false);
  });

  test('Ctrl-C in the terminal of the gateway does not reach the server', async () => {
    await using folder = await makeUsedFolder();
    const gateway = await startInProcess(folder.dataDir, { detached: true });
    await gateway.pressCtrlC();
    expect(await ask(gateway.connectionString, 'select 1')).toEqual([[1]]);
  });

  test('a killed server is reported, and recovers with its data at the next start', async () => {
    await using folder = await makeUsedFolder();
    const lost = Promise.withResolvers<unknown>();
    const first = await start(folder.dataDir, { durable: true, logError: lost.resolve });
    await ask(first.connectionString, 'create table kept as select 7 as seven');
    process.kill(first.pid, 'SIGKILL');
    expect(await lost.promise).toMatchObject({ name: 'EmbeddedPostgresError', message: expect.stringContaining('went away') });
    await using second = await start(folder.dataDir);
    expect(second.pid).not.toBe(first.pid);
    expect(await ask(second.connectionString, 'select seven from kept')).toEqual([[7]]);
    await first.close();
    expect(await isRunning(second.pid)).toBe(true);
  });

  test.each(['as soon as all are back', 'at once'])(
    'the crash of one session leaves the server to both its users, of whom the first leaves %s',
    async (when) => {
      await using folder = await makeUsedFolder();
      const logError = vi.fn<(error: unknown) => void>();
      const [first, second] = [await start(folder.dataDir, { logError }), await start(folder.dataDir, { logError })];
      const client = new Client({ connectionString: first.connectionString });
      const crashed = new Promise((resolve) => client.once('error', resolve).on('error', () => {}));
      await client.connect();
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      process.kill(rows[0]?.pid ?? 0, 'SIGKILL'); // as the system does when memory runs out; PostgreSQL then ends all sessions
      await crashed;
      const sql = `select from pg_locks where locktype = 'advisory' and mode = 'ShareLock'`;
      const users = async () => (await ask(second.connectionString, sql).catch(() => [])).length;
      if (when !== 'at once') await vi.waitUntil(async () => (await users()) === 2, { timeout: 60_000, interval: 10 });
      await first.close();
      await expect.poll(users, { timeout: 60_000, interval: 10 }).toBe(1);
      await second.close();
      expect(await isRunning(second.pid)).toBe(false);
      expect(logError).not.toHaveBeenCalled();
    },
  );

  test('a gateway that closes as usual reports nothing', async () => {
    await using folder = await makeUsedFolder();
    const logError = vi.fn<(error: unknown) => void>();
    await (await start(folder.dataDir, { logError })).close();
    expect(logError).not.toHaveBeenCalled();
  });

  test('a pid file whose number now belongs to another program does not prevent the start', async () => {
    await using folder = await makeUsedFolder();
    const first = await start(folder.dataDir);
    process.kill(first.pid, 'SIGKILL');
    await dies(first.pid);
    // Not this process: PostgreSQL itself passes over the numbers of its parents.
    const other = spawn('cat', { stdio: 'pipe' });
    await once(other, 'spawn');
    const path = join(folder.cluster, 'postmaster.pid');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/^\d+/, String(other.pid)));
    await using second = await start(folder.dataDir);
    expect(await ask(second.connectionString, 'select 1')).toEqual([[1]]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill();
  });

  test('what an initdb left behind that was killed is removed', async () => {
    await using folder = await makeUsedFolder();
    const { pid: dead } = spawnSync('true');
    await mkdir(join(folder.dataDir, `.initdb-${dead}-x`, 'cluster'), { recursive: true });
    await (await start(folder.dataDir)).close();
    expect((await readdir(folder.dataDir)).toSorted()).toEqual(['cluster', 'postgres.log']);
  });
});

test('gateways that start at the same moment share one server, which the last one to leave ends', async () => {
  await using folder = await makeFolder();
  const [one, two, three] = await Promise.all([startInProcess(folder.dataDir), startInProcess(folder.dataDir), start(folder.dataDir)]);
  expect([one.pid, two.pid]).toEqual([three.pid, three.pid]);
  await Promise.all([one[Symbol.asyncDispose](), three.close()]);
  expect(await ask(two.connectionString, 'select 1')).toEqual([[1]]);
  await two[Symbol.asyncDispose]();
  expect(await isRunning(two.pid)).toBe(false);
  expect((await readdir(folder.dataDir)).toSorted()).toEqual(['cluster', 'postgres.log']);
});

describe('what cannot start says why', () => {
  test('a cluster of another version', async () => {
    await using folder = await makeUsedFolder();
    await writeFile(join(folder.cluster, 'PG_VERSION'), '17\n');
    await expect(start(folder.dataDir)).rejects.toThrow(/was made by PostgreSQL 17, and the embedded one is PostgreSQL 18\. Dump it/);
  });

  test('a folder that holds something else', async () => {
    await using folder = await makeFolder();
    await mkdir(join(folder.cluster, 'letters'), { recursive: true });
    await expect(start(folder.dataDir)).rejects.toThrow('is no PostgreSQL cluster');
    expect(await readdir(folder.cluster)).toEqual(['letters']);
  });

  test("a server that refuses, in PostgreSQL's own words of this start", async () => {
    await using folder = await makeUsedFolder();
    await appendFile(join(folder.cluster, 'postgresql.conf'), '\nno_such_setting = 1\n');
    await expect(start(folder.dataDir)).rejects.toThrow(
      /does not start: it ended with status 1\n.*unrecognized configuration parameter "no_such_setting"/,
    );
  });

  test('a lost password, and the server is not left running', async () => {
    await using folder = await makeUsedFolder();
    await writeFile(join(folder.cluster, 'gateway-password'), 'another\n');
    await expect(start(folder.dataDir)).rejects.toThrow('refuses us: error: password authentication failed');
    expect(await findPostmaster(folder.cluster)).toBeUndefined();
    await rm(join(folder.cluster, 'gateway-password'));
    await expect(start(folder.dataDir)).rejects.toThrow(/password .* cannot be read/);
  });
});

describe('under other accounts', () => {
  test.runIf(root)('as root the files stay those of root, below a folder that only root may enter', async () => {
    await using folder = await makeFolder();
    await using postgres = await start(folder.dataDir);
    expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
    expect((await stat(folder.cluster)).uid).toBe(0);
    expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(0);
  });

  test.runIf(nobodyCanRead)('an ordinary user needs nothing but the folder', async () => {
    await using folder = await makeFolder();
    await chown(folder.path, nobody.uid, nobody.gid);
    await using gateway = await startInProcess(folder.dataDir, nobody);
    expect((await stat(folder.cluster)).uid).toBe(nobody.uid);
    expect(await ask(gateway.connectionString, 'select 1')).toEqual([[1]]);
  });

  test.runIf(nobodyCanRead)('a user without a name, as some containers have it, is lent one', async () => {
    await using folder = await makeFolder();
    const user = { uid: 4_000_123, gid: 4_000_123 };
    await chown(folder.path, user.uid, user.gid);
    await using gateway = await startInProcess(folder.dataDir, user);
    expect((await stat(folder.cluster)).uid).toBe(user.uid);
    expect(await ask(gateway.connectionString, 'select 1')).toEqual([[1]]);
  });

  test.runIf(nobodyCanRead)('the database of an ordinary user is run as that user by root, and refused to another one', async () => {
    await using folder = await makeFolder();
    await chown(folder.path, nobody.uid, nobody.gid);
    await (await startInProcess(folder.dataDir, nobody))[Symbol.asyncDispose]();
    await using postgres = await start(folder.dataDir);
    expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(nobody.uid);
    await chmod(folder.path, 0o755);
    await chmod(folder.cluster, 0o755);
    await expect(startInProcess(folder.dataDir, { uid: 1, gid: 1 })).rejects.toThrow(
      'belongs to uid 65534, but this process runs as uid 1',
    );
  });

  // Without `unshare` on the path it is as where user namespaces are forbidden.
  const withoutNamespaces = { env: { PATH: '/nowhere' } };

  test.runIf(nobodyCanRead && postgresUserExists)('root without user namespaces takes the user postgres', async () => {
    await using folder = await makeFolder();
    await chmod(folder.path, 0o711);
    await using gateway = await startInProcess(folder.dataDir, withoutNamespaces);
    expect((await stat(folder.cluster)).uid).not.toBe(0);
    expect(await ask(gateway.connectionString, 'select 1')).toEqual([[1]]);
  });

  test.runIf(root)('root without user namespaces is told what to do where the user postgres cannot enter', async () => {
    await using folder = await makeFolder();
    await expect(startInProcess(folder.dataDir, withoutNamespaces)).rejects.toThrow(
      /refuses to run as root.* another user.*or set DATABASE_URL/,
    );
    await (await start(folder.dataDir)).close();
    await expect(startInProcess(folder.dataDir, withoutNamespaces)).rejects.toThrow(
      /run it as another user who owns .*data, or set DATABASE_URL/,
    );
  });
});

describe('the links to the libraries', () => {
  const library = { source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' };
  async function makePackage(folder: string, links: (typeof library)[]): Promise<void> {
    await mkdir(join(folder, 'native/lib'), { recursive: true });
    await writeFile(join(folder, library.source), 'a library');
    await writeFile(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links));
  }

  test('are made by whoever comes first, and then left alone', async () => {
    await using folder = await makeFolder();
    await makePackage(folder.path, [library]);
    await Promise.all(Array.from({ length: 8 }, () => linkLibraries(folder.path)));
    const link = join(folder.path, library.target);
    expect(await readlink(link)).toBe(basename(library.source));
    const { ino } = await lstat(link);
    await linkLibraries(folder.path);
    expect((await lstat(link)).ino).toBe(ino);
  });

  test('that cannot be made are named together with the remedy', async () => {
    await using folder = await makeFolder();
    await makePackage(folder.path, [{ ...library, target: 'native/missing/libicuuc.so.60' }]);
    await expect(linkLibraries(folder.path)).rejects.toThrow(/lacks the link .*libicuuc\.so\.60, and it cannot be made\. Run `npm rebuild/);
  });
});
