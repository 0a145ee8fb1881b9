import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startPaddleFlowSandbox } from '../../src/sandbox/paddleflow/index.ts';
import { eventually, startBench } from '../support/bench.ts';
import { createTestDatabase } from '../support/database.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { leaderCalls } from '../backends/paddleflow/mirror/helpers.ts';

// Real processes and the lease times of production: this takes its time.
test('a leader that is stopped or killed is replaced, and one that wakes up again does not interfere', async () => {
  await using resources = new AsyncDisposableStack();
  const database = resources.use(await createTestDatabase());
  const sandbox = resources.use(await startPaddleFlowSandbox({ clock: 'manual' }));
  const { path: folder } = resources.use(await makeTemporaryFolder('tributary-takeover'));
  const config = join(folder, 'tributary.yaml');
  await writeFile(
    config,
    JSON.stringify({
      sources: [
        {
          name: 'prod',
          kind: 'paddleflow',
          url: sandbox.url,
          username: 'root',
          password: 'paddleflow',
          timeZone: 'Asia/Shanghai',
          poll: { intervalMs: 100 },
        },
      ],
    }),
  );
  const client = new Client({ connectionString: database.url });
  await client.connect();
  resources.defer(() => client.end());
  const start = (): ChildProcess => {
    const env = { ...process.env, TRIBUTARY_CONFIG: config, DATABASE_URL: database.url, PORT: '0', TRIBUTARY_DATA: folder };
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/main.ts', import.meta.url))], {
      env,
      cwd: folder,
      stdio: 'ignore',
    });
    resources.defer(async () => {
      const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGKILL');
      await gone;
    });
    return child;
  };
  /** Who holds the lease, as long as it lasts. `short`: nobody waits longer for its end than a lease lasts, whatever becomes of its holder. */
  const leader = async (): Promise<{ pid: number; epoch: number; short: boolean } | undefined> => {
    const { rows } = await client.query<{ holder: string; epoch: string; short: boolean }>(
      `select holder, epoch, expires_at <= clock_timestamp() + interval '5 seconds' as short from lease where expires_at > clock_timestamp()`,
    );
    return rows[0] && { pid: Number(rows[0].holder.split('/')[1]), epoch: Number(rows[0].epoch), short: rows[0].short };
  };
  const known = async () => Number((await client.query<{ count: string }>('select count(*) from execution')).rows[0]?.count);

  const processes = [start(), start()];
  const first = await eventually(leader);
  const [stopped, other] = processes.toSorted((one) => (one.pid === first.pid ? -1 : 1));
  sandbox.control.insertRuns({ count: 3 });
  await eventually(async () => (await known()) === 3);

  stopped?.kill('SIGSTOP');
  const second = await eventually(async () => {
    const now = await leader();
    return now?.pid === other?.pid ? now : undefined;
  });
  // The other one has taken the next lease, and nobody had it in between.
  expect([first, second]).toMatchObject([{ short: true }, { epoch: first.epoch + 1, short: true }]);
  sandbox.control.insertRuns({ count: 3 });
  await eventually(async () => (await known()) === 6);
  stopped?.kill('SIGCONT');
  sandbox.control.insertRuns({ count: 3 });
  await eventually(async () => (await known()) === 9);
  expect(await leader()).toEqual(second);

  other?.kill('SIGKILL');
  const third = await eventually(async () => {
    const now = await leader();
    return now?.pid === stopped?.pid ? now : undefined;
  });
  expect(third).toMatchObject({ epoch: second.epoch + 1, short: true });
  sandbox.control.insertRuns({ count: 3 });
  await eventually(async () => (await known()) === 12);
  const { rows } = await client.query<{ ordinal: string; kinds: string[] }>(
    "select ordinal, array_agg(kind order by seq) as kinds from event where kind = 'DISCOVERED' group by ordinal order by ordinal",
  );
  expect(rows.map(({ kinds }) => kinds)).toEqual(Array.from({ length: 12 }, () => ['DISCOVERED']));
});

test('two gateways ask the source no more than one', async () => {
  await using bench = await startBench({ gateways: 2, prepare: ({ prod }) => void prod?.control.insertRuns({ count: 3 }) });
  await bench.synced();
  await eventually(async () => {
    const before = leaderCalls(bench).length;
    await eventually(() => leaderCalls(bench).length >= before + 10);
    return leaderCalls(bench)
      .slice(before)
      .every((path) => path.includes('runFilter=')); // settled: nothing but the tail is read
  });
  expect(bench.gateways.filter((gateway) => gateway.isLeading('prod'))).toHaveLength(1);
  const from = bench.control.calls().at(-1)?.seq ?? 0;
  const cycles = (gateway: number) =>
    bench
      .query<{ sources: { syncedAt: string }[] }>('{ sources { syncedAt } }', {}, {}, gateway)
      .then(({ data }) => data?.sources[0]?.syncedAt ?? '');
  const times = new Set<string>();
  await eventually(async () => {
    times.add(await cycles(times.size % 2));
    return times.size > 5;
  });
  const tails = bench.control
    .calls(from)
    .filter(({ path }) => path.includes('runFilter='))
    .map(({ path }) => path);
  expect(new Set(tails).size).toBe(1); // always the same question
});

test('a gateway that closes hands over without waiting for the lease to end', async () => {
  await using bench = await startBench({ gateways: 2, options: { leaseTimes: { lifeMs: 3_600_000, renewMs: 50 } } });
  const leading = await eventually(() => bench.gateways.find((gateway) => gateway.isLeading('prod')));
  const other = bench.gateways.find((gateway) => gateway !== leading);
  await leading.close();
  await eventually(() => other?.isLeading('prod'));
  expect(leading.isLeading('prod')).toBe(false);
  bench.control.insertRuns({ count: 1 });
  const index = bench.gateways.findIndex((gateway) => gateway === other);
  await eventually(
    async () => (await bench.query<{ runs: { totalCount: number } }>('{ runs { totalCount } }', {}, {}, index)).data?.runs.totalCount === 1,
  );
});

test('what viewers ask, however much and slow, does not hold the leader up', async () => {
  await using bench = await startBench();
  const { db, url } = await eventually(() => bench.gateways.find((gateway) => gateway.isLeading('prod')));
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  await client.query('select pg_advisory_lock(1)');
  // On the connections of viewers.
  const asked = Promise.allSettled(Array.from({ length: 30 }, () => db.execute('select pg_advisory_xact_lock(1)').then()));
  const waiting = async () =>
    (await client.query(`select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`)).rowCount;
  await eventually(async () => (await waiting()) === 10);
  bench.control.insertRuns({ count: 1 });
  await eventually(async () => (await client.query('select from execution')).rowCount === 1);
  expect((await fetch(url.replace('graphql', 'readyz'))).status).toBe(200);
  expect(await waiting()).toBe(10);
  expect((await client.query('select epoch from lease')).rows).toEqual([{ epoch: '1' }]);
  await client.end();
  await asked;
});

test('a database that is gone is told to strangers without its words, which the log has', async () => {
  await using bench = await startBench();
  const { url } = await eventually(() => bench.gateways.find((gateway) => gateway.isLeading('prod')));
  await bench.database[Symbol.asyncDispose]();
  const response = await fetch(url.replace('graphql', 'readyz'));
  expect([response.status, await response.json()]).toEqual([503, { ready: false, reason: 'the database does not answer' }]);
  expect(bench.errors.map(String).join('\n')).toContain('Failed query');
});
