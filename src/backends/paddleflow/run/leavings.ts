import { accountOn, type Viewer } from '../../../auth/viewer.ts';
import { createMarkerGuard } from '../../../core/marker-guard.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { OutageError } from '../../../problem/problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { ordinalOf } from './run-id.ts';

/**
 * What runs leave behind, cache records and artifacts, belongs to the owner of the file systems (contract 2.8), and the backend shows it to that user
 * and root. Who sees their own alone is given no others' either way: under the service account the gateway asks for theirs, and in their own name a
 * filter for somebody else would be taken for them without a word (contract 3.4). Undefined: everybody's; empty: nobody's.
 */
export function ownersToAskFor(
  { name, actsAs }: Pick<SourceHandle, 'name' | 'actsAs'>,
  viewer: Viewer,
  wanted?: readonly string[],
): readonly string[] | undefined {
  const owner = accountOn(viewer, name);
  if (owner === undefined || (wanted === undefined && actsAs === 'viewer')) return wanted;
  return wanted === undefined || wanted.includes(owner) ? [owner] : [];
}

const idsPerCall = 100;
const rowsPerCall = 1000;

interface Query {
  readonly runFilter: readonly string[];
  readonly maxKeys: number;
  readonly marker: string | undefined;
}

/** The marker ignores filters and may lead to an empty page (contract 3.1), but behind a page that is not full there is nothing: one call less. */
export const markerAfter = (items: readonly unknown[], limit: number, nextMarker: string | undefined): string | undefined =>
  items.length < limit ? undefined : nextMarker;

/** All that a list has about some runs: one call for a hundred runs, unless they left more than a thousand rows. Throws an `OutageError` for a list that never ends. */
export async function leavingsOf<T>(
  source: string,
  runIds: readonly string[],
  list: (query: Query) => Promise<MarkerPage<T>>,
): Promise<T[]> {
  const known = [...new Set(runIds)].filter((id) => ordinalOf(id) !== undefined);
  const found: T[] = [];
  for (let from = 0; from < known.length; from += idsPerCall) {
    const runFilter = known.slice(from, from + idsPerCall);
    const guard = createMarkerGuard(() => new OutageError({ source, fault: 'garbage', code: undefined }));
    let marker: string | undefined;
    do {
      const { items, nextMarker } = await list({ runFilter, maxKeys: rowsPerCall, marker });
      found.push(...items);
      marker = markerAfter(items, rowsPerCall, nextMarker);
      guard(marker);
    } while (marker !== undefined);
  }
  return found;
}
