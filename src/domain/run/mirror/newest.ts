import { runIdOf } from '../run-id.ts';
import { range, type Reader } from './reader.ts';

const windowSize = 100;
/** The first questions reach beyond a thousand million rows, the last ones lie side by side. */
const strides = [2 ** 24, 2 ** 18, 2 ** 12, 2 ** 6, 1];

/**
 * The highest row number. PaddleFlow lists oldest first and has no totals, so it is found by asking for row numbers far apart, closer
 * and closer. Holes may make this too low: following the tail and the audit walk make up for it. 0: none was found.
 */
export async function findNewest(reader: Reader, known: number): Promise<number> {
  let newest = known;
  for (const stride of strides) {
    for (let reached = true; reached; ) {
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

export interface Tail {
  /** The highest row number ever seen. */
  readonly newest: number;
  /** The highest one that is there and readable: an answer without it is a failure in disguise. 0: none. */
  readonly witness: number;
}

/** Runs that were made since the last look. Returns the newest row number now, and whether rows further on are hinted at. */
export async function followTail(reader: Reader, { newest, witness }: Tail): Promise<{ newest: number; beyond: boolean }> {
  let last = newest;
  for (;;) {
    const ids = [...(witness > 0 ? [witness] : []), ...range(last + 1, windowSize - 1)];
    const { ordinals, unreadableOrdinals, nextMarker } = await reader.readPage({ runFilter: ids.map(runIdOf), maxKeys: ids.length });
    for (const ordinal of unreadableOrdinals) await reader.readDetail(ordinal);
    const highest = Math.max(last, ...ordinals, ...unreadableOrdinals);
    if (ordinals.length === 0 && witness > 0) return { newest: await stepOver(reader, last, witness), beyond: false };
    if (highest === last) return { newest: last, beyond: nextMarker !== undefined && witness > 0 };
    last = highest;
    if (nextMarker === undefined) return { newest: last, beyond: false };
  }
}

/** Nothing came, not even the run that must be there: it is gone, or a neighbour on the page does not decode. Each is asked by itself. */
async function stepOver(reader: Reader, last: number, witness: number): Promise<number> {
  await reader.readKnown([witness]);
  return Math.max(last, ...(await reader.readOneByOne(range(last + 1, 3))));
}

/** Rows beyond a hole of more than a hundred: the next thousand row numbers. */
export async function leapOver(reader: Reader, newest: number): Promise<number> {
  for (let leap = 1; leap <= 10; leap += 1) {
    const ids = range(newest + leap * windowSize, windowSize);
    const { ordinals } = await reader.readPage({ runFilter: ids.map(runIdOf), maxKeys: windowSize });
    if (ordinals.length > 0) return Math.max(...ordinals);
  }
  return newest;
}
