import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { audits } from '../../../../src/db/tables.ts';
import { toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';
import { base64, upstreamUser } from '../upstream.ts';
import { kubeconfig as credential } from '../../../support/kubeconfig.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/cluster', {
    clusterName: 'gpu-a',
    endpoint: 'https://a',
    clusterType: 'Kubernetes',
    version: '1.20',
    namespaceList: ['ml', 'x'],
  });
  await root.post('/cluster', {
    clusterName: 'asleep',
    endpoint: 'https://b',
    clusterType: 'K3S',
    credential,
    status: 'offline',
  });
  await root.post('/queue', { name: 'on-a', namespace: 'ml', clusterName: 'gpu-a', maxResources: { cpu: '4', mem: '4Gi' } });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  for (const name of ['prod', 'lab']) bench.sandbox(name).control.clearFaults();
  bench.forgetCalls();
});

const v1 = '/api/paddleflow/v1';
const kubeconfig = 'apiVersion: v1\nkind: Config\nusers: [{token: very-secret-token}]\n';
const problem = '... on Problem { message } ... on InvalidInputProblem { field }';
const fields = 'name endpoint type version provider online description setting namespaces';
const create = `mutation ($input: CreateClusterInput!) { createCluster(input: $input) { __typename ${problem} ... on CreateClusterPayload { cluster { ${fields} } } } }`;
const update = `mutation ($input: UpdateClusterInput!) { updateCluster(input: $input) { __typename ${problem} ... on UpdateClusterPayload { cluster { ${fields} } } } }`;
const del = `mutation ($input: DeleteClusterInput!) { deleteCluster(input: $input) { __typename ${problem}
  ... on DeleteClusterPayload { deletedId affected { queueIds grantedUserNames unfinishedRunIds scheduleIds } } } }`;
const as = async (who: string, query: string, variables: Record<string, unknown> = {}) =>
  bench.query(query, variables, await headersOf(bench, who));
const write = (who: string, query: string, input: object) => as(who, query, { input });
const idOf = (name: string, source = 'prod') => toGlobalId('Cluster', source, name);
const wanted = { source: 'prod', name: 'new', endpoint: 'https://10.0.0.1:6443', version: '1.24' };

test('a cluster is registered once its name is known to be free, and shown as it was stored; its credential goes in and never comes out', async () => {
  const input = {
    ...wanted,
    name: 'gpu-b',
    credential: kubeconfig,
    description: 'fast',
    namespaces: ['ml'],
    provider: 'Cloud',
    online: false,
  };
  const { data } = await write('boss', create, input);
  expect(data?.createCluster).toEqual({
    __typename: 'CreateClusterPayload',
    cluster: {
      name: 'gpu-b',
      endpoint: 'https://10.0.0.1:6443',
      type: 'Kubernetes',
      version: '1.24',
      provider: 'Cloud',
      online: false,
      description: 'fast',
      setting: '',
      namespaces: ['ml'],
    },
  });
  const look = `GET ${v1}/cluster?clusterNames=gpu-b&maxKeys=1000`;
  expect(bench.calls()).toEqual([look, look, look, `POST ${v1}/cluster`, look]); // an empty list is not believed at once;
  const [{ body }] = [await (await upstreamUser(bench.sandbox('prod').url)).get('/cluster/gpu-b')];
  expect(Buffer.from(String(body['credential']), 'base64').toString()).toBe(kubeconfig);
});

test.each([
  ['name', { name: 'x' }],
  ['name', { name: 'resource' }],
  ['name', { name: 'big-login' }],
  ['endpoint', { endpoint: '' }],
  ['type', { type: 'Local' }],
  ['version', { version: null }],
  ['namespaces', { namespaces: ['A'] }],
])('a cluster with a mistake in %s is refused before anything is sent', async (field, change) => {
  const { data } = await write('boss', create, { ...wanted, ...change });
  expect(data?.createCluster).toMatchObject({ __typename: 'InvalidInputProblem', field });
  expect(bench.calls()).toEqual([]);
});

test.each([
  ['ConflictProblem', { name: 'gpu-a' }, undefined],
  ['InvalidInputProblem', { credential: 'no kubeconfig of very-secret-token' }, 'credential'],
  ['NotFoundProblem', { source: 'nope' }, undefined],
])('what the backend refuses is a %s: %j', async (__typename, change, field) => {
  const { data } = await write('boss', create, { ...wanted, ...change });
  expect(data?.createCluster).toMatchObject({ __typename, ...(field && { field }) });
  expect(JSON.stringify(data)).not.toContain('very-secret');
});

test('a name that is taken is not sent: some servers would make a second cluster of it', async () => {
  const { data } = await write('boss', create, { ...wanted, name: 'gpu-a' });
  expect(data?.createCluster).toMatchObject({ __typename: 'ConflictProblem' });
  expect(bench.calls()).toEqual([`GET ${v1}/cluster?clusterNames=gpu-a&maxKeys=1000`]);
});

test('an internal error that made no cluster is a rejection, one without any answer is not confirmed', async () => {
  const { control } = bench.sandbox('prod');
  control.orderFault({ kind: 'status', status: 500, code: 'InternalError', method: 'POST', path: '/cluster$', times: 1 });
  expect((await write('boss', create, wanted)).data?.createCluster).toMatchObject({ __typename: 'UpstreamRejectedProblem' });
  control.orderFault({ kind: 'cut', method: 'POST', path: '/cluster$', times: 1 });
  expect((await write('boss', create, wanted)).data?.createCluster).toMatchObject({ __typename: 'UnconfirmedProblem' });
});

test('a change leaves alone what it does not name', async () => {
  const { data } = await write('boss', update, { id: idOf('gpu-a'), description: 'first', online: true, credential: kubeconfig });
  expect(data?.updateCluster).toMatchObject({
    cluster: { name: 'gpu-a', endpoint: 'https://a', description: 'first', namespaces: ['ml', 'x'] },
  });
  expect(bench.calls()).toEqual([`PUT ${v1}/cluster/gpu-a`, `GET ${v1}/cluster?clusterNames=gpu-a&maxKeys=1000`]);
});

test.each([
  ['NotFoundProblem', { id: idOf('gone'), description: 'x' }, null],
  ['InvalidInputProblem', { id: idOf('gpu-a'), description: '' }, 'description'],
  ['InvalidInputProblem', { id: idOf('gpu-a'), type: 'Kubernetes' }, 'version'],
  ['InvalidInputProblem', { id: idOf('gpu-a'), type: 'Local' }, 'type'],
  ['InvalidInputProblem', { id: idOf('gpu-a'), namespaces: ['x'] }, null], // a queue uses ml
  ['InvalidInputProblem', { id: idOf('gpu-a'), credential: 'garbage' }, null],
  ['InvalidInputProblem', { id: idOf('gpu-a'), namespaces: [] }, 'namespaces'], // answered with a 200, and kept
  ['InvalidInputProblem', { id: idOf('gpu-a'), namespaces: ['Bad_NS'] }, 'namespaces'], // stored as it is
])('updateCluster answers a %s to %j', async (__typename, input, field) => {
  const { data } = await write('boss', update, input);
  expect(data?.updateCluster).toMatchObject({ __typename, ...(__typename === 'InvalidInputProblem' && { field }) });
});

test('what would go with a cluster is told first, then it goes', async () => {
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/cluster', { clusterName: 'leaving', endpoint: 'https://l', clusterType: 'K3S', credential });
  await root.post('/queue', { name: 'on-it', namespace: 'ml', clusterName: 'leaving', maxResources: { cpu: '1', mem: '1Gi' } });
  await root.post('/grant', { userName: 'bobby', resourceType: 'queue', resourceID: 'on-it' });
  const yaml = 'name: weekly\ndocker_env: busybox\nentry_points: {main: {command: echo, env: {PF_JOB_QUEUE_NAME: on-it}}}\n';
  const { pipelineID, pipelineVersionID } = (await root.post('/pipeline', { yamlRaw: base64(yaml) })).body;
  const schedule = await root.post('/schedule', { name: 'weekly', pipelineID, pipelineVersionID, crontab: '0 2 * * 0' });
  const scheduleId = toGlobalId('Schedule', 'prod', String(schedule.body['scheduleID']));
  const id = idOf('leaving');
  const queueId = toGlobalId('Queue', 'prod', 'on-it');
  expect((await write('boss', del, { id, dryRun: true })).data?.deleteCluster).toEqual({
    __typename: 'DeleteClusterPayload',
    deletedId: null,
    affected: { queueIds: [queueId], grantedUserNames: ['bobby'], unfinishedRunIds: [], scheduleIds: [scheduleId] },
  });
  expect(bench.calls()).toEqual([
    `GET ${v1}/cluster?clusterNames=leaving&maxKeys=1`,
    `GET ${v1}/queue?maxKeys=1000`,
    `GET ${v1}/schedule?statusFilter=running&maxKeys=1000`,
    `GET ${v1}/pipeline/${String(pipelineID)}?maxKeys=1000`,
    `GET ${v1}/grant?maxKeys=1000`,
  ]);
  bench.forgetCalls();
  expect((await write('boss', del, { id })).data?.deleteCluster).toMatchObject({ deletedId: id, affected: null });
  expect(bench.calls()).toEqual([`DELETE ${v1}/cluster/leaving`]);
  expect((await as('boss', 'query ($id: ID!) { queue(id: $id) { name } }', { id: queueId })).data).toEqual({ queue: null });
  expect((await write('boss', del, { id })).data?.deleteCluster).toMatchObject({ __typename: 'NotFoundProblem' });
  expect((await write('boss', del, { id, dryRun: true })).data?.deleteCluster).toMatchObject({ __typename: 'NotFoundProblem' });
  expect((await write('boss', del, { id, ignoreMissing: true })).data?.deleteCluster).toMatchObject({ deletedId: id });
});

test('a cluster whose queue has work stays', async () => {
  bench
    .sandbox('prod')
    .control.orderFault({ kind: 'status', status: 400, code: 'QueueIsInUse', method: 'DELETE', path: '/cluster', times: 1 });
  expect((await write('boss', del, { id: idOf('gpu-a') })).data?.deleteCluster).toMatchObject({ __typename: 'ConflictProblem' });
});

test.each(['alice', 'session:alice'])('%s is shown no cluster', async (who) => {
  const { data, errors } = await as(who, '{ clusters(source: "prod") { nodes { name } } viewer { name } }');
  expect(data).toEqual({ clusters: null, viewer: { name: 'alice' } });
  expect(errors).toMatchObject([{ path: ['clusters'], extensions: { code: 'FORBIDDEN' } }]);
  expect(await as(who, 'query ($id: ID!) { cluster(id: $id) { name } node(id: $id) { id } }', { id: idOf('gpu-a') })).toEqual({
    data: { cluster: null, node: null },
  });
  expect((await as(who, '{ queues(source: "prod") { nodes { cluster { name } } } }')).data).toEqual({
    queues: { nodes: [{ cluster: null }] },
  });
});

const usage = `resources { gap observedAt total { cpu { value } memory { text } devices { name quantity { value } } } remaining { cpu { value } }
  nodes { name schedulable total { cpu { value } } remaining { memory { value } } } }`;

test('the resources of all clusters of a page cost one call, which is kept for those who ask next', async () => {
  const { data, errors } = await as('ops', `{ clusters(source: "prod") { nodes { name ${usage} } } }`);
  expect(errors).toBeUndefined();
  const nodes = data?.clusters?.nodes as unknown as { name: string; resources: unknown }[]; // looked into below
  expect(nodes.find(({ name }) => name === 'gpu-a')?.resources).toEqual({
    gap: null,
    observedAt: expect.any(String),
    total: { cpu: { value: 64 }, memory: { text: '256Gi' }, devices: [{ name: 'nvidia.com/gpu', quantity: { value: 16 } }] },
    remaining: { cpu: { value: 64 } },
    nodes: [1, 2].map((number) => ({
      name: `gpu-a-node-${number}`,
      schedulable: true,
      total: { cpu: { value: 32 } },
      remaining: { memory: { value: 128 * 1024 ** 3 } },
    })),
  });
  expect(nodes.find(({ name }) => name === 'asleep')?.resources).toMatchObject({
    gap: 'OFFLINE',
    total: null,
    remaining: null,
    nodes: null,
  });
  expect(bench.calls()).toEqual([`GET ${v1}/cluster?maxKeys=20`, `GET ${v1}/cluster/resource?clusterNames=default-cluster%2Cgpu-a`]);
  bench.forgetCalls();
  const query = `query ($a: ID!, $b: ID!) { a: cluster(id: $a) { ${usage} } b: cluster(id: $b) { ${usage} } }`;
  const again = await as('boss', query, { a: idOf('gpu-a'), b: idOf('default-cluster') });
  expect(again.data?.a?.resources?.total?.cpu?.value).toBe(64);
  expect(bench.calls().filter((call) => call.includes('/resource'))).toEqual([]);
});

const answering = async (body: object | undefined, status = 200) => {
  // Each write ends what is kept.
  await write('boss', update, { id: idOf('default-cluster', 'lab'), description: 'again' });
  const { control } = bench.sandbox('lab');
  control.orderFault({
    kind: 'status',
    status,
    path: '/cluster/resource',
    ...(body ? { body: JSON.stringify(body) } : { code: '', message: 'no cluster' }),
  });
  const answer = await as('ops', '{ clusters(source: "lab") { nodes { name resources { gap total { cpu { text } } nodes { name } } } } }');
  return answer;
};
const zero = { cpu: '0', memory: '0' };
test.each([
  ['NO_CLIENT', { 'default-cluster': { nodeList: null, summary: null, errMsg: 'bad credential very-secret-token' } }, 200],
  ['LEFT_OUT', {}, 200],
  ['NO_NODES', { 'default-cluster': { nodeList: [], summary: { total: zero, idle: zero }, errMsg: '' } }, 200],
  ['NONE_READ', undefined, 500],
])('silence about a cluster becomes null, with %s as its reason', async (gap, body, status) => {
  const { data, errors } = await answering(body, status);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ clusters: { nodes: [{ name: 'default-cluster', resources: { gap, total: null, nodes: null } }] } });
});

test('while a backend cannot be asked, resources are null with an error and the clusters stay', async () => {
  await write('boss', update, { id: idOf('default-cluster', 'lab'), description: 'again' });
  bench.sandbox('lab').control.orderFault({ kind: 'garbage', path: '/cluster/resource' });
  const { data, errors } = await as('ops', '{ clusters(source: "lab") { nodes { name resources { gap } } } }');
  expect(data).toEqual({ clusters: { nodes: [{ name: 'default-cluster', resources: null }] } });
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'lab', fault: 'garbage' } }]);
});

test('no credential is in an answer, an error, a log or the audit', async () => {
  const told = JSON.stringify([
    await as('boss', '{ clusters(source: "prod") { nodes { id name endpoint description setting provider } } }'),
    bench.errors.map((error) => (error instanceof Error ? [error.message, error.stack, { ...error }] : error)),
    await bench.gateways[0]?.db.select().from(audits),
  ]);
  expect(told).not.toContain('very-secret');
  expect(told).not.toContain(Buffer.from(kubeconfig).toString('base64').slice(0, 40));
  expect(bench.errors).toEqual([]);
});
