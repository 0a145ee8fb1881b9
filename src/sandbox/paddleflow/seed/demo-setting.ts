import type { Core } from '../core.ts';

/** Calls the API as somebody; root unless told otherwise. */
export type Ask = (path: string, body: object, user?: string) => Readonly<Record<string, unknown>>;

export const asker =
  (core: Core): Ask =>
  (path, body, user = 'root') =>
    (core.call({ user, method: 'POST', path, body: JSON.stringify(body) }).body ?? {}) as Readonly<Record<string, unknown>>; // no call of the seed answers with a map

/** Names have at least four letters (2.1). */
export const demoUsers = [
  { username: 'alice', password: 'alice123' },
  { username: 'bobby', password: 'bobby123' },
] as const;

const kubeconfig = Buffer.from('apiVersion: v1\nkind: Config\nclusters: []\n').toString('base64');

/** Accounts, clusters, queues, grants, flavours, file systems and links: what there is before any work. */
export function seedSetting(ask: Ask): void {
  for (const user of demoUsers) ask('/user', user);
  ask('/cluster', {
    clusterName: 'gpu-a',
    endpoint: 'https://10.1.0.1:6443',
    clusterType: 'Kubernetes',
    version: '1.20',
    description: 'eight cards a node',
    credential: kubeconfig,
    namespaceList: ['ml', 'default'],
  });
  ask('/cluster', {
    clusterName: 'edge',
    endpoint: 'https://10.2.0.1:6443',
    clusterType: 'K3S',
    status: 'offline',
    credential: kubeconfig,
  });
  const cards = { 'nvidia.com/gpu': '8' };
  const onDefault = { clusterName: 'default-cluster', quotaType: 'volcanoCapabilityQuota' };
  ask('/queue', {
    ...onDefault,
    name: 'train-queue',
    namespace: 'ml',
    maxResources: { cpu: '64', mem: '256Gi', scalarResources: cards },
  });
  ask('/queue', {
    name: 'gpu-queue',
    namespace: 'ml',
    clusterName: 'gpu-a',
    maxResources: { cpu: '32', mem: '128Gi', scalarResources: cards },
  });
  ask('/queue', { name: 'batch-queue', namespace: 'default', clusterName: 'default-cluster', maxResources: { cpu: '8', mem: '16Gi' } });
  for (const [userName, resourceID] of [
    ['alice', 'default-queue'],
    ['alice', 'train-queue'],
    ['bobby', 'train-queue'],
    ['bobby', 'gpu-queue'],
  ])
    ask('/grant', { userName, resourceType: 'queue', resourceID });
  ask('/flavour', { name: 'cpu-large', cpu: '16', mem: '64Gi' });
  ask('/flavour', { name: 'a100-pair', clusterName: 'gpu-a', cpu: '24', mem: '96Gi', scalarResources: { 'nvidia.com/gpu': '2' } });
  const s3 = { accessKey: 'AKDEMO', secretKey: 'not-a-secret', endpoint: 'http://10.0.0.5:9000' };
  for (const { username } of demoUsers) ask('/fs', { name: 'data', url: `s3://team-data/${username}`, properties: s3, username });
  ask('/fs', { name: 'scratch', url: 'local://mnt/scratch', username: 'alice' });
  const hdfs = { user: 'reader', group: 'team' };
  ask('/link', { fsName: 'data', fsPath: '/warehouse', url: 'hdfs://10.0.0.9:9000/warehouse', properties: hdfs, username: 'alice' });
  ask('/link', { fsName: 'data', fsPath: '/shared', url: 's3://company-shared/models', properties: s3, username: 'alice' });
  ask('/fsCache', {
    fsName: 'data',
    username: 'alice',
    cacheDir: '/var/cache/pfs',
    quota: 1024,
    metaDriver: 'disk',
    blockSize: 4_194_304,
    resource: { cpuLimit: '1', memoryLimit: '4Gi' },
  });
}
