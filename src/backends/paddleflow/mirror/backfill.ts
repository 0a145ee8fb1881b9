import { unfinishedWords } from '../run/state.ts';
import { findFirst, findNewest } from './newest.ts';
import type { Progress } from './progress.ts';
import type { Reader } from './reader.ts';

const windowSize = 100;
const looksAtNothing = 3;

/**
 * The first look at a source: what is running, then where the newest run is. After a restart both are nearly free: what was open is
 * known, and the newest run is found by the tail.
 */
export async function start(reader: Reader, progress: Progress, pause: () => Promise<void>): Promise<void> {
  let newest = await findAny(reader);
  // That there is nothing at all is what a failing server says too.
  for (let looks = 1; newest === 0 && looks < looksAtNothing && !reader.signal.aborted; looks += 1) {
    await pause();
    newest = await findAny(reader);
  }
  if (!reader.signal.aborted) await progress.write({ phase: 'BACKFILL', newestOrdinal: newest, backfilledTo: newest });
}

/** 0: nothing was found. */
async function findAny(reader: Reader): Promise<number> {
  let marker: string | undefined;
  let highest = 0;
  do {
    const page = await reader.readPage({ statusFilter: unfinishedWords, maxKeys: 50, marker });
    highest = Math.max(highest, ...page.ordinals);
    marker = page.nextMarker;
  } while (marker !== undefined && !reader.signal.aborted);
  const newest = await findNewest(reader, highest);
  if (newest > 0) return newest;
  const first = await findFirst(reader);
  return first > 0 ? findNewest(reader, first) : 0;
}

/**
 * History, newest first, one window of row numbers after the other. Ends when it has come to the first row. What is final behind the
 * first window has been so for long: a retry shows the old end for a moment only, not while a hundred others are made (contract 2.7).
 */
export async function backfill(reader: Reader, progress: Progress): Promise<void> {
  const { backfilledTo, newestOrdinal } = await progress.read();
  for (let end = backfilledTo; end > 0 && !reader.signal.aborted; end -= windowSize) {
    const first = Math.max(1, end - windowSize + 1);
    await reader.readWindow(first, end - first + 1, {
      history: end + windowSize <= newestOrdinal,
      witness: await progress.witness(),
    });
    await progress.write({ backfilledTo: first - 1 });
  }
  if (!reader.signal.aborted) await progress.write({ phase: 'COMPLETE' });
}
