import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import type { Instance } from '../../../src/sandbox/paddleflow/index.ts';
import { startPaddleFlowSandbox } from '../../../src/sandbox/paddleflow/index.ts';
import type { Bench } from './bench.ts';
import { base64, callerOf, startBench, stepYaml, temporaryFolder } from './bench.ts';

const journalOf = (dataDir: string): string => join(dataDir, 'paddleflow.jsonl');

/** Everything that can be seen of it. */
async function picture(bench: Bench, token: string, url = bench.sandbox.url): Promise<unknown> {
  const caller = callerOf(url, token);
  const { runList } = (await caller.get('/run?maxKeys=1000')).body;
  const lists = [
    '/run',
    '/user',
    '/grant',
    '/queue',
    '/cluster',
    '/flavour',
    '/fs',
    '/pipeline',
    '/schedule',
    '/job',
    '/artifact',
    '/runCache',
  ];
  const more = [
    '/pipeline/ppl-000001',
    '/schedule/schedule-000001',
    '/link/data?username=alice',
    '/fsCache/data?username=alice',
    '/job/lone',
  ];
  const paths = [...lists, ...more, '/statistics/job/lone', '/statistics/jobDetail/lone?step=1'];
  const ofRuns = runList.flatMap(({ runID }) => [`/run/${runID}`, `/log/run/${runID}`]);
  const answers = await Promise.all([...paths, ...ofRuns].map(async (path) => [path, await caller.get(path)] as const));
  for (const [path, { status }] of answers) expect([path, status]).toEqual([path, 200]);
  return answers.map(([, { text }]) => text);
}

/** Something of everything, with a run in the middle of its work. */
async function live(bench: Bench): Promise<string> {
  const alice = await bench.user('alice');
  await bench.root.post('/queue', { name: 'train', namespace: 'ml', maxResources: { cpu: '1', mem: '1Gi' } });
  await bench.root.post('/grant', { username: 'alice', resourceType: 'queue', resourceID: 'train' });
  await bench.root.post('/cluster', { clusterName: 'edge', endpoint: 'x', clusterType: 'K3S' });
  await alice.post('/fs', { name: 'data', url: 's3://b/p', properties: { accessKey: 'a', secretKey: 'b', endpoint: 'c' } });
  await alice.post('/link', { fsName: 'data', fsPath: '/ext', url: 'hdfs://10.0.0.9/x', properties: { user: 'a', group: 'b' } });
  await alice.post('/fsCache', { fsName: 'data', metaDriver: 'mem' });
  await bench.root.post('/pipeline', { yamlRaw: base64(stepYaml(3)) });
  const scheduled = { pipelineID: 'ppl-000001', pipelineVersionID: '1', concurrency: 1, concurrencyPolicy: 'skip' };
  await bench.root.post('/schedule', { name: 'often', crontab: '@every 30m', ...scheduled });
  await bench.root.post('/schedule', { name: 'stopped', crontab: '@every 10m', ...scheduled });
  await bench.root.call('PUT', '/schedule/schedule-000002');
  await bench.root.call('DELETE', '/schedule/schedule-000002');
  const job = { schedulingPolicy: { queue: 'default-queue' }, image: 'busybox:1.36', command: 'sleep 60' };
  for (const id of ['lone', 'short', 'gone']) await bench.root.post('/job/single', { ...job, id });
  await alice.post('/runjson', {
    name: 'flow',
    dockerEnv: 'x',
    fsOptions: { mainFS: { name: 'data' } },
    entryPoints: { main: { command: 'sleep 1', artifacts: { output: ['out'] }, cache: { enable: true } } },
  });
  bench.control.advance(2000);
  await bench.root.call('PUT', '/job/lone?action=modify', { priority: 'HIGH' });
  await bench.root.call('PUT', '/job/gone?action=stop');
  bench.control.finishJob('short', 'failed');
  bench.control.advance(2000);
  await bench.root.call('DELETE', '/job/gone');
  const failed = await bench.run(stepYaml(1).replace('done', 'done; exit 1'));
  bench.control.advance(10_000);
  await bench.root.call('PUT', `/run/${failed}?action=retry`);
  await bench.run(stepYaml(100), {}, alice);
  bench.control.insertRuns({ count: 3, holes: 2 });
  bench.control.setRawStatus('run-000005', 'napping');
  bench.control.advance(5000);
  bench.control.writeLog({ runID: 'run-000004', step: 'main', count: 500, bytes: 80 });
  await bench.root.call('DELETE', `/run/${failed}`);
  bench.control.advance(5000);
  return failed;
}

describe('a restart', () => {
  test('brings back everything, tokens and markers included, and goes on from there', async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    let before: unknown;
    let token: string;
    let marker: string;
    {
      await using bench = await startBench({ dataDir });
      await live(bench);
      token = bench.root.token;
      marker = (await bench.root.get('/run?maxKeys=1')).body.nextMarker;
      before = await picture(bench, token);
    }
    await using bench = await startBench({ dataDir, startAt: 0, zone: 'UTC' }); // what was settled at first stays
    expect(await picture(bench, token)).toEqual(before);
    expect((await callerOf(bench.sandbox.url, token).get(`/run?maxKeys=1&marker=${marker}`)).body.runList).toHaveLength(1);
    bench.control.advance(3_600_000);
    expect((await bench.root.get('/run/run-000004')).body.status).toBe('succeeded');
    expect((await bench.root.get('/run?nameFilter=often')).body.runList.map(({ runID }) => runID)).toEqual(['run-000014', 'run-000015']);
    expect(await bench.run(stepYaml())).toBe('run-000016');
  });

  test('drops a last line that was torn, and does the rest', async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    {
      await using bench = await startBench({ dataDir });
      await bench.run(stepYaml());
    }
    await appendFile(journalOf(dataDir), '{"at":1709604000000,"do":"call","user":"ro');
    {
      await using bench = await startBench({ dataDir });
      expect((await bench.root.get('/run')).body.runList).toHaveLength(1);
      await bench.run(stepYaml());
    }
    await using bench = await startBench({ dataDir });
    expect((await bench.root.get('/run')).body.runList).toHaveLength(2);
  });

  test('refuses a journal that is damaged in the middle', async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    {
      await using bench = await startBench({ dataDir });
      await bench.run(stepYaml());
    }
    const [first, ...rest] = (await readFile(journalOf(dataDir), 'utf8')).split('\n');
    await writeFile(journalOf(dataDir), [first, '{"at":1', ...rest].join('\n'));
    await expect(startBench({ dataDir })).rejects.toThrow('line 2 of');
  });

  test('begins anew after a first start that was cut off', async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    {
      await using bench = await startBench({ dataDir });
      expect(bench.control.read().mode).toBe('manual');
    }
    const [first] = (await readFile(journalOf(dataDir), 'utf8')).split('\n');
    await writeFile(journalOf(dataDir), `${first}\n`);
    await using bench = await startBench({ dataDir });
    expect(await bench.run(stepYaml())).toBe('run-000001');
  });

  test('refused commands are not in the journal', async () => {
    await using folder = await temporaryFolder();
    await using bench = await startBench({ dataDir: folder.path });
    const { size } = await stat(journalOf(folder.path));
    await bench.root.post('/run', { runYamlRaw: '!' });
    await bench.root.get('/run');
    expect((await stat(journalOf(folder.path))).size).toBe(size);
  });

  test('with a real clock, time goes on while no process lives', async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    const day = 86_400_000;
    {
      await using bench = await startBench({ dataDir, clock: 'real', rate: 1 });
      await bench.run(stepYaml(60));
    }
    // As if the last process had lived a day earlier.
    const text = await readFile(journalOf(dataDir), 'utf8');
    await writeFile(
      journalOf(dataDir),
      text.replaceAll(/"wall":(\d+)/g, (_match, wall) => `"wall":${Number(wall) - day}`),
    );
    await using bench = await startBench({ dataDir, clock: 'real' });
    expect((await bench.root.get('/run/run-000001')).body.status).toBe('succeeded');
  });

  test('a fault that was ordered for a command is done again with it', async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    let before: unknown;
    {
      await using bench = await startBench({ dataDir });
      bench.control.insertRuns({ count: 1, status: 'failed' });
      bench.control.orderFault({ kind: 'retry-stray', times: 1 });
      await bench.root.call('PUT', '/run/run-000001?action=retry');
      before = (await bench.root.get('/run')).body;
      expect(before).toMatchObject({ runList: [{}, { runID: 'run-000002', status: 'failed' }] });
    }
    await using bench = await startBench({ dataDir });
    expect((await bench.root.get('/run')).body).toEqual(before);
  });
});

describe('one sandbox at a time', () => {
  test('a second one on the same folder is refused while the first lives, and its place is known', async () => {
    await using folder = await temporaryFolder();
    const dataDir = folder.path;
    {
      await using first = await startBench({ dataDir });
      const instance = JSON.parse(await readFile(join(dataDir, 'sandbox.json'), 'utf8')) as Instance;
      expect(instance).toEqual({
        pid: process.pid,
        url: first.sandbox.url,
        controlUrl: first.sandbox.controlUrl,
        startedAt: expect.any(String),
      });
      await expect(startPaddleFlowSandbox({ clock: 'manual', dataDir })).rejects.toThrow(`the sandbox with pid ${process.pid}`);
    }
    await expect(stat(join(dataDir, 'sandbox.json'))).rejects.toThrow('ENOENT');
    await using second = await startBench({ dataDir });
    expect((await second.root.get('/version')).status).toBe(200);
  });
});

describe('npm run sandbox', () => {
  test('says where it listens, survives kill -9 with all it had, and ends at SIGTERM', async () => {
    await using folder = await temporaryFolder();
    const start = async () => {
      const child = spawn(process.execPath, ['src/sandbox/main.ts'], {
        env: {
          ...process.env,
          SANDBOX_PORT: '0',
          SANDBOX_CONTROL_PORT: '0',
          SANDBOX_DATA: folder.path,
          SANDBOX_CLOCK: 'manual',
          SANDBOX_SEED: 'empty',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const { paddleflow } = JSON.parse(line) as { paddleflow: { url: string; controlUrl: string; pid: number } };
      return { child, ...paddleflow };
    };
    const first = await start();
    expect(first.pid).toBe(first.child.pid);
    const token = (await callerOf(first.url, '').post('/login', { username: 'root', password: 'paddleflow' })).body.authorization;
    await callerOf(first.url, token).post('/run', { runYamlRaw: base64(stepYaml()) });
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await start();
    expect((await callerOf(second.url, token).get('/run')).body.runList).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
  });
});
