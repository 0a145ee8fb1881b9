import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { storable } from '../../../core/storable.ts';
import { executions } from '../../../db/tables.ts';
import { announce, type PartsOf } from '../../../execution/announce.ts';
import { type CameLate, settleSeen } from '../../../execution/intent/late.ts';
import type { Tx } from '../../../live/lease.ts';
import { appendLog } from '../../../live/stream.ts';
import { componentsOf, stepsOf, unpackDetail, type Step } from '../run/detail.ts';
import { markOf } from '../run/model.ts';
import { logStreamOf, runIdOf } from '../run/run-id.ts';
import { logSteps, paddleflowRuns } from '../tables.ts';
import { storeDuplicate } from './store.ts';

const partsOf: PartsOf = (detail) =>
  Object.fromEntries(componentsOf(unpackDetail(detail)).map(({ path, rawState }) => [storable(path), storable(rawState)]));

/**
 * Tells what has happened to these runs; see `announce` of the core. What is gone takes its log along, and what is seen for the first time settles the key
 * under which it was made. Returns those that came later than their keys were settled: to be told once the transaction is committed.
 */
export async function announceRuns(tx: Tx, source: string, ordinals: readonly number[], { withSteps = false } = {}): Promise<CameLate[]> {
  const { discovered, gone } = await announce(tx, source, ordinals, withSteps ? partsOf : undefined);
  for (const ordinal of gone) await cutLog(tx, source, ordinal);
  const late: CameLate[] = [];
  for (const one of await settleSeen(tx, source, await markedAmong(tx, source, discovered))) {
    const { executionId, standsFor } = one;
    if (standsFor !== undefined) {
      if (await isCopy(tx, source, executionId, standsFor)) continue;
      await storeDuplicate(tx, source, executionId, standsFor);
    }
    late.push(one);
  }
  return late;
}

/** A run that was tried again has its description, and with it the mark, copied with the time of its creation (contract 2.7): two that were made have two times. */
async function isCopy(tx: Tx, source: string, ...runIds: readonly string[]): Promise<boolean> {
  const isOne = and(eq(executions.source, source), eq(executions.kind, 'Run'), inArray(executions.key, [...runIds]));
  const rows = await tx.select({ createdAt: executions.createdAt }).from(executions).where(isOne);
  return rows.length > 1 && new Set(rows.map(({ createdAt }) => createdAt.getTime())).size === 1;
}

async function markedAmong(tx: Tx, source: string, ordinals: readonly number[]) {
  if (ordinals.length === 0) return [];
  const { ordinal, description } = paddleflowRuns;
  const among = and(eq(paddleflowRuns.source, source), inArray(ordinal, [...ordinals]), sql`${description} like '%[tributary:%'`);
  const rows = await tx.select({ ordinal, description }).from(paddleflowRuns).where(among).orderBy(ordinal);
  return rows.flatMap((row) => {
    const mark = markOf(row.description);
    return mark === undefined ? [] : [{ mark, executionId: runIdOf(row.ordinal) }];
  });
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
    .update(executions)
    .set({ logState })
    .where(and(eq(executions.source, source), eq(executions.ordinal, ordinal), eq(executions.logState, 'PENDING')))
    .returning({ ordinal: executions.ordinal });
  if (ending.length > 0) await appendLog(tx, logStreamOf(source, ordinal), [{ kind: 'END', size: 1, step: '', firstLine: 0, reason }]);
}

/** A run that was deleted takes its log along: of each step whose log had not been read to its end, something may be missing, and a gap says so. */
async function cutLog(tx: Tx, source: string, ordinal: number): Promise<void> {
  const ofRun = and(eq(executions.source, source), eq(executions.ordinal, ordinal));
  const [run] = await tx.select({ logState: executions.logState, detail: executions.detail }).from(executions).where(ofRun);
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
