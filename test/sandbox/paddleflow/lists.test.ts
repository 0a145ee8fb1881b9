import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { base64, startBench, stepYaml } from './bench.ts';

const markerKey = '00112233445566778899aabbccddeeff';
const lists = ['/user', '/grant', '/queue', '/flavour', '/cluster', '/run', '/pipeline', '/schedule', '/job', '/fs'];

const encrypted = (text: string) => {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(markerKey, 'hex'), Buffer.from(markerKey, 'hex'));
  return cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
};

describe('pages', () => {
  test.each(lists.flatMap((path) => ['0', '-1', '1001', 'many'].map((value) => [path, value] as const)))(
    'GET %s refuses maxKeys=%s',
    async (path, value) => {
      await using bench = await startBench();
      const answer = await bench.root.get(`${path}?maxKeys=${value}`);
      expect([answer.status, answer.body.code, answer.body.message]).toEqual([400, 'InvalidURI', `maxKeys[${value}] is invalid`]);
    },
  );

  test.each([
    ['/run', 'xyz', 400, 'InvalidMarker'],
    ['/run', 'abc', 400, 'InvalidMarker'],
    ['/run', encrypted('word'), 400, 'InvalidMarker'],
    ['/run', 'f'.repeat(32), 400, 'InvalidMarker'],
    ['/flavour', 'xyz', 500, ''],
    ['/run', '', 200, undefined],
    ['/run', encrypted('3'), 200, undefined],
  ])('GET %s?marker=%s is answered by %d %s', async (path, marker, status, code) => {
    await using bench = await startBench({ markerKey });
    const answer = await bench.root.get(`${path}?marker=${marker}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('runs come oldest first, fifty at a time unless asked, with markers of 32 digits', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 120 });
    const first = (await bench.root.get('/run')).body;
    expect([first.maxKeys, first.isTruncated, first.runList.length, first.runList[0]?.runID]).toEqual([50, true, 50, 'run-000001']);
    expect(first.nextMarker).toMatch(/^[0-9a-f]{32}$/);
    const rest = (await bench.root.get(`/run?maxKeys=100&marker=${first.nextMarker}`)).body;
    expect([rest.maxKeys, rest.isTruncated, rest.runList.length, rest.runList.at(-1)?.runID]).toEqual([100, false, 70, 'run-000120']);
    expect('nextMarker' in rest).toBe(false);
  });

  test('the flag of runs looks at the last row of all, so that a filtered page may be followed by an empty one', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 3, name: 'wanted' });
    bench.control.insertRuns({ count: 1, name: 'other' });
    const page = (await bench.root.get('/run?nameFilter=wanted')).body;
    expect([page.runList.length, page.isTruncated]).toEqual([3, true]);
    const next = (await bench.root.get(`/run?nameFilter=wanted&marker=${page.nextMarker}`)).body;
    expect(next).toEqual({ maxKeys: 50, isTruncated: false, runList: [] });
  });

  test('the flag of pipelines is exact', async () => {
    await using bench = await startBench();
    for (const name of ['one', 'two', 'three']) await bench.root.post('/pipeline', { yamlRaw: base64(stepYaml(1, name)) });
    const page = (await bench.root.get('/pipeline?nameFilter=one, two&maxKeys=2')).body;
    expect([page.isTruncated, page['pipelineList']]).toEqual([
      false,
      [expect.objectContaining({ name: 'one' }), expect.objectContaining({ name: 'two' })],
    ]);
    const cut = (await bench.root.get('/pipeline?maxKeys=2')).body;
    expect(cut.isTruncated).toBe(true);
    expect((await bench.root.get(`/pipeline?maxKeys=2&marker=${cut.nextMarker}`)).body).toMatchObject({
      isTruncated: false,
      pipelineList: [{ name: 'three' }],
    });
  });

  test('a marker of another list is only a row number', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 3 });
    const { nextMarker } = (await bench.root.get('/run?maxKeys=1')).body;
    expect((await bench.root.get(`/flavour?marker=${nextMarker}`)).body['flavourList']).toMatchObject([
      { name: 'flavour2' },
      { name: 'flavour3' },
    ]);
  });

  test.each([
    ['/user', 'userList', null],
    ['/grant', 'grantList', []],
    ['/queue?name=none', 'queueList', []],
    ['/flavour?name=none', 'flavourList', null],
    ['/cluster?clusterNames=none', 'clusterList', null],
    ['/run', 'runList', []],
    ['/runCache', 'runCacheList', []],
    ['/pipeline', 'pipelineList', []],
    ['/artifact', 'artifactEventList', []],
    ['/schedule', 'scheduleList', []],
    ['/job', 'jobList', []],
  ])('GET %s has an empty %s of %j', async (path, key, empty) => {
    await using bench = await startBench();
    const { body } = await bench.root.get(path);
    expect(body[key]).toEqual(empty);
    expect(Object.keys(body).toSorted()).toEqual(['isTruncated', 'maxKeys', key].toSorted());
  });
});

describe('filters of runs', () => {
  test.each([
    ['userFilter=bobby', ['run-000003']],
    ['userFilter=alice,bobby', ['run-000002', 'run-000003']],
    ['runFilter=run-000001,run-000003', ['run-000001', 'run-000003']],
    ['nameFilter=b', ['run-000002', 'run-000003']],
    ['nameFilter=a, b', ['run-000001']], // not trimmed
    ['statusFilter=failed', ['run-000003']],
    ['fsFilter=data&nameFilter=a', ['run-000001']],
    ['statusFilter=Failed', []],
  ])('GET /run?%s gives %j', async (query, ids) => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 1, name: 'a', fsName: 'data' });
    bench.control.insertRuns({ count: 1, name: 'b', owner: 'alice' });
    bench.control.insertRuns({ count: 1, name: 'b', owner: 'bobby', status: 'failed' });
    expect((await bench.root.get(`/run?${query}`)).body.runList.map(({ runID }) => runID)).toEqual(ids);
  });

  test('a user sees his own runs, whatever userFilter he sends, but may not filter pipelines so', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    bench.control.insertRuns({ count: 1, owner: 'alice' });
    bench.control.insertRuns({ count: 1, owner: 'bobby' });
    expect((await alice.get('/run?userFilter=bobby')).body.runList.map(({ runID }) => runID)).toEqual(['run-000001']);
    expect((await alice.get('/pipeline?userFilter=alice')).body.code).toBe('AccessDenied');
  });
});
