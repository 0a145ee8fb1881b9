import type { Zone } from '../state/zone.ts';

interface Dated {
  readonly number: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface TimePage<T> {
  readonly rows: readonly T[];
  readonly envelope: { readonly marker: string; readonly truncated: boolean; readonly nextMarker: string };
}

/**
 * Pages of file systems and links, newest first, with a time as marker and all its defects (3.3): the database keeps whole seconds, so that one
 * made in the current second may be missing and those of one second repeat; and the next marker is an update time, although it is compared with
 * creation times, so that pages overlap. Undefined: the marker is no time.
 */
export function takeTimePage<T extends Dated>(
  wanted: readonly T[],
  { marker, maxKeys }: { readonly marker: string; readonly maxKeys: number },
  { now, zone }: { readonly now: number; readonly zone: Zone },
): TimePage<T> | undefined {
  const until = marker === '' ? now : zone.parse(marker);
  if (until === undefined) return undefined;
  const found = wanted
    .filter((row) => second(row.createdAt) <= until)
    .toSorted((a, b) => second(b.createdAt) - second(a.createdAt) || b.number - a.number);
  const next = found[maxKeys];
  const nextMarker = next === undefined ? '' : zone.local(second(next.updatedAt));
  return { rows: found.slice(0, maxKeys), envelope: { marker, truncated: next !== undefined, nextMarker } };
}

/** As the database rounds it. */
const second = (at: number): number => Math.round(at / 1000) * 1000;
