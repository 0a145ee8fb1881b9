import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stepYaml } from '../../../sandbox/paddleflow/bench.ts';
import { toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';
import { startUpstream } from '../upstream.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  // A job of one core and a GiB runs in train.
  await startUpstream(bench, stepYaml(600).replace('    command:', '    env: {PF_JOB_QUEUE_NAME: train}\n    command:'));
  bench.sandbox('prod').control.advance(30_000);
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const v1 = '/api/paddleflow/v1';
const as = async (who: string, query: string, variables: Record<string, unknown> = {}) =>
  bench.query(query, variables, await headersOf(bench, who));
const idOf = (name: string) => toGlobalId('Queue', 'prod', name);
const amounts = '{ cpu { text value } memory { value } }';

test('used and idle resources cost one call for a queue that is asked for them, and are kept for those who ask next', async () => {
  const query = `query ($id: ID!) { queue(id: $id) { usageObservedAt usedResources ${amounts} idleResources ${amounts} } }`;
  const first = await as('boss', query, { id: idOf('train') });
  expect(first).toEqual({
    data: {
      queue: {
        usageObservedAt: expect.any(String),
        usedResources: { cpu: { text: '1', value: 1 }, memory: { value: 1024 ** 3 } },
        idleResources: { cpu: { text: '9', value: 9 }, memory: { value: 9 * 1024 ** 3 } },
      },
    },
  });
  expect(bench.calls()).toEqual([`GET ${v1}/queue?maxKeys=1000`, `GET ${v1}/queue/train`]);
  bench.forgetCalls();
  expect(await as('ops', query, { id: idOf('train') })).toEqual(first);
  expect(bench.calls()).toEqual([`GET ${v1}/queue?maxKeys=1000`]);
});

test('what is kept for the service account is not shown to who has signed in', async () => {
  const query = `query ($id: ID!) { queue(id: $id) { usedResources ${amounts} } }`;
  await as('boss', query, { id: idOf('train') });
  bench.forgetCalls();
  expect((await as('session:alice', query, { id: idOf('train') })).data?.queue?.usedResources?.cpu?.value).toBe(1);
  expect(bench.calls()).toContain(`GET ${v1}/queue/train`);
});

test('a change of a queue ends what is kept of its resources', async () => {
  const query = `query ($id: ID!) { queue(id: $id) { idleResources { cpu { value } } } }`;
  expect((await as('boss', query, { id: idOf('infer') })).data?.queue?.idleResources?.cpu?.value).toBe(10);
  const input = { id: idOf('infer'), maxResources: { cpu: '12', memory: '10Gi' } };
  await as('boss', 'mutation ($input: UpdateQueueInput!) { updateQueue(input: $input) { __typename } }', { input });
  expect((await as('boss', query, { id: idOf('infer') })).data?.queue?.idleResources?.cpu?.value).toBe(12);
});

test('a list asks for each of its queues, two at a time, and without these fields not at all', async () => {
  const { data } = await as('session:root', '{ queues(source: "prod") { nodes { name usedResources { cpu { value } } } } }');
  const used = [0, 1, 0].map((value) => ({ usedResources: { cpu: { value } } }));
  expect(data?.queues?.nodes).toMatchObject(used);
  expect(bench.calls().toSorted()).toEqual([
    ...['default-queue', 'infer', 'train'].map((name) => `GET ${v1}/queue/${name}`),
    `GET ${v1}/queue?maxKeys=20`,
  ]);
  bench.forgetCalls();
  await as('session:root', '{ queues(source: "prod", first: 2) { nodes { name maxResources { cpu { value } } } } }');
  expect(bench.calls()).toEqual([`GET ${v1}/queue?maxKeys=2`]);
});

test('resources that cannot be read are null with an error, and the queue is there all the same', async () => {
  bench.sandbox('prod').control.orderFault({ kind: 'status', status: 400, code: 'QueueIsInUse', path: '/queue/default-queue', times: 1 });
  const query = `query ($id: ID!) { queue(id: $id) { name usedResources { cpu { value } } } }`;
  const { data, errors } = await as('boss', query, { id: idOf('default-queue') });
  expect(data).toEqual({ queue: { name: 'default-queue', usedResources: null } });
  expect(errors).toMatchObject([{ path: ['queue', 'usedResources'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod' } }]);
});

test.each([
  ['boss', ['default-queue', 'train', 'infer']],
  ['ops', ['default-queue', 'train', 'infer']],
  ['alice', ['train']],
  ['bobby', []],
  ['session:root', ['default-queue', 'train', 'infer']],
  ['session:alice', ['train']],
  ['session:bobby', []],
])('%s sees the queues %j', async (who, names) => {
  const page = `{ queues(source: "prod") { nodes { name } pageInfo { hasNextPage } } }`;
  expect((await as(who, page)).data?.queues).toEqual({ nodes: names.map((name) => ({ name })), pageInfo: { hasNextPage: false } });
  for (const name of ['train', 'infer']) {
    const { data, errors } = await as(who, 'query ($id: ID!) { queue(id: $id) { name } }', { id: idOf(name) });
    expect([name, data, errors]).toEqual([name, { queue: names.includes(name) ? { name } : null }, undefined]);
  }
});

test('for a viewer their own grants alone are asked for', async () => {
  await as('alice', '{ queues(source: "prod") { nodes { name cluster { name } } } }');
  expect(bench.calls()).toEqual([`GET ${v1}/grant?username=alice&maxKeys=1000`, `GET ${v1}/queue?maxKeys=1000`]);
  bench.forgetCalls();
  await as('bobby', 'query ($id: ID!) { queue(id: $id) { name } }', { id: idOf('train') });
  // None: that is not believed at once.
  expect(bench.calls()).toEqual(Array.from({ length: 3 }, () => `GET ${v1}/grant?username=bobby&maxKeys=1000`));
});

test('the filter by name finds one queue, for everybody who may see it', async () => {
  const query = '{ queues(source: "prod", filter: { name: "train" }) { nodes { name } } }';
  for (const who of ['boss', 'alice', 'session:alice'])
    expect((await as(who, query)).data).toEqual({ queues: { nodes: [{ name: 'train' }] } });
  expect((await as('alice', '{ queues(source: "prod", filter: { name: "infer" }) { nodes { name } } }')).data).toEqual({
    queues: { nodes: [] },
  });
});
