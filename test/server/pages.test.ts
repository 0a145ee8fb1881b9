import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startReverseProxy } from '../support/reverse-proxy.ts';
import { startToy } from './toy.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What a page gets from a gateway in each of the three ways; a way that is closed to it throws. */
const askInEveryWay = (page: Page, url: string) =>
  page.evaluate(async (graphql) => {
    const posted = await fetch(graphql, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer me' },
      body: JSON.stringify({ query: '{ viewer }' }),
    });
    const lines = encodeURIComponent('subscription { lines(count: 1) { cursor } }');
    const events = await new Promise((resolve, reject) => {
      const source = new EventSource(`${graphql}?query=${lines}`);
      source.addEventListener('next', ({ data }) => resolve(JSON.parse(data)));
      source.addEventListener('complete', () => source.close());
      source.addEventListener('error', () => reject(new Error('the stream failed')));
    });
    const answer = await new Promise((resolve, reject) => {
      const socket = new WebSocket(graphql.replace('http', 'ws'), 'graphql-transport-ws');
      const send = (message: object) => socket.send(JSON.stringify(message));
      socket.addEventListener('open', () => send({ type: 'connection_init' }));
      socket.addEventListener('error', () => reject(new Error('the socket failed')));
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data) as { type: string; payload: unknown };
        if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query: '{ hello }' } });
        else resolve(message.payload);
      });
    });
    return [await posted.json(), events, answer] as unknown[];
  }, url);
const answers = [{ data: { viewer: 'Bearer me' } }, { data: { lines: { cursor: 'c1' } } }, { data: { hello: 'hello' } }];

test('a page on another port of this machine uses an open gateway in every way, and another page in none', async () => {
  await using toy = await startToy({ localPages: true });
  const server = createServer((_request, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Mine</p>'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // not a pipe
  for (const host of ['localhost', '127.0.0.1']) {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${port}`);
    expect(await askInEveryWay(page, `${toy.url}/graphql`)).toEqual(answers);
    await page.close();
  }
  const page = await browser.newPage();
  await page.goto('data:text/html,<p>Not mine</p>');
  await expect(askInEveryWay(page, `${toy.url}/graphql`)).rejects.toThrow('Failed to fetch');
  expect(toy.operations.filter(({ headers }) => headers.origin === 'null')).toEqual([]);
  await page.close();
  server.close();
});

test.each([
  ['$http_host', (host: string) => ({ host })],
  ['$host, without the port', (host: string) => ({ host: host.replace(/:\d+$/, '') })],
  ['its own, and $http_host apart', (host: string) => ({ host: 'gateway:4000', 'x-forwarded-host': host })],
])('behind TLS on another port, below a path, with the host as %s, GraphiQL and the page itself work', async (_name, hostOf) => {
  const examples = [{ title: 'Lines', query: 'subscription Lines {\n  lines(count: 2) {\n    cursor\n  }\n}' }];
  await using toy = await startToy({ hosts: ['gateway'], proxies: ['loopback'], examples });
  await using proxy = await startReverseProxy(new URL(toy.url), '/team/tributary', hostOf);
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  page.setDefaultTimeout(20_000); // a wait that fails then says for what
  await page.goto(`${proxy.url}/`);
  expect(page.url()).toBe(`${proxy.url}/graphql`);
  await page.locator('.graphiql-query-editor', { hasText: 'Lines' }).waitFor();
  await page.locator('.graphiql-execute-button').click();
  await page.locator('.result-window', { hasText: 'c2' }).waitFor();
  expect(await askInEveryWay(page, `${proxy.url}/graphql`)).toEqual(answers);
  await page.close();
});
