import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { eventually, startBench, type Bench, type BenchOptions } from '../../../support/bench.ts';
import { startUpstream, upstreamUser, type Caller } from '../upstream.ts';

const quick = 'name: quick\ndocker_env: busybox\nentry_points:\n  main: {command: echo quick}\n';
const POST = { method: 'POST', path: '/run$', times: 1 };
const brief = { budgets: { writeMs: 300, lateWriteMs: 300 } };

async function startKeys(options: BenchOptions = {}) {
  const bench = await startBench({ source: brief, ...options });
  await bench.synced();
  const root = await upstreamUser(bench.sandbox('prod').url);
  const document = `mutation ($input: CreateRunInput!) { createRun(input: $input) {
    __typename ... on CreateRunPayload { run { id runId } } ... on Problem { message } ... on UnconfirmedProblem { retryAfterSeconds }
  } }`;
  const create = async (idempotencyKey: string, headers: Record<string, string> = {}, gateway = 0) =>
    (await bench.query(document, { input: { source: 'prod', from: { yaml: quick }, idempotencyKey } }, headers, gateway)).data?.createRun;
  return {
    bench,
    root,
    create,
    /** Asks until there is another answer. */
    settled: (key: string, headers: Record<string, string> = {}) =>
      eventually(async () => {
        const answer = await create(key, headers);
        return String(answer?.__typename) === 'UnconfirmedProblem' ? undefined : answer;
      }),
    /** Until the time is over in which the write could still come about: any answer after that is more than "not yet". */
    timeOver: (key: string, word: string) =>
      eventually(async () => {
        const answer = await create(key);
        expect(answer).toMatchObject({ __typename: 'UnconfirmedProblem' });
        return String(answer?.message).includes(word) && String(answer?.retryAfterSeconds) === '15';
      }),
    posts: () => posts(bench),
    made: () => runsOf(root),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}
const posts = (bench: Bench) => bench.calls().filter((call) => call.startsWith('POST')).length;
const runsOf = async (root: Caller): Promise<number> => (await root.get('/run?maxKeys=1000')).body.runList.length;

test.each([0, 3, 150])('what was cut before it was heard is made under the same key, on a server with %d runs', async (count) => {
  await using keys = await startKeys({ prepare: ({ prod }) => void (count > 0 && prod?.control.insertRuns({ count })) });
  keys.bench.control.orderFault({ kind: 'cut', ...POST });
  const first = await keys.create('lost');
  expect(first).toMatchObject({ __typename: 'UnconfirmedProblem', retryAfterSeconds: 1, message: expect.stringContaining('same key') });
  expect(await keys.settled('lost')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(keys.posts()).toBe(2);
  expect(await keys.made()).toBe(count + 1);
  expect(await keys.create('lost')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(keys.posts()).toBe(2);
});

test('many others, holes in the numbers and pages of runs made meanwhile do not hide that it was not made', async () => {
  await using keys = await startKeys({ source: { budgets: { writeMs: 300, lateWriteMs: 2_000 } } });
  await startUpstream(keys.bench, quick);
  await keys.bench.synced();
  keys.bench.control.orderFault({ kind: 'cut', ...POST });
  expect(await keys.create('crowd')).toMatchObject({ __typename: 'UnconfirmedProblem' });
  keys.bench.control.leaveHoles(400);
  keys.bench.control.insertRuns({ count: 250, holes: 1 });
  expect(await keys.settled('crowd')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(await keys.made()).toBe(252);
});

test('who asks at once on two gateways, after the time, gets the one run', async () => {
  await using keys = await startKeys({ gateways: 2 });
  keys.bench.control.orderFault({ kind: 'cut', ...POST });
  await keys.create('race');
  await eventually(async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => keys.create('race', {}, index % 2)));
    return answers.every((answer) => String(answer?.__typename) === 'CreateRunPayload');
  });
  expect(keys.posts()).toBe(2);
  expect(await keys.made()).toBe(1);
});

test('a run that the backend makes long after the time-out is found, not made again', async () => {
  await using keys = await startKeys({ source: { budgets: { writeMs: 200, lateWriteMs: 60_000 } } });
  keys.bench.control.orderFault({ kind: 'latency', ms: 1_500, ...POST });
  expect(await keys.create('late')).toMatchObject({ __typename: 'UnconfirmedProblem' });
  expect(await keys.settled('late')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(keys.posts()).toBe(1);
  expect(await keys.made()).toBe(1);
});

test.each([
  ['are empty', { kind: 'empty-list', method: 'GET', path: '/run\\?' }, 'can be read'],
  ['cannot be had', { kind: 'status', status: 500, code: '', method: 'GET', path: '/run\\?' }, 'cannot be asked'],
] as const)('while lists %s nothing is proved: what was made is found later, what was not is made', async (_how, fault, word) => {
  await using keys = await startKeys();
  await startUpstream(keys.bench, quick);
  await keys.bench.synced();
  keys.bench.control.orderFault({ kind: 'cut', ...POST });
  keys.bench.control.orderFault(fault);
  expect(await keys.create('not made')).toMatchObject({ __typename: 'UnconfirmedProblem' });
  keys.bench.control.orderFault({ kind: 'cut', applied: true, ...POST });
  expect(await keys.create('made')).toMatchObject({ __typename: 'UnconfirmedProblem' });
  await keys.timeOver('not made', word);
  expect(keys.posts()).toBe(2);
  keys.bench.control.clearFaults();
  expect(await keys.settled('made')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(keys.posts()).toBe(2);
  expect(await keys.settled('not made')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(await keys.made()).toBe(3);
});

test('a run that cannot be read might be the one', async () => {
  await using keys = await startKeys();
  await startUpstream(keys.bench, quick);
  await keys.bench.synced();
  keys.bench.control.orderFault({ kind: 'cut', applied: true, ...POST });
  keys.bench.control.orderFault({ kind: 'status', status: 500, code: '', method: 'GET', path: '/run.*' });
  expect(await keys.create('unreadable')).toMatchObject({ __typename: 'UnconfirmedProblem' });
  keys.bench.control.clearFaults();
  keys.bench.control.orderFault({ kind: 'undecodable-run', runID: 'run-000002' });
  await keys.timeOver('unreadable', 'read');
  keys.bench.control.clearFaults();
  expect(await keys.settled('unreadable')).toMatchObject({ __typename: 'CreateRunPayload', run: { runId: 'run-000002' } });
  expect(keys.posts()).toBe(1);
});

test('a run that came and went unseen has left its jobs: it is not made again', async () => {
  await using keys = await startKeys();
  await startUpstream(keys.bench, quick);
  await keys.bench.synced();
  keys.bench.control.orderFault({ kind: 'cut', applied: true, ...POST });
  keys.bench.control.orderFault({ kind: 'status', status: 500, code: '', method: 'GET', path: '/run.*' });
  expect(await keys.create('gone')).toMatchObject({ __typename: 'UnconfirmedProblem' });
  keys.bench.control.advance(60_000);
  expect(await keys.root.call('DELETE', '/run/run-000002')).toMatchObject({ status: 200 });
  keys.bench.control.clearFaults();
  await keys.timeOver('gone', 'run-000002');
  expect(keys.posts()).toBe(1);
});

test('a key whose run was deleted later still stands for that run', async () => {
  await using keys = await startKeys();
  const first = await keys.create('deleted');
  keys.bench.control.advance(60_000);
  expect(await keys.bench.run('DeleteRun', { input: { id: first?.run?.id } })).toMatchObject({
    data: { deleteRun: { __typename: 'DeleteRunPayload' } },
  });
  expect(await keys.create('deleted')).toEqual(first);
  expect(keys.posts()).toBe(1);
});

test('a service account that is not root sees its own runs alone, and that is enough', async () => {
  await using keys = await startKeys({
    source: { ...brief, username: 'alice', password: 'secret1' },
    prepare: async ({ prod }) => {
      const root = await upstreamUser(prod?.url ?? '');
      await root.post('/user', { username: 'alice', password: 'secret1' });
      prod?.control.insertRuns({ count: 3, owner: 'alice' });
      prod?.control.insertRuns({ count: 120 });
    },
  });
  keys.bench.control.orderFault({ kind: 'cut', ...POST });
  expect(await keys.create('hers')).toMatchObject({ __typename: 'UnconfirmedProblem' });
  keys.bench.control.insertRuns({ count: 120 });
  expect(await keys.settled('hers')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(keys.posts()).toBe(2);
  keys.bench.control.orderFault({ kind: 'cut', applied: true, ...POST });
  expect(await keys.create('found')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(keys.posts()).toBe(3);
});

test('who has signed in has keys of their own, which are settled the same way', async () => {
  await using keys = await startKeys();
  await keys.root.post('/user', { username: 'alice', password: 'secret1' });
  const alice = await keys.bench.signIn('alice', 'secret1');
  keys.bench.control.orderFault({ kind: 'cut', ...POST });
  expect(await keys.create('same', alice)).toMatchObject({ __typename: 'UnconfirmedProblem' });
  expect(await keys.create('same')).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(await keys.settled('same', alice)).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(await keys.made()).toBe(2);
});

test('a run that was made under a key and is tried again is no second one under that key', async () => {
  await using keys = await startKeys();
  const yaml = quick.replace('echo quick', 'exit 1');
  const create = `mutation ($input: CreateRunInput!) { createRun(input: $input) { ... on CreateRunPayload { run { id runId } } } }`;
  const first = await keys.bench.query(create, { input: { source: 'prod', from: { yaml }, idempotencyKey: 'fails' } });
  const id = first.data?.createRun?.run?.id;
  keys.bench.control.advance(600_000);
  await keys.bench.synced();
  // Past the gateway, so that only the catalog tells.
  expect(await keys.root.call('PUT', `/run/${first.data?.createRun?.run?.runId}?action=retry`)).toMatchObject({ status: 200 });
  await keys.bench.synced();
  const { data } = await keys.bench.query('{ runs { nodes { id duplicateOf { id } } } }');
  expect(data?.runs?.nodes).toHaveLength(2);
  expect(data?.runs?.nodes).toEqual([
    { id: expect.not.stringContaining(String(id)), duplicateOf: null },
    { id, duplicateOf: null },
  ]);
  expect(keys.bench.errors).toEqual([]);
});

/** A backend that carries out, later than anybody expected, what the gateway has given up: what it makes bears the mark of the key. */
async function startLate(key: string) {
  const keys = await startKeys();
  const [gateway] = keys.bench.gateways;
  if (gateway === undefined) throw new Error('There is no gateway');
  const { db } = gateway;
  keys.bench.control.orderFault({ kind: 'cut', ...POST });
  expect(await keys.create(key)).toMatchObject({ __typename: 'UnconfirmedProblem' });
  return {
    ...keys,
    told: (text: string) => keys.bench.errors.filter((error) => String(error).includes(text)).length,
    async intent() {
      const { rows } = await db.execute<{ mark: string; status: string; execution_id: string | null }>(
        sql`select mark, status, execution_id from intent where key = ${key}`,
      );
      return rows[0] ?? { mark: '', status: '', execution_id: null };
    },
    settle: (status: string) => db.execute(sql`update intent set status = ${status} where key = ${key}`),
  };
}

test.each(['UNCONFIRMED', 'NOT_MADE'])(
  'a run that comes late settles its key, which is %s, whether anybody asks again or not',
  async (status) => {
    await using late = await startLate('late');
    await late.settle(status);
    const { mark } = await late.intent();
    const runId = await startUpstream(late.bench, quick, { desc: `[tributary:${mark}]` });
    await eventually(async () => (await late.intent()).status === 'CONFIRMED');
    expect(await late.intent()).toEqual({ mark, status: 'CONFIRMED', execution_id: runId });
    expect(await late.create('late')).toMatchObject({ __typename: 'CreateRunPayload', run: { runId } });
    expect(late.posts()).toBe(1);
    expect(await late.made()).toBe(1);
    expect(late.told(`prod has made ${runId} after its key was settled as NOT_MADE`)).toBe(status === 'NOT_MADE' ? 1 : 0);
  },
);

test('a second run under one key is told: in the log, and at the run', async () => {
  await using late = await startLate('twice');
  const first = await late.settled('twice');
  expect(first).toMatchObject({ __typename: 'CreateRunPayload' });
  const { mark, execution_id: runId } = await late.intent();
  late.bench.control.advance(60_000); // the second one is later, or it would be the first one tried again
  const second = await startUpstream(late.bench, quick, { desc: `[tributary:${mark}]` });
  await eventually(() => late.told(`prod has made ${second} under a key that stands for ${runId}`) === 1);
  const query = '{ runs { nodes { runId duplicateOf { id runId } } } }';
  expect((await late.bench.query(query)).data?.runs?.nodes).toEqual([
    { runId: second, duplicateOf: { id: first?.run?.id, runId } },
    { runId, duplicateOf: null },
  ]);
  expect(await late.create('twice')).toEqual(first);
  expect(late.posts()).toBe(2);
});
