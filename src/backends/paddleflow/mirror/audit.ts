import { UpstreamError } from '../../../upstream/errors.ts';
import { runIdOf } from '../run/run-id.ts';
import type { Progress } from './progress.ts';
import type { Reader } from './reader.ts';

const pageSize = 50;
const windowSize = 100;

/**
 * A slow walk over all rows by marker, page by page: reads settled runs again, and notices those that are gone. It remembers its marker,
 * so a new leader goes on. An account that is not root has nothing else: row numbers that it may not see look like holes to it.
 */
export async function auditWalk(reader: Reader, progress: Progress, pause: () => Promise<void>): Promise<void> {
  const { auditMarker, auditedTo } = await progress.read();
  let place: Place | undefined = { marker: auditMarker ?? undefined, behind: auditMarker === null ? 0 : auditedTo };
  while (place !== undefined && !reader.signal.aborted) {
    place = await auditPage(reader, progress, place);
    const { newestOrdinal } = await progress.read();
    await progress.write({
      auditMarker: place?.marker ?? null,
      auditedTo: place?.behind ?? 0,
      newestOrdinal: Math.max(newestOrdinal, place?.behind ?? 0),
      ...(place === undefined && { auditedAt: new Date(), phase: 'COMPLETE' as const }),
    });
    await pause();
  }
}

interface Place {
  readonly marker: string | undefined;
  /** The last row number before the next page. */
  readonly behind: number;
}

async function auditPage(reader: Reader, progress: Progress, { marker, behind }: Place): Promise<Place | undefined> {
  const page = await reader.readPage({ maxKeys: pageSize, marker }).catch(async (error: unknown) => {
    // Markers are encrypted with a key of the server, which may have been changed (contract 3.1): from the beginning, then.
    if (marker !== undefined && error instanceof UpstreamError && error.code === 'InvalidMarker')
      await progress.write({ auditMarker: null });
    throw error;
  });
  for (const ordinal of page.unreadableOrdinals) await reader.readDetail(ordinal);
  const there = [...page.ordinals, ...page.unreadableOrdinals];
  if (there.length === 0) return skipUndecodable(reader, progress, behind);
  const last = Math.max(...there);
  const expected = await progress.known(behind, last);
  await reader.readMissing(expected.filter((ordinal) => !there.includes(ordinal)));
  if (page.nextMarker !== undefined) return { marker: page.nextMarker, behind: last };
  // Behind the last row of all there is nothing: what we know of there is gone.
  await reader.readMissing(await progress.known(last, Number.MAX_SAFE_INTEGER));
  return undefined;
}

/**
 * A page without rows is the end, or hides a row that does not decode (contract 2.7). Rows that we know to lie behind are asked for by their
 * numbers, and the walk goes on from the last one of these: its marker comes with any page that ends with it.
 */
async function skipUndecodable(reader: Reader, progress: Progress, behind: number): Promise<Place | undefined> {
  const next = (await progress.known(behind, Number.MAX_SAFE_INTEGER)).slice(0, windowSize);
  if (next.length === 0) return undefined;
  const there = await reader.readKnown(next);
  const last = next.at(-1) ?? behind;
  const landing = there.length > 0 ? Math.max(...there) : undefined;
  if (landing === undefined) return skipUndecodable(reader, progress, last);
  const { nextMarker } = await reader.readPage({ runFilter: [runIdOf(landing)], maxKeys: 1 });
  return nextMarker === undefined ? undefined : { marker: nextMarker, behind: landing };
}
