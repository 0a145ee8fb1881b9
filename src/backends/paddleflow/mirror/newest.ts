import { runIdOf } from '../run/run-id.ts';
import { range, type Reader } from './reader.ts';

const windowSize = 100;
const pageSize = 50;
/** The first questions reach beyond a thousand million rows, the last ones lie side by side. */
const strides = [2 ** 24, 2 ** 18, 2 ** 12, 2 ** 6, 1];

/**
 * The highest row number. PaddleFlow lists oldest first and has no totals, so it is found by asking for row numbers far apart, closer
 * and closer. Holes may make this too low: following the tail makes up for it. 0: none was found.
 */
export async function findNewest(reader: Reader, known: number): Promise<number> {
  let newest = known;
  for (const stride of strides) {
    for (let reached = true; reached;) {
      const asked = Array.from({ length: windowSize }, (_, index) => newest + index * stride).map((ordinal) => ordinal || 1);
      const { ordinals, nextMarker } = await reader.readPage({ runFilter: asked.map(runIdOf), maxKeys: windowSize });
      newest = Math.max(newest, ...ordinals);
      // The flag is computed against the last row of all (contract 3.1): without it, this was the last one.
      if (ordinals.length > 0 && nextMarker === undefined) return newest;
      reached = newest === asked.at(-1);
    }
  }
  return newest;
}

/**
 * The lowest row number that can be read, by single reads. An empty server, one whose database fails and one whose first row does not
 * decode give the same lists (contract 2.7): only these tell them apart. 0: there is no first row.
 */
export async function findFirst(reader: Reader): Promise<number> {
  for (let ordinal = 1; !reader.signal.aborted; ordinal += 1) {
    const sighting = await reader.readDetail(ordinal);
    if (sighting !== 'unreadable') return sighting === 'present' ? ordinal : 0;
  }
  return 0;
}

export interface Tail {
  /** The highest row number ever seen. */
  readonly newest: number;
  /** The highest one that is there and readable: an answer without it is a failure in disguise. 0: none. */
  readonly witness: number;
}

/**
 * Runs that were made since the last look; returns the newest row number now. One call when there are none: the flag for "more", which
 * is computed against the last row of all (contract 3.1), then says so. `byNumber`: row numbers that are not there are holes, not other users' runs.
 */
export async function followTail(reader: Reader, { newest, witness }: Tail, { byNumber }: { byNumber: boolean }): Promise<number> {
  const next = byNumber ? range(newest + 1, windowSize - 1) : [];
  const ids = [...(witness > 0 ? [witness] : []), ...next];
  const filter = ids.length > 0 ? { runFilter: ids.map(runIdOf), maxKeys: windowSize } : { maxKeys: pageSize };
  const page = await reader.readPage(filter);
  for (const ordinal of page.unreadableOrdinals) await reader.readDetail(ordinal);
  const seen = [...page.ordinals, ...page.unreadableOrdinals];
  if (seen.length === 0 && witness > 0) return stepOver(reader, { newest, witness }, next.slice(0, 3));
  // Nothing is there that could be read: the next row may be one that cannot be.
  if (seen.length === 0) return Math.max(newest, ...(await reader.readOneByOne(next.slice(0, 1))));
  return walk(reader, Math.max(newest, ...seen), seen.length > 0 ? page.nextMarker : undefined);
}

/** On from a marker, whatever holes lie behind it. */
async function walk(reader: Reader, from: number, marker: string | undefined): Promise<number> {
  let newest = from;
  for (let next = marker; next !== undefined && !reader.signal.aborted;) {
    const { ordinals, unreadableOrdinals, nextMarker } = await reader.readPage({ marker: next, maxKeys: pageSize });
    for (const ordinal of unreadableOrdinals) await reader.readDetail(ordinal);
    newest = Math.max(newest, ...ordinals, ...unreadableOrdinals);
    next = nextMarker;
  }
  return newest;
}

/** Nothing came, not even the run that must be there: it is gone, or a neighbour on the page does not decode. Each is asked by itself. */
async function stepOver(reader: Reader, { newest, witness }: Tail, next: readonly number[]): Promise<number> {
  await reader.readKnown([witness]);
  return Math.max(newest, ...(await reader.readOneByOne(next)));
}
