import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { storable } from '../../../core/storable.ts';
import type { Database } from '../../../db/database.ts';
import { logSteps, runs } from '../../../db/tables.ts';
import type { RunEventKind } from '../run/event-kind.ts';
import { appendEvents, appendLog, type NewEvent } from '../../../live/stream.ts';
import type { Tx } from '../../../live/lease.ts';
import { type CameLate, type Marked, settleSeen } from '../../../execution/intent/late.ts';
import { markOf } from '../run/model.ts';
import { logStreamOf, ordinalOf } from '../run/run-id.ts';
import { componentsOf, stepsOf, unpackDetail, type Step } from '../run/detail.ts';

/** What the stream last said of a run. */
interface Announced {
  readonly raw: string;
  readonly message: string;
  readonly settled: boolean;
  readonly deleted: boolean;
  /** Raw states of steps and dags, by path; empty while no detail was seen. */
  readonly steps: Readonly<Record<string, string>>;
}

type Row = Pick<
  typeof runs.$inferSelect,
  | 'ordinal'
  | 'runId'
  | 'description'
  | 'state'
  | 'rawState'
  | 'message'
  | 'settledAt'
  | 'deletedUpstream'
  | 'announced'
  | 'observedAt'
  | 'unreadableUntil'
  | 'untold'
>;

function kindsOf(before: Announced | undefined, now: Announced, row: Row): RunEventKind[] {
  const settled = now.settled ? ['SETTLED' as const] : [];
  if (before === undefined) return ['DISCOVERED', ...(now.deleted ? ['DELETED' as const] : settled)];
  if (now.deleted) return before.deleted ? [] : ['DELETED'];
  // Details of history arrive late; its steps were final long before we looked.
  const newSteps = Object.keys(before.steps).length === 0 ? [] : changedSteps(before, now);
  const changed =
    before.raw !== now.raw || before.message !== now.message || (before.settled ? newSteps : changedSteps(before, now)).length > 0;
  if (row.unreadableUntil !== null && before.raw !== '') return ['UNREADABLE'];
  if (before.deleted || (before.settled && (changed || !now.settled))) return ['REOPENED', ...settled];
  if (before.raw !== now.raw) return ['STATE_CHANGED', ...settled];
  return [...(changed ? ['PROGRESSED' as const] : []), ...(before.settled ? [] : settled)];
}

const changedSteps = (before: Announced | undefined, now: Announced): string[] =>
  Object.keys(now.steps).filter((path) => now.steps[path] !== before?.steps[path]);

/** `withSteps`: their details have been read as well, so steps may have changed. Else details, which may be long, stay where they are. */
async function rowsOf(
  tx: Tx,
  source: string,
  ordinals: readonly number[],
  withSteps: boolean,
): Promise<(Row & { detail: Buffer | null })[]> {
  const {
    ordinal,
    runId,
    description,
    state,
    rawState,
    message,
    settledAt,
    deletedUpstream,
    announced,
    detail,
    observedAt,
    unreadableUntil,
    untold,
  } = runs;
  return tx
    .select({
      ordinal,
      runId,
      description,
      state,
      rawState,
      message,
      settledAt,
      deletedUpstream,
      announced,
      observedAt,
      unreadableUntil,
      untold,
      detail: withSteps ? detail : sql<null>`null`,
    })
    .from(runs)
    .where(and(eq(runs.source, source), inArray(runs.ordinal, [...ordinals])))
    .orderBy(runs.ordinal)
    .for('update');
}

/**
 * Compares what the catalog holds with what the stream last said, and appends the difference. What another process mirrored for a viewer
 * so becomes an event too, once. Call it at the end of every fenced transaction that wrote runs. Returns those that came later than their keys
 * were settled: to be told once the transaction is committed.
 */
export async function announce(tx: Tx, source: string, ordinals: readonly number[], { withSteps = false } = {}): Promise<CameLate[]> {
  if (ordinals.length === 0) return [];
  const events: NewEvent[] = [];
  const told: { ordinal: number; text: string }[] = [];
  const deleted: number[] = [];
  const marked: Marked[] = [];
  for (const row of await rowsOf(tx, source, ordinals, withSteps)) {
    const before = row.announced === null ? undefined : (JSON.parse(row.announced) as Announced); // written below alone
    const now: Announced = {
      raw: row.rawState,
      message: row.message,
      settled: row.settledAt !== null,
      deleted: row.deletedUpstream !== null,
      steps:
        row.detail === null
          ? (before?.steps ?? {})
          : Object.fromEntries(componentsOf(unpackDetail(row.detail)).map(({ path, rawState }) => [storable(path), storable(rawState)])),
    };
    const text = JSON.stringify(now);
    const mark = markOf(row.description);
    if (before === undefined && mark !== undefined) marked.push({ mark, executionId: row.runId });
    if (text !== row.announced || row.untold) told.push({ ordinal: row.ordinal, text });
    if (text === row.announced) continue;
    const about = { ordinal: row.ordinal, at: row.observedAt, state: row.state, rawState: row.rawState, message: row.message };
    const steps = changedSteps(before, now);
    kindsOf(before, now, row).forEach((kind, index) => events.push({ ...about, kind, steps: index === 0 ? steps : [] }));
    if (now.deleted && !before?.deleted) deleted.push(row.ordinal);
  }
  if (told.length > 0) {
    await tx.execute(sql`
      update run set announced = told.text, untold = false
      from unnest(${sql.param(told.map(({ ordinal }) => ordinal))}::bigint[], ${sql.param(told.map(({ text }) => text))}::text[]) as told(ordinal, text)
      where run.source = ${source} and run.ordinal = told.ordinal`);
  }
  for (const ordinal of deleted) await cutLog(tx, source, ordinal);
  await appendEvents(tx, source, events);
  const late = await settleSeen(tx, source, marked);
  for (const { executionId, standsFor } of late) if (standsFor !== undefined) await storeDuplicate(tx, source, executionId, standsFor);
  return late;
}

/** Two runs were made under one key. */
export async function storeDuplicate(db: Database | Tx, source: string, runId: string, standsFor: string): Promise<void> {
  const ofRun = and(eq(runs.source, source), eq(runs.ordinal, ordinalOf(runId) ?? 0));
  await db
    .update(runs)
    .set({ duplicateOf: ordinalOf(standsFor) ?? null })
    .where(ofRun);
}

/** The last entry of a run's log stream. A stream that has ended already stays as it is. */
export async function endLog(
  tx: Tx,
  source: string,
  ordinal: number,
  reason: 'COMPLETED' | 'DELETED',
  logState: 'COMPLETE' | 'GAPS',
): Promise<void> {
  const ending = await tx
    .update(runs)
    .set({ logState })
    .where(and(eq(runs.source, source), eq(runs.ordinal, ordinal), eq(runs.logState, 'PENDING')))
    .returning({ ordinal: runs.ordinal });
  if (ending.length > 0) await appendLog(tx, logStreamOf(source, ordinal), [{ kind: 'END', size: 1, step: '', firstLine: 0, reason }]);
}

/** A run that was deleted takes its log along: of each step whose log had not been read to its end, something may be missing, and a gap says so. */
async function cutLog(tx: Tx, source: string, ordinal: number): Promise<void> {
  const ofRun = and(eq(runs.source, source), eq(runs.ordinal, ordinal));
  const [run] = await tx.select({ logState: runs.logState, detail: runs.detail }).from(runs).where(ofRun);
  if (run?.logState !== 'PENDING') return;
  const ofSteps = and(eq(logSteps.source, source), eq(logSteps.ordinal, ordinal));
  const logs = await tx
    .select({ step: logSteps.step, lines: logSteps.lines, endedAt: logSteps.endedAt, gaps: logSteps.gaps })
    .from(logSteps)
    .where(ofSteps);
  const over = new Map(logs.map((log) => [log.step, log]));
  // Without a detail nobody knows which steps there were.
  const steps = run.detail === null ? [''] : stepsOf(unpackDetail(run.detail)).flatMap((step) => (hasLog(step) ? [step.path] : []));
  const cut = steps.filter((step) => (over.get(step)?.endedAt ?? null) === null);
  const gapOf = (step: string) => {
    return { kind: 'GAP' as const, size: 1, step, firstLine: (over.get(step)?.lines ?? 0) + 1, reason: 'RETENTION', missingLines: null };
  };
  await appendLog(tx, logStreamOf(source, ordinal), cut.map(gapOf));
  await tx
    .update(logSteps)
    .set({ gaps: true, endedAt: sql`clock_timestamp()` })
    .where(and(ofSteps, isNull(logSteps.endedAt)));
  await endLog(tx, source, ordinal, 'DELETED', cut.length > 0 || logs.some(({ gaps }) => gaps) ? 'GAPS' : 'COMPLETE');
}
const hasLog = ({ jobId, cachedFrom }: Step) => (cachedFrom?.jobId || jobId) !== '';
