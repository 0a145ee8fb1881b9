import { expect, test } from 'vitest';
import { readExamples } from '../../src/graphiql/examples.ts';
import { launchBrowser } from '../support/browser.ts';
import { eventually, startBench } from '../support/bench.ts';

const yaml = `name: seen-live
docker_env: busybox
entry_points:
  talk: { command: 'for i in $(seq 1 20); do echo words $i; sleep 1; done' }
`;

test('in GraphiQL, as the gateway serves it, the newest runs are asked for and the log of a running one is seen arriving', async () => {
  await using bench = await startBench({ options: { examples: await readExamples() } });
  await bench.synced();
  await bench.run('CreateRun', { input: { source: 'prod', from: { yaml } } });
  const running = await bench.whileTimePasses(1_000, async () => {
    const { data } = await bench.query<{ runs: { nodes: { id: string; state: string }[] } }>('{ runs { nodes { id state } } }');
    return data?.runs.nodes.find(({ state }) => state === 'RUNNING');
  });

  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
    page.setDefaultTimeout(60_000); // a wait that fails then says for what
    const elsewhere: string[] = [];
    const origin = new URL(bench.gateways[0]?.url ?? '').origin;
    page.on(
      'request',
      (request) => !request.url().startsWith(origin) && !request.url().startsWith('data:') && elsewhere.push(request.url()),
    );
    await page.goto(`${origin}/`, { waitUntil: 'load' });
    await page.locator('.graphiql-query-editor', { hasText: 'NewestRuns' }).waitFor();
    await page.locator('.graphiql-execute-button').click();
    await page.locator('.result-window', { hasText: 'seen-live' }).waitFor();

    await page.getByRole('tab', { name: 'FollowRunLog' }).locator('button').first().dispatchEvent('click');
    await page.locator('.graphiql-query-editor', { hasText: 'FollowRunLog' }).waitFor();
    const variables = page.locator('section[aria-label="Variables"] .graphiql-editor:not(.hidden)');
    if (!(await variables.isVisible())) await page.getByRole('button', { name: 'Variables' }).click();
    await variables.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Backspace'); // an example's own; typed over, its brackets would close ours once more
    await page.keyboard.insertText(JSON.stringify({ id: running.id }));
    await page.locator('.graphiql-execute-button').click();
    // Only when somebody follows the log does time go on: what the pod has written is kept for a while only.
    await eventually(() => bench.gateways[0]?.hub.watchers());
    for (const line of ['words 1', 'words 5', 'words 20']) {
      await eventually(async () => {
        bench.control.advance(1_000);
        return page.locator('.result-window', { hasText: line }).isVisible();
      });
    }
    await eventually(async () => {
      bench.control.advance(1_000);
      return page.locator('.result-window', { hasText: 'COMPLETED' }).isVisible();
    });
    await page.screenshot({ path: 'test-results/graphiql-run-log.png' });
    expect(elsewhere).toEqual([]);
  } finally {
    await browser.close();
  }
  await eventually(() => bench.gateways[0]?.hub.watchers() === 0);
});
