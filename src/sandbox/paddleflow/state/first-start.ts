import { hashPassword } from '../wire/token.ts';
import type { State } from './state.ts';

/** The account that the SDK's default configuration uses. */
export const root = { name: 'root', password: 'paddleflow' } as const;

/** What a server makes when it starts for the first time (2.3, 2.4). */
export function makeFirstRows(state: State): void {
  const at = state.birth.at;
  const times = { createdAt: at, updatedAt: at };
  state.users.add({
    number: state.users.takeNumber(),
    name: root.name,
    passwordHash: hashPassword(root.name, root.password, at),
    createdAt: at,
  });
  if (state.birth.clusters !== 'several') makeOnlyCluster(state);
  const flavours = [
    { name: 'flavour1', cpu: '1', mem: '1Gi', scalarResources: {} },
    { name: 'flavour2', cpu: '4', mem: '8Gi', scalarResources: { 'nvidia.com/gpu': '1' } },
    { name: 'flavour3', cpu: '4', mem: '8Gi', scalarResources: { 'nvidia.com/gpu': '2' } },
  ];
  for (const flavour of flavours) {
    const number = state.flavours.takeNumber();
    state.flavours.add({ ...times, ...flavour, number, id: state.uuid(`flavour/${number}`), clusterName: '' });
  }
}

/** In single-cluster mode: the cluster, and a queue on it. */
function makeOnlyCluster(state: State): void {
  const at = state.birth.at;
  const times = { createdAt: at, updatedAt: at };
  state.clusters.add({
    ...times,
    number: state.clusters.takeNumber(),
    id: `cluster-${state.hex('default-cluster', 8)}`,
    clusterName: 'default-cluster',
    description: 'default cluster',
    endpoint: '127.0.0.1',
    source: '',
    clusterType: 'Kubernetes',
    version: '1.16+',
    status: 'online',
    credential: '',
    setting: '',
    namespaceList: null,
  });
  state.queues.add({
    ...times,
    number: state.queues.takeNumber(),
    id: `queue-${state.hex('default-queue', 8)}`,
    name: 'default-queue',
    namespace: 'default',
    clusterName: 'default-cluster',
    quotaType: 'volcanoCapabilityQuota',
    maxResources: { cpu: 20_000, memory: 20 * 1024 ** 3, scalarResources: {} },
    minResources: { cpu: 0, memory: 0, scalarResources: {} },
    location: {},
    schedulingPolicy: [],
    status: 'open',
  });
}
