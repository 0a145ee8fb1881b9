import type { Viewer } from '../../../auth/viewer.ts';
import { againIfEmpty } from '../../../core/again.ts';
import type { MarkerPage } from '../../../core/page.ts';
import type { Kept } from '../../../core/kept-reads.ts';
import { ForbiddenError, isForbidden } from '../../../problem/problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { clusterFromWire, type Cluster } from './model.ts';
import { readClusterUsage, type ClusterUsage } from './resources.ts';

/** All that the schema may ask about the clusters of one source. PaddleFlow shows them to root only (contract 2.12), so viewers see none. */
export interface ClusterSource {
  page(at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<Cluster>>;
  /** In any order, without those that do not exist or are not for this viewer: one call, up to a hundred. */
  byNames(names: readonly string[]): Promise<Cluster[]>;
  /** By key, with one call for all. */
  usage(clusters: readonly Cluster[]): Promise<Map<string, Kept<ClusterUsage>>>;
}

/** What the server lets a cluster be called (contract 2.12). */
const namePattern = /^[A-Za-z0-9_-]{2,255}$/;
const namesPerCall = 100;

export function createClusterSource(handle: SourceHandle, viewer: Viewer, signal?: AbortSignal): ClusterSource {
  const { name: source, client, readTime, actsAs } = handle;
  const hidden = actsAs === 'service' && viewer.owner !== undefined;

  const list = async (query: Parameters<typeof client.listClusters>[0]) => {
    if (hidden) throw new ForbiddenError('Clusters are shown to operators only');
    const { items, nextMarker } = await client.listClusters(query, signal);
    return { items: items.map((wire) => clusterFromWire(source, wire, readTime)), nextMarker };
  };
  return {
    page: ({ marker, limit }) => list({ marker, maxKeys: limit }),
    async byNames(names) {
      const possible = names.filter((name) => namePattern.test(name)); // the filter knows no escaping: a comma would make two of one
      const found: Cluster[] = [];
      for (let from = 0; from < possible.length; from += namesPerCall) {
        const clusterNames = possible.slice(from, from + namesPerCall);
        const page = await againIfEmpty(() => list({ clusterNames, maxKeys: clusterNames.length }), signal).catch((error: unknown) => {
          if (isForbidden(error)) return { items: [] };
          throw error;
        });
        found.push(...page.items);
      }
      return found;
    },
    usage: (clusters) => readClusterUsage(handle, clusters, signal),
  };
}
