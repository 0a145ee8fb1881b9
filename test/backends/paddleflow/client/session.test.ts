import { expect, test } from 'vitest';
import { z } from 'zod';
import { UpstreamError } from '../../../../src/upstream/errors.ts';
import type { JsonHttp } from '../../../../src/upstream/http.ts';
import { createPaddleFlow } from '../../../../src/backends/paddleflow/client/paddleflow.ts';
import { type Credentials, withCredentials } from '../../../../src/backends/paddleflow/client/session.ts';
import { errorOf } from '../../../upstream/bench.ts';
import { json, refuse, type Respond, startServer } from '../../../upstream/server.ts';
import { startBench } from './bench.ts';

const version = { gitVersion: 'v0.14.6' };
const answerVersion: Respond = (_request, response) => json(response, version);

test('the account signs in once, and every call carries the bare token and an id that tells who asks', async () => {
  await using bench = await startBench(answerVersion);
  await bench.prod.as('leader').version();
  await bench.prod.as('viewer').version();
  expect(bench.server.received.map(({ headers }) => headers['x-pf-authorization'])).toEqual([undefined, 'token-1', 'token-1']);
  expect(bench.server.received.map(({ headers }) => String(headers['x-pf-request-id']).split('-')[0])).toEqual([
    'leader',
    'leader',
    'viewer',
  ]);
  expect(bench.server.received[0]?.body).toBe('{"username":"root","password":"paddleflow1"}');
});

test('several first calls at once share one login', async () => {
  await using bench = await startBench(answerVersion);
  await Promise.all([
    bench.prod.as('leader').version(),
    bench.prod
      .as('viewer')
      .getRun('run-000001')
      .catch(() => {}),
    bench.prod.as('viewer').version(),
  ]);
  expect(bench.logins).toBe(1);
});

test('when the token has become worthless, all calls sign in once more together and are repeated, writes too', async () => {
  await using bench = await startBench((request, response) => {
    if (request.method === 'GET') json(response, version);
    else json(response, { runID: 'run-000002' }, 201);
  });
  await bench.prod.as('viewer').version();
  bench.changePassword();
  const leader = bench.prod.as('leader');
  const [one, made] = await Promise.all([
    bench.prod.as('viewer').version(),
    leader.createRun({ pipelineID: 'ppl-000001' }),
    leader.version(),
  ]);
  expect(one.gitVersion).toBe('v0.14.6');
  expect(made).toBe('run-000002');
  expect(bench.logins).toBe(2);
  expect(bench.calls.filter((call) => call === 'POST /run')).toHaveLength(2);
});

test.each(['AuthWithoutToken', 'AuthInvalidToken', 'UserNotExist'])('%s is answered by a new login and one repetition', async (code) => {
  let refused = 0;
  await using bench = await startBench((_request, response) => {
    refused += 1;
    if (refused === 1) refuse(response, 400, code);
    else json(response, version);
  });
  await bench.prod.as('viewer').version();
  expect(bench.logins).toBe(2);
});

test('AuthIllegalUser is about the request: no new login', async () => {
  await using bench = await startBench((_request, response) => refuse(response, 400, 'AuthIllegalUser'));
  expect(await errorOf(bench.prod.as('viewer').version())).toMatchObject({ fault: 'rejected', code: 'AuthIllegalUser' });
  expect(bench.logins).toBe(1);
});

test('a token that is refused fresh from the login is our trouble, and is not tried a third time', async () => {
  await using bench = await startBench((_request, response) => refuse(response, 400, 'AuthInvalidToken'));
  expect(await errorOf(bench.prod.as('viewer').version())).toMatchObject({ fault: 'unauthenticated', code: 'AuthInvalidToken' });
  expect(bench.calls).toHaveLength(2);
});

test('a user that a handler does not know stays a rejection', async () => {
  await using bench = await startBench((_request, response) => refuse(response, 400, 'UserNotExist'));
  expect(await errorOf(bench.prod.as('viewer').version())).toMatchObject({ fault: 'rejected', code: 'UserNotExist' });
});

test('a wrong password is tried once, remembered, shown in the health, and never in an error', async () => {
  await using bench = await startBench(answerVersion, { password: 'hunter2' });
  const client = bench.prod.as('viewer');
  const errors = await Promise.all([errorOf(client.version()), errorOf(client.version())]);
  errors.push(await errorOf(client.version()));
  for (const error of errors) {
    expect(error).toMatchObject({ fault: 'unauthenticated', operation: 'POST /login', status: 400, code: 'AuthFailed' });
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('hunter2');
  }
  expect(bench.logins).toBe(1);
  expect(bench.prod.health()).toMatchObject({ circuit: 'closed', lastError: { fault: 'unauthenticated' } });
});

test('once the refusal is forgotten, the login is tried again', async () => {
  await using bench = await startBench(answerVersion, { password: 'hunter2', rememberRefusalMs: 0 });
  await errorOf(bench.prod.as('viewer').version());
  await errorOf(bench.prod.as('viewer').version());
  expect(bench.logins).toBe(2);
});

test('a server that is down at login is an outage, and is asked again by the next call', async () => {
  let up = false;
  await using server = await startServer((request, response) => {
    if (!up) response.writeHead(503).end();
    else json(response, request.url.endsWith('/login') ? { authorization: 't' } : version);
  });
  const prod = createPaddleFlow({
    source: 'prod',
    url: server.url,
    username: 'root',
    password: 'p',
    timeZone: 'UTC',
    retry: { baseMs: 1 },
  });
  expect(await errorOf(prod.as('viewer').version())).toMatchObject({ fault: 'unavailable', status: 503, operation: 'POST /login' });
  up = true;
  expect(await prod.as('viewer').version()).toMatchObject(version);
  await prod.close();
});

test('who leaves during the login leaves the others to it', async () => {
  const open = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => {
    if (request.url.endsWith('/login')) void open.promise.then(() => json(response, { authorization: 't' }));
    else json(response, version);
  });
  const prod = createPaddleFlow({ source: 'prod', url: server.url, username: 'root', password: 'p', timeZone: 'UTC' });
  const controller = new AbortController();
  const leaving = errorOf(prod.as('viewer').version(controller.signal));
  const staying = prod.as('leader').version();
  await server.arrived(1);
  controller.abort();
  expect(await leaving).toMatchObject({ fault: 'aborted' });
  open.resolve();
  expect(await staying).toMatchObject(version);
  expect(server.calls).toHaveLength(2);
  await prod.close();
});

test('a login without an answer uses up the budget of the call', async () => {
  await using server = await startServer(() => {});
  const budgets = { readMs: 50 };
  const prod = createPaddleFlow({ source: 'prod', url: server.url, username: 'root', password: 'p', timeZone: 'UTC', budgets });
  expect(await errorOf(prod.as('viewer').version())).toMatchObject({ fault: 'timeout' });
  expect(server.calls).not.toContain('GET /api/paddleflow/v1/version');
  await prod.close();
});

test('the call, its new login and its repetition all have the deadline of the beginning', async () => {
  const deadlines: unknown[] = [];
  const refused = new UpstreamError(
    { source: 'prod', operation: 'GET /x', fault: 'rejected', status: 400, code: 'AuthFailed' },
    'was refused',
  );
  const http: Pick<JsonHttp, 'source' | 'send' | 'deadlineOf'> = {
    source: 'prod',
    deadlineOf: () => 12_345,
    async send({ deadline }) {
      deadlines.push(deadline);
      throw refused;
    },
  };
  const credentials: Credentials = {
    identity: 'alice',
    async token({ deadline }) {
      deadlines.push(deadline);
      return 'token';
    },
    discard() {},
  };
  const call = withCredentials(http, credentials, { lane: 'viewer', share: true }).send({ call: 'x', path: '/x' }, z.unknown());
  expect(await errorOf(call)).toMatchObject({ fault: 'unauthenticated' });
  expect(deadlines).toEqual([12_345, 12_345, 12_345, 12_345]);
});

test('viewers share equal reads in flight, the leader and those who ask for it do not', async () => {
  const open = Promise.withResolvers<void>();
  await using bench = await startBench((request, response) => void open.promise.then(() => answerVersion(request, response)), {
    limits: { leader: 5, viewer: 5 },
  });
  const { prod } = bench;
  const viewers = [prod.as('viewer').version(), prod.as('viewer').version()];
  const others = [prod.as('leader').version(), prod.as('leader').version(), prod.as('viewer', { share: false }).version()];
  await bench.server.arrived(1 + 1 + 3);
  open.resolve();
  await Promise.all([...viewers, ...others]);
  expect(bench.calls).toHaveLength(4);
});

test('an unknown time zone is noticed at once', () => {
  const options = { source: 'prod', url: 'http://localhost', username: 'root', password: 'p', timeZone: 'Asia/Nowhere' };
  expect(() => createPaddleFlow(options)).toThrow(RangeError);
});
