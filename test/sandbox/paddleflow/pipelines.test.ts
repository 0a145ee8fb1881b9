import { expect, test } from 'vitest';
import { base64, startBench, stepYaml } from './bench.ts';

const yamlRaw = base64(stepYaml(1, 'train'));

test.each([
  [{ yamlRaw, desc: 'x'.repeat(257), fsName: 'data' }, 400, 'InvalidArguments'],
  [{ yamlRaw, fsName: 'data' }, 400, 'InvalidArguments'],
  [{ yamlRaw, yamlPath: './a.yaml' }, 400, 'InvalidArguments'],
  [{}, 400, 'InvalidArguments'],
  [{ yamlRaw: 'a' }, 400, 'Decode base64'],
  [{ fsName: 'none' }, 400, 'InvalidArguments'],
  [{ yamlRaw: base64('name: [') }, 400, 'InvalidPipeline'],
  [{ yamlRaw: base64(stepYaml(1, '7up')) }, 400, 'InvalidPipeline'],
  [{ yamlRaw: base64(`${stepYaml()}fs_options: {main_fs: {name: none}}\n`) }, 400, 'InvalidArguments'],
  [{ yamlRaw }, 400, 'DuplicatedName'],
])('a pipeline of %j is refused by %d %s', async (body, status, code) => {
  await using bench = await startBench();
  await bench.root.post('/pipeline', { yamlRaw });
  const answer = await bench.root.post('/pipeline', body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('a pipeline is made with its first version and shows both', async () => {
  await using bench = await startBench();
  const made = await bench.root.post('/pipeline', { yamlRaw, desc: 'nightly' });
  expect([made.status, made.body]).toEqual([201, { pipelineID: 'ppl-000001', pipelineVersionID: '1', name: 'train' }]);
  const times = { createTime: '2024-03-05 10:00:00', updateTime: '2024-03-05 10:00:00' };
  const pipeline = { pipelineID: 'ppl-000001', name: 'train', desc: 'nightly', username: 'root', ...times };
  const version = {
    pipelineVersionID: '1',
    pipelineID: 'ppl-000001',
    fsName: '',
    yamlPath: '',
    pipelineYaml: stepYaml(1, 'train'),
    username: 'root',
    ...times,
  };
  expect((await bench.root.get('/pipeline')).body['pipelineList']).toEqual([pipeline]);
  expect((await bench.root.get('/pipeline/ppl-000001')).body).toEqual({
    pipeline,
    pplVersions: { maxKeys: 50, isTruncated: false, pplVersionList: [version] },
  });
  expect((await bench.root.get('/pipeline/ppl-000001/1')).body).toEqual({ pipeline, pipelineVersion: version });
});

test('a key that comes twice is accepted in a pipeline, and refused when it is to run', async () => {
  await using bench = await startBench();
  await bench.root.post('/pipeline', { yamlRaw: base64(`docker_env: a\n${stepYaml(1, 'twice')}`) });
  expect((await bench.root.post('/run', { pipelineID: 'ppl-000001' })).body.code).toBe('InvalidPipeline');
});

test('versions count on after deletes, an omitted desc blanks it, the last version stays', async () => {
  await using bench = await startBench();
  await bench.root.post('/pipeline', { yamlRaw, desc: 'nightly' });
  const second = await bench.root.post('/pipeline/ppl-000001', { yamlRaw });
  expect([second.status, second.body]).toEqual([201, { pipelineID: 'ppl-000001', pipelineVersionID: '2' }]);
  expect((await bench.root.get('/pipeline/ppl-000001')).body).toMatchObject({ pipeline: { desc: '' } });
  const deleted = await bench.root.call('DELETE', '/pipeline/ppl-000001/2');
  expect([deleted.status, deleted.text]).toEqual([200, '']);
  expect((await bench.root.call('DELETE', '/pipeline/ppl-000001/1')).body.code).toBe('ActionNotAllowed');
  expect((await bench.root.post('/pipeline/ppl-000001', { yamlRaw })).body['pipelineVersionID']).toBe('3');
  expect((await bench.root.call('DELETE', '/pipeline/ppl-000001')).text).toBe('');
  expect((await bench.root.get('/pipeline/ppl-000001')).body.code).toBe('PipelineNotFound');
  expect((await bench.root.post('/pipeline', { yamlRaw })).body['pipelineID']).toBe('ppl-000002');
});

test('a new version needs the same name, and a bad YAML hides that the pipeline does not exist', async () => {
  await using bench = await startBench();
  await bench.root.post('/pipeline', { yamlRaw });
  const code = async (id: string, raw: string) => (await bench.root.post(`/pipeline/${id}`, { yamlRaw: raw })).body.code;
  expect(await code('ppl-000009', base64('a: b'))).toBe('InvalidPipeline');
  expect(await code('ppl-000009', yamlRaw)).toBe('PipelineNotFound');
  expect(await code('ppl-000001', base64(stepYaml(1, 'other')))).toBe('InvalidArguments');
});

test.each([
  ['GET', '/pipeline/ppl-000001'],
  ['GET', '/pipeline/ppl-000001/1'],
  ['DELETE', '/pipeline/ppl-000001'],
  ['DELETE', '/pipeline/ppl-000001/1'],
])('%s %s is refused to a stranger', async (method, path) => {
  await using bench = await startBench();
  await bench.root.post('/pipeline', { yamlRaw });
  const alice = await bench.user('alice');
  expect((await alice.call(method, path)).body.code).toBe('AccessDenied');
  expect((await alice.get('/pipeline')).body['pipelineList']).toEqual([]);
});

test('a YAML from a file system is read by the default path and keeps its place', async () => {
  await using bench = await startBench();
  await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
  bench.control.putFile('fs-root-data', './run.yaml', stepYaml(1, 'stored'));
  await bench.root.post('/pipeline', { fsName: 'data' });
  expect((await bench.root.get('/pipeline/ppl-000001/1')).body).toMatchObject({
    pipelineVersion: { fsName: 'data', yamlPath: './run.yaml' },
  });
  expect((await bench.root.get('/pipeline/ppl-000001?fsFilter=other')).body).toMatchObject({ pplVersions: { pplVersionList: [] } });
});
