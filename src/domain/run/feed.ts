import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { events, runs, sources } from '../../db/tables.ts';
import { decodeCursor, encodeCursor, sameGeneration, type Position } from '../../live/cursor.ts';
import type { Hub } from '../../live/hub.ts';
import { pullStream } from '../../live/pull.ts';
import { readEvents, type EventRow } from '../../live/stream.ts';
import { keyOf } from '../../key.ts';
import { identityCondition, type RunFilter } from './filter.ts';
import { runIdOf } from './run-id.ts';

/** The event as it happened; the run as it is now is looked up by its key. */
export interface RunChange {
  readonly kind: 'RunChange';
  readonly cursor: string;
  readonly event: EventRow;
  readonly runKey: string;
}
export interface StreamGap {
  readonly kind: 'StreamGap';
  readonly cursor: string;
  readonly reason: 'RETENTION' | 'CEILING' | 'RESET' | 'UNREADABLE';
  readonly fromTime: Date | null;
  readonly toTime: Date | null;
  readonly missingLines: number | null;
}
export interface StreamEnd {
  readonly kind: 'StreamEnd';
  readonly cursor: string;
  readonly reason: 'COMPLETED' | 'DELETED';
}
export type RunStreamItem = RunChange | StreamGap | StreamEnd;

export const gapByReset = (cursor: string): StreamGap => ({ kind: 'StreamGap', cursor, reason: 'RESET', fromTime: null, toTime: null, missingLines: null });

export interface ChangesOptions {
  /** Streams to follow. */
  readonly sources: readonly string[];
  /** One run only: the stream then ends with it. */
  readonly ordinal?: number | undefined;
  /** Which events; a condition on `event`. */
  readonly where?: SQL | undefined;
  /** Undefined: from the beginning of the run, or for several runs from now on. */
  readonly after?: string | undefined;
  readonly signal: AbortSignal;
}

const pageLimit = 100;

/** Follows the event streams of sources: first what has happened after the cursor, then what happens, without a seam. */
export function createRunFeed(db: Database, hub: Hub) {
  async function heads(names: readonly string[]): Promise<Position[]> {
    const rows = await db.select({ name: sources.name, generation: sources.generation, head: sources.eventHead }).from(sources);
    return rows.filter(({ name }) => names.includes(name)).map(({ name, generation, head }) => ({ stream: name, generation, seq: head }));
  }

  /** Throws `InvalidCursorError`. A position that this database cannot have given out is a reset: the stream is told from its start. */
  function startAt(current: readonly Position[], { after, ordinal }: ChangesOptions): { positions: Map<string, Position>; reset: boolean } {
    if (after === undefined) {
      const fromStart = ordinal !== undefined;
      return { positions: new Map(current.map((position) => [position.stream, { ...position, seq: fromStart ? 0 : position.seq }])), reset: false };
    }
    const given = new Map(decodeCursor('EVENTS', after).map((position) => [position.stream, position]));
    let reset = false;
    const positions = new Map(
      current.map((head) => {
        const asked = given.get(head.stream);
        const valid = asked === undefined || (sameGeneration(asked, head.generation) && asked.seq <= head.seq);
        reset ||= !valid;
        return [head.stream, { ...head, seq: valid ? (asked?.seq ?? 0) : 0 }];
      }),
    );
    return { positions, reset };
  }

  const cursorAt = (positions: ReadonlyMap<string, Position>) => encodeCursor('EVENTS', [...positions.values()]);

  /** How the story of a run ended, if it has. */
  async function endOf(source: string, ordinal: number): Promise<StreamEnd['reason'] | undefined> {
    const ofRun = and(eq(events.source, source), eq(events.ordinal, ordinal));
    const [last] = await db.select({ kind: events.kind }).from(events).where(ofRun).orderBy(desc(events.seq)).limit(1);
    return last?.kind === 'SETTLED' ? 'COMPLETED' : last?.kind === 'DELETED' ? 'DELETED' : undefined;
  }

  return {
    /** The position of now, to follow from later. */
    cursor: async (names: readonly string[]) => cursorAt(new Map((await heads(names)).map((position) => [position.stream, position]))),
    heads,
    startAt,

    async changes(options: ChangesOptions): Promise<AsyncIterableIterator<RunStreamItem>> {
      const { ordinal, where, signal } = options;
      const { positions, reset } = startAt(await heads(options.sources), options);
      const watches = [...positions.keys()].map((source) => ({ source, watch: hub.watch({ source }) }));
      const condition = and(where, ordinal === undefined ? undefined : eq(events.ordinal, ordinal));
      let first: RunStreamItem[] = reset ? [gapByReset(cursorAt(positions))] : [];

      async function pullSource(source: string): Promise<RunStreamItem[]> {
        const position = positions.get(source);
        const [head] = await heads([source]); // before the events: whatever it counts is there to be read
        if (position === undefined || head === undefined) return [];
        const rows = await readEvents(db, source, position.seq, { where: condition, limit: pageLimit });
        const items = rows.map((event): RunChange => {
          positions.set(source, { ...position, seq: event.seq });
          return { kind: 'RunChange', cursor: cursorAt(positions), event, runKey: keyOf(source, runIdOf(event.ordinal)) };
        });
        if (rows.length < pageLimit) positions.set(source, { ...position, seq: Math.max(head.seq, rows.at(-1)?.seq ?? 0, position.seq) });
        return items;
      }

      return pullStream<RunStreamItem>({
        signal,
        pull: async () => {
          const items: RunStreamItem[] = first;
          first = [];
          for (const { source } of watches) items.push(...(await pullSource(source)));
          const [only] = watches;
          if (ordinal === undefined || only === undefined || items.length >= pageLimit) return { items, ended: false };
          const reason = await endOf(only.source, ordinal);
          if (reason !== undefined) items.push({ kind: 'StreamEnd', cursor: cursorAt(positions), reason });
          return { items, ended: reason !== undefined };
        },
        wait: async (left) => {
          const waiting = new AbortController();
          const until = AbortSignal.any([left, waiting.signal]);
          await Promise.race(watches.map(({ source, watch }) => watch.beyond(positions.get(source)?.seq ?? 0, until)));
          waiting.abort(); // the others stop listening too
        },
        close: () => watches.forEach(({ watch }) => watch.close()),
      });
    },

    /** The same items as a page, for clients without a socket. */
    async history(source: string, ordinal: number, { after, limit }: { after?: string | undefined; limit: number }) {
      const current = await heads([source]);
      const { positions, reset } = startAt(current, { sources: [source], ordinal, after, signal: AbortSignal.timeout(0) });
      const position = positions.get(source);
      if (position === undefined) return { reset, items: [], more: false };
      const rows = await readEvents(db, source, position.seq, { where: eq(events.ordinal, ordinal), limit: limit + 1 });
      const items = rows.slice(0, limit).map((event) => ({ event, cursor: encodeCursor('EVENTS', [{ ...position, seq: event.seq }]) }));
      return { reset, items, more: rows.length > limit };
    },
  };
}
export type RunFeed = ReturnType<typeof createRunFeed>;

/** Events that a filter lets through: by what their run is, and by the state they tell of. */
export function eventConditionOf(filter: RunFilter, owner: string | undefined): SQL | undefined {
  const { sources: _streams, states, ...identity } = filter;
  const condition = identityCondition(identity, owner);
  const ofRun = sql`exists (select 1 from ${runs} where ${runs.source} = ${events.source} and ${runs.ordinal} = ${events.ordinal} and ${condition})`;
  return and(condition && ofRun, states && inArray(events.state, [...states]));
}
