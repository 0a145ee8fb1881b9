import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { logSteps } from '../../db/tables.ts';
import type { Lease, Tx } from '../../live/lease.ts';
import { appendEvents, appendLog, copyLog, type NewLogEntry } from '../../live/stream.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import type { PaddleFlowClient } from '../../upstream/paddleflow/client.ts';
import type { Step } from '../run/detail.ts';
import { ordinalOf } from '../run/run-id.ts';
import { chunksOf } from './lines.ts';
import { firstPageOf, freshTask, readTask, type PageOfLog } from './read-task.ts';

type TaskLog = Awaited<ReturnType<PaddleFlowClient['runLog']>>['runLog'][number]['taskList'][number];
export type StepLog = typeof logSteps.$inferSelect;

export interface Copied {
  readonly log: StepLog;
  readonly grew: boolean;
  /** More can be read at once. */
  readonly more: boolean;
  /** The upstream failed on this log, and on this log alone. */
  readonly unreadable: boolean;
}

export interface CopyStepOptions {
  readonly db: Database;
  readonly client: PaddleFlowClient;
  readonly lease: Lease;
  readonly maxLineBytes: number;
}

/** Pages of one turn; other steps want their turn too. */
const pagesPerTurn = 50;
/** Pods of failed steps are kept so long at the most (contract 8.1): when nothing is there before, nothing ever was. */
const retentionMs = 3_600_000;

/** Copies what is new in the log of one step. */
export function createStepCopier({ db, client, lease, maxLineBytes }: CopyStepOptions) {
  const { source, signal } = lease;

  /** Appends to the run's stream and moves the step's own state, in one transaction. */
  async function commit(log: StepLog, change: Partial<StepLog>, entries: readonly NewLogEntry[] = []): Promise<StepLog> {
    const next = { ...log, ...change };
    await lease.fenced(async (tx) => {
      await save(tx, next);
      if (entries.length === 0) return;
      await appendLog(tx, source, log.ordinal, entries);
      await appendEvents(tx, source, []); // wakes the readers
    });
    return next;
  }

  const end = (log: StepLog, reason?: 'RETENTION' | 'UNREADABLE') =>
    commit(log, { endedAt: new Date(), ...(reason && { gaps: true }) }, [...(reason ? [gap(log, reason)] : []), ending(log)]);

  /** Pages of one job, each asked once however many containers it has. */
  function pagesOf({ logRunId, jobId }: StepLog) {
    const asked = new Map<string, Promise<readonly TaskLog[]>>();
    return (page: PageOfLog) => {
      const key = Object.values(page).join();
      const answer =
        asked.get(key) ??
        client
          .runLog({ runID: logRunId, jobID: jobId, ...page }, signal)
          .then(({ runLog }) => runLog.filter((job) => job.jobID === jobId).flatMap(({ taskList }) => taskList));
      asked.set(key, answer);
      return answer;
    };
  }

  /** Reads all containers of the step's job. `found`: those that the upstream still has. */
  async function copyTasks(log: StepLog) {
    let current = log;
    let grew = false;
    let more = false;
    // The containers are known from any answer; the page that the first known one needs saves a call.
    const opening = pagesOf(log);
    const found = (await opening(firstPageOf(Object.values(log.tasks)[0] ?? freshTask))).map(({ taskID }) => taskID);
    for (const taskID of found) {
      let pages = opening;
      for (let turn = 0; turn < pagesPerTurn; turn += 1) {
        const before = current.tasks[taskID];
        const read = await readTask(before ?? freshTask, async (page) => {
          const task = (await pages(page)).find((candidate) => candidate.taskID === taskID);
          return task && { content: task.logInfo.logContent, hasNextPage: task.logInfo.hasNextPage, truncated: task.logInfo.truncated };
        });
        pages = pagesOf(log); // the log may have grown since
        if (before === undefined || read.state !== before) {
          const entries = chunksOf(read.lines, { step: current.step, firstLine: current.lines + 1, maxLineBytes });
          const change = {
            tasks: { ...current.tasks, [taskID]: read.state },
            lines: current.lines + read.lines.length,
            gaps: current.gaps || read.gap,
          };
          const moved = read.lines.length > 0 || before?.phase !== read.state.phase;
          if (moved) current = await commit(current, change, [...(read.gap ? [gap(current, 'CEILING')] : []), ...entries]);
        }
        grew ||= read.lines.length > 0;
        if (!read.more) break;
        more ||= turn === pagesPerTurn - 1;
      }
    }
    return { log: current, grew, more, found };
  }

  /** An ended step is read to its end twice, some seconds apart; then its log is complete. */
  async function close(log: StepLog, step: Step, { grew, found }: { grew: boolean; found: readonly string[] }): Promise<StepLog> {
    const known = Object.keys(log.tasks);
    if (log.drainedAt === null) {
      // A container went before its last lines were read; or all had gone before anybody looked.
      const lost = known.some((taskID) => !found.includes(taskID)) || (found.length === 0 && hadContainer(log, step));
      if (lost && found.length === 0) return end(log, 'RETENTION');
      return commit(log, { drainedAt: new Date(), gaps: log.gaps || lost }, lost ? [gap(log, 'RETENTION')] : []);
    }
    return grew ? commit(log, { drainedAt: new Date() }) : end(log);
  }

  /** A log that was copied under the run that wrote it is taken from there: upstream it may be gone by now. */
  async function adopt(log: StepLog): Promise<StepLog | undefined> {
    const writer = ordinalOf(log.logRunId);
    if (writer === undefined || writer === log.ordinal || log.lines > 0) return undefined;
    const [original] = await db
      .select()
      .from(logSteps)
      .where(and(eq(logSteps.source, source), eq(logSteps.ordinal, writer), eq(logSteps.jobId, log.jobId)));
    if (original === undefined || original.endedAt === null) return undefined;
    const { lines, tasks, gaps, step } = original;
    const adopted: StepLog = { ...log, lines, tasks, gaps, endedAt: new Date() }; // the end comes along with the copied entries
    await lease.fenced(async (tx) => {
      await save(tx, adopted);
      await copyLog(tx, source, { ordinal: writer, step }, log);
      await appendEvents(tx, source, []);
    });
    return adopted;
  }

  /** `lastTry`: what cannot be read now is given up. */
  return async function copyStep(log: StepLog, step: Step, { ended, lastTry }: { ended: boolean; lastTry: boolean }): Promise<Copied> {
    const adopted = await adopt(log);
    if (adopted) return { log: adopted, grew: true, more: false, unreadable: false };
    try {
      const copied = await copyTasks(log);
      const watched = copied.log.watched || ended ? copied.log : await commit(copied.log, { watched: true });
      return { ...copied, log: ended && !copied.more ? await close(watched, step, copied) : watched, unreadable: false };
    } catch (error) {
      if (!(error instanceof UpstreamError) || signal.aborted) throw error;
      const nothing = { grew: false, more: false, unreadable: true };
      // The old run is gone, and its log with it.
      if (error.code === 'RunNotFound') return { ...nothing, log: await end(log, 'RETENTION') };
      if (!((error.status === 500 && error.code === '') || error.fault === 'garbage')) throw error;
      return { ...nothing, log: lastTry ? await end(log, 'UNREADABLE') : log };
    }
  };
}

const gap = (log: StepLog, reason: 'RETENTION' | 'CEILING' | 'UNREADABLE'): NewLogEntry => {
  return { kind: 'GAP', size: 1, step: log.step, firstLine: log.lines + 1, reason, missingLines: null };
};
const ending = (log: StepLog): NewLogEntry => ({ kind: 'END', size: 1, step: log.step, firstLine: log.lines + 1, reason: 'COMPLETED' });

async function save(tx: Tx, log: StepLog): Promise<void> {
  const { source: _source, ordinal: _ordinal, step: _step, ...changing } = log;
  await tx
    .insert(logSteps)
    .values(log)
    .onConflictDoUpdate({ target: [logSteps.source, logSteps.ordinal, logSteps.step], set: changing });
}

/** Jobs that were stopped or refused before their pod was made never had one. */
function hadContainer({ watched, tasks }: StepLog, { state, endedAt }: Step): boolean {
  if (watched || state === 'SUCCEEDED' || Object.keys(tasks).length > 0) return true;
  return state === 'FAILED' && endedAt !== null && Date.now() - Date.parse(endedAt) > retentionMs;
}
