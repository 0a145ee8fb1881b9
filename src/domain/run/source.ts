import { and, asc, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { runs, sources } from '../../db/tables.ts';
import { keyOf, splitKey } from '../../key.ts';
import { poke } from '../../live/stream.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import { OutageError, outageOf } from '../problem.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { detailFromWire, unpackDetail, type RunDetail } from './detail.ts';
import { listCondition, type RunFilter } from './filter.ts';
import { databaseTime, storeDetail, storeRuns } from './mirror/store.ts';
import { keyOfRun, type Run } from './model.ts';
import { ordinalOf } from './run-id.ts';

/** Place of a run in the lists: newest first. */
export interface RunPlace {
  readonly sortAt: Date;
  readonly source: string;
  readonly ordinal: number;
}

export interface RunPageQuery {
  readonly after?: RunPlace | undefined;
  readonly before?: RunPlace | undefined;
  readonly limit: number;
  /** Oldest first: how a page from the end is read. */
  readonly inverted: boolean;
}

/** All that the schema may ask about runs. Made per operation, for one viewer. */
export interface RunSource {
  page(filter: RunFilter, at: RunPageQuery): Promise<Run[]>;
  total(filter: RunFilter): Promise<number>;
  /** The catalog holds every run of these sources. */
  complete(names: readonly string[]): Promise<boolean>;
  /** In any order, without those that are not there or not this viewer's. Deleted ones included: their ids still say what they were. */
  byKeys(keys: readonly string[]): Promise<Run[]>;
  /** One run; where the catalog does not know it yet, it is read upstream. */
  find(key: string): Promise<Run | undefined>;
  /** Details that the catalog has, by key. */
  details(keys: readonly string[]): Promise<Map<string, RunDetail>>;
  /** The detail of one run, read upstream and kept when the catalog has none. Null: gone, or unreadable upstream. */
  detail(run: Run): Promise<RunDetail | null>;
  /** Somebody reads this log: where it is not complete, the leader looks for what is missing. */
  wantLog(source: string, ordinal: number): Promise<void>;
  /** The run as the upstream has it now: read, kept, and told to the leader. */
  refresh(source: SourceHandle, runId: string): Promise<Run | undefined>;
}

const { detail: _detail, announced: _announced, misses: _misses, unreadableUntil: _unreadable, finalSince: _finalSince, ...listed } = getTableColumns(runs);
/** A settled run changes no more, but for what only a slow walk would notice. */
const freshEnoughMs = 600_000;

export function createRunSource(db: Database, handles: SourceHandles, { owner }: Viewer, signal?: AbortSignal): RunSource {
  const { sortAt, source, ordinal } = runs;
  const here = sql`(${sortAt}, ${source}, ${ordinal})`; // one row comparison, one index
  const at = (place: RunPlace) => sql`(${place.sortAt.toISOString()}::timestamptz, ${place.source}::text, ${place.ordinal}::bigint)`;

  const byKeys: RunSource['byKeys'] = async (keys) => {
    const wanted = keys.map(splitKey).map((key) => sql`(${key.source}, ${key.id})`);
    if (wanted.length === 0) return [];
    const mine = owner === undefined ? undefined : eq(runs.owner, owner);
    return db
      .select(listed)
      .from(runs)
      .where(and(sql`(${source}, ${runs.runId}) in (${sql.join(wanted, sql`, `)})`, mine));
  };

  const refresh: RunSource['refresh'] = async (handle, runId) => {
    const observedAt = await databaseTime(db);
    try {
      const wire = await handle.reader.getRun(runId, signal);
      const number = ordinalOf(wire.runID);
      if (number === undefined) return undefined;
      await storeRuns(db, [wire], { source: handle.name, readTime: handle.readTime, settleMs: handle.settleMs, observedAt });
      const detail = detailFromWire(wire, (text) => handle.readTime(text)?.toISOString() ?? null);
      await storeDetail(db, handle.name, number, detail, observedAt);
      await poke(db, handle.name, number); // only the leader makes events of it
    } catch (error) {
      if (!(error instanceof UpstreamError) || (error.code !== 'RunNotFound' && error.status !== 500)) throw outageOf(error);
      if (error.code === '') return undefined; // stored, but it no longer decodes
      if (error.code !== 'RunNotFound') throw outageOf(error);
      const gone = ordinalOf(runId);
      if (gone !== undefined) await poke(db, handle.name, gone);
    }
    return (await byKeys([keyOf(handle.name, runId)]))[0];
  };

  return {
    byKeys,
    refresh,
    page: (filter, { after, before, limit, inverted }) => {
      const slice = and(listCondition(filter, owner), after && sql`${here} < ${at(after)}`, before && sql`${here} > ${at(before)}`);
      return db
        .select(listed)
        .from(runs)
        .where(slice)
        .orderBy(...[sortAt, source, ordinal].map(inverted ? asc : desc))
        .limit(limit);
    },
    total: (filter) => db.$count(runs, listCondition(filter, owner)), // asked only when `totalCount` is selected
    async complete(names) {
      const rows = await db.select({ phase: sources.phase }).from(sources).where(inArray(sources.name, [...names]));
      return rows.length === names.length && rows.every(({ phase }) => phase === 'COMPLETE');
    },
    async find(key) {
      const [known] = await byKeys([key]);
      const { source: name, id } = splitKey(key);
      const handle = handles.get(name);
      if (handle === undefined || ordinalOf(id) === undefined) return undefined;
      if (known === undefined) return refresh(handle, id);
      const stale = known.settledAt !== null && known.deletedUpstream === null && Date.now() - known.observedAt.getTime() > freshEnoughMs;
      if (!stale) return known;
      return refresh(handle, id).catch((error: unknown) => {
        if (error instanceof OutageError) return known; // what we have is better than nothing, and says how old it is
        throw error;
      });
    },
    async details(keys) {
      const wanted = keys.map(splitKey).map((key) => sql`(${key.source}, ${key.id})`);
      if (wanted.length === 0) return new Map();
      const rows = await db
        .select({ source, runId: runs.runId, detail: runs.detail })
        .from(runs)
        .where(sql`(${source}, ${runs.runId}) in (${sql.join(wanted, sql`, `)})`);
      return new Map(rows.flatMap((row) => (row.detail === null ? [] : [[keyOfRun(row), unpackDetail(row.detail)] as const])));
    },
    async wantLog(name, number) {
      const [row] = await db
        .select({ logState: runs.logState, unwatched: sql<boolean>`${runs.finalSince} is not null` })
        .from(runs)
        .where(and(eq(source, name), eq(ordinal, number)));
      if (row?.logState === 'PENDING' && row.unwatched) await poke(db, name, number);
    },
    async detail(run) {
      const key = keyOfRun(run);
      const known = (await this.details([key])).get(key);
      const handle = handles.get(run.source);
      if (known !== undefined || handle === undefined || run.deletedUpstream !== null) return known ?? null;
      await refresh(handle, run.runId);
      return (await this.details([key])).get(key) ?? null;
    },
  };
}
