import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Observation } from '../../src/upstream/http.ts';
import { client, dialect, errorOf, read, Thing, write } from './bench.ts';
import { json, refuse, type Respond, startRawServer, startServer, unusedPort } from './server.ts';
import { testCertificate, testKey } from './test-certificate.ts';

const thing: Respond = (_request, response) => json(response, { name: 'a' });

/** Answers the first requests one way and all later ones another. */
const first = (count: number, early: Respond, later: Respond): Respond => {
  let seen = 0;
  return (request, response) => {
    seen += 1;
    (seen <= count ? early : later)(request, response);
  };
};

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Respond =>
  (_request, response) => {
    response.writeHead(code, headers);
    response.end(body);
  };

test('a read sends query, accept and a request id of its own, and gives the parsed value', async () => {
  await using server = await startServer(thing);
  await using http = client(server.url);
  const query = { name: 'a b', none: undefined, empty: '', marker: 'x/y' };
  expect(await http.send({ ...read, query, lane: 'leader' }, Thing)).toEqual({ name: 'a' });
  expect(server.calls).toEqual(['GET /thing/1?name=a+b&marker=x%2Fy']);
  expect(server.received[0]?.headers).toMatchObject({
    accept: 'application/json',
    'x-id': expect.stringMatching(/^leader-[0-9a-f-]{36}$/),
  });
  expect(server.received[0]?.headers).not.toHaveProperty('content-type');
});

test('a write sends JSON, and an empty answer is fine where the shape allows it', async () => {
  await using server = await startServer((_request, response) => json(response, undefined));
  await using http = client(server.url);
  expect(await http.send(write, z.unknown())).toBeUndefined();
  expect(server.received).toMatchObject([
    { method: 'POST', url: '/thing', body: '{"name":"a"}', headers: { 'content-type': 'application/json' } },
  ]);
  expect(server.received[0]?.headers['x-id']).toMatch(/^viewer-/);
});

test.each(['/proxy/pf', '/proxy/pf/'])('the base path %s of the url is kept in front of the API', async (path) => {
  await using server = await startServer(thing);
  await using http = client(`${server.url}${path}`, { basePath: '/api/v1' });
  await http.send(read, Thing);
  expect(server.calls).toEqual(['GET /proxy/pf/api/v1/thing/1']);
});

test('each attempt is signed anew, over exactly what it sends', async () => {
  await using server = await startServer(first(1, status(503), thing));
  const signed: unknown[] = [];
  await using http = client(server.url, {
    basePath: '/v2',
    sign: ({ method, path, headers, body }) => {
      signed.push({ method, path, accept: headers['accept'], body });
      return { 'x-signature': `number ${signed.length}` };
    },
  });
  await http.send({ ...read, query: { name: 'a' } }, Thing);
  expect(signed).toEqual(Array.from({ length: 2 }, () => ({ method: 'GET', path: '/v2/thing/1?name=a', accept: 'application/json' })));
  expect(server.received.map(({ headers }) => headers['x-signature'])).toEqual(['number 1', 'number 2']);
  await http.send(write, Thing);
  expect(signed.at(-1)).toEqual({ method: 'POST', path: '/v2/thing', accept: 'application/json', body: server.received[2]?.body });
});

test('what a signer cannot do is its own error, and nothing was sent', async () => {
  await using server = await startServer(thing);
  await using http = client(server.url, { sign: () => Promise.reject(new RangeError('this cannot be signed')) });
  await expect(http.send(write, Thing)).rejects.toThrow('this cannot be signed');
  expect(server.calls).toEqual([]);
  expect(http.health()).toMatchObject({ circuit: 'closed' });
});

test('headers of an answer are told to who asks for them, and shared with it', async () => {
  await using server = await startServer(status(200, { 'X-Subject-Token': 'abc', 'content-type': 'application/json' }, '{"name":"a"}'));
  await using http = client(server.url);
  const both = await Promise.all([1, 2].map(() => http.exchange({ ...read, shareAs: 'me' }, Thing)));
  expect(both).toMatchObject([1, 2].map(() => ({ value: { name: 'a' }, headers: { 'x-subject-token': 'abc' } })));
  expect(server.calls.length).toBe(1);
});

/** As some put their failures into an answer of success. */
const failureIn = (body: unknown) => {
  const { data } = z.object({ errorCode: z.string(), errorMessage: z.string() }).safeParse(body);
  return data && { code: data.errorCode, message: data.errorMessage, requestId: '' };
};

test('a success that says in it that it failed is a refusal', async () => {
  const said = { errorCode: 'NoSuchThing', errorMessage: 'it is not there' };
  await using server = await startServer(first(1, (_request, response) => json(response, said), thing));
  await using http = client(server.url, { dialect: { ...dialect, failureIn } });
  const error = await errorOf(http.send(write, Thing));
  expect(error).toMatchObject({ fault: 'rejected', status: 200, code: 'NoSuchThing', outcomeUnknown: false });
  expect(await http.send(write, Thing)).toEqual({ name: 'a' });
});

test('https works, with a certificate of a private authority', async () => {
  await using server = await startServer(thing, { key: testKey, cert: testCertificate });
  await using http = client(server.url, { ca: testCertificate });
  await using strange = client(server.url);
  expect(await http.send(read, Thing)).toEqual({ name: 'a' });
  expect(await errorOf(strange.send(write, Thing))).toMatchObject({ fault: 'refused', outcomeUnknown: false });
});

test('connections are kept and used again', async () => {
  const sockets = new Set<string>();
  await using server = await startServer((request, response) => {
    sockets.add(String(response.socket?.remotePort));
    thing(request, response);
  });
  await using http = client(server.url);
  for (let turn = 0; turn < 20; turn += 1) await http.send(read, Thing);
  // The pool takes a second one when a request follows in the same turn as the answer before it.
  expect(sockets.size).toBeLessThanOrEqual(2);
});

test.each([
  [404, 'RunNotFound'],
  [400, 'InvalidMarker'],
  [403, 'AccessDenied'],
])('%i with code %s is a rejection, asked once', async (code, word) => {
  await using server = await startServer((_request, response) => refuse(response, code, word, 'a text for people'));
  await using http = client(server.url);
  const error = await errorOf(http.send(read, Thing));
  expect(error).toMatchObject({
    source: 'prod',
    operation: 'GET /thing/1',
    fault: 'rejected',
    status: code,
    code: word,
    outcomeUnknown: false,
  });
  expect(error).toMatchObject({ upstreamMessage: 'a text for people', requestId: 'id-of-the-server' });
  expect(error.message).toBe(`prod: GET /thing/1 answered ${code} ${word}`);
  expect(server.calls).toHaveLength(1);
});

test.each([404, 403, 400, 302])(
  "a %i that is not in the upstream's own words is garbage, so nothing is taken for missing",
  async (code) => {
    await using server = await startServer(status(code, { 'content-type': 'text/html' }, '<h1>nginx</h1>'));
    await using http = client(server.url);
    const error = await errorOf(http.send(read, Thing));
    expect(error).toMatchObject({ fault: 'garbage', status: code, code: undefined });
    expect(error.message).not.toContain('nginx');
  },
);

test.each([
  ['503 without words', status(503)],
  ['502 as HTML', status(502, { 'content-type': 'text/html' }, '<html>')],
  ['429', status(429, { 'retry-after': '0' })],
  ['500 Busy', (_request: unknown, response: Parameters<Respond>[1]) => refuse(response, 500, 'Busy')],
  ['an empty code', (_request: unknown, response: Parameters<Respond>[1]) => refuse(response, 500, '')],
  ['a cut connection', (_request: unknown, response: Parameters<Respond>[1]) => response.socket?.destroy()],
] satisfies [string, Respond][])('a read that meets %s is repeated, and the caller does not notice', async (_name, early) => {
  await using server = await startServer(first(1, early, thing));
  await using http = client(server.url);
  expect(await http.send(read, Thing)).toEqual({ name: 'a' });
  expect(server.calls).toHaveLength(2);
  expect(new Set(server.received.map(({ headers }) => headers['x-id'])).size).toBe(2);
});

test.each([
  ['503 for good', status(503), 3, { fault: 'unavailable', status: 503, code: undefined }],
  [
    'an empty code for good',
    (_request: unknown, response: Parameters<Respond>[1]) => refuse(response, 500, ''),
    2,
    { fault: 'unavailable', code: '' },
  ],
  [
    'a 500 that does not pass',
    (_request: unknown, response: Parameters<Respond>[1]) => refuse(response, 500, 'Gone'),
    1,
    { fault: 'unavailable', code: 'Gone' },
  ],
] satisfies [string, Respond, number, object][])(
  'a read that meets %s ends after the retries worth doing',
  async (_name, respond, calls, expected) => {
    await using server = await startServer(respond);
    await using http = client(server.url);
    expect(await errorOf(http.send(read, Thing))).toMatchObject({ ...expected, outcomeUnknown: false });
    expect(server.calls).toHaveLength(calls);
  },
);

test('a write is never repeated, and its outcome is unknown after a 5xx', async () => {
  await using server = await startServer(status(503));
  await using http = client(server.url);
  expect(await errorOf(http.send(write, Thing))).toMatchObject({ operation: 'POST /thing', fault: 'unavailable', outcomeUnknown: true });
  expect(server.calls).toHaveLength(1);
});

test('a write that was rejected did not happen', async () => {
  await using server = await startServer((_request, response) => refuse(response, 403, 'ActionNotAllowed'));
  await using http = client(server.url);
  expect(await errorOf(http.send(write, Thing))).toMatchObject({ fault: 'rejected', outcomeUnknown: false });
});

test('Retry-After longer than the budget ends the read at once', async () => {
  await using server = await startServer(status(503, { 'retry-after': '3600' }));
  await using http = client(server.url);
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'unavailable', retryAfterMs: 3_600_000 });
  expect(server.calls).toHaveLength(1);
});

test.each(['5.5', 'soon', '1 Jan', '-1', '9'.repeat(20), ''])(
  '%j is no Retry-After: not a pause of no time, nor one without end',
  async (header) => {
    await using server = await startServer(status(503, { 'retry-after': header }));
    await using http = client(server.url);
    expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'unavailable', retryAfterMs: undefined });
  },
);

test('Retry-After may be a date', async () => {
  await using server = await startServer(status(503, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }));
  await using http = client(server.url);
  const { retryAfterMs } = await errorOf(http.send(read, Thing));
  expect(retryAfterMs).toBeGreaterThan(3_500_000);
});

test('a source that is down for everybody gets a tenth more load, not twice as much', async () => {
  await using server = await startServer(status(503));
  await using http = client(server.url, { retry: { baseMs: 0, burst: 2 }, circuit: { failuresToOpen: 1000 } });
  for (let turn = 0; turn < 20; turn += 1) await errorOf(http.send(read, Thing));
  expect(server.calls.length).toBeLessThanOrEqual(20 + 2 + 2);
});

test('nobody listens: refused, and a write certainly did not happen', async () => {
  await using http = client(`http://localhost:${await unusedPort()}`);
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'refused' });
  expect(await errorOf(http.send(write, Thing))).toMatchObject({ fault: 'refused', outcomeUnknown: false });
});

test('a read without an answer ends when its budget does', async () => {
  await using server = await startServer(() => {});
  await using http = client(server.url, { budgets: { readMs: 40 } });
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'timeout', outcomeUnknown: false });
});

test('a slow read has more time than another', async () => {
  await using server = await startServer(() => {});
  await using http = client(server.url, { budgets: { readMs: 60_000, slowReadMs: 40 } });
  expect(await errorOf(http.send({ ...read, slow: true }, Thing))).toMatchObject({ fault: 'timeout' });
});

test('a write without an answer ends when its budget does, with unknown outcome', async () => {
  await using server = await startServer((request, response) => {
    if (request.method === 'GET') thing(request, response);
  });
  await using http = client(server.url, { budgets: { writeMs: 40 } });
  await http.send(read, Thing); // so that there is a connection already
  expect(await errorOf(http.send(write, Thing))).toMatchObject({ fault: 'timeout', outcomeUnknown: true });
});

test('a body that never ends is as bad as no answer', async () => {
  await using server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"name":');
  });
  await using http = client(server.url, { budgets: { readMs: 80 } });
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'timeout' });
});

const cutBefore = (socket: Socket) => socket.destroy();
const cutInside = (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"name":');
test.each([
  ['before any byte', cutBefore],
  ['inside the body', cutInside],
])('a connection cut %s: a read is repeated, the outcome of a write is unknown', async (_name, cut) => {
  await using server = await startRawServer(cut);
  await using http = client(server.url);
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'cut' });
  expect(server.connections()).toBe(3);
  expect(await errorOf(http.send(write, Thing))).toMatchObject({ fault: 'cut', outcomeUnknown: true });
  expect(server.connections()).toBe(4);
});

test('what is no HTTP is garbage, and none of it is in the error', async () => {
  await using server = await startRawServer((socket) => socket.end('SSH-2.0-secret\r\n'));
  await using http = client(server.url);
  const error = await errorOf(http.send(read, Thing));
  expect(error.fault).toBe('garbage');
  expect(`${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain('secret');
});

test.each([
  ['HTML', '<html>hunter2</html>', /not JSON \(text\/plain, 20 bytes\)/],
  ['JSON cut short', '{"name":"hunter2', /not JSON/],
  ['nothing', '', /empty body where JSON was expected/],
  ['white space', ' \n', /empty body where JSON was expected/],
  ['another shape', '{"name":{"hunter2":1}}', /unexpected shape: name: must be a text, not a mapping$/],
  ['null', 'null', /unexpected shape: the body: must be a mapping, not null$/],
])('200 with %s is garbage, and the error does not quote it', async (_name, body, message) => {
  await using server = await startServer(status(200, { 'content-type': 'text/plain' }, body));
  await using http = client(server.url);
  const error = await errorOf(http.send(read, Thing));
  expect(error).toMatchObject({ fault: 'garbage', status: 200, outcomeUnknown: false });
  expect(error.message).toMatch(message);
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('hunter2');
  expect(server.calls).toHaveLength(1);
  expect(await errorOf(http.send(write, Thing))).toMatchObject({ fault: 'garbage', outcomeUnknown: true });
});

test('a body over the ceiling is not collected', async () => {
  await using server = await startServer((_request, response) => json(response, { name: 'x'.repeat(5000) }));
  await using http = client(server.url, { maxBodyBytes: 4000 });
  const error = await errorOf(http.send(read, Thing));
  expect(error).toMatchObject({ fault: 'garbage', message: 'prod: GET /thing/1 answered 200 with more than 4000 bytes' });
});

test('a character split between two chunks is read whole', async () => {
  const bytes = Buffer.from('{"name":"流"}');
  const half = bytes.indexOf('流') + 1;
  await using server = await startServer((_request, response) => {
    response.setHeader('content-length', bytes.length);
    response.flushHeaders();
    response.write(bytes.subarray(0, half), () => setImmediate(() => response.end(bytes.subarray(half))));
  });
  await using http = client(server.url);
  expect(await http.send(read, Thing)).toEqual({ name: '流' });
});

test('bytes that are no UTF-8 become replacement characters, and a byte order mark is dropped', async () => {
  await using server = await startServer((_request, response) => {
    response.end(Buffer.concat([Buffer.from('\uFEFF{"name":"a'), Buffer.from([0xff]), Buffer.from('b"}')]));
  });
  await using http = client(server.url);
  expect(await http.send(read, Thing)).toEqual({ name: 'a\uFFFDb' });
});

test('a read is aborted down to its connection', async () => {
  const hungUp = Promise.withResolvers<void>();
  await using server = await startServer((_request, response) => response.once('close', hungUp.resolve));
  await using http = client(server.url);
  const controller = new AbortController();
  const work = errorOf(http.send({ ...read, signal: controller.signal }, Thing));
  await server.arrived(1);
  controller.abort();
  expect(await work).toMatchObject({ fault: 'aborted' });
  await hungUp.promise;
  expect(http.health().lastError).toBeUndefined();
});

test('a read that is aborted already is not sent', async () => {
  await using server = await startServer(thing);
  await using http = client(server.url);
  expect(await errorOf(http.send({ ...read, signal: AbortSignal.abort() }, Thing))).toMatchObject({ fault: 'aborted' });
  expect(server.calls).toEqual([]);
});

test('a write goes on when its caller leaves', async () => {
  const answer = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => answer.promise.then(() => thing(request, response)));
  await using http = client(server.url);
  const controller = new AbortController();
  const work = http.send({ ...write, signal: controller.signal }, Thing);
  await server.arrived(1);
  controller.abort();
  answer.resolve();
  expect(await work).toEqual({ name: 'a' });
});

test('closing aborts reads, waits for writes and refuses what comes later', async () => {
  const answer = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => {
    if (request.method === 'POST') void answer.promise.then(() => thing(request, response));
  });
  const http = client(server.url);
  const reading = errorOf(http.send(read, Thing));
  const writing = http.send(write, Thing);
  await server.arrived(2);
  const closing = http.close();
  expect(await reading).toMatchObject({ fault: 'aborted' });
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'aborted' });
  answer.resolve();
  expect(await writing).toEqual({ name: 'a' });
  await closing;
});

test('every attempt is observed, and health tells the last success and the last fault', async () => {
  await using server = await startServer(first(1, status(503), thing));
  const seen: Observation[] = [];
  await using http = client(server.url, { observe: (observation) => seen.push(observation) });
  expect(http.health()).toEqual({ circuit: 'closed', lastSuccessAt: undefined, lastError: undefined });
  await http.send(read, Thing);
  expect(seen).toEqual([
    { source: 'prod', call: 'readThing', lane: 'viewer', status: 503, fault: 'unavailable', ms: expect.any(Number) },
    { source: 'prod', call: 'readThing', lane: 'viewer', status: 200, ms: expect.any(Number) },
  ]);
  expect(http.health()).toEqual({
    circuit: 'closed',
    lastSuccessAt: expect.any(Date),
    lastError: { at: expect.any(Date), fault: 'unavailable', message: expect.stringContaining('503') },
  });
});

test('after the connection was given up in the middle, the next request gets its own answer', async () => {
  await using server = await startServer((request, response) => {
    if (request.url === '/thing/1') response.write('{"name":');
    else json(response, { name: 'second' });
  });
  await using http = client(server.url, { limits: { viewer: 1, leader: 1 } });
  const controller = new AbortController();
  const work = errorOf(http.send({ ...read, signal: controller.signal }, Thing));
  await server.arrived(1);
  controller.abort();
  await work;
  expect(await http.send({ call: 'readThing', path: '/thing/2' }, Thing)).toEqual({ name: 'second' });
});

test('a write that ends before its connection is made did not happen, and does not when the connection comes', async () => {
  await using server = await startServer(thing, { key: testKey, cert: testCertificate });
  const open = Promise.withResolvers<void>();
  await using slow = await startRawServer((socket, greeting) => {
    void open.promise.then(() => {
      const behind = connect({ host: 'localhost', port: Number(new URL(server.url).port) });
      behind.write(greeting);
      socket.pipe(behind).pipe(socket);
    });
  });
  // One connection for all, so that the second request comes after the first one.
  const limits = { leader: 1, viewer: 0, stranger: 0 };
  await using http = client(slow.url.replace('http:', 'https:'), { ca: testCertificate, limits, budgets: { writeMs: 40 } });
  expect(await errorOf(http.send({ ...write, lane: 'leader' }, Thing))).toMatchObject({ fault: 'timeout', outcomeUnknown: false });
  const second = http.send({ ...read, lane: 'leader' }, Thing);
  open.resolve();
  expect(await second).toEqual({ name: 'a' });
  expect(server.calls).toEqual(['GET /thing/1']);
});

test('a hundred reads of one operation hang on one signal without a warning', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  await using server = await startServer(thing);
  await using http = client(server.url);
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 100 }, (_, number) => http.send({ ...read, path: `/${number}`, signal, shareAs: 'root' }, Thing)));
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

test('an answer that came in time is heard, however long this process was busy meanwhile', async () => {
  // On a thread of its own, which the busy one does not hold up.
  const answering = new Worker(
    `const { parentPort } = require('node:worker_threads');
    const server = require('node:http').createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/thing/1') return response.end('{"name":"a"}');
      parentPort.postMessage('asked');
      setTimeout(() => response.end('{"name":"a"}'), 50);
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  const [port] = (await once(answering, 'message')) as [number];
  await using http = client(`http://127.0.0.1:${port}`, { budgets: { readMs: 300 } });
  await http.send(read, Thing); // the connection is there
  const asked = http.send({ ...read, path: '/thing/2' }, Thing);
  await once(answering, 'message');
  const until = performance.now() + 600;
  while (performance.now() < until);
  expect(await asked).toEqual({ name: 'a' });
  await answering.terminate();
});
