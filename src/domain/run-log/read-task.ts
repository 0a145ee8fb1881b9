import { hashLine, splitLines } from './lines.ts';
import type { LogTaskState } from './log-task.ts';

/** Which lines are asked for: `pageNo` from 1, of `pageSize` lines each, counted from `position` (contract 2.13). */
export interface PageOfLog {
  readonly position: 'begin' | 'end';
  readonly pageNo: number;
  readonly pageSize: number;
}
/** One page of one container's log; undefined when the container is not in the answer. */
export type ReadPage = (page: PageOfLog) => Promise<{ content: string; hasNextPage: boolean; truncated: boolean } | undefined>;

export interface TaskRead {
  readonly state: LogTaskState;
  readonly lines: readonly string[];
  /** Lines between what was stored and `lines` are out of reach: more than the upstream's call can serve came at once. */
  readonly gap: boolean;
  /** More can be read at once. */
  readonly more: boolean;
}

const maxPageSize = 100;
/** The newest 5,000 lines are all that can be reached from the end. */
const maxEndPages = 50;
export const freshTask: LogTaskState = { phase: 'begin', taken: 0, anchor: [] };

const anchorAfter = (anchor: readonly string[], lines: readonly string[]) => [...anchor, ...lines.map(hashLine)].slice(-maxPageSize);
const nothingNew = (state: LogTaskState): TaskRead => ({ state, lines: [], gap: false, more: false });

/** Reads on from where the last read ended: page by page from the beginning, and once that is out of reach, backwards from the end. */
export async function readTask(state: LogTaskState, readPage: ReadPage): Promise<TaskRead> {
  return state.phase === 'begin' ? readFromBegin(state, readPage) : readFromEnd(state, readPage);
}

/** What `readTask` asks for first. */
export const firstPageOf = ({ phase, taken }: LogTaskState): PageOfLog =>
  phase === 'begin' ? pageBehind(taken) : { position: 'end', pageNo: 1, pageSize: maxPageSize };

/**
 * The page that holds most new lines behind the last one taken, and that one too: by it a log is recognised that was rotated meanwhile.
 * Pages of different sizes begin at different lines, so there is always one.
 */
function pageBehind(taken: number): PageOfLog {
  let best = 1;
  const fresh = (size: number) => (taken > 0 && taken % size === 0 ? 0 : size - (taken % size));
  for (let size = 1; size <= maxPageSize; size += 1) if (fresh(size) >= fresh(best)) best = size;
  return { position: 'begin', pageNo: Math.floor(taken / best) + 1, pageSize: best };
}

async function readFromBegin(state: LogTaskState, readPage: ReadPage): Promise<TaskRead> {
  const asked = pageBehind(state.taken);
  const known = state.taken % asked.pageSize;
  const page = await readPage(asked);
  if (page === undefined) return nothingNew(state);
  const { lines, rest } = splitLines(page.content);
  const recognised =
    lines.length >= known && state.anchor.slice(state.anchor.length - known).every((hash, index) => hash === hashLine(lines[index] ?? ''));
  // What was on this page has changed: the log was rotated. What is new joins at the end.
  if (!recognised) return readFromEnd(state, readPage);
  // At the ceiling the last line may be half a line: it is read whole from the end.
  const whole = page.truncated && rest === '' ? lines.slice(known, -1) : lines.slice(known);
  const next: LogTaskState = {
    phase: page.truncated ? 'end' : 'begin',
    taken: state.taken + whole.length,
    anchor: anchorAfter(state.anchor, whole),
  };
  return { state: next, lines: whole, gap: false, more: page.hasNextPage || page.truncated };
}

/** Pages back from the newest line until the last lines stored come up again, as a block. */
async function readFromEnd(state: LogTaskState, readPage: ReadPage): Promise<TaskRead> {
  let collected: string[] = [];
  let hashes: string[] = [];
  const seen = new Set<string>();
  let reachesBack = false;
  for (let pageNo = 1; pageNo <= maxEndPages; pageNo += 1) {
    const page = await readPage({ position: 'end', pageNo, pageSize: maxPageSize });
    // Nothing at all is also what an unreadable log looks like (contract 2.13), even where a page was promised: another time.
    if (page === undefined || page.content === '') return nothingNew(state);
    const older = olderThan(collected, seen, splitLines(page.content).lines);
    for (const line of older) seen.add(line);
    collected = [...older, ...collected];
    hashes = [...older.map(hashLine), ...hashes];
    const joint = endOfBlock(hashes, state.anchor, older.length);
    if (joint !== undefined) return joined(state, collected.slice(joint), false);
    reachesBack = !page.hasNextPage && !page.truncated;
    if (!page.hasNextPage) break;
  }
  const kept = keptOfAnchor(hashes, state.anchor);
  return joined(state, collected.slice(kept), kept === 0 && (state.anchor.length > 0 || !reachesBack));
}

const joined = (state: LogTaskState, lines: readonly string[], gap: boolean): TaskRead => ({
  state: { phase: 'end', taken: state.taken, anchor: anchorAfter(gap ? [] : state.anchor, lines) },
  lines,
  gap,
  more: false,
});

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

/** After a rotation the log begins with the last few of the stored lines: how many. */
function keptOfAnchor(hashes: readonly string[], anchor: readonly string[]): number {
  for (let kept = anchor.length - 1; kept > 0; kept -= 1) {
    if (anchor.slice(-kept).every((hash, index) => hashes[index] === hash)) return kept;
  }
  return 0;
}
