import { expect, test } from 'vitest';
import { InvalidCallError } from '../../../../src/upstream/errors.ts';
import { createPaddleFlow, type PaddleFlow } from '../../../../src/backends/paddleflow/client/paddleflow.ts';
import { errorOf } from '../../../upstream/bench.ts';
import { json, refuse, type Respond, startServer, type TestServer } from '../../../upstream/server.ts';
import { give, hangUp, inspected, route, say, V1 } from './bench.ts';

const version = { gitVersion: 'v0.14.6' };

interface SessionBench extends AsyncDisposable {
  readonly server: TestServer;
  readonly prod: PaddleFlow;
  readonly calls: string[];
  /** What a refused token is answered with from now on, by token. */
  readonly refused: Map<string, string>;
}

/** Knows root and alice, each with a token of their own. */
async function startSessions(respond: Respond = give(version)): Promise<SessionBench> {
  const passwords: Readonly<Record<string, string>> = { root: 'paddleflow1', alice: 'wonderland1' };
  const refused = new Map<string, string>();
  const server = await startServer((request, response) => {
    const token = String(request.headers['x-pf-authorization']);
    if (request.url === `${V1}/login`) {
      const { username, password } = JSON.parse(request.body) as Record<string, string>;
      const known = passwords[username ?? ''];
      if (known === undefined) refuse(response, 400, 'UserNotExist', 'User not exist');
      else if (known !== password) refuse(response, 400, 'AuthFailed', `wrong: ${password}`);
      else json(response, { authorization: `token-of-${username}` });
    } else if (refused.has(token)) refuse(response, 400, refused.get(token) ?? '');
    else respond(request, response);
  });
  const prod = createPaddleFlow({
    source: 'prod',
    url: server.url,
    username: 'root',
    password: 'paddleflow1',
    timeZone: 'UTC',
    retry: { baseMs: 1 },
    limits: { leader: 5, viewer: 5 },
  });
  return {
    server,
    prod,
    refused,
    get calls() {
      return server.received.map(
        ({ method, url, headers }) => `${String(headers['x-pf-authorization'] ?? 'nobody')}: ${method} ${url.replace(V1, '')}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await prod.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

test('a user signs in and is asked for in that name, without our own account', async () => {
  await using bench = await startSessions();
  const token = await bench.prod.login('alice', 'wonderland1');
  expect(token).toBe('token-of-alice');
  expect(await bench.prod.asUser(token).version()).toMatchObject(version);
  expect(bench.calls).toEqual(['nobody: POST /login', 'token-of-alice: GET /version']);
});

test.each([
  ['alice', 'Wonderland2', 'AuthFailed'],
  ['mallory', 'Wonderland2', 'UserNotExist'],
])('%s with a wrong password is refused, which says nothing about the source', async (username, password, code) => {
  await using bench = await startSessions();
  const error = await errorOf(bench.prod.login(username, password));
  expect(error).toMatchObject({ fault: 'rejected', code, sessionEnded: false });
  expect(inspected(error)).not.toContain(password);
  expect(bench.prod.health().lastError).toBeUndefined();
  expect(bench.calls).toHaveLength(1);
});

test('a refused login is not remembered against the next one, nor against our own account', async () => {
  await using bench = await startSessions();
  await errorOf(bench.prod.login('root', 'wrong'));
  expect(await bench.prod.login('root', 'paddleflow1')).toBe('token-of-root');
  expect(await bench.prod.as('viewer').version()).toMatchObject(version);
});

test('ROOT may not sign in: the server would take it for root', async () => {
  await using bench = await startSessions();
  await expect(bench.prod.login('ROOT', 'x')).rejects.toThrow(InvalidCallError);
  expect(bench.calls).toEqual([]);
});

test('who leaves during the own login has left', async () => {
  await using server = await startServer(() => {});
  const prod = createPaddleFlow({ source: 'prod', url: server.url, username: 'root', password: 'p', timeZone: 'UTC' });
  const controller = new AbortController();
  const leaving = errorOf(prod.login('alice', 'wonderland1', { signal: controller.signal }));
  await server.arrived(1);
  controller.abort();
  expect(await leaving).toMatchObject({ fault: 'aborted' });
  await prod.close();
});

test.each(['AuthFailed', 'AuthInvalidToken', 'AuthWithoutToken'])('%s ends the session, is told so, and is not repeated', async (code) => {
  await using bench = await startSessions();
  bench.refused.set('token-of-alice', code);
  const error = await errorOf(bench.prod.asUser('token-of-alice').deleteRun('run-000012'));
  expect(error).toMatchObject({ fault: 'unauthenticated', sessionEnded: true, code, status: 400, outcomeUnknown: false });
  expect(error.message).toContain('sign in again');
  expect(inspected(error)).not.toContain('token-of');
  expect(bench.calls).toEqual(['token-of-alice: DELETE /run/run-000012']);
  expect(bench.prod.health()).toMatchObject({ circuit: 'closed', lastError: undefined });
});

test('our own account failing is no end of a session', async () => {
  await using bench = await startSessions();
  bench.refused.set('token-of-root', 'AuthInvalidToken');
  expect(await errorOf(bench.prod.as('viewer').version())).toMatchObject({ fault: 'unauthenticated', sessionEnded: false });
});

test('a user who was deleted has no session any more', async () => {
  await using bench = await startSessions();
  bench.refused.set('token-of-alice', 'UserNotExist');
  const error = await errorOf(bench.prod.asUser('token-of-alice').getRun('run-000012'));
  expect(error).toMatchObject({ fault: 'unauthenticated', sessionEnded: true, code: 'UserNotExist', operation: 'GET /run/run-000012' });
  expect(bench.calls).toEqual(['token-of-alice: GET /run/run-000012', 'token-of-alice: GET /version']);
});

test.each<[string, Respond]>([
  ['is accepted elsewhere', give(version)],
  ['cannot be tried elsewhere', hangUp],
])('a call about another user who does not exist ends no session whose token %s', async (_name, answer) => {
  await using bench = await startSessions(route({ 'DELETE /user/mallory': say(400, 'UserNotExist'), 'GET /version': answer }));
  const error = await errorOf(bench.prod.asUser('token-of-root').deleteUser('mallory'));
  expect(error).toMatchObject({ fault: 'rejected', code: 'UserNotExist', sessionEnded: false, operation: 'DELETE /user/mallory' });
  expect(bench.calls.filter((call) => call.endsWith('DELETE /user/mallory'))).toHaveLength(1);
});

test('AuthIllegalUser is about the request, and ends no session', async () => {
  await using bench = await startSessions((_request, response) => refuse(response, 400, 'AuthIllegalUser'));
  const error = await errorOf(bench.prod.asUser('token-of-alice').createRun({ pipelineID: 'ppl-000001', username: 'bobby' }));
  expect(error).toMatchObject({ fault: 'rejected', code: 'AuthIllegalUser', sessionEnded: false });
});

test('equal reads in flight are shared within one session, and with nobody else', async () => {
  const open = Promise.withResolvers<void>();
  await using bench = await startSessions((_request, response) => void open.promise.then(() => json(response, version)));
  const { prod } = bench;
  const all = [
    prod.asUser('token-of-alice').version(),
    prod.asUser('token-of-alice').version(),
    prod.asUser('another-token').version(),
    prod.asUser('token-of-alice', { share: false }).version(),
    prod.as('viewer').version(),
  ];
  await bench.server.arrived(1 + 4);
  open.resolve();
  await Promise.all(all);
  expect(bench.calls.toSorted()).toEqual([
    'another-token: GET /version',
    'nobody: POST /login',
    'token-of-alice: GET /version',
    'token-of-alice: GET /version',
    'token-of-root: GET /version',
  ]);
});

test.each(['', 'two words', 'line\r\nx-pf-user-name: root', 'ümlaut'])('%j cannot be a token', async (token) => {
  await using bench = await startSessions();
  expect(() => bench.prod.asUser(token)).toThrow(InvalidCallError);
  expect(() => bench.prod.asUser(token)).not.toThrow(/words|line|ümlaut/);
});
