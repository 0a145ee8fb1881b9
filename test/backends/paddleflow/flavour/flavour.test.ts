import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';
import { upstreamUser } from '../upstream.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/flavour', {
    name: 'bound',
    clusterName: 'default-cluster',
    cpu: '2',
    mem: '2000Mi',
    scalarResources: { 'a.io/x': '1' },
  });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.sandbox('prod').control.clearFaults();
  bench.forgetCalls();
});

const v1 = '/api/paddleflow/v1';
const problem = '... on Problem { message } ... on InvalidInputProblem { field }';
const sizes = 'name size { cpu { text value } memory { text value } devices { name quantity { text } } }';
const create = `mutation ($input: CreateFlavourInput!) { createFlavour(input: $input) { __typename ${problem} ... on CreateFlavourPayload { flavour { ${sizes} } } } }`;
const update = `mutation ($input: UpdateFlavourInput!) { updateFlavour(input: $input) { __typename ${problem} ... on UpdateFlavourPayload { flavour { ${sizes} } } } }`;
const del = `mutation ($input: DeleteFlavourInput!) { deleteFlavour(input: $input) { __typename ${problem} ... on DeleteFlavourPayload { deletedId } } }`;
const list = `query ($clusterId: ID, $name: String, $first: Int, $after: Cursor) {
  flavours(source: "prod", filter: { clusterId: $clusterId, nameContains: $name }, first: $first, after: $after) {
  nodes { name } pageInfo { hasNextPage endCursor } } }`;
const as = async (who: string, query: string, variables: Record<string, unknown> = {}) =>
  bench.query(query, variables, await headersOf(bench, who));
const write = (who: string, query: string, input: object) => as(who, query, { input });
const idOf = (name: string) => toGlobalId('Flavour', 'prod', name);
const clusterId = toGlobalId('Cluster', 'prod', 'default-cluster');
const wanted = { source: 'prod', name: 'new', cpu: '500m', memory: '1Gi' };

test.each([
  [{}, ['flavour1', 'flavour2', 'flavour3']],
  [{ clusterId }, ['flavour1', 'flavour2', 'flavour3', 'bound']],
  [{ name: 'our2' }, ['flavour2']],
  [{ name: 'nothing' }, []],
])('flavours with %j are %j, for everybody', async (variables, names) => {
  for (const who of ['boss', 'alice', 'session:bobby']) {
    const { data, errors } = await as(who, list, variables);
    expect([errors, data?.flavours?.nodes?.map(({ name }) => name)]).toEqual([undefined, names]);
  }
});

test('flavours are paged with markers', async () => {
  const { data } = await as('alice', list, { first: 2 });
  expect(data?.flavours?.pageInfo?.hasNextPage).toBe(true);
  const rest = await as('alice', list, { first: 2, after: data?.flavours?.pageInfo?.endCursor });
  expect(rest.data?.flavours).toMatchObject({ nodes: [{ name: 'flavour3' }], pageInfo: { hasNextPage: false } });
});

test.each([
  ['an unknown cluster', { clusterId: toGlobalId('Cluster', 'prod', 'nowhere') }],
  ['a cluster of another source', { clusterId: toGlobalId('Cluster', 'lab', 'default-cluster') }],
  ['an id of another type', { clusterId: idOf('flavour1') }],
  ['garbage as a cursor', { after: 'garbage' }],
])('%s is the fault of who asks', async (_what, variables) => {
  const { data, errors } = await as('boss', list, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(data ?? { flavours: null }).toEqual({ flavours: null });
});

test('one flavour costs one call, several that are bound to no cluster one as well', async () => {
  const { data } = await as('alice', `query ($id: ID!) { flavour(id: $id) { sourceName ${sizes} } }`, { id: idOf('bound') });
  expect(data).toEqual({
    flavour: {
      sourceName: 'prod',
      name: 'bound',
      size: {
        cpu: { text: '2', value: 2 },
        memory: { text: '2000Mi', value: 2000 * 1024 ** 2 },
        devices: [{ name: 'a.io/x', quantity: { text: '1' } }],
      },
    },
  });
  expect(bench.calls()).toEqual([`GET ${v1}/flavour/bound`]);
  bench.forgetCalls();
  const ids = ['flavour3', 'flavour1'].map(idOf);
  const several = await as('alice', 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Flavour { name } } }', { ids });
  expect(several.data).toEqual({ nodes: [{ name: 'flavour3' }, { name: 'flavour1' }] });
  expect(bench.calls()).toEqual([`GET ${v1}/flavour?maxKeys=1000`]);
  expect((await as('alice', 'query ($id: ID!) { flavour(id: $id) { name } }', { id: idOf('gone') })).data).toEqual({ flavour: null });
});

test.each(['alice', 'session:alice', 'ops', 'session:root'])('%s may make a flavour', async (who) => {
  const name = `of-${who.replace(':', '-')}`;
  const { data } = await write(who, create, { ...wanted, name, devices: [{ name: 'nvidia.com/gpu', quantity: '1' }] });
  expect(data?.createFlavour).toMatchObject({
    flavour: { name, size: { cpu: { value: 0.5 }, memory: { text: '1Gi' }, devices: [{ quantity: { text: '1' } }] } },
  });
  expect(bench.calls()).toEqual([`POST ${v1}/flavour`, `GET ${v1}/flavour/${name}`]);
});

test.each([
  ['cpu', { cpu: '0' }],
  ['cpu', { cpu: 'x' }],
  ['memory', { memory: '1gb' }],
  ['memory', { memory: '-1' }],
  ['devices.0.quantity', { devices: [{ name: 'gpu', quantity: '-1' }] }],
  ['name', { name: '' }],
  ['name', { name: 'a/b' }],
  ['name', { name: 'xlogin' }],
  ['name', { name: 'customFlavour' }],
  ['clusterId', { clusterId: toGlobalId('Cluster', 'lab', 'default-cluster') }],
])('a flavour with a mistake in %s is refused before anything is sent: %j', async (field, change) => {
  expect((await write('boss', create, { ...wanted, ...change })).data?.createFlavour).toMatchObject({
    __typename: 'InvalidInputProblem',
    field,
  });
  expect(bench.calls()).toEqual([]);
});

test.each([
  ['ConflictProblem', { name: 'flavour1' }],
  ['NotFoundProblem', { clusterId: toGlobalId('Cluster', 'prod', 'nowhere') }],
])('what the backend refuses is a %s: %j', async (__typename, change) => {
  expect((await write('boss', create, { ...wanted, ...change })).data?.createFlavour).toMatchObject({ __typename });
});

test('devices are merged into those that are there', async () => {
  await write('boss', create, { ...wanted, name: 'merging', devices: [{ name: 'a.io/x', quantity: '1' }] });
  const { data } = await write('boss', update, { id: idOf('merging'), cpu: '2', devices: [{ name: 'a.io/y', quantity: '2' }] });
  expect(data?.updateFlavour).toMatchObject({
    flavour: { size: { cpu: { value: 2 }, memory: { text: '1Gi' }, devices: [{ name: 'a.io/x' }, { name: 'a.io/y' }] } },
  });
});

test.each([
  ['without its cluster', { id: idOf('bound'), cpu: '4' }, { __typename: 'InvalidInputProblem', field: 'clusterId' }],
  ['with its clusterId', { id: idOf('bound'), cpu: '4', clusterId }, { __typename: 'UpdateFlavourPayload' }],
  ['of none with a clusterId', { id: idOf('flavour1'), cpu: '4', clusterId }, { __typename: 'InvalidInputProblem', field: 'clusterId' }],
  ['that is not there', { id: idOf('gone'), cpu: '4' }, { __typename: 'NotFoundProblem' }],
  ['with a size that is none', { id: idOf('flavour1'), cpu: 'four' }, { __typename: 'InvalidInputProblem', field: 'cpu' }],
])('a change of a flavour %s ends as it must', async (_what, input, end) => {
  expect((await write('boss', update, input)).data?.updateFlavour).toMatchObject(end);
});

test('a flavour goes once, and then is missing', async () => {
  await write('boss', create, { ...wanted, name: 'leaving' });
  const id = idOf('leaving');
  expect((await write('boss', del, { id })).data).toEqual({ deleteFlavour: { __typename: 'DeleteFlavourPayload', deletedId: id } });
  expect((await write('boss', del, { id })).data?.deleteFlavour).toMatchObject({ __typename: 'NotFoundProblem' });
  expect((await write('boss', del, { id, ignoreMissing: true })).data?.deleteFlavour).toMatchObject({ deletedId: id });
});
