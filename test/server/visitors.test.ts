import { request } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startBench } from '../support/bench.ts';
import { startToy } from './toy.ts';

const PAGE = 'https://ops.example.com';

/** The status of an operation with these headers; `fetch` would not send a `Host` or `Origin` of ours. */
async function statusOf(url: string, headers: Record<string, string>, method = 'GET', query = '{hello}'): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(`${url}/graphql?query=${query}`, { method, headers }, (response) => resolve(response.resume().statusCode))
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
  ['a proxy that passes the host on', { host: 'ops.example.com:8443' }, true],
  ['a proxy that passes it on without the port', { host: 'ops.example.com' }, true],
  ['a proxy that passes it on in other letters', { host: 'OPS.example.com:8443' }, true],
  ['a proxy that says what it was asked for', { host: 'gateway:4000', 'x-forwarded-host': 'ops.example.com:8443' }, true],
  ['two proxies', { host: 'gateway:4000', 'x-forwarded-host': 'ops.example.com:8443, inner:80' }, true],
  ['a proxy that says the port apart', { host: 'gateway:4000', 'x-forwarded-host': 'ops.example.com', 'x-forwarded-port': '8443' }, true],
  ['a proxy that says nothing, where the browser does', { host: 'gateway:4000', 'sec-fetch-site': 'same-origin' }, true],
  ['a proxy that says nothing', { host: 'gateway:4000' }, false],
  ['a page on another port', { host: 'ops.example.com:9443' }, false],
  ['a page elsewhere', { host: 'other.example.com:8443', 'sec-fetch-site': 'cross-site' }, false],
  ['a page on the other port of a proxy', { host: 'gateway:4000', 'x-forwarded-host': 'ops.example.com:9443' }, false],
])("the gateway's own page is known behind %s", async (_name, headers, welcome) => {
  await using toy = await startToy({ proxies: ['loopback'], hosts: ['ops.example.com', 'other.example.com', 'gateway'] });
  const all = { origin: 'https://ops.example.com:8443', ...headers };
  expect(await statusOf(toy.url, all)).toBe(welcome ? 200 : 403);
  expect(await statusOf(toy.url, { ...all, accept: 'text/event-stream' })).toBe(welcome ? 200 : 403);
  expect(await upgradeStatusOf(toy.url, all)).toBe(welcome ? 101 : 403);
});

test.each([
  ['https://ops.example.com', 'ops.example.com:443', true],
  ['http://ops.example.com', 'ops.example.com:80', true],
  ['https://ops.example.com', 'ops.example.com:80', false],
  ['https://[2001:db8::1]:8443', '[2001:db8::1]:8443', true],
])('%s is the page of %s: %j', async (origin, host, own) => {
  await using toy = await startToy({ hosts: ['ops.example.com', '2001:db8::1'] });
  expect(await statusOf(toy.url, { origin, host })).toBe(own ? 200 : 403);
});

test('without a configured proxy nobody is believed about the host that was asked', async () => {
  await using toy = await startToy();
  expect(await statusOf(toy.url, { origin: 'https://evil.example.com', 'x-forwarded-host': 'evil.example.com' })).toBe(403);
});

test.each([
  ['http://localhost:5173', true],
  ['https://localhost', true],
  ['http://127.0.0.1:3000', true],
  ['http://127.9.9.9', true],
  ['http://[::1]:3000', true],
  ['http://app.localhost:3000', true],
  ['https://evil.example.com', false],
  ['http://localhost.evil.example.com', false],
  ['http://evil-localhost', false],
  ['http://127.0.0.1.evil.example.com', false],
  ['http://192.168.0.7:3000', false],
  ['http://0.0.0.0:3000', false],
  ['null', false],
  ['file://', false],
  ['chrome-extension://localhost', false],
])('where pages of this machine may come, %s may: %j', async (origin, welcome) => {
  await using toy = await startToy({ localPages: true });
  expect(await statusOf(toy.url, { origin })).toBe(welcome ? 200 : 403);
  expect(await statusOf(toy.url, { origin, accept: 'text/event-stream' })).toBe(welcome ? 200 : 403);
  expect(await upgradeStatusOf(toy.url, { origin })).toBe(welcome ? 101 : 403);
  expect(await statusOf(toy.url, { origin, host: 'evil.example.com' })).toBe(421);
  expect(await upgradeStatusOf(toy.url, { origin, host: 'evil.example.com' })).toBe(421);
  const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
  const preflight = await fetch(`${toy.url}/graphql`, { method: 'OPTIONS', headers });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual(welcome ? [204, origin] : [403, null]);
});

test.each([
  ['open', undefined, 200],
  ['tokens', {}, 403],
])('they may in the mode `%s`', async (_mode, tokens, status) => {
  await using bench = await startBench({ ...(tokens && { tokens }) });
  const url = (bench.gateways[0]?.url ?? '').replace(/\/graphql$/, '');
  expect(await statusOf(url, { origin: 'http://localhost:5173' }, 'GET', '{__typename}')).toBe(status);
});

test.each([
  ['localhost:4000', true],
  ['app.localhost:4000', true],
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
