import { describe, expect, test } from 'vitest';
import type { Bench, WireAnswer } from './bench.ts';
import { base64, startBench, stepYaml } from './bench.ts';

/** The contract's section 10.2: keys that the vendor's SDK indexes without looking whether they are there. */
const words = (text: string): string[] => text.split(' ');

const keys = {
  grant: words('resourceType userName resourceID'),
  queueInList: words('name status namespace clusterName quotaType maxResources minResources createTime updateTime'),
  queue: words('name status namespace clusterName quotaType maxResources createTime updateTime usedResources idleResources'),
  flavour: words('name cpu mem createTime updateTime'),
  fs: words('name username type serverAddress subPath properties'),
  run: words('runID name source username fsName description scheduleID runMsg status scheduledTime createTime activateTime updateTime'),
  runDetail: words(
    'runID fsName username status name description parameters runYaml runtime postProcess dockerEnv updateTime source runMsg scheduleID ' +
      'fsOptions failureOptions disabled runCachedIDs createTime activateTime',
  ),
  step: words(
    'jobID name type stepName parentDagID command parameters env extraFS startTime endTime status deps dockerEnv artifacts cache jobMessage ' +
      'cacheRunID cacheJobID',
  ),
  dag: words('id name type dagName parentDagID deps parameters artifacts startTime endTime status message entryPoints'),
  pipeline: words('pipelineID name username desc createTime updateTime'),
  version: words('pipelineVersionID pipelineID fsName yamlPath pipelineYaml username createTime updateTime'),
  cache: words('cacheID firstFp secondFp runID source jobID fsname username expiredTime strategy custom createTime updateTime'),
  artifact: words('runID fsname username artifactPath step type artifactName meta createTime updateTime'),
  schedule: words(
    'scheduleID name desc pipelineID pipelineVersionID username fsConfig crontab options startTime endTime createTime updateTime nextRunTime ' +
      'scheduleMsg status',
  ),
  link: words('fsName username type fsPath serverAddress subPath properties'),
  fsCache: words('fsName username cacheDir metaDriver blockSize'),
  job: words(
    'id name labels annotations schedulingPolicy flavour fs extraFS image env command args port extensionTemplate status message acceptTime ' +
      'startTime finishTime',
  ),
  clusterInList: words('id clusterName description endpoint source clusterType version status createTime updateTime'),
};

/** What is at `path` in the body; every part of it must be there. */
function at(answer: WireAnswer, ...path: (string | number)[]): unknown {
  let value: unknown = answer.body;
  for (const key of path) {
    expect(value).toHaveProperty([String(key)]);
    value = (value as Record<string, unknown>)[String(key)];
  }
  return value;
}

const has = (value: unknown, wanted: readonly string[]) =>
  expect(Object.keys(value as object)).toEqual(expect.arrayContaining([...wanted]));

/** `E` and `E!` of the contract. */
function isEmpty(answer: WireAnswer): void {
  expect([answer.status, answer.text]).toEqual([200, '']);
}

function hasNoMessage(answer: WireAnswer): WireAnswer {
  expect(answer.status).toBeLessThan(300);
  expect(answer.body).not.toHaveProperty('message'); // the SDK takes it for a failure
  return answer;
}

const workflow = `${stepYaml(2)}  group:
    deps: main
    entry_points:
      inner:
        command: echo inner
post_process:
  last:
    command: echo last
`;

async function finishedRun(bench: Bench): Promise<string> {
  const runID = await bench.run(workflow, { name: 'sdk' });
  bench.control.advance(60_000);
  return runID;
}

describe("the vendor's SDK finds what it reads", () => {
  test('in users, grants and queues', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const { root } = bench;
    hasNoMessage(await root.post('/user', { username: 'alice', password: 'secret1' }));
    isEmpty(await root.call('PUT', '/user/alice', { password: 'secret2' }));
    has(at(await root.get('/user?maxKeys=100'), 'userList', 0), ['name', 'createTime']);
    const queue = { name: 'train', namespace: 'ml', clusterName: 'default-cluster', maxResources: { cpu: '2', mem: '2Gi' } };
    hasNoMessage(await root.post('/queue', queue));
    hasNoMessage(await root.call('PUT', '/queue/train', { maxResources: { cpu: '3', mem: '3Gi' } }));
    has(at(await root.get('/queue?maxKeys=100'), 'queueList', 0), keys.queueInList);
    has((await root.get('/queue/train')).body, keys.queue);
    hasNoMessage(await root.post('/grant', { username: 'alice', resourceType: 'queue', resourceID: 'train' }));
    has(at(await root.get('/grant?maxKeys=100&username=alice'), 'grantList', 0), keys.grant);
    isEmpty(await root.call('DELETE', '/grant?username=alice&resourceType=queue&resourceID=train'));
    isEmpty(await root.call('DELETE', '/queue/train'));
    isEmpty(await root.call('DELETE', '/user/alice'));
  });

  test('in flavours, clusters and file systems', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const { root } = bench;
    hasNoMessage(await root.post('/flavour', { name: 'big', cpu: '8', mem: '16Gi' }));
    has(at(await root.get('/flavour?maxKeys=100'), 'flavourList', 3), keys.flavour);
    has((await root.get('/flavour/big')).body, keys.flavour);
    has((await root.call('PUT', '/flavour/big', { cpu: '9' })).body, ['name']);
    isEmpty(await root.call('DELETE', '/flavour/big'));
    const credential = base64('apiVersion: v1\n');
    const cluster = { clusterName: 'gpu-a', endpoint: 'e', clusterType: 'Kubernetes', version: '1.16', credential };
    has(hasNoMessage(await root.post('/cluster', cluster)).body, ['id']);
    has(hasNoMessage(await root.call('PUT', '/cluster/gpu-a', { description: 'd' })).body, ['id']);
    has(at(await root.get('/cluster?maxKeys=100'), 'clusterList', 0), keys.clusterInList);
    has((await root.get('/cluster/gpu-a')).body, [...keys.clusterInList, 'credential', 'setting', 'namespaceList']);
    hasNoMessage(await root.get('/cluster/resource'));
    isEmpty(await root.call('DELETE', '/cluster/gpu-a'));
    hasNoMessage(await root.post('/fs', { name: 'data', url: 'local://mnt/data' }));
    has((await root.get('/fs/data')).body, keys.fs);
    has(at(await root.get('/fs?maxKeys=100'), 'fsList', 0), keys.fs);
    isEmpty(await root.call('DELETE', '/fs/data'));
  });

  test('in pipelines and their versions', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const { root } = bench;
    const yamlRaw = base64(stepYaml());
    has(hasNoMessage(await root.post('/pipeline', { yamlRaw, desc: 'd' })).body, ['name', 'pipelineID', 'pipelineVersionID']);
    // The SDK sends both of these even when they are empty.
    has(hasNoMessage(await root.post('/pipeline/ppl-000001', { yamlRaw, fsName: '', yamlPath: '' })).body, [
      'pipelineID',
      'pipelineVersionID',
    ]);
    has(at(await root.get('/pipeline'), 'pipelineList', 0), keys.pipeline);
    const shown = await root.get('/pipeline/ppl-000001');
    has(at(shown, 'pipeline'), keys.pipeline);
    has(at(shown, 'pplVersions', 'pplVersionList', 0), keys.version);
    const version = await root.get('/pipeline/ppl-000001/2');
    has(at(version, 'pipeline'), keys.pipeline);
    has(at(version, 'pipelineVersion'), keys.version);
    isEmpty(await root.call('DELETE', '/pipeline/ppl-000001/2'));
    isEmpty(await root.call('DELETE', '/pipeline/ppl-000001'));
  });

  test('in runs, their steps and dags', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const { root } = bench;
    const runID = await finishedRun(bench);
    has(at(await root.get('/run?maxKeys=100'), 'runList', 0), keys.run);
    const shown = hasNoMessage(await root.get(`/run/${runID}`));
    has(shown.body, keys.runDetail);
    expect(shown.body.status).toBe('succeeded');
    expect(Object.keys(at(shown, 'runtime', 'main', 0) as object).toSorted()).toEqual(keys.step.toSorted());
    expect(Object.keys(at(shown, 'runtime', 'group', 0) as object).toSorted()).toEqual(keys.dag.toSorted());
    has(at(shown, 'runtime', 'group', 0, 'entryPoints', 'inner', 0), keys.step);
    has(at(shown, 'postProcess', 'last'), keys.step);
    isEmpty(await root.call('DELETE', `/run/${runID}`, { checkCache: null }));
    const stopped = await bench.run(stepYaml(60));
    bench.control.advance(1000);
    isEmpty(await root.call('PUT', `/run/${stopped}?action=stop`, { stopForce: false }));
    bench.control.advance(1000);
    has(hasNoMessage(await root.call('PUT', `/run/${stopped}?action=retry`)).body, ['runID']);
  });

  test('in the cache records of runs', async () => {
    await using bench = await startBench();
    expect.hasAssertions();
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    await bench.run(`${stepYaml(1).trimEnd()}\n    cache: {enable: true}\nfs_options: {main_fs: {name: data}}\n`);
    bench.control.advance(60_000);
    has(at(await bench.root.get('/runCache'), 'runCacheList', 0), keys.cache);
    has((await bench.root.get('/runCache/cch-000001')).body, keys.cache);
    isEmpty(await bench.root.call('DELETE', '/runCache/cch-000001'));
  });

  test('in logs and the version', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const runID = await finishedRun(bench);
    const log = hasNoMessage(await bench.root.get(`/log/run/${runID}?pageSize=100&pageNo=1&logFilePosition=begin`));
    has(log.body, ['runID', 'submitLog', 'runLog']);
    expect(log.body.runLog).toHaveLength(3);
    has(at(log, 'runLog', 0, 'taskList', 0), ['taskID']);
    has(at(log, 'runLog', 0, 'taskList', 0, 'logInfo'), ['logContent', 'hasNextPage', 'truncated']);
    has(hasNoMessage(await bench.root.get('/version')).body, words('gitVersion gitCommit gitBranch buildDate goVersion compiler platform'));
  });

  test('in links and caches of file systems', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const { root } = bench;
    const properties = { accessKey: 'a', secretKey: 'b', endpoint: 'c' };
    await root.post('/fs', { name: 'data', url: 's3://bucket/p', properties });
    expect((await root.get('/link/data?maxKeys=100')).body['linkList']).toBeNull(); // a list would be taken for a text
    expect((await root.post('/link', { fsName: 'data', fsPath: '/ext', url: 's3://other/p', properties })).status).toBe(201);
    has(at(await root.get('/link/data?maxKeys=100'), 'linkList', 0), keys.link);
    has(at(await root.get('/link/data?fsPath=/ext'), 'linkList', 0), keys.link);
    isEmpty(await root.call('DELETE', '/link/data?fsPath=/ext'));
    const cached = await root.post('/fsCache', { fsName: 'data', cacheDir: '/c', metaDriver: 'mem', blockSize: 1 });
    expect([cached.status, cached.text]).toEqual([201, '']);
    has(hasNoMessage(await root.get('/fsCache/data')).body, keys.fsCache);
    isEmpty(await root.call('DELETE', '/fsCache/data'));
  });

  test('in schedules', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const { root } = bench;
    await root.post('/pipeline', { yamlRaw: base64(stepYaml(1)) });
    const schedule = { name: 'nightly', pipelineID: 'ppl-000001', pipelineVersionID: '1', crontab: '@hourly' };
    has(hasNoMessage(await root.post('/schedule', schedule)).body, ['scheduleID']);
    bench.control.advance(3_600_000);
    has(at(await root.get('/schedule'), 'scheduleList', 0), keys.schedule);
    const shown = hasNoMessage(await root.get('/schedule/schedule-000001'));
    has(shown.body, keys.schedule);
    has(at(shown, 'runs', 'runList', 0), keys.run);
    isEmpty(await root.call('PUT', '/schedule/schedule-000001'));
    isEmpty(await root.call('DELETE', '/schedule/schedule-000001'));
  });

  test('in artifacts', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    await bench.run(`${stepYaml(1).trimEnd()}\n    artifacts: {output: [out]}\nfs_options: {main_fs: {name: data}}\n`);
    bench.control.advance(60_000);
    has(at(await bench.root.get('/artifact'), 'artifactEventList', 0), keys.artifact);
  });

  test('in jobs, their statistics and logs', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const { root } = bench;
    const job = { id: 'mine', schedulingPolicy: { queue: 'default-queue' }, image: 'busybox:1.36', command: 'echo on; sleep 60' };
    has(hasNoMessage(await root.post('/job/single', job)).body, ['id']);
    isEmpty(await root.call('PUT', '/job/mine?action=modify', { priority: 'HIGH' }));
    bench.control.advance(30_000);
    const item = at(await root.get('/job'), 'jobList', 0);
    has(item, keys.job);
    has((item as { schedulingPolicy: object }).schedulingPolicy, ['queue']);
    const shown = await root.get('/job/mine'); // its `message` is no failure: here the SDK looks at the status too
    has(shown.body, [...keys.job, 'runtime']);
    has(hasNoMessage(await root.get('/statistics/job/mine')).body, ['metricsInfo']);
    const detail = hasNoMessage(await root.get('/statistics/jobDetail/mine'));
    has(detail.body, ['truncated', 'result']);
    has(at(detail, 'result', 0), ['taskName', 'taskInfo']);
    has(at(detail, 'result', 0, 'taskInfo', 0), ['metric', 'values']);
    const log = hasNoMessage(await root.get('/log/job?clusterName=default-cluster&namespace=default&type=pod&name=mine'));
    has(log.body, ['jobID', 'name', 'eventList', 'taskList']);
    has(at(log, 'taskList', 0), ['taskID']);
    has(at(log, 'taskList', 0, 'logInfo'), ['logContent', 'hasNextPage', 'truncated']);
    isEmpty(await root.call('PUT', '/job/mine?action=stop'));
    bench.control.advance(1000);
    isEmpty(await root.call('DELETE', '/job/mine'));
  });

  test('in resources of clusters, asked for by either way', async () => {
    await using bench = await startBench();
    bench.control.advance(30_000);
    expect(Object.keys(hasNoMessage(await bench.root.post('/cluster/resource', { pageNo: 1, pageSize: 10 })).body)).toEqual([
      'default-cluster',
    ]);
    expect(Object.keys(hasNoMessage(await bench.root.get('/cluster/resource')).body)).toEqual(['default-cluster']);
  });

  test('in every error body', async () => {
    expect.hasAssertions();
    await using bench = await startBench();
    const answers = await Promise.all(
      ['/run/run-000001', '/nothing', '/cluster/none', '/run?maxKeys=0'].map((path) => bench.root.get(path)),
    );
    for (const answer of answers) has(answer.body, ['code', 'message', 'requestID']);
  });
});
