import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openSocket } from '../support/socket.ts';
import { startToy } from './toy.ts';

const LINES = 'subscription { lines(count: 3) { loads } }';

test("the working group's client gets queries, subscriptions and their end, with its token", async () => {
  await using toy = await startToy();
  const client = createClient({
    url: `${toy.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { headers: { Authorization: 'Bearer me' } },
  });
  expect(await Array.fromAsync(client.iterate({ query: '{ viewer }' }))).toEqual([{ data: { viewer: 'Bearer me' } }]);
  expect(await Array.fromAsync(client.iterate({ query: LINES }))).toEqual([1, 2, 3].map(() => ({ data: { lines: { loads: 1 } } })));
  await client.dispose();
});

test('connectionParams add a token, and nothing that only a proxy may say', async () => {
  await using toy = await startToy();
  const params = { AUTHORIZATION: 'Bearer me', 'x-forwarded-user': 'root', cookie: 'a', headers: { traceparent: '00-1' }, answer: 42 };
  await using socket = await openSocket(toy.url, { params, headers: { 'x-forwarded-for': '10.0.0.1' } });
  await socket.start({ query: '{ hello }' }).next();
  const { headers, transport } = toy.operations[0] ?? {};
  expect(transport).toBe('ws');
  expect(headers).toMatchObject({ authorization: 'Bearer me', traceparent: '00-1', 'x-forwarded-for': '10.0.0.1' });
  expect(headers).not.toHaveProperty('x-forwarded-user');
  expect(headers).not.toHaveProperty('cookie');
});

test('a query that does not parse fails alone: the socket and its subscriptions go on', async () => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  const news = socket.start({ query: 'subscription { news { text } }' });
  await toy.joined.next();
  expect(await socket.start({ query: '{ hello' }).errors()).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
  toy.publish('still here');
  expect(await news.next()).toEqual({ data: { news: { text: 'still here' } } });
});

test('a client that completes a running query aborts its signal, and the others go on', async () => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  const first = socket.start({ query: '{ hang }' });
  const signal = await toy.hanging.next();
  const second = socket.start({ query: '{ hang }' });
  const other = await toy.hanging.next();
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
  first.complete();
  await aborted;
  expect(other.aborted).toBe(false);
  toy.release();
  expect(await second.next()).toEqual({ data: { hang: 'done' } });
  expect(toy.logged).toEqual([]);
});

test('a client that completes a subscription ends its source, though it waits for news', async () => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  const news = socket.start({ query: 'subscription { news { text } }' });
  await toy.joined.next();
  news.complete();
  expect(await toy.left.next()).toBe('news');
  expect([toy.listening.size, toy.operations[0]?.signal.aborted]).toEqual([0, true]);
});

test('a socket that closes aborts its queries and ends its subscriptions', async () => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  socket.start({ query: '{ hang }' });
  const signal = await toy.hanging.next();
  socket.start({ query: 'subscription { news { text } }' });
  await toy.joined.next();
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
  socket.socket.close();
  await aborted;
  expect(await toy.left.next()).toBe('news');
});

test.each([
  [{ query: '{ hello }', variables: [1] }],
  [{ query: '{ hello }', variables: 'x' }],
  [{ query: '{ hello }', extensions: 'x' }],
  [{ query: '{ hello }', operationName: { a: 1 } }],
  [{ query: 5 }],
  [[{ query: '{ hello }' }]],
  [null],
])('the payload %j is no operation: the protocol closes the socket with 4400, and nothing is logged', async (payload) => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  socket.send({ id: '1', type: 'subscribe', payload });
  expect((await socket.closed).code).toBe(4400);
  expect(toy.logged).toEqual([]);
});

test.each([
  ['too late', async () => {}, 4408],
  ['not JSON', async (send: (message: unknown) => void) => send('{'), 4400],
  [
    'an operation first',
    async (send: (message: unknown) => void) => send({ id: '1', type: 'subscribe', payload: { query: '{ hello }' } }),
    4401,
  ],
  ['huge', async (send: (message: unknown) => void) => send({ type: 'connection_init', payload: { x: 'x'.repeat(20_000) } }), 1009],
])('a connection that begins with something %s is closed with a code', async (_name, begin, code) => {
  await using toy = await startToy({ strangers: { initMs: 20 }, maxBodyBytes: 10_000 });
  await using socket = await openSocket(toy.url, { init: false });
  await begin(socket.send);
  expect((await socket.closed).code).toBe(code);
  expect(toy.operations).toEqual([]);
});

test('one operation more than allowed at a time is answered with an error', async () => {
  await using toy = await startToy({ maxOperationsPerSocket: 2 });
  await using socket = await openSocket(toy.url);
  const query = 'subscription { news { text } }';
  const [first] = [socket.start({ query }), socket.start({ query })];
  await toy.joined.next();
  await toy.joined.next();
  expect(await socket.start({ query }).errors()).toMatchObject([{ extensions: { code: 'TOO_MANY_OPERATIONS' } }]);
  first.complete();
  await toy.left.next();
  socket.start({ query });
  await toy.joined.next();
});

test('a client that stops reading while 60,000 lines pass gets all of them once it reads again, as the others did meanwhile', async () => {
  await using toy = await startToy({ keepAliveMs: 20 });
  await using stopped = await openSocket(toy.url);
  await using reading = await openSocket(toy.url);
  const count = async (operation: ReturnType<typeof reading.start>) => {
    let lines = 0;
    while ((await operation.message()).type === 'next') lines += 1;
    return lines;
  };
  const slow = stopped.start({ query: 'subscription { lines(count: 60000) { text } }' });
  await slow.next();
  stopped.pause();
  expect(await count(reading.start({ query: 'subscription { lines(count: 60001) { text } }' }))).toBe(60_001);
  expect(toy.pulled.get(60_000)).toBeLessThan(20_000); // the kernel's buffers, and no more: nothing is kept for it here
  stopped.resume();
  expect(await count(slow)).toBe(59_999);
});

test('a client that never reads on is ended after the cap, its source with it; a quiet one that answers pings lives', async () => {
  await using toy = await startToy({ keepAliveMs: 20, stallMs: 200 });
  await using quiet = await openSocket(toy.url);
  const news = quiet.start({ query: 'subscription { news { text } }' });
  await using stopped = await openSocket(toy.url);
  await stopped.start({ query: 'subscription { lines(count: 1000000) { text } }' }).next();
  stopped.pause();
  expect(await toy.left.next()).toBe('lines');
  toy.publish('alive');
  expect(await news.next()).toEqual({ data: { news: { text: 'alive' } } });
});

test('a client that has vanished without a word is ended after the cap', async () => {
  await using toy = await startToy({ keepAliveMs: 20, stallMs: 100 });
  await using vanished = await openSocket(toy.url);
  vanished.start({ query: 'subscription { news { text } }' });
  await toy.joined.next();
  vanished.pause();
  expect(await toy.left.next()).toBe('news');
});
