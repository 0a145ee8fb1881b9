import { expect, test } from 'vitest';
import { errorOf } from '../../../upstream/bench.ts';
import { give, inspected, lastBody, route, say, startBench } from './bench.ts';
import { cluster } from './samples.ts';

const newCluster = { clusterName: 'gpu-a', endpoint: 'https://10.1.0.1:6443', clusterType: 'K3S' } as const;
const list = (...clusterList: unknown[]) =>
  give({ maxKeys: 1000, isTruncated: false, clusterList: clusterList.length > 0 ? clusterList : null });
const inList = 'GET /cluster?clusterNames=gpu-a&maxKeys=1000';

test('a cluster that is missing is told as such, by the word of the list', async () => {
  await using bench = await startBench(route({ 'GET /cluster/gpu-a': say(500, '', 'record not found'), [inList]: list() }));
  expect(await errorOf(bench.prod.as('viewer').getCluster('gpu-a'))).toMatchObject({
    fault: 'rejected',
    code: 'ClusterNotFound',
    operation: 'GET /cluster/gpu-a',
  });
  expect(bench.calls.at(-1)).toBe(inList);
});

test('a cluster that is in the list is not missing, whatever the server says', async () => {
  await using bench = await startBench(route({ 'GET /cluster/gpu-a': say(500, '', 'record not found'), [inList]: list(cluster) }));
  expect(await errorOf(bench.prod.as('viewer').getCluster('gpu-a'))).toMatchObject({ fault: 'unavailable', code: '' });
});

test('who leaves while the list is asked has left', async () => {
  const controller = new AbortController();
  await using bench = await startBench(route({ 'GET /cluster/gpu-a': say(500, ''), [inList]: () => controller.abort() }));
  expect(await errorOf(bench.prod.as('viewer').getCluster('gpu-a', controller.signal))).toMatchObject({ fault: 'aborted' });
});

test.each([
  ['', list(cluster), { fault: 'rejected', code: 'DuplicatedName', outcomeUnknown: false }],
  ['', list(), { fault: 'rejected', code: '', outcomeUnknown: false }],
  ['', say(500, 'InternalError'), { fault: 'unavailable', code: '', outcomeUnknown: true }],
  ['InternalError', list(), { fault: 'rejected', code: 'InternalError', outcomeUnknown: false }],
  ['InternalError', list(cluster), { fault: 'unavailable', code: 'InternalError', outcomeUnknown: true }],
])('a create answered 500 "%s" is explained by the list', async (code, inTheList, error) => {
  await using bench = await startBench(route({ 'POST /cluster': say(500, code), [inList]: inTheList }));
  expect(await errorOf(bench.prod.as('viewer').createCluster(newCluster))).toMatchObject({ ...error, operation: 'POST /cluster' });
});

const kubeconfig = `apiVersion: v1
users:
- name: admin
  user:
    token: "s3cr3t-t0ken-of-admin"
    client-key-data: bmljZSB0cnk=
`;
const base64 = Buffer.from(kubeconfig).toString('base64');

test.each([
  ['POST', `illegal base64 data: ${base64}`],
  ['POST', `cannot use {token:s3cr3t-t0ken-of-admin} (bmljZSB0cnk=)`],
  ['PUT', `cannot read ${JSON.stringify(kubeconfig)}`],
])('a credential is not repeated by an error, even where the server does (%s: %#)', async (method, quoted) => {
  const refusal = say(400, 'InvalidClusterCredential', quoted);
  await using bench = await startBench(route({ 'POST /cluster': refusal, 'PUT /cluster/gpu-a': refusal }));
  const client = bench.prod.as('viewer');
  const credential = kubeconfig;
  const error = await errorOf(
    method === 'POST' ? client.createCluster({ ...newCluster, credential }) : client.updateCluster('gpu-a', { credential }),
  );
  expect(error).toMatchObject({ fault: 'rejected', code: 'InvalidClusterCredential', status: 400 });
  expect(error.upstreamMessage).toBe('(withheld: it repeats a secret)');
  for (const secret of ['s3cr3t', 'bmljZSB', base64.slice(0, 40)]) expect(inspected(error)).not.toContain(secret);
  expect(lastBody(bench.server)).toMatchObject({ credential: base64 });
});

test('a refusal is kept as it is where no credential was sent', async () => {
  await using bench = await startBench(route({ 'PUT /cluster/gpu-a': say(400, 'InvalidClusterProperties', 'Cluster properties wrong') }));
  expect(await errorOf(bench.prod.as('viewer').updateCluster('gpu-a', { status: 'online' }))).toMatchObject({
    code: 'InvalidClusterProperties',
    upstreamMessage: 'Cluster properties wrong',
  });
});

const usage = {
  nodeList: [
    {
      nodeName: 'n1',
      schedulable: true,
      total: { cpu: '32', memory: '128Gi', scalarResources: { 'nvidia.com/gpu': '8' } },
      idle: { cpu: '30500m', memory: '120Gi', scalarResources: { 'nvidia.com/gpu': '7' } },
    },
  ],
  summary: { total: { cpu: '32', memory: '128Gi' }, idle: { cpu: '30500m', memory: '120Gi' } },
  errMsg: '',
};

test('resources come by cluster; some may have failed, and some may have got lost', async () => {
  const broken = { nodeList: null, summary: null, errMsg: 'cannot build client' };
  const answer = { 'gpu-a': usage, constructor: broken, bare: {} };
  await using bench = await startBench(route({ 'GET /cluster/resource?clusterNames=gpu-a%2Cgone%2Cconstructor': give(answer) }));
  const { usages, missing } = await bench.prod.as('viewer').clusterUsages(['gpu-a', 'gone', 'constructor']);
  expect(missing).toEqual(['gone']);
  expect(Object.fromEntries(usages)).toEqual({
    'gpu-a': usage,
    constructor: { nodeList: [], summary: null, errMsg: 'cannot build client' },
    bare: { nodeList: [], summary: null, errMsg: '' },
  });
});

test('without names all online clusters are asked, of which there may be none', async () => {
  await using bench = await startBench(route({ 'GET /cluster/resource': give({}) }));
  const { usages, missing } = await bench.prod.as('viewer').clusterUsages();
  expect([usages.size, missing]).toEqual([0, []]);
  expect(bench.calls).toEqual(['GET /cluster/resource']);
});
