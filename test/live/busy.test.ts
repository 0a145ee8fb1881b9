import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../../src/db/database.ts';
import { createLeaseKeeper } from '../../src/live/keeper.ts';
import { LeaseLostError, startLeader } from '../../src/live/leader.ts';
import { leaseTimes } from '../../src/live/renewal.ts';
import { createRestarts } from '../../src/live/restarts.ts';
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
  await keeper.started;
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

/** The threads that renew leases which are made from now on. */
function watchThreads() {
  const threads: Worker[] = [];
  const onWorker = (worker: Worker) => worker.threadName === 'tributary leases' && threads.push(worker);
  process.on('worker', onWorker);
  onTestFinished(() => void process.off('worker', onWorker));
  return threads;
}

test.each([
  ['is ended from outside', (thread?: Worker) => thread?.terminate(), /has ended with code 1/],
  ['fails within', (thread?: Worker) => thread?.postMessage(null, []), /Cannot read properties of null/],
])(
  'a thread that %s is replaced: the loss is told once, the gateway leads again, and probes are answered where they were',
  async (_how, end, why) => {
    const threads = watchThreads();
    await using bench = await startBench({ server: { healthPort: 0 }, options: { leaseTimes: { ...times, lifeMs: 60_000 } } });
    await bench.synced();
    const [gateway] = bench.gateways;
    const thread = threads[0];
    const gone = new Promise((resolve) => thread?.once('exit', resolve)); // `once` of node:events rejects with the error that comes first
    await end(thread);
    await gone;
    await eventually(() => losses(bench).length > 0);
    // A loss is told before its leader has come to an end.
    await eventually(async () => (await leaseOf(bench))?.epoch === '2' && gateway?.isLeading('prod'));
    expect(losses(bench).map(String)).toEqual(['LeaseLostError: The lease of prod is lost (epoch 1): the thread that renews it has ended']);
    expect(bench.errors.filter((error) => !(error instanceof LeaseLostError)).map(String)).toEqual([expect.stringMatching(why)]);
    expect(threads).toHaveLength(2);
    const expiry = async () => (await gateway?.db.execute<{ at: Date }>(sql`select expires_at as at from lease`))?.rows[0]?.at;
    const first = await expiry();
    await eventually(async () => String(await expiry()) !== String(first));
    expect(await leaseOf(bench)).toMatchObject({ epoch: '2' });
    for (const path of ['healthz', 'readyz']) expect((await fetch(`http://127.0.0.1:${gateway?.healthPort}/${path}`)).status).toBe(200);
    bench.control.insertRuns({ count: 1 });
    await bench.synced();
    expect(losses(bench)).toHaveLength(1);
  },
);

test('while there is no thread that renews, no lease is asked for, so that others can have it; a gateway may close all the same', async () => {
  const threads = watchThreads();
  await using bench = await startBench({ options: { leaseTimes: { ...times, lifeMs: 60_000 } } });
  await bench.synced();
  // Each one that comes is ended before it can do anything.
  process.on('worker', endAtOnce);
  onTestFinished(() => void process.off('worker', endAtOnce));
  await threads[0]?.terminate();
  await eventually(() => threads.length >= 4);
  expect(losses(bench)).toHaveLength(1);
  expect(await leaseOf(bench)).toMatchObject({ epoch: '1' });
  const expired = await bench.gateways[0]?.db.execute(sql`select from lease where expires_at = '-infinity'`);
  expect(expired?.rows).toHaveLength(1);
  await bench.gateways[0]?.close();
  const { length } = threads;
  expect(bench.errors.length).toBe(2); // the loss, and the end of the thread: once, however many end after it
  expect(threads).toHaveLength(length);
});
const endAtOnce = (worker: Worker) => void (worker.threadName === 'tributary leases' && worker.terminate());

test('a thread that comes after another knows that the process is leaving', async () => {
  const threads = watchThreads();
  await using server = await createTestDatabase();
  const keeper = createLeaseKeeper({ databaseUrl: server.url, health: { host: '127.0.0.1', port: 0 }, logError: () => {} });
  const { healthPort } = await keeper.started;
  keeper.leaving();
  await threads[0]?.terminate();
  await keeper.ready(AbortSignal.timeout(60_000));
  expect(threads).toHaveLength(2);
  const readiness = await fetch(`http://127.0.0.1:${healthPort}/readyz`);
  expect([readiness.status, await readiness.json()]).toEqual([503, { ready: false, reason: 'being stopped' }]);
  await keeper.close();
});

test('a thread that ends before it could begin is told, and one that can takes its place', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo; // not a pipe
  await using server = await createTestDatabase();
  const database = createDatabase(server.url, { logError: () => {} });
  const errors: unknown[] = [];
  const keeper = createLeaseKeeper({
    databaseUrl: server.url,
    health: { host: '127.0.0.1', port },
    logError: (error) => errors.push(error),
  });
  const led = Promise.withResolvers<void>();
  const leader = startLeader({
    database,
    keeper,
    source: 'prod',
    holder: 'a',
    logError: (error) => errors.push(error),
    lead: async ({ signal }) => {
      led.resolve();
      if (!signal.aborted) await once(signal, 'abort');
    },
  });
  await expect(keeper.started).rejects.toThrow('EADDRINUSE');
  await new Promise((resolve) => taken.close(resolve));
  await led.promise;
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect(errors.map(String)).toEqual([expect.stringContaining('EADDRINUSE')]);
  await leader.close();
  await Promise.all([keeper.close(), database.close()]);
});

test.each([
  ['one after the other', [0, 0, 0, 0, 0, 0], [100, 200, 400, 800, 1_000, 1_000]],
  ['after some time', [999, 500, 999], [100, 200, 400]],
  ['and lived well', [0, 0, 1_000, 0, 5_000], [100, 200, 100, 200, 100]],
])('pauses before what has ended %s grow up to the longest', (_how, lives, pauses) => {
  const restarts = createRestarts({ firstMs: 100, longestMs: 1_000 });
  expect(lives.map((livedMs) => restarts.pauseAfter(livedMs))).toEqual(pauses);
});

test('a port for probes that is taken ends the start, which says so', async () => {
  await using first = await startBench({ server: { healthPort: 0 } });
  const healthPort = first.gateways[0]?.healthPort;
  await expect(startBench({ server: { healthPort } })).rejects.toThrow('EADDRINUSE');
});
