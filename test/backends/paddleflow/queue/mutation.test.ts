import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { audits } from '../../../../src/db/tables.ts';
import { stepYaml } from '../../../sandbox/paddleflow/bench.ts';
import { eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';
import { base64, startUpstream, upstreamUser } from '../upstream.ts';
import { kubeconfig } from '../../../support/kubeconfig.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.sandbox('prod').control.clearFaults();
  bench.forgetCalls();
});

const v1 = '/api/paddleflow/v1';
const problem = '... on Problem { message } ... on InvalidInputProblem { field }';
const create = `mutation ($input: CreateQueueInput!) { createQueue(input: $input) { __typename ${problem}
  ... on CreateQueuePayload { queue { id name namespace quotaType open cluster { name } schedulingPolicies location { name value }
    minResources { cpu { value } memory { text } } maxResources { cpu { text value } memory { text value } devices { name quantity { value } } } } } } }`;
const update = `mutation ($input: UpdateQueueInput!) { updateQueue(input: $input) { __typename ${problem}
  ... on UpdateQueuePayload { queue { schedulingPolicies location { name value } minResources { cpu { text } } maxResources { cpu { text } memory { text } } } } } }`;
const stop = `mutation ($input: StopQueueInput!) { stopQueue(input: $input) { __typename ${problem} ... on StopQueuePayload { queue { open rawState } } } }`;
const del = `mutation ($input: DeleteQueueInput!) { deleteQueue(input: $input) { __typename ${problem}
  ... on DeleteQueuePayload { deletedId affected { unfinishedRunIds grantedUserNames scheduleIds } } } }`;
const amounts = { cpu: '4', memory: '8Gi' };
const wanted = { source: 'prod', name: 'new', namespace: 'ml', maxResources: amounts };
const as = async (who: string, query: string, input: object) => bench.query(query, { input }, await headersOf(bench, who));
const idOf = (name: string) => toGlobalId('Queue', 'prod', name);
const makeUpstream = async (name: string) =>
  (await upstreamUser(bench.sandbox('prod').url)).post('/queue', {
    name,
    namespace: 'ml',
    clusterName: 'default-cluster',
    maxResources: { cpu: '2', mem: '2Gi' },
  });

test('a queue is made with one call and read back with another', async () => {
  const input = {
    ...wanted,
    name: 'gpus',
    clusterId: toGlobalId('Cluster', 'prod', 'default-cluster'),
    maxResources: { cpu: '2500m', memory: '1000Mi', devices: [{ name: 'nvidia.com/gpu', quantity: '2' }] },
    minResources: { cpu: '1', memory: '1G' },
    location: [{ name: 'rack', value: 'a' }],
    schedulingPolicies: ['priority'],
  };
  const { data, errors } = await as('boss', create, input);
  expect(errors).toBeUndefined();
  expect(data?.createQueue).toEqual({
    __typename: 'CreateQueuePayload',
    queue: {
      id: idOf('gpus'),
      name: 'gpus',
      namespace: 'ml',
      quotaType: 'elasticQuota',
      open: true,
      cluster: { name: 'default-cluster' },
      schedulingPolicies: ['priority'],
      location: expect.arrayContaining([{ name: 'rack', value: 'a' }]),
      minResources: { cpu: { value: 1 }, memory: { text: '1G' } },
      // The server writes 1048576k.
      maxResources: {
        cpu: { text: '2500m', value: 2.5 },
        memory: { text: '1000Mi', value: 1000 * 1024 ** 2 },
        devices: [{ name: 'nvidia.com/gpu', quantity: { value: 2 } }],
      },
    },
  });
  expect(bench.calls()).toEqual([
    `POST ${v1}/queue`,
    `GET ${v1}/queue?name=gpus&maxKeys=1`,
    `GET ${v1}/cluster?clusterNames=default-cluster&maxKeys=1`,
  ]);
});

test.each([
  ['maxResources.cpu', { maxResources: { cpu: 'four', memory: '1Gi' } }],
  ['maxResources.memory', { maxResources: { cpu: '4', memory: '-1Gi' } }],
  ['minResources.memory', { minResources: { cpu: '4', memory: '9Gi' } }],
  ['minResources.cpu', { minResources: { cpu: '4001m', memory: '8G' } }],
  [
    'minResources.devices.1.quantity',
    {
      maxResources: { ...amounts, devices: [{ name: 'nvidia.com/gpu', quantity: '2' }] },
      minResources: {
        ...amounts,
        devices: [
          { name: 'other.io/x', quantity: '9' },
          { name: 'nvidia.com/gpu', quantity: '5' },
        ],
      },
    },
  ],
  ['maxResources.devices.0.quantity', { maxResources: { ...amounts, devices: [{ name: 'gpu', quantity: '' }] } }],
  ['name', { name: 'Upper' }],
  ['name', { name: 'my-login' }],
  ['name', { name: '' }],
  ['namespace', { namespace: 'a_b' }],
  ['quotaType', { quotaType: 'none' }],
  ['schedulingPolicies', { schedulingPolicies: ['priority-'] }],
  ['clusterId', { clusterId: toGlobalId('Cluster', 'lab', 'default-cluster') }],
])('a queue with a mistake in %s is refused before anything is sent', async (field, change) => {
  expect((await as('boss', create, { ...wanted, ...change })).data?.createQueue).toMatchObject({
    __typename: 'InvalidInputProblem',
    field,
  });
  expect(bench.calls()).toEqual([]);
});

test.each([
  ['ConflictProblem', { name: 'train' }],
  ['ConflictProblem', { name: 'default' }],
  ['NotFoundProblem', { clusterId: toGlobalId('Cluster', 'prod', 'nowhere') }],
  ['ConflictProblem', { clusterId: toGlobalId('Cluster', 'prod', 'asleep') }],
  ['InvalidInputProblem', { clusterId: toGlobalId('Cluster', 'prod', 'narrow') }],
  ['NotFoundProblem', { source: 'nope' }],
])('what the backend refuses is a %s: %j', async (__typename, change) => {
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/cluster', {
    clusterName: 'asleep',
    endpoint: 'https://a',
    clusterType: 'K3S',
    credential: kubeconfig,
    status: 'offline',
  });
  await root.post('/cluster', {
    clusterName: 'narrow',
    endpoint: 'https://b',
    clusterType: 'K3S',
    credential: kubeconfig,
    namespaceList: ['other'],
  });
  expect((await as('boss', create, { ...wanted, ...change })).data?.createQueue).toMatchObject({ __typename });
});

test.each([
  ['UpstreamRejectedProblem', { code: 'QueueResourceNotMatch', status: 400 }],
  ['InvalidInputProblem', { code: 'InvalidComputeResource', status: 500 }],
  ['UnconfirmedProblem', { code: '', status: 500 }],
])('a %s is made of %j', async (__typename, answer) => {
  bench.sandbox('prod').control.orderFault({ kind: 'status', method: 'POST', path: '/queue$', times: 1, ...answer });
  expect((await as('boss', create, { ...wanted, name: 'never' })).data?.createQueue).toMatchObject({ __typename });
});

test('a queue that was made and cannot be read back is not called a failure', async () => {
  bench.sandbox('prod').control.orderFault({ kind: 'empty-list', method: 'GET', path: '/queue', times: 3 });
  expect((await as('boss', create, { ...wanted, name: 'unseen' })).data?.createQueue).toMatchObject({ __typename: 'UnconfirmedProblem' });
});

test('limits change, policies are added and removed, what is left out stays', async () => {
  await makeUpstream('changing');
  const id = idOf('changing');
  await as('boss', update, { id, addSchedulingPolicies: ['a', 'b'] });
  const { data } = await as('boss', update, {
    id,
    maxResources: { cpu: '8', memory: '16Gi' },
    addSchedulingPolicies: ['c'],
    removeSchedulingPolicies: ['a'],
    location: [{ name: 'rack', value: 'b' }],
  });
  expect(data?.updateQueue).toMatchObject({
    queue: {
      schedulingPolicies: ['b', 'c'],
      minResources: { cpu: { text: '0' } },
      maxResources: { cpu: { text: '8' }, memory: { text: '16Gi' } },
    },
  });
  const read = `GET ${v1}/queue?name=changing&maxKeys=1`;
  expect(bench.calls()).toEqual([`PUT ${v1}/queue/changing`, read, `PUT ${v1}/queue/changing`, read]);
});

test('the last policy of a queue can be replaced, and not taken away: that would be answered and not stored', async () => {
  await makeUpstream('last');
  const id = idOf('last');
  await as('boss', update, { id, addSchedulingPolicies: ['a', 'b'] });
  bench.forgetCalls();
  const { data } = await as('boss', update, { id, removeSchedulingPolicies: ['b', 'a'], maxResources: { cpu: '9', memory: '9Gi' } });
  expect(data?.updateQueue).toMatchObject({ __typename: 'InvalidInputProblem', field: 'removeSchedulingPolicies' });
  expect(bench.calls()).toEqual([`GET ${v1}/queue?name=last&maxKeys=1`]);
  const replaced = await as('boss', update, { id, addSchedulingPolicies: ['c'], removeSchedulingPolicies: ['a', 'b'] });
  expect(replaced.data?.updateQueue).toMatchObject({ queue: { schedulingPolicies: ['c'] } });
  const [{ body }] = [await (await upstreamUser(bench.sandbox('prod').url)).get('/queue/last')];
  expect(body['schedulingPolicy']).toEqual(['c']);
});

test.each([
  ['1e1', '1e9', { cpu: { text: '10', value: 10 }, memory: { text: '1G', value: 1e9 } }],
  ['1u', '2P', { cpu: { text: '1m', value: 0.001 }, memory: { text: '2P', value: 2e15 } }], // the server rounds up
  ['1.5', '.5Ti', { cpu: { text: '1500m', value: 1.5 }, memory: { text: '512Gi', value: 512 * 1024 ** 3 } }],
])('every notation of Kubernetes is taken, and comes to the same: %s cores, %s bytes', async (cpu, memory, shown) => {
  const name = `as-${cpu.replace('.', '-')}`;
  expect((await as('boss', create, { ...wanted, name, maxResources: { cpu, memory } })).data?.createQueue).toMatchObject({
    queue: { maxResources: shown },
  });
  expect(bench.calls()).toHaveLength(3);
});

test('a policy that is to be added and removed at once is refused, and nothing is sent', async () => {
  const { data } = await as('boss', update, {
    id: idOf('train'),
    addSchedulingPolicies: ['a', 'b'],
    removeSchedulingPolicies: ['c', 'b'],
  });
  expect(data?.updateQueue).toEqual({
    __typename: 'InvalidInputProblem',
    field: 'removeSchedulingPolicies',
    message: 'holds b, which is to be added as well',
  });
  expect(bench.calls()).toEqual([]);
});

test.each([
  ['minResources', { minResources: { cpu: '9', memory: '1Gi' } }],
  ['maxResources', { maxResources: { cpu: '1', memory: '1Gi' } }],
])('what the backend dislikes is in %s when nothing else was sent', async (field, change) => {
  await makeUpstream('limited');
  const id = idOf('limited');
  await as('boss', update, { id, minResources: { cpu: '2', memory: '2Gi' } });
  bench.forgetCalls();
  const { data } = await as('boss', update, { id, ...change });
  expect(data?.updateQueue).toMatchObject({ __typename: 'InvalidInputProblem', field });
  expect(bench.calls()).toEqual([`PUT ${v1}/queue/limited`]);
});

test.each([
  ['NotFoundProblem', { id: idOf('gone') }],
  ['InvalidInputProblem', { id: idOf('train'), minResources: { cpu: '100', memory: '1Gi' } }],
  ['InvalidInputProblem', { id: idOf('train'), removeSchedulingPolicies: ['a-'] }],
])('updateQueue answers a %s to %j', async (__typename, input) => {
  expect((await as('boss', update, input)).data?.updateQueue).toMatchObject({ __typename });
});

test('a queue is deleted, and nothing but the dry run says what hangs on it', async () => {
  await makeUpstream('leaving');
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/grant', { userName: 'alice', resourceType: 'queue', resourceID: 'leaving' });
  const id = idOf('leaving');
  const asked = await as('boss', del, { id, dryRun: true });
  const none = { unfinishedRunIds: [], scheduleIds: [] };
  expect(asked.data?.deleteQueue).toEqual({
    __typename: 'DeleteQueuePayload',
    deletedId: null,
    affected: { ...none, grantedUserNames: ['alice'] },
  });
  expect(bench.calls()).toEqual([
    `GET ${v1}/queue?name=leaving&maxKeys=1`,
    // An empty list is not believed at once.
    ...Array.from({ length: 3 }, () => `GET ${v1}/schedule?statusFilter=running&maxKeys=1000`),
    `GET ${v1}/grant?maxKeys=1000`,
  ]);
  bench.forgetCalls();
  expect((await as('boss', del, { id })).data?.deleteQueue).toEqual({
    __typename: 'DeleteQueuePayload',
    deletedId: id,
    affected: null,
  });
  expect(bench.calls()).toEqual([`DELETE ${v1}/queue/leaving`]);
  expect((await as('boss', del, { id })).data?.deleteQueue).toMatchObject({ __typename: 'NotFoundProblem' });
  expect((await as('boss', del, { id, dryRun: true })).data?.deleteQueue).toMatchObject({ __typename: 'NotFoundProblem' });
  expect((await as('boss', del, { id, ignoreMissing: true })).data?.deleteQueue).toMatchObject({ deletedId: id });
  expect((await as('boss', del, { id, ignoreMissing: true, dryRun: true })).data?.deleteQueue).toMatchObject({
    affected: { grantedUserNames: [] },
  });
});

test('a queue with unfinished work stays, and the dry run names the runs', async () => {
  await makeUpstream('busy');
  const yaml = stepYaml(60).replace('    command:', '    env: {PF_JOB_QUEUE_NAME: busy}\n    command:');
  const runId = await startUpstream(bench, yaml);
  bench.sandbox('prod').control.advance(5000);
  const affected = await eventually(async () => {
    const { data } = await as('boss', del, { id: idOf('busy'), dryRun: true });
    const runs = data?.deleteQueue?.affected?.unfinishedRunIds;
    return JSON.stringify(runs) === '[]' ? undefined : runs;
  });
  expect(affected).toEqual([toGlobalId('Run', 'prod', runId)]);
  expect((await as('boss', del, { id: idOf('busy') })).data?.deleteQueue).toMatchObject({ __typename: 'ConflictProblem' });
});

test('the dry run names the running schedules whose steps wait in the queue, and asks once for a version that was never seen', async () => {
  await makeUpstream('nightly');
  const root = await upstreamUser(bench.sandbox('prod').url);
  const scheduled = async (name: string, queue: string) => {
    const inside = `{inner: {command: echo, env: {PF_JOB_QUEUE_NAME: ${queue}}}}`;
    const yaml = `name: ${name}\ndocker_env: busybox\nentry_points: {outer: {entry_points: ${inside}}}\n`;
    const { pipelineID, pipelineVersionID } = (await root.post('/pipeline', { yamlRaw: base64(yaml) })).body;
    const { body } = await root.post('/schedule', { name, pipelineID, pipelineVersionID, crontab: '0 2 * * *' });
    return { pipelineID, id: String(body['scheduleID']) };
  };
  const stopped = await scheduled('stopped', 'nightly');
  await root.call('PUT', `/schedule/${stopped.id}`);
  const elsewhere = await scheduled('elsewhere', 'train');
  const there = await scheduled('there', 'nightly');
  const dryRun = { id: idOf('nightly'), dryRun: true };
  const told = { data: { deleteQueue: { affected: { scheduleIds: [toGlobalId('Schedule', 'prod', there.id)] } } } };
  expect(await as('boss', del, dryRun)).toMatchObject(told);
  const lists = [`GET ${v1}/queue?name=nightly&maxKeys=1`, `GET ${v1}/schedule?statusFilter=running&maxKeys=1000`];
  const versions = [elsewhere, there].map(({ pipelineID }) => `GET ${v1}/pipeline/${String(pipelineID)}?maxKeys=1000`);
  expect(bench.calls().toSorted()).toEqual([...lists, ...versions, `GET ${v1}/grant?maxKeys=1000`].toSorted());
  bench.forgetCalls();
  expect(await as('boss', del, dryRun)).toMatchObject(told);
  expect(bench.calls()).toEqual([...lists, `GET ${v1}/grant?maxKeys=1000`]);
});

test('stopQueue says that servers of today cannot do it, and changes nothing there', async () => {
  const { data } = await as('boss', stop, { id: idOf('train') });
  expect(data?.stopQueue).toMatchObject({ __typename: 'NotSupportedProblem', message: expect.stringContaining('prod') });
  expect(bench.calls()).toEqual([`PUT ${v1}/queue/train?action=close`]);
  const { data: after } = await bench.query(
    'query ($id: ID!) { queue(id: $id) { open } }',
    { id: idOf('train') },
    await headersOf(bench, 'boss'),
  );
  expect(after).toEqual({ queue: { open: true } });
});

test('stopQueue stops a queue of an old server, which can change none and deletes only what is closed', async () => {
  await using old = await startBench({ sandboxes: { old: { version: 'v0.13' } } });
  const id = toGlobalId('Queue', 'old', 'default-queue');
  const ask = async (query: string, input: object) => (await old.query(query, { input })).data;
  expect(await ask(update, { id, addSchedulingPolicies: ['a'] })).toMatchObject({ updateQueue: { __typename: 'NotSupportedProblem' } });
  expect(await ask(del, { id })).toMatchObject({ deleteQueue: { __typename: 'ConflictProblem' } });
  expect(await ask(stop, { id })).toMatchObject({ stopQueue: { queue: { open: false, rawState: 'closing' } } });
  expect(await ask(stop, { id: toGlobalId('Queue', 'old', 'gone') })).toMatchObject({ stopQueue: { __typename: 'NotFoundProblem' } });
  old.control.advance(2000);
  expect(await ask(del, { id })).toMatchObject({ deleteQueue: { deletedId: id } });
});

test('who did what is written down, without dry runs', async () => {
  await as('alice', create, { ...wanted, name: 'mine' });
  const rows = await bench.gateways[0]?.db.select().from(audits);
  const seen = rows?.map(({ viewer, action, target, outcome }) => `${viewer} ${action} ${target} ${outcome}`);
  expect(seen).toContain('boss createQueue prod:gpus done');
  expect(seen).toContain('boss deleteQueue prod:busy ConflictProblem');
  expect(seen?.some((row) => row.includes('alice createQueue prod:mine ForbiddenProblem'))).toBe(true);
  expect(seen?.filter((row) => row.startsWith('boss deleteQueue prod:leaving'))).toHaveLength(3);
});

test('a name with a NUL is refused like any other that cannot be one', async () => {
  const created = await as('boss', create, { ...wanted, name: 'a\0b' });
  expect(created.data?.createQueue?.__typename).toBe('InvalidInputProblem');
  const deleted = await as('boss', del, { id: toGlobalId('Queue', 'prod', 'a\0b') });
  expect(deleted.data?.deleteQueue?.__typename).toBe('InvalidInputProblem');
  expect(bench.errors).toEqual([]);
});
