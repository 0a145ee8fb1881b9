import { describe, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { startBench, stepYaml } from './bench.ts';

const s3 = { accessKey: 'AK', secretKey: 'SK', endpoint: 'http://10.0.0.5:9000' };
const hdfs = { user: 'hd', group: 'hd' };
const link = { fsName: 'data', fsPath: '/ext', url: 'hdfs://10.0.0.9:9000/warehouse', properties: hdfs };

async function withFileSystem(): Promise<Bench> {
  const bench = await startBench();
  await bench.root.post('/fs', { name: 'data', url: 's3://bucket/prefix', properties: s3 });
  return bench;
}

describe('links', () => {
  test.each([
    ['{', 400, 'MalformedJSON'],
    [{ url: 'afs://x/y' }, 400, 'InvalidLinkURL'],
    [{ url: 'nothing' }, 400, 'InvalidLinkURL'],
    [{ fsPath: '/' }, 400, 'InvalidLinkURL'],
    [{ properties: {} }, 400, 'InvalidLinkProperties'],
    [{ url: 'local://mnt/x' }, 400, 'InvalidLinkProperties'],
    [{ fsName: 'none' }, 500, 'LinkModelError'],
    [{ fsName: 'disk' }, 400, 'InvalidFileSystemFsName'],
    [{ fsPath: 'taken/' }, 403, 'FileSystemNotExist'], // means: the link exists
    [{ fsPath: '/taken/below' }, 400, 'InvalidLinkURL'],
    [{ url: 's3://bucket/prefix', properties: s3 }, 400, 'InvalidLinkURL'], // the file system itself
    [{ fsPath: '/full' }, 400, 'LinkPathMustBeEmpty'],
    [{ url: 'hdfs://down.invalid/x' }, 400, 'ConnectivityFailed'],
  ])('%j is refused by %d %s', async (more, status, code) => {
    await using bench = await withFileSystem();
    await bench.root.post('/fs', { name: 'disk', url: 'local://mnt/disk' });
    await bench.root.post('/link', { ...link, fsPath: '/taken', url: 'hdfs://10.0.0.9:9000/other' });
    bench.control.putFile('fs-root-data', 'full/file.txt', 'x');
    const answer = await bench.root.post('/link', typeof more === 'string' ? more : { ...link, ...more });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('a link is shown in the list and by its path, with the code of its absence', async () => {
    await using bench = await withFileSystem();
    const made = await bench.root.post('/link', link);
    expect([made.status, made.text]).toEqual([201, '']);
    await bench.root.post('/link', { ...link, fsPath: '/more', url: 's3://other/p', properties: s3 });
    const shown = {
      fsName: 'data',
      fsPath: '/ext',
      serverAddress: '10.0.0.9:9000',
      type: 'hdfs',
      username: 'root',
      subPath: '/warehouse',
      properties: hdfs,
    };
    const byPath = { marker: '', truncated: false, nextMarker: '', linkList: [shown] };
    expect((await bench.root.get('/link/data?fsPath=/ext')).body).toEqual(byPath);
    const { body } = await bench.root.get('/link/data');
    expect(body['linkList']).toEqual([expect.objectContaining({ fsPath: '/more' }), shown]);
    expect((body['linkList'] as { properties: Record<string, string> }[])[0]?.properties['secretKey']).toMatch(/^[0-9a-f]{32}$/);
    const missing = await bench.root.get('/link/data?fsPath=/none');
    expect([missing.status, missing.body.code, missing.body.message]).toEqual([500, '', 'record not found']);
    const noFs = await bench.root.get('/link/none');
    expect([noFs.status, noFs.body.code]).toEqual([404, 'RecordNotFound']);
    expect((await bench.root.get('/link/data?maxKeys=0')).body.code).toBe('InvalidURI');
    expect((await bench.root.call('DELETE', '/link/data?fsPath=/ext')).text).toBe('');
    const again = await bench.root.call('DELETE', '/link/data?fsPath=/ext');
    expect([again.status, again.body.code]).toEqual([500, 'LinkModelError']);
  });

  test('a link is kept and found under the path that was sent, and compared without its slashes (2.6)', async () => {
    await using bench = await withFileSystem();
    expect((await bench.root.post('/link', { ...link, fsPath: 'ext/' })).status).toBe(201);
    expect((await bench.root.post('/link', link)).body.code).toBe('FileSystemNotExist');
    bench.control.advance(1000);
    expect((await bench.root.get('/link/data?fsPath=ext/')).body['linkList']).toEqual([expect.objectContaining({ fsPath: 'ext/' })]);
    expect((await bench.root.call('DELETE', '/link/data?fsPath=ext/')).status).toBe(200);
  });

  test('links go with their file system, and its cache too', async () => {
    await using bench = await withFileSystem();
    await bench.root.post('/link', link);
    await bench.root.post('/fsCache', { fsName: 'data' });
    await bench.root.call('DELETE', '/fs/data');
    await bench.root.post('/fs', { name: 'data', url: 's3://bucket/prefix', properties: s3 });
    expect((await bench.root.get('/link/data')).body['linkList']).toBeNull();
    expect((await bench.root.get('/fsCache/data')).status).toBe(404);
  });

  test('whoever names the owner may delete a link, upstream looks no closer', async () => {
    await using bench = await withFileSystem();
    const alice = await bench.user('alice');
    await bench.root.post('/link', link);
    expect((await alice.call('DELETE', '/link/data?fsPath=/ext')).body.code).toBe('LinkModelError');
    expect((await alice.call('DELETE', '/link/data?fsPath=/ext&username=root')).status).toBe(200);
  });
});

const names = async (bench: Bench, query: string) => {
  const { body } = await bench.root.get(`/fs?${query}`);
  return { ...body, fsList: (body['fsList'] as { name: string }[] | null)?.map(({ name }) => name) ?? null };
};

const add = (bench: Bench, name: string) => bench.root.post('/fs', { name, url: `local://mnt/${name}` });

describe('pages by time', () => {
  test('what was made in the current second may be missing', async () => {
    await using bench = await startBench();
    bench.control.advance(600);
    await add(bench, 'young');
    expect(await names(bench, '')).toEqual({ marker: '', truncated: false, nextMarker: '', fsList: null });
    bench.control.advance(400);
    expect((await names(bench, '')).fsList).toEqual(['young']);
  });

  test('items of one second repeat', async () => {
    await using bench = await startBench();
    for (const name of ['one', 'two', 'three']) await add(bench, name);
    const first = await names(bench, 'maxKeys=2');
    expect(first).toMatchObject({ truncated: true, fsList: ['three', 'two'] });
    const next = await names(bench, `maxKeys=2&marker=${first.nextMarker}`);
    expect(next).toEqual({ ...first, marker: first.nextMarker }); // for ever
  });

  test('an item that was updated makes the next page begin too early', async () => {
    await using bench = await startBench();
    for (const name of ['one', 'two', 'three']) {
      await add(bench, name);
      bench.control.advance(60_000);
    }
    await bench.root.call('PUT', '/fs', { name: 'one', url: 'local://mnt/elsewhere' });
    const first = await names(bench, 'maxKeys=2');
    expect(first).toMatchObject({ nextMarker: '2024-03-05 10:03:00', fsList: ['three', 'two'] });
    expect((await names(bench, `maxKeys=2&marker=${first.nextMarker}`)).fsList).toEqual(['three', 'two']);
  });
});

describe('caches of file systems', () => {
  test.each([
    ['{', 400, 'MalformedJSON'],
    [{ fsName: 'data', metaDriver: 'tape' }, 400, 'InvalidArguments'],
    [{ fsName: 'data', resource: { cpuLimit: '3', memoryLimit: '1Gi' } }, 400, 'InvalidArguments'],
    [{ fsName: 'data', resource: { cpuLimit: '1', memoryLimit: '9Gi' } }, 400, 'InvalidArguments'],
    [{ fsName: 'none' }, 404, 'RecordNotFound'],
    [{ fsName: 'data', username: 'ghost' }, 404, 'RecordNotFound'],
  ])('%j is refused by %d %s', async (body, status, code) => {
    await using bench = await withFileSystem();
    const answer = await bench.root.post('/fsCache', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('a cache is shown as it was asked for, without debug, once, and cannot be updated', async () => {
    await using bench = await withFileSystem();
    const asked = {
      fsName: 'data',
      cacheDir: '/cache',
      quota: 1024,
      metaDriver: 'disk',
      blockSize: 4096,
      cleanCache: true,
      resource: { cpuLimit: '2', memoryLimit: '8Gi' },
      nodeTaintToleration: { key: 'gpu' },
      extraConfig: { a: 'b' },
    };
    const made = await bench.root.post('/fsCache', { ...asked, debug: true });
    expect([made.status, made.text]).toEqual([201, '']);
    const times = { createTime: '2024-03-05 10:00:00', updateTime: '2024-03-05 10:00:00' };
    expect((await bench.root.get('/fsCache/data')).body).toEqual({ username: 'root', ...asked, ...times });
    expect((await bench.root.post('/fsCache', asked)).body.code).toBe('DuplicatedName');
    expect((await bench.root.call('PUT', '/fsCache/data', asked)).status).toBe(405);
    expect((await bench.root.call('DELETE', '/fsCache/data')).text).toBe('');
    expect((await bench.root.call('DELETE', '/fsCache/data')).body.code).toBe('RecordNotFound');
  });

  test('session keys are for bos alone', async () => {
    await using bench = await withFileSystem();
    const properties = { ...s3, sts: 'true', duration: '3600' };
    await bench.root.post('/fs', { name: 'cloud', url: 'bos://bucket/p', properties });
    expect((await bench.root.get('/fsSts/cloud')).body).toEqual({
      accessKey: expect.any(String),
      secretKey: expect.any(String),
      sessionToken: expect.any(String),
      createTime: '2024-03-05 10:00:00',
      expiration: '2024-03-05 11:00:00',
      userId: expect.any(String),
      bucket: 'bucket',
      subPath: '/p',
      endpoint: s3.endpoint,
      region: 'bj',
      duration: 3600,
    });
    expect((await bench.root.get('/fsSts/data')).status).toBe(500);
    expect((await bench.root.get('/fsSts/none')).body.code).toBe('RecordNotFound');
  });
});

describe('a file system in use', () => {
  test('cannot be deleted while a pod has it mounted', async () => {
    await using bench = await withFileSystem();
    await bench.run(stepYaml(60), { fsName: 'data' });
    bench.control.advance(1000);
    const refused = await bench.root.call('DELETE', '/fs/data');
    expect([refused.status, refused.body.code]).toEqual([403, 'ActionNotAllowed']);
    bench.control.advance(60_000);
    expect((await bench.root.call('DELETE', '/fs/data')).text).toBe('');
  });
});

describe('artifacts', () => {
  const yaml = `name: flow
docker_env: busybox:1.36
fs_options: {main_fs: {name: data}}
entry_points:
  prep:
    command: sleep 2
    artifacts: {output: [clean]}
  fit:
    deps: prep
    command: sleep 60
    artifacts: {input: {src: "{{prep.clean}}"}, output: [model]}
`;

  test('inputs are recorded when a step begins, outputs when it has succeeded', async () => {
    await using bench = await withFileSystem();
    const runID = await bench.run(yaml);
    bench.control.advance(10_000);
    const { body } = await bench.root.get('/artifact');
    const list = body['artifactEventList'] as Record<string, string>[];
    expect(list.map(({ step, type, artifactName }) => [step, type, artifactName])).toEqual([
      ['prep', 'output', 'clean'],
      ['fit', 'input', 'src'],
    ]);
    expect(list[0]).toEqual({
      runID,
      fsname: 'data',
      username: 'root',
      artifactPath: expect.stringMatching(`^.pipeline/${runID}/flow/prep-0-[0-9a-f]{32}/clean$`),
      step: 'prep',
      jobID: expect.stringMatching(`^job-${runID}-prep-[0-9a-f]{8}$`),
      type: 'output',
      artifactName: 'clean',
      meta: '',
      createTime: '2024-03-05 10:00:02',
      updateTime: '2024-03-05 10:00:02',
    });
    expect(list[1]?.['artifactPath']).toBe(list[0]?.['artifactPath']);
    for (const [query, count] of [
      ['typeFilter=input', 1],
      [`pathFilter=${list[0]?.['artifactPath']}`, 2],
      ['runFilter=run-000009', 0],
      ['fsFilter=data&userFilter=root', 2],
    ])
      expect((await bench.root.get(`/artifact?${query}`)).body['artifactEventList']).toHaveLength(Number(count));
    const alice = await bench.user('alice');
    expect((await alice.get('/artifact?userFilter=root')).body['artifactEventList']).toEqual([]);
  });

  test('records are deleted by their path, and also when there are none', async () => {
    await using bench = await withFileSystem();
    const runID = await bench.run(yaml);
    bench.control.advance(10_000);
    const [first] = (await bench.root.get('/artifact')).body['artifactEventList'] as { artifactPath: string }[];
    const where = new URLSearchParams({ fsname: 'data', runID, path: first?.artifactPath ?? '' });
    for (const missing of ['fsname', 'runID', 'path']) {
      const less = new URLSearchParams(where);
      less.delete(missing);
      expect((await bench.root.call('DELETE', `/artifact?${less}`)).body.code).toBe('InvalidURI');
    }
    const alice = await bench.user('alice');
    expect((await alice.call('DELETE', `/artifact?${where}&username=root`)).status).toBe(200);
    expect((await bench.root.get('/artifact')).body['artifactEventList']).toHaveLength(2);
    for (const _ of [1, 2]) expect((await bench.root.call('DELETE', `/artifact?${where}`)).text).toBe('');
    expect((await bench.root.get('/artifact')).body['artifactEventList']).toEqual([]);
  });

  test('the page limit has a text of its own', async () => {
    await using bench = await startBench();
    expect((await bench.root.get('/artifact?maxKeys=0')).body.message).toBe(
      'invalid query pageLimit[0]. should be an integer between 1~1000',
    );
  });
});
