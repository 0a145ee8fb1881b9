/** What a run row shows at a moment, whoever moves it. */
import type { Execution, Job } from '../workflow/types.ts';
import type { RunRow } from './rows.ts';

const finalStatuses = new Set(['succeeded', 'failed', 'terminated', 'skipped']);
export const isFinal = (status: string): boolean => finalStatuses.has(status);

export const executionOf = (run: RunRow): Execution | undefined => (run.life.kind === 'engine' ? run.life.execution : undefined);

export const jobsOf = (run: RunRow): readonly Job[] => executionOf(run)?.jobs() ?? [];

export function statusOf(run: RunRow, now: number): string {
  if (run.rawStatus !== undefined) return run.rawStatus;
  if (run.mask !== undefined && now < run.mask.until) return run.mask.status;
  return lifeStatus(run);
}

/** What it really does, whatever the row was ordered to show. */
export const lifeStatus = (run: RunRow): string => (run.life.kind === 'engine' ? run.life.execution.status() : run.life.status);

export function runMsgOf(run: RunRow, now: number): string {
  if (run.mask !== undefined && now < run.mask.until) return run.mask.runMsg;
  return run.life.kind === 'engine' ? run.life.execution.runMsg() : run.life.runMsg;
}

export const activatedAt = (run: RunRow): number | undefined =>
  run.life.kind === 'engine' ? run.life.execution.activatedAt() : run.life.activatedAt;

export const updatedAt = (run: RunRow): number =>
  Math.max(run.touchedAt, run.life.kind === 'engine' ? run.life.execution.updatedAt() : run.life.updatedAt);

export const runNumber = (runID: string): number => (/^run-\d{6,}$/.test(runID) ? Number(runID.slice(4)) : 0);
export const runIDOf = (number: number): string => `run-${String(number).padStart(6, '0')}`;
