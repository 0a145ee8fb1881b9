import type { Progress } from './progress.ts';
import type { Reader } from './reader.ts';
import { unfinishedWords } from '../state.ts';
import { findNewest } from './newest.ts';

const windowSize = 100;

/**
 * The first look at a source: what is running, then where the newest run is. After a restart both are nearly free: what was open is
 * known, and the newest run is found by the tail.
 */
export async function start(reader: Reader, progress: Progress): Promise<void> {
  let marker: string | undefined;
  let highest = 0;
  do {
    const page = await reader.readPage({ statusFilter: unfinishedWords, maxKeys: 50, marker });
    highest = Math.max(highest, ...page.ordinals);
    marker = page.nextMarker;
  } while (marker !== undefined);
  const newest = await findNewest(reader, highest);
  // An empty server and one whose database fails give the same lists; only the single read tells them apart (contract 2.7).
  if (newest === 0) await reader.readDetail(1);
  await progress.write({ phase: 'BACKFILL', newestOrdinal: newest, backfilledTo: newest });
}

/** History, newest first, one window of row numbers after the other. Ends when it has come to the first row. */
export async function backfill(reader: Reader, progress: Progress): Promise<void> {
  let { backfilledTo } = await progress.read();
  while (backfilledTo > 0 && !reader.signal.aborted) {
    const first = Math.max(1, backfilledTo - windowSize + 1);
    await reader.readWindow(first, backfilledTo - first + 1);
    backfilledTo = first - 1;
    await progress.write({ backfilledTo });
  }
  if (!reader.signal.aborted) await progress.write({ phase: 'COMPLETE' });
}

/**
 * A slow walk over all rows by marker: finds what lies in holes, and reads settled runs again. It remembers its marker, so a new leader
 * goes on. An account that is not root has nothing else: row numbers that it may not see look like holes to it.
 */
export async function auditWalk(reader: Reader, progress: Progress, pause: () => Promise<void>): Promise<void> {
  let marker = (await progress.read()).auditMarker ?? undefined;
  do {
    const page = await reader.readPage({ maxKeys: 50, marker });
    const highest = Math.max(0, ...page.ordinals);
    const { newestOrdinal } = await progress.read();
    await progress.write({ auditMarker: page.nextMarker ?? null, newestOrdinal: Math.max(newestOrdinal, highest) });
    marker = page.nextMarker;
    await pause();
  } while (marker !== undefined && !reader.signal.aborted);
  if (!reader.signal.aborted) await progress.write({ auditedAt: new Date(), phase: 'COMPLETE' });
}
