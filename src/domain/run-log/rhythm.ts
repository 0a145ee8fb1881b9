import type { Step } from '../run/detail.ts';
import type { Copied, StepLog } from './copy-step.ts';

export interface RhythmOptions {
  readonly intervalMs: number;
  readonly maxIntervalMs: number;
  readonly finalMs: number;
}

export interface StepToCopy {
  readonly step: Step;
  /** Nothing more will be written, whatever the step says: its run has ended for good. */
  readonly ended: boolean;
  log: StepLog;
}

interface Rhythm {
  readonly dueAt: number;
  readonly pauseMs: number;
  /** Reads in a row that brought nothing, and that failed. */
  readonly quiet: number;
  readonly failures: number;
}

/** How often a step that has just written is read before its reads become rarer, and one that has not written yet. */
const quietReads = { written: 2, silent: 20 };
/** The pause between two tries doubles, so with 5 s between the first ones this is some minutes. */
const triesWhenEnded = 6;

/** When each step is read next: quiet ones are asked less and less often, and what cannot be read is tried again. */
export function createRhythms({ intervalMs, maxIntervalMs, finalMs }: RhythmOptions) {
  let rhythms = new Map<string, Rhythm>();
  const of = ({ log }: StepToCopy): Rhythm => rhythms.get(keyOfStep(log)) ?? { dueAt: 0, pauseMs: intervalMs, quiet: 0, failures: 0 };

  /** The rhythm of a step that was read, or could not be. */
  function after(before: Rhythm, { log, grew, more, unreadable }: Copied, ended: boolean): Rhythm {
    const quiet = grew ? 0 : before.quiet + 1;
    const failures = unreadable ? before.failures + 1 : 0;
    const rarer = quiet >= (log.lines > 0 ? quietReads.written : quietReads.silent);
    const whileRunning = rarer ? Math.min(maxIntervalMs, before.pauseMs * 2) : intervalMs;
    const pauseMs = ended ? finalMs * 2 ** Math.max(0, failures - 1) : whileRunning;
    return { pauseMs, quiet, failures, dueAt: performance.now() + (more ? 0 : pauseMs) };
  }

  return {
    /** A step that has just ended is read at once, whatever its rhythm was; one that waits has no container yet. */
    isDue({ step, ended, log }: StepToCopy): boolean {
      if (log.endedAt !== null || (step.state === 'QUEUED' && !ended)) return false;
      const rhythm = rhythms.get(keyOfStep(log));
      if (ended && log.drainedAt === null && rhythm?.failures === 0 && rhythm.pauseMs > finalMs) return true;
      const drainedAgoMs = log.drainedAt === null ? Number.POSITIVE_INFINITY : Date.now() - log.drainedAt.getTime();
      return rhythm === undefined ? drainedAgoMs >= finalMs : performance.now() >= rhythm.dueAt;
    },
    isLastTry: (due: StepToCopy): boolean => due.ended && of(due).failures + 1 >= triesWhenEnded,
    hasFailed: (due: StepToCopy): boolean => of(due).failures > 0,
    /** When the first of these is due again, as `performance.now()` has it; not at once, and not never. */
    nextDue(steps: readonly StepToCopy[]): number {
      const now = performance.now();
      const open = steps.filter(({ log }) => log.endedAt === null).map((step) => Math.max(of(step).dueAt, now + intervalMs));
      return Math.min(now + maxIntervalMs, ...open);
    },
    wasRead(due: StepToCopy, copied: Copied): void {
      rhythms.set(keyOfStep(due.log), after(of(due), copied, due.ended));
    },
    /** `outage`: it is no fault of this log. */
    wasRefused(due: StepToCopy, { outage }: { outage: boolean }): void {
      const before = of(due);
      rhythms.set(keyOfStep(due.log), { ...before, dueAt: performance.now() + intervalMs, failures: outage ? before.failures : 1 });
    },
    /** All others are forgotten. */
    keep(steps: readonly StepToCopy[]): void {
      rhythms = new Map(
        steps.flatMap(({ log }) => {
          const rhythm = rhythms.get(keyOfStep(log));
          return rhythm === undefined ? [] : [[keyOfStep(log), rhythm] as const];
        }),
      );
    },
    forget(steps: readonly StepToCopy[]): void {
      for (const { log } of steps) rhythms.delete(keyOfStep(log));
    },
  };
}
export type Rhythms = ReturnType<typeof createRhythms>;

/** A step that was tried again has a new job, and begins anew. */
export const keyOfStep = ({ ordinal, jobId, step }: Pick<StepLog, 'ordinal' | 'jobId' | 'step'>): string => `${ordinal}/${jobId}/${step}`;
