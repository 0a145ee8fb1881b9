import { expect, test } from 'vitest';
import { eventually, as, toGlobalId, type Bench } from '../support/bench.ts';
import { headersOf, startAccounts } from '../backends/paddleflow/accounts.ts';

const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on RateLimitedProblem { waitSeconds } } }`;
const pipelines = '{ pipelines(source: "prod") { nodes { name } } }';
/** Slow enough for everything else to pile up before the first answer. */
const slow = (bench: Bench) => bench.control.orderFault({ kind: 'latency', path: '/(login|run|pipeline)', ms: 40 });
/** Of strangers: the gateways have accounts of their own. */
const logins = (bench: Bench) => bench.control.calls().filter(({ requestId }) => requestId.startsWith('stranger-')).length;

const readPipeline = (id: number) => `{ pipeline(id: "${toGlobalId('Pipeline', 'prod', `ppl-${id}`)}") { name } }`;
/** How many other calls for viewers the source has served between a question of the operator and its own call. */
async function servedBefore(bench: Bench, isOperators: (call: string) => boolean): Promise<number> {
  const from = bench.calls().length;
  const answer = await bench.query(pipelines, {}, as('ops'));
  expect(answer.errors).toBeUndefined();
  return bench.calls().slice(from).findIndex(isOperators);
}

test('150 reads of one viewer at a time: the operator is served after those that were under way', async () => {
  await using bench = await startAccounts();
  await bench.synced();
  slow(bench);
  const absent = Array.from({ length: 150 }, (_, index) => toGlobalId('Run', 'prod', `run-${900_000 + index}`));
  const read = 'query ($id: ID!) { run(id: $id) { name } }';
  const crowd = absent.map((id) => bench.query(read, { id }, as('alice')));
  await eventually(() => bench.calls().length >= 2);
  expect(await servedBefore(bench, (call) => call.includes('/pipeline'))).toBeLessThanOrEqual(2);
  // Of three slots one viewer has two, even while nobody else wants any.
  expect(bench.calls().length).toBeLessThan(20);
  for (const answer of await Promise.all(crowd)) expect(answer).toEqual({ data: { run: null } });
});

test('what one viewer has asked for is not shared with another who would have to wait as long', async () => {
  await using bench = await startAccounts();
  await bench.synced();
  slow(bench);
  const crowd = Array.from({ length: 50 }, (_, index) => bench.query(readPipeline(900_000 + index), {}, as('alice')));
  await eventually(() => bench.calls().length >= 2);
  const from = bench.calls().length;
  await bench.query(readPipeline(900_049), {}, as('ops'));
  expect(
    bench
      .calls()
      .slice(from)
      .findIndex((call) => call.includes('ppl-900049')),
  ).toBeLessThanOrEqual(2);
  await Promise.all(crowd);
});

test('150 sign-ins of a stranger with ever new names, through two gateways: few reach the source, one at a time, and the operator waits for none', async () => {
  await using bench = await startAccounts({ gateways: 2, server: { limits: { strangersPerNetwork: 1_000, strangers: 1_000 } } });
  await bench.synced();
  slow(bench);
  const names = Array.from({ length: 150 }, (_, index) => `user${index}`);
  const crowd = names.map((username, index) =>
    bench.query(signIn, { input: { source: 'prod', username, password: 'wrong-1' } }, {}, index % 2),
  );
  await eventually(() => logins(bench) > 0);
  expect(await servedBefore(bench, (call) => call.includes('/pipeline'))).toBe(0);
  const answers = (await Promise.all(crowd)).map(({ data }) => data?.signIn?.__typename);
  expect(new Set(answers)).toEqual(new Set(['InvalidCredentialsProblem', 'RateLimitedProblem']));
  expect(logins(bench)).toBeLessThanOrEqual(50);
});

test('strangers have few operations at a time, from one place and in all', async () => {
  await using bench = await startAccounts({ server: { proxies: ['loopback'], limits: { strangersPerNetwork: 2, strangers: 3 } } });
  await bench.synced();
  bench.control.orderFault({ kind: 'latency', path: '/login', ms: 300 });
  const attempt = (network: string, username: string) =>
    bench.query(signIn, { input: { source: 'prod', username, password: 'wrong-1' } }, { 'x-forwarded-for': network });
  const crowd = ['a1', 'b2', 'c3'].map((name) => attempt('192.0.2.1', name));
  const others = ['d4', 'e5'].map((name) => attempt('192.0.2.2', name));
  const answers = await Promise.all([...crowd, ...others]);
  const refused = answers.filter(({ errors }) => errors?.[0]?.extensions?.['code'] === 'TOO_MANY_OPERATIONS');
  expect(refused).toHaveLength(2);
  expect(refused[0]?.errors?.[0]?.extensions).toEqual({ code: 'TOO_MANY_OPERATIONS', retryAfterSeconds: 1 });
  expect((await bench.query('{ viewer { name } }', {}, as('ops'))).data).toEqual({ viewer: { name: 'ops' } });
});

test('eight wrong guesses of a stranger do not lock the owner out', async () => {
  await using bench = await startAccounts({ gateways: 2, server: { proxies: ['loopback'] } });
  const attempt = (network: string, password: string, gateway: number, more: Record<string, string> = {}) =>
    bench
      .query(signIn, { input: { source: 'prod', username: 'alice', password } }, { 'x-forwarded-for': network, ...more }, gateway)
      .then(({ data }) => String(data?.signIn?.__typename));
  const earlier = await headersOf(bench, 'session:alice');
  const guesses = await Promise.all(Array.from({ length: 8 }, (_, index) => attempt('192.0.2.1', `wrong-${index}`, index % 2)));
  expect(guesses.toSorted().slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'InvalidCredentialsProblem'));
  expect(guesses.filter((typename) => typename === 'RateLimitedProblem')).toHaveLength(3);
  expect(await attempt('192.0.2.2', 'alice-secret1', 0)).toBe('SignInPayload');
  expect(await attempt('192.0.2.1', 'alice-secret1', 1)).toBe('RateLimitedProblem');
  expect(await attempt('192.0.2.1', 'alice-secret1', 1, earlier)).toBe('SignInPayload');
});

test('more operations of one viewer at a time than allowed are refused with a status, and count no more once they are over', async () => {
  await using bench = await startAccounts({ server: { limits: { operationsPerViewer: 3 } } });
  await bench.synced();
  bench.control.orderFault({ kind: 'latency', path: '/pipeline', ms: 300 });
  const url = bench.gateways[0]?.url ?? '';
  const ask = (who: string) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...as(who) }, body: JSON.stringify({ query: pipelines }) });
  const responses = await Promise.all(Array.from({ length: 5 }, () => ask('ops')));
  expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429, 429]);
  expect(responses.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
  expect((await ask('ops')).status).toBe(200);
});

test('who is refused waits for that, so a crowd that asks again and again is no hindrance to those who ask once', async () => {
  await using bench = await startAccounts({ server: { limits: { operationsPerViewer: 1, strangersPerNetwork: 1 } } });
  await bench.synced();
  bench.control.orderFault({ kind: 'latency', path: '/pipeline|/login', ms: 300 });
  const order: string[] = [];
  const note = async (what: string, asked: Promise<{ errors?: readonly { extensions?: Record<string, unknown> }[] }>) => {
    const { errors } = await asked;
    order.push(errors?.[0]?.extensions?.['code'] === 'TOO_MANY_OPERATIONS' ? `${what} refused` : what);
  };
  const stranger = (username: string) => bench.query(signIn, { input: { source: 'prod', username, password: 'wrong-1' } });
  const viewers = [1, 2].map(() => note('viewer', bench.query(pipelines, {}, as('alice'))));
  const strangers = ['user1', 'user2'].map((name) => note('stranger', stranger(name)));
  await Promise.all([...viewers, ...strangers, note('operator', bench.query('{ viewer { name } }', {}, as('ops')))]);
  expect(order[0]).toBe('operator');
  expect(order.slice(1, 3).toSorted()).toEqual(['stranger', 'viewer']);
  expect(order.slice(3).toSorted()).toEqual(['stranger refused', 'viewer refused']);
});

test('a query with many long workflows to check stands in nobody’s way', async () => {
  await using bench = await startAccounts();
  await bench.synced();
  const steps = Array.from({ length: 500 }, (_, index) => `  step${index}:\n    command: echo ${index}\n`);
  const yaml = `name: long\ndocker_env: busybox\nentry_points:\n${steps.join('')}`;
  const checks = Array.from({ length: 20 }, (_, index) => `c${index}: validatePipeline(yaml: $yaml) { valid }`);
  const order: string[] = [];
  const crowd = bench.query(`query ($yaml: String!) { ${checks.join(' ')} }`, { yaml }, as('alice')).then(({ data, errors }) => {
    order.push('all checks');
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {})).toEqual(checks.map(() => ({ valid: true })));
  });
  const check = 'query ($yaml: String!) { validatePipeline(yaml: $yaml) { valid } }';
  await bench.query(check, { yaml }, as('bobby')).then(() => order.push('one check'));
  await bench.query('{ viewer { name } }', {}, as('bobby')).then(() => order.push('a name'));
  await crowd;
  expect(order).toEqual(['one check', 'a name', 'all checks']);
});
