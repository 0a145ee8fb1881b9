import { describe, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { base64, startBench, stepYaml } from './bench.ts';

const hour = 3_600_000;
const failing = stepYaml(1).replace('sleep 1; done', 'sleep 1; done; exit 3');

describe('making a run', () => {
  test('a run walks from initiating to succeeded as time goes on, and shows all keys of list and detail', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(), { name: 'first', desc: 'by hand', parameters: null });
    expect(runID).toBe('run-000001');
    const [row] = (await bench.root.get('/run')).body.runList;
    expect(row).toEqual({
      runID,
      name: 'first',
      source: expect.stringMatching(/^[0-9a-f]{32}$/),
      username: 'root',
      fsName: '',
      description: 'by hand',
      scheduleID: '',
      runMsg: expect.any(String),
      status: expect.stringMatching(/^(initiating|pending|running)$/),
      scheduledTime: '',
      createTime: '2024-03-05 10:00:00',
      activateTime: expect.any(String),
      updateTime: '2024-03-05 10:00:00',
    });
    bench.control.advance(2000);
    const { body: detail } = await bench.root.get(`/run/${runID}`);
    expect(Object.keys(detail).toSorted()).toEqual(detailKeys.toSorted());
    expect(detail).toMatchObject({
      status: 'running',
      parameters: null,
      runYaml: stepYaml(),
      fsOptions: { mainFS: { id: '', name: '', mountPath: '', subPath: '', readOnly: false } },
      failureOptions: { strategy: 'fail_fast' },
      runtime: { main: [{ type: 'step', status: 'running' }] },
      postProcess: {},
      runCachedIDs: '',
    });
    bench.control.advance(hour);
    expect((await bench.root.get(`/run/${runID}`)).body.status).toBe('succeeded');
  });

  test('a server that stands still never moves a run', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml());
    const before = await bench.root.get(`/run/${runID}`);
    expect((await bench.root.get(`/run/${runID}`)).body).toEqual(before.body);
  });

  test('source shows where the YAML came from, and raw goes before pipeline before path', async () => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    bench.control.putFile('fs-root-data', 'flows/a.yaml', stepYaml(1, 'from-path'));
    await bench.root.post('/pipeline', { yamlRaw: base64(stepYaml(1, 'from-pipeline')) });
    const bodies = [
      { runYamlRaw: base64(stepYaml(1, 'from-raw')), pipelineID: 'ppl-000001', fsName: 'data', runYamlPath: './flows/a.yaml' },
      { pipelineID: 'ppl-000001', pipelineVersionID: '1', fsName: 'data', runYamlPath: './flows/a.yaml' },
      { pipelineID: 'ppl-000001' },
      { fsName: 'data', runYamlPath: './flows/a.yaml' },
    ];
    for (const body of bodies) expect((await bench.root.post('/run', body)).status).toBe(201);
    expect((await bench.root.get('/run')).body.runList.map(({ name, source }) => [name, source])).toEqual([
      ['from-raw', expect.stringMatching(/^[0-9a-f]{32}$/)],
      ['from-pipeline', 'ppl-000001-1'],
      ['from-pipeline', 'ppl-000001-'], // the version was left empty
      ['from-path', './flows/a.yaml'],
    ]);
  });

  test.each([
    [{}, 400, 'InvalidArguments'],
    [{ runYamlRaw: 'abc' }, 400, 'MalformedYaml'],
    [{ runYamlRaw: base64(stepYaml()).replace(/=*$/, '!') }, 400, 'MalformedYaml'],
    [{ runYamlRaw: base64('name: [') }, 400, 'InvalidPipeline'],
    [{ runYamlRaw: base64(`${stepYaml()}colour: red\n`) }, 400, 'InvalidPipeline'],
    [{ runYamlRaw: base64(`${stepYaml()}name: twice\n`) }, 400, 'InvalidPipeline'],
    [{ runYamlRaw: base64(stepYaml()), name: '7up' }, 400, 'InvalidNamePattern'],
    [{ runYamlRaw: base64(stepYaml()), parameters: { unknown: 1 } }, 400, 'InvalidPipeline'],
    [{ runYamlRaw: base64(stepYaml()), failureOptions: { strategy: '' } }, 400, 'InvalidPipeline'],
    [{ runYamlRaw: base64(stepYaml()), fsName: 'none' }, 400, 'InvalidArguments'],
    [{ runYamlRaw: base64(`${stepYaml()}fs_options: {main_fs: {name: a}}\n`), fsName: 'b' }, 400, 'InvalidArguments'],
    // The workflow's own flaws are found before a missing file system.
    [{ runYamlRaw: base64(stepYaml()), fsName: 'none', disabled: 'nothing' }, 400, 'InvalidPipeline'],
    [{ fsName: 'none' }, 400, 'ReadYamlFileFailed'],
    [{ pipelineID: 'ppl-000009' }, 404, 'PipelineNotFound'],
    [{ pipelineID: 'ppl-000001' }, 403, 'AccessDenied'],
    [{ pipelineID: 'ppl-000001', pipelineVersionID: '9' }, 403, 'AccessDenied'],
  ])('alice posting %j is answered by %d %s', async (body, status, code) => {
    await using bench = await startBench();
    await bench.root.post('/pipeline', { yamlRaw: base64(stepYaml()) });
    const alice = await bench.user('alice');
    const answer = await alice.post('/run', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await bench.root.get('/run')).body.runList).toEqual([]);
  });

  test.each([
    ['fs_options: {main_fs: {name: data}}', { fsName: 'other', scheduledAt: 'soon' }, 'InvalidArguments'],
    ['', { name: '1 2', scheduledAt: 'soon' }, 'InvalidNamePattern'],
    ['parallelism: many', { name: '1 2', scheduledAt: 'soon' }, 'InvalidPipeline'],
    ['', { disabled: 'none', scheduledAt: 'soon' }, 'InternalError'],
    ['', { disabled: 'none' }, 'InvalidPipeline'],
    ['fs_options: {main_fs: {name: data, sub_path: taken}}', {}, 'InvalidArguments'],
  ])('%j with %j is refused by %s, the first check that fails (2.7)', async (more, request, code) => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://data' });
    bench.control.putFile('fs-root-data', 'taken', 'a file, no directory');
    const answer = await bench.root.post('/run', { runYamlRaw: base64(`${stepYaml()}${more}\n`), ...request });
    expect(answer.body.code).toBe(code);
  });

  test('the detail reads the main file system as the converter does: only the first document, words of YAML 1.1 (5.2, 7)', async () => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://data' });
    const mainFS = { id: '', name: 'data', mountPath: '', subPath: '', readOnly: false };
    const runID = await bench.run(`${stepYaml()}fs_options: {main_fs: {name: data, read_only: no}}\n---\nname: another\n`);
    expect((await bench.root.get(`/run/${runID}`)).body['fsOptions']).toEqual({ mainFS });
  });

  test('a run that root makes for another user belongs to root all the same', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await alice.post('/fs', { name: 'data', url: 'local://mnt/data' });
    const runID = await bench.run(stepYaml(), { username: 'alice', fsName: 'data' });
    bench.control.advance(1000);
    const { body } = await bench.root.get(`/run/${runID}`);
    expect([body['username'], body.runtime['main']?.[0]?.['env']]).toEqual(['root', expect.objectContaining({ PF_USER_NAME: 'alice' })]);
  });
});

describe('who may do what', () => {
  test.each([
    ['GET', '/run/ID'],
    ['PUT', '/run/ID?action=stop'],
    ['PUT', '/run/ID?action=retry'],
    ['DELETE', '/run/ID'],
    ['GET', '/log/run/ID'],
  ])('%s %s: missing is 404, a stranger gets 403', async (method, path) => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    const runID = await bench.run(stepYaml());
    const ask = async (id: string) => {
      const { status, body } = await alice.call(method, path.replace('ID', id));
      return [status, body.code];
    };
    expect(await ask('run-000077')).toEqual([404, 'RunNotFound']);
    expect(await ask(runID)).toEqual([403, 'AccessDenied']);
  });

  test.each([
    ['PUT', '/run/run-000099', '{', 'MalformedJSON'],
    ['PUT', '/run/run-000099?action=pause', '{}', 'InvalidArguments'],
    ['PUT', '/run/run-000099', undefined, 'InvalidArguments'],
    ['PUT', '/run/run-000099?action=stop', undefined, 'RunNotFound'],
  ])('%s %s with %s is answered by %s', async (method, path, body, code) => {
    await using bench = await startBench();
    expect((await bench.root.call(method, path, body)).body.code).toBe(code);
  });
});

describe('stopping', () => {
  test('a stopped run is terminating at once and terminated later, and cannot be stopped again', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(60));
    bench.control.advance(1000);
    const stop = async (body?: object) => (await bench.root.call('PUT', `/run/${runID}?action=stop`, body)).body.message;
    expect((await bench.root.call('PUT', `/run/${runID}?action=stop`)).text).toBe('');
    expect(await statusOf(bench, runID)).toBe('terminating');
    expect(await stop()).toBe(`cannot stop run[${runID}] as run is already in status[terminating]`);
    bench.control.advance(1000);
    expect(await statusOf(bench, runID)).toBe('terminated');
    expect(await stop({ stopForce: true })).toBe(`cannot stop run[${runID}] as run is already in status[terminated]`);
  });

  test('a stuck run stays terminating until the fault is cleared, even if it is stopped by force', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(60));
    bench.control.orderFault({ kind: 'stuck-terminating', runID });
    bench.control.advance(1000);
    await bench.root.call('PUT', `/run/${runID}?action=stop`);
    bench.control.advance(hour);
    expect((await bench.root.call('PUT', `/run/${runID}?action=stop`, { stopForce: true })).status).toBe(200);
    bench.control.advance(hour);
    expect(await statusOf(bench, runID)).toBe('terminating');
    bench.control.clearFaults();
    bench.control.advance(1000);
    expect(await statusOf(bench, runID)).toBe('terminated');
  });

  test('a lost workflow cannot be stopped', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(60));
    bench.control.orderFault({ kind: 'lost-workflow', runID });
    const { status, body } = await bench.root.call('PUT', `/run/${runID}?action=stop`);
    expect([status, body.code, body.message]).toEqual([500, 'InternalError', `run[${runID}]'s workflow ptr is lost`]);
  });
});

describe('retrying', () => {
  test('a retry makes a new run with the old creation time, and refuses what did not fail', async () => {
    await using bench = await startBench();
    const runID = await bench.run(failing, { name: 'again' });
    const refused = await bench.root.call('PUT', `/run/${runID}?action=retry`);
    expect([refused.status, refused.body.code]).toEqual([403, 'ActionNotAllowed']);
    bench.control.advance(hour);
    expect(await statusOf(bench, runID)).toBe('failed');
    const { status, body } = await bench.root.call('PUT', `/run/${runID}?action=retry`);
    expect([status, body]).toEqual([200, { runID: 'run-000002' }]);
    const [old, copy] = (await bench.root.get('/run')).body.runList;
    expect(old?.status).toBe('failed');
    expect(copy).toMatchObject({ name: 'again', createTime: old?.['createTime'], source: old?.['source'] });
    expect(['pending', 'running']).toContain(copy?.status);
    bench.control.advance(hour);
    expect(await statusOf(bench, 'run-000002')).toBe('failed');
  });

  test('of the three defects, the empty id rewrites the old run, the stray copy keeps the old end, the slow one shows it for a while', async () => {
    await using bench = await startBench();
    const runID = await bench.run(failing);
    bench.control.advance(hour);
    const retry = async (kind: 'empty-run-id' | 'retry-stray' | 'retry-slow', ms = 0) => {
      bench.control.orderFault({ kind, times: 1, path: /action=retry/, ms });
      const { status, body } = await bench.root.call('PUT', `/run/${runID}?action=retry`);
      return [status, body.runID ?? body.code];
    };
    expect(await retry('retry-stray')).toEqual([500, 'InternalError']);
    expect((await bench.root.get('/run')).body.runList.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(await retry('retry-slow', 5000)).toEqual([200, 'run-000003']);
    expect(await statusOf(bench, 'run-000003')).toBe('failed');
    bench.control.advance(5000);
    expect(await statusOf(bench, 'run-000003')).not.toBe('initiating');
    const before = (await bench.root.get(`/run/${runID}`)).body;
    expect(await retry('empty-run-id')).toEqual([200, '']);
    const after = (await bench.root.get(`/run/${runID}`)).body;
    expect([after.status, after['runMsg'] === before['runMsg'], after.runtime]).toEqual(['failed', false, before.runtime]);
    expect((await bench.root.get('/run')).body.runList).toHaveLength(3);
  });

  test('a run that was written down as history can be retried, too', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 1, status: 'failed' });
    expect((await bench.root.call('PUT', '/run/run-000001?action=retry')).body.runID).toBe('run-000002');
    bench.control.advance(hour);
    expect(await statusOf(bench, 'run-000002')).toBe('succeeded');
  });
});

describe('deleting', () => {
  test('only a final run can be deleted, and its number is never used again', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml());
    expect((await bench.root.call('DELETE', `/run/${runID}`)).body.code).toBe('ActionNotAllowed');
    bench.control.advance(hour);
    const answer = await bench.root.call('DELETE', `/run/${runID}`, { checkCache: null });
    expect([answer.status, answer.text]).toEqual([200, '']);
    const gone = await bench.root.call('DELETE', `/run/${runID}`);
    expect(gone.body.message).toBe(`delete run[${runID}] failed when getting run, resouceType[run] with ID[${runID}] not found`);
    expect(await bench.run(stepYaml())).toBe('run-000002');
  });

  test('a run whose cache another one used can only be deleted without looking at the cache', async () => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    const yaml = `${stepYaml(1).trimEnd()}\n    cache: {enable: true}\nfs_options: {main_fs: {name: data}}\n`;
    const first = await bench.run(yaml);
    bench.control.advance(hour);
    const second = await bench.run(yaml);
    bench.control.advance(hour);
    expect((await bench.root.get(`/run/${second}`)).body.runtime['main']?.[0]).toMatchObject({
      cacheRunID: first,
      jobID: '',
      status: 'succeeded',
    });
    expect((await bench.root.get(`/run/${first}`)).body['runCachedIDs']).toBe(second);
    expect((await bench.root.call('DELETE', `/run/${first}`)).body.code).toBe('ActionNotAllowed');
    expect((await bench.root.call('DELETE', `/run/${first}`, { checkCache: false })).status).toBe(200);
  });
});

const detailKeys = (
  'runID name source username fsName fsOptions description parameters runYaml runtime postProcess failureOptions dockerEnv disabled ' +
  'scheduleID runMsg status runCachedIDs createTime activateTime updateTime'
).split(' ');

const statusOf = async (bench: Bench, runID: string): Promise<string> => (await bench.root.get(`/run/${runID}`)).body.status;
