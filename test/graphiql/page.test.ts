import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readExamples } from '../../src/graphiql/examples.ts';
import { eventually, startBench, type Bench, type BenchOptions } from '../support/bench.ts';
import { launchBrowser } from '../support/browser.ts';
import { startReverseProxy } from '../support/reverse-proxy.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const start = async (options: BenchOptions = {}) =>
  startBench({ sandboxes: { demo: { seed: 'demo' } }, ...options, options: { examples: await readExamples(), ...options.options } });
const urlOf = (bench: Bench) => bench.gateways[0]?.url ?? '';

async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(60_000); // a wait that fails then says for what
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await showsQuery(page, 'NewestRuns');
  return { page, complaints };
}
const showsQuery = (page: Page, text: string) => page.locator('.graphiql-query-editor', { hasText: text }).waitFor();
const run = (page: Page) => page.locator('.graphiql-execute-button').click();
const shows = (page: Page, text: string) => page.locator('.result-window', { hasText: text }).first().waitFor();
async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}\\b`) }); // the one in front has its cross in its name
  await tab.locator('button').first().dispatchEvent('click');
  await showsQuery(page, name);
}
const variablesOf = async (page: Page) => {
  const lines = page.locator('section[aria-label="Variables"] .graphiql-editor:not(.hidden) .view-lines');
  return (await lines.innerText()).replaceAll('\u00a0', ' ');
};
/** Until the page follows something: time goes on only then, because the log of a pod that has ended is not kept for long. */
const follows = (bench: Bench) => eventually(() => bench.gateways[0]?.hub.watchers());
const says = (page: Page, text: string) => page.locator('#account-says', { hasText: text }).waitFor();

test('the first tab opens with its variables, and every example does something with those that the page has filled in', async () => {
  await using bench = await start();
  await bench.synced();
  const { page, complaints } = await open(urlOf(bench));
  expect(JSON.parse(await variablesOf(page))).toEqual({ first: 20 });
  // Those in the text of an example are for who reads it elsewhere.
  expect(await page.locator('.graphiql-query-editor').innerText()).not.toContain('Variables');
  for (const [name, shown] of [
    ['RunDetail', '"runId"'],
    ['RunLog', '"logArchived"'],
    ['Pipelines', '"versions"'],
    ['Sources', '"health"'],
    ['CreateRun', '"CreateRunPayload"'],
    ['StopRun', '"stopRun"'],
  ] as const) {
    await openTab(page, name);
    await run(page);
    await shows(page, shown);
  }
  expect(complaints).toEqual([]);
  // Ids are those of this gateway, not of whoever wrote the examples: with the next load it is the run that was just created.
  await bench.synced();
  const { data } = await bench.query('{ runs(first: 1) { nodes { id name } } }');
  expect(data?.runs?.nodes?.[0]?.name).toBe('first_try');
  await openTab(page, 'RunDetail');
  const before = await eventually(async () => (await variablesOf(page)) || undefined);
  // GraphiQL writes down which tab is in front when nothing has changed for a moment.
  await eventually(() => page.evaluate(`localStorage.getItem('graphiql:query').includes('RunDetail')`));
  await page.reload();
  await showsQuery(page, 'RunDetail');
  const after = await eventually(async () => {
    const now = await variablesOf(page);
    return now === before ? undefined : now;
  });
  expect(after).toContain(String(data?.runs?.nodes?.[0]?.id));
});

test('FollowRunLog follows a run that goes on; in the demo, where none does, the page starts one', async () => {
  await using bench = await start({ sandboxes: { demo: {} }, options: { demo: true } });
  await bench.synced();
  const { page } = await open(urlOf(bench));
  await openTab(page, 'FollowRunLog');
  const id = await eventually(async () => {
    const { data } = await bench.query<{ runs: { nodes: { id: string; name: string }[] } }>('{ runs(first: 1) { nodes { id name } } }');
    return data?.runs.nodes.find(({ name }) => name === 'talkative')?.id;
  });
  await eventually(async () => (await variablesOf(page)).includes(id));
  await run(page);
  await follows(bench);
  await eventually(async () => {
    bench.control.advance(1_000);
    return page.locator('.log-lines', { hasText: 'epoch 2 of' }).isVisible();
  });
  const rows = await page.locator('.log-lines li').allInnerTexts();
  expect(rows[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}\s+prepare\s+prepared part 1$/);
  expect(rows.findIndex((row) => row.includes('train'))).toBe(10);
  await page.screenshot({ path: 'test-results/graphiql-follow-run-log.png' });
});

test('numbers are sent as they are written among the variables, and shown as they come', async () => {
  await using bench = await start();
  await bench.synced();
  const { page } = await open(urlOf(bench));
  await openTab(page, 'CreateRun');
  await page.locator('section[aria-label="Variables"] .graphiql-editor:not(.hidden)').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Backspace');
  const yaml = 'name: exact\\ndocker_env: busybox\\nentry_points: {a: {parameters: {num: 1, part: 1}, command: echo}}';
  await page.keyboard.insertText(
    `{"input": {"source": "demo", "from": {"yaml": "${yaml}"}, "parameters": {"num": 9007199254740993, "part": 1.0}}} // https://of.numbers`,
  );
  await run(page);
  await shows(page, 'CreateRunPayload');
  await bench.synced();
  await openTab(page, 'NewestRuns');
  await page.locator('.graphiql-query-editor').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Backspace');
  await page.keyboard.insertText('{ runs(first: 1) { nodes { name parameters } } }');
  await run(page);
  await shows(page, '"name": "exact"');
  const shown = (await page.locator('.result-window').innerText()).replaceAll('\u00a0', ' ');
  expect(shown).toContain('"num": 9007199254740993');
  expect(shown).toMatch(/"part": 1\.0\s/);
});

test('one token is for all tabs, survives a reload, and is kept nowhere but in this tab of the browser', async () => {
  await using bench = await start({ tokens: { ops: { role: 'operator' } } });
  await bench.synced();
  const { page } = await open(urlOf(bench));
  await says(page, 'Give a token, or sign in.');
  await page.locator('#token-form input').fill('wrong');
  await page.locator('#token-form button').first().click();
  await says(page, 'This token is not accepted.');
  await page.locator('#token-form input').fill('Bearer ops');
  await page.locator('#token-form button').first().click();
  await says(page, 'ops, operator');
  await page.reload();
  await says(page, 'ops, operator');
  for (const name of ['NewestRuns', 'RunDetail']) {
    await openTab(page, name);
    await run(page);
    await shows(page, '"runId"'); // with the id of a run that only who is known may ask for
  }
  expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('ops"');
  await page.locator('#forget').click();
  await says(page, 'Give a token, or sign in.');
  await openTab(page, 'NewestRuns');
  await run(page);
  await shows(page, 'UNAUTHENTICATED');
});

test('people sign in on the page with their account of a source, and hear why when they cannot', async () => {
  await using bench = await start({ tokens: { ops: { role: 'operator' } } });
  await bench.synced();
  const { page } = await open(urlOf(bench));
  const signIn = async (password: string) => {
    await page.locator('#sign-in input[name=username]').fill('alice');
    await page.locator('#sign-in input[name=password]').fill(password);
    await page.locator('#sign-in button').click();
  };
  await signIn('wrong');
  await page.locator('#account-says', { hasNotText: 'Give a token' }).waitFor();
  expect(await page.locator('#account-says').innerText()).toMatch(/password/i);
  await signIn('alice123');
  await says(page, 'alice, viewer on demo');
  await openTab(page, 'NewestRuns');
  await run(page);
  await shows(page, '"totalCount"');
});

test('where nobody can sign in there is no form for it', async () => {
  await using bench = await start({ auth: { sessionKey: undefined } });
  const html = await (await fetch(urlOf(bench), { headers: { accept: 'text/html' } })).text();
  expect(html).toContain('id="token-form"');
  expect(html).not.toContain('id="sign-in"');
});

test('the editors follow the switch of the system to dark while the page is open', async () => {
  await using bench = await start();
  const { page } = await open(urlOf(bench), { colorScheme: 'light' });
  const isDark = () => page.locator('.graphiql-query-editor .monaco-editor.vs-dark').count();
  expect(await isDark()).toBe(0);
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(isDark);
  await page.emulateMedia({ colorScheme: 'light' });
  await eventually(async () => (await isDark()) === 0);
  // Who has chosen one in the settings keeps it.
  await page.evaluate(`localStorage.setItem('graphiql:theme', 'light')`);
  await page.reload();
  await showsQuery(page, 'NewestRuns');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await isDark()).toBe(0);
});

test.each([900, 480])('at a width of %d nothing is cut off, and query, variables and response each have room', async (width) => {
  await using bench = await start();
  await bench.synced();
  const { page } = await open(urlOf(bench), { viewport: { width, height: 800 } });
  await run(page);
  await shows(page, '"totalCount"');
  await page.screenshot({ path: `test-results/graphiql-${width}.png` });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  for (const part of [
    '.graphiql-query-editor .graphiql-editor',
    '.result-window',
    'section[aria-label="Variables"] .graphiql-editor:not(.hidden)',
    '#account',
  ]) {
    const box = await page.locator(part).first().boundingBox();
    expect({ part, wide: (box?.width ?? 0) >= 250, right: (box?.x ?? 0) + (box?.width ?? 0) <= width }).toEqual({
      part,
      wide: true,
      right: true,
    });
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
  }
  // All three lines of the variables, and the tab that somebody has chosen, to its end.
  const variables = page.locator('section[aria-label="Variables"] .graphiql-editor:not(.hidden)');
  const lines = await variables.locator('.view-lines').first().boundingBox();
  const room = await variables.boundingBox();
  expect((lines?.y ?? 0) + 3 * 20).toBeLessThanOrEqual((room?.y ?? 0) + (room?.height ?? 0));
  await openTab(page, 'FollowRunLog');
  await eventually(async () => {
    const row = await page.locator('[role="tablist"]').first().boundingBox();
    const tab = await page.getByRole('tab', { name: /^FollowRunLog\b/ }).boundingBox();
    return (tab?.x ?? 0) + (tab?.width ?? 0) <= (row?.x ?? 0) + (row?.width ?? 0) + 1;
  });
});

test('behind a proxy that serves it below a path of its own, page, examples and streams work', async () => {
  await using bench = await start();
  await bench.synced();
  const target = new URL(urlOf(bench));
  const proxy = createServer((incoming, outgoing) => {
    const path = /^\/tools\/graph(\/.*)$/.exec(incoming.url ?? '')?.[1];
    if (path === undefined) return void outgoing.writeHead(404).end();
    const { method, headers } = incoming;
    const passed = ask({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    outgoing.on('close', () => passed.destroy());
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void proxy.close());
  const { port } = proxy.address() as AddressInfo; // not a pipe
  const { page, complaints } = await open(`http://127.0.0.1:${port}/tools/graph/`);
  expect(page.url()).toBe(`http://127.0.0.1:${port}/tools/graph/graphql`);
  await run(page);
  await shows(page, '"totalCount"');
  await openTab(page, 'FollowRunLog');
  await run(page);
  await follows(bench);
  await eventually(async () => {
    bench.control.advance(1_000);
    return page.locator('.log-lines li').first().isVisible();
  });
  expect(complaints).toEqual([]);
});

/** In the page, as a page of one's own would do it. */
const overWebSocket = (page: Page) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const url = new URL('graphql', document.baseURI);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, 'graphql-transport-ws');
    const send = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => send({ type: 'connection_init' });
    socket.onclose = ({ code }) => reject(new Error('closed with ' + code));
    socket.onmessage = ({ data }) => {
      const { type, payload } = JSON.parse(data);
      const query = 'subscription { runChanged { __typename ... on RunChange { run { name } } } }';
      if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query } });
      else if (type === 'next') resolve([url.protocol, payload]);
    };
  })`);

// nginx as the README has it: `$http_host`, on whatever port.
test.each(['', '/tools/graph'])('behind TLS on any port, at "%s/graphql", page, examples and streams work', async (path) => {
  await using bench = await start();
  await bench.synced();
  await using proxy = await startReverseProxy(new URL(urlOf(bench)), path, (host) => ({ host, 'x-forwarded-proto': 'https' }));
  const { page, complaints } = await open(`${proxy.url}/`, { ignoreHTTPSErrors: true });
  expect(page.url()).toBe(`${proxy.url}/graphql`);
  expect(await page.evaluate('isSecureContext')).toBe(true);
  await run(page);
  await shows(page, '"totalCount"');
  await openTab(page, 'FollowRunLog');
  await run(page);
  await follows(bench);
  await eventually(async () => {
    bench.control.advance(1_000);
    return page.locator('.log-lines li').first().isVisible();
  });
  const item = Promise.withResolvers<unknown>();
  overWebSocket(page).then(item.resolve, item.reject);
  const told = { over: false };
  void item.promise.finally(() => (told.over = true)).catch(() => {});
  await eventually(() => {
    bench.control.insertRuns({ count: 1 }); // until it is seen
    return told.over;
  });
  expect(await item.promise).toEqual(['wss:', { data: { runChanged: { __typename: 'RunChange', run: { name: expect.any(String) } } } }]);
  expect(complaints).toEqual([]);
});
