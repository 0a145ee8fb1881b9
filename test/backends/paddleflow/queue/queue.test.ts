import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { as, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { base64, upstreamUser } from '../upstream.ts';
import { kubeconfig } from '../../../support/kubeconfig.ts';

let bench: Bench;
const secret = base64('apiVersion: v1\nkind: Config\nusers: [{token: very-secret}]\n');
beforeAll(async () => {
  bench = await startBench({ tokens: { boss: { role: 'operator' }, alice: { role: 'viewer' } } });
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/cluster', {
    clusterName: 'gpu-a',
    endpoint: 'https://10.1.0.1:6443',
    clusterType: 'Kubernetes',
    version: '1.20',
    credential: secret,
  });
  await root.post('/cluster', {
    clusterName: 'edge',
    endpoint: 'https://10.2.0.1:6443',
    clusterType: 'K3S',
    credential: kubeconfig,
    status: 'offline',
  });
  const gpus = { 'nvidia.com/gpu': '8' };
  await root.post('/queue', {
    name: 'train',
    namespace: 'ml',
    clusterName: 'gpu-a',
    maxResources: { cpu: '20', mem: '20Gi', scalarResources: gpus },
  });
  for (const name of ['q3', 'q4', 'q5']) {
    await root.post('/queue', { name, namespace: 'ml', clusterName: 'default-cluster', maxResources: { cpu: '500m', mem: '1000000' } });
  }
  bench.control.setQueueStatus('q4', 'closed');
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const ask = (query: string, variables: Record<string, unknown> = {}) => bench.query(query, variables, as('boss'));
const v1 = 'GET /api/paddleflow/v1';

test('a queue shows its limits, its state and its cluster', async () => {
  const { data, errors } = await ask(
    `query ($id: ID!) { queue(id: $id) {
    name sourceName namespace open rawState quotaType minResources { ...Amounts } maxResources { ...Amounts } schedulingPolicies registeredAt
    cluster { name online type version namespaces endpoint } } }
    fragment Amounts on Resources { cpu { text value } memory { text value } devices { name quantity { text value } } }`,
    { id: toGlobalId('Queue', 'prod', 'train') },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    queue: {
      name: 'train',
      sourceName: 'prod',
      namespace: 'ml',
      open: true,
      rawState: 'open',
      quotaType: 'elasticQuota',
      schedulingPolicies: [],
      minResources: {
        cpu: {
          text: '0',
          value: 0,
        },
        memory: {
          text: '0',
          value: 0,
        },
        devices: [],
      },
      maxResources: {
        cpu: {
          text: '20',
          value: 20,
        },
        memory: {
          text: '20Gi',
          value: 20 * 1024 ** 3,
        },
        devices: [
          {
            name: 'nvidia.com/gpu',
            quantity: {
              text: '8',
              value: 8,
            },
          },
        ],
      },
      registeredAt: '2024-03-05T02:00:00.000Z',
      cluster: {
        name: 'gpu-a',
        online: true,
        type: 'Kubernetes',
        version: '1.20',
        namespaces: [],
        endpoint: 'https://10.1.0.1:6443',
      },
    },
  });
  expect(bench.calls()).toEqual([`${v1}/queue?maxKeys=1000`, `${v1}/cluster?clusterNames=gpu-a&maxKeys=1`]);
});

test('queues are paged with markers, and the last page says that it is the last', async () => {
  const query = `query ($after: Cursor) { queues(source: "prod", first: 2, after: $after) { nodes { name open cluster { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
  const pages: unknown[] = [];
  const calls: string[][] = [];
  for (let after: unknown = null, more = true; more;) {
    bench.forgetCalls();
    const { data } = await ask(query, { after });
    const page = data?.queues;
    pages.push([
      page?.nodes?.map(({ name, open, cluster }) => `${name} ${open} ${cluster?.name}`),
      page?.pageInfo?.hasNextPage,
      page?.pageInfo?.hasPreviousPage,
    ]);
    calls.push(bench.calls());
    after = page?.pageInfo?.endCursor;
    more = page?.pageInfo?.hasNextPage as unknown as boolean; // compared below
  }
  expect(pages).toEqual([
    [['default-queue true default-cluster', 'train true gpu-a'], true, false],
    [['q3 true default-cluster', 'q4 false default-cluster'], true, true],
    [['q5 true default-cluster'], false, true],
  ]);
  expect(calls.map((made) => made.filter((call) => call.includes('/cluster')).length)).toEqual([1, 1, 1]);
  expect(calls.map((made) => made.filter((call) => call.includes('/queue')).length)).toEqual([1, 1, 1]);
});

test('without a look at hasNextPage a page is exactly one call of its size, and goes on behind it', async () => {
  const query = 'query ($after: Cursor) { queues(source: "prod", first: 2, after: $after) { edges { cursor node { name } } } }';
  const first = await ask(query);
  expect(bench.calls()).toEqual([`${v1}/queue?maxKeys=2`]);
  const names = (answer: typeof first) => answer.data?.queues?.edges?.map(({ node }) => node?.name);
  expect(names(first)).toEqual(['default-queue', 'train']);
  const from = (index: number) => ({ after: first.data?.queues?.edges?.[index]?.cursor });
  expect(names(await ask(query, from(1)))).toEqual(['q3', 'q4']);
  expect(names(await ask(query, from(0)))).toEqual(['train', 'q3']);
});

test('where the upstream promises more than it has, hasNextPage tells the truth', async () => {
  // The flag ignores what the account may see (contract 3.1): a page that is said to be followed by another one may be the last.
  bench.control.orderFault({
    kind: 'status',
    status: 200,
    times: 1,
    path: '/queue',
    body: JSON.stringify({
      maxKeys: 3,
      isTruncated: true,
      nextMarker: 'a'.repeat(32),
      queueList: [{ name: 'only', status: 'open', maxResources: null, minResources: null }],
    }),
  });
  bench.control.orderFault({
    kind: 'status',
    status: 200,
    times: 1,
    path: '/queue',
    body: '{"maxKeys": 2, "isTruncated": false, "queueList": []}',
  });
  const { data, errors } = await ask(
    '{ queues(source: "prod", first: 2) { nodes { name maxResources { cpu { text } } cluster { name } registeredAt } pageInfo { hasNextPage } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    queues: { nodes: [{ name: 'only', maxResources: null, cluster: null, registeredAt: null }], pageInfo: { hasNextPage: false } },
  });
  expect(bench.calls()).toEqual([`${v1}/queue?maxKeys=3`, `${v1}/queue?maxKeys=2&marker=${'a'.repeat(32)}`]);
});

test('clusters are listed without their credential, and an empty list is null upstream', async () => {
  const { data } = await ask('{ clusters(source: "prod") { nodes { name online rawState type description } pageInfo { hasNextPage } } }');
  expect(data?.clusters?.nodes).toMatchObject([
    { name: 'default-cluster' },
    { name: 'gpu-a', online: true },
    { name: 'edge', online: false, rawState: 'offline', type: 'K3S' },
  ]);
  bench.control.orderFault({ kind: 'empty-list', path: '/cluster', times: 1 });
  expect((await ask('{ clusters(source: "prod") { nodes { name } } }')).data).toEqual({ clusters: { nodes: [] } });
});

test.each([
  ['queues', { last: 1 }],
  ['queues', { before: 'x' }],
  ['queues', { first: -1 }],
  ['queues', { first: 1001 }],
  ['queues', { after: 'garbage' }],
  ['queues', { after: Buffer.from(JSON.stringify(['clusters:prod', '', 1])).toString('base64url') }],
  ['queues', { after: Buffer.from(JSON.stringify(['queues:lab', '', 1])).toString('base64url') }],
  ['queues', { after: Buffer.from(JSON.stringify(['queues:prod', 'abc', 1])).toString('base64url') }],
  ['queues', { after: Buffer.from(JSON.stringify(['queues:prod', 'f'.repeat(32), 0])).toString('base64url') }],
  ['clusters', { after: Buffer.from(JSON.stringify(['queues:prod', '', 1])).toString('base64url') }],
  ['pipelines', { after: Buffer.from(JSON.stringify(['runs', 0, 'prod', 1])).toString('base64url') }],
  ['pipelines', { first: 2000 }],
])('%s with %j is the fault of who asks', async (list, variables) => {
  const query = `query ($first: Int, $last: Int, $after: Cursor, $before: Cursor) {
    ${list}(source: "prod", first: $first, last: $last, after: $after, before: $before) { nodes { id } } viewer { name } }`;
  const { data, errors } = await ask(query, variables);
  expect(errors).toMatchObject([{ path: [list], extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(data).toEqual({ [list]: null, viewer: { name: 'boss' } });
});

test.each(['queues', 'clusters', 'pipelines'])('%s of a source that is not configured are refused, and the others named', async (list) => {
  const { errors } = await ask(`{ ${list}(source: "nope") { nodes { id } } }`);
  expect(errors).toMatchObject([{ message: expect.stringContaining('prod'), extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('neither a token nor a password nor a credential has been told or logged', async () => {
  const told = JSON.stringify([
    await ask('{ clusters(source: "prod") { nodes { id name endpoint description version } } sources { name } }'),
    bench.errors.map((error) => (error instanceof Error ? [error.message, error.stack, { ...error }] : error)),
  ]);
  expect(told).not.toContain(secret);
  expect(told).not.toContain('very-secret');
  expect(told).not.toContain('paddleflow"');
  expect(bench.errors).toEqual([]);
});
