import { expect, test } from 'vitest';
import { createSeal, readSessionKey } from '../../../../src/auth/session.ts';
import { as, eventually, sessionKey, toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, passwordOf, startAccounts } from '../accounts.ts';
import { upstreamUser } from '../upstream.ts';

const alice = toGlobalId('User', 'prod', 'alice');
const changePassword = `mutation ($id: ID!, $password: String!) { changePassword(input: { id: $id, password: $password }) { __typename } }`;
const deleteUser = `mutation ($id: ID!) { deleteUser(input: { id: $id }) { __typename } }`;
const ended = (reason: string) => ({ extensions: { code: 'UNAUTHENTICATED', reason } });
const whoAmI = '{ viewer { name } }';
const runs = '{ runs { totalCount } }';

async function follow(bench: Bench, headers: { readonly authorization: string }, gateway = 0) {
  const socket = await bench.socket(headers, gateway);
  const changes = socket.start({ query: 'subscription { runChanged { __typename ... on RunChange { event { kind } } } }' });
  await eventually(() => (bench.gateways[gateway]?.hub.watchers() ?? 0) > 0);
  return { changes, [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose]() };
}

/** An event stream, read until it ends. */
async function followOverSse(bench: Bench, headers: Record<string, string>): Promise<Promise<string>> {
  const response = await fetch(bench.gateways[0]?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query: 'subscription { runChanged { __typename } }' }),
  });
  return response.text();
}

test.each([
  ['an admin changes the password', 'boss', changePassword, { password: 'another-1' }],
  ['the user changes the password', 'session:alice', changePassword, { password: 'another-1' }],
  ['the user sets the same password again', 'alice', changePassword, { password: passwordOf('alice') }],
  ['an admin deletes the user', 'session:root', deleteUser, {}],
])("when %s, their sessions end at once, running subscriptions too, and nobody else's", async (_what, who, mutation, variables) => {
  await using bench = await startAccounts({ auth: { sessionCheckMs: 3_600_000 } });
  await bench.synced();
  const [first, second, bobbys] = [
    await headersOf(bench, 'session:alice'),
    await headersOf(bench, 'session:alice'),
    await headersOf(bench, 'session:bobby'),
  ];
  await using live = await follow(bench, second);
  const stream = followOverSse(bench, second);
  await eventually(() => (bench.gateways[0]?.hub.watchers() ?? 0) > 1);

  const changed = await bench.query(mutation, { id: alice, ...variables }, await headersOf(bench, who));
  expect(Object.values(changed.data ?? {})).toEqual([{ __typename: expect.stringMatching(/Payload$/) }]);
  for (const headers of [first, second]) {
    for (const query of [whoAmI, runs]) expect(await bench.query(query, {}, headers)).toMatchObject({ errors: [ended('SESSION_ENDED')] });
  }
  expect(await live.changes.errors()).toMatchObject([ended('SESSION_ENDED')]);
  expect(await stream).toMatch(/"code":"UNAUTHENTICATED","reason":"SESSION_ENDED"/);
  await eventually(() => bench.gateways[0]?.hub.watchers() === 0); // nothing is left of them
  expect(await bench.query(whoAmI, {}, bobbys)).toEqual({ data: { viewer: { name: 'bobby' } } });
  expect(bench.errors).toEqual([]);
});

test('a password that was changed past the gateway ends sessions as soon as they are asked about', async () => {
  await using bench = await startAccounts({ auth: { sessionCheckMs: 20 }, gateways: 2 });
  await bench.synced();
  const headers = await headersOf(bench, 'session:alice');
  await using here = await follow(bench, headers, 0);
  await using there = await follow(bench, headers, 1);
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.call('PUT', '/user/alice', { password: 'another-1' });
  expect(await here.changes.errors()).toMatchObject([ended('SESSION_ENDED')]);
  expect(await there.changes.errors()).toMatchObject([ended('SESSION_ENDED')]);
  expect(await bench.query(runs, {}, headers)).toMatchObject({ errors: [ended('SESSION_ENDED')] });
  expect(await bench.query(runs, {}, await bench.signIn('alice', 'another-1', 'prod'))).toEqual({ data: { runs: { totalCount: 1 } } });
});

test('a call in the name of a session that has ended says so, however lately it was asked about', async () => {
  await using bench = await startAccounts({ auth: { sessionCheckMs: 3_600_000 } });
  const headers = await headersOf(bench, 'session:alice');
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.call('PUT', '/user/alice', { password: 'another-1' });
  const read = await bench.query('{ queues(source: "prod") { nodes { name } } }', {}, headers);
  expect(read).toMatchObject({ errors: [ended('SESSION_ENDED')] });
  const written = await bench.query(changePassword, { id: alice, password: 'another-2' }, headers);
  expect(written).toMatchObject({ data: { changePassword: null }, errors: [ended('SESSION_ENDED')] });
});

test('however much a session is used, its backend is asked about it once in a while, and not while it is down', async () => {
  await using bench = await startAccounts({ auth: { sessionCheckMs: 3_600_000 }, gateways: 2 });
  await bench.synced();
  const headers = await headersOf(bench, 'session:alice');
  bench.forgetCalls();
  // Another gateway than that of the sign-in knows nothing of it yet.
  const asked = await Promise.all(Array.from({ length: 20 }, () => bench.query(runs, {}, headers, 1)));
  expect(asked.every(({ data }) => data !== undefined)).toBe(true);
  expect(bench.calls()).toEqual(['GET /api/paddleflow/v1/version']);
});

test('while the backend is down a session goes on with what the catalog has', async () => {
  await using bench = await startAccounts({ auth: { sessionCheckMs: 1 } });
  await bench.synced();
  const headers = await headersOf(bench, 'session:alice');
  bench.control.orderFault({ kind: 'status', path: /./, status: 503 });
  expect(await bench.query(runs, {}, headers)).toEqual({ data: { runs: { totalCount: 1 } } });
});

test('a subscription ends when its session expires', async () => {
  await using bench = await startAccounts({ auth: { sessionCheckMs: 20 } });
  await bench.synced();
  const { token } = await upstreamUser(bench.sandbox('prod').url, 'alice', passwordOf('alice'));
  const { sealed } = await createSeal(readSessionKey(sessionKey) ?? new Uint8Array(), 3 / 3600).seal({
    source: 'prod',
    user: 'alice',
    token,
  });
  await using live = await follow(bench, as(sealed));
  expect(await live.changes.errors()).toMatchObject([ended('SESSION_EXPIRED')]);
});

test('a live subscription of a session brings what is theirs, and nothing else', async () => {
  await using bench = await startAccounts();
  await bench.synced();
  const headers = await headersOf(bench, 'session:alice');
  await using live = await follow(bench, headers);
  bench.control.insertRuns({ count: 1, name: 'not-hers', owner: 'bobby', status: 'running' });
  bench.control.insertRuns({ count: 1, name: 'hers', owner: 'alice', status: 'running' });
  const { data } = await live.changes.next();
  expect(data).toEqual({ runChanged: { __typename: 'RunChange', event: { kind: 'DISCOVERED' } } });
  const seen = await bench.query('{ runs { nodes { name } } }', {}, headers);
  expect(seen).toEqual({ data: { runs: { nodes: [{ name: 'hers' }, { name: 'alices' }] } } });
});
