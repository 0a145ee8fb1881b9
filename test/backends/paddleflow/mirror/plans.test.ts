import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, type QueryConfig, type QueryResult } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../../src/db/database.ts';
import * as tables from '../../../../src/db/tables.ts';
import { createProgress } from '../../../../src/backends/paddleflow/mirror/progress.ts';
import { createLogFeed } from '../../../../src/backends/paddleflow/run-log/feed.ts';
import { createPending } from '../../../../src/backends/paddleflow/run-log/pending.ts';
import { encodeCursor } from '../../../../src/live/cursor.ts';
import type { Hub } from '../../../../src/live/hub.ts';
import type { Lease } from '../../../../src/live/lease.ts';
import { createExecutionSource } from '../../../../src/execution/list.ts';
import { createRunSource } from '../../../../src/backends/paddleflow/run/source.ts';
import { createTestPool, createTestDatabase } from '../../../support/database.ts';

/** Enough for the planner to take them seriously; all have ended, and of most nobody has ever read more than the list says. */
const runs = 30_000;

/** Of one run, two steps of which write in turn, and one has written once, long ago. */
const logRows = 30_000;
const stream = `log:prod:run-0${runs}`;

const resources = new AsyncDisposableStack();
let db: Database;
let client: Client;
const asked: { text: string; values: unknown[] }[] = [];

beforeAll(async () => {
  const server = resources.use(await createTestDatabase());
  client = new Client({ connectionString: server.url });
  await client.connect();
  resources.defer(() => client.end());
  const pool = createTestPool(server.url);
  resources.defer(() => pool.end());
  // Not all that is read goes through drizzle.
  const ask = pool.query.bind(pool) as (config: QueryConfig, values?: unknown[]) => Promise<QueryResult>;
  pool.query = ((config: QueryConfig, values?: unknown[]) => {
    asked.push({ text: config.text, values: values ?? config.values ?? [] });
    return ask(config, values);
  }) as typeof pool.query; // both ask so
  db = drizzle(pool, { schema: tables, casing: 'snake_case' });
  await client.query(`insert into source (name, phase, newest_ordinal) values ('prod', 'COMPLETE', ${runs})`);
  const series = `(select n, timestamptz '2023-01-01' + n * interval '1 minute' as t from generate_series(1, ${runs}) n) as series`;
  await client.query(`
    insert into execution (source, ordinal, kind, key, name, owner, message, state, raw_state,
      created_at, updated_at, ended_at, sort_at, observed_at, final_since, settled_at, detail, detail_observed_at)
    select 'prod', n, 'Run', 'run-' || lpad(n::text, 6, '0'), 'name', 'owner', '', 'SUCCEEDED', 'succeeded',
      t, t, t, t, now(), now(), now(), case when n > ${runs} - 500 or n % 20 = 0 then '{"components":[],"postProcess":[]}'::bytea end,
      case when n > ${runs} - 500 or n % 20 = 0 then now() end
    from ${series}`);
  await client.query(`
    insert into paddleflow_run (source, ordinal, fs_name, description, schedule_id, origin, retry_of)
    select 'prod', n, 'fs', '', '', '', case when n % 50 = 0 then n - 1 end from ${series}`);
  await client.query(`
    insert into log_entry (stream, first_seq, last_seq, kind, step, first_line, body, cut_lines)
    select '${stream}', n, n, 'LINES', case when n = 1 then 'early' else 's' || n % 2 end, n, convert_to(n || E'\\n', 'UTF8'), '{}'
    from generate_series(1, ${logRows}) n`);
  await client.query(`insert into stream values ('${stream}', ${logRows})`);
  await client.query('vacuum analyze');
});
afterAll(() => resources.disposeAsync());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Plan[];
}
/** Rows that were touched, whether or not they were wanted. */
const touched = (plan: Plan): number => {
  const rows = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = plan['Node Type'].includes('Scan') ? rows * plan['Actual Loops'] : 0;
  return (plan.Plans ?? []).reduce((sum, part) => sum + touched(part), own);
};

/** How many rows the queries of some work touch. */
async function rowsOf(work: () => Promise<unknown>): Promise<number> {
  asked.length = 0;
  await work();
  let sum = 0;
  for (const { text, values } of asked) {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${text}`, values);
    sum += rows.reduce((total, { 'QUERY PLAN': [{ Plan: plan }] }) => total + touched(plan), 0);
  }
  expect(asked).not.toEqual([]);
  return sum;
}

const viewer = { name: 'test', identity: 'test', role: 'admin', owner: undefined } as const;
const source = () => createRunSource({ db, handles: new Map(), viewer, heavy: async (work) => work() });
const keys = Array.from({ length: 100 }, (_, index) => `prod:run-${String(index * 7 + 1).padStart(6, '0')}`);

test('runs are found by their ids, and by what they try again, without a look at others', async () => {
  const found = await source().inCatalog(keys);
  expect(found.size).toBe(100);
  expect(await rowsOf(() => source().inCatalog([...keys, 'prod:run-1', 'lab:run-000001']))).toBeLessThanOrEqual(300); // 100 each of an index and two tables
  expect(await rowsOf(() => source().details(keys.slice(0, 1)))).toBeLessThanOrEqual(2);
  const ids = keys.slice(0, 3).map((key) => ({ source: 'prod', id: key.slice(5) }));
  expect(await rowsOf(() => source().page({ sources: ['prod'], ids }, { limit: 21, inverted: false }))).toBeLessThanOrEqual(6);
  expect(await rowsOf(() => source().retriesOf([...found.values()]))).toBeLessThanOrEqual(200);
});

const all = (owner?: string) => createExecutionSource(db, { ...viewer, owner });

test('a page of the newest is read from the end of one index, of runs and of work of all kinds alike', async () => {
  const query = { limit: 21, inverted: false };
  expect(await rowsOf(() => source().page({ sources: ['prod'] }, query))).toBeLessThanOrEqual(2 * 21); // of two tables
  expect(await rowsOf(() => all().page({ sources: ['prod'] }, query))).toBeLessThanOrEqual(21);
  expect(await rowsOf(() => all('owner').page({ sources: ['prod'] }, query))).toBeLessThanOrEqual(21);
  expect(await rowsOf(() => all('nobody').page({ sources: ['prod'] }, query))).toBeLessThanOrEqual(21);
  const before = { sortAt: new Date('2023-01-05'), source: 'prod', ordinal: 1 };
  expect(await rowsOf(() => all().page({ sources: ['prod'] }, { ...query, after: before }))).toBeLessThanOrEqual(21);
});

/** What a leader asks the catalog in each of its turns. */
const lease: Lease = {
  source: 'prod',
  epoch: 1,
  signal: new AbortController().signal,
  fenced: () => Promise.reject(new Error('nothing is written')),
};
const turns: Record<string, () => Promise<unknown>> = {
  'runs that are not settled': () => createProgress(db, lease).unsettled(),
  'details that are outdated': () => createProgress(db, lease).outdatedDetails(),
  'what is untold': () => createProgress(db, lease).untold(),
  'the witness of the tail': () => createProgress(db, lease).witness(),
  'logs that are written': () => createPending(db, 'prod').live(),
  'logs that are wanted': () => createPending(db, 'prod').wanted(5, []),
};
test.each(Object.entries(turns))('a turn of the leader over %s does not walk through history', async (_what, turn) => {
  expect(await rowsOf(turn)).toBeLessThanOrEqual(300);
});

test('nor does a look for details that nobody has read, beyond the newest runs', async () => {
  const ahead = 500;
  expect(await rowsOf(() => createProgress(db, lease).withoutDetail(ahead, []))).toBeLessThanOrEqual(2 * ahead);
});

test('logs of old runs are found when they are wanted, with their details or without', async () => {
  await client.query(
    'begin; update execution set log_wanted = true where ordinal in (20, 21, 40); update execution set ended_at = null, settled_at = null where ordinal = 60',
  );
  await client.query('commit');
  expect((await createPending(db, 'prod').wanted(5, [])).map(({ ordinal }) => ordinal)).toEqual([40, 20]);
  expect((await createPending(db, 'prod').wanted(1, [40])).map(({ ordinal }) => ordinal)).toEqual([20]);
  expect(await createProgress(db, lease).withoutDetail(500, [])).toEqual([21]);
  const live = (await createPending(db, 'prod').live()).map(({ ordinal }) => ordinal);
  expect([live.length, live[0], live.at(-1)]).toEqual([121, runs, 60]); // two hours of one run a minute, and the one that goes on
});

const nothingMoves: Hub = {
  watch: () => ({ beyond: () => Promise.resolve(), close: () => {} }),
  onPoke: () => () => {},
  watchers: () => 0,
  close: () => Promise.resolve(),
};

test.each(['s0', 'early', undefined])('a page of a long log is read from where it lies (step %s)', async (step) => {
  const place = { source: 'prod', ordinal: runs, step };
  const feed = createLogFeed(db, nothingMoves, viewer, () => 262_144);
  const { rows } = await client.query<{ generation: string }>('select generation from source');
  const middle = encodeCursor('LOG', [{ stream, generation: rows[0]?.generation ?? '', seq: logRows / 2 }]);
  const counts: number[] = [];
  for (const at of [{}, { after: middle }, { before: middle }])
    for (const fromEnd of [false, true]) counts.push(await rowsOf(() => feed.page(place, { ...at, limit: 10, fromEnd })));
  expect(counts.filter((count) => count > 600)).toEqual([]); // a row may hold 500 lines; these hold one
  const following = await feed.follow(place, { signal: AbortSignal.timeout(60_000) });
  expect(await rowsOf(() => following.next())).toBeLessThanOrEqual(1_500);
  await following.return?.();
});
