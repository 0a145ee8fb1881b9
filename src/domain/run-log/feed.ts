import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { logEntries, logSteps, runs, sources } from '../../db/tables.ts';
import { decodeCursor, encodeCursor, InvalidCursorError, sameGeneration } from '../../live/cursor.ts';
import type { Hub } from '../../live/hub.ts';
import { pullStream, type Page } from '../../live/pull.ts';
import type { LogEntryRow } from '../../live/stream.ts';
import { keyOf } from '../../key.ts';
import { runIdOf } from '../run/run-id.ts';
import { gapByReset, type StreamEnd, type StreamGap } from '../run/feed.ts';
import { linesOf, type LogLine } from './lines.ts';

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

/** A page of at most 256 kB of text, however small or large the rows are. */
const pageBytes = 262_144;
const pageRows = 256;
const mergedBytes = 65_536;

/** Reads the log streams of runs, as subscriptions and as pages. */
export function createLogFeed(db: Database, hub: Hub) {
  async function head({ source, ordinal }: LogPlace): Promise<{ stream: string; generation: string; seq: number }> {
    const [row] = await db
      .select({ generation: sources.generation, seq: runs.logHead })
      .from(runs)
      .innerJoin(sources, eq(sources.name, runs.source))
      .where(and(eq(runs.source, source), eq(runs.ordinal, ordinal)));
    return { stream: `${source}:${ordinal}`, generation: row?.generation ?? '', seq: row?.seq ?? 0 };
  }

  /** Throws `InvalidCursorError` for the log of another run. */
  async function startAt(place: LogPlace, after: string | undefined) {
    const current = await head(place);
    const [asked] = after === undefined ? [] : decodeCursor('LOG', after);
    if (asked !== undefined && asked.stream !== current.stream) throw new InvalidCursorError('a cursor of the log of another run');
    const reset = asked !== undefined && (!sameGeneration(asked, current.generation) || asked.seq > current.seq);
    return { ...current, head: current.seq, seq: reset ? 0 : (asked?.seq ?? 0), reset };
  }

  const ofPlace = ({ source, ordinal, step }: LogPlace) =>
    and(
      eq(logEntries.source, source),
      eq(logEntries.ordinal, ordinal),
      step === undefined ? undefined : sql`${logEntries.step} in (${step}, '')`, // the end of the whole run has no step
    );

  function readAfter(place: LogPlace, after: number): Promise<LogEntryRow[]> {
    const some = db.select().from(logEntries).where(and(ofPlace(place), gt(logEntries.lastSeq, after))).orderBy(asc(logEntries.lastSeq)).limit(pageRows).as('some');
    const before = sql<number>`sum(octet_length(coalesce(${some.body}, ''))) over (order by ${some.lastSeq} rows between unbounded preceding and 1 preceding)`;
    const sized = db.select({ entry: some.lastSeq, before: before.as('before') }).from(some).as('sized');
    return db
      .select({ ...entryColumns })
      .from(logEntries)
      .innerJoin(sized, eq(sized.entry, logEntries.lastSeq))
      .where(and(ofPlace(place), sql`coalesce(${sized.before}, 0) < ${pageBytes}`))
      .orderBy(asc(logEntries.lastSeq));
  }

  /** What of a row lies after a position. */
  function linesAfter(row: LogEntryRow, after: number): LogLine[] {
    return linesOf(row).slice(Math.max(0, after - row.firstSeq + 1));
  }

  return {
    /** The log of this step is here to its last line. */
    async stepEnded(source: string, ordinal: number, step: string): Promise<boolean> {
      const [row] = await db
        .select({ endedAt: logSteps.endedAt })
        .from(logSteps)
        .where(and(eq(logSteps.source, source), eq(logSteps.ordinal, ordinal), eq(logSteps.step, step)));
      return row?.endedAt != null;
    },

    async follow(place: LogPlace, { after, signal }: { after?: string | undefined; signal: AbortSignal }): Promise<AsyncIterableIterator<LogStreamItem>> {
      const start = await startAt(place, after);
      let { seq } = start;
      const watch = hub.watch(place);
      const cursorAt = (position: number) => encodeCursor('LOG', [{ stream: start.stream, generation: start.generation, seq: position }]);
      let first: LogStreamItem[] = start.reset ? [gapByReset(cursorAt(0))] : [];

      async function pull(): Promise<Page<LogStreamItem>> {
        const current = await head(place);
        const rows = await readAfter(place, seq);
        const items = [...first, ...itemsOf(rows, seq, keyOf(place.source, runIdOf(place.ordinal)), cursorAt)];
        first = [];
        const last = rows.at(-1);
        // Other steps' lines lie in between: once nothing of ours is left below the head, that is where we are.
        seq = last?.lastSeq ?? Math.max(seq, current.seq);
        const ended = last?.kind === 'END' && (place.step !== undefined || last.step === '') && (await readAfter(place, seq)).length === 0;
        if (ended) items.push({ kind: 'StreamEnd', cursor: cursorAt(seq), reason: last.reason === 'DELETED' ? 'DELETED' : 'COMPLETED' });
        return { items, ended };
      }

      async function pullSomething(left: AbortSignal): Promise<Page<LogStreamItem>> {
        for (;;) {
          const before = seq;
          const page = await pull();
          // Rows that hold nothing to show, such as the end of a step in the log of a run, are no reason to wait.
          if (page.items.length > 0 || page.ended || seq === before || left.aborted) return page;
        }
      }
      return pullStream({ signal, pull: pullSomething, wait: (left) => watch.beyond(seq, left), close: () => watch.close() });
    },

    /** A page of lines, from either end; positions as in the stream. */
    async page(place: LogPlace, { after, before, limit, fromEnd }: { after?: string | undefined; before?: string | undefined; limit: number; fromEnd: boolean }) {
      const start = await startAt(place, after);
      const until = before === undefined ? start.head + 1 : (await startAt(place, before)).seq;
      const cursorAt = (position: number) => encodeCursor('LOG', [{ stream: start.stream, generation: start.generation, seq: position }]);
      const lines: LogPageLine[] = [];
      const gaps: StreamGap[] = start.reset ? [gapByReset(cursorAt(0))] : [];
      let edge = fromEnd ? until : start.seq; // everything up to here has been looked at
      let more = true;
      while (lines.length < limit && more) {
        const rows = fromEnd ? await readBefore(place, edge, start.seq) : await readAfter(place, edge);
        more = rows.length > 0;
        for (const row of rows) {
          if (!fromEnd && row.firstSeq >= until) more = false;
          if (!more) break;
          const found = pageLines(row).filter(({ seq }) => seq > start.seq && seq < until && (fromEnd ? seq < edge : seq > edge));
          if (row.kind === 'GAP') gaps.push(gapOf(row, cursorAt(row.lastSeq)));
          const room = limit - lines.length;
          const taken = fromEnd ? found.slice(-room) : found.slice(0, room);
          if (fromEnd) lines.unshift(...taken);
          else lines.push(...taken);
          edge = taken.length < found.length ? (fromEnd ? taken[0] : taken.at(-1))?.seq ?? edge : fromEnd ? row.firstSeq : row.lastSeq;
          if (lines.length >= limit) break;
        }
      }
      const rest = fromEnd ? await readBefore(place, edge, start.seq) : await readAfter(place, edge);
      const restLines = rest.some((row) => row.kind === 'LINES' && (fromEnd ? row.firstSeq < edge && row.lastSeq > start.seq : row.firstSeq < until));
      return { lines, gaps, edge: cursorAt(fromEnd ? until - 1 : edge), more: restLines, cursorAt };
    },
  };

  function readBefore(place: LogPlace, before: number, after: number): Promise<LogEntryRow[]> {
    return db
      .select()
      .from(logEntries)
      .where(and(ofPlace(place), lt(logEntries.firstSeq, before), gt(logEntries.lastSeq, after)))
      .orderBy(desc(logEntries.lastSeq))
      .limit(8);
  }

  function itemsOf(rows: readonly LogEntryRow[], after: number, runKey: string, cursorAt: (seq: number) => string): LogStreamItem[] {
    const items: LogStreamItem[] = [];
    let merging: { step: string; bytes: number; lines: LogLine[]; lastSeq: number } | undefined;
    const flush = () => {
      if (merging) items.push({ kind: 'LogLines', cursor: cursorAt(merging.lastSeq), runKey, step: merging.step, lines: merging.lines });
      merging = undefined;
    };
    for (const row of rows) {
      if (row.kind === 'LINES') {
        const bytes = row.body?.length ?? 0;
        if (merging && (merging.step !== row.step || merging.bytes + bytes > mergedBytes)) flush();
        merging ??= { step: row.step, bytes: 0, lines: [], lastSeq: 0 };
        merging.lines.push(...linesAfter(row, after));
        merging.bytes += bytes;
        merging.lastSeq = row.lastSeq;
      } else if (row.kind === 'GAP') {
        flush();
        items.push(gapOf(row, cursorAt(row.lastSeq)));
      }
    }
    flush();
    return items;
  }
}
export type LogFeed = ReturnType<typeof createLogFeed>;

const gapOf = ({ reason, fromTime, toTime, missingLines }: LogEntryRow, cursor: string): StreamGap => {
  return { kind: 'StreamGap', cursor, reason: reason as StreamGap['reason'], fromTime, toTime, missingLines }; // written by the log copier alone
};

const pageLines = (row: LogEntryRow): LogPageLine[] =>
  row.kind === 'LINES' ? linesOf(row).map((line, index) => ({ ...line, seq: row.firstSeq + index, step: row.step })) : [];

const entryColumns = {
  source: logEntries.source,
  ordinal: logEntries.ordinal,
  firstSeq: logEntries.firstSeq,
  lastSeq: logEntries.lastSeq,
  kind: logEntries.kind,
  step: logEntries.step,
  firstLine: logEntries.firstLine,
  body: logEntries.body,
  cutLines: logEntries.cutLines,
  reason: logEntries.reason,
  fromTime: logEntries.fromTime,
  toTime: logEntries.toTime,
  missingLines: logEntries.missingLines,
};
