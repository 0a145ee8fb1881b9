import { and, asc, desc, eq, getTableColumns, gt, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm';
import { visibleTo, type Seeing } from '../../../execution/filter.ts';
import { BadInputError } from '../../../problem/problem.ts';
import type { Database } from '../../../db/database.ts';
import { executions, logEntries, sources, streams } from '../../../db/tables.ts';
import { logSteps } from '../tables.ts';
import { decodeCursor, encodeCursor, InvalidCursorError, sameGeneration } from '../../../live/cursor.ts';
import type { Hub } from '../../../live/hub.ts';
import { pullStream, type Page } from '../../../live/pull.ts';
import { poke, type LogEntryRow } from '../../../live/stream.ts';
import { keyOf } from '../../../core/key.ts';
import { logStreamOf, runIdOf } from '../run/run-id.ts';
import { gapByReset, type StreamEnd, type StreamGap } from '../../../live/item.ts';
import { linesOf, maxChunkLines, type LogLine } from './lines.ts';

export interface LogLines {
  readonly kind: 'LogLines';
  readonly cursor: string;
  readonly runKey: string;
  readonly step: string;
  readonly lines: readonly LogLine[];
}
export type LogStreamItem = LogLines | StreamGap | StreamEnd;

/** The log of one run, or of one of its steps. */
export interface LogPlace {
  readonly source: string;
  readonly ordinal: number;
  readonly step?: string | undefined;
}

export interface LogPageLine extends LogLine {
  readonly seq: number;
  readonly step: string;
}

export interface LogPageQuery {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
  readonly fromEnd: boolean;
}
export interface LogPage {
  readonly lines: readonly LogPageLine[];
  /** What is missing between these lines; for a page from the front also what is missing behind its last line. */
  readonly gaps: readonly StreamGap[];
  /** There are more lines in the direction of reading. */
  readonly more: boolean;
  /** Everything up to here has been shown or skipped: the stream goes on from it. */
  readonly endCursor: string;
  cursorAt(seq: number): string;
}

const pullRows = 256;
/** Neighbouring rows of one step are told as one item, up to this, or up to what a subscriber may hold. */
const mostItemBytes = 65_536;
/** A page of long lines ends early, and says that there are more. */
const pageBytes = 4_194_304;
const rowsAtATime = 16;

/**
 * Reads the log streams of runs, as subscriptions and as pages, as far as this viewer may see the runs. `heldBytes`: what a subscriber may hold at a
 * time, asked anew before each pull.
 */
export function createLogFeed(db: Database, hub: Hub, viewer: Seeing, heldBytes: () => number) {
  const visible = visibleTo(viewer);

  /** Throws BAD_USER_INPUT for what this viewer may not see, as for what is not there. */
  async function requireVisible({ source, ordinal }: LogPlace): Promise<void> {
    if (visible === undefined) return;
    const theirs = and(eq(executions.source, source), eq(executions.ordinal, ordinal), visible);
    if ((await db.$count(executions, theirs)) === 0) throw new BadInputError(`There is no run ${runIdOf(ordinal)} on ${source}`);
  }

  /** Where the stream stands and where a reader of this cursor is in it. Throws `InvalidCursorError` for the log of another run. */
  async function startAt({ source, ordinal }: LogPlace, cursor: string | undefined) {
    const stream = logStreamOf(source, ordinal);
    const [row] = await db
      .select({ generation: sources.generation, head: streams.head })
      .from(sources)
      .leftJoin(streams, eq(streams.key, stream))
      .where(eq(sources.name, source));
    const { generation = '', head = null } = row ?? {};
    const [asked] =
      cursor === undefined ? [] : decodeCursor('LOG', cursor, (former) => (former === `${source}:${ordinal}` ? stream : former));
    if (asked !== undefined && asked.stream !== stream) throw new InvalidCursorError('a cursor of the log of another run');
    const reset = asked !== undefined && (!sameGeneration(asked, generation) || asked.seq > (head ?? 0));
    return { head: head ?? 0, generation, seq: reset ? 0 : (asked?.seq ?? 0), reset, cursorAt: cursorsOf({ source, ordinal }, generation) };
  }

  /**
   * Where the stream stands, and the next rows behind a position, oldest first, both of one moment: up to the head there is nothing for this
   * reader but these rows. The first one may begin before the position.
   */
  async function readAfter(place: LogPlace, after: number, bytes: number) {
    const some = db
      .select()
      .from(logEntries)
      .where(and(ofPlace(place), gt(logEntries.lastSeq, after)))
      .orderBy(asc(logEntries.lastSeq))
      .limit(pullRows)
      .as('some');
    const before = sql<number>`sum(octet_length(coalesce(${some.body}, ''))) over (order by ${some.lastSeq} rows between unbounded preceding and 1 preceding)`;
    const sized = db
      .select({ entry: some.lastSeq, before: before.as('before') })
      .from(some)
      .as('sized');
    const found = await db
      .select({ head: streams.head, generation: sources.generation, row: getTableColumns(logEntries) })
      .from(sources)
      .leftJoin(streams, eq(streams.key, streamOf(place)))
      .leftJoin(sized, sql`coalesce(${sized.before}, 0) < ${bytes}`)
      .leftJoin(logEntries, and(ofPlace(place), eq(logEntries.lastSeq, sized.entry)))
      .where(eq(sources.name, place.source))
      .orderBy(asc(logEntries.lastSeq));
    const rows = found.flatMap(({ row }) => (row === null ? [] : [row]));
    return { generation: found[0]?.generation, head: found[0]?.head ?? 0, rows: [...within(rows, after, bytes)] };
  }

  /** All rows with lines or gaps between two positions, in either direction. */
  async function* readBetween(place: LogPlace, after: number, before: number, backwards: boolean): AsyncIterable<LogEntryRow> {
    for (let [low, high] = [after, before]; ;) {
      // A row ends soon after its beginning: only so the index, which knows the ends, does not begin at the end of the log.
      const until = and(lt(logEntries.firstSeq, high), lt(logEntries.lastSeq, high + maxChunkLines));
      const between = and(ofRunOrStep(place), gt(logEntries.lastSeq, low), until);
      const order = backwards ? desc(logEntries.lastSeq) : asc(logEntries.lastSeq);
      const rows = await db.select().from(logEntries).where(between).orderBy(order).limit(rowsAtATime);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < rowsAtATime) return;
      if (backwards) high = last.firstSeq;
      else low = last.lastSeq;
    }
  }

  /** The entry that ends the stream, if it lies at or before a position: a reader who comes back from there is told again. */
  async function endBefore(place: LogPlace, seq: number): Promise<LogEntryRow | undefined> {
    const { step = '' } = place;
    const soFar = and(eq(logEntries.stream, streamOf(place)), lte(logEntries.lastSeq, seq));
    // An end is the last of its step, and so found without a look at the lines before it.
    const lastOf = (name: string) =>
      db
        .select()
        .from(logEntries)
        .where(and(soFar, eq(logEntries.step, name)))
        .orderBy(desc(logEntries.lastSeq))
        .limit(1);
    const [ofStep, ofRun] = await Promise.all([lastOf(step), step === '' ? [] : lastOf('')]);
    return [...ofStep, ...ofRun].find(({ kind }) => kind === 'END');
  }

  return {
    /** Nothing more will come. */
    async ended({ source, ordinal, step }: LogPlace): Promise<boolean> {
      const ofRun = and(eq(executions.source, source), eq(executions.ordinal, ordinal));
      const [run] = await db.select({ logState: executions.logState }).from(executions).where(ofRun);
      if (run?.logState !== 'PENDING' || step === undefined) return run?.logState !== 'PENDING';
      const ofStep = and(eq(logSteps.source, source), eq(logSteps.ordinal, ordinal), eq(logSteps.step, step));
      return (await db.$count(logSteps, and(ofStep, isNotNull(logSteps.endedAt)))) > 0;
    },

    /**
     * Logs of old runs are not copied unasked: it is noted, once, that somebody wants this one. `waiting`: the leader looks at the run at once,
     * which is too much for a page of a thousand runs; else it comes across it in one of its next turns.
     */
    async want({ source, ordinal }: LogPlace, { waiting }: { waiting: boolean }): Promise<void> {
      const asked = await db
        .update(executions)
        .set({ logWanted: true })
        .where(
          and(
            eq(executions.source, source),
            eq(executions.ordinal, ordinal),
            eq(executions.logState, 'PENDING'),
            eq(executions.logWanted, false),
            isNotNull(executions.endedAt),
          ),
        )
        .returning({ ordinal: executions.ordinal });
      if (waiting && asked.length > 0) await poke(db, source, runIdOf(ordinal));
    },

    /** Follows a log from a cursor, or from its first line, to its end. */
    async follow(
      place: LogPlace,
      { after, signal }: { after?: string | undefined; signal: AbortSignal },
    ): Promise<AsyncIterableIterator<LogStreamItem>> {
      await requireVisible(place);
      const start = await startAt(place, after);
      const runKey = keyOf(place.source, runIdOf(place.ordinal));
      const watch = hub.watch(streamOf(place));
      let { seq, generation } = start;
      let first: LogStreamItem[] = start.reset ? [gapByReset(start.cursorAt(0))] : [];
      let mayHaveEnded = seq > 0;

      async function pull(left: AbortSignal): Promise<Page<LogStreamItem>> {
        // Rows that hold nothing to show, such as the end of a step in the log of a run, are no reason to wait.
        while (!left.aborted) {
          const bytes = heldBytes();
          const { rows, head, generation: current = generation } = await readAfter(place, seq, bytes);
          const cursorAt = cursorsOf(place, current);
          // The database has gone back behind what it had told, to an older copy of itself: what comes now has numbers that were given before.
          if (current !== generation || head < seq) {
            [first, seq, generation] = [[], 0, current];
            return { items: [gapByReset(cursorAt(0))], ended: false };
          }
          const end =
            rows.find((row) => row.kind === 'END' && (row.step === '' || place.step !== undefined)) ??
            (mayHaveEnded && rows.length === 0 ? await endBefore(place, seq) : undefined);
          mayHaveEnded = false;
          const items = [...first, ...itemsOf(rows, { runKey, cursorAt, itemBytes: Math.min(bytes, mostItemBytes) })];
          first = [];
          // Steps that write later move the head too: without a row of ours left, everything up to there has been seen.
          seq = rows.at(-1)?.lastSeq ?? head;
          if (end) items.push({ kind: 'StreamEnd', cursor: cursorAt(seq), reason: end.reason === 'DELETED' ? 'DELETED' : 'COMPLETED' });
          if (end || items.length > 0 || rows.length === 0) return { items, ended: end !== undefined };
        }
        return { items: [], ended: false };
      }
      return pullStream({ signal, pull, wait: (left) => watch.beyond(seq, left), close: () => watch.close() });
    },

    /** A page of lines, from either end; positions as in the stream. */
    async page(place: LogPlace, { after, before, limit, fromEnd }: LogPageQuery): Promise<LogPage> {
      await requireVisible(place);
      const { seq: from, head, reset, cursorAt } = await startAt(place, after);
      const to = before === undefined ? undefined : await startAt(place, before);
      const until = to === undefined || to.reset ? head + 1 : to.seq;
      const found: LogPageLine[] = [];
      const missing: LogEntryRow[] = [];
      let bytes = 0;
      let next: LogPageLine | undefined;
      for await (const row of readBetween(place, from, until, fromEnd)) {
        const inRange = linesAt(row).filter(({ seq }) => seq > from && seq < until);
        for (const line of fromEnd ? inRange.toReversed() : inRange) {
          if (found.length === limit || (found.length > 0 && bytes + line.text.length > pageBytes)) next = line;
          if (next) break;
          found.push(line);
          bytes += line.text.length;
        }
        if (next) break;
        if (row.kind === 'GAP') missing.push(row);
      }
      const lines = fromEnd ? found.toReversed() : found;
      // What lies before the first line of a page from the end is shown by the page before it.
      const first = fromEnd && next ? (lines[0]?.seq ?? until) : from;
      const gaps = (fromEnd ? missing.toReversed() : missing)
        .filter(({ lastSeq }) => lastSeq > first)
        .map((row) => gapOf(row, cursorAt(row.lastSeq)));
      return {
        lines,
        gaps: reset || to?.reset ? [gapByReset(cursorAt(0)), ...gaps] : gaps,
        more: next !== undefined,
        endCursor: cursorAt(Math.max(from, fromEnd || next === undefined ? until - 1 : next.seq - 1)),
        cursorAt,
      };
    },
  };
}
export type LogFeed = ReturnType<typeof createLogFeed>;

const streamOf = ({ source, ordinal }: LogPlace) => logStreamOf(source, ordinal);
const cursorsOf = (place: LogPlace, generation: string) => (seq: number) =>
  encodeCursor('LOG', [{ stream: streamOf(place), generation, seq }]);

/** Entries of a run, or of one of its steps. */
const ofRunOrStep = ({ step, ...place }: LogPlace) =>
  and(eq(logEntries.stream, streamOf(place)), step === undefined ? undefined : eq(logEntries.step, step));

/** The end of the whole run, which has no step and is for all, comes along. */
const ofPlace = ({ step, ...place }: LogPlace) =>
  and(eq(logEntries.stream, streamOf(place)), step === undefined ? undefined : inArray(logEntries.step, [step, '']));

/** These rows from behind a position on, and not more than so many bytes of them, but one line at least. */
function* within(rows: readonly LogEntryRow[], after: number, bytes: number): Iterable<LogEntryRow> {
  let left = bytes;
  for (const row of rows) {
    if (row.kind !== 'LINES' || row.body === null) yield row;
    else {
      const part = partOf(row, row.body, after, left);
      yield part;
      if (part.lastSeq < row.lastSeq) return;
      left -= part.body?.length ?? 0;
      if (left <= 0) return;
    }
  }
}

/** The whole lines of a row behind a position that fit; cut out of the bytes, as a text that is cut out of a longer one keeps that alive. */
function partOf(row: LogEntryRow, body: Buffer, after: number, bytes: number): LogEntryRow {
  let start = 0;
  let firstSeq = row.firstSeq;
  for (; firstSeq <= after; firstSeq += 1) start = body.indexOf(newline, start) + 1;
  let end = start;
  let lastSeq = firstSeq - 1;
  while (lastSeq < row.lastSeq) {
    const next = body.indexOf(newline, end) + 1;
    if (next - start > bytes && lastSeq >= firstSeq) break;
    end = next;
    lastSeq += 1;
  }
  return { ...row, firstSeq, lastSeq, firstLine: row.firstLine + firstSeq - row.firstSeq, body: body.subarray(start, end) };
}
const newline = 10;

/** Rows as a subscriber gets them: lines of one step in a row together, gaps in their places. */
function itemsOf(rows: readonly LogEntryRow[], { runKey, cursorAt, itemBytes }: ItemOptions): LogStreamItem[] {
  const items: LogStreamItem[] = [];
  let open: { step: string; bytes: number; lines: LogLine[] } | undefined;
  for (const row of rows) {
    const bytes = row.body?.length ?? 0;
    if (row.kind !== 'LINES') open = undefined;
    if (row.kind === 'GAP') items.push(gapOf(row, cursorAt(row.lastSeq)));
    if (row.kind !== 'LINES') continue;
    const lines = linesOf(row);
    const cursor = cursorAt(row.lastSeq);
    if (open?.step === row.step && open.bytes + bytes <= itemBytes) {
      open = { step: row.step, bytes: open.bytes + bytes, lines: [...open.lines, ...lines] };
      items[items.length - 1] = { kind: 'LogLines', cursor, runKey, step: row.step, lines: open.lines };
    } else {
      open = { step: row.step, bytes, lines };
      items.push({ kind: 'LogLines', cursor, runKey, step: row.step, lines });
    }
  }
  return items;
}

interface ItemOptions {
  readonly runKey: string;
  readonly cursorAt: (seq: number) => string;
  readonly itemBytes: number;
}

const linesAt = (row: LogEntryRow): LogPageLine[] =>
  row.kind === 'LINES' ? linesOf(row).map((line, index) => ({ ...line, seq: row.firstSeq + index, step: row.step })) : [];

const gapOf = ({ reason, fromTime, toTime, missingLines }: LogEntryRow, cursor: string): StreamGap => {
  return { kind: 'StreamGap', cursor, reason: reason as StreamGap['reason'], fromTime, toTime, missingLines }; // written by the log copier alone
};
