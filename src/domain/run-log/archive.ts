import { and, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { logSteps, runs } from '../../db/tables.ts';
import type { Lease } from '../../live/lease.ts';
import { appendEvents } from '../../live/stream.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import type { PaddleFlowClient } from '../../upstream/paddleflow/client.ts';
import { isFinal } from '../execution.ts';
import { stepsOf, unpackDetail, type Step } from '../run/detail.ts';
import { endLog } from '../run/mirror/announce.ts';
import { createStepCopier, type StepLog } from './copy-step.ts';

export interface ArchiveOptions {
  readonly db: Database;
  readonly client: PaddleFlowClient;
  readonly lease: Lease;
  readonly intervalMs: number;
  readonly maxIntervalMs: number;
  readonly finalMs: number;
  readonly maxLineBytes: number;
  readonly logError: (error: unknown) => void;
}

/** Pods are collected an hour after a failure at the latest (contract 2.13); an older run's log is looked for only when somebody asks. */
const reachableMs = 2 * 3_600_000;

/** Where PaddleFlow keeps the log of a step: cache hits and steps carried over by a retry are found under the old run (contract 2.13). */
export function logPlaceOf(step: Step, runId: string): { logRunId: string; jobId: string } | undefined {
  const jobId = step.cachedFrom?.jobId || step.jobId;
  if (jobId === '') return undefined;
  return { logRunId: /^job-(run-\d+)-/.exec(jobId)?.[1] ?? step.cachedFrom?.runId ?? runId, jobId };
}

interface Rhythm {
  dueAt: number;
  pauseMs: number;
}

/**
 * Copies the logs of all steps while their pods live, step by step and each in its own rhythm: quiet steps are asked less and less
 * often. Position, lines and head are committed together, so a new leader goes on at exactly the next line.
 */
export function createLogArchive(options: ArchiveOptions) {
  const { db, lease, intervalMs, maxIntervalMs, finalMs, logError } = options;
  const { source, signal } = lease;
  const copyStep = createStepCopier(options);
  const rhythms = new Map<string, Rhythm>();
  const wanted = new Set<number>();

  async function pendingRuns() {
    const { ordinal, runId, detail, settledAt, detailObservedAt } = runs;
    // Measured by the upstream's own clock, of which its latest write is all we know.
    const latest = sql`(select max(updated_at) from run where source = ${source})`;
    const reachable = or(isNull(runs.endedAt), gt(runs.endedAt, sql`${latest} - make_interval(secs => ${reachableMs / 1000})`));
    const asked = wanted.size === 0 ? undefined : inArray(runs.ordinal, [...wanted]);
    const pending = and(eq(runs.source, source), eq(runs.logState, 'PENDING'), isNull(runs.deletedUpstream), isNotNull(runs.detail));
    return db
      .select({ ordinal, runId, detail, settledAt, detailObservedAt })
      .from(runs)
      .where(and(pending, or(reachable, asked)))
      .orderBy(desc(ordinal));
  }

  /** A row for each step that has a log, made when it is first seen. */
  async function stepLogsOf(ordinal: number, runId: string, steps: readonly Step[]): Promise<{ step: Step; log: StepLog }[]> {
    const known = await db.select().from(logSteps).where(and(eq(logSteps.source, source), eq(logSteps.ordinal, ordinal)));
    const logs: { step: Step; log: StepLog }[] = [];
    for (const step of steps) {
      const place = logPlaceOf(step, runId);
      if (place === undefined) continue;
      const row = known.find((log) => log.step === step.path && log.jobId === place.jobId);
      const fresh = { source, ordinal, step: step.path, ...place, lines: 0, tasks: {}, watched: false, drainedAt: null, endedAt: null, gaps: false };
      logs.push({ step, log: row ?? fresh });
    }
    return logs;
  }

  async function copyDue(ordinal: number, step: Step, log: StepLog): Promise<StepLog> {
    const key = `${ordinal}/${step.path}/${log.jobId}`;
    const final = isFinal(step.state);
    const rhythm = rhythms.get(key) ?? { dueAt: 0, pauseMs: intervalMs };
    // A step that has just ended is read at once, whatever its rhythm was.
    const overdue = final && log.drainedAt === null && rhythm.pauseMs > finalMs;
    if (performance.now() < rhythm.dueAt && !overdue) return log;
    const copied = await copyStep(log, step);
    if (copied.log.endedAt !== null) rhythms.delete(key);
    else {
      const pauseMs = final ? finalMs : copied.grew ? intervalMs : Math.min(maxIntervalMs, rhythm.pauseMs * 2);
      rhythms.set(key, { pauseMs, dueAt: performance.now() + (copied.more ? 0 : pauseMs) });
    }
    return copied.log;
  }

  async function copyRun(run: Awaited<ReturnType<typeof pendingRuns>>[number]): Promise<void> {
    if (run.detail === null) return;
    const steps = stepsOf(unpackDetail(run.detail));
    const logs = await stepLogsOf(run.ordinal, run.runId, steps);
    const copied = await Promise.all(logs.map(async ({ step, log }) => (log.endedAt === null ? copyDue(run.ordinal, step, log) : log)));
    // The detail must be younger than the end of the run, or a last step might be missing in it.
    const complete = run.settledAt !== null && run.detailObservedAt !== null && run.detailObservedAt >= run.settledAt;
    if (!complete || copied.some(({ endedAt }) => endedAt === null)) return;
    await lease.fenced(async (tx) => {
      await endLog(tx, source, run.ordinal, 'COMPLETED', copied.some(({ gaps }) => gaps) ? 'GAPS' : 'COMPLETE');
      await appendEvents(tx, source, []);
    });
    wanted.delete(run.ordinal);
  }

  return {
    /** Somebody asks for the log of a run that may be too old to be copied unasked. */
    want: (ordinal: number) => void wanted.add(ordinal),
    /** One turn over all runs whose log is not complete. True: some have more that can be read at once. */
    async turn(): Promise<boolean> {
      const pending = await pendingRuns();
      await Promise.all(
        pending.map((run) =>
          copyRun(run).catch((error: unknown) => {
            if (!(error instanceof UpstreamError)) throw error;
            if (!signal.aborted) logError(error);
          }),
        ),
      );
      const now = performance.now();
      return [...rhythms.values()].some(({ dueAt }) => dueAt <= now);
    },
  };
}
export type LogArchive = ReturnType<typeof createLogArchive>;
