import { createClient } from 'graphql-sse';
import { expect, test } from 'vitest';
import { openSocket } from '../support/socket.ts';
import { startToy } from './toy.ts';

test('closing lets what has begun come to its end, on each transport, and takes nothing new', async () => {
  const toy = await startToy();
  await using socket = await openSocket(toy.url);
  const overHttp = toy.post({ query: '{ hang }' });
  const overEvents = toy.post({ query: '{ hang }' }, { accept: 'text/event-stream' });
  const overSocket = socket.start({ query: '{ hang }' });
  for (let n = 0; n < 3; n++) await toy.hanging.next();
  const closed = toy.gateway.close();
  await expect(fetch(`${toy.url}/healthz`)).rejects.toThrow('fetch failed');
  toy.release();
  expect(await (await overHttp).json()).toEqual({ data: { hang: 'done' } });
  expect(await (await overEvents).text()).toContain('data: {"data":{"hang":"done"}}');
  expect(await overSocket.next()).toEqual({ data: { hang: 'done' } });
  // Without it, a client would ask again elsewhere, and a mutation would happen twice.
  expect(await overSocket.message()).toMatchObject({ type: 'complete' });
  expect(await socket.closed).toEqual({ code: 1001, reason: 'Going away' });
  await closed;
});

test('subscriptions are ended so that their clients come back: a socket with 1001, a stream without `complete`', async () => {
  const toy = await startToy();
  await using socket = await openSocket(toy.url);
  socket.start({ query: 'subscription { news { text } }' });
  await toy.joined.next();
  const stream = await toy.post({ query: 'subscription { news { text } }' }, { accept: 'text/event-stream' });
  await toy.joined.next();
  await toy.gateway.close();
  expect((await socket.closed).code).toBe(1001);
  expect(await stream.text()).toBe(':\n\n');
  expect([await toy.left.next(), await toy.left.next(), toy.listening.size]).toEqual(['news', 'news', 0]);
});

test("the working group's SSE client takes the end of a drained stream for a lost connection, and reconnects", async () => {
  const toy = await startToy();
  const retries: number[] = [];
  const retry = async (attempt: number) => void retries.push(attempt);
  const client = createClient({ url: `${toy.url}/graphql`, retryAttempts: 1, retry });
  const news = Array.fromAsync(client.iterate({ query: 'subscription { news { text } }' })).catch(String);
  await toy.joined.next();
  await toy.gateway.close();
  await news;
  expect(retries).toEqual([0]);
});

test('who does not finish in time is cut off', async () => {
  const toy = await startToy({ drainMs: 50 });
  const hanging = toy.post({ query: '{ hang }' }).catch(String);
  const signal = await toy.hanging.next();
  await using stopped = await openSocket(toy.url);
  await stopped.start({ query: 'subscription { lines(count: 1000000) { text } }' }).next();
  stopped.pause();
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
  await toy.gateway.close();
  expect(await hanging).toContain('fetch failed');
  await aborted;
  expect(await toy.left.next()).toBe('lines');
});

test('sockets that leave by themselves are not waited for, however long all may take', async () => {
  const toy = await startToy({ drainMs: 2 ** 31 - 1 }); // each is told at some time within days
  const sockets = await Promise.all([openSocket(toy.url), openSocket(toy.url), openSocket(toy.url)]);
  const closed = toy.gateway.close();
  for (const socket of sockets) await socket[Symbol.asyncDispose]();
  await closed;
  expect(toy.gateway.server.listening).toBe(false);
});

test('closing twice is no mistake', async () => {
  const toy = await startToy();
  await Promise.all([toy.gateway.close(), toy.gateway.close()]);
  await toy.gateway.close();
  expect(toy.gateway.server.listening).toBe(false);
});
