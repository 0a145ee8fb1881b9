import { request } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startToy } from './toy.ts';

const PAGE = 'https://ops.example.com';

/** The status of an operation with these headers; `fetch` would not send a `Host` or `Origin` of ours. */
async function statusOf(url: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(`${url}/graphql?query={hello}`, { method, headers }, (response) => resolve(response.resume().statusCode))
    .on('error', reject)
    .end();
  return promise;
}

/** The status of the handshake: 101, or what it was refused with. */
async function upgradeStatusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
  socket.on('open', () => resolve(101));
  socket.on('error', () => {}); // that of leaving before the handshake
  return promise.finally(() => socket.terminate());
}

test.each([
  ['a program, which sends no origin', {}, true],
  ["the gateway's own page", { origin: 'http://localhost:4000', host: 'localhost:4000' }, true],
  ['a page of a listed origin', { origin: PAGE }, true],
  ['a page elsewhere', { origin: 'https://evil.example.com' }, false],
  ['a page on another port of the same machine', { origin: 'http://localhost:3000', host: 'localhost:4000' }, false],
  ['a sandboxed frame', { origin: 'null' }, false],
  ['an image of a page elsewhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, false],
  ['a link that somebody followed', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, true],
])('%s: over HTTP, SSE and WebSocket the door decides alike', async (_name, headers, welcome) => {
  await using toy = await startToy({ origins: [PAGE] });
  expect(await statusOf(toy.url, headers)).toBe(welcome ? 200 : 403);
  expect(await statusOf(toy.url, { ...headers, accept: 'text/event-stream' })).toBe(welcome ? 200 : 403);
  expect(await upgradeStatusOf(toy.url, headers)).toBe(welcome ? 101 : 403);
});

test.each([
  ['localhost:4000', true],
  ['127.0.0.1', true],
  ['[::1]:4000', true],
  ['gateway.test:80', true],
  ['evil.example.com', false], // DNS rebinding: a foreign page whose name now leads here
  ['localhost.example.com:4000', false],
])('bound to loopback, the host %s is known: %j', async (host, known) => {
  await using toy = await startToy({ hosts: ['gateway.test'] });
  expect(await statusOf(toy.url, { host })).toBe(known ? 200 : 421);
  expect(await upgradeStatusOf(toy.url, { host })).toBe(known ? 101 : 421);
});

test('a page of a listed origin may read answers, and is told so before it asks', async () => {
  await using toy = await startToy({ origins: [PAGE] });
  const ask = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,authorization' };
  const cors = async (origin: string, init: RequestInit & { headers: Record<string, string> }) => {
    const response = await fetch(`${toy.url}/graphql?query={hello}`, { ...init, headers: { ...init.headers, origin } });
    const { headers, status } = response;
    return [status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-headers'), headers.get('vary')];
  };
  expect(await cors(PAGE, { method: 'OPTIONS', headers: ask })).toEqual([204, PAGE, 'content-type,authorization', 'Origin']);
  expect(await cors(PAGE, { headers: {} })).toEqual([200, PAGE, null, 'Origin']);
  expect(await cors('https://evil.example.com', { method: 'OPTIONS', headers: ask })).toEqual([403, null, null, null]);
  expect(await cors('https://evil.example.com', { headers: {} })).toEqual([403, null, null, null]);
});

test('by default no other page may come', async () => {
  await using toy = await startToy();
  expect(await statusOf(toy.url, { origin: PAGE })).toBe(403);
  expect(await upgradeStatusOf(toy.url, { origin: PAGE })).toBe(403);
});
