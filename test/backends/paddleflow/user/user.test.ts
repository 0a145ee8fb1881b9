import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { as, toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';
import { upstreamUser } from '../upstream.ts';

const v1 = '/api/paddleflow/v1';
const idOf = (name: string, source = 'prod') => toGlobalId('User', source, name);
let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const ask = (query: string, variables: Record<string, unknown> = {}, who = 'boss') => bench.query(query, variables, as(who));

const users = `query ($source: String!, $first: Int, $after: Cursor) { users(source: $source, first: $first, after: $after) {
  nodes { id name sourceName registeredAt } pageInfo { hasNextPage endCursor } } }`;

test('an admin reads the users of a source, page by page', async () => {
  const first = await ask(users, { source: 'prod', first: 1 });
  expect(first.data?.users).toEqual({
    nodes: [{ id: idOf('alice'), name: 'alice', sourceName: 'prod', registeredAt: '2024-03-05T02:00:00.000Z' }],
    pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
  });
  const second = await ask(users, { source: 'prod', first: 5, after: first.data?.users?.pageInfo?.endCursor });
  expect(second.data?.users).toMatchObject({ nodes: [{ name: 'bobby' }], pageInfo: { hasNextPage: false } });
  expect(bench.calls()).toEqual([`GET ${v1}/user?maxKeys=2`, `GET ${v1}/user?maxKeys=7`]);
});

test.each(['alice', 'ops', 'session:alice'])('%s may not list users, and no call is made', async (who) => {
  const { data, errors } = await bench.query(users, { source: 'prod' }, await headersOf(bench, who));
  expect(data).toEqual({ users: null });
  expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'FORBIDDEN' } }]);
  expect(bench.calls()).toEqual([]);
});

test('an unknown source is no empty list', async () => {
  expect(await ask(users, { source: 'moon' })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
});

test('users of a source that is down are null, with an error that names it', async () => {
  await using down = await startAccounts({ sandboxes: { prod: {} } });
  down.control.orderFault({ kind: 'status', path: '/user', status: 503 });
  expect(await down.query(users, { source: 'prod' }, as('boss'))).toMatchObject({
    data: { users: null },
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod' } }],
  });
});

test.each([
  ['boss', 'alice', { name: 'alice', registeredAt: '2024-03-05T02:00:00.000Z' }, 1],
  ['boss', 'root', { name: 'root', registeredAt: null }, 1],
  ['boss', 'ghost', null, 1],
  ['boss', 'a/../b', null, 0],
  ['ops', 'alice', { name: 'alice', registeredAt: null }, 0],
  ['ops', 'ghost', null, 0],
  ['alice', 'alice', { name: 'alice', registeredAt: null }, 0],
  ['alice', 'bobby', null, 0],
  ['session:root', 'bobby', { name: 'bobby', registeredAt: '2024-03-05T02:00:00.000Z' }, 1],
  ['session:alice', 'alice', { name: 'alice', registeredAt: null }, 0],
  ['alice', 'ghost', null, 0],
  ['session:alice', 'root', null, 0],
  ['session:alice', 'bobby', null, 0],
])('%s looks for %s and is told %j after %i calls, by whichever field', async (who, name, user, calls) => {
  const headers = await headersOf(bench, who);
  const { data, errors } = await bench.query('query ($id: ID!) { user(id: $id) { name registeredAt } }', { id: idOf(name) }, headers);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ user });
  expect(bench.calls()).toHaveLength(calls);
  bench.forgetCalls();
  const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { name registeredAt } } }';
  expect(await bench.query(nodes, { ids: [idOf(name), idOf('nobody')] }, headers)).toEqual({ data: { nodes: [user, null] } });
  expect(bench.calls()).toEqual(who === 'boss' || who === 'session:root' ? [`GET ${v1}/user?maxKeys=1000`] : []);
});

test('the runs of a user come from the catalog, and only those that the viewer may see', async () => {
  const query = 'query ($id: ID!) { node(id: $id) { ... on User { name runs { totalCount nodes { name owner { name } } } } } }';
  const theirs = { name: 'bobby', runs: { totalCount: 1, nodes: [{ name: 'bobbys', owner: { name: 'bobby' } }] } };
  expect(await ask(query, { id: idOf('bobby') })).toEqual({ data: { node: theirs } });
  expect(await ask(query, { id: idOf('bobby') }, 'ops')).toEqual({ data: { node: theirs } });
  expect(bench.calls()).toEqual([`GET ${v1}/user?maxKeys=1000`]); // the admin's question whether there is such a user
  expect(await ask(query, { id: idOf('bobby') }, 'alice')).toEqual({ data: { node: null } });
  expect(await ask(query, { id: idOf('alice') }, 'alice')).toMatchObject({ data: { node: { runs: { totalCount: 1 } } } });
  expect(await ask(query, { id: idOf('bobby', 'lab') })).toMatchObject({ data: { node: { runs: { totalCount: 0 } } } });
});

test('owners of runs cost no call for their names, and one for all their accounts', async () => {
  const names = await ask('{ runs { nodes { owner { name sourceName } } } }');
  expect(names.data?.runs?.nodes).toHaveLength(2);
  expect(bench.calls()).toEqual([]);
  const accounts = await ask('{ runs { nodes { owner { registeredAt } } } }');
  expect(accounts.data?.runs?.nodes).toEqual([1, 2].map(() => ({ owner: { registeredAt: '2024-03-05T02:00:00.000Z' } })));
  expect(bench.calls()).toEqual([`GET ${v1}/user?maxKeys=1000`]);
});

test('who signs in cannot read on before they are known', async () => {
  const query = `mutation { signIn(input: { source: "prod", username: "alice", password: "alice-secret1" }) {
    ... on SignInPayload { viewer { user { name registeredAt runs { totalCount } } } } } }`;
  expect(await bench.query(query)).toMatchObject({
    data: { signIn: { viewer: { user: null } } },
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('the password of the account that the gateway itself uses stays as it is', async () => {
  const query = `mutation ($id: ID!) { changePassword(input: { id: $id, password: "another-1" }) { __typename ... on Problem { message } } }`;
  for (const who of ['boss', 'session:root']) {
    const { data } = await bench.query(query, { id: idOf('root') }, await headersOf(bench, who));
    expect(data?.changePassword).toMatchObject({ __typename: 'ConflictProblem' });
  }
  expect((await upstreamUser(bench.sandbox('prod').url)).token).toMatch(/.+/);
});
