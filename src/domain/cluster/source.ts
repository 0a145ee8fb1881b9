import type { MarkerPage } from '../../page.ts';
import { outageOf } from '../problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { clusterFromWire, type Cluster } from './model.ts';

/** All that the schema may ask about the clusters of one source. PaddleFlow shows them to root only. */
export interface ClusterSource {
  page(at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<Cluster>>;
  /** In any order, without those that do not exist: one call. */
  byNames(names: readonly string[]): Promise<Cluster[]>;
}

export function createClusterSource({ name: source, client, readTime }: SourceHandle, signal?: AbortSignal): ClusterSource {
  const list = async (query: Parameters<typeof client.listClusters>[0]) => {
    const { items, nextMarker } = await client.listClusters(query, signal).catch((error: unknown) => Promise.reject(outageOf(error)));
    return { items: items.map((wire) => clusterFromWire(source, wire, readTime)), nextMarker };
  };
  return {
    page: ({ marker, limit }) => list({ marker, maxKeys: limit }),
    byNames: async (names) => (await list({ clusterNames: names, maxKeys: Math.max(1, names.length) })).items,
  };
}
