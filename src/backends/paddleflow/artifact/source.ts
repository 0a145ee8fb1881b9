import type { Viewer } from '../../../auth/viewer.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { leavingsOf, markerAfter, ownersToAskFor } from '../run/leavings.ts';
import type { SourceHandle } from '../source/handle.ts';
import { artifactFromWire, wordOf, type Artifact, type ArtifactDirection } from './model.ts';

/** Each list means "one of these"; an empty one matches nothing. */
export interface ArtifactFilter {
  readonly owners?: readonly string[] | undefined;
  readonly fileSystems?: readonly string[] | undefined;
  readonly runIds?: readonly string[] | undefined;
  readonly directions?: readonly ArtifactDirection[] | undefined;
  /** Exactly; several joined by commas cannot be asked for. */
  readonly paths?: readonly string[] | undefined;
}

/** All that the schema may ask about the artifacts of one source. Empty answers are no proof of absence (contract 2.7). */
export interface ArtifactSource {
  page(filter: ArtifactFilter, at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<Artifact>>;
  /** Of several runs at once, in the order in which they were noted. */
  ofRuns(runIds: readonly string[]): Promise<Artifact[]>;
}

export function createArtifactSource(handle: SourceHandle, viewer: Viewer, signal?: AbortSignal): ArtifactSource {
  const { name: source, client, readTime } = handle;
  const fromWire = (wire: Parameters<typeof artifactFromWire>[1]) => artifactFromWire(source, wire, readTime);

  return {
    async page({ owners, fileSystems, runIds, directions, paths }, { marker, limit }) {
      const userFilter = ownersToAskFor(handle, viewer, owners);
      if ([userFilter, fileSystems, runIds, directions, paths].some((values) => values?.length === 0)) return { items: [] };
      const typeFilter = directions?.map((direction) => wordOf[direction]);
      const query = { userFilter, fsFilter: fileSystems, runFilter: runIds, typeFilter, pathFilter: paths, maxKeys: limit, marker };
      const { items, nextMarker } = await client.listArtifacts(query, signal);
      return { items: items.map(fromWire), nextMarker: markerAfter(items, limit, nextMarker) };
    },
    async ofRuns(runIds) {
      const userFilter = ownersToAskFor(handle, viewer);
      return (await leavingsOf(source, runIds, (query) => client.listArtifacts({ ...query, userFilter }, signal))).map(fromWire);
    },
  };
}
