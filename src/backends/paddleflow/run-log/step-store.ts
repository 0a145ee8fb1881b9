import { and, eq } from 'drizzle-orm';
import { executions } from '../../../db/tables.ts';
import { logSteps } from '../tables.ts';
import type { Lease, Tx } from '../../../live/lease.ts';
import { appendLog, type NewLogEntry } from '../../../live/stream.ts';
import { logStreamOf } from '../run/run-id.ts';

export type StepLog = typeof logSteps.$inferSelect;

/** A step that was tried again has a new job, and begins anew. */
export const keyOfStep = ({ ordinal, jobId, step }: Pick<StepLog, 'ordinal' | 'jobId' | 'step'>): string => `${ordinal}/${jobId}/${step}`;

/** Appends to the run's stream and moves the step's own state, in one transaction. Nothing comes behind the end of a stream: a run may be deleted meanwhile. */
export const createStepStore =
  (lease: Lease) =>
  async (log: StepLog, change: Partial<StepLog>, entries: readonly NewLogEntry[] = []): Promise<StepLog> => {
    const next = { ...log, ...change };
    await lease.fenced(async (tx) => {
      const ofRun = and(eq(executions.source, lease.source), eq(executions.ordinal, log.ordinal));
      const [run] = await tx.select({ logState: executions.logState }).from(executions).where(ofRun).for('update');
      if (run?.logState !== 'PENDING') return;
      await saveStep(tx, next);
      await appendLog(tx, logStreamOf(lease.source, log.ordinal), entries);
    });
    return next;
  };
export type CommitStep = ReturnType<typeof createStepStore>;

export async function saveStep(tx: Tx, log: StepLog): Promise<void> {
  const { source: _source, ordinal: _ordinal, step: _step, ...changing } = log;
  await tx
    .insert(logSteps)
    .values(log)
    .onConflictDoUpdate({ target: [logSteps.source, logSteps.ordinal, logSteps.step], set: changing });
}

export const gapIn = (log: Pick<StepLog, 'step' | 'lines'>, reason: 'RETENTION' | 'CEILING' | 'UNREADABLE'): NewLogEntry => {
  return { kind: 'GAP', size: 1, step: log.step, firstLine: log.lines + 1, reason, missingLines: null };
};
export const endOf = (log: Pick<StepLog, 'step' | 'lines'>): NewLogEntry => {
  return { kind: 'END', size: 1, step: log.step, firstLine: log.lines + 1, reason: 'COMPLETED' };
};
