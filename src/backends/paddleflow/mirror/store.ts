import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { storable } from '../../../core/storable.ts';
import { runs } from '../../../db/tables.ts';
import type { Tx } from '../../../live/lease.ts';
import { packDetail, queueNamesOf, unpackDetail, type RunDetail } from '../run/detail.ts';
import { runFromWire, type MirroredRun, type ReadTime } from '../run/model.ts';
import { ordinalOf } from '../run/run-id.ts';
import { isDoubtful } from './doubt.ts';

type Writer = Database | Tx;
type WireRow = Parameters<typeof runFromWire>[1];

export interface Observation {
  readonly source: string;
  readonly readTime: ReadTime;
  /** Database time before the upstream was asked: an older answer never overwrites a newer one. */
  readonly observedAt: Date;
  /** How long a final state must have stood. */
  readonly settleMs: number;
  /** Rows so old that a final state needs no second look. */
  readonly history?: boolean | undefined;
  /** By the leader, who tells of it in the same transaction. Others leave a mark for the leader. */
  readonly told?: boolean | undefined;
}

/** Taken before a request is sent, by the one clock that all processes share. */
export async function databaseTime(db: Writer): Promise<Date> {
  const { rows } = await db.execute<{ now: string }>(sql`select extract(epoch from clock_timestamp()) * 1000 as now`);
  return new Date(Number(rows[0]?.now));
}

interface Neighbour extends Record<string, unknown> {
  ordinal: string;
  created: string | null;
  prev_ordinal: string | null;
  prev_created: string | null;
  prev_sort: string | null;
}

/** What the catalog knows of these rows, and for those it does not know, of the row before each. Times in milliseconds. */
async function neighbours(db: Writer, source: string, ordinals: number[]): Promise<Map<number, Neighbour>> {
  const { rows } = await db.execute<Neighbour>(sql`
    select asked.ordinal, extract(epoch from known.created_at) * 1000 as created,
      before.ordinal as prev_ordinal, extract(epoch from before.created_at) * 1000 as prev_created, extract(epoch from before.sort_at) * 1000 as prev_sort
    from unnest(${sql.param(ordinals)}::bigint[]) as asked(ordinal)
    left join run known on known.source = ${source} and known.ordinal = asked.ordinal
    left join lateral (
      select ordinal, created_at, sort_at from run where source = ${source} and ordinal < asked.ordinal order by ordinal desc limit 1
    ) before on known.ordinal is null`);
  return new Map(rows.map((row) => [Number(row.ordinal), row]));
}

const dateOf = (milliseconds: string | null | undefined) =>
  milliseconds === null || milliseconds === undefined ? undefined : new Date(Number(milliseconds));
const later = (one: Date, other: Date | undefined) => (other && other > one ? other : one);

/** Inserts or updates what an upstream list or detail said. Returns the ordinals written or left alone, and which of them are new. */
export async function storeRuns(
  db: Writer,
  wires: readonly WireRow[],
  observation: Observation,
): Promise<{ ordinals: number[]; added: number[] }> {
  const { source, readTime } = observation;
  const byOrdinal = new Map(wires.map((wire) => [ordinalOf(wire.runID) ?? 0, wire]));
  const ascending = [...byOrdinal]
    .map(([ordinal, wire]) => ({ wire, ordinal }))
    .filter(({ ordinal }) => ordinal > 0)
    .toSorted((one, other) => one.ordinal - other.ordinal);
  if (ascending.length === 0) return { ordinals: [], added: [] };
  const around = await neighbours(
    db,
    source,
    ascending.map(({ ordinal }) => ordinal),
  );

  let previous: { ordinal: number; createdAt: Date; sortAt: Date | undefined } | undefined;
  const rows: (MirroredRun & { sortAt: Date; isNew: boolean })[] = [];
  for (const { wire, ordinal } of ascending) {
    const known = around.get(ordinal);
    const isNew = (known?.created ?? null) === null;
    if (isNew && known && known.prev_ordinal !== null && (previous === undefined || Number(known.prev_ordinal) >= previous.ordinal)) {
      previous = {
        ordinal: Number(known.prev_ordinal),
        createdAt: dateOf(known.prev_created) ?? new Date(0),
        sortAt: dateOf(known.prev_sort),
      };
    }
    const row = runFromWire(source, wire, readTime, dateOf(known?.created) ?? previous?.createdAt);
    if (row === undefined) continue;
    const sortAt = later(row.createdAt, previous?.sortAt); // of a known row it is not written
    rows.push({ ...row, sortAt, isNew });
    previous = { ordinal, createdAt: row.createdAt, sortAt: isNew ? sortAt : later(sortAt, previous?.sortAt) };
  }
  if (rows.length === 0) return { ordinals: [], added: [] };
  await upsert(db, rows, observation);
  const added = rows.filter(({ isNew }) => isNew);
  if (added.length > 0) await liftLaterRows(db, source, added);
  return { ordinals: rows.map(({ ordinal }) => ordinal), added: added.map(({ ordinal }) => ordinal) };
}

/**
 * The database's clock may be set back, to a backup's or a standby's. What was observed in the future was observed before that: whatever is
 * read now is newer, and times that go on to be compared are brought down to this read.
 */
const ofTheFuture = (time: SQL) => sql`${time} > clock_timestamp()`;

/** A final state that was read first so long before this read. */
const stoodFor = (ms: number) => sql`run.final_since <= excluded.observed_at - make_interval(secs => ${ms / 1000})`;

async function upsert(
  db: Writer,
  rows: readonly (MirroredRun & { sortAt: Date })[],
  { observedAt, settleMs, history, told = false }: Observation,
): Promise<void> {
  const overwritten = [
    'name',
    'owner',
    'fs_name',
    'description',
    'schedule_id',
    'origin',
    'pipeline_id',
    'pipeline_version_id',
    'state',
    'raw_state',
    'message',
  ];
  const set = Object.fromEntries(
    [...overwritten, 'created_at', 'started_at', 'updated_at', 'observed_at'].map((column) => [
      toKey(column),
      sql.raw(`excluded.${column}`),
    ]),
  );
  const stillTheSame = sql`excluded.ended_at is not null and run.raw_state = excluded.raw_state and run.final_since is not null`;
  // The last steps should be known by then; but a detail that cannot be read must not keep the end back for ever.
  const detailSeen = sql`(run.detail_observed_at is null or run.detail_observed_at >= run.final_since or ${stoodFor(settleMs * 10)})`;
  const settles = sql`${stillTheSame} and ${stoodFor(settleMs)} and ${detailSeen}`;
  await db
    .insert(runs)
    .values(
      rows.map((row) => {
        const finalSince = row.endedAt === null ? null : observedAt;
        return { ...withoutFlag(row), observedAt, finalSince, settledAt: history ? finalSince : null, untold: !told };
      }),
    )
    .onConflictDoUpdate({
      target: [runs.source, runs.ordinal],
      set: {
        ...set,
        sortAt: sql`greatest(run.sort_at, excluded.created_at)`, // it had no time of its own while it was unreadable
        scheduledAt: sql`coalesce(excluded.scheduled_at, run.scheduled_at)`,
        endedAt: sql`case when excluded.ended_at is null then null else coalesce(run.ended_at, excluded.ended_at) end`,
        finalSince: sql`case when ${stillTheSame} then least(run.final_since, excluded.observed_at) else excluded.final_since end`,
        settledAt: sql`case when ${settles} or (${stillTheSame} and run.settled_at is not null)
          then least(coalesce(run.settled_at, excluded.observed_at), excluded.observed_at) end`,
        // So old that it is read again, if its run has ended.
        detailObservedAt: sql`case when ${ofTheFuture(sql`run.detail_observed_at`)} then to_timestamp(0) else run.detail_observed_at end`,
        deletedUpstream: sql`null`,
        misses: sql`0`,
        unreadableUntil: sql`null`,
        untold: !told,
      },
      setWhere: sql`run.observed_at <= excluded.observed_at or ${ofTheFuture(sql`run.observed_at`)}`,
    });
}
const toKey = (column: string) => column.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
const withoutFlag = ({ isNew: _isNew, ...row }: MirroredRun & { sortAt: Date; isNew?: boolean }) => row;

/** History arrives newest first, so an older row may turn out to lift the running maximum of rows that are already there. */
async function liftLaterRows(db: Writer, source: string, added: readonly { ordinal: number; sortAt: Date }[]): Promise<void> {
  const ordinals = sql.param(added.map(({ ordinal }) => ordinal));
  const times = sql.param(added.map(({ sortAt }) => sortAt.toISOString()));
  const highest = added.at(-1)?.sortAt.toISOString();
  await db.execute(sql`
    update run set sort_at = lifted.sort_at from (
      select r.ordinal, max(a.sort_at) as sort_at
      from run r join unnest(${ordinals}::bigint[], ${times}::timestamptz[]) as a(ordinal, sort_at) on a.ordinal < r.ordinal
      where r.source = ${source} and r.ordinal > ${added[0]?.ordinal ?? 0} and r.sort_at < ${highest}::timestamptz
        and r.ordinal < coalesce((select n.ordinal from run n where n.source = ${source} and n.ordinal > ${added.at(-1)?.ordinal ?? 0}
          and n.sort_at >= ${highest}::timestamptz order by n.ordinal limit 1), ${Number.MAX_SAFE_INTEGER})
      group by r.ordinal
    ) lifted
    where run.source = ${source} and run.ordinal = lifted.ordinal and run.sort_at < lifted.sort_at`);
}

/** The detail of a run whose row has just been stored. False: it says less than there must be, and was not stored, unless it is `believed` all the same. */
export async function storeDetail(
  db: Writer,
  source: string,
  ordinal: number,
  detail: RunDetail,
  observedAt: Date,
  believed = false,
): Promise<boolean> {
  const ofRun = and(eq(runs.source, source), eq(runs.ordinal, ordinal));
  const [known] = await db.select({ detail: runs.detail, state: runs.state, startedAt: runs.startedAt }).from(runs).where(ofRun);
  if (known && !believed && isDoubtful(detail, known.detail === null ? undefined : unpackDetail(known.detail), known)) return false;
  await db
    .update(runs)
    .set({
      detail: packDetail(detail),
      detailObservedAt: observedAt,
      queueNames: queueNamesOf(detail).map(storable),
      // What is carried on may come from further back than the run that was tried again: the newest known counts.
      ...(detail.carriedFrom !== null && { retryOf: sql`greatest(${runs.retryOf}, ${ordinalOf(detail.carriedFrom)}::bigint)` }),
    })
    .where(
      and(
        ofRun,
        sql`(${runs.detailObservedAt} is null or ${runs.detailObservedAt} <= ${observedAt.toISOString()}::timestamptz or ${ofTheFuture(sql`${runs.detailObservedAt}`)})`,
      ),
    );
  return true;
}

/** We have made this run out of that one. */
export async function storeRetry(db: Writer, source: string, ordinal: number, retryOf: number): Promise<void> {
  await db
    .update(runs)
    .set({ retryOf })
    .where(and(eq(runs.source, source), eq(runs.ordinal, ordinal)));
}

/** The upstream has the row but cannot decode it: kept as it was last seen, in state UNKNOWN, and left alone for a while. */
export async function storeUnreadable(
  db: Writer,
  source: string,
  ordinal: number,
  runId: string,
  observedAt: Date,
  pauseMs: number,
): Promise<void> {
  const unreadableUntil = new Date(observedAt.getTime() + pauseMs);
  const around = (await neighbours(db, source, [ordinal])).get(ordinal);
  const sortAt = dateOf(around?.prev_sort) ?? observedAt;
  await db
    .insert(runs)
    .values({
      source,
      ordinal,
      runId,
      observedAt,
      unreadableUntil,
      sortAt,
      createdAt: sortAt,
      updatedAt: sortAt,
      name: '',
      owner: '',
      fsName: '',
      description: '',
      scheduleId: '',
      origin: '',
      message: '',
      rawState: '',
      state: 'UNKNOWN',
    })
    .onConflictDoUpdate({
      target: [runs.source, runs.ordinal],
      set: { state: 'UNKNOWN', rawState: '', observedAt, unreadableUntil, settledAt: null, finalSince: null },
    });
}

/** Not in an answer that should have had it. Returns those missed at least twice: worth asking one by one. */
export async function countMisses(db: Writer, source: string, ordinals: readonly number[]): Promise<number[]> {
  if (ordinals.length === 0) return [];
  const missed = await db
    .update(runs)
    .set({ misses: sql`${runs.misses} + 1` })
    .where(and(eq(runs.source, source), inArray(runs.ordinal, [...ordinals])))
    .returning({ ordinal: runs.ordinal, misses: runs.misses });
  return missed.filter(({ misses }) => misses >= 2).map(({ ordinal }) => ordinal);
}

/** Out of the lists. The row stays, so that streams can end and ids can say what became of the run. */
export async function storeDeleted(db: Writer, source: string, ordinal: number, observedAt: Date): Promise<void> {
  await db
    .update(runs)
    .set({ deletedUpstream: observedAt, observedAt, untold: true })
    .where(and(eq(runs.source, source), eq(runs.ordinal, ordinal), sql`${runs.deletedUpstream} is null`));
}
