import { and, asc, or, sql } from 'drizzle-orm';
import { accountOn, type Viewer } from '../../../auth/viewer.ts';
import { againIfEmpty } from '../../../core/again.ts';
import type { Database } from '../../../db/database.ts';
import { createReader, readRows } from '../../../db/read-rows.ts';
import { executions } from '../../../db/tables.ts';
import { areComplete, orderOf, sliceOf, type PageQuery } from '../../../execution/list.ts';
import { databaseTime } from '../../../execution/store.ts';
import { createTurns } from '../../../core/turns.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { storable } from '../../../core/storable.ts';
import { poke } from '../../../live/stream.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { ForbiddenProblem, OutageError, isOutage } from '../../../problem/problem.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { detailFromWire, unpackDetail, type RunDetail } from './detail.ts';
import { isSameRun, listed } from './columns.ts';
import { areNumbered, isOneOf, listCondition, type RunFilter } from './filter.ts';
import { storeDetail, storeRuns } from '../mirror/store.ts';
import { paddleflowRuns } from '../tables.ts';
import { inWrittenOrder } from './written-order.ts';
import { keyOfRun, type Run } from './model.ts';
import { ordinalOf, runIdOf } from './run-id.ts';

/** All that the schema may ask about runs. Made per operation, for one viewer. */
export interface RunSource {
  page(filter: RunFilter, query: PageQuery): Promise<Run[]>;
  total(filter: RunFilter): Promise<number>;
  /** The catalog holds every run of these sources. */
  complete(names: readonly string[]): Promise<boolean>;
  /**
   * In the order of the keys: the run, null for what is not there or not this viewer's, an error where its source had to be asked and could
   * not be. What the catalog does not know yet is asked for, with one call per source. Deleted ones are found: their ids still say what they were.
   */
  byKeys(keys: readonly string[]): Promise<(Run | Error | null)[]>;
  /** Read again when it is settled and was last looked at long ago; as it was while its source cannot be asked. */
  upToDate(run: Run): Promise<Run>;
  /** Both for one key. */
  find(key: string): Promise<Run | undefined>;
  /** What `byKeys` finds, whoever owns it: for writes, which say that it is somebody else's, as the backend does (contract 6). */
  findAnybodys(key: string): Promise<Run | undefined>;
  /** What the catalog has of these and this viewer may see, by key, those that are gone upstream included. Nobody is asked. */
  inCatalog(keys: readonly string[]): Promise<Map<string, Run>>;
  /** The same by row numbers of one source. */
  byNumbers(source: string, ordinals: readonly number[]): Promise<Map<number, Run>>;
  /** Runs made by trying these again that are still there, oldest first. */
  retriesOf(runs: readonly Run[]): Promise<Run[]>;
  /** Details that the catalog has, by key. */
  details(keys: readonly string[]): Promise<Map<string, RunDetail>>;
  /** The detail of a run, read upstream and kept, a few at a time. Null: gone, or unreadable upstream. */
  readDetail(run: Run): Promise<RunDetail | null>;
  /**
   * The run as the upstream has it now: read, kept, and told to the leader. Undefined: it is not there. Throws `ForbiddenProblem` when it is somebody
   * else's, which the backend alone knows of who has signed in.
   */
  refresh(source: SourceHandle, runId: string): Promise<Run | undefined>;
}

/** Rows by their numbers, given as a source and its numbers, and the next source: one search of an index for each, and one statement for so many sources. */
const byNumbersOf = (sourceCount: number) =>
  createReader<Run, (string | readonly number[])[]>(listed, (db) => {
    const places = Array.from({ length: sourceCount }, (_, index) => {
      const [name, numbers] = [sql.placeholder(`source${index}`), sql.placeholder(`numbers${index}`)];
      return sql`(${executions.source} = ${name} and ${executions.ordinal} = any(${numbers}::bigint[]))`;
    });
    return db
      .select(listed)
      .from(executions)
      .innerJoin(paddleflowRuns, isSameRun)
      .where(or(...places));
  });
const byNumbers = new Map<number, ReturnType<typeof byNumbersOf>>();
/** A settled run changes no more, but for what only a slow walk would notice. */
const freshEnoughMs = 600_000;
/** Of one operation: a page of old runs must not take every slot of the source from the others, nor time out while it waits for one. */
const detailsAtATime = 2;
const idsPerCall = 100;

export interface RunSourceOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly viewer: Viewer;
  /** See `Context.heavy`. */
  readonly heavy: <T>(work: () => T) => Promise<T>;
  readonly signal?: AbortSignal | undefined;
}

export function createRunSource({ db, handles, viewer, heavy, signal }: RunSourceOptions): RunSource {
  const { source, ordinal } = executions;
  const turns = createTurns({ atOnce: detailsAtATime, waitingPerKey: Infinity, waiting: Infinity });

  /** Rows of the catalog, whoever owns them. */
  async function known(keys: readonly string[]): Promise<Map<string, Run>> {
    if (keys.length === 0) return new Map();
    const numbers = new Map<string, number[]>();
    for (const key of keys) {
      const { source: name, id } = splitKey(key);
      const number = ordinalOf(id);
      const of = numbers.get(name) ?? [];
      if (number !== undefined) of.push(number);
      if (of.length > 0) numbers.set(name, of);
    }
    if (numbers.size === 0) return new Map();
    const read = byNumbers.get(numbers.size) ?? byNumbersOf(numbers.size);
    byNumbers.set(numbers.size, read);
    const rows = await read(db, ...[...numbers].flatMap(([name, of]) => [storable(name), of]));
    return new Map(rows.map((row) => [keyOfRun(row), row]));
  }
  const ofOneSource = byNumbers.get(1) ?? byNumbersOf(1);
  byNumbers.set(1, ofOneSource);
  const visible = (run: Run | undefined): Run | undefined =>
    run === undefined || viewer.owner === undefined || run.owner === accountOn(viewer, run.source) ? run : undefined;

  /** Reads one run and keeps it. The leader is told of what it does not know yet: only it makes events. */
  async function look(
    handle: SourceHandle,
    runId: string,
  ): Promise<{ sighting: 'present'; detail: RunDetail } | { sighting: 'absent' | 'hidden' | 'unreadable' }> {
    const key = keyOf(handle.name, runId);
    const number = ordinalOf(runId);
    if (number === undefined) return { sighting: 'absent' };
    const observedAt = await databaseTime(db);
    try {
      const wire = await handle.reader.getRun(runId, signal);
      const before = (await known([key])).get(key);
      const observation = { source: handle.name, readTime: handle.readTime, settleMs: handle.settleMs, observedAt };
      await db.transaction((tx) => storeRuns(tx, [wire], observation));
      const detail = await detailFromWire(wire, (text) => handle.readTime(text)?.toISOString() ?? null, heavy);
      await storeDetail(db, handle.name, number, detail, observedAt);
      const isNews = before === undefined || before.settledAt === null || before.rawState !== wire.status || before.message !== wire.runMsg;
      if (isNews) await poke(db, handle.name, runId);
      return { sighting: 'present', detail };
    } catch (error) {
      const gone = error instanceof UpstreamError && error.code === 'RunNotFound';
      // Somebody else's, as a signed-in user learns upstream (contract 6): for the leader it is no news.
      if (handle.actsAs === 'viewer' && error instanceof UpstreamError && error.code === 'AccessDenied') return { sighting: 'hidden' };
      const undecodable = error instanceof UpstreamError && error.status === 500 && error.code === ''; // contract 2.7
      if (!gone && !undecodable) throw error;
      await poke(db, handle.name, runId);
      return { sighting: gone ? 'absent' : 'unreadable' };
    }
  }

  /** Runs that the catalog does not know: one call, and two more looks at an answer that is empty, which alone proves nothing (contract 2.7). */
  async function lookFor(handle: SourceHandle, runIds: readonly string[]): Promise<void> {
    const [only] = runIds;
    if (only !== undefined && runIds.length === 1) return void (await look(handle, only));
    for (let from = 0; from < runIds.length; from += idsPerCall) {
      const observedAt = await databaseTime(db);
      const runFilter = runIds.slice(from, from + idsPerCall);
      const list = () => handle.reader.listRuns({ runFilter, maxKeys: idsPerCall }, signal);
      const { items } = await againIfEmpty(list, signal);
      const observation = { source: handle.name, readTime: handle.readTime, settleMs: handle.settleMs, observedAt };
      const { added } = await db.transaction((tx) => storeRuns(tx, items, observation));
      for (const number of added) await poke(db, handle.name, runIdOf(number));
    }
  }

  async function lookUp(keys: readonly string[]): Promise<(Run | Error | null)[]> {
    const possible = [...new Set(keys)].filter((key) => handles.has(splitKey(key).source) && ordinalOf(splitKey(key).id) !== undefined);
    const rows = await known(possible);
    const unknown = Map.groupBy(possible.filter((key) => !rows.has(key)).map(splitKey), (key) => key.source);
    const failures = new Map<string, Error>();
    await Promise.all(
      [...unknown].map(async ([name, wanted]) => {
        const handle = handles.get(name);
        const ids = wanted.map(({ id }) => id);
        if (handle)
          await lookFor(handle, ids).catch((error: unknown) =>
            failures.set(name, error instanceof Error ? error : new Error(String(error))),
          );
      }),
    );
    for (const [key, row] of await known([...unknown.values()].flat().map((missing) => keyOf(missing.source, missing.id))))
      rows.set(key, row);
    return keys.map((key) => rows.get(key) ?? (possible.includes(key) ? failures.get(splitKey(key).source) : undefined) ?? null);
  }
  const findAnybodys: RunSource['findAnybodys'] = async (key) => {
    const [found] = await lookUp([key]);
    if (found instanceof Error) throw found;
    return found ?? undefined;
  };

  const refresh: RunSource['refresh'] = async (handle, runId) => {
    const { sighting } = await look(handle, runId);
    if (sighting === 'absent') return undefined;
    const key = keyOf(handle.name, runId);
    const run = (await known([key])).get(key);
    if (sighting === 'hidden' || (run && !visible(run))) throw new ForbiddenProblem(`${runId} belongs to somebody else`);
    // Unreadable, and never read before: it is there all the same.
    if (run === undefined) throw new OutageError({ source: handle.name, fault: 'garbage', code: undefined });
    return run;
  };

  const upToDate: RunSource['upToDate'] = async (run) => {
    const handle = handles.get(run.source);
    const stale = run.settledAt !== null && run.deletedUpstream === null && Date.now() - run.observedAt.getTime() > freshEnoughMs;
    if (!stale || handle === undefined) return run;
    try {
      return (await refresh(handle, run.runId)) ?? run; // gone or unreadable: that is the leader's to confirm
    } catch (error) {
      if (isOutage(error) || error instanceof ForbiddenProblem) return run; // what we have is better than nothing, and says how old it is
      throw error;
    }
  };

  return {
    byKeys: async (keys) =>
      (await lookUp(keys)).map((found) => (found === null || found instanceof Error ? found : (visible(found) ?? null))),
    findAnybodys,
    upToDate,
    refresh,
    page: (filter, query) => {
      const rows = db
        .select(listed)
        .from(executions)
        .innerJoin(paddleflowRuns, isSameRun)
        .where(and(listCondition(filter, viewer), sliceOf(query)))
        .orderBy(...orderOf(query))
        .limit(query.limit);
      return readRows(db, listed, rows);
    },
    total: (filter) => db.$count(executions, listCondition(filter, viewer)), // asked only when `totalCount` is selected
    complete: (names) => areComplete(db, names),
    async find(key) {
      const found = visible(await findAnybodys(key));
      return found && upToDate(found);
    },
    async inCatalog(keys) {
      return new Map([...(await known(keys))].filter(([, run]) => visible(run) !== undefined));
    },
    async byNumbers(name, ordinals) {
      const rows = await ofOneSource(db, storable(name), [...ordinals]);
      return new Map(rows.flatMap((row) => (visible(row) ? [[row.ordinal, row]] : [])));
    },
    async retriesOf(tried) {
      if (tried.length === 0) return [];
      return db
        .select(listed)
        .from(executions)
        .innerJoin(paddleflowRuns, isSameRun)
        .where(and(areNumbered(tried, { source: paddleflowRuns.source, ordinal: paddleflowRuns.retryOf }), listCondition({}, viewer)))
        .orderBy(asc(source), asc(ordinal));
    },
    async details(keys) {
      if (keys.length === 0) return new Map();
      const rows = await db
        .select({ source, runId: executions.key, detail: executions.detail })
        .from(executions)
        .where(isOneOf(keys.map(splitKey)));
      const found = new Map<string, RunDetail>();
      for (const { detail: packed, ...row } of rows) {
        const detail = packed && unpackDetail(packed);
        if (detail) found.set(keyOfRun(row), detail.inOrder ? detail : await heavy(() => inWrittenOrder(detail)));
      }
      return found;
    },
    readDetail: async (run) => {
      const giveBack = await turns.take(undefined, signal);
      try {
        const handle = handles.get(run.source);
        if (handle === undefined || run.deletedUpstream !== null) return null;
        signal?.throwIfAborted();
        const seen = await look(handle, run.runId);
        return seen.sighting === 'present' ? seen.detail : null;
      } finally {
        giveBack();
      }
    },
  };
}
