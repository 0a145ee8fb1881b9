import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createDatabase } from '../../src/db/database.ts';
import { createLeaseKeeper } from '../../src/live/keeper.ts';
import { LeaseLostError } from '../../src/live/leader.ts';
import { leaseTimes } from '../../src/live/renewal.ts';
import { eventually, startBench, type Bench } from '../support/bench.ts';
import { createTestDatabase } from '../support/database.ts';
import { createRun, follow, textsOf } from './helpers.ts';

const times = { lifeMs: 800, renewMs: 100 };

/** As a document would that nobody has bounded. */
function keepBusy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Sees what other processes see, on a thread of its own. */
function startWitness(bench: Bench, stuckMs: number) {
  const [gateway] = bench.gateways;
  const healthUrl = gateway?.healthPort === undefined ? undefined : `http://127.0.0.1:${gateway.healthPort}`;
  const data = { databaseUrl: bench.database.url, times: { ...times, stuckMs }, healthUrl };
  const thread = new Worker(new URL('./witness-thread.ts', import.meta.url), { workerData: data });
  const seen = { tries: 0, epochs: [] as number[], health: new Set<string>() };
  thread.on('message', ({ tried, epoch, health }: { tried?: true; epoch?: number; health?: string }) => {
    if (tried) seen.tries += 1;
    if (epoch !== undefined) seen.epochs.push(epoch);
    if (health !== undefined) seen.health.add(health);
  });
  return {
    seen,
    async [Symbol.asyncDispose]() {
      thread.postMessage('over', []);
      await once(thread, 'exit');
    },
  };
}
const leaseOf = async (bench: Bench) => (await bench.gateways[0]?.db.execute(sql`select epoch, holder from lease`))?.rows[0];
const losses = (bench: Bench) => bench.errors.filter((error) => error instanceof LeaseLostError);

test('a main thread that is busy for longer than a lease lasts goes on leading, and no line is lost or doubled', async () => {
  await using bench = await startBench({ server: { healthPort: 0 }, options: { leaseTimes: { ...times, stuckMs: 60_000 } } });
  await bench.synced();
  const { id, runId } = await createRun(bench, 'name: a\ndocker_env: busybox\nentry_points:\n  main:\n    command: sleep 3600\n');
  bench.control.advance(60_000);
  await using log = await follow(bench, 'runLog', { id });
  const write = (from: number, count: number) =>
    bench.control.writeLog({
      runID: runId,
      step: 'main',
      lines: Array.from({ length: count }, (_, index) => `line ${from + index}`),
    });
  await eventually(() => {
    try {
      write(0, 100);
      return true;
    } catch {
      return false; // no container yet
    }
  });
  await log.until(() => textsOf(log.items).length >= 100);
  await using witness = startWitness(bench, 60_000);
  await eventually(() => witness.seen.tries > 0 && witness.seen.health.has('200 200'));
  const before = await leaseOf(bench);
  const tries = witness.seen.tries;
  for (let turn = 0; turn < 3; turn += 1) {
    write(100 + turn * 100, 100);
    keepBusy(3 * times.lifeMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await log.until(() => textsOf(log.items).length >= 400);
  expect(textsOf(log.items)).toEqual(Array.from({ length: 400 }, (_, index) => `line ${index}`));
  await eventually(() => witness.seen.tries > tries + 3);
  expect(witness.seen.epochs).toEqual([]);
  expect([...witness.seen.health]).toEqual(['200 200']);
  expect(await leaseOf(bench)).toEqual(before);
  expect(bench.errors).toEqual([]);
});

test('a main thread that does nothing for too long gives its lease up, says so once, and counts as dead meanwhile', async () => {
  await using bench = await startBench({ server: { healthPort: 0 }, options: { leaseTimes: { ...times, stuckMs: 1_000 } } });
  await bench.synced();
  await using witness = startWitness(bench, 1_000);
  await eventually(() => witness.seen.health.has('200 200'));
  keepBusy(4_000);
  await eventually(() => witness.seen.epochs.length > 0);
  await eventually(() => losses(bench).length > 0);
  expect(witness.seen.epochs[0]).toBe(2);
  expect([...witness.seen.health]).toContain('503 200');
  // The rival never renews: the gateway leads again.
  await eventually(() => bench.gateways[0]?.isLeading('prod'));
  expect(losses(bench).map(String)).toEqual([
    'LeaseLostError: The lease of prod is lost (epoch 1): this process has done nothing for too long',
  ]);
});

test('who loses the lease to another says so once and appends no more', async () => {
  await using bench = await startBench({ options: { leaseTimes: { lifeMs: 60_000, renewMs: 20 } } });
  bench.control.insertRuns({ count: 2 });
  await bench.synced();
  const db = bench.gateways[0]?.db;
  const count = async () => Number((await db?.execute<{ count: string }>(sql`select count(*) from event`))?.rows[0]?.count);
  await db?.execute(sql`update lease set epoch = epoch + 1, holder = 'another', expires_at = clock_timestamp() + interval '50 s'`);
  const events = await count();
  bench.control.insertRuns({ count: 3 });
  await eventually(() => losses(bench).length > 0 && !bench.gateways[0]?.isLeading('prod'));
  expect(await count()).toBe(events);
  await db?.execute(sql`update lease set expires_at = '-infinity'`);
  await bench.synced();
  const { rows } = (await db?.execute(sql`select ordinal from event where kind = 'DISCOVERED' order by ordinal`)) ?? { rows: [] };
  expect(rows.map(({ ordinal }) => Number(ordinal))).toEqual([1, 2, 3, 4, 5]);
  expect(losses(bench).map(String)).toEqual(['LeaseLostError: The lease of prod is lost (epoch 1): another process leads now']);
});

test('the thread renews with nobody else there, and an end of the thread is told of every lease', async () => {
  await using server = await createTestDatabase();
  const { pool, close } = createDatabase(server.url, { logError: () => {} });
  const keeper = createLeaseKeeper({ databaseUrl: server.url, times: { ...leaseTimes, ...times }, logError: () => {} });
  await keeper.ready;
  const lost: string[] = [];
  for (const source of ['prod', 'lab'])
    await pool.query(`insert into lease values ($1, 1, 'a', clock_timestamp() + interval '1 s')`, [source]);
  const kept = ['prod', 'lab'].map((source) => keeper.keep(source, 1, (reason) => lost.push(`${source} ${reason}`)));
  const expiry = async () => (await pool.query<{ at: string }>('select min(extract(epoch from expires_at)) as at from lease')).rows[0]?.at;
  const first = Number(await expiry());
  await eventually(async () => Number(await expiry()) > first + times.lifeMs / 1000);
  await pool.query(`update lease set epoch = 2 where source = 'lab'`);
  await eventually(() => lost.length > 0);
  await Promise.all(kept.map(({ stop }) => stop()));
  expect(lost).toEqual(['lab TAKEN']);
  await keeper.close();
  // What comes after the end is lost from the start.
  keeper.keep('prod', 1, (reason) => lost.push(`prod ${reason}`));
  expect(lost).toEqual(['lab TAKEN', 'prod THREAD']);
  await close();
});

test('a port for probes that is taken ends the start, which says so', async () => {
  await using first = await startBench({ server: { healthPort: 0 } });
  const healthPort = first.gateways[0]?.healthPort;
  await expect(startBench({ server: { healthPort } })).rejects.toThrow('EADDRINUSE');
});
