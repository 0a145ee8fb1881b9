import { existsSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { withReference } from '../../schema/reference.ts';
import { parseConfig } from '../../src/config.ts';
import { eventually, startBench, toGlobalId } from '../support/bench.ts';
import { startProxy } from '../support/proxy.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');
const blocks = (language: string) =>
  Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm')), ([, text = '']) => text);

test('the reference of the configuration is that of the code (else: npm run reference)', () => {
  expect(readme).toBe(withReference(readme));
  expect(readme).toContain('| `sources[].kind` of `datastory` | `datastory` | required |'); // what is in lists too
});

test('what the README links to and which scripts it names is there', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const links = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, path = '']) => path);
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const named = Array.from(readme.matchAll(/npm run ([\w:]+)/g), ([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('its configurations are right', () => {
  const [real = '', auth = ''] = blocks('yaml');
  expect(parseConfig(real, { PADDLEFLOW_PASSWORD: 'p' }).sources[0]).toMatchObject({ password: 'p' });
  expect(parseConfig(auth + real, { PADDLEFLOW_PASSWORD: 'p' }).auth.mode).toBe('tokens');
});

test('its query and its subscription, pasted into a demo, bring something', async () => {
  await using bench = await startBench({ sandboxes: { demo: { seed: 'demo' } } });
  await bench.synced();
  const [query = '', subscription = '', ...others] = blocks('graphql');
  expect(others).toEqual([]);
  const answer = await bench.query(query);
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.runs?.nodes).toHaveLength(5);
  expect(parse(subscription).definitions).toHaveLength(1);
  const socket = await bench.socket();
  const news = socket.start({ query: subscription });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 1);
  await bench.run('CreateRun', { input: { source: 'demo', from: { yaml } } });
  expect(await news.next()).toMatchObject({ data: { runChanged: { cursor: expect.any(String), run: { name: expect.any(String) } } } });
  socket.socket.close();
});

const yaml = `name: talk
docker_env: busybox
entry_points:
  speak:
    command: 'sleep 3600'
`;

/** The recipe as a reader would save it: a file with the stock client beside it. */
async function saveRecipe(folder: string) {
  const recipe = blocks('js').find((block) => block.includes('function* follow'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'follow.mjs'), recipe ?? '');
  const { follow } = (await import(pathToFileURL(join(folder, 'follow.mjs')).href)) as {
    follow: (
      url: string,
      query: string,
      variables: object,
    ) => AsyncGenerator<{ cursor: string; lines?: { text: string }[]; endReason?: string }>;
  };
  return follow;
}

test('its recipe follows a log over broken connections: each line once, in order, until the end', async () => {
  await using folder = await makeTemporaryFolder('tributary-readme');
  await using bench = await startBench();
  await using proxy = await startProxy(new URL(bench.gateways[0]?.url ?? ''));
  const follow = await saveRecipe(folder.path);
  await bench.synced();
  const created = await bench.run('CreateRun', { input: { source: 'prod', from: { yaml } } });
  const run = created.data?.createRun?.run;
  const [id, runID] = [String(run?.id), String(run?.runId)];
  await bench.whileTimePasses(1000, async () => {
    // Its job has a time of start while it still waits for its container, and the clock stands still from here on.
    const { data } = await bench.query('query ($id: ID!) { run(id: $id) { steps { state } } }', { id });
    return String(data?.run?.steps?.[0]?.state) === 'RUNNING';
  });

  const seen: string[] = [];
  const write = () => bench.control.writeLog({ runID, step: 'speak', count: 30 });
  write();
  let ended: string | undefined;
  for await (const { lines = [], endReason } of follow(`ws://127.0.0.1:${proxy.port}/graphql`, await bench.operation('FollowRunLog'), {
    id,
  })) {
    ended = endReason;
    seen.push(...lines.map(({ text }) => text));
    if (lines.length === 0 || seen.length % 30 > 0) continue;
    if (seen.length < 90) write();
    else await bench.run('StopRun', { input: { id } });
    proxy.cut();
    bench.control.advance(60_000);
  }
  expect(ended).toBe('COMPLETED');
  expect(seen.map((text) => Number(/^line (\d+)/.exec(text)?.[1]))).toEqual(Array.from({ length: 90 }, (_, index) => index));
});

test.each<[string, object]>([
  ['a run that is not there', { id: toGlobalId('Run', 'prod', 'run-000009') }],
  ['a cursor that is none', { id: toGlobalId('Run', 'prod', 'run-000001'), after: 'x' }],
  ['a missing variable', {}],
])('its recipe gives up at once on what is refused: %s', async (_name, variables) => {
  await using folder = await makeTemporaryFolder('tributary-readme');
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 1 }) });
  const follow = await saveRecipe(folder.path);
  await bench.synced();
  const url = (bench.gateways[0]?.url ?? '').replace('http', 'ws');
  const items = follow(url, await bench.operation('FollowRunLog'), variables);
  await expect(items.next()).rejects.toMatchObject([{ extensions: { code: expect.any(String) } }]);
});
