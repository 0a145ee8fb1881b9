import { afterAll, beforeAll, expect, test } from 'vitest';
import { plant } from '../corpus/plant.ts';
import { ask, follow, kindsOf } from '../live/helpers.ts';
import { as, eventually, startBench, toGlobalId, type Bench } from '../support/bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ sandboxes: { prod: {}, lab: {} }, tokens: { alice: { role: 'viewer' }, boss: { role: 'admin' } } });
  await plant(bench);
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());

interface Page {
  list: { totalCount: number; complete: boolean; nodes: { id: string; name: string; message: string; creator: null }[] };
}
const fields = '{ totalCount complete nodes { id name message } }';
const list = async (field: string, filter: object, who = 'boss') =>
  (
    await bench.query<Page>(
      `query ($filter: ${field === 'runs' ? 'RunFilter' : 'ExecutionFilter'}) { list: ${field}(filter: $filter) ${fields} }`,
      { filter },
      as(who),
    )
  ).data?.list;

test.each([
  {},
  { sources: ['lab'] },
  { ownerNames: ['bobby'] },
  { states: ['SUCCEEDED'] },
  { names: ['by_hand', 'old'] },
  { createdFrom: '2024-03-05T02:01:00Z', createdBefore: '2024-03-05T02:04:00Z' },
])('work of all kinds is listed and counted as runs are, filtered by %j', async (filter) => {
  const runs = await list('runs', filter);
  expect(runs?.totalCount).toBeGreaterThan(0);
  expect(await list('executions', filter)).toEqual(runs);
  expect(await list('executions', { ...filter, kinds: ['Run'] })).toEqual(runs);
});

test('whoever sees their own alone sees it in every list, and hears of it alone', async () => {
  const mine = await list('executions', {}, 'alice');
  expect(mine).toEqual(await list('runs', {}, 'alice'));
  expect(mine?.totalCount).toBe(2);
  await using socket = await bench.socket(as('alice'));
  const fromElsewhere =
    'subscription ($after: Cursor) { executionChanged(after: $after) { ... on ExecutionChange { cursor execution { id } } } }';
  const nothing = await bench.query<{ run: { events: { edges: { cursor: string }[] } } }>(
    'query ($id: ID!) { run(id: $id) { events(first: 1) { edges { cursor } } } }',
    { id: mine?.nodes[1]?.id },
    as('alice'),
  );
  const told = socket.start({ query: fromElsewhere, variables: { after: nothing.data?.run.events.edges[0]?.cursor } });
  const heard = new Set<string>();
  while (heard.size < 2) {
    const { data } = await told.next<{ executionChanged: { execution?: { id: string } } }>();
    heard.add(data?.executionChanged.execution?.id ?? '');
  }
  expect([...heard].toSorted()).toEqual(mine?.nodes.map(({ id }) => id).toSorted());
});

test('an id from the list leads to the object, whatever its type', async () => {
  const [first] = (await list('executions', {}))?.nodes ?? [];
  const text =
    'query ($id: ID!) { node(id: $id) { __typename ... on Execution { name state source { name } creator events(first: 1) { nodes { kind } } } ... on Run { runId } } }';
  const { data } = await bench.query(text, { id: first?.id }, as('boss'));
  expect(data?.node).toMatchObject({ __typename: 'Run', name: first?.name, creator: null, events: { nodes: [{ kind: 'DISCOVERED' }] } });
});

test.each([
  [{ kinds: ['Nonsense'] }, 'There is no kind of work called "Nonsense"'],
  [{ sources: ['nowhere'] }, 'There is no source "nowhere"'],
])('a filter of what there is not is a mistake: %j', async (filter, message) => {
  const { errors } = await bench.query(
    'query ($filter: ExecutionFilter) { executions(filter: $filter) { totalCount } }',
    { filter },
    as('boss'),
  );
  expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('the events of a piece of work are those of the run, to its end; the cursors of one stream go on in the other', async () => {
  await using own = await startBench();
  await own.synced();
  const yaml = 'name: quick\ndocker_env: busybox\nentry_points:\n  one: {command: echo}\n';
  const { createRun } = await ask<{ createRun: { run: { id: string } } }>(
    own,
    'mutation ($yaml: String!) { createRun(input: { source: "prod", from: { yaml: $yaml } }) { ... on CreateRunPayload { run { id } } } }',
    { yaml },
  );
  const { id } = createRun.run;
  await using work = await follow(own, 'executionChanged', { id });
  await using ofKind = await follow(own, 'executionChanged', { filter: { kinds: ['Run'], states: ['SUCCEEDED'] } });
  await using run = await follow(own, 'runChanged', { id });
  let over = false;
  await Promise.all([
    Promise.all([work.toEnd(), run.toEnd(), ofKind.next()]).finally(() => (over = true)),
    eventually(async () => {
      own.control.advance(500);
      await ask(own, '{ sources { syncedAt } }');
      return over;
    }),
  ]);
  expect(work.items.map(({ cursor }) => cursor)).toEqual(run.items.map(({ cursor }) => cursor));
  expect(kindsOf(work.items)).toEqual(kindsOf(run.items));
  expect(work.items[0]?.execution).toMatchObject({ id, __typename: 'Run' });
  expect(kindsOf(ofKind.items)).toEqual([expect.stringContaining('SUCCEEDED')]);
  await using on = await follow(own, 'executionChanged', { id, after: run.items[0]?.cursor });
  await on.toEnd();
  expect(kindsOf(on.items)).toEqual(kindsOf(run.items).slice(1));
});

test('a stream of what is not there is refused', async () => {
  for (const [type, message] of [
    ['Run', 'There is no work of type Run'],
    ['Queue', 'There is no work of type Queue'],
  ]) {
    await using socket = await bench.socket(as('boss'));
    const id = toGlobalId(type ?? '', 'prod', 'run-999999');
    const refused = socket.start({ query: 'subscription ($id: ID) { executionChanged(id: $id) { __typename } }', variables: { id } });
    expect((await refused.next()).errors).toMatchObject([
      { message: expect.stringContaining(message ?? ''), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  }
});
