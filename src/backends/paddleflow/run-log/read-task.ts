import { hashLine, splitLines } from './lines.ts';
import { maxPageSize, type LogPageRead, type PageOfLog, type ReadPage, type Sighting } from './log-page.ts';
import type { LogTaskState } from './log-task.ts';
import { walkBack, type WalkPlace } from './walk-back.ts';

export interface TaskRead {
  readonly state: LogTaskState;
  readonly lines: readonly string[];
  /** Lines between what was stored and `lines` are out of reach: more than the upstream's call can serve came at once. */
  readonly gap: boolean;
  /** More can be read at once. */
  readonly more: boolean;
  readonly seen: Sighting;
}

export const freshTask: LogTaskState = { phase: 'begin', taken: 0, anchor: [] };

const anchorAfter = (anchor: readonly string[], lines: readonly string[]) => [...anchor, ...lines.map(hashLine)].slice(-maxPageSize);
const nothingNew = (state: LogTaskState, seen: Sighting): TaskRead => ({ state, lines: [], gap: false, more: false, seen });

/** Reads on from where the last read ended: page by page from the beginning, and once that is out of reach, backwards from the end. */
export async function readTask(state: LogTaskState, readPage: ReadPage, place: WalkPlace = nowhere): Promise<TaskRead> {
  return state.phase === 'begin' ? readFromBegin(state, readPage, place) : readFromEnd(state, readPage, place);
}
const nowhere: WalkPlace = { take: () => undefined, keep: () => {} };

/** What `readTask` asks for first. */
export const firstPageOf = ({ phase, taken }: LogTaskState): PageOfLog =>
  phase === 'begin' ? pageBehind(taken) : { position: 'end', pageNo: 1, pageSize: maxPageSize };

/**
 * The page that holds most new lines behind the last one taken, and that one too: by it a log is recognised that was rotated meanwhile,
 * and one that cannot be read. Pages of different sizes begin at different lines, so there is always one.
 */
function pageBehind(taken: number): PageOfLog {
  let best = 1;
  const fresh = (size: number) => (taken > 0 && taken % size === 0 ? 0 : size - (taken % size));
  for (let size = 1; size <= maxPageSize; size += 1) if (fresh(size) >= fresh(best)) best = size;
  return { position: 'begin', pageNo: Math.floor(taken / best) + 1, pageSize: best };
}

async function readFromBegin(state: LogTaskState, readPage: ReadPage, place: WalkPlace): Promise<TaskRead> {
  const asked = pageBehind(state.taken);
  const known = state.anchor.slice(state.anchor.length - (state.taken % asked.pageSize));
  const page = await readPage(asked);
  if (page === undefined) return nothingNew(state, 'absent');
  if (state.taken === 0 && page.content === '') return nothingNew(state, await silence(readPage));
  const { lines, rest } = splitLines(page.content);
  const recognised = known.findIndex((hash, index) => lines[index] === undefined || hash !== hashLine(lines[index]));
  if (recognised < 0) return onwards(state, page, { lines: lines.slice(known.length), rest });
  // The last line taken was caught while it was being written: it is told again, whole.
  if (recognised > 0 && recognised === known.length - 1 && lines.length >= known.length)
    return onwards({ ...state, taken: state.taken - 1, anchor: state.anchor.slice(0, -1) }, page, { lines: lines.slice(recognised), rest });
  // What was on this page is not there. Only another first line says that the log was rotated; what is new then joins at the end.
  return (await isRotated(state, readPage)) ? readFromEnd(state, readPage, place) : nothingNew(state, 'unreadable');
}

function onwards(state: LogTaskState, page: LogPageRead, { lines, rest }: { lines: readonly string[]; rest: string }): TaskRead {
  // At the ceiling the last line may be half a line: it is read whole from the end.
  const whole = page.truncated && rest === '' ? lines.slice(0, -1) : lines;
  // A page holds a new line wherever there is one: one that promises more and shows none is not to be trusted.
  if (whole.length === 0 && page.hasNextPage && !page.truncated) return nothingNew(state, 'unreadable');
  const next: LogTaskState = {
    phase: page.truncated ? 'end' : 'begin',
    taken: state.taken + whole.length,
    anchor: anchorAfter(state.anchor, whole),
    head: state.taken === 0 && whole[0] !== undefined ? hashLine(whole[0]) : state.head,
  };
  const more = page.hasNextPage || page.truncated;
  return { state: next, lines: whole, gap: false, more, seen: more || whole.length > 0 ? 'grew' : 'whole' };
}

/** Whether a log that shows nothing from its beginning shows nothing from its end either. */
async function silence(readPage: ReadPage): Promise<Sighting> {
  const newest = await readPage({ position: 'end', pageNo: 1, pageSize: 1 });
  if (newest === undefined) return 'absent';
  return newest.content === '' ? 'silent' : 'unreadable';
}

async function isRotated({ head }: LogTaskState, readPage: ReadPage): Promise<boolean> {
  const first = await readPage({ position: 'begin', pageNo: 1, pageSize: 1 });
  const [line] = splitLines(first?.content ?? '').lines;
  return line !== undefined && hashLine(line) !== head;
}

async function readFromEnd(state: LogTaskState, readPage: ReadPage, place: WalkPlace): Promise<TaskRead> {
  const walk = await walkBack(state.anchor, readPage, place);
  if (walk.kind === 'unreadable' || walk.kind === 'absent') return nothingNew(state, walk.kind);
  const { lines, resumed } = walk;
  const gap = walk.kind === 'apart' && walk.missing;
  return {
    state: { ...state, phase: 'end', anchor: anchorAfter(gap ? [] : state.anchor, lines) },
    lines,
    gap,
    more: resumed, // what was written since its first page lies behind these
    seen: resumed || gap || lines.length > 0 ? 'grew' : 'whole',
  };
}

/**
 * Whether the last line that is known is the newest of all, as seen from the other end: a log read from its beginning shows its last page
 * only, and that one may have been cut short.
 */
export async function endsWithKnown(state: LogTaskState, readPage: ReadPage): Promise<Sighting> {
  if (state.phase === 'end') return 'whole'; // that is how it was read
  const page = await readPage({ position: 'end', pageNo: 1, pageSize: 1 });
  if (page === undefined) return 'absent';
  const newest = splitLines(page.content).lines.at(-1);
  if (state.anchor.length === 0) return newest === undefined ? 'silent' : 'grew';
  if (newest === undefined) return 'unreadable';
  return hashLine(newest) === state.anchor.at(-1) ? 'whole' : 'grew';
}
