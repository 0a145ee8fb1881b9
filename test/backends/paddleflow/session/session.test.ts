import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSeal, readSessionKey } from '../../../../src/auth/session.ts';
import { as, sessionKey, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, passwordOf, startAccounts } from '../accounts.ts';
import { upstreamUser } from '../upstream.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignInPayload { token expiresAt viewer { name role ownerName sourceName sessionExpiresAt user { id name } } }
  ... on Problem { message } ... on InvalidInputProblem { field } ... on RateLimitedProblem { waitSeconds } } }`;
const credentials = (username: string, password = passwordOf(username), source = 'prod') => ({ input: { source, username, password } });
const logins = (source = 'prod') =>
  bench
    .sandbox(source)
    .control.calls()
    .filter(({ path, requestId }) => path.endsWith('/login') && requestId.startsWith('viewer-')).length;
const post = (query: string, headers: Record<string, string>) =>
  fetch(bench.gateways[0]?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

test('who signs in needs no token for that, and is that user of that source from then on', async () => {
  const before = Date.now();
  const { data, errors } = await bench.query(signIn, credentials('alice'));
  expect(errors).toBeUndefined();
  const [token, expiresAt, viewer] = [data?.signIn?.token, data?.signIn?.expiresAt, data?.signIn?.viewer];
  expect(viewer).toEqual({
    name: 'alice',
    role: 'VIEWER',
    ownerName: 'alice',
    sourceName: 'prod',
    sessionExpiresAt: expiresAt,
    user: { id: toGlobalId('User', 'prod', 'alice'), name: 'alice' },
  });
  const hours = (Date.parse(String(expiresAt)) - before) / 3_600_000;
  expect(hours).toBeGreaterThan(11.9);
  expect(hours).toBeLessThan(12.1);
  expect(String(token).split('.')).toHaveLength(5);

  const asked = await bench.query('{ viewer { name role sourceName } sources { name } runs { nodes { name } } }', {}, as(String(token)));
  expect(asked).toEqual({
    data: {
      viewer: { name: 'alice', role: 'VIEWER', sourceName: 'prod' },
      sources: [{ name: 'prod' }],
      runs: { nodes: [{ name: 'alices' }] },
    },
  });
  expect(bench.calls()).toEqual([]); // signing in was answer enough for now
});

test.each([
  ['a wrong password', credentials('bobby', 'not-it-1'), 'InvalidCredentialsProblem'],
  ['an unknown user', credentials('nobody1'), 'InvalidCredentialsProblem'],
  ['the account of the other source', credentials('root', 'paddlef1ow', 'lab'), 'InvalidCredentialsProblem'],
  ['a source that is not there', credentials('alice', passwordOf('alice'), 'moon'), 'NotFoundProblem'],
])('%s is refused', async (_what, variables, typename) => {
  const { data } = await bench.query(signIn, variables);
  expect(data?.signIn).toMatchObject({ __typename: typename });
});

test('an unknown user and a wrong password cannot be told apart', async () => {
  const wrong = await bench.query(signIn, credentials('bobby', 'not-it-1'));
  const unknown = await bench.query(signIn, credentials('nobody2'));
  expect(wrong.data?.signIn).toMatchObject({ message: expect.stringMatching(/.+/) });
  expect(wrong).toEqual(unknown);
});

test.each(['Root', 'ROOT', 'superlogin', 'x/../login', 'an@other Login', '', 'has space', 'a\0b'])(
  'the name %j is refused before anybody is asked',
  async (username) => {
    const { data } = await bench.query(signIn, credentials(username, 'paddleflow'));
    expect(data?.signIn).toMatchObject({ __typename: 'InvalidInputProblem', field: 'username' });
    expect(logins()).toBe(0);
  },
);

test('after some wrong passwords in a row nobody is asked any more, about that user', async () => {
  await using slow = await startAccounts({ sandboxes: { prod: {} } });
  const attempt = async (...given: Parameters<typeof credentials>) => (await slow.query(signIn, credentials(...given))).data?.signIn;
  // Of five, three are used up; a right one in between does not count.
  for (const password of ['no-1', 'no-2', 'no-3', passwordOf('alice')]) await attempt('alice', password);
  const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => attempt('alice', `guess-${index}`)));
  const refused = answers.filter((answer) => answer?.waitSeconds === undefined);
  expect(refused).toHaveLength(2);
  expect(await attempt('alice')).toMatchObject({ __typename: 'RateLimitedProblem', waitSeconds: expect.any(Number) });
  expect(await attempt('bobby')).toMatchObject({ __typename: 'SignInPayload' });
});

test('an outage says nothing about the password, and does not count', async () => {
  await using down = await startAccounts({ sandboxes: { prod: {} } });
  down.control.orderFault({ kind: 'status', path: '/login', status: 503 });
  for (let count = 0; count < 7; count += 1) {
    const { errors } = await down.query(signIn, credentials('alice'));
    expect(errors).toMatchObject([{ path: ['signIn'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod' } }]);
  }
});

test('without a key nobody can sign in, and says so', async () => {
  await using keyless = await startBench({ auth: { sessionKey: undefined } });
  const { data } = await keyless.query(signIn, credentials('root', 'paddleflow'));
  expect(data?.signIn).toMatchObject({ __typename: 'NotSupportedProblem' });
});

test('an open gateway knows sessions too; without one its viewer is still local', async () => {
  await using open = await startBench();
  const headers = await open.signIn('root', 'paddleflow');
  expect(await open.query('{ viewer { name role sourceName } }', {}, headers)).toEqual({
    data: { viewer: { name: 'root', role: 'ADMIN', sourceName: 'prod' } },
  });
  expect(await open.query('{ viewer { name sourceName } }')).toEqual({ data: { viewer: { name: 'local', sourceName: null } } });
  const ended = { authorization: headers.authorization.slice(0, -4) + 'AAAA' };
  expect(await open.query('{ viewer { name } }', {}, ended)).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' } }],
  });
});

const sealed = async (hours: number, key = sessionKey, source = 'prod') => {
  const { token } = await upstreamUser(bench.sandbox('prod').url, 'alice', passwordOf('alice'));
  const bytes = readSessionKey(key);
  if (bytes === undefined) throw new Error('no key');
  return as((await createSeal(bytes, hours).seal({ source, user: 'alice', token })).sealed);
};
test.each<[string, () => Promise<Record<string, string>> | Record<string, string>, string]>([
  ['no token', () => ({}), 'TOKEN_NEEDED'],
  ['an unknown token', () => as('nobody'), 'TOKEN_INVALID'],
  ['a session that has expired', () => sealed(-1), 'SESSION_EXPIRED'],
  ['a session under another key', () => sealed(1, 'ab'.repeat(32)), 'TOKEN_INVALID'],
  ['a session of a source that is not configured', () => sealed(1, sessionKey, 'moon'), 'TOKEN_INVALID'],
  [
    'a session with another letter in it',
    async () => ({
      authorization: (await sealed(1)).authorization.replace(
        /\.(.)([^.]*)\.([^.]*)$/,
        (_all, first, rest, tag) => `.${first === 'A' ? 'B' : 'A'}${rest}.${tag}`,
      ),
    }),
    'TOKEN_INVALID',
  ],
])('%s is answered with 401 and the reason, over HTTP and SSE alike', async (_what, headersOfIt, reason) => {
  const headers = await headersOfIt();
  const error = { extensions: { code: 'UNAUTHENTICATED', reason } };
  for (const [query, more] of [
    ['{ runs { nodes { id } } }', {}],
    ['mutation { stopRun(input: { id: "UnVuOnByb2Q6cnVuLTAwMDAwMQ" }) { __typename } }', {}],
    ['subscription { runChanged { __typename } }', { accept: 'text/event-stream' }],
  ] as const) {
    const response = await post(query, { ...headers, ...more });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ errors: [error] });
  }
  const { authorization } = headers;
  await using socket = await bench.socket(authorization === undefined ? {} : { authorization });
  expect(await socket.start({ query: 'subscription { runChanged { __typename } }' }).next()).toMatchObject({ errors: [error] });
  // Whoever still sends an old token can sign in all the same.
  expect((await bench.query(signIn, credentials('alice'), headers)).data?.signIn).toMatchObject({ __typename: 'SignInPayload' });
  expect(bench.calls()).toEqual([]);
});

test('a session sees nothing of other sources', async () => {
  const headers = await headersOf(bench, 'session:alice');
  const lab = toGlobalId('Queue', 'lab', 'train');
  const { data } = await bench.query(`{ node(id: "${lab}") { id } source(name: "lab") { name } }`, {}, headers);
  expect(data).toEqual({ node: null, source: null });
  for (const query of ['{ queues(source: "lab") { nodes { name } } }', '{ runs(filter: { sources: ["lab"] }) { totalCount } }']) {
    expect(await bench.query(query, {}, headers)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  }
  const yaml = 'name: x\ndocker_env: a\nentry_points:\n  a:\n    command: b\n';
  const made = await bench.run('CreateRun', { input: { source: 'lab', from: { yaml } } }, headers);
  expect(made.data?.createRun).toMatchObject({ __typename: 'NotFoundProblem' });
  expect(bench.calls('lab')).toEqual([]);
});

test('who has signed in starts runs of their own, and cannot touch those of others', async () => {
  const headers = await headersOf(bench, 'session:alice');
  const yaml = 'name: mine\ndocker_env: busybox\nentry_points:\n  a:\n    command: echo a\n';
  const made = await bench.run('CreateRun', { input: { source: 'prod', from: { yaml } } }, headers);
  expect(made.data?.createRun).toMatchObject({ __typename: 'CreateRunPayload', run: { name: 'mine' } });
  const { data } = await bench.query(
    'query ($id: ID!) { run(id: $id) { owner { name } } }',
    { id: made.data?.createRun?.run?.id },
    headers,
  );
  expect(data).toEqual({ run: { owner: { name: 'alice' } } });

  const foreign = toGlobalId('Run', 'prod', 'run-000002');
  const stopped = await bench.run('StopRun', { input: { id: foreign } }, headers);
  expect(stopped.data?.stopRun).toMatchObject({ __typename: 'ForbiddenProblem' });
  const bobbys = await headersOf(bench, 'session:bobby');
  const seen = await bench.query('query ($id: ID!) { run(id: $id) { name } }', { id: made.data?.createRun?.run?.id }, bobbys);
  expect(seen).toEqual({ data: { run: null } });
});

test("root's session is an admin's, in root's own name", async () => {
  const headers = await headersOf(bench, 'session:root');
  const { data } = await bench.query('{ viewer { role ownerName } users(source: "prod") { nodes { name } } }', {}, headers);
  expect(data).toEqual({ viewer: { role: 'ADMIN', ownerName: null }, users: { nodes: [{ name: 'alice' }, { name: 'bobby' }] } });
});
