import { and, desc, eq, inArray, isNotNull, isNull, notInArray, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { executions } from '../../../db/tables.ts';
import { isFinal } from '../../../execution/state.ts';
import { logSteps } from '../tables.ts';
import { stepsOf, unpackDetail, type Step } from '../run/detail.ts';
import { shippedRetention } from './retention.ts';
import type { StepToCopy } from './rhythm.ts';
import { keyOfStep } from './step-store.ts';

/** By so much longer than the upstream keeps pods, an hour after a failure as shipped (contract 2.13), a run's log is looked for unasked. */
const longerMs = 3_600_000;

/** Where PaddleFlow keeps the log of a step: cache hits and steps carried over by a retry are found under the old run (contract 2.13). */
function logPlaceOf(step: Step, runId: string): { logRunId: string; jobId: string } | undefined {
  const jobId = step.cachedFrom?.jobId || step.jobId;
  if (jobId === '') return undefined;
  return { logRunId: /^job-(run-\d+)-/.exec(jobId)?.[1] ?? step.cachedFrom?.runId ?? runId, jobId };
}

/** A run whose log is not complete. */
export interface RunToCopy {
  readonly ordinal: number;
  /** It has ended, and all its steps are known. */
  readonly complete: boolean;
  readonly steps: readonly StepToCopy[];
}

/** The runs of a source whose logs are not complete, with their steps. */
export function createPending(db: Database, source: string, { succeededMs, failedMs } = shippedRetention) {
  const { ordinal, key: runId, detail, settledAt, detailObservedAt } = executions;
  // Measured by the upstream's own clock, of which its latest write is all we know.
  const horizon = sql`((select max(updated_at) from execution where source = ${source}) - make_interval(secs => ${(Math.max(succeededMs, failedMs) + longerMs) / 1000}))`;
  /** As the index has it: those that go on have not ended for the longest time. */
  const endedAt = sql`coalesce(${executions.endedAt}, 'infinity')`;
  const pending = and(
    eq(executions.source, source),
    eq(executions.logState, 'PENDING'),
    isNull(executions.deletedUpstream),
    isNotNull(detail),
  );

  const read = (which: SQL | undefined) =>
    db
      .select({ ordinal, runId, detail, settledAt, detailObservedAt })
      .from(executions)
      .where(and(pending, which))
      .orderBy(desc(ordinal))
      .$dynamic();

  /** The steps of these runs that have a log; what is not known of one yet is kept from its first read on. */
  async function withSteps(found: Awaited<ReturnType<typeof read>>): Promise<RunToCopy[]> {
    if (found.length === 0) return [];
    const ordinals = found.map((run) => run.ordinal);
    const rows = await db
      .select()
      .from(logSteps)
      .where(and(eq(logSteps.source, source), inArray(logSteps.ordinal, ordinals)));
    const known = new Map(rows.map((log) => [keyOfStep(log), log]));
    return found.map((run) => {
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
          goneAt: null,
          endedAt: null,
          gaps: false,
        };
        return [{ step, ended: complete || isFinal(step.state), log: known.get(keyOfStep(fresh)) ?? fresh }];
      });
      return { ordinal: run.ordinal, complete, steps };
    });
  }

  return {
    /** All whose pods may still be there, newest first. */
    live: async () => withSteps(await read(sql`${endedAt} > ${horizon}`)),
    /** Some older ones that somebody has asked for, newest first. */
    wanted: async (limit: number, except: readonly number[]) =>
      withSteps(await read(and(executions.logWanted, sql`${endedAt} <= ${horizon}`, notInArray(ordinal, [...except]))).limit(limit)),
  };
}
