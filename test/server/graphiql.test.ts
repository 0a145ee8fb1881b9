import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startToy } from './toy.ts';

const examples = [
  { title: 'Who asks', query: 'query WhoAsks {\n  viewer\n}' },
  { title: 'News as they come', query: 'subscription News {\n  news {\n    text\n  }\n}' },
  { title: 'Echo of </script><b>markup</b>', query: 'query Echo($text: String!) {\n  echo(text: $text)\n}', variables: { text: 'ü' } },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** GraphiQL as somebody sees it who opens it for the first time. */
async function openGraphiQL(toy: Awaited<ReturnType<typeof startToy>>) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
  page.setDefaultTimeout(60_000); // a wait that fails then says for what
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.on('console', (message) => complaints.push(message.text())); // a violation of the policy is told there
  page.on('pageerror', (error) => complaints.push(error.message));
  const response = await page.goto(`${toy.url}/graphql`);
  await showsQuery(page, 'WhoAsks'); // before its editors stand, GraphiQL ignores clicks on tabs
  return { page, requests, complaints, policy: response?.headers()['content-security-policy'] };
}

const showsQuery = (page: Page, text: string) => page.locator('.graphiql-query-editor', { hasText: text }).waitFor();
async function openTab(page: Page, name: string): Promise<void> {
  // Not with the mouse: tabs can be dragged, and a click while they still move now and then counts as that.
  await page.getByRole('tab', { name }).locator('button').first().dispatchEvent('click');
  await showsQuery(page, name);
}
const run = (page: Page) => page.locator('.graphiql-execute-button').click();
/** Waits until the response pane shows this. Monaco draws a blank as a no-break space. */
const showsResult = (page: Page, text: string) => page.locator('.result-window', { hasText: text }).waitFor();
const resultOf = async (page: Page) => (await page.locator('.result-window .view-lines').innerText()).replaceAll('\u00a0', ' ');

async function setHeaders(page: Page, headers: Record<string, string>): Promise<void> {
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('section[aria-label="Headers"] .graphiql-editor:not(.hidden)').click();
  await page.keyboard.insertText(JSON.stringify(headers));
}

test('GraphiQL opens with the examples, and neither page nor assets want anything from elsewhere', async () => {
  await using toy = await startToy({ examples });
  const { page, requests, complaints, policy } = await openGraphiQL(toy);
  for (const name of ['WhoAsks', 'News', 'Echo']) expect(await page.getByRole('tab', { name }).isVisible()).toBe(true);
  await openTab(page, 'Echo');
  await run(page);
  await showsResult(page, '"echo": "ü"');
  // Hovering and completion start the workers, the last things to be loaded.
  expect(requests.length).toBeGreaterThan(5);
  expect(requests.filter((url) => !url.startsWith(toy.url))).toEqual([]);
  expect(complaints).toEqual([]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
  await page.close();
});

test('a header of the editor goes along with queries and subscriptions, and log lines are seen arriving', async () => {
  await using toy = await startToy({ examples });
  const { page, complaints } = await openGraphiQL(toy);
  await setHeaders(page, { authorization: 'Bearer from-the-editor' });
  await run(page);
  await showsResult(page, '"viewer": "Bearer from-the-editor"');

  await openTab(page, 'News');
  await setHeaders(page, { authorization: 'Bearer for-news' });
  await run(page);
  await toy.joined.next();
  expect(toy.operations.at(-1)).toMatchObject({ transport: 'sse', headers: { authorization: 'Bearer for-news' } });
  for (let n = 1; n <= 3; n++) {
    toy.publish(`line ${n}`);
    await showsResult(page, `line ${n}`);
  }
  const result = await resultOf(page);
  expect(result).toContain('"received": 3');
  const places = ['line 3', 'line 2', 'line 1'].map((line) => result.indexOf(line));
  expect(places).toEqual(places.toSorted((one, other) => one - other)); // newest first, so that nobody has to scroll
  expect(places[0]).toBeGreaterThan(0);
  await page.screenshot({ path: 'test-results/graphiql-live.png' });

  await run(page); // the same button stops it
  expect(await toy.left.next()).toBe('news');
  expect(complaints).toEqual([]);
  await page.close();
});

test('a log is shown oldest line first and in its colours, over the answer as the API gives it', async () => {
  const log = { title: 'Log', query: 'subscription WhoAsks {\n  log {\n    lines {\n      number\n      text\n    }\n  }\n}' };
  await using toy = await startToy({ examples: [log] });
  const { page } = await openGraphiQL(toy);
  await run(page);
  await toy.joined.next();
  toy.publish('starting\n\u001b[32mepoch 1\u001b[0m');
  await showsResult(page, 'starting');
  toy.publish('\u001b[1;38;5;196mlate\u001b[0m <b>r</b>\u001b]0;title\u0007\u001b[2K');
  await showsResult(page, 'late');
  expect(await page.locator('.log-text').allInnerTexts()).toEqual(['starting', 'epoch 1', 'late <b>r</b>']);
  expect(await page.locator('.text-green').allInnerTexts()).toEqual(['epoch 1']);
  const late = page.locator('.log-text .bold');
  expect([await late.innerText(), await late.evaluate((element) => getComputedStyle(element).color)]).toEqual(['late', 'rgb(255, 0, 0)']);
  await page.locator('.log-toggle').click();
  const items = (JSON.parse((await resultOf(page)).replaceAll('\n', '')) as { items: { data: { log: { lines: unknown[] } } }[] }).items;
  expect(items[0]).toEqual({
    data: {
      log: {
        lines: [
          { number: 1, text: 'starting' },
          { number: 2, text: '\u001b[32mepoch 1\u001b[0m' },
        ],
      },
    },
  });
  expect(items).toHaveLength(2);
  await page.close();
});

test('a subscription in GraphiQL goes on after its connection broke, from where it was', async () => {
  const lines = { title: 'Lines', query: 'subscription Lines {\n  lines(count: 4) {\n    cursor\n  }\n}' };
  await using toy = await startToy({ examples: [examples[0]!, lines] }); // the first one is there
  const { page } = await openGraphiQL(toy);
  const body = 'event: next\nid: c2\ndata: {"data":{"lines":{"cursor":"c2"}}}\n\n';
  let broken = 0;
  await page.route('**/graphql', (route) => {
    if (!route.request().postData()?.includes('subscription Lines') || broken > 0) return route.continue();
    broken += 1;
    return route.fulfill({ contentType: 'text/event-stream', body });
  });
  await openTab(page, 'Lines');
  await run(page);
  await showsResult(page, '"received": 3');
  expect(toy.operations.at(-1)?.lastEventId).toBe('c2');
  expect(await resultOf(page)).toMatch(/c4[^]*c3[^]*c2/);
  await page.close();
});
