import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { base64, startBench } from './bench.ts';

const folder = new URL('../../cases/', import.meta.url);
const filesIn = (name: string) => readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`);
const textOf = (file: string) => readFileSync(new URL(file, folder));
const accepted = [...filesIn('sandbox-refuses'), ...filesIn('yaml-refused-wrongly')];
const refused = filesIn('yaml-accepted-late');
const crontabs = textOf('cron/accepted-by-paddleflow.txt')
  .toString()
  .split('\n')
  .filter(Boolean)
  .map((line) => line.split('\t')[0] ?? '');

/** As a run and as a pipeline. */
async function submit(bench: Bench, file: string) {
  const text = textOf(file).toString('base64');
  const run = await bench.root.post('/run', { runYamlRaw: text });
  return [run, await bench.root.post('/pipeline', { yamlRaw: text })];
}

describe(`${accepted.length} workflows that the server takes, and ${refused.length} that it does not`, () => {
  test.each(accepted)('%s is taken', async (file) => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'f', url: 'local://tmp/f' });
    expect((await submit(bench, file)).map(({ status, body }) => [status, body.message])).toEqual([
      [201, undefined],
      [201, undefined],
    ]);
  });

  test.each(refused)('%s is refused', async (file) => {
    await using bench = await startBench();
    expect((await submit(bench, file)).map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'InvalidPipeline'],
      [400, 'InvalidPipeline'],
    ]);
  });
});

describe('a workflow without anything to do', () => {
  test.each(['sandbox-refuses/entry_empty.yaml', 'sandbox-refuses/dag_empty.yaml'])('%s never ends, stopped or not', async (file) => {
    await using bench = await startBench();
    const [run] = await submit(bench, file);
    const path = `/run/${run?.body.runID}`;
    bench.control.advance(86_400_000);
    const before = await bench.root.get(path);
    expect(before.body.status).toBe('running');
    expect((await bench.root.call('PUT', `${path}?action=stop`, { stopForce: true })).status).toBe(200);
    bench.control.advance(86_400_000);
    const after = await bench.root.get(path);
    expect([after.body.status, after.body['runMsg']]).toEqual(['terminating', 'receive termination signal, update status to terminating']);
    expect((await bench.root.call('DELETE', path)).body.code).toBe('ActionNotAllowed');
  });

  test('an empty dag has an entry without any inside', async () => {
    await using bench = await startBench();
    const [run] = await submit(bench, 'sandbox-refuses/dag_empty.yaml');
    bench.control.advance(10_000);
    const { body } = await bench.root.get(`/run/${run?.body.runID}`);
    expect(body.runtime['d']).toMatchObject([{ type: 'dag', status: 'running', message: 'begin to run', entryPoints: {} }]);
  });
});

describe(`${crontabs.length} crontabs that the server takes`, () => {
  test.each(crontabs)('%j', async (crontab) => {
    await using bench = await startBench();
    const yaml = 'name: once\ndocker_env: busybox\nentry_points: {a: {command: echo}}\n';
    const { body } = await bench.root.post('/pipeline', { yamlRaw: base64(yaml) });
    const answer = await bench.root.post('/schedule', { name: 'odd', pipelineID: body['pipelineID'], pipelineVersionID: '1', crontab });
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    bench.control.advance(3_600_000);
    expect((await bench.root.get('/run')).body.runList.length).toBeGreaterThan(0);
  });
});
