import { expect, test } from 'vitest';
import { eventually, startBench, type Bench } from '../../../support/bench.ts';
import { ask, runIdAt } from '../../../live/helpers.ts';
import { leaderCalls, ordinalsOf, runIds } from './helpers.ts';

interface Runs {
  readonly runs: { readonly totalCount: number; readonly complete: boolean };
}
interface Sources {
  readonly sources: { readonly sync: { readonly phase: string; readonly doneShare: number } }[];
}
const isComplete = (bench: Bench, gateway = 0) =>
  eventually(async () => (await ask<Runs>(bench, '{ runs { complete } }', {}, gateway)).runs.complete);
const countRuns = async (bench: Bench) => (await ask<Runs>(bench, '{ runs { totalCount } }')).runs.totalCount;

test('history arrives newest first, over holes of any width, and totals say when it is complete', async () => {
  await using bench = await startBench({
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 150, holes: 1 });
      prod?.control.leaveHoles(350);
      prod?.control.insertRuns({ count: 200 });
      prod?.control.leaveHoles(150);
      prod?.control.insertRuns({ count: 3 });
    },
  });
  const totals: { total: number; complete: boolean }[] = [];
  await eventually(async () => {
    const { runs } = await ask<Runs>(bench, '{ runs(first: 1) { totalCount complete } }');
    totals.push({ total: runs.totalCount, complete: runs.complete });
    return runs.complete;
  });
  expect(totals.filter(({ complete }) => complete)).toEqual([{ total: 353, complete: true }]);
  expect(totals.map(({ total }) => total)).toEqual(totals.map(({ total }) => total).toSorted((one, other) => one - other));
  const newest = await runIds(bench, 5);
  expect(ordinalsOf(newest)).toEqual([1003, 1002, 1001, 850, 849]);
  expect(bench.errors).toEqual([]);
});

test('an interrupted backfill goes on where it was', async () => {
  await using bench = await startBench({
    gateways: 0,
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 2_000 });
      prod?.control.orderFault({ kind: 'latency', ms: 2_000, path: 'run-001000' }); // time to interrupt it
    },
  });
  const first = await bench.startGateway();
  await eventually(async () => {
    const [source] = (await ask<Sources>(bench, '{ sources { ... on PaddleFlowSource { sync { phase doneShare } } } }')).sources;
    return source?.sync.phase === 'BACKFILL' && source.sync.doneShare > 0.2;
  });
  await first.close();
  const before = bench.control.calls().length;
  bench.control.clearFaults();
  await bench.startGateway();
  await isComplete(bench, 1);
  const { data } = await bench.query(
    '{ runs(first: 1) { totalCount } sources { ... on PaddleFlowSource { sync { phase doneShare newestId } } } }',
    {},
    {},
    1,
  );
  expect(data).toEqual({ runs: { totalCount: 2_000 }, sources: [{ sync: { phase: 'COMPLETE', doneShare: 1, newestId: 'run-002000' } }] });
  const windows = leaderCalls(bench)
    .slice(before)
    .filter((path) => path.includes('runFilter') && path.includes('run-001950'));
  expect(windows).toEqual([]);
});

test('new runs behind a wide hole are found at once, by one call more', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 5 }) });
  await bench.synced();
  bench.control.leaveHoles(50_000);
  bench.control.insertRuns({ count: 120 });
  await eventually(async () => (await countRuns(bench)) === 125);
  expect(ordinalsOf(await runIds(bench, 1))).toEqual([50_125]);
});

test('with nothing going on, a cycle is one call', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 60 }) });
  bench.control.leaveHoles(180);
  bench.control.insertRuns({ count: 1 });
  await settled(bench);
  // Logs that are not there are looked for twice.
  type Logs = { runs: { nodes: { logArchived: string }[] } };
  await eventually(async () =>
    (await ask<Logs>(bench, '{ runs(first: 100) { nodes { logArchived } } }')).runs.nodes.every(
      ({ logArchived }) => logArchived !== 'PENDING',
    ),
  );
  const before = bench.control.calls().length;
  const cycles = await countCycles(bench, 10);
  const made = bench.control.calls().length - before;
  expect(made).toBeGreaterThanOrEqual(cycles - 1);
  expect(made).toBeLessThanOrEqual(cycles + 2);
  expect(
    new Set(
      leaderCalls(bench)
        .slice(before)
        .map((path) => path.split('?')[0]),
    ),
  ).toEqual(new Set(['GET /api/paddleflow/v1/run']));
});

test('runs going on cost one call for the new ones, one for each hundred and one for each', async () => {
  await using bench = await startBench({
    source: {
      logs: { intervalMs: 60_000, maxIntervalMs: 60_000, finalMs: 60_000 },
      poll: { intervalMs: 200, settleMs: 100, auditMs: 1, auditEveryMs: 3_600_000 },
    },
    prepare: ({ prod }) => {
      prod?.control.leaveHoles(120);
      prod?.control.insertRuns({ count: 130, status: 'running' });
    },
  });
  await isComplete(bench);
  await countCycles(bench, 3);
  const calls = leaderCalls(bench).filter((path) => !path.includes('/log/'));
  const [begin, end] = calls.flatMap((path, index) => (path.includes('run-000300') ? [index] : [])).slice(-2);
  const cycle = calls.slice(begin, end).map((path) => path.replace(/[?].*/, ''));
  expect(cycle.filter((path) => path.endsWith('/run'))).toHaveLength(3);
  const details = Array.from({ length: 130 }, (_, index) => `GET /api/paddleflow/v1/run/run-${String(121 + index).padStart(6, '0')}`);
  expect(cycle.filter((path) => !path.endsWith('/run')).toSorted()).toEqual(details);
});

test('an account that is not root sees its own runs, found by the walk, and new ones at once', async () => {
  await using bench = await startBench({
    source: { username: 'alice', password: 'paddleflow1' },
    gateways: 0,
    prepare: async ({ prod }) => {
      if (!prod) return;
      await createUser(prod.url, 'alice', 'paddleflow1');
      for (let turn = 0; turn < 3; turn += 1) {
        prod.control.insertRuns({ count: 130, owner: 'root' });
        prod.control.insertRuns({ count: 2, owner: 'alice' });
      }
    },
  });
  await bench.startGateway();
  await isComplete(bench);
  expect((await bench.query('{ runs { totalCount } source(name: "prod") { ... on PaddleFlowSource { seesAllRuns } } }')).data).toEqual({
    runs: { totalCount: 6 },
    source: { seesAllRuns: false },
  });
  bench.control.insertRuns({ count: 300, owner: 'root' });
  bench.control.insertRuns({ count: 3, owner: 'alice' });
  await eventually(async () => (await countRuns(bench)) === 9);
  expect(ordinalsOf(await runIds(bench, 1))).toEqual([699]);
});

test('a copied creation time does not put a retried run into the past, nor the runs that came before it', async () => {
  await using bench = await startBench({
    prepare: ({ prod }) => {
      const insert = (count: number, firstCreatedAt: number) =>
        prod?.control.insertRuns({ count, firstCreatedAt, createTimeStepSeconds: 60 });
      insert(150, Date.parse('2024-03-01T00:00:00Z'));
      insert(1, Date.parse('2024-03-04T00:00:00Z')); // run 151, in the oldest window but one
      insert(1, Date.parse('2024-02-01T00:00:00Z')); // run 152: retried, with the time of an old one
      insert(120, Date.parse('2024-03-03T00:00:00Z')); // 153…272: older than run 151, but made after it
      insert(1, Date.parse('2024-03-05T00:00:00Z'));
    },
  });
  await isComplete(bench);
  const all = ordinalsOf(await runIds(bench, 1_000));
  expect(all).toEqual(Array.from({ length: 273 }, (_, index) => 273 - index));
});

test('times of a zone with summer time: the hour that is skipped, and the hour that comes twice, by the order of the rows', async () => {
  await using bench = await startBench({
    sandboxes: { prod: { zone: 'Europe/Berlin', startAt: Date.parse('2024-12-01T00:00:00Z') } },
    prepare: ({ prod }) => {
      const insert = (time: string) => prod?.control.insertRuns({ count: 1, firstCreatedAt: Date.parse(time) });
      for (const time of [
        '2024-03-31T00:30:00Z',
        '2024-03-31T01:30:00Z',
        '2024-10-27T00:50:00Z',
        '2024-10-27T01:10:00Z',
        '2024-10-27T01:40:00Z',
      ])
        insert(time);
    },
  });
  await isComplete(bench);
  const { runs } = await ask<{ runs: { nodes: { createdAt: string; durationSeconds: number }[] } }>(
    bench,
    '{ runs { nodes { createdAt durationSeconds } } }',
  );
  expect(runs.nodes.map(({ createdAt }) => createdAt)).toEqual([
    '2024-10-27T01:40:00.000Z',
    '2024-10-27T01:10:00.000Z',
    '2024-10-27T00:50:00.000Z',
    '2024-03-31T01:30:00.000Z',
    '2024-03-31T00:30:00.000Z',
  ]);
  for (const { durationSeconds } of runs.nodes) expect(durationSeconds).toBeGreaterThanOrEqual(0);
});

test('an outage is told once, and its end is noticed', async () => {
  const told: string[] = [];
  await using bench = await startBench({ options: { logInfo: (text) => told.push(text) } });
  await bench.synced();
  bench.control.orderFault({ kind: 'status', status: 503, body: 'down' });
  const before = bench.control.calls().length;
  await eventually(() => bench.control.calls().length > before + 6);
  expect(bench.errors).toHaveLength(1);
  expect(String(bench.errors[0])).toContain('prod: GET /run');
  bench.control.clearFaults();
  bench.control.insertRuns({ count: 1 });
  await eventually(async () => (await countRuns(bench)) === 1);
  expect(bench.errors).toHaveLength(1);
  await eventually(() => told.length > 0);
  expect(told).toEqual(['prod can be read again']);
});

test('a run whose detail makes no sense holds up nobody', async () => {
  await using bench = await startBench();
  await bench.synced();
  bench.control.orderFault({ kind: 'garbage', path: '/run/run-000002' });
  bench.control.insertRuns({ count: 3, status: 'running' });
  const observed = async () =>
    (await ask<{ run: { observedAt: string } | null }>(bench, 'query ($id: ID!) { run(id: $id) { observedAt } }', { id: runIdAt(3) })).run
      ?.observedAt;
  const seen = await eventually(observed);
  await eventually(async () => ((await observed()) ?? '') > seen);
  const complaints = bench.errors.map(String).filter((text) => text.includes('run-000002'));
  expect(complaints.length).toBeLessThanOrEqual(2);
});

/** Everything is mirrored and settled, and has its detail: nothing is left to do. */
async function settled(bench: Bench): Promise<void> {
  await isComplete(bench);
  await eventually(async () => {
    const before = bench.control.calls().length;
    const cycles = await countCycles(bench, 4);
    return bench.control.calls().length - before <= cycles + 1;
  });
}

/** Waits for so many cycles at least; returns how many there were. A cycle is known by its look at the row numbers behind the newest one. */
async function countCycles(bench: Bench, atLeast: number): Promise<number> {
  const tails = () => leaderCalls(bench).filter((path) => path.includes('run-000300')).length;
  const before = tails();
  await eventually(() => tails() >= before + atLeast);
  return tails() - before;
}

async function createUser(url: string, username: string, password: string): Promise<void> {
  const api = `${url}/api/paddleflow/v1`;
  const post = (path: string, body: unknown, token = '') =>
    fetch(`${api}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-pf-authorization': token },
      body: JSON.stringify(body),
    });
  const { authorization } = (await (await post('/login', { username: 'root', password: 'paddleflow' })).json()) as {
    authorization: string;
  };
  const answer = await post('/user', { username, password }, authorization);
  if (!answer.ok) throw new Error(await answer.text());
}
