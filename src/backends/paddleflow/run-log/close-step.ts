import { and, desc, eq, gt, isNull, ne, or } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { logSteps } from '../tables.ts';
import type { Lease } from '../../../live/lease.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { PaddleFlowClient } from '../client/client.ts';
import type { Step } from '../run/detail.ts';
import { isOutage } from '../mirror/outage.ts';
import { databaseTime } from '../../../execution/store.ts';
import { endsWithKnown } from './read-task.ts';
import { createRetention, type Retention } from './retention.ts';
import { judge, lookOf, streakAfter, type EndTimes, type Look, type Streak } from './step-end.ts';
import type { PagesOf } from './step-pages.ts';
import { endOf, gapIn, type CommitStep, type StepLog } from './step-store.ts';

export interface CloseStepOptions {
  readonly db: Database;
  readonly client: PaddleFlowClient;
  readonly lease: Lease;
  readonly retention: Retention;
  readonly finalMs: number;
  /** Default: 24 times `finalMs`. */
  readonly silentMs?: number | undefined;
}

/** What a leader remembers of an ended step from one look to the next. A new leader begins anew: it only takes longer. */
export interface StepMemory {
  streak?: Streak | undefined;
  /** Its job was asked, and has started: there was a container. */
  begun?: boolean | undefined;
}

type LogPlace = Pick<StepLog, 'logRunId' | 'jobId'>;
/** Logs that are asked, one after the other, whether any can be read. */
const mostWitnesses = 3;
const firstLine = { position: 'begin', pageNo: 1, pageSize: 1 } as const;

/** Decides when the log of an ended step is over, as drawn in `step-end.ts`. */
export function createStepCloser(options: CloseStepOptions & { readonly commit: CommitStep; readonly pagesOf: PagesOf }) {
  const { db, client, lease, commit, pagesOf, finalMs } = options;
  const { source } = lease;
  const retention = createRetention(db, options.retention);
  const times: EndTimes = { finalMs, silentMs: options.silentMs ?? finalMs * 24 };
  /** The job whose log could be read last: by it one that has nothing is told from a source that cannot read logs. */
  let readable: LogPlace | undefined;

  const over = (log: StepLog, gap?: 'RETENTION' | 'UNREADABLE') =>
    commit(log, { endedAt: new Date(), ...(gap && { gaps: true }) }, [...(gap ? [gapIn(log, gap)] : []), endOf(log)]);

  /** The newest line of each container, asked for by itself. */
  async function fromTheOtherEnd(log: StepLog): Promise<Look> {
    const pages = pagesOf(log);
    const tasks = Object.entries(log.tasks);
    return lookOf(
      await Promise.all(
        tasks.map(([taskID, state]) =>
          endsWithKnown(state, async (page) => (await pages(page)).find((task) => task.taskID === taskID)?.page),
        ),
      ),
    );
  }

  /** Other logs that have lines and whose pods should still be there, the likeliest first. */
  async function witnesses({ jobId }: StepLog, now: Date): Promise<LogPlace[]> {
    const { logRunId, jobId: job } = logSteps;
    const there = or(isNull(logSteps.goneAt), gt(logSteps.goneAt, now));
    const rows = await db
      .select({ logRunId, jobId: job })
      .from(logSteps)
      .where(and(eq(logSteps.source, source), ne(job, jobId), gt(logSteps.lines, 0), there))
      .orderBy(desc(logSteps.ordinal))
      .limit(mostWitnesses);
    return readable && readable.jobId !== jobId ? [readable, ...rows] : rows;
  }

  /** What the log of another job shows that has lines. `none`: there is no such log, so nothing can be told. */
  async function elsewhere(log: StepLog, now: Date): Promise<'lines' | 'silence' | 'none'> {
    for (const place of await witnesses(log, now)) {
      try {
        const tasks = await pagesOf(place)(firstLine);
        if (tasks.some(({ page }) => page.content !== '')) return 'lines';
        if (tasks.length > 0) return 'silence'; // without its container it says nothing: that may be gone
      } catch (error) {
        if (!(error instanceof UpstreamError) || isOutage(error)) throw error;
        if (error.code !== 'RunNotFound') return 'silence';
      }
    }
    return 'none';
  }

  /** It shows no line now either. */
  async function isStillSilent(log: StepLog): Promise<boolean> {
    try {
      const tasks = await pagesOf(log)(firstLine);
      return tasks.length > 0 && tasks.every(({ page }) => page.content === '');
    } catch (error) {
      if (!(error instanceof UpstreamError) || isOutage(error)) throw error;
      return false;
    }
  }

  /** Whether the job never got as far as a container, by its own word. Undefined: it does not tell. */
  async function hasBegun(log: StepLog, step: Step): Promise<boolean | undefined> {
    if (log.watched || step.state === 'SUCCEEDED' || Object.keys(log.tasks).length > 0) return true;
    try {
      const { startTime, finishTime } = await client.getJob(log.jobId, lease.signal);
      return startTime !== '' || (finishTime === '' ? undefined : false);
    } catch (error) {
      if (!(error instanceof UpstreamError) || isOutage(error)) throw error;
      return undefined;
    }
  }

  async function conclude(log: StepLog, step: Step, memory: StepMemory, look: Look, more: boolean): Promise<StepLog> {
    const now = await databaseTime(db);
    memory.streak = streakAfter(memory.streak, look, now);
    const stopped = step.state === 'CANCELLED';
    const shown = look === 'grew' || look === 'whole';
    const gone = !shown && (now >= (log.goneAt ?? now) || (await retention.isLongOver(log, step)));
    const verdict = judge({ drainedAt: log.drainedAt, gone, stopped }, memory.streak, more, now, times);
    switch (verdict) {
      case 'wait':
        return log;
      case 'drained':
        return commit(log, { drainedAt: now });
      case 'over':
        return over(log);
      case 'over-if-whole': {
        const newest = await fromTheOtherEnd(log);
        if (newest === 'whole') return over(log);
        if (newest !== 'grew') memory.streak = streakAfter(memory.streak, newest, now);
        return newest === 'grew' ? commit(log, { drainedAt: null }) : log;
      }
      case 'over-if-silent': {
        const others = await elsewhere(log, now);
        if (others === 'lines') {
          // What could not be read may have become readable between the look and the comparison: a look counts that has one before and one behind it.
          if ((await isStillSilent(log)) && (await elsewhere(log, now)) === 'lines') return over(log);
          memory.streak = undefined;
          return log;
        }
        // It may have lines that cannot be read. What lasts for longer than its pod is told for what it is.
        if (gone) return over(log, 'UNREADABLE');
        if (others === 'silence') memory.streak = undefined;
        return log;
      }
      case 'over-if-never-begun': {
        memory.begun ??= await hasBegun(log, step);
        if (memory.begun === false) return over(log);
        return stopped ? over(log, 'RETENTION') : log;
      }
      default:
        return over(log, verdict.gap);
    }
  }

  return {
    /** A step is seen to have ended for the first time: until when its pod may be there is counted from now. */
    async expect(log: StepLog, step: Step): Promise<StepLog> {
      if (log.goneAt !== null) return log;
      return commit(log, { goneAt: await retention.goneFrom(log, step, await databaseTime(db)) });
    },
    /** What a look at all containers of an ended step means. The log as it is then. */
    close: (log: StepLog, step: Step, seen: { look: Look; more: boolean; memory: StepMemory }) =>
      conclude(log, step, seen.memory, seen.look, seen.more),
    wasReadable({ logRunId, jobId }: StepLog): void {
      readable = { logRunId, jobId };
    },
  };
}
