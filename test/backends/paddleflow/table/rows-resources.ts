import { expect } from 'vitest';
import { happy, refused, type Row } from './row.ts';
import { id, type World } from './world.ts';
import { kubeconfig } from '../../../support/kubeconfig.ts';

const queue = (name: string, source = 'prod') => id('Queue', name, source);
const flavour = (name: string) => id('Flavour', name);
const cluster = (name: string) => id('Cluster', name);
const source = 'prod';
const maxResources = { cpu: '4', memory: '8Gi' };
const busy = 'name: busy\ndocker_env: busybox\nentry_points:\n  main: {command: sleep 86400, env: {PF_JOB_QUEUE_NAME: busy}}\n';

async function makeQueue({ make }: World, name: string, clusterName = 'default-cluster') {
  await make('/queue', { name, namespace: 'ml', clusterName, maxResources: { cpu: '2', mem: '2Gi' } });
}

const resources = (part: object) => ({
  shows: { nodes: expect.arrayContaining([expect.objectContaining({ resources: expect.objectContaining(part) })]) },
});

export const resourceRows: readonly Row[] = [
  {
    call: 'list_queue / show_queue / create_queue / update_queue / stop_queue / del_queue',
    async steps(world) {
      await world.make('/cluster', {
        clusterName: 'asleep',
        endpoint: 'https://a',
        clusterType: 'K3S',
        credential: kubeconfig,
        status: 'offline',
      });
      await world.make('/cluster', {
        clusterName: 'narrow',
        endpoint: 'https://b',
        clusterType: 'K3S',
        credential: kubeconfig,
        namespaceList: ['other'],
      });
      await makeQueue(world, 'busy');
      await world.startRun(busy);
      world.control.advance(60_000);
      const made = { source, name: 'made', namespace: 'ml', maxResources };
      const post = { path: '/queue$', method: 'POST' };
      const put = { path: '/queue/made$', method: 'PUT' };
      const remove = { path: '/queue/made$', method: 'DELETE' };
      return [
        happy('ClustersAndQueues', 'QueueConnection', { source }),
        happy('QueueUsage', 'Queue', { id: queue('train') }, { shows: { usedResources: { cpu: {} } } }),
        refused('QueueNameNotFound', 'QueueUsage', 'null', { id: queue('gone') }),
        refused('ActionNotAllowed', 'QueueUsage', 'null', { id: queue('infer') }, { as: 'alice' }),
        happy('CreateQueue', 'CreateQueuePayload', made),
        refused('OnlyRootAllowed', 'CreateQueue', 'ForbiddenProblem', { ...made, name: 'other' }, { as: 'alice' }),
        refused('QueueNameNotFound', 'CreateQueue', 'InvalidInputProblem', { ...made, name: '' }),
        refused('ClusterNameNotFound', 'CreateQueue', 'NotFoundProblem', { ...made, name: 'other', clusterId: cluster('nowhere') }),
        refused('InvalidClusterStatus', 'CreateQueue', 'ConflictProblem', { ...made, name: 'other', clusterId: cluster('asleep') }),
        refused('NamespaceNotFound', 'CreateQueue', 'InvalidInputProblem', { ...made, name: 'other', clusterId: cluster('narrow') }),
        refused('InvalidNamePattern', 'CreateQueue', 'InvalidInputProblem', { ...made, name: 'Upper' }),
        refused('QueueNameDuplicated', 'CreateQueue', 'ConflictProblem', made),
        refused('QueueQuotaTypeIsNotSupported', 'CreateQueue', 'InvalidInputProblem', { ...made, name: 'other', quotaType: 'none' }),
        refused('InvalidComputeResource', 'CreateQueue', 'InvalidInputProblem', {
          ...made,
          name: 'other',
          minResources: { cpu: '5', memory: '1Gi' },
        }),
        refused(
          'QueueResourceNotMatch',
          'CreateQueue',
          'UpstreamRejectedProblem',
          { ...made, name: 'other' },
          {
            fault: { status: 400, code: 'QueueResourceNotMatch', ...post },
          },
        ),
        refused(
          '500 without a code',
          'CreateQueue',
          'UnconfirmedProblem',
          { ...made, name: 'other' },
          {
            fault: { status: 500, code: '', ...post },
          },
        ),
        happy('UpdateQueue', 'UpdateQueuePayload', { id: queue('made'), addSchedulingPolicies: ['priority'] }),
        refused('OnlyRootAllowed', 'UpdateQueue', 'ForbiddenProblem', { id: queue('made'), maxResources }, { as: 'alice' }),
        refused('RecordNotFound', 'UpdateQueue', 'NotFoundProblem', { id: queue('gone'), maxResources }),
        refused('InvalidComputeResource', 'UpdateQueue', 'InvalidInputProblem', {
          id: queue('made'),
          maxResources: { cpu: '-1', memory: '1' },
        }),
        refused(
          'QueueInvalidField',
          'UpdateQueue',
          'InvalidInputProblem',
          { id: queue('made'), maxResources },
          {
            fault: { status: 400, code: 'QueueInvalidField', ...put },
          },
        ),
        refused(
          'QueueUpdateFailed',
          'UpdateQueue',
          'UpstreamRejectedProblem',
          { id: queue('made'), maxResources },
          {
            fault: { status: 400, code: 'QueueUpdateFailed', ...put },
          },
        ),
        happy('StopQueue', 'StopQueuePayload', { id: queue('default-queue', 'old') }),
        refused('no such call since v0.14.1', 'StopQueue', 'NotSupportedProblem', { id: queue('made') }),
        refused('no such call before v0.14.1', 'UpdateQueue', 'NotSupportedProblem', { id: queue('infer', 'old'), maxResources }),
        refused('QueueIsNotClosed', 'DeleteQueue', 'ConflictProblem', { id: queue('infer', 'old') }),
        refused('OnlyRootAllowed', 'DeleteQueue', 'ForbiddenProblem', { id: queue('made') }, { as: 'alice' }),
        refused('QueueNameNotFound', 'DeleteQueue', 'NotFoundProblem', { id: queue('gone') }),
        refused('QueueIsInUse', 'DeleteQueue', 'ConflictProblem', { id: queue('busy') }),
        refused(
          'InternalError',
          'DeleteQueue',
          'UpstreamRejectedProblem',
          { id: queue('made') },
          {
            fault: { status: 500, code: 'InternalError', ...remove },
          },
        ),
        happy('DeleteQueue', 'DeleteQueuePayload', { id: queue('made') }),
      ];
    },
  },
  {
    call: 'list_flavour / show_flavour / add_flavour / update_flavour / del_flavour',
    steps() {
      const made = { source, name: 'made', cpu: '2', memory: '4Gi' };
      const bound = { ...made, name: 'bound', clusterId: cluster('default-cluster') };
      return [
        happy('CreateFlavour', 'CreateFlavourPayload', made, { as: 'alice' }),
        happy('CreateFlavour', 'CreateFlavourPayload', bound),
        refused('DuplicatedName', 'CreateFlavour', 'ConflictProblem', made),
        refused('FlavourInvalidField', 'CreateFlavour', 'InvalidInputProblem', { ...made, name: 'other', cpu: 'two' }),
        refused('ClusterNameNotFound', 'CreateFlavour', 'NotFoundProblem', { ...made, name: 'other', clusterId: cluster('nowhere') }),
        refused('FlavourNotFound for an empty name', 'CreateFlavour', 'InvalidInputProblem', { ...made, name: '' }),
        happy('Flavours', 'FlavourConnection', { source, filter: { nameContains: 'made' } }, { shows: { nodes: [{ name: 'made' }] } }),
        happy(
          'Flavours',
          'FlavourConnection',
          { source, filter: { clusterId: cluster('default-cluster'), nameContains: 'bound' } },
          { shows: { nodes: [{ name: 'bound' }] } },
        ),
        happy('UpdateFlavour', 'UpdateFlavourPayload', { id: flavour('made'), memory: '2Gi' }),
        refused('500 for a missing one', 'UpdateFlavour', 'NotFoundProblem', { id: flavour('gone'), memory: '2Gi' }),
        refused('500 for another cluster', 'UpdateFlavour', 'InvalidInputProblem', { id: flavour('bound'), memory: '2Gi' }),
        refused('ActionNotAllowed', 'UpdateFlavour', 'ForbiddenProblem', { id: flavour('made'), memory: '2Gi' }, { as: 'alice' }),
        refused('ActionNotAllowed', 'DeleteFlavour', 'ForbiddenProblem', { id: flavour('made') }, { as: 'alice' }),
        happy('DeleteFlavour', 'DeleteFlavourPayload', { id: flavour('made') }),
        refused('FlavourNotFound', 'DeleteFlavour', 'NotFoundProblem', { id: flavour('made') }),
      ];
    },
  },
  {
    call: 'create_cluster / list_cluster / show_cluster / delete_cluster / update_cluster',
    async steps(world) {
      await world.make('/cluster', {
        clusterName: 'gpu-a',
        endpoint: 'https://a',
        clusterType: 'K3S',
        credential: kubeconfig,
        namespaceList: ['ml', 'x'],
      });
      await makeQueue(world, 'busy-a', 'gpu-a');
      await world.startRun(busy.replace('QUEUE_NAME: busy', 'QUEUE_NAME: busy-a'));
      world.control.advance(60_000);
      const made = { source, name: 'gpu-b', endpoint: 'https://b', version: '1.24' };
      const post = { path: '/cluster$', method: 'POST' };
      return [
        happy('CreateCluster', 'CreateClusterPayload', made),
        refused('500 for a name that is taken', 'CreateCluster', 'ConflictProblem', made),
        refused('InvalidNamePattern', 'CreateCluster', 'InvalidInputProblem', { ...made, name: 'x' }),
        refused('a connection that is dropped', 'CreateCluster', 'InvalidInputProblem', { ...made, name: 'other', type: 'Local' }),
        refused('InvalidClusterCredential', 'CreateCluster', 'InvalidInputProblem', { ...made, name: 'other', credential: 'garbage' }),
        refused('OnlyRootAllowed', 'CreateCluster', 'ForbiddenProblem', { ...made, name: 'other' }, { as: 'alice' }),
        refused(
          'InternalError',
          'CreateCluster',
          'UpstreamRejectedProblem',
          { ...made, name: 'other' },
          {
            fault: { status: 500, code: 'InternalError', ...post },
          },
        ),
        happy('ClustersAndQueues', 'QueueConnection', { source }),
        happy('ClusterDetail', 'Cluster', { id: cluster('gpu-b') }, { shows: { name: 'gpu-b' } }),
        refused('500 record not found', 'ClusterDetail', 'null', { id: cluster('gone') }),
        refused('AccessDenied', 'ClusterDetail', 'null', { id: cluster('gpu-b') }, { as: 'alice' }),
        happy('UpdateCluster', 'UpdateClusterPayload', { id: cluster('gpu-b'), description: 'fast' }),
        refused('InvalidClusterProperties', 'UpdateCluster', 'InvalidInputProblem', { id: cluster('gpu-b'), credential: 'garbage' }),
        refused('a namespace in use', 'UpdateCluster', 'InvalidInputProblem', { id: cluster('gpu-a'), namespaces: ['x'] }),
        refused('ClusterNameNotFound', 'UpdateCluster', 'NotFoundProblem', { id: cluster('gone'), description: 'x' }),
        refused('OnlyRootAllowed', 'UpdateCluster', 'ForbiddenProblem', { id: cluster('gpu-b'), description: 'x' }, { as: 'alice' }),
        refused('QueueIsInUse', 'DeleteCluster', 'ConflictProblem', { id: cluster('gpu-a') }),
        refused('OnlyRootAllowed', 'DeleteCluster', 'ForbiddenProblem', { id: cluster('gpu-b') }, { as: 'alice' }),
        happy('DeleteCluster', 'DeleteClusterPayload', { id: cluster('gpu-b') }),
        refused('ClusterNotFound', 'DeleteCluster', 'NotFoundProblem', { id: cluster('gpu-b') }),
      ];
    },
  },
  {
    call: 'list_cluster_resource',
    steps(world) {
      // The other server, as what was read of this one is kept for a while.
      world.sandbox('old').control.orderFault({ kind: 'status', status: 500, code: '', path: '/cluster/resource' });
      return [
        happy('ClusterResources', 'ClusterConnection', { source }, resources({ gap: null, total: expect.any(Object) })),
        refused(
          '500, all clusters failing',
          'ClusterResources',
          'ClusterConnection',
          { source: 'old' },
          resources({ gap: 'NONE_READ', total: null }),
        ),
        refused('OnlyRootAllowed', 'ClusterResources', 'FORBIDDEN', { source }, { as: 'alice' }),
      ];
    },
  },
];
