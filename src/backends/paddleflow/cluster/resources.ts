import { UpstreamError } from '../../../upstream/errors.ts';
import type { WireClusterUsage } from '../wire/wire.ts';
import type { Kept } from '../../../core/kept-reads.ts';
import { isNothing, resourcesFromWire, type Resources } from '../resources/model.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { Cluster } from './model.ts';

/** Why nothing is known: the backend mostly says nothing about it (contract 2.12). */
export type ResourcesGap = 'OFFLINE' | 'LEFT_OUT' | 'NO_CLIENT' | 'NO_NODES' | 'NONE_READ';

export interface NodeResources {
  readonly name: string;
  readonly schedulable: boolean;
  readonly total: Resources | null;
  readonly remaining: Resources | null;
}
export interface ClusterUsage {
  readonly total: Resources | null;
  readonly remaining: Resources | null;
  readonly nodes: readonly NodeResources[] | null;
  readonly gap: ResourcesGap | null;
}

const unknown = (gap: ResourcesGap): ClusterUsage => ({ total: null, remaining: null, nodes: null, gap });
const resources = (wire: Parameters<typeof resourcesFromWire>[0] | null) => wire && resourcesFromWire(wire);

function usageFromWire({ nodeList, summary, errMsg }: WireClusterUsage): ClusterUsage {
  if (errMsg !== '') return unknown('NO_CLIENT'); // the text itself may quote from the credential
  const [total, remaining] = [resources(summary?.total ?? null), resources(summary?.idle ?? null)];
  // The very look of a cluster whose API did not answer.
  if (nodeList.length === 0 && (total === null || isNothing(total))) return unknown('NO_NODES');
  const nodes = nodeList.map((node) => ({
    name: node.nodeName,
    schedulable: node.schedulable,
    total: resources(node.total),
    remaining: resources(node.idle),
  }));
  return { total, remaining, nodes, gap: null };
}

/** In milliseconds: the call walks nodes and pods of each cluster, and the contract advises half a minute at least (8.2). */
const keptMs = 30_000;
const namesPerCall = 100;

/** By key of the cluster: one call for all that are not kept. */
export async function readClusterUsage(
  { client, identity, kept }: SourceHandle,
  clusters: readonly Cluster[],
  signal?: AbortSignal,
): Promise<Map<string, Kept<ClusterUsage>>> {
  const offline = clusters.filter(({ rawState }) => rawState === 'offline'); // the backend leaves these out without a word
  const asked = new Map(
    clusters.filter(({ rawState }) => rawState !== 'offline').map((cluster) => [slotOf(identity, cluster.name), cluster]),
  );
  const answers = await kept.readAll([...asked.keys()], keptMs, signal, async (missing, flight) => {
    const names = missing.flatMap((slot) => asked.get(slot)?.name ?? []);
    const found = new Map<string, ClusterUsage>();
    for (let from = 0; from < names.length; from += namesPerCall) {
      const some = names.slice(from, from + namesPerCall);
      for (const [name, usage] of await readSome(client, some, flight)) found.set(slotOf(identity, name), usage);
    }
    return found;
  });
  const now = new Date();
  return new Map([
    ...offline.map(({ key }) => [key, { value: unknown('OFFLINE'), observedAt: now }] as const),
    ...[...answers].flatMap(([slot, answer]) => {
      const cluster = asked.get(slot);
      return cluster ? [[cluster.key, answer] as const] : [];
    }),
  ]);
}

const slotOf = (identity: string, name: string) => JSON.stringify([identity, 'cluster', name]);

async function readSome(client: SourceHandle['client'], names: readonly string[], signal: AbortSignal): Promise<[string, ClusterUsage][]> {
  try {
    const { usages } = await client.clusterUsages(names, signal);
    return names.map((name) => {
      const usage = usages.get(name);
      return [name, usage ? usageFromWire(usage) : unknown('LEFT_OUT')];
    });
  } catch (error) {
    // Said of all together, when not one of them could be read.
    if (error instanceof UpstreamError && error.status === 500 && error.code === '')
      return names.map((name) => [name, unknown('NONE_READ')]);
    throw error;
  }
}
