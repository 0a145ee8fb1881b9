import { parseMemory } from '../state/quantity.ts';
import type { ClusterRow, QueueRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { flawOfLabel } from '../wire/dns-label.ts';
import { ApiError } from '../wire/errors.ts';

/** What the server adds to an elastic quota's location unless it was said (2.3). */
export const isolationKey = 'paddleflow.baidu.com/resource-isolation-type';
export const parentKey = 'paddleflow.baidu.com/elastic-resource-quota-parent';

/** The only cluster is meant where none is named, if there is an only one. */
export function clusterFor(name: string, state: State): ClusterRow {
  if (name === '' && state.birth.clusters === 'several') throw new ApiError('ClusterNameNotFound', 'clusterName is not found');
  const cluster = state.clusters.find((row) => row.clusterName === (name || 'default-cluster'));
  if (cluster === undefined) throw new ApiError('ClusterNotFound', 'cluster not found by Name');
  refuseOffline(cluster);
  return cluster;
}

export function refuseOffline(cluster: ClusterRow | undefined): void {
  if (cluster !== undefined && cluster.status !== 'online')
    throw new ApiError('InvalidClusterStatus', `cluster[${cluster.clusterName}] not in online status, operator not permit`);
}

const refuse = (text: string): never => {
  throw new ApiError('NamespaceNotFound', text);
};

export function refuseNamespace(namespace: string, { clusterName, namespaceList }: ClusterRow): void {
  if (namespace === '') refuse('namespace is required');
  const flaw = flawOfLabel(namespace);
  if (flaw !== undefined) refuse(`namespace[${namespace}] of queue is invalid, err: ${flaw}`);
  if (namespaceList?.length && !namespaceList.includes(namespace))
    refuse(`namespace[${namespace}] of queue not in the specified values [${JSON.stringify(namespaceList)}] by cluster[${clusterName}]`);
}

/** A name with `-` behind it is taken away. */
export function policiesAfter(before: readonly string[], asked: readonly string[]): readonly string[] {
  const removed = asked.filter((policy) => policy.endsWith('-')).map((policy) => policy.slice(0, -1));
  const added = asked.filter((policy) => !policy.endsWith('-'));
  return [...new Set([...before, ...added])].filter((policy) => !removed.includes(policy));
}

export function isCrossed(min: QueueRow['minResources'], max: QueueRow['maxResources']): boolean {
  const scalars = Object.entries(min.scalarResources).map(([name, amount]) => [amount, max.scalarResources[name] ?? '0'] as const);
  const crossed = scalars.some(([least, most]) => (parseMemory(least) ?? 0) > (parseMemory(most) ?? 0));
  return min.cpu > max.cpu || min.memory > max.memory || crossed;
}
