import { and, desc, eq, inArray, lt, lte, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { events, executions, sources, streams } from '../db/tables.ts';
import { decodeCursor, encodeCursor, sameGeneration, type Position } from '../live/cursor.ts';
import type { Hub } from '../live/hub.ts';
import { gapByReset, type StreamEnd, type StreamGap } from '../live/item.ts';
import { pullStream, type Page } from '../live/pull.ts';
import { eventStream } from '../live/stream-key.ts';
import { readEvents, type EventRow } from '../live/stream.ts';
import { isAnyOf, visibleTo, type Seeing } from './filter.ts';
import type { ExecutionState } from './state.ts';

/** Which pieces of work the events of one page are about. */
export interface EventPage {
  readonly source: string;
  readonly ordinals: readonly number[];
}
/** The event as it happened; the work as it is now is looked up by its number. */
export interface Change {
  readonly kind: 'Change';
  readonly cursor: string;
  readonly event: EventRow;
  /** What was read with it: who wants the work of one event will want that of the others. */
  readonly page: EventPage;
}
export type ChangeItem = Change | StreamGap | StreamEnd;

export interface ChangesOptions {
  /** Streams to follow. */
  readonly sources: readonly string[];
  /** One piece of work only: the stream then ends with it. */
  readonly ordinal?: number | undefined;
  /** Events of which work; a condition on `execution`. */
  readonly which?: SQL | undefined;
  /** Events that tell of one of these states. */
  readonly states?: readonly ExecutionState[] | undefined;
  /** Undefined: from the beginning of the one, or for several from now on. */
  readonly after?: string | undefined;
  readonly signal: AbortSignal;
  /** Called with each page before its first item is told. */
  readonly onPage?: ((page: EventPage) => void) | undefined;
}

export interface HistoryQuery {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
  readonly fromEnd: boolean;
}

const mostEvents = 256;
const together = 16;
/** As much as an event is thought to take, with the work that may be looked up for it. */
const eventBytes = 1_024;

/**
 * Follows the event streams of sources: first what has happened after the cursor, then what happens, without a seam. Events of what this viewer may not
 * see are left out. `heldBytes`: what a subscriber may hold at a time.
 */
export function createExecutionFeed(db: Database, hub: Hub, viewer: Seeing, heldBytes: () => number) {
  const visible = visibleTo(viewer);

  async function heads(names: readonly string[]): Promise<Head[]> {
    const read = async () => {
      const rows = await db
        .select({ source: sources.name, generation: sources.generation, seq: streams.head })
        .from(sources)
        .leftJoin(streams, eq(streams.key, sql`'events:' || ${sources.name}`))
        .where(inArray(sources.name, [...names]));
      return rows.map(({ source, generation, seq }) => ({ source, stream: eventStream(source), generation, seq: seq ?? 0 }));
    };
    const found = await read();
    if (found.length === names.length) return found;
    // A source that nobody has led yet: its stream begins now, and is followed from its first event.
    await db
      .insert(sources)
      .values(names.map((name) => ({ name })))
      .onConflictDoNothing();
    return read();
  }

  /** How the story of a piece of work had ended by this place in the stream, if it had. */
  async function endAt(source: string, ordinal: number, seq: number): Promise<StreamEnd['reason'] | undefined> {
    const soFar = and(eq(events.source, source), eq(events.ordinal, ordinal), lte(events.seq, seq));
    const [last] = await db.select({ kind: events.kind }).from(events).where(soFar).orderBy(desc(events.seq)).limit(1);
    return last?.kind === 'SETTLED' ? 'COMPLETED' : last?.kind === 'DELETED' ? 'DELETED' : undefined;
  }

  return {
    async changes({
      sources: names,
      ordinal,
      which,
      states,
      after,
      signal,
      onPage,
    }: ChangesOptions): Promise<AsyncIterableIterator<ChangeItem>> {
      const start = startAt(await heads(names), after, ordinal === undefined ? 'NOW' : 'BEGINNING');
      let { positions } = start;
      const watches = [...positions.keys()].map((source) => ({ source, watch: hub.watch(eventStream(source)) }));
      const ofOne = ordinal === undefined ? undefined : eq(events.ordinal, ordinal);
      const condition = and(isEventOf(and(which, visible)), states && isAnyOf(events.state, states), ofOne);
      let first: ChangeItem[] = start.reset ? [gapByReset(cursorAt(positions))] : [];

      /** Moves the positions along. True: there may be more at once. */
      async function pullSource(source: string, moving: Map<string, Position>, items: ChangeItem[]): Promise<boolean> {
        const position = moving.get(source);
        const [head] = await heads([source]); // before the events: whatever it counts is there to be read
        if (position === undefined || head === undefined) return false;
        // The database has gone back behind what it had told, to an older copy of itself: what comes now has numbers that were given before.
        if (head.generation !== position.generation || head.seq < position.seq) {
          moving.set(source, { ...head, seq: 0 });
          items.push(gapByReset(cursorAt(moving)));
          return true;
        }
        const pageLimit = Math.max(1, Math.min(mostEvents, Math.floor(heldBytes() / eventBytes)));
        const rows = await readEvents(db, source, position.seq, { where: condition, limit: pageLimit });
        const page = { source, ordinals: [...new Set(rows.map(({ ordinal: number }) => number))] };
        if (rows.length > 0) onPage?.(page);
        for (const event of rows) {
          moving.set(source, { ...position, seq: event.seq });
          items.push({ kind: 'Change', cursor: cursorAt(moving), event, page });
        }
        if (rows.length === pageLimit) return true;
        moving.set(source, { ...position, seq: Math.max(head.seq, rows.at(-1)?.seq ?? 0) });
        return false;
      }

      async function pull(): Promise<Page<ChangeItem>> {
        const items = [...first];
        const moving = new Map(positions);
        let more = false;
        for (const { source } of watches) more = (await pullSource(source, moving, items)) || more;
        const [only] = watches;
        const reason =
          ordinal === undefined || only === undefined || more
            ? undefined
            : await endAt(only.source, ordinal, moving.get(only.source)?.seq ?? 0);
        if (reason !== undefined) items.push({ kind: 'StreamEnd', cursor: cursorAt(moving), reason });
        first = [];
        positions = moving;
        return { items, ended: reason !== undefined };
      }

      return pullStream<ChangeItem>({
        signal,
        pull,
        together,
        wait: async (left) => {
          const waiting = new AbortController();
          const until = AbortSignal.any([left, waiting.signal]);
          await Promise.race(watches.map(({ source, watch }) => watch.beyond(positions.get(source)?.seq ?? 0, until)));
          waiting.abort(); // the others stop listening too
        },
        close: () => watches.forEach(({ watch }) => watch.close()),
      });
    },

    /** The same items as a page, for clients without a socket, in the order of the stream; one more than the limit when there are more. */
    async history(source: string, ordinal: number, { after, before, limit, fromEnd }: HistoryQuery) {
      const current = await heads([source]);
      const from = startAt(current, after, 'BEGINNING');
      const to = startAt(current, before, 'NOW');
      const position = from.positions.get(source);
      if (position === undefined) return { reset: false, items: [] };
      const until = before === undefined || to.reset ? undefined : lt(events.seq, to.positions.get(source)?.seq ?? 0);
      const ofOne = and(eq(events.ordinal, ordinal), until, isEventOf(visible));
      const rows = await readEvents(db, source, position.seq, { where: ofOne, limit: limit + 1, backwards: fromEnd });
      const items = rows.map((event) => ({ event, cursor: encodeCursor('EVENTS', [{ ...position, seq: event.seq }]) }));
      return { reset: from.reset || to.reset, items };
    },
  };
}
export type ExecutionFeed = ReturnType<typeof createExecutionFeed>;

/** Of the event stream of a source. */
interface Head extends Position {
  readonly source: string;
}

/** Throws `InvalidCursorError`. A position that this database cannot have given out is a reset: the stream is told from its start. */
function startAt(
  current: readonly Head[],
  after: string | undefined,
  otherwise: 'BEGINNING' | 'NOW',
): { positions: Map<string, Position>; reset: boolean } {
  const given =
    after === undefined ? undefined : new Map(decodeCursor('EVENTS', after, eventStream).map((position) => [position.stream, position]));
  let reset = false;
  const positions = current.map((head): [string, Position] => {
    // A source that was added to the configuration after the cursor was made is told whole.
    const asked = given?.get(head.stream);
    const valid = asked === undefined || (sameGeneration(asked, head.generation) && asked.seq <= head.seq);
    reset ||= !valid;
    const seq = given === undefined && otherwise === 'NOW' ? head.seq : valid ? (asked?.seq ?? 0) : 0;
    return [head.source, { ...head, seq }];
  });
  return { positions: new Map(positions), reset };
}

const cursorAt = (positions: ReadonlyMap<string, Position>) => encodeCursor('EVENTS', [...positions.values()]);

/** A condition on `execution` as one on `event`. */
function isEventOf(which: SQL | undefined): SQL | undefined {
  const same = and(eq(executions.source, events.source), eq(executions.ordinal, events.ordinal), which);
  return which && sql`exists (select 1 from ${executions} where ${same})`;
}
