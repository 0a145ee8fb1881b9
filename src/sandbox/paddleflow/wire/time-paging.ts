import type { Zone } from '../../kit/zone.ts';

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
 * Pages of file systems and links, newest first, with a time as marker and all its defects (3.3): a marker has whole seconds, so that one made in
 * the current second may be missing and those of one second repeat or get lost; and the next marker is an update time, although it is compared
 * with creation times, so that pages overlap. SQLite compares texts, so that any marker selects something; of others an unsound one is undefined.
 */
export function takeTimePage<T extends Dated>(
  wanted: readonly T[],
  { marker, maxKeys }: { readonly marker: string; readonly maxKeys: number },
  { now, zone, birth }: { readonly now: number; readonly zone: Zone; readonly birth: { readonly database?: 'mysql' } },
): TimePage<T> | undefined {
  const until = marker === '' ? zone.local(now) : marker;
  const parsed = zone.parse(until);
  if (birth.database === 'mysql' && parsed === undefined) return undefined;
  const isBefore =
    birth.database === 'mysql'
      ? ({ createdAt }: T) => rounded(createdAt) <= (parsed ?? 0)
      : ({ createdAt }: T) => stored(createdAt, zone) <= until;
  const found = wanted.filter(isBefore).toSorted((a, b) => b.createdAt - a.createdAt || b.number - a.number);
  const next = found[maxKeys];
  const nextMarker = next === undefined ? '' : zone.local(next.updatedAt);
  return { rows: found.slice(0, maxKeys), envelope: { marker, truncated: next !== undefined, nextMarker } };
}

/** MySQL keeps whole seconds. */
const rounded = (at: number): number => Math.round(at / 1000) * 1000;

/** The text that SQLite keeps, with a fraction where there is one. */
const stored = (at: number, zone: Zone): string => zone.local(at) + (at % 1000 === 0 ? '' : `.${String(at % 1000).padStart(3, '0')}`);
