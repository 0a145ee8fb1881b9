import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createIntake, defaultIntakeLimits } from '../../src/server/intake.ts';
import type { Visitor } from '../../src/server/operation.ts';
import { openSocket } from '../support/socket.ts';
import { startToy } from './toy.ts';

type Options = NonNullable<Parameters<typeof startToy>[0]>;
const limits = { messageBytes: 2_000, requestMs: 200, initMs: 60_000, socketMs: 60_000 };
const token = { authorization: 'Bearer me' };
const stranger: Visitor = { refusal: new Error('a stranger') };

/** A gateway that knows one token. */
const startGate = (options: Options = {}, identify = async () => stranger) =>
  startToy({
    ...options,
    strangers: { ...limits, ...options.strangers },
    identify: async ({ authorization }) => (authorization === token.authorization ? {} : identify()),
  });

/** A connection that says just this. */
async function say(url: string, words: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const connection = connect(Number(port), hostname);
  connection.on('error', () => {});
  await once(connection, 'connect');
  connection.write(words);
  return connection;
}
const closed = (connection: Socket) => new Promise<void>((resolve) => connection.once('close', () => resolve()));

const long = (bytes: number) => ({ query: 'query ($t: String!) { echo(text: $t) }', variables: { t: 'x'.repeat(bytes) } });

test.each(['application/json', 'text/event-stream'])(
  'over %s, a stranger says little, and who is known as much as usual',
  async (accept) => {
    await using toy = await startGate();
    const ask = async (bytes: number, headers: object) => (await toy.post(long(bytes), { accept, ...headers })).status;
    expect(await Promise.all([ask(1_000, {}), ask(3_000, {}), ask(900_000, {}), ask(900_000, token)])).toEqual([200, 413, 413, 200]);
  },
);

test('over a WebSocket, a stranger says little, and who is known as much as usual', async () => {
  await using toy = await startGate();
  await using friend = await openSocket(toy.url, { params: token });
  expect((await friend.start(long(900_000)).next()).data?.['echo']).toHaveLength(900_000);
  await using other = await openSocket(toy.url);
  expect((await other.start(long(1_000)).next()).data?.['echo']).toHaveLength(1_000);
  other.start(long(3_000));
  expect((await other.closed).code).toBe(1009);
});

test.each([
  ['at once', (bytes: string) => [bytes]],
  [
    'in fragments',
    (bytes: string) => Array.from({ length: 100 }, (_, n) => bytes.slice((n * bytes.length) / 100, ((n + 1) * bytes.length) / 100)),
  ],
  ['without its end', (bytes: string) => [bytes.slice(0, 100_000), undefined]],
])('a connection_init of a megabyte, %s, ends its socket, whoever it is from', async (_how, parts) => {
  await using toy = await startGate();
  await using socket = await openSocket(toy.url, { init: false });
  const message = JSON.stringify({ type: 'connection_init', payload: { ...token, more: 'x'.repeat(1_000_000) } });
  const pieces = parts(message);
  for (const [index, piece] of pieces.entries()) if (piece !== undefined) socket.socket.send(piece, { fin: index === pieces.length - 1 });
  expect((await socket.closed).code).toBe(1009);
});

test('pings between the parts of a message do not make it shorter', async () => {
  await using toy = await startGate();
  await using socket = await openSocket(toy.url, { init: false });
  for (let n = 0; n < 5; n += 1) {
    socket.socket.send('x'.repeat(1_000), { fin: false });
    socket.socket.ping();
    if (n < 2) await once(socket.socket, 'pong'); // ws itself has enough of somebody who only pings
  }
  expect((await socket.closed).code).toBe(1009);
});

test('a socket on which no valid token comes is closed after a while, but not in the middle of an operation', async () => {
  await using toy = await startGate({ strangers: { socketMs: 100 } });
  await using friend = await openSocket(toy.url, { params: token });
  await using idle = await openSocket(toy.url, { params: { authorization: 'Bearer other' } });
  await using busy = await openSocket(toy.url);
  const running = busy.start({ query: '{ hang }' });
  await toy.hanging.next();
  expect((await idle.closed).code).toBe(4401);
  toy.release();
  expect(await running.next()).toEqual({ data: { hang: 'done' } });
  expect((await busy.closed).code).toBe(4401);
  expect(await friend.start({ query: '{ hello }' }).next()).toEqual({ data: { hello: 'hello' } });
});

test('who is not known any more is a stranger again', async () => {
  let visitor: Visitor = {};
  await using toy = await startGate({ strangers: { socketMs: 50 } }, async () => visitor);
  await using socket = await openSocket(toy.url);
  visitor = stranger;
  await socket.start({ query: '{ hello }' }).next();
  expect((await socket.closed).code).toBe(4401);
});

test('where too many strangers wait, those go that have waited longest; who is known stays and does not count', async () => {
  await using toy = await startGate({ strangers: { connectionsPerNetwork: 3 } });
  const friends = [];
  for (let n = 0; n < 5; n += 1) friends.push(await openSocket(toy.url, { params: token }));
  const first = await openSocket(toy.url);
  const second = await openSocket(toy.url, { init: false });
  const others = [await openSocket(toy.url), await openSocket(toy.url), await openSocket(toy.url)];
  expect(await Promise.all([first, second].map(async (socket) => (await socket.closed).code))).toEqual([1013, 1013]);
  for (const socket of [...friends, ...others])
    expect(await socket.start({ query: '{ hello }' }).next()).toEqual({ data: { hello: 'hello' } });
  expect((await toy.post({ query: '{ hello }' })).status).toBe(200);
  for (const socket of [...friends, ...others, first, second]) await socket[Symbol.asyncDispose]();
});

test('all strangers together are bounded too, wherever they say they come from', async () => {
  await using toy = await startGate({ proxies: ['loopback'], strangers: { connections: 4, connectionsPerNetwork: 2 } });
  const from = (address: string) => openSocket(toy.url, { headers: { 'x-forwarded-for': address } });
  const [a, b, c] = [await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.2')];
  const d = await from('10.0.0.1');
  expect((await a.closed).code).toBe(1013);
  const [e, f] = [await from('10.0.0.3'), await from('10.0.0.4')];
  expect((await b.closed).code).toBe(1013);
  for (const socket of [c, d, e, f]) expect(await socket.start({ query: '{ hello }' }).next()).toEqual({ data: { hello: 'hello' } });
  for (const socket of [a, b, c, d, e, f]) await socket[Symbol.asyncDispose]();
});

test('without a configured proxy nobody is believed to be somewhere else', async () => {
  await using toy = await startGate({ strangers: { connectionsPerNetwork: 2 } });
  const sockets = [];
  for (const n of [1, 2, 3]) sockets.push(await openSocket(toy.url, { headers: { 'x-forwarded-for': `10.0.0.${n}` } }));
  expect((await sockets[0]?.closed)?.code).toBe(1013);
  for (const socket of sockets) await socket[Symbol.asyncDispose]();
});

test.each([
  ['says nothing', ''],
  ['sends half of its headers', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n'],
])('a connection that %s is closed after a while', async (_name, words) => {
  await using toy = await startGate();
  expect(await text(await say(toy.url, words))).toMatch(/^(HTTP\/1.1 408[^]*)?$/);
});

const post = (headers: string) =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}Content-Length: 1000\r\n\r\n{`;

test.each(['application/json', 'text/event-stream'])(
  "over %s, a stranger's half body is refused after a while, with a code",
  async (accept) => {
    await using toy = await startGate();
    const answer = await text(await say(toy.url, post(`Accept: ${accept}\r\n`)));
    expect(answer).toContain('HTTP/1.1 408');
    expect(answer).toContain('REQUEST_TIMEOUT');
  },
);

test('connections that say nothing, and half bodies, make room for those that come after them', async () => {
  await using toy = await startGate({ strangers: { connectionsPerNetwork: 2, requestMs: 60_000 } });
  const silent = await say(toy.url, '');
  const half = await say(toy.url, post(''));
  const gone = Promise.all([closed(silent.resume()), closed(half.resume())]);
  for (const n of [1, 2]) expect([n, (await toy.post({ query: '{ hello }' }, { connection: 'close' })).status]).toEqual([n, 200]);
  const others = [await say(toy.url, ''), await say(toy.url, '')];
  await gone;
  for (const connection of others) connection.destroy();
});

test('half bodies of those who are known are bounded by their bytes: the oldest is given up, and the others are answered', async () => {
  await using toy = await startGate({ intake: { halfSentBytes: 150_000 } });
  const body = JSON.stringify(long(59_000));
  const words = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer me\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const [first, second] = [await say(toy.url, words + body.slice(0, -1)), await say(toy.url, words + body.slice(0, -1))];
  const answers = [text(first), text(second)];
  expect((await toy.post(long(59_000), token)).status).toBe(200);
  expect(await answers[0]).toMatch(/^HTTP\/1.1 503[^]*TOO_MANY_REQUESTS/);
  second.write(body.slice(-1));
  expect(await answers[1]).toContain('HTTP/1.1 200');
});

test.each([
  ['viewer', 'bodies', { halfSentPerViewer: 2 }, ['me', 'me', 'me'], ['1', '1', '1'], [0]],
  ['viewer', 'bytes', { halfSentBytesPerViewer: 150_000 }, ['me', 'me', 'me'], ['1', '2', '3'], [0]],
  ['viewer, which leaves others alone', 'bodies', { halfSentPerViewer: 1 }, ['you', 'me', 'me'], ['1', '1', '1'], [1]],
  ['network', 'bodies', { halfSentPerNetwork: 2 }, ['a', 'b', 'c', 'd'], ['1', '1', '2', '1'], [0]],
])(
  'half bodies are bounded by %s, in %s: the oldest of those is given up, and the others are answered',
  async (_of, _what, intake, who, from, givenUp) => {
    await using toy = await startToy({
      intake,
      proxies: ['loopback'],
      identify: async ({ authorization }) => ({ identity: authorization ?? '' }),
    });
    const body = JSON.stringify(long(59_000));
    const halves = [];
    for (const [index, name] of who.entries()) {
      const words = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: ${name}\r\nX-Forwarded-For: 10.0.0.${from[index]}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      const connection = await say(toy.url, words + body.slice(0, -1));
      halves.push({ connection, answer: text(connection) });
      await toy.post({ query: '{ hello }' }, { authorization: 'other', 'x-forwarded-for': '10.0.1.1' }); // by then it has been looked at
    }
    for (const [index, { connection, answer }] of halves.entries()) {
      if (!givenUp.includes(index)) connection.write(body.slice(-1));
      expect(await answer).toMatch(givenUp.includes(index) ? /^HTTP\/1.1 503[^]*TOO_MANY_REQUESTS/ : /^HTTP\/1.1 200/);
    }
  },
);

test('nothing is kept of bodies that have come to their end, or were given up', () => {
  const intake = createIntake({ ...defaultIntakeLimits, halfSentPerViewer: 2 });
  const given: number[] = [];
  const receipts = [1, 2, 3].map((n) => intake.begin({ viewer: 'me', network: '10.0.0.1' }, () => given.push(n)));
  for (const receipt of receipts) receipt.add(1_000);
  expect([given, intake.shares()]).toEqual([[1], 3]);
  for (const receipt of [...receipts, ...receipts]) receipt.end();
  expect(intake.shares()).toBe(0);
});

test('a ping is answered with what it has brought, unless that cannot be written', async () => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  socket.send({ type: 'ping', payload: { a: 1 } });
  expect(await socket.next()).toEqual({ type: 'pong', payload: { a: 1 } });
  socket.send(`{"type":"ping","payload":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`);
  expect((await socket.closed).code).toBe(4400);
  expect(toy.logged).toEqual([]);
});

test('the id of an operation, which goes back with each of its messages, is short', async () => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  expect(await socket.start({ query: 'subscription { news { text } }' }, 'x'.repeat(10_000)).errors()).toMatchObject([
    { extensions: { code: 'BAD_REQUEST' } },
  ]);
  expect(toy.listening.size).toBe(0);
});

test('a connection that was used is kept as long as configured, which balancers are told', async () => {
  await using toy = await startToy({ idleMs: 100 });
  const connection = await say(toy.url, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await closed(connection.resume());
  await using other = await startToy();
  expect((await fetch(`${other.url}/healthz`)).headers.get('keep-alive')).toBe('timeout=75');
});
