import { describe, expect, test } from 'vitest';
import { base64, startAt, startBench, stepYaml } from './bench.ts';

const queue = { name: 'train', namespace: 'ml', maxResources: { cpu: '20', mem: '20Gi' } };
const s3 = { accessKey: 'AK', secretKey: 'SK', endpoint: 'http://10.0.0.5:9000' };

describe('users', () => {
  test.each([
    ['root', { username: 'ann', password: 'secret1' }, 'InvalidNamePattern'],
    ['root', { username: 'anna', password: 'SECRET1' }, 'UserPasswordWeak'],
    ['root', { username: 'anna', password: 'abc1' }, 'UserPasswordWeak'],
    ['root', { username: 'alice', password: 'secret1' }, 'InternalError'], // on SQLite
    ['root', { username: 'root', password: 'secret1' }, 'InternalError'],
    ['root', { username: 'carol', password: `a1${'x'.repeat(71)}` }, 'InternalError'], // more than 72 bytes
    ['alice', { username: 'alice', password: 'secret1' }, 'OnlyRootAllowed'],
    ['alice', { username: 'anna', password: 'secret1' }, 'AuthIllegalUser'],
  ])('%s creating %j is refused by %s', async (who, body, code) => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    expect((await (who === 'root' ? bench.root : alice).post('/user', body)).body.code).toBe(code);
  });

  test.each([
    ['PUT', '/user/ghost', { password: 'x' }, 'UserPasswordWeak'],
    ['PUT', '/user/ghost', { password: 'secret1' }, 'UserNotExist'],
    ['PUT', '/user/root', { password: 'secret1' }, 'AccessDenied'],
    ['DELETE', '/user/alice', undefined, 'AccessDenied'],
    ['GET', '/user', undefined, 'AccessDenied'],
  ])('%s %s with %j by alice is refused by %s', async (method, path, body, code) => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    expect((await alice.call(method, path, body)).body.code).toBe(code);
  });

  test('the list leaves root out, says maxKeys 0, and its times have zone and fraction', async () => {
    await using bench = await startBench();
    bench.control.advance(1250);
    await bench.user('alice');
    expect((await bench.root.get('/user?maxKeys=7')).body).toEqual({
      maxKeys: 0,
      isTruncated: false,
      userList: [{ createTime: '2024-03-05T10:00:01.25+08:00', name: 'alice' }],
    });
    expect((await bench.root.get('/user?user=alice')).body).toEqual({ createTime: '2024-03-05T10:00:01.25+08:00', name: 'alice' });
  });
});

describe('grants', () => {
  test.each([
    [{ username: 'root', resourceType: 'queue', resourceID: 'default-queue' }, 'GrantRootActionNotSupport'],
    [{ username: 'alice', resourceType: 'moon', resourceID: 'default-queue' }, 'GrantResourceTypeNotFound'],
    [{ username: 'alice', resourceType: 'queue', resourceID: 'none' }, 'QueueNameNotFound'],
    [{ username: 'ghost', resourceType: 'queue', resourceID: 'none' }, 'QueueNameNotFound'],
    [{ username: 'ghost', resourceType: 'queue', resourceID: 'default-queue' }, 'UserNotExist'],
    [{ username: 'alice', resourceType: 'fs', resourceID: 'fs-none' }, 'UserNotExist'],
  ])('%j is refused by %s, on create and on delete', async (grant, code) => {
    await using bench = await startBench();
    await bench.user('alice');
    expect((await bench.root.post('/grant', grant)).body.code).toBe(code);
    expect((await bench.root.call('DELETE', `/grant?${new URLSearchParams(grant)}`)).body.code).toBe(code);
  });

  test('a grant shows a queue to a user, once, until it or its queue is deleted', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await bench.root.post('/queue', queue);
    const grant = { username: 'alice', resourceType: 'queue', resourceID: 'train' };
    expect((await alice.get('/queue/train')).body.code).toBe('ActionNotAllowed');
    const made = await bench.root.post('/grant', grant);
    expect([made.status, made.body]).toEqual([200, { grantID: expect.stringMatching(/^grant-[0-9a-f]{8}$/) }]);
    expect((await bench.root.post('/grant', grant)).body.code).toBe('GrantAlreadyExist');
    expect((await alice.get('/queue')).body['queueList']).toMatchObject([{ name: 'train' }]);
    expect((await bench.root.get('/grant?username=alice')).body['grantList']).toEqual([
      {
        ...made.body,
        userName: 'alice',
        resourceType: 'queue',
        resourceID: 'train',
        createTime: '2024-03-05T10:00:00+08:00',
        updateTime: '2024-03-05T10:00:00+08:00',
      },
    ]);
    expect((await alice.get('/grant')).body.code).toBe('OnlyRootAllowed');
    await bench.root.call('DELETE', '/queue/train');
    expect((await bench.root.call('DELETE', `/grant?${new URLSearchParams({ ...grant, resourceID: 'default-queue' })}`)).body.code).toBe(
      'GrantNotFound',
    );
    expect((await bench.root.get('/grant')).body['grantList']).toEqual([]);
  });
});

describe('queues', () => {
  test.each([
    [{ ...queue, name: '' }, 400, 'QueueNameNotFound'],
    [{ ...queue, clusterName: 'none' }, 400, 'ClusterNotFound'],
    [{ ...queue, clusterName: 'asleep', namespace: '' }, 400, 'InvalidClusterStatus'],
    [{ ...queue, namespace: '' }, 400, 'NamespaceNotFound'],
    [{ ...queue, name: 'Train' }, 400, 'InvalidNamePattern'],
    [{ ...queue, name: 'default-queue' }, 403, 'QueueNameDuplicated'],
    [{ ...queue, name: 'default' }, 403, 'QueueNameDuplicated'],
    [{ ...queue, quotaType: 'none' }, 400, 'QueueQuotaTypeIsNotSupported'],
    [{ ...queue, maxResources: { cpu: 'many', mem: '1Gi' } }, 500, 'InvalidComputeResource'],
    [{ ...queue, minResources: { cpu: '21', mem: '1Gi' } }, 500, 'InvalidComputeResource'],
  ])('%j is refused by %d %s', async (body, status, code) => {
    await using bench = await startBench();
    await bench.root.post('/cluster', {
      clusterName: 'asleep',
      endpoint: 'x',
      clusterType: 'Kubernetes',
      version: '1.20',
      status: 'offline',
    });
    const answer = await bench.root.post('/queue', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('what was sent as mem comes back as memory, used and idle only when one queue is read', async () => {
    await using bench = await startBench();
    const sent = {
      ...queue,
      maxResources: { cpu: '1500m', mem: '20G', scalarResources: { 'nvidia.com/gpu': '4' } },
      schedulingPolicy: ['priority'],
    };
    expect((await bench.root.post('/queue', sent)).body).toEqual({ name: 'train' });
    const shown = {
      id: expect.stringMatching(/^queue-[0-9a-f]{8}$/),
      createTime: '2024-03-05 10:00:00',
      updateTime: '2024-03-05 10:00:00',
      name: 'train',
      namespace: 'ml',
      clusterName: 'default-cluster',
      quotaType: 'elasticQuota',
      minResources: { cpu: '0', memory: '0' },
      maxResources: { cpu: '1500m', memory: '20G', scalarResources: { 'nvidia.com/gpu': '4' } },
      location: expect.any(Object),
      schedulingPolicy: ['priority'],
      status: 'open',
    };
    expect((await bench.root.get('/queue?name=train')).body['queueList']).toEqual([shown]);
    expect((await bench.root.get('/queue/train')).body).toEqual({
      ...shown,
      usedResources: { cpu: '0', memory: '0' },
      idleResources: { cpu: '1500m', memory: '20G', scalarResources: { 'nvidia.com/gpu': '4' } },
    });
    bench.control.advance(5000);
    const update = { maxResources: { cpu: '2', mem: '2Gi' }, schedulingPolicy: ['priority-'] };
    const updated = (await bench.root.call('PUT', '/queue/train', update)).body;
    expect(updated).toMatchObject({ maxResources: { cpu: '2', memory: '2Gi' }, updateTime: '2024-03-05 10:00:05' });
    expect('schedulingPolicy' in updated).toBe(false);
  });

  test('a queue with an unfinished job stays, a missing one has its codes', async () => {
    await using bench = await startBench();
    await bench.run(stepYaml());
    bench.control.advance(1000);
    expect((await bench.root.get('/queue/default-queue')).body['usedResources']).toEqual({ cpu: '1', memory: '1Gi' });
    expect((await bench.root.call('DELETE', '/queue/default-queue')).body.code).toBe('QueueIsInUse');
    expect((await bench.root.call('DELETE', '/cluster/default-cluster')).body.code).toBe('QueueIsInUse');
    bench.control.advance(60_000);
    expect((await bench.root.call('DELETE', '/queue/default-queue')).text).toBe('');
    expect((await bench.root.get('/queue/default-queue')).body.code).toBe('QueueNameNotFound');
    const missing = await bench.root.call('PUT', '/queue/default-queue', {});
    expect([missing.status, missing.body.code]).toEqual([404, 'RecordNotFound']);
  });

  test('no call closes a queue any more: what old clients send is a decode error', async () => {
    await using bench = await startBench();
    expect((await bench.root.call('PUT', '/queue/default-queue?action=close')).body.code).toBe('MalformedJSON');
    bench.control.setQueueStatus('default-queue', 'closed');
    expect((await bench.root.get('/queue/default-queue')).body.status).toBe('closed');
  });
});

test.each([
  ['20Gi', '20Gi'],
  ['20G', '20G'],
  ['1.5Gi', '1536Mi'],
  ['1000', '1k'],
  ['1e3', '1k'],
  ['2E3', '2k'],
  ['.5Gi', '512Mi'],
  ['1500m', '2'], // whole bytes, rounded up
  ['1Qi', 'InvalidComputeResource'],
  ['1e', 'InvalidComputeResource'],
  ['9e99', 'InvalidComputeResource'],
])('a queue with a memory of %s has %s, in the notation of Kubernetes (2.3)', async (mem, outcome) => {
  await using bench = await startBench();
  const { body } = await bench.root.post('/queue', { ...queue, maxResources: { cpu: '1500000u', mem } });
  const { maxResources = body.code } = (await bench.root.get('/queue/train')).body;
  expect(maxResources).toEqual(outcome === 'InvalidComputeResource' ? outcome : { cpu: '1500m', memory: outcome });
});

test('the least that a queue keeps of anything countable cannot exceed its most either (2.3)', async () => {
  await using bench = await startBench();
  const [one, two] = ['1', '2'].map((gpus) => ({ cpu: '1', mem: '1Gi', scalarResources: { 'nvidia.com/gpu': gpus } }));
  const create = async (body: object) => (await bench.root.post('/queue', { ...queue, ...body })).body.code;
  expect(await create({ maxResources: one, minResources: two })).toBe('InvalidComputeResource');
  expect(await create({ minResources: one })).toBe('InvalidComputeResource');
  expect(await create({ maxResources: two, minResources: one })).toBeUndefined();
});

describe('flavours', () => {
  test('those of a cluster come with the unbound ones, and only root may change them', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    const bound = { name: 'big', cpu: '8', mem: '16Gi', clusterName: 'default-cluster' };
    expect((await alice.post('/flavour', bound)).body).toEqual({ name: 'big' });
    const names = async (query: string) =>
      ((await alice.get(`/flavour?${query}`)).body['flavourList'] as { name: string }[]).map(({ name }) => name);
    expect(await names('')).toEqual(['flavour1', 'flavour2', 'flavour3']);
    expect(await names('clusterName=default-cluster&name=g')).toEqual(['big']);
    expect((await alice.call('PUT', '/flavour/big', { cpu: '9' })).body.code).toBe('ActionNotAllowed');
    expect((await bench.root.call('PUT', '/flavour/big', { cpu: '9' })).status).toBe(500);
    const changed = await bench.root.call('PUT', '/flavour/big', { cpu: '9', clusterName: 'default-cluster' });
    expect(changed.body).toMatchObject({ cpu: '9', mem: '16Gi', scalarResources: {} });
    expect((await bench.root.call('DELETE', '/flavour/big')).text).toBe('');
    expect((await bench.root.get('/flavour/big')).body.code).toBe('FlavourNotFound');
  });

  test.each([
    [{ cpu: '1', mem: '1Gi' }, 'FlavourNotFound'],
    [{ name: 'flavour1', cpu: '1', mem: '1Gi' }, 'DuplicatedName'],
    [{ name: 'x', cpu: 'a', mem: '1Gi' }, 'FlavourInvalidField'],
    [{ name: 'x', cpu: '1', mem: '1Gi', clusterName: 'none' }, 'ClusterNameNotFound'],
  ])('%j is refused by %s', async (body, code) => {
    await using bench = await startBench();
    expect((await bench.root.post('/flavour', body)).body.code).toBe(code);
  });
});

test('a flavour is found by part of its name whatever its case, keeps what is sent empty, and is missed before it is refused (2.4, 6)', async () => {
  await using bench = await startBench();
  const alice = await bench.user('alice');
  await alice.post('/flavour', { name: 'Big', cpu: '8', mem: '16Gi' });
  expect((await bench.root.get('/flavour?name=bIG')).body['flavourList']).toEqual([expect.objectContaining({ name: 'Big' })]);
  expect((await bench.root.call('PUT', '/flavour/Big', { cpu: '9', mem: '' })).body).toMatchObject({ cpu: '9', mem: '16Gi' });
  expect((await alice.call('DELETE', '/flavour/none')).body.code).toBe('FlavourNotFound');
  expect((await alice.call('DELETE', '/flavour/Big')).body.code).toBe('ActionNotAllowed');
  expect((await alice.call('PUT', '/flavour/none', {})).status).toBe(500);
  expect((await alice.call('PUT', '/flavour/Big', {})).body.code).toBe('ActionNotAllowed');
});

describe('clusters', () => {
  const cluster = { clusterName: 'gpu-a', endpoint: 'https://10.1.0.1:6443', clusterType: 'Kubernetes', version: '1.20' };

  test.each([
    [{ ...cluster, clusterName: 'x' }, 400, 'InvalidNamePattern'],
    [{ ...cluster, endpoint: '' }, 500, 'InternalError'],
    [{ ...cluster, version: '' }, 500, 'InternalError'],
    [{ ...cluster, clusterType: 'kubernetes-v1.16' }, 500, 'InternalError'],
    [{ ...cluster, credential: base64('nothing of the kind') }, 400, 'InvalidClusterCredential'],
    [{ ...cluster, clusterType: 'K3S' }, 400, 'InvalidClusterCredential'], // none at all
    [{ ...cluster, namespaceList: ['Bad_NS'] }, 500, 'InternalError'],
  ])('%j is refused by %d "%s"', async (body, status, code) => {
    await using bench = await startBench();
    const answer = await bench.root.post('/cluster', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('a cluster of type Local ends the connection', async () => {
    await using bench = await startBench();
    await expect(bench.root.post('/cluster', { ...cluster, clusterType: 'Local' })).rejects.toThrow('fetch failed');
  });

  test('reads give the whole credential, updates keep what is empty, all of it is for root', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    const credential = base64('apiVersion: v1\nclusters: []\n');
    const made = (await bench.root.post('/cluster', { ...cluster, credential, namespaceList: ['ml'] })).body;
    expect(made).toEqual({
      id: expect.stringMatching(/^cluster-[0-9a-f]{8}$/),
      createTime: '2024-03-05 10:00:00',
      updateTime: '2024-03-05 10:00:00',
      description: '',
      source: 'OnPremise',
      status: 'online',
      setting: '',
      ...cluster,
      credential,
      namespaceList: ['ml'],
    });
    expect((await bench.root.get('/cluster?clusterNames=none,%20gpu-a&clusterStatus=online')).body['clusterList']).toEqual([made]);
    const updated = await bench.root.call('PUT', '/cluster/gpu-a', { endpoint: '', description: 'cards' });
    expect(updated.body).toMatchObject({ endpoint: cluster.endpoint, description: 'cards' });
    expect((await bench.root.call('PUT', '/cluster/gpu-a', { clusterType: 'Kubernetes' })).body.code).toBe('InvalidClusterProperties');
    expect((await bench.root.call('PUT', '/cluster/none', {})).body.code).toBe('ClusterNameNotFound');
    expect((await alice.get('/cluster')).body.code).toBe('OnlyRootAllowed');
    expect((await alice.get('/cluster/gpu-a')).body.code).toBe('AccessDenied');
    const missing = await bench.root.get('/cluster/none');
    expect([missing.status, missing.body.code, missing.body.message]).toEqual([500, '', 'record not found']);
    expect((await bench.root.call('DELETE', '/cluster/none')).body.code).toBe('ClusterNotFound');
    expect((await bench.root.call('DELETE', '/cluster/gpu-a')).text).toBe('');
  });

  test('resources are a map of the online clusters', async () => {
    await using bench = await startBench();
    await bench.root.post('/cluster', { ...cluster, status: 'offline' });
    expect(Object.keys((await bench.root.get('/cluster/resource')).body)).toEqual(['default-cluster']);
    const offline = await bench.root.get('/cluster/resource?clusterNames=gpu-a');
    expect([offline.status, offline.body.message]).toEqual([500, "can't get cluster quota by clusterNames: gpu-a"]);
    expect((await bench.root.get('/cluster/resource?clusterNames=none')).status).toBe(500);
  });
});

describe('queues of an old server', () => {
  test('are closed before they are deleted, and know no update', async () => {
    await using bench = await startBench({ version: 'v0.13' });
    await bench.root.post('/queue', queue);
    const alice = await bench.user('alice');
    expect((await bench.root.get('/version')).body['gitVersion']).toMatch(/^v0\.13/);
    expect((await bench.root.call('DELETE', '/queue/train')).body.code).toBe('QueueIsNotClosed');
    for (const path of ['/queue/train', '/queue/train?action=open'])
      expect((await bench.root.call('PUT', path, { maxResources: { cpu: '1', mem: '1Gi' } })).body.code).toBe('QueueActionIsNotSupported');
    expect((await bench.root.call('PUT', '/queue/none?action=close')).body.code).toBe('QueueNameNotFound');
    expect((await alice.call('PUT', '/queue/train?action=close')).body.code).toBe('OnlyRootAllowed');
    await bench.root.post('/job/single', { image: 'x', command: 'sleep 10', schedulingPolicy: { queue: 'train' } });
    bench.control.advance(1000);
    expect((await bench.root.call('PUT', '/queue/train?action=close')).text).toBe('');
    const status = async () => (await bench.root.get('/queue/train')).body.status;
    expect(await status()).toBe('closing');
    bench.control.advance(5000);
    expect(await status()).toBe('closing'); // its job goes on
    bench.control.advance(5000);
    expect(await status()).toBe('closed');
    expect((await bench.root.call('DELETE', '/queue/train')).text).toBe('');
  });

  test('cannot be closed on a server of today', async () => {
    await using bench = await startBench();
    const answer = await bench.root.call('PUT', '/queue/default-queue?action=close');
    expect([answer.status, answer.body.code]).toEqual([400, 'MalformedJSON']);
    expect((await bench.root.get('/queue/default-queue')).body.status).toBe('open');
  });
});

describe('nodes of clusters', () => {
  const scalarResources = { 'nvidia.com/gpu': '8' };

  test('are counted page by page, with the pods they hold', async () => {
    await using bench = await startBench();
    await bench.root.post('/job/single', { image: 'x', command: 'sleep 60', schedulingPolicy: { queue: 'default-queue' } });
    bench.control.advance(1000);
    // The server's memory knows of clusters late only.
    expect((await bench.root.get('/cluster/default-cluster/nodeInfos')).body).toEqual({ totalCount: 0, nodeList: null });
    bench.control.advance(29_000);
    const { body } = await bench.root.get('/cluster/default-cluster/nodeInfos');
    const nodes = body['nodeList'] as Record<string, unknown>[];
    expect(body['totalCount']).toBe(2);
    expect(Object.keys(nodes[0] ?? {})).toEqual(['nodeName', 'nodeIP', 'podsCount', 'labels', 'used', 'capacity', 'pods']);
    expect(nodes.map((node) => node['podsCount']).toSorted()).toEqual([0, 1]);
    expect(nodes[0]?.['capacity']).toEqual({ cpu: '32', memory: '128Gi', scalarResources });
    const second = (await bench.root.get('/cluster/default-cluster/nodeInfos?pageNo=2&pageSize=1')).body;
    expect(second).toEqual({ totalCount: 2, nodeList: [nodes[1]] });
  });

  test.each([
    ['/cluster/default-cluster/nodeInfos?pageSize=101', 400, 'InvalidURI'],
    ['/cluster/default-cluster/nodeInfos?pageNo=x', 400, 'InvalidURI'],
  ])('GET %s is refused by %d %s', async (path, status, code) => {
    await using bench = await startBench();
    const answer = await bench.root.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    const alice = await bench.user('alice');
    expect((await alice.get('/cluster/default-cluster/nodeInfos')).body.code).toBe('OnlyRootAllowed');
  });

  test.each([
    [{}, ['default-cluster-node-1', 'default-cluster-node-2']],
    [{ clusterNames: ['default-cluster', 'none'], pageSize: 1, pageNo: 2 }, ['default-cluster-node-2']],
    [{ labels: 'kubernetes.io/hostname=default-cluster-node-2' }, ['default-cluster-node-2']],
    [{ labels: 'kubernetes.io/hostname!=default-cluster-node-2' }, ['default-cluster-node-1']],
    [{ queueName: 'default-queue', nodeStatus: 'ready' }, ['default-cluster-node-1', 'default-cluster-node-2']],
    [{ nodeStatus: 'lost' }, []],
  ])('POST /cluster/resource with %j gives the maps of %j', async (body, names) => {
    await using bench = await startBench();
    bench.control.advance(30_000);
    const answer = (await bench.root.post('/cluster/resource', body)).body['default-cluster'] as Record<string, object>;
    for (const key of ['allocatable', 'capacity', 'labels']) expect(Object.keys(answer[key] ?? {})).toEqual(names);
    expect([answer['clusterName'], answer['queueName']]).toEqual(['default-cluster', (body as { queueName?: string }).queueName]);
  });

  test.each([
    ['{', 400, 'MalformedJSON'],
    [{ queueName: 'none' }, 500, ''],
  ])('POST /cluster/resource with %j is refused by %d %s', async (body, status, code) => {
    await using bench = await startBench();
    const answer = await bench.root.post('/cluster/resource', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

test('what a deleted user has made stays and goes on, but his grants go', async () => {
  await using bench = await startBench();
  const alice = await bench.user('alice');
  await bench.user('bobby');
  await bench.root.post('/grant', { username: 'alice', resourceType: 'queue', resourceID: 'default-queue' });
  await bench.root.post('/grant', { username: 'bobby', resourceType: 'user', resourceID: 'alice' });
  await alice.post('/fs', { name: 'data', url: 'local://mnt/data' });
  await alice.post('/pipeline', { yamlRaw: base64(stepYaml(5)) });
  await alice.post('/schedule', { name: 'nightly', crontab: '@hourly', pipelineID: 'ppl-000001', pipelineVersionID: '1' });
  expect((await bench.root.call('DELETE', '/user/alice')).text).toBe('');
  expect((await alice.get('/run')).body.code).toBe('UserNotExist');
  expect((await bench.root.get('/grant')).body['grantList']).toEqual([]);
  bench.control.advance(3_600_000);
  expect((await bench.root.get('/run')).body.runList).toMatchObject([{ username: 'alice', name: 'nightly' }]);
  expect((await bench.root.get('/fs')).body['fsList']).toMatchObject([{ username: 'alice' }]);
});

describe('file systems', () => {
  test.each([
    [{ name: 'a b', url: 's3://b/p', properties: s3 }, 'FileSystemNameFormatError'],
    [{ name: 'x'.repeat(60), url: 's3://b/p', properties: s3 }, 'FileSystemNameFormatError'],
    [{ name: 'data', url: 'ftp://b/p' }, 'InvalidFileSystemParamsURL'],
    [{ name: 'data', url: 'local:///x' }, 'InvalidFileSystemParamsURL'],
    [{ name: 'data', url: 'local://root/x' }, 'InvalidFileSystemParamsURL'],
    [{ name: 'data', url: 's3://b/p' }, 'InvalidFileSystemParamsURL'],
    [{ name: 'data', url: 's3://b/p', properties: { ...s3, accessKey: '' } }, 'InvalidFileSystemParamsProperties'],
    [{ name: 'data', url: 's3://b/p', properties: { ...s3, endpoint: 'http://down.invalid' } }, 'ConnectivityFailed'],
  ])('%j is refused by %s', async (body, code) => {
    await using bench = await startBench();
    expect((await bench.root.post('/fs', body)).body.code).toBe(code);
  });

  test('a file system is shown with its secrets encrypted, to its owner and to root who names him', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    const made = await alice.post('/fs', { name: 'data', url: 's3://bucket/prefix', properties: s3 });
    expect([made.status, made.body]).toEqual([201, { fsName: 'data', fsID: 'fs-alice-data' }]);
    expect((await alice.post('/fs', { name: 'data', url: 's3://bucket/prefix', properties: s3 })).body.code).toBe('DuplicatedName');
    const shown = {
      id: 'fs-alice-data',
      name: 'data',
      serverAddress: '10.0.0.5:9000',
      type: 's3',
      subPath: '/prefix',
      username: 'alice',
      properties: { ...s3, bucket: 'bucket', region: '', secretKey: expect.stringMatching(/^[0-9a-f]{32}$/) },
      independentMountProcess: false,
    };
    expect((await alice.get('/fs/data')).body).toEqual(shown);
    expect((await bench.root.get('/fs/data?username=alice')).body).toEqual(shown);
    const missing = await bench.root.get('/fs/data');
    expect([missing.status, missing.body.code, missing.body.message]).toEqual([
      404,
      'RecordNotFound',
      'username[root] not create fsName[data]',
    ]);
    expect((await bench.root.get('/fs')).body).toEqual({ marker: '', truncated: false, nextMarker: '', fsList: [shown] });
    expect((await alice.call('DELETE', '/fs/data')).text).toBe('');
    expect((await alice.get('/fs')).body['fsList']).toBeNull();
  });

  test('pages go backwards in time by the update of the first one that did not fit', async () => {
    await using bench = await startBench();
    for (const name of ['one', 'two', 'three']) {
      await bench.root.post('/fs', { name, url: `local://mnt/${name}` });
      bench.control.advance(60_000);
    }
    const first = (await bench.root.get('/fs?maxKeys=2')).body;
    expect(first).toMatchObject({ truncated: true, nextMarker: '2024-03-05 10:00:00', fsList: [{ name: 'three' }, { name: 'two' }] });
    const next = (await bench.root.get(`/fs?maxKeys=2&marker=${encodeURIComponent(first.nextMarker)}`)).body;
    expect(next).toMatchObject({ marker: first.nextMarker, truncated: false, nextMarker: '', fsList: [{ name: 'one' }] });
    // SQLite compares texts: anything that begins with a letter is behind every time.
    expect((await bench.root.get('/fs?marker=yesterday')).body).toMatchObject({ marker: 'yesterday', fsList: { length: 3 } });
    expect((await bench.root.get('/fs?marker=1')).body['fsList']).toBeNull();
  });

  test('one of the present second is missing, and of those of one second the next page knows none', async () => {
    await using bench = await startBench({ startAt: startAt + 200 });
    for (const name of ['one', 'two', 'three']) await bench.root.post('/fs', { name, url: `local://mnt/${name}` });
    expect((await bench.root.get('/fs')).body['fsList']).toBeNull();
    bench.control.advance(1000);
    const first = (await bench.root.get('/fs?maxKeys=2')).body;
    expect(first['fsList']).toMatchObject([{ name: 'three' }, { name: 'two' }]);
    expect((await bench.root.get(`/fs?marker=${encodeURIComponent(first.nextMarker)}`)).body['fsList']).toBeNull();
  });
});

describe('where MySQL differs from SQLite', () => {
  test('names are told to exist, and a marker of file systems has to be a time', async () => {
    await using bench = await startBench({ database: 'mysql' });
    await bench.user('alice');
    expect((await bench.root.post('/user', { username: 'alice', password: 'secret1' })).body.code).toBe('UserNameDuplicated');
    const again = { clusterName: 'default-cluster', endpoint: 'x', clusterType: 'Kubernetes', version: '1.20' };
    expect(await bench.root.post('/cluster', again)).toMatchObject({ status: 500, body: { code: '' } });
    expect((await bench.root.get('/fs?marker=yesterday')).body.code).toBe('FileSystemDataBaseError');
  });

  test('on SQLite a second cluster of the same name stands beside the first, and one goes at a time', async () => {
    await using bench = await startBench();
    const again = { clusterName: 'twice', endpoint: 'x', clusterType: 'Kubernetes', version: '1.20' };
    const ids = [(await bench.root.post('/cluster', again)).body['id'], (await bench.root.post('/cluster', again)).body['id']];
    expect(new Set(ids).size).toBe(2);
    await bench.root.call('DELETE', '/cluster/twice');
    expect((await bench.root.get('/cluster/twice')).body['id']).toBe(ids[1]);
  });
});

test.each([
  [undefined, 200],
  ['needed', 400],
] as const)(
  'a cluster of type Kubernetes without a credential, where one is %s, is answered by %d',
  async (kubernetesCredential, status) => {
    await using bench = await startBench(kubernetesCredential === undefined ? {} : { kubernetesCredential });
    const cluster = { clusterName: 'bare', endpoint: 'x', clusterType: 'Kubernetes', version: '1.20' };
    expect((await bench.root.post('/cluster', cluster)).status).toBe(status);
  },
);

describe('a server with several clusters', () => {
  test('has none at first, and no queue', async () => {
    await using bench = await startBench({ clusters: 'several' });
    expect((await bench.root.get('/cluster')).body['clusterList']).toBeNull();
    expect((await bench.root.get('/queue')).body['queueList']).toEqual([]);
    const runID = await bench.run(stepYaml());
    bench.control.advance(1000);
    expect((await bench.root.get(`/run/${runID}`)).body.runtime['main']).toMatchObject([
      { jobMessage: 'validating step[work.entry_points.main] failed: [queue is empty]' },
    ]);
  });
});

describe('queues are told in the words of the server', () => {
  test.each([
    [{ ...queue, name: '' }, 'queueName is not found.'],
    [{ ...queue, clusterName: 'none' }, 'cluster not found by Name'],
    [{ ...queue, namespace: '' }, 'namespace is required'],
    [{ ...queue, name: 'x'.repeat(64) }, `name[${'x'.repeat(64)}] of queue is invalid, err: must be no more than 63 characters`],
    [{ ...queue, name: 'default' }, 'request name duplicated'],
    [{ ...queue, quotaType: 'none' }, 'quota type is not supported'],
    [{ ...queue, maxResources: { cpu: '-1', mem: '1Gi' } }, 'negative resources not permitted: map[cpu:-1 memory:1Gi]'],
    [
      { ...queue, maxResources: { cpu: 'many' } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
  ])('%j: %s', async (body, message) => {
    await using bench = await startBench();
    expect((await bench.root.post('/queue', body)).body.message).toBe(message);
  });

  test.each([null, {}, { cpu: '2' }, { cpu: '', mem: '' }])(
    'a maximum of %j is taken, and an update with it keeps what is there',
    async (maxResources) => {
      await using bench = await startBench();
      expect((await bench.root.post('/queue', { ...queue, maxResources })).status).toBe(200);
      const sent = { ...queue, name: 'whole', maxResources: { cpu: '3', mem: '4Gi' } };
      await bench.root.post('/queue', sent);
      const { body } = await bench.root.call('PUT', '/queue/whole', { maxResources });
      expect(body['maxResources']).toEqual({ cpu: maxResources?.cpu || '3', memory: '4Gi' });
    },
  );

  test('an update that takes the last policy away is answered as done, and is not', async () => {
    await using bench = await startBench();
    await bench.root.post('/queue', { ...queue, schedulingPolicy: ['drf'] });
    expect((await bench.root.call('PUT', '/queue/train', { schedulingPolicy: ['drf-'] })).body).not.toHaveProperty('schedulingPolicy');
    expect((await bench.root.get('/queue/train')).body['schedulingPolicy']).toEqual(['drf']);
    await bench.root.call('PUT', '/queue/train', { schedulingPolicy: ['priority', 'drf-'] });
    expect((await bench.root.get('/queue/train')).body['schedulingPolicy']).toEqual(['priority']);
  });
});
