import type { Step } from '../run/detail.ts';
import type { StepMemory } from './close-step.ts';
import type { Copied } from './copy-step.ts';
import { keyOfStep, type StepLog } from './step-store.ts';

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
  /** Reads in a row that brought nothing, and that showed nothing. */
  readonly quiet: number;
  readonly fruitless: number;
  /** When the step was first met after its end, by the clock. What happened before that counts for nothing after it. */
  readonly endedAt: number | undefined;
  readonly memory: StepMemory;
}

/** How often a step that has just written is read before its reads become rarer, and one that has not written yet. */
const quietReads = { written: 2, silent: 20 };
/** A log that does not end is looked at again after this part of the time that has gone by since its step ended. */
const partOfWait = 0.25;

/** When each step is read next: quiet ones are asked less and less often, and what cannot be read is tried again. `clock`: in milliseconds. */
export function createRhythms({ intervalMs, maxIntervalMs, finalMs }: RhythmOptions, clock: () => number = () => performance.now()) {
  const rhythms = new Map<string, Rhythm>();
  const fresh = (endedAt?: number): Rhythm => ({ dueAt: 0, pauseMs: intervalMs, quiet: 0, fruitless: 0, endedAt, memory: {} });
  function of({ log, ended }: StepToCopy): Rhythm {
    const known = rhythms.get(keyOfStep(log));
    if (known && (known.endedAt !== undefined || !ended)) return known;
    const begun = fresh(ended ? clock() : undefined);
    rhythms.set(keyOfStep(log), begun);
    return begun;
  }

  function pauseWhileRunning({ quiet, fruitless, pauseMs }: Rhythm, { lines }: StepLog): number {
    const rarer = Math.max(quiet, fruitless) >= (lines > 0 ? quietReads.written : quietReads.silent);
    return rarer ? Math.min(maxIntervalMs, pauseMs * 2) : intervalMs;
  }
  /** Often at first, when the fault is likely to be over soon, and never more seldom than a quiet step. */
  function pauseAfterEnd(endedAt: number): number {
    return Math.max(finalMs, Math.min(maxIntervalMs, (clock() - endedAt) * partOfWait));
  }

  return {
    /** A step that has just ended is read at once, whatever its rhythm was; one that waits has no container yet. */
    isDue(due: StepToCopy): boolean {
      const { step, ended, log } = due;
      if (log.endedAt !== null || (step.state === 'QUEUED' && !ended)) return false;
      return clock() >= of(due).dueAt;
    },
    memoryOf: (due: StepToCopy): StepMemory => of(due).memory,
    hasFailed: (due: StepToCopy): boolean => of(due).fruitless > 0,
    /** When the first of these is due again, by the clock; not at once, and not never. */
    nextDue(steps: readonly StepToCopy[]): number {
      const now = clock();
      const open = steps.filter(({ log }) => log.endedAt === null).map((step) => Math.max(of(step).dueAt, now + intervalMs));
      return Math.min(now + maxIntervalMs, ...open);
    },
    wasRead(due: StepToCopy, { log, grew, more, fruitless }: Copied): void {
      const before = of(due);
      const now = { ...before, quiet: grew ? 0 : before.quiet + 1, fruitless: fruitless ? before.fruitless + 1 : 0 };
      const drained = log.drainedAt !== null && !fruitless;
      const pauseMs = before.endedAt === undefined ? pauseWhileRunning(now, log) : drained ? finalMs : pauseAfterEnd(before.endedAt);
      rhythms.set(keyOfStep(due.log), { ...now, pauseMs, dueAt: clock() + (more ? 0 : pauseMs) });
    },
    /** `outage`: it is no fault of this log. */
    wasRefused(due: StepToCopy, { outage }: { outage: boolean }): void {
      const before = of(due);
      const fruitless = outage ? before.fruitless : before.fruitless + 1;
      rhythms.set(keyOfStep(due.log), { ...before, fruitless, dueAt: clock() + intervalMs });
    },
    /** All others are forgotten. */
    keep(steps: readonly StepToCopy[]): void {
      const kept = new Set(steps.map(({ log }) => keyOfStep(log)));
      for (const key of rhythms.keys()) if (!kept.has(key)) rhythms.delete(key);
    },
    forget(steps: readonly StepToCopy[]): void {
      for (const { log } of steps) rhythms.delete(keyOfStep(log));
    },
  };
}
export type Rhythms = ReturnType<typeof createRhythms>;
