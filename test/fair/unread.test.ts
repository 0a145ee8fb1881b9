import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { logEntries, streams } from '../../src/db/tables.ts';
import { as, eventually, startBench, toGlobalId, type Bench } from '../support/bench.ts';
import { startAccounts } from '../backends/paddleflow/accounts.ts';
import { subscriptions } from '../live/helpers.ts';

const one = { sandboxes: { prod: {} } };

const runId = toGlobalId('Run', 'prod', 'run-000001');
/** The log of alice's run, which does not end: rows of 700 lines, 57 kB each. */
async function fillLog(bench: Bench, rows: number): Promise<string> {
  const db = bench.gateways[0]?.db;
  // The leader is through with it, and comes back to it no more.
  await bench.query('query ($id: ID!) { run(id: $id) { log(first: 1) { ended } } }', { id: runId }, as('alice'));
  await eventually(async () => (await db?.execute(sql`select from execution where ordinal = 1 and log_state <> 'PENDING'`))?.rowCount);
  await db?.delete(logEntries);
  const body = Buffer.from('2024-03-05T02:00:00Z some words that a step has written, and a few more of them\n'.repeat(700));
  const entries = Array.from({ length: rows }, (_, index) => ({
    stream: 'log:prod:run-000001',
    firstSeq: index * 700 + 1,
    lastSeq: (index + 1) * 700,
    kind: 'LINES' as const,
    step: 'main',
    firstLine: index * 700 + 1,
    body,
  }));
  await db?.insert(logEntries).values(entries);
  await db
    ?.update(streams)
    .set({ head: rows * 700 })
    .where(sql`key = 'log:prod:run-000001'`);
  return runId;
}

test('subscriptions of one viewer are counted over all sockets; what is more is refused, and others are not', async () => {
  await using bench = await startAccounts({ ...one, server: { limits: { subscriptionsPerViewer: 5 } } });
  await bench.synced();
  const query = 'subscription { runChanged { __typename } }';
  const sockets = await Promise.all([1, 2, 3].map(() => bench.socket(as('alice'))));
  const [first] = sockets;
  const begun = sockets.slice(0, 2).flatMap((socket, index) => Array.from({ length: 2 + index }, () => socket.start({ query })));
  await eventually(() => bench.gateways[0]?.hub.watchers() === 5);
  const refused = await sockets[2]?.start({ query }).next();
  expect(refused?.errors).toMatchObject([{ extensions: { code: 'TOO_MANY_OPERATIONS', retryAfterSeconds: 1 } }]);
  // The same by SSE, where it is a status.
  const { url = '' } = bench.gateways[0] ?? {};
  const streamed = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...as('alice') },
    body: JSON.stringify({ query }),
  });
  expect(streamed.status).toBe(429);
  await using others = await bench.socket(as('bobby'));
  others.start({ query });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 6);
  // Who leaves makes room, by a word or without one.
  begun[0]?.complete();
  await eventually(() => bench.gateways[0]?.hub.watchers() === 5);
  sockets[2]?.start({ query });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 6);
  first?.socket.terminate();
  await eventually(() => bench.gateways[0]?.hub.watchers() === 5);
  sockets[2]?.start({ query });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 6);
  for (const { socket } of sockets) socket.terminate();
});

test('in an open gateway each connection counts, so the pages of a demo do not stand in each other’s way', async () => {
  await using bench = await startBench({ server: { limits: { subscriptionsPerViewer: 2 } } });
  await bench.synced();
  const query = 'subscription { runChanged { __typename } }';
  const sockets = await Promise.all([1, 2, 3].map(() => bench.socket()));
  for (const socket of sockets) for (let count = 0; count < 2; count += 1) socket.start({ query });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 6);
  const refused = await sockets[0]?.start({ query }).next();
  expect(refused?.errors).toMatchObject([{ extensions: { code: 'TOO_MANY_OPERATIONS' } }]);
  for (const { socket } of sockets) socket.terminate();
});

test('of many subscriptions that nobody reads each holds little, whoever reads gets everything, and others are answered between their pulls', async () => {
  await using bench = await startAccounts({ ...one, server: { limits: { unreadBytesPerViewer: 262_144 } } });
  await bench.synced();
  const id = await fillLog(bench, 5);
  const db = bench.gateways[0]?.db;
  const silent = await Promise.all(Array.from({ length: 2 }, () => bench.socket(as('alice'))));
  for (const socket of silent) {
    socket.pause();
    for (let count = 0; count < 20; count += 1) socket.start({ query: subscriptions.runLog, variables: { id } });
  }
  await eventually(() => (bench.gateways[0]?.hub.watchers() ?? 0) === 40);
  await using reader = await bench.socket(as('alice'));
  const log = reader.start({ query: subscriptions.runLog, variables: { id } });
  type Item = { runLog: { lines?: { number: number; text: string }[] } };
  const numbers: number[] = [];
  let largest = 0;
  let asked = false;
  while (numbers.length < 3_500) {
    const lines = (await log.next<Item>()).data?.runLog.lines ?? [];
    numbers.push(...lines.map(({ number }) => number));
    largest = Math.max(
      largest,
      lines.reduce((sum, { text }) => sum + text.length, 0),
    );
    if (asked || numbers.length < 500) continue;
    asked = true; // while all of them pull
    const busy = await db?.execute<{ count: string }>(sql`
      select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like '%log_entry%'`);
    expect(Number(busy?.rows[0]?.count)).toBeLessThanOrEqual(6); // half of the pool, and this question
    expect((await bench.query('{ runs { nodes { name } } }', {}, as('bobby'))).data?.runs?.nodes).toHaveLength(1);
  }
  expect(numbers).toEqual(Array.from({ length: 3_500 }, (_, index) => index + 1));
  // A 41st of 256 KiB, not a page of 64 KiB.
  expect(largest).toBeLessThan(8_192);
  for (const { socket } of silent) socket.terminate();
});
