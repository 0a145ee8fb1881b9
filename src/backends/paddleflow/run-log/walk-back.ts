import { hashLine, splitLines } from './lines.ts';
import { maxPageSize, type ReadPage } from './log-page.ts';

/** The newest 5,000 lines are all that can be reached from the end. */
const maxEndPages = 50;

/** How far a walk has come: lines up to the newest one of its first page, oldest first. */
export interface Walk {
  readonly pageNo: number;
  readonly lines: readonly string[];
  readonly hashes: readonly string[];
  readonly bytes: number;
}

/** Where a walk is kept when one of its pages cannot be read, so that the good ones are not read again. It may be lost: then it begins anew. */
export interface WalkPlace {
  take(): Walk | undefined;
  keep(walk: Walk): void;
}

export type WalkEnd =
  /** The stored lines have come up again; `lines` come behind them. */
  | { readonly kind: 'joined'; readonly lines: readonly string[]; readonly resumed: boolean }
  /** They have not: what lies between them and `lines` is out of reach. `missing`: false where nothing was stored and this is the whole log. */
  | { readonly kind: 'apart'; readonly lines: readonly string[]; readonly missing: boolean; readonly resumed: boolean }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'absent' };

/** Pages back from the newest line until the last lines stored come up again, as a block. Rejects with what `readPage` rejects with. */
export async function walkBack(anchor: readonly string[], readPage: ReadPage, place: WalkPlace): Promise<WalkEnd> {
  const kept = place.take();
  const resumed = kept !== undefined;
  let walk: Walk = kept ?? { pageNo: 1, lines: [], hashes: [], bytes: 0 };
  const seen = new Set(walk.lines);
  let reachesBack = false;
  let asked = 0;
  const keep = () => walk.lines.length > 0 && place.keep(walk);
  try {
    while (walk.pageNo <= maxEndPages) {
      const page = await readPage({ position: 'end', pageNo: walk.pageNo, pageSize: maxPageSize });
      // A log that has a line has a newest page, and a page that was promised has lines: an empty one cannot be read.
      if (page === undefined || page.content === '') {
        keep();
        return page === undefined ? { kind: 'absent' } : { kind: 'unreadable' };
      }
      const older = olderThan(walk.lines, seen, splitLines(page.content).lines);
      for (const line of older) seen.add(line);
      walk = {
        pageNo: walk.pageNo,
        lines: [...older, ...walk.lines],
        hashes: [...older.map(hashLine), ...walk.hashes],
        bytes: older.reduce((sum, line) => sum + line.length, walk.bytes),
      };
      const joint = endOfBlock(walk.hashes, anchor, older.length) ?? beforeHalfLine(walk.hashes, anchor, older.length);
      if (joint !== undefined) return { kind: 'joined', lines: walk.lines.slice(joint), resumed };
      // That nothing lies before it, and not for the ceiling's sake, would mean that stored lines are gone: one page that says so is asked again.
      reachesBack = !page.hasNextPage && !page.truncated;
      asked += 1;
      if (page.truncated || (reachesBack && asked > 1)) break;
      if (page.hasNextPage) [walk, asked] = [{ ...walk, pageNo: walk.pageNo + 1 }, 0];
    }
  } catch (error) {
    keep();
    throw error;
  }
  const rest = keptOfAnchor(walk.hashes, anchor);
  return { kind: 'apart', lines: walk.lines.slice(rest), missing: rest === 0 && (anchor.length > 0 || !reachesBack), resumed };
}

/** The log grows while it is paged: an older page then repeats lines of the newer one, or is newer as a whole and is met again next time. */
function olderThan(newer: readonly string[], seen: ReadonlySet<string>, page: readonly string[]): string[] {
  if (newer.length === 0) return [...page];
  const repeated = page.findIndex((line) => seen.has(line));
  if (repeated < 0) return stampOf(page[0]) > stampOf(newer.at(-1)) ? [] : [...page];
  return page[repeated] === newer[0] ? page.slice(0, repeated) : [];
}

/** Sorts as the time does: fractions of a second come with as many digits as they need. */
function stampOf(line = ''): string {
  const [, second = '', fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(line) ?? [];
  return second && second + fraction.padEnd(9, '0');
}

/** Where the stored lines end among those read; undefined when they do not come up as a whole. Only what begins in the `fresh` first lines is new. */
function endOfBlock(hashes: readonly string[], anchor: readonly string[], fresh: number): number | undefined {
  if (anchor.length === 0) return undefined;
  for (let end = Math.min(hashes.length, fresh + anchor.length - 1); end >= anchor.length; end -= 1) {
    if (anchor.every((hash, index) => hashes[end - anchor.length + index] === hash)) return end;
  }
  return undefined;
}

/** The last line stored was caught while it was being written, so it is another one now: it is told again, whole. */
function beforeHalfLine(hashes: readonly string[], anchor: readonly string[], fresh: number): number | undefined {
  const end = endOfBlock(hashes, anchor.slice(0, -1), fresh);
  return end === undefined || end === hashes.length ? undefined : end;
}

/** After a rotation the log begins with the last few of the stored lines: how many. */
function keptOfAnchor(hashes: readonly string[], anchor: readonly string[]): number {
  for (let kept = anchor.length - 1; kept > 0; kept -= 1) {
    if (anchor.slice(-kept).every((hash, index) => hashes[index] === hash)) return kept;
  }
  return 0;
}
