import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { inspectProcess } from '../../src/process/inspect.ts';
import { startPaddleFlowSandbox } from '../../src/sandbox/paddleflow/index.ts';
import { eventually } from '../support/bench.ts';
import { createTestDatabase } from '../support/database.ts';
import { launch, makeDataFolder, startGateway } from './gateway-process.ts';

const nobody = { uid: 65534, gid: 65534 };
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
// In some checkouts nobody but the owner can read the sources.
const nobodyCanRead = process.getuid?.() === 0 && spawnSync(process.execPath, ['--check', main], { ...nobody, cwd: '/' }).status === 0;

type Gateway = Awaited<ReturnType<typeof startGateway>>;
const nothing = { postgres: undefined, sandbox: undefined };
const everything = { postgres: expect.any(Number), sandbox: expect.any(Number) };

const createRun = async ({ query }: Gateway) => {
  const from = { yaml: 'name: mine\nentry_points:\n  only:\n    command: echo hello\n    docker_env: alpine\n' };
  const { createRun: answer } = await query(
    'mutation ($input: CreateRunInput!) { createRun(input: $input) { ... on CreateRunPayload { run { id } } ... on Problem { message } } }',
    {
      input: { source: 'demo', from },
    },
  );
  return answer.run.id as string;
};
const nameOfRun = async ({ query }: Gateway, id: string) => (await query('query ($id: ID!) { run(id: $id) { name } }', { id })).run?.name;
const tasksOf = async ({ query }: Gateway) =>
  (await query('{ tasks(filter: { sources: ["stories"], submissions: [ACCEPTED] }) { totalCount } }')).tasks?.totalCount;

test('npm start needs no configuration, a Ctrl-C ends all it started, and the next start has everything again', async () => {
  await using folder = await makeDataFolder();
  await using first = await startGateway({ npm: true, env: folder.env });
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
  const id = await createRun(first);
  await eventually(async () => (await tasksOf(first)) === 7);
  expect(await folder.living()).toEqual(everything);
  expect((await first.end('SIGINT', { group: true })).code).toBe(0);
  expect(await folder.living()).toEqual(nothing);

  await using second = await startGateway({ npm: true, env: folder.env });
  expect(await nameOfRun(second, id)).toBe('mine');
  expect(await tasksOf(second)).toBe(7); // it submits the same ones again, under the same keys
  // A supervisor knows npm's process only.
  expect((await second.end('SIGTERM')).code).toBe(0);
  expect(await folder.living()).toEqual(nothing);
});

test('what a killed gateway leaves behind is adopted by the next, with all that happened', async () => {
  await using folder = await makeDataFolder();
  await using killed = await startGateway({ env: folder.env });
  const id = await createRun(killed);
  const left = await folder.living();
  await killed.end('SIGKILL');
  expect(await folder.living()).toEqual(left);
  await using next = await startGateway({ env: folder.env });
  expect(await folder.living()).toEqual(left);
  expect(await nameOfRun(next, id)).toBe('mine');
  await next.end('SIGINT');
  expect(await folder.living()).toEqual(nothing);
});

test('two gateways on one data folder share it, and the first to leave takes nothing away', async () => {
  await using folder = await makeDataFolder();
  const [one, other] = await Promise.all([startGateway({ env: folder.env }), startGateway({ env: folder.env })]);
  await using both = new AsyncDisposableStack();
  both.use(one);
  both.use(other);
  const id = await createRun(one);
  await one.end('SIGINT');
  expect(await nameOfRun(other, id)).toBe('mine');
  expect((await other.query('{ sources { ... on PaddleFlowSource { version } } }')).sources).toEqual([{ version: expect.any(String) }, {}]);
  await other.end('SIGINT');
  expect(await folder.living()).toEqual(nothing);
});

test.runIf(nobodyCanRead)('an ordinary user can start it too', async () => {
  await using folder = await makeDataFolder();
  await chown(folder.path, nobody.uid, nobody.gid);
  await using gateway = await startGateway({ ...nobody, cwd: folder.path, env: { ...folder.env, HOME: folder.path } });
  expect(await nameOfRun(gateway, await createRun(gateway))).toBe('mine');
  await gateway.end('SIGINT');
  expect(await folder.living()).toEqual(nothing);
});

/** A gateway of a configuration that is asked to end as soon as `when` is over. */
async function endDuringStart(databaseUrl: string, when: () => Promise<unknown>) {
  await using folder = await makeDataFolder();
  const file = join(folder.path, 'tributary.yaml');
  const source = { name: 'prod', kind: 'paddleflow', url: 'http://127.0.0.1:9', username: 'root', password: 'p', timeZone: 'UTC' };
  await writeFile(file, JSON.stringify({ sources: [source] }));
  const { child, ended } = launch({ env: { ...folder.env, TRIBUTARY_CONFIG: file, DATABASE_URL: databaseUrl } });
  await when();
  child.kill('SIGTERM');
  return ended;
}

test('a gateway that waits for a database that says nothing can be ended', async () => {
  const silent = createServer();
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const { port } = silent.address() as AddressInfo; // not a pipe
  const ended = await endDuringStart(`postgres://a:b@127.0.0.1:${port}/x`, () => once(silent, 'connection'));
  expect(ended).toEqual({ code: 0, complaints: '' });
  silent.close();
});

test('a gateway that waits until another one has migrated the database can be ended, and has no session then', async () => {
  await using database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('select pg_advisory_lock(7174882101)');
  const sessions = async () =>
    (await client.query(`select from pg_stat_activity where datname = current_database() and application_name = 'tributary migrations'`))
      .rowCount;
  expect(await endDuringStart(database.url, () => eventually(sessions))).toEqual({ code: 0, complaints: '' });
  await eventually(async () => (await sessions()) === 0);
  await client.end();
});

test('a connection that breaks while it waits to migrate is told as what it is', async () => {
  await using database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('select pg_advisory_lock(7174882101)');
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'tributary migrations'`;
  await expect(Promise.all([migrate(database.url), eventually(async () => (await client.query(cut)).rowCount)])).rejects.toThrow(
    'terminating connection',
  );
  await client.end();
});

test.each(['postgres', 'sandbox'] as const)('a gateway that is asked to end while its %s starts leaves nothing behind', async (what) => {
  await using folder = await makeDataFolder();
  const { child, ended } = launch({ env: folder.env });
  await eventually(async () =>
    existsSync(join(folder.path, 'data', what === 'postgres' ? 'postgres/cluster/postmaster.pid' : 'sandbox/sandbox.log')),
  );
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, complaints: '' });
  expect(await folder.living()).toEqual(nothing);
});

test('with a tributary.yaml in its folder and DATABASE_URL it runs against real servers and starts none', async () => {
  await using folder = await makeDataFolder();
  await using database = await createTestDatabase();
  await using paddleflow = await startPaddleFlowSandbox({ clock: 'real', zone: 'Europe/Berlin' });
  const work = join(folder.path, 'work');
  await mkdir(work);
  const source = {
    name: 'prod',
    kind: 'paddleflow',
    url: paddleflow.url,
    username: 'root',
    password: '${PF_PASSWORD}',
    timeZone: 'Europe/Berlin',
  };
  await writeFile(join(work, 'tributary.yaml'), JSON.stringify({ sources: [source] }));
  paddleflow.control.insertRuns({ count: 3 });
  await using gateway = await startGateway({ cwd: work, env: { DATABASE_URL: database.url, PF_PASSWORD: 'paddleflow' } });
  await eventually(async () => (await gateway.query('{ runs { totalCount } }')).runs.totalCount === 3);
  expect((await gateway.end('SIGTERM')).code).toBe(0);
  expect(await inspectProcess(gateway.pid)).toBeUndefined();
  expect(await folder.living()).toEqual(nothing);
});

test('when it says that it is ready, the first page of runs is there', async () => {
  await using folder = await makeDataFolder();
  await using gateway = await startGateway({ env: folder.env });
  const { runs } = await gateway.query('{ runs(first: 20) { nodes { id } } }');
  expect(runs.nodes).toHaveLength(20);
});

test('a source that cannot be read does not keep it from being ready, and is told', async () => {
  await using folder = await makeDataFolder();
  await using database = await createTestDatabase();
  const file = join(folder.path, 'tributary.yaml');
  const source = { name: 'prod', kind: 'paddleflow', url: 'http://127.0.0.1:1', username: 'root', password: 'p', timeZone: 'UTC' };
  await writeFile(file, JSON.stringify({ sources: [source] }));
  await using gateway = await startGateway({ env: { TRIBUTARY_CONFIG: file, DATABASE_URL: database.url } });
  expect(gateway.lines.join('\n')).toContain('Source prod cannot be read: Nothing listens at 127.0.0.1:1. Start the server there');
  expect(await gateway.query('{ sources { health problem } }')).toEqual({
    sources: [{ health: 'UNREACHABLE', problem: expect.stringMatching(/^Nothing listens/) }],
  });
});
