import type { MarkerPage } from '../../page.ts';
import { outageOf } from '../problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { clusterFromWire, type Cluster } from './model.ts';

/** All that the schema may ask about the clusters of one source. PaddleFlow shows them to root only. */
export interface ClusterSource {
  page(at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<Cluster>>;
  /** In any order, without those that do not exist: one call, up to a hundred. */
  byNames(names: readonly string[]): Promise<Cluster[]>;
}

/** What the server lets a cluster be called (contract 2.12). */
const namePattern = /^[A-Za-z0-9_-]{2,255}$/;
const namesPerCall = 100;

export function createClusterSource({ name: source, client, readTime }: SourceHandle, signal?: AbortSignal): ClusterSource {
  const list = async (query: Parameters<typeof client.listClusters>[0]) => {
    const { items, nextMarker } = await client.listClusters(query, signal).catch((error: unknown) => Promise.reject(outageOf(error)));
    return { items: items.map((wire) => clusterFromWire(source, wire, readTime)), nextMarker };
  };
  return {
    page: ({ marker, limit }) => list({ marker, maxKeys: limit }),
    async byNames(names) {
      const possible = names.filter((name) => namePattern.test(name)); // the filter knows no escaping: a comma would make two of one
      const found: Cluster[] = [];
      for (let from = 0; from < possible.length; from += namesPerCall) {
        const clusterNames = possible.slice(from, from + namesPerCall);
        found.push(...(await list({ clusterNames, maxKeys: clusterNames.length })).items);
      }
      return found;
    },
  };
}
