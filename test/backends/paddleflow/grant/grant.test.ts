import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';

const v1 = '/api/paddleflow/v1';
const user = (name: string, source = 'prod') => toGlobalId('User', source, name);
const queue = (name: string, source = 'prod') => toGlobalId('Queue', source, name);
const grant = (place: string) => toGlobalId('QueueGrant', 'prod', place);
const problem = '__typename ... on Problem { message } ... on InvalidInputProblem { field }';
const grantQueue = `mutation ($input: GrantQueueInput!) { grantQueue(input: $input) { ${problem}
  ... on GrantQueuePayload { grant { id user { name } queue { name } grantedAt } } } }`;
const revokeQueue = `mutation ($input: RevokeQueueInput!) { revokeQueue(input: $input) { ${problem} ... on RevokeQueuePayload { deletedId user { name } } } }`;

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  await bench.synced(); // operators know users by their runs
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const ask = async (query: string, variables: Record<string, unknown>, who = 'boss') =>
  bench.query(query, variables, await headersOf(bench, who));
const write = async (query: string, input: Record<string, unknown>, who = 'boss') =>
  Object.values((await ask(query, { input }, who)).data ?? {})[0];
/** Names of the queues that PaddleFlow shows to bobby. */
const seen = async () =>
  (await ask('{ queues(source: "prod") { nodes { name } } }', {}, 'session:bobby')).data?.queues?.nodes?.map(({ name }) => String(name));

describe('reading', () => {
  const alices = { user: { name: 'alice' }, queue: { name: 'train' }, grantedAt: '2024-03-05T02:00:00.000Z' };

  test('the grants of a user are asked for by that user', async () => {
    const query = 'query ($userId: ID!) { queueGrants(userId: $userId) { nodes { user { name } queue { name } grantedAt } } }';
    expect(await ask(query, { userId: user('alice') })).toEqual({ data: { queueGrants: { nodes: [alices] } } });
    expect(bench.calls()).toEqual([`GET ${v1}/grant?username=alice&maxKeys=1000`, `GET ${v1}/queue?maxKeys=1000`]);
    expect(await ask(query, { userId: user('bobby') })).toEqual({ data: { queueGrants: { nodes: [] } } });
  });

  test('a page of queues or users costs one list of grants', async () => {
    const queues = await ask('{ queues(source: "prod") { nodes { name grants { nodes { user { name } } } } } }', {});
    expect(queues.data?.queues?.nodes).toContainEqual({ name: 'train', grants: { nodes: [{ user: { name: 'alice' } }] } });
    expect(queues.data?.queues?.nodes).toContainEqual({ name: 'infer', grants: { nodes: [] } });
    expect(bench.calls().filter((call) => call.includes('/grant'))).toEqual([`GET ${v1}/grant?maxKeys=1000`]);
    bench.forgetCalls();
    const users = await ask('{ users(source: "prod") { nodes { name queueGrants { nodes { queue { name } } } } } }', {});
    expect(users.data?.users?.nodes).toEqual([
      { name: 'alice', queueGrants: { nodes: [{ queue: { name: 'train' } }] } },
      { name: 'bobby', queueGrants: { nodes: [] } },
    ]);
    expect(bench.calls()).toEqual([`GET ${v1}/user?maxKeys=20`, `GET ${v1}/grant?maxKeys=1000`, `GET ${v1}/queue?maxKeys=1000`]);
  });

  test.each(['ops', 'alice', 'session:alice'])('%s is shown none, and no call is made', async (who) => {
    const { data, errors } = await ask(
      `query ($userId: ID!, $grant: ID!) { queueGrants(userId: $userId) { nodes { id } } node(id: $grant) { id } user: node(id: $userId) { ... on User { queueGrants { nodes { id } } } } }`,
      { userId: user('alice'), grant: grant('alice/train') },
      who,
    );
    expect(data).toEqual({ queueGrants: null, node: null, user: { queueGrants: null } });
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(bench.calls()).toEqual([]);
  });

  test('a grant is found by its id', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on QueueGrant { id user { name } } } }';
    const { data } = await ask(query, { ids: [grant('alice/train'), grant('bobby/train'), toGlobalId('QueueGrant', 'moon', 'a/b')] });
    expect(data).toEqual({ nodes: [{ id: grant('alice/train'), user: { name: 'alice' } }, null, null] });
    expect(bench.calls()).toEqual([`GET ${v1}/grant?maxKeys=1000`]);
  });
});

describe('grantQueue and revokeQueue', () => {
  test('a granted queue is seen by its user from then on, and a revoked one no longer', async () => {
    const input = { userId: user('bobby'), queueId: queue('train') };
    expect(await seen()).toEqual([]);
    expect(await write(grantQueue, input)).toEqual({
      __typename: 'GrantQueuePayload',
      grant: { id: grant('bobby/train'), user: { name: 'bobby' }, queue: { name: 'train' }, grantedAt: '2024-03-05T02:00:00.000Z' },
    });
    expect(await seen()).toEqual(['train']);
    expect(await write(grantQueue, input)).toMatchObject({ __typename: 'ConflictProblem' });
    expect(await write(revokeQueue, input)).toEqual({
      __typename: 'RevokeQueuePayload',
      deletedId: grant('bobby/train'),
      user: { name: 'bobby' },
    });
    expect(await seen()).toEqual([]);
  });

  test.each([
    ['an unknown user', { userId: user('ghost'), queueId: queue('train') }, { __typename: 'NotFoundProblem' }],
    ['an unknown queue', { userId: user('alice'), queueId: queue('nowhere') }, { __typename: 'NotFoundProblem' }],
    ['root', { userId: user('root'), queueId: queue('train') }, { __typename: 'InvalidInputProblem' }],
    ['two sources', { userId: user('alice', 'lab'), queueId: queue('train') }, { __typename: 'InvalidInputProblem', field: 'userId' }],
    ['an unknown source', { userId: user('alice', 'moon'), queueId: queue('train', 'moon') }, { __typename: 'NotFoundProblem' }],
  ])('a grant about %s is refused', async (_what, input, answer) => {
    expect(await write(grantQueue, input)).toMatchObject(answer);
    expect(await write(revokeQueue, input)).toMatchObject(answer);
  });

  test.each([
    ['no such grant', { userId: user('alice'), queueId: queue('infer') }],
    ['no such queue', { userId: user('alice'), queueId: queue('nowhere') }],
    ['no such user', { userId: user('ghost'), queueId: queue('infer') }],
  ])('revoking where there is %s is a success only with ignoreMissing', async (_what, input) => {
    expect(await write(revokeQueue, input)).toMatchObject({ __typename: 'NotFoundProblem' });
    expect(await write(revokeQueue, { ...input, ignoreMissing: true })).toMatchObject({ __typename: 'RevokeQueuePayload' });
  });

  test('where an answer is lost it is looked after', async () => {
    const input = { userId: user('bobby'), queueId: queue('infer') };
    bench.control.orderFault({ kind: 'cut', applied: true, times: 1, method: 'POST', path: '/grant' });
    expect(await write(grantQueue, input)).toMatchObject({ __typename: 'GrantQueuePayload' });
    bench.control.orderFault({ kind: 'cut', applied: true, times: 1, method: 'DELETE', path: '/grant' });
    expect(await write(revokeQueue, input)).toMatchObject({ __typename: 'RevokeQueuePayload' });
    bench.control.orderFault({ kind: 'cut', times: 1, method: 'POST', path: '/grant' });
    expect(await write(grantQueue, input)).toMatchObject({ __typename: 'UnconfirmedProblem' });
    bench.control.clearFaults();
  });

  test('grants of a source that is down are null, with an error that names it', async () => {
    await using down = await startAccounts({ sandboxes: { prod: {} } });
    down.control.orderFault({ kind: 'status', status: 503, path: '/grant' });
    const query = 'query ($userId: ID!) { queueGrants(userId: $userId) { nodes { id } } viewer { name } }';
    expect(await down.query(query, { userId: user('bobby') }, as('boss'))).toMatchObject({
      data: { queueGrants: null, viewer: { name: 'boss' } },
      errors: [{ path: ['queueGrants'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod' } }],
    });
  });
});
