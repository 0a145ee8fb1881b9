import type { Viewer } from '../../../auth/viewer.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { leavingsOf, markerAfter, ownersToAskFor } from '../run/leavings.ts';
import type { SourceHandle } from '../source/handle.ts';
import { runCacheFromWire, type RunCache } from './model.ts';

/** Each list means "one of these"; an empty one matches nothing. */
export interface RunCacheFilter {
  readonly owners?: readonly string[] | undefined;
  readonly fileSystems?: readonly string[] | undefined;
  readonly runIds?: readonly string[] | undefined;
}

/** All that the schema may ask about the cache records of one source. Empty answers are no proof of absence (contract 2.7). */
export interface RunCacheSource {
  page(filter: RunCacheFilter, at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<RunCache>>;
  /** Of several runs at once, in any order. */
  ofRuns(runIds: readonly string[]): Promise<RunCache[]>;
  /** In any order, without those that are not there or not for this viewer. One call each: the list knows no filter by id. */
  byIds(ids: readonly string[]): Promise<RunCache[]>;
}

const hidden = new Set(['RunCacheNotFound', 'AccessDenied']);

export function createRunCacheSource(handle: SourceHandle, viewer: Viewer, signal?: AbortSignal): RunCacheSource {
  const { name: source, client, readTime } = handle;
  const fromWire = (wire: Parameters<typeof runCacheFromWire>[1]) => runCacheFromWire(source, wire, readTime);

  return {
    async page({ owners, fileSystems, runIds }, { marker, limit }) {
      const userFilter = ownersToAskFor(handle, viewer, owners);
      if ([userFilter, fileSystems, runIds].some((values) => values?.length === 0)) return { items: [] };
      const query = { userFilter, fsFilter: fileSystems, runFilter: runIds, maxKeys: limit, marker };
      const { items, nextMarker } = await client.listRunCaches(query, signal);
      return { items: items.map(fromWire), nextMarker: markerAfter(items, limit, nextMarker) };
    },
    async ofRuns(runIds) {
      const userFilter = ownersToAskFor(handle, viewer);
      return (await leavingsOf(source, runIds, (query) => client.listRunCaches({ ...query, userFilter }, signal))).map(fromWire);
    },
    async byIds(ids) {
      const owners = ownersToAskFor(handle, viewer);
      const found = await Promise.all(
        ids
          .filter((id) => /^cch-\d+$/.test(id))
          .map((id) =>
            client.getRunCache(id, signal).catch((error: unknown) => {
              if (error instanceof UpstreamError && hidden.has(error.code ?? '')) return undefined;
              throw error;
            }),
          ),
      );
      return found.flatMap((wire) => (wire === undefined || owners?.includes(wire.username) === false ? [] : [fromWire(wire)]));
    },
  };
}
