import { and, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { logSteps, runs } from '../../db/tables.ts';
import { inParallel } from '../../live/in-parallel.ts';
import { appendEvents } from '../../live/stream.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import { isFinal } from '../execution.ts';
import { stepsOf, unpackDetail, type Step } from '../run/detail.ts';
import { endLog } from '../run/mirror/announce.ts';
import { isOutage } from '../run/mirror/outage.ts';
import { createStepCopier, type Copied, type CopyStepOptions, type StepLog } from './copy-step.ts';

export interface ArchiveOptions extends CopyStepOptions {
  readonly intervalMs: number;
  readonly maxIntervalMs: number;
  readonly finalMs: number;
  readonly logError: (error: unknown) => void;
}

/** Pods are collected an hour after a failure at the latest (contract 2.13); an older run's log is looked for only when somebody asks. */
const reachableMs = 2 * 3_600_000;
/** Fewer than the leader may call at a time, so that a long log never delays a state. */
const stepsAtATime = 2;
/** How often a step that has just written is read before its reads become rarer, and one that has not written yet. */
const quietReads = { written: 2, silent: 20 };
/** The pause between two tries doubles, so with 5 s between the first ones this is some minutes. */
const triesWhenEnded = 6;

/** Where PaddleFlow keeps the log of a step: cache hits and steps carried over by a retry are found under the old run (contract 2.13). */
export function logPlaceOf(step: Step, runId: string): { logRunId: string; jobId: string } | undefined {
  const jobId = step.cachedFrom?.jobId || step.jobId;
  if (jobId === '') return undefined;
  return { logRunId: /^job-(run-\d+)-/.exec(jobId)?.[1] ?? step.cachedFrom?.runId ?? runId, jobId };
}

interface Rhythm {
  readonly dueAt: number;
  readonly pauseMs: number;
  /** Reads in a row that brought nothing, and that failed. */
  readonly quiet: number;
  readonly failures: number;
}

interface StepToCopy {
  readonly step: Step;
  /** Nothing more will be written, whatever the step says: its run has ended for good. */
  readonly ended: boolean;
  log: StepLog;
}

/**
 * Copies the logs of all steps while their pods live, step by step and each in its own rhythm: quiet steps are asked less and less
 * often. Position, lines and head are committed together, so a new leader goes on at exactly the next line.
 */
export function createLogArchive(options: ArchiveOptions) {
  const { db, lease, intervalMs, maxIntervalMs, finalMs, logError } = options;
  const { source, signal } = lease;
  const copyStep = createStepCopier(options);
  let rhythms = new Map<StepKey, Rhythm>();

  async function pendingRuns() {
    const { ordinal, runId, detail, settledAt, detailObservedAt } = runs;
    // Measured by the upstream's own clock, of which its latest write is all we know.
    const latest = sql`(select max(updated_at) from run where source = ${source})`;
    const reachable = or(isNull(runs.endedAt), gt(runs.endedAt, sql`${latest} - make_interval(secs => ${reachableMs / 1000})`));
    const pending = and(eq(runs.source, source), eq(runs.logState, 'PENDING'), isNull(runs.deletedUpstream), isNotNull(runs.detail));
    return db
      .select({ ordinal, runId, detail, settledAt, detailObservedAt })
      .from(runs)
      .where(and(pending, or(reachable, runs.logWanted)))
      .orderBy(desc(ordinal));
  }
  type PendingRun = Awaited<ReturnType<typeof pendingRuns>>[number];

  /** The steps of these runs that have a log; what is not known of one yet is kept from its first read on. */
  async function stepsToCopy(pending: readonly PendingRun[]) {
    const ordinals = pending.map(({ ordinal }) => ordinal);
    const rows =
      ordinals.length === 0
        ? []
        : await db
            .select()
            .from(logSteps)
            .where(and(eq(logSteps.source, source), inArray(logSteps.ordinal, ordinals)));
    const known = new Map(rows.map((log) => [keyOfStep(log), log]));
    return pending.map((run) => {
      // The detail must be younger than the end of the run, or a last step might be missing in it.
      const complete = run.settledAt !== null && run.detailObservedAt !== null && run.detailObservedAt >= run.settledAt;
      const steps = stepsOf(unpackDetail(run.detail ?? Buffer.from('{}'))).flatMap((step): StepToCopy[] => {
        const place = logPlaceOf(step, run.runId);
        if (place === undefined) return [];
        const fresh = {
          source,
          ordinal: run.ordinal,
          step: step.path,
          ...place,
          lines: 0,
          tasks: {},
          watched: false,
          drainedAt: null,
          endedAt: null,
          gaps: false,
        };
        return [{ step, ended: complete || isFinal(step.state), log: known.get(keyOfStep(fresh)) ?? fresh }];
      });
      return { ordinal: run.ordinal, complete, steps };
    });
  }

  /** A step that has just ended is read at once, whatever its rhythm was; one that waits has no container yet. */
  function isDue({ step, ended, log }: StepToCopy): boolean {
    if (log.endedAt !== null || (step.state === 'QUEUED' && !ended)) return false;
    const rhythm = rhythms.get(keyOfStep(log));
    if (ended && log.drainedAt === null && rhythm?.failures === 0 && rhythm.pauseMs > finalMs) return true;
    const drainedAgoMs = log.drainedAt === null ? Number.POSITIVE_INFINITY : Date.now() - log.drainedAt.getTime();
    return rhythm === undefined ? drainedAgoMs >= finalMs : performance.now() >= rhythm.dueAt;
  }

  async function copy(due: StepToCopy): Promise<boolean> {
    const key = keyOfStep(due.log);
    const before = rhythms.get(key) ?? { dueAt: 0, pauseMs: intervalMs, quiet: 0, failures: 0 };
    try {
      const copied = await copyStep(due.log, due.step, { ended: due.ended, lastTry: due.ended && before.failures + 1 >= triesWhenEnded });
      due.log = copied.log;
      rhythms.set(key, after(before, copied, due.ended));
      return copied.more;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (!signal.aborted && !isOutage(error) && before.failures === 0) logError(error);
      rhythms.set(key, { ...before, dueAt: performance.now() + intervalMs, failures: isOutage(error) ? before.failures : 1 });
      return false;
    }
  }

  function after(before: Rhythm, { log, grew, more, unreadable }: Copied, ended: boolean): Rhythm {
    const quiet = grew ? 0 : before.quiet + 1;
    const failures = unreadable ? before.failures + 1 : 0;
    const rarer = quiet >= (log.lines > 0 ? quietReads.written : quietReads.silent);
    const whileRunning = rarer ? Math.min(maxIntervalMs, before.pauseMs * 2) : intervalMs;
    const pauseMs = ended ? finalMs * 2 ** Math.max(0, failures - 1) : whileRunning;
    return { pauseMs, quiet, failures, dueAt: performance.now() + (more ? 0 : pauseMs) };
  }

  async function finish(ordinal: number, steps: readonly StepToCopy[]): Promise<void> {
    await lease.fenced(async (tx) => {
      await endLog(tx, source, ordinal, 'COMPLETED', steps.some(({ log }) => log.gaps) ? 'GAPS' : 'COMPLETE');
      await appendEvents(tx, source, []);
    });
  }

  return {
    /** One turn over all runs whose log is not complete. True: some have more that can be read at once. */
    async turn(): Promise<boolean> {
      const pending = await stepsToCopy(await pendingRuns());
      const all = pending.flatMap(({ steps }) => steps);
      rhythms = new Map(all.flatMap(({ log }) => [...take(rhythms, keyOfStep(log))])); // those of runs that are done are forgotten
      let more = false;
      await inParallel(all.filter(isDue), stepsAtATime, async (due) => {
        const left = await copy(due);
        more ||= left;
      });
      for (const { ordinal, complete, steps } of pending)
        if (complete && steps.every(({ log }) => log.endedAt !== null)) await finish(ordinal, steps);
      return more;
    },
  };
}
export type LogArchive = ReturnType<typeof createLogArchive>;

type StepKey = string;
const keyOfStep = ({ ordinal, jobId, step }: Pick<StepLog, 'ordinal' | 'jobId' | 'step'>): StepKey => `${ordinal}/${jobId}/${step}`;

function* take<K, V>(map: ReadonlyMap<K, V>, key: K): Iterable<[K, V]> {
  const value = map.get(key);
  if (value !== undefined) yield [key, value];
}
