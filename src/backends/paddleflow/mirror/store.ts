import { and, eq, inArray, sql } from 'drizzle-orm';
import { storable } from '../../../core/storable.ts';
import type { Database } from '../../../db/database.ts';
import { executions } from '../../../db/tables.ts';
import { ofTheFuture } from '../../../execution/life.ts';
import * as store from '../../../execution/store.ts';
import type { Tx } from '../../../live/lease.ts';
import { packDetail, queueNamesOf, unpackDetail, type RunDetail } from '../run/detail.ts';
import { runFromWire, type OwnOfRun, type ReadTime } from '../run/model.ts';
import { ordinalOf } from '../run/run-id.ts';
import { paddleflowRuns } from '../tables.ts';
import { isDoubtful } from './doubt.ts';

type Writer = Database | Tx;
type WireRow = Parameters<typeof runFromWire>[0];

export interface Observation extends Omit<store.Observation, 'kind'> {
  readonly readTime: ReadTime;
}

/** Inserts or updates what an upstream list or detail said. Returns the ordinals written or left alone, and which of them are new. */
export async function storeRuns(
  tx: Tx,
  wires: readonly WireRow[],
  { readTime, ...observation }: Observation,
): Promise<{ ordinals: number[]; added: number[] }> {
  const byOrdinal = new Map(
    wires.flatMap((wire) => {
      const ordinal = ordinalOf(wire.runID);
      return ordinal === undefined ? [] : [[ordinal, wire] as const]; // what has no run's id has no place
    }),
  );
  const own = new Map<number, OwnOfRun>();
  const stored = await store.storeSeen(tx, { ...observation, kind: 'Run' }, [...byOrdinal.keys()], (ordinal, notBefore) => {
    const wire = byOrdinal.get(ordinal);
    const run = wire && runFromWire(wire, readTime, notBefore);
    if (run) own.set(ordinal, run.own);
    return run?.seen;
  });
  const { source } = observation;
  await storeOwn(
    tx,
    [...own].filter(([ordinal]) => stored.current.has(ordinal)).map(([ordinal, columns]) => ({ ...columns, source, ordinal })),
  );
  return stored;
}

async function storeOwn(tx: Tx, rows: readonly (OwnOfRun & { source: string; ordinal: number })[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(paddleflowRuns)
    .values([...rows])
    .onConflictDoUpdate({
      target: [paddleflowRuns.source, paddleflowRuns.ordinal],
      set: {
        fsName: sql`excluded.fs_name`,
        description: sql`excluded.description`,
        scheduleId: sql`excluded.schedule_id`,
        origin: sql`excluded.origin`,
        pipelineId: sql`excluded.pipeline_id`,
        pipelineVersionId: sql`excluded.pipeline_version_id`,
        scheduledAt: sql`coalesce(excluded.scheduled_at, paddleflow_run.scheduled_at)`,
        misses: 0,
      },
    });
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
  const ofRun = and(eq(executions.source, source), eq(executions.ordinal, ordinal));
  const { state, startedAt, detailObservedAt } = executions;
  const [known] = await db.select({ detail: executions.detail, state, startedAt }).from(executions).where(ofRun);
  if (known && !believed && isDoubtful(detail, known.detail === null ? undefined : unpackDetail(known.detail), known)) return false;
  const newest = sql`(${detailObservedAt} is null or ${detailObservedAt} <= ${observedAt.toISOString()}::timestamptz or ${ofTheFuture(sql`${detailObservedAt}`)})`;
  const stored = await db
    .update(executions)
    .set({ detail: packDetail(detail), detailObservedAt: observedAt })
    .where(and(ofRun, newest))
    .returning({ ordinal: executions.ordinal });
  if (stored.length === 0) return true;
  await db
    .update(paddleflowRuns)
    .set({
      queueNames: queueNamesOf(detail).map(storable),
      // What is carried on may come from further back than the run that was tried again: the newest known counts.
      ...(detail.carriedFrom !== null && { retryOf: sql`greatest(${paddleflowRuns.retryOf}, ${ordinalOf(detail.carriedFrom)}::bigint)` }),
    })
    .where(isRun(source, ordinal));
  return true;
}

const isRun = (source: string, ordinal: number) => and(eq(paddleflowRuns.source, source), eq(paddleflowRuns.ordinal, ordinal));

/** We have made this run out of that one. */
export async function storeRetry(db: Writer, source: string, ordinal: number, retryOf: number): Promise<void> {
  await db.update(paddleflowRuns).set({ retryOf }).where(isRun(source, ordinal));
}

/** Two runs were made under one key. */
export async function storeDuplicate(db: Writer, source: string, runId: string, standsFor: string): Promise<void> {
  await db
    .update(paddleflowRuns)
    .set({ duplicateOf: ordinalOf(standsFor) ?? null })
    .where(isRun(source, ordinalOf(runId) ?? 0));
}

/** See `storeUnreadable` of the core. */
export async function storeUnreadable(
  tx: Tx,
  source: string,
  run: { readonly ordinal: number; readonly key: string },
  observedAt: Date,
  pauseMs: number,
): Promise<void> {
  await store.storeUnreadable(tx, { source, kind: 'Run', observedAt }, run, pauseMs);
  const nothing = { fsName: '', description: '', scheduleId: '', origin: '' };
  await tx
    .insert(paddleflowRuns)
    .values({ source, ordinal: run.ordinal, ...nothing })
    .onConflictDoNothing();
}

/** Not in an answer that should have had it. Returns those missed at least twice: worth asking one by one. */
export async function countMisses(db: Writer, source: string, ordinals: readonly number[]): Promise<number[]> {
  if (ordinals.length === 0) return [];
  const missed = await db
    .update(paddleflowRuns)
    .set({ misses: sql`${paddleflowRuns.misses} + 1` })
    .where(and(eq(paddleflowRuns.source, source), inArray(paddleflowRuns.ordinal, [...ordinals])))
    .returning({ ordinal: paddleflowRuns.ordinal, misses: paddleflowRuns.misses });
  return missed.filter(({ misses }) => misses >= 2).map(({ ordinal }) => ordinal);
}
