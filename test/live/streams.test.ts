import { Client } from 'pg';
import { expect, test } from 'vitest';
import { encodeCursor } from '../../src/live/cursor.ts';
import { eventually, startBench, type Bench } from '../support/bench.ts';
import { ask, createRun, follow, kindsOf, runIdAt, type StreamItem } from './helpers.ts';

const quick = (name: string) => `name: ${name}
docker_env: busybox
entry_points:
  one:
    command: 'echo one; sleep 1'
  two:
    deps: one
    command: 'echo two'
`;
const events = (items: readonly StreamItem[], source: string) =>
  items.filter(({ run }) => run?.source === source).map(({ event }) => event);

/** Advances the sandboxes until a promise has settled. */
async function whileAdvancing<T>(bench: Bench, names: readonly string[], work: Promise<T>): Promise<T> {
  let done = false;
  const settled = work.finally(() => (done = true));
  await Promise.race([
    settled,
    eventually(async () => {
      for (const name of names) bench.sandbox(name).control.advance(500);
      await ask(bench, '{ sources { syncedAt } }');
      return done;
    }),
  ]);
  return settled;
}

test('whoever comes back with any cursor gets the rest, none missing and none twice', async () => {
  await using bench = await startBench({ sandboxes: { prod: {}, lab: {} } });
  await bench.synced();
  await using all = await follow(bench, 'runChanged', { filter: {} });
  await using marker = await follow(bench, 'runChanged', { filter: { names: ['last'] } });
  await createRun(bench, quick('a'), 'prod');
  await createRun(bench, quick('b'), 'lab');
  const ended = (async () => {
    const settled = new Set<string>();
    await all.until(({ event, run }) => {
      if (event?.kind === 'SETTLED') settled.add(`${run?.source}`);
      return settled.size === 2;
    });
  })();
  await whileAdvancing(bench, ['prod', 'lab'], ended);
  const last = await createRun(bench, quick('last'), 'prod');
  await all.until(({ run }) => run?.id === last.id);
  await marker.until(({ run }) => run?.id === last.id);
  expect(marker.items).toHaveLength(1);
  expect(all.items.length).toBeGreaterThan(10);
  for (const [index, { cursor }] of all.items.entries()) {
    if (index === all.items.length - 1) break;
    await using again = await follow(bench, 'runChanged', { filter: {}, after: cursor });
    const rest = all.items.slice(index + 1);
    await again.until(() => again.items.length === rest.length);
    for (const source of ['prod', 'lab']) expect(events(again.items, source)).toEqual(events(rest, source));
  }
});

test('one run from every cursor on, and the same from its history', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id } = await createRun(bench, quick('a'));
  await using first = await follow(bench, 'runChanged', { id });
  const late: Promise<StreamItem[]>[] = [];
  const lateOnes: AsyncDisposable[] = [];
  const whole = (async () => {
    for (let item = await first.next(); item.endReason === undefined; item = await first.next()) {
      const joining = await follow(bench, 'runChanged', { id, after: item.cursor }); // while events flow
      lateOnes.push(joining);
      late.push(joining.toEnd());
    }
    return first.items;
  })();
  const items = await whileAdvancing(bench, ['prod'], whole);
  expect(kindsOf(items)[0]).toBe('DISCOVERED QUEUED');
  expect(kindsOf(items).at(-1)).toBe('SETTLED SUCCEEDED');
  for (const [index, rest] of (await Promise.all(late)).entries()) expect(rest).toEqual(items.slice(index + 1));

  interface Page {
    run: {
      events: {
        edges: { cursor: string; node: { kind: string; state: string } }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
      };
    };
  }
  const history = `query ($id: ID!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) { run(id: $id) { events(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { kind state } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
  const told = items.slice(0, -1);
  const { run } = await ask<Page>(bench, history, { id });
  expect(run.events.edges.map(({ node }) => `${node.kind} ${node.state}`)).toEqual(kindsOf(items));
  expect(run.events.edges.map(({ cursor }) => cursor)).toEqual(told.map(({ cursor }) => cursor));
  const forwards: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await ask<Page>(bench, history, { id, first: 2, after });
    forwards.push(...page.run.events.edges.map(({ cursor }) => cursor));
    ({ endCursor: after, hasNextPage: more } = page.run.events.pageInfo);
  }
  expect(forwards).toEqual(told.map(({ cursor }) => cursor));
  const backwards: string[] = [];
  for (let before: string | null = null, more = true; more;) {
    const page: Page = await ask<Page>(bench, history, { id, last: 2, before });
    backwards.unshift(...page.run.events.edges.map(({ cursor }) => cursor));
    ({ startCursor: before, hasPreviousPage: more } = page.run.events.pageInfo);
  }
  expect(backwards).toEqual(forwards);
  for (const joining of lateOnes) await joining[Symbol.asyncDispose]();
});

test('a cursor of another stream is refused; one of another database, or from the future, resets', async () => {
  await using other = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 30 }) });
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 2 }) });
  for (const one of [other, bench])
    await eventually(async () => (await ask<{ runs: { complete: boolean } }>(one, '{ runs { complete } }')).runs.complete);
  const id = runIdAt(1);
  const cursorOf = async (from: Bench, field: 'runChanged' | 'runLog') => {
    await using following = await follow(from, field, { id });
    return (await following.toEnd()).at(-1)?.cursor;
  };
  await using wrong = await follow(bench, 'runChanged', { id, after: await cursorOf(bench, 'runLog') });
  await expect(wrong.next()).rejects.toThrow('BAD_USER_INPUT');
  await using torn = await follow(bench, 'runChanged', { id, after: 'bm9uc2Vuc2U' });
  await expect(torn.next()).rejects.toThrow('BAD_USER_INPUT');
  await using elsewhere = await follow(bench, 'runLog', { id: runIdAt(2), after: await cursorOf(bench, 'runLog') });
  await expect(elsewhere.next()).rejects.toThrow('BAD_USER_INPUT');

  await using reset = await follow(bench, 'runChanged', { id, after: await cursorOf(other, 'runChanged') });
  await reset.toEnd();
  expect(reset.items[0]).toMatchObject({ __typename: 'StreamGap', gapReason: 'RESET' });
  expect(kindsOf(reset.items)).toEqual(['DISCOVERED SUCCEEDED', 'SETTLED SUCCEEDED']);
  await using log = await follow(bench, 'runLog', { id, after: await cursorOf(other, 'runLog') });
  await log.toEnd();
  expect(log.items[0]).toMatchObject({ __typename: 'StreamGap', gapReason: 'RESET' });
  // The end is told again to whoever comes back behind it.
  await using behind = await follow(bench, 'runLog', { id, after: await cursorOf(bench, 'runLog') });
  expect(await behind.next()).toMatchObject({ __typename: 'StreamEnd', endReason: 'COMPLETED' });
});

test('who leaves leaves nothing behind: no watcher, no connection, no query', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 1, status: 'running' }) });
  await bench.synced();
  const hub = bench.gateways[0]?.hub;
  for (const field of ['runChanged', 'runLog'] as const) {
    const following = await Promise.all(Array.from({ length: 5 }, () => follow(bench, field, { id: runIdAt(1) })));
    if (field === 'runChanged') await Promise.all(following.map(({ next }) => next()));
    await eventually(() => hub?.watchers() === 5);
    for (const one of following) await one[Symbol.asyncDispose]();
    await eventually(() => hub?.watchers() === 0);
  }
  expect(bench.errors).toEqual([]);
});

test('a lost LISTEN connection, and lost notifications, cost time but no event', async () => {
  await using bench = await startBench();
  await bench.synced();
  await using all = await follow(bench, 'runChanged', { filter: {} });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 1);
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  try {
    for (let count = 1; count <= 3; count += 1) {
      const { rowCount } = await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tributary listen' and datname = current_database()",
      );
      bench.control.insertRuns({ count: 1 });
      const seen = await all.until(({ run }) => run?.runId === `run-00000${count}`);
      expect(rowCount).toBeLessThanOrEqual(1);
      expect(seen.length).toBeGreaterThanOrEqual(count);
    }
    // Every connection of the gateway at once: the leader begins again. A reader whose event was just being told of ends with an error;
    // whoever comes back misses nothing.
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    );
    bench.control.insertRuns({ count: 1 });
    await eventually(
      async () => (await bench.query<{ runs: { totalCount: number } }>('{ runs { totalCount } }')).data?.runs.totalCount === 4,
    );
    await using again = await follow(bench, 'runChanged', { filter: {}, after: all.items.at(-1)?.cursor });
    await again.until(({ run }) => run?.runId === 'run-000004');
  } finally {
    await client.end();
  }
});

test('thousands of events, told from the start', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 1_000 }) });
  await eventually(async () => (await ask<{ runs: { complete: boolean } }>(bench, '{ runs { complete } }')).runs.complete);
  const fromElsewhere = encodeCursor('EVENTS', [{ stream: 'events:prod', generation: '00000000', seq: 5 }]);
  await using all = await follow(bench, 'runEvents', { after: fromElsewhere });
  const counts: Record<string, number> = {};
  await all.until(({ event }) => {
    if (event) counts[event.kind] = (counts[event.kind] ?? 0) + 1;
    return counts['SETTLED'] === 1_000;
  });
  expect(counts).toMatchObject({ DISCOVERED: 1_000, SETTLED: 1_000 });
  expect(new Set(all.items.map(({ cursor }) => cursor)).size).toBe(all.items.length);
});

test('a cursor that somebody has made up is their mistake, and does not reach the database', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 1 }) });
  await bench.synced();
  const codeOf = async (text: string, after: string) =>
    (await bench.query(text, { id: runIdAt(1), after })).errors?.[0]?.extensions?.['code'];
  for (const seq of [1.5, -3, Number.NaN, 1e300, -1e300, Number.POSITIVE_INFINITY]) {
    const position = { generation: '00000000', seq };
    const story = encodeCursor('EVENTS', [{ ...position, stream: 'events:prod' }]);
    expect([
      seq,
      await codeOf('query ($id: ID!, $after: Cursor) { run(id: $id) { events(after: $after) { nodes { kind } } } }', story),
    ]).toEqual([seq, 'BAD_USER_INPUT']);
    const log = encodeCursor('LOG', [{ ...position, stream: 'log:prod:run-000001' }]);
    expect([seq, await codeOf('query ($id: ID!, $after: Cursor) { run(id: $id) { log(after: $after) { nodes { text } } } }', log)]).toEqual(
      [seq, 'BAD_USER_INPUT'],
    );
  }
  for (const time of [8.64e15, -8.64e15, 9e15]) {
    const place = Buffer.from(JSON.stringify(['runs', time, 'prod', 1])).toString('base64url');
    expect([time, await codeOf('query ($after: Cursor) { runs(after: $after) { nodes { id } } }', place)]).toEqual([
      time,
      'BAD_USER_INPUT',
    ]);
  }
  expect(bench.errors).toEqual([]);
});
