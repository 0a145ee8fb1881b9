import { expect, test } from 'vitest';
import { InvalidCallError } from '../../../../src/upstream/errors.ts';
import type { PaddleFlowClient } from '../../../../src/backends/paddleflow/client/client.ts';
import { json } from '../../../upstream/server.ts';
import { lastBody, startBench } from './bench.ts';
import { artifact, cluster, flavour, grant, job, pipeline, queue, runCache, schedule } from './samples.ts';

type Ask = (client: PaddleFlowClient) => Promise<unknown>;
const marker = '0123456789abcdef0123456789abcdef';
const envelope = { maxKeys: 10, isTruncated: true, nextMarker: marker };
const page = (...items: unknown[]) => ({ items, nextMarker: marker });
const big = { cpu: '20', memory: '20Gi', scalarResources: { 'nvidia.com/gpu': '4' } };
const bigOnTheWire = { cpu: '20', mem: '20Gi', scalarResources: { 'nvidia.com/gpu': '4' } };
const { logURL: _never, ...pod } = job.runtime;
const { credential: _writeOnly, ...shownCluster } = cluster;
const shownQueue = { ...queue, usedResources: null, idleResources: null };

test.each<[call: string, ask: Ask, answer: unknown, result: unknown]>([
  [
    `GET /user?maxKeys=10&marker=${marker}`,
    (client) => client.listUsers({ maxKeys: 10, marker }),
    { ...envelope, maxKeys: 0, userList: [{ createTime: '2024-03-02T09:15:04.123+08:00', name: 'alice' }] },
    page({ name: 'alice', createTime: '2024-03-02T09:15:04.123+08:00' }),
  ],
  ['DELETE /user/alice', (client) => client.deleteUser('alice'), undefined, undefined],
  [
    `GET /grant?username=alice&maxKeys=10`,
    (client) => client.listGrants({ username: 'alice', maxKeys: 10 }),
    { ...envelope, grantList: [grant] },
    page(grant),
  ],
  [
    'DELETE /grant?username=alice&resourceType=queue&resourceID=train-queue',
    (client) => client.deleteGrant({ userName: 'alice', resourceType: 'queue', resourceID: 'train-queue' }),
    undefined,
    undefined,
  ],
  ['PUT /queue/train-queue?action=close', (client) => client.closeQueue('train-queue'), undefined, 'closing'],
  ['DELETE /queue/train-queue', (client) => client.deleteQueue('train-queue'), undefined, undefined],
  [
    'GET /flavour?clusterName=gpu-a&name=gpu&maxKeys=10',
    (client) => client.listFlavours({ clusterName: 'gpu-a', name: 'gpu', maxKeys: 10 }),
    { ...envelope, flavourList: [flavour, { ...flavour, scalarResources: null }] },
    page(flavour, { ...flavour, scalarResources: {} }),
  ],
  ['GET /flavour/flavour2', (client) => client.getFlavour('flavour2'), flavour, flavour],
  ['DELETE /flavour/flavour2', (client) => client.deleteFlavour('flavour2'), undefined, undefined],
  ['DELETE /cluster/gpu-a', (client) => client.deleteCluster('gpu-a'), undefined, undefined],
  ['DELETE /pipeline/ppl-000003', (client) => client.deletePipeline('ppl-000003'), undefined, undefined],
  ['DELETE /pipeline/ppl-000003/2', (client) => client.deletePipelineVersion('ppl-000003', '2'), undefined, undefined],
  [
    'GET /runCache?userFilter=alice&fsFilter=data&runFilter=run-000012%2Crun-000013&maxKeys=10',
    (client) => client.listRunCaches({ userFilter: ['alice'], fsFilter: ['data'], runFilter: ['run-000012', 'run-000013'], maxKeys: 10 }),
    { ...envelope, runCacheList: [runCache] },
    page(runCache),
  ],
  ['GET /runCache/cch-000004', (client) => client.getRunCache('cch-000004'), runCache, runCache],
  ['DELETE /runCache/cch-000004', (client) => client.deleteRunCache('cch-000004'), undefined, undefined],
  [
    'GET /artifact?typeFilter=output&pathFilter=a%2Fb&userFilter=alice&runFilter=run-000012&maxKeys=10',
    (client) =>
      client.listArtifacts({ userFilter: ['alice'], runFilter: ['run-000012'], typeFilter: ['output'], pathFilter: ['a/b'], maxKeys: 10 }),
    { ...envelope, artifactEventList: [artifact] },
    page(artifact),
  ],
  [
    'GET /schedule?userFilter=alice&pplFilter=ppl-000003&pplVersionFilter=1&scheduleFilter=schedule-000002&nameFilter=nightly&statusFilter=running%2Csuccess&maxKeys=10',
    (client) =>
      client.listSchedules({
        userFilter: ['alice'],
        pplFilter: ['ppl-000003'],
        pplVersionFilter: ['1'],
        scheduleFilter: ['schedule-000002'],
        nameFilter: ['nightly'],
        statusFilter: ['running', 'success'],
        maxKeys: 10,
      }),
    { ...envelope, scheduleList: [schedule] },
    page(schedule),
  ],
  ['PUT /schedule/schedule-000002', (client) => client.stopSchedule('schedule-000002'), undefined, undefined],
  ['DELETE /schedule/schedule-000002', (client) => client.deleteSchedule('schedule-000002'), undefined, undefined],
  ['DELETE /fs/data?username=alice', (client) => client.deleteFileSystem('data', { username: 'alice' }), undefined, undefined],
  ['PUT /job/job-1?action=stop', (client) => client.stopJob('job-1'), undefined, undefined],
  [
    'GET /job/job-1',
    (client) => client.getJob('job-1'),
    job,
    {
      id: job.id,
      name: job.name,
      status: 'running',
      message: 'job is running',
      schedulingPolicy: { queue: 'train-queue', priority: 'NORMAL' },
      flavour: { cpu: '1', mem: '1Gi', name: 'flavour1', scalarResources: {} },
      image: 'python:3.10',
      env: { PF_RUN_ID: 'run-000012' },
      command: 'python prep.py',
      labels: {},
      annotations: {},
      framework: '',
      acceptTime: job.acceptTime,
      startTime: job.startTime,
      finishTime: '',
      runtimes: [pod],
    },
  ],
])('%s', async (call, ask, answer, result) => {
  await using bench = await startBench((_request, response) => json(response, answer));
  expect(await ask(bench.prod.as('viewer'))).toEqual(result);
  expect(bench.calls).toEqual([call]);
  expect(lastBody(bench.server)).toBeUndefined();
});

test.each<[call: string, ask: Ask, body: unknown, status: number, answer: unknown, result: unknown]>([
  [
    'POST /user',
    (client) => client.createUser({ username: 'alice', password: 'secret1' }),
    { username: 'alice', password: 'secret1' },
    200,
    { username: 'alice' },
    'alice',
  ],
  ['PUT /user/alice', (client) => client.setPassword('alice', 'secret1'), { password: 'secret1' }, 200, undefined, undefined],
  [
    'POST /grant',
    (client) => client.createGrant({ userName: 'alice', resourceType: 'fs', resourceID: 'fs-root-data' }),
    { userName: 'alice', resourceType: 'fs', resourceID: 'fs-root-data' },
    200,
    { grantID: 'grant-1a2b3c4d' },
    'grant-1a2b3c4d',
  ],
  [
    'POST /queue',
    (client) =>
      client.createQueue({
        name: 'train-queue',
        namespace: 'ml',
        clusterName: 'gpu-a',
        quotaType: 'elasticQuota',
        maxResources: big,
        minResources: { cpu: '4', memory: '8Gi' },
        location: { a: 'b' },
        schedulingPolicy: ['priority'],
      }),
    {
      name: 'train-queue',
      namespace: 'ml',
      clusterName: 'gpu-a',
      quotaType: 'elasticQuota',
      maxResources: bigOnTheWire,
      minResources: { cpu: '4', mem: '8Gi' },
      location: { a: 'b' },
      schedulingPolicy: ['priority'],
    },
    200,
    { name: 'train-queue' },
    'train-queue',
  ],
  [
    'PUT /queue/train-queue',
    (client) => client.updateQueue('train-queue', { maxResources: big, schedulingPolicy: ['priority-'] }),
    { maxResources: bigOnTheWire, schedulingPolicy: ['priority-'] },
    200,
    queue,
    shownQueue,
  ],
  ['PUT /queue/train-queue', (client) => client.updateQueue('train-queue', {}), {}, 200, queue, shownQueue],
  [
    'POST /flavour',
    (client) => client.createFlavour({ name: 'big', clusterName: 'gpu-a', cpu: '4', mem: '8Gi', scalarResources: { gpu: '1' } }),
    { name: 'big', clusterName: 'gpu-a', cpu: '4', mem: '8Gi', scalarResources: { gpu: '1' } },
    200,
    { name: 'big' },
    'big',
  ],
  ['PUT /flavour/flavour2', (client) => client.updateFlavour('flavour2', { mem: '9Gi' }), { mem: '9Gi' }, 200, flavour, flavour],
  [
    'POST /cluster',
    (client) =>
      client.createCluster({
        clusterName: 'gpu-a',
        endpoint: 'https://10.1.0.1:6443',
        clusterType: 'Kubernetes',
        version: '1.20',
        credential: 'apiVersion: v1 # ü',
        namespaceList: ['ml', 'default'],
      }),
    {
      clusterName: 'gpu-a',
      endpoint: 'https://10.1.0.1:6443',
      clusterType: 'Kubernetes',
      version: '1.20',
      credential: Buffer.from('apiVersion: v1 # ü').toString('base64'),
      namespaceList: ['ml', 'default'],
    },
    200,
    cluster,
    shownCluster,
  ],
  [
    'PUT /cluster/gpu-a',
    (client) => client.updateCluster('gpu-a', { status: 'offline', credential: 'x' }),
    { status: 'offline', credential: 'eA==' },
    200,
    cluster,
    shownCluster,
  ],
  [
    'POST /fs',
    (client) =>
      client.createFileSystem({
        name: 'data',
        url: 's3://bucket-a/prefix',
        username: 'alice',
        properties: { accessKey: 'AK', secretKey: 'SK' },
        independentMountProcess: false,
      }),
    {
      name: 'data',
      url: 's3://bucket-a/prefix',
      username: 'alice',
      properties: { accessKey: 'AK', secretKey: 'SK' },
      independentMountProcess: false,
    },
    201,
    { fsName: 'data', fsID: 'fs-alice-data' },
    { fsName: 'data', fsID: 'fs-alice-data' },
  ],
  [
    'POST /link',
    (client) =>
      client.createLink({ fsName: 'data', fsPath: '/ext', url: 'hdfs://10.0.0.9:9000/w', properties: { user: 'hd' }, username: 'alice' }),
    { fsName: 'data', fsPath: '/ext', url: 'hdfs://10.0.0.9:9000/w', properties: { user: 'hd' }, username: 'alice' },
    201,
    undefined,
    undefined,
  ],
  [
    'POST /pipeline',
    (client) => client.createPipeline({ yaml: 'name: 流', desc: 'nightly' }),
    { yamlRaw: Buffer.from('name: 流').toString('base64'), desc: 'nightly' },
    201,
    { pipelineID: 'ppl-000003', pipelineVersionID: '1', name: 'train' },
    { pipelineID: 'ppl-000003', pipelineVersionID: '1', name: 'train' },
  ],
  [
    'POST /pipeline',
    (client) => client.createPipeline({ fsName: 'data', yamlPath: './a.yaml', username: 'alice' }),
    { fsName: 'data', yamlPath: './a.yaml', username: 'alice' },
    201,
    { pipelineID: 'ppl-000003', pipelineVersionID: '1', name: pipeline.name },
    { pipelineID: 'ppl-000003', pipelineVersionID: '1', name: pipeline.name },
  ],
  [
    'POST /pipeline/ppl-000003',
    (client) => client.createPipelineVersion('ppl-000003', { yaml: 'name: train', desc: '' }),
    { yamlRaw: Buffer.from('name: train').toString('base64'), desc: '' },
    201,
    { pipelineID: 'ppl-000003', pipelineVersionID: '2' },
    { pipelineID: 'ppl-000003', pipelineVersionID: '2' },
  ],
  [
    'POST /schedule',
    (client) =>
      client.createSchedule({
        name: 'nightly',
        pipelineID: 'ppl-000003',
        pipelineVersionID: '1',
        crontab: '@hourly',
        startTime: '2028-02-29 10:00:00',
        concurrency: 0,
        catchup: false,
      }),
    {
      name: 'nightly',
      pipelineID: 'ppl-000003',
      pipelineVersionID: '1',
      crontab: '@hourly',
      startTime: '2028-02-29 10:00:00',
      concurrency: 0,
      catchup: false,
    },
    201,
    { scheduleID: 'schedule-000002' },
    'schedule-000002',
  ],
])('%s with its body', async (call, ask, body, status, answer, result) => {
  await using bench = await startBench((_request, response) => json(response, answer, status));
  expect(await ask(bench.prod.as('viewer'))).toEqual(result);
  expect(bench.calls).toEqual([call]);
  expect(lastBody(bench.server)).toEqual(body);
});

const newSchedule = { name: 'nightly', pipelineID: 'ppl-000003', pipelineVersionID: '1', crontab: '@hourly' };
const newCluster = { clusterName: 'gpu-a', endpoint: 'https://x', clusterType: 'K3S' } as const;
const resources = { cpu: '1', memory: '1Gi' };

test.each<[name: string, field: string, ask: Ask]>([
  ['a user Root', 'username', (client) => client.createUser({ username: 'Root', password: 'secret1' })],
  ['a user whose path would skip authentication', 'username', (client) => client.createUser({ username: 'mylogin', password: 'x' })],
  ['a user name that is too short', 'username', (client) => client.createUser({ username: 'bob', password: 'secret1' })],
  ['a user to delete whose path would skip authentication', 'name', (client) => client.deleteUser('mylogin')],
  ['a password for nobody', 'name', (client) => client.setPassword('', 'secret1')],
  ['a grant to nobody', 'userName', (client) => client.deleteGrant({ userName: '', resourceType: 'queue', resourceID: 'q' })],
  ['a grant on nothing', 'resourceID', (client) => client.createGrant({ userName: 'alice', resourceType: 'queue', resourceID: '' })],
  ['a queue with upper case', 'name', (client) => client.createQueue({ name: 'Q', namespace: 'ml', maxResources: resources })],
  ['a queue named login', 'name', (client) => client.createQueue({ name: 'login', namespace: 'ml', maxResources: resources })],
  ['a queue with a line break', 'name', (client) => client.createQueue({ name: 'q\n', namespace: 'ml', maxResources: resources })],
  ['a queue name of 64', 'name', (client) => client.createQueue({ name: 'q'.repeat(64), namespace: 'ml', maxResources: resources })],
  ['a namespace with a dot', 'namespace', (client) => client.createQueue({ name: 'q', namespace: 'a.b', maxResources: resources })],
  ['a flavour without a name', 'name', (client) => client.createFlavour({ name: '', cpu: '1', mem: '1Gi' })],
  ['a flavour named login', 'name', (client) => client.createFlavour({ name: 'login', cpu: '1', mem: '1Gi' })],
  // As JavaScript might call it: this type makes the server drop the connection.
  ['a Local cluster', 'clusterType', (client) => client.createCluster({ ...newCluster, clusterType: 'Local' as 'K3S' })],
  ['an update to Local', 'clusterType', (client) => client.updateCluster('gpu-a', { clusterType: 'Local' as 'K3S' })],
  ['a Kubernetes without a version', 'version', (client) => client.createCluster({ ...newCluster, clusterType: 'Kubernetes' })],
  ['a cluster named resource', 'clusterName', (client) => client.createCluster({ ...newCluster, clusterName: 'resource' })],
  ['the read of a cluster named resource', 'clusterName', (client) => client.getCluster('resource')],
  ['a cluster named login', 'clusterName', (client) => client.createCluster({ ...newCluster, clusterName: 'login' })],
  ['a cluster of one letter', 'clusterName', (client) => client.createCluster({ ...newCluster, clusterName: 'a' })],
  ['a cluster without an endpoint', 'endpoint', (client) => client.createCluster({ ...newCluster, endpoint: '' })],
  ['a bad namespace', 'namespaceList', (client) => client.updateCluster('gpu-a', { namespaceList: ['ml', 'M L'] })],
  ['a field to blank, which would silently stay', 'description', (client) => client.updateCluster('gpu-a', { description: '' })],
  ['no cluster to ask for resources', 'clusterNames', (client) => client.clusterUsages([])],
  ['a file system named mylogin', 'name', (client) => client.createFileSystem({ name: 'mylogin', url: 'local://a' })],
  ['a file system with a dot', 'name', (client) => client.createFileSystem({ name: 'a.b', url: 'local://a' })],
  [
    'a file system whose id would be too long',
    'name',
    (client) => client.createFileSystem({ name: 'a'.repeat(55), username: 'alice', url: 'local://a' }),
  ],
  ['a glusterfs without a volume', 'url', (client) => client.createFileSystem({ name: 'data', url: 'glusterfs://host' })],
  ['a colon only in the path', 'url', (client) => client.createFileSystem({ name: 'data', url: 'GlusterFS://host/a:b' })],
  ['a marker with SQL', 'marker', (client) => client.listFileSystems({ maxKeys: 10, marker: "2024-03-02 09:00:00' OR '1'='1" })],
  ['a marker of other lists', 'marker', (client) => client.listLinks('data', { maxKeys: 10, marker })],
  ['a time in place of an ordinary marker', 'marker', (client) => client.listUsers({ maxKeys: 10, marker: '2024-03-02 09:00:00' })],
  ['more file systems than a page holds', 'maxKeys', (client) => client.listFileSystems({ maxKeys: 1001 })],
  ['no users at all', 'maxKeys', (client) => client.listUsers({ maxKeys: 0 })],
  ['a link without a path', 'fsPath', (client) => client.createLink({ fsName: 'data', fsPath: '', url: 'local://a' })],
  ['a link to delete without a path', 'fsPath', (client) => client.deleteLink('data', '')],
  ['a link to read without a path', 'fsPath', (client) => client.getLink('data', '')],
  ['a link in login', 'name', (client) => client.createLink({ fsName: 'login', fsPath: '/a', url: 'local://a' })],
  ['two sources of YAML', 'yaml', (client) => client.createPipeline({ yaml: 'name: a', fsName: 'data' })],
  ['no source of YAML', 'fsName', (client) => client.createPipeline({ yamlPath: './run.yaml' })],
  ['a description of 257 bytes', 'desc', (client) => client.createPipeline({ yaml: 'name: a', desc: `${'ü'.repeat(128)}x` })],
  ['a schedule with a dash', 'name', (client) => client.createSchedule({ ...newSchedule, name: 'a-b' })],
  ['a long description', 'desc', (client) => client.createSchedule({ ...newSchedule, desc: 'x'.repeat(257) })],
  ['a schedule of no version', 'pipelineVersionID', (client) => client.createSchedule({ ...newSchedule, pipelineVersionID: '' })],
  ['a negative concurrency', 'concurrency', (client) => client.createSchedule({ ...newSchedule, concurrency: -1 })],
  ['half a second', 'expireInterval', (client) => client.createSchedule({ ...newSchedule, expireInterval: 0.5 })],
  ['a time with dashes', 'startTime', (client) => client.createSchedule({ ...newSchedule, startTime: '2030-01-01 10-00-00' })],
  ['30 February', 'endTime', (client) => client.createSchedule({ ...newSchedule, endTime: '2030-02-30 10:00:00' })],
  ['an artifact path with a comma', 'pathFilter', (client) => client.listArtifacts({ pathFilter: ['a,b'], maxKeys: 10 })],
  ['a series that ends before it starts', 'start', (client) => client.jobStatisticsSeries('job-1', { range: { start: 2, end: 1 } })],
  ['a series from before time', 'start', (client) => client.jobStatisticsSeries('job-1', { range: { start: -2, end: 1 } })],
  ['a series without steps', 'step', (client) => client.jobStatisticsSeries('job-1', { step: 0 })],
])('%s is refused before anything is sent', async (_name, field, ask) => {
  await using bench = await startBench((_request, response) => json(response, {}));
  const error: unknown = await ask(bench.prod.as('viewer')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidCallError);
  expect(error).toMatchObject({ field });
  expect(bench.server.calls).toEqual([]);
});
