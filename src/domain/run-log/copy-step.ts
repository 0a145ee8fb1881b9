import { and, asc, eq, gt } from 'drizzle-orm';
import { logEntries, logSteps } from '../../db/tables.ts';
import type { Tx } from '../../live/lease.ts';
import { appendEvents, appendLog, type NewLogEntry } from '../../live/stream.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import type { WireTaskLog } from '../../upstream/paddleflow/wire.ts';
import { isFinal } from '../execution.ts';
import type { Step } from '../run/detail.ts';
import { ordinalOf } from '../run/run-id.ts';
import type { ArchiveOptions } from './archive.ts';
import { chunksOf } from './lines.ts';
import { freshTask, pageSize, readTask, type TaskRead } from './read-task.ts';

export type StepLog = typeof logSteps.$inferSelect;

export interface Copied {
  readonly log: StepLog;
  readonly grew: boolean;
  /** More can be read at once. */
  readonly more: boolean;
}

/** A step whose log cannot be read is tried that often after its end. */
const triesWhenFinal = 5;
/** Pages of one turn; other steps want their turn too. */
const pagesPerTurn = 50;

/** Copies what is new in the log of one step. */
export function createStepCopier({ db, client, lease, maxLineBytes }: Pick<ArchiveOptions, 'db' | 'client' | 'lease' | 'maxLineBytes'>) {
  const { source, signal } = lease;
  const failures = new Map<string, number>();

  /** Appends to the run's stream and moves the step's own state, in one transaction. */
  async function commit(log: StepLog, change: Partial<StepLog>, entries: readonly NewLogEntry[]): Promise<StepLog> {
    const next = { ...log, ...change };
    await lease.fenced((tx) => write(tx, next, entries));
    return next;
  }
  async function write(tx: Tx, log: StepLog, entries: readonly NewLogEntry[]): Promise<void> {
    const { source: _source, ordinal: _ordinal, step: _step, ...changing } = log;
    await tx.insert(logSteps).values(log).onConflictDoUpdate({ target: [logSteps.source, logSteps.ordinal, logSteps.step], set: changing });
    if (entries.length === 0) return;
    await appendLog(tx, source, log.ordinal, entries);
    await appendEvents(tx, source, []); // wakes the readers
  }

  const gap = (log: StepLog, reason: 'RETENTION' | 'CEILING' | 'UNREADABLE', missingLines: number | null = null): NewLogEntry => {
    return { kind: 'GAP', size: 1, step: log.step, firstLine: log.lines + 1, reason, missingLines };
  };
  const ending = (log: StepLog): NewLogEntry => ({ kind: 'END', size: 1, step: log.step, firstLine: log.lines + 1, reason: 'COMPLETED' });
  const end = (log: StepLog, reason?: 'RETENTION' | 'UNREADABLE') =>
    commit(log, { endedAt: new Date(), ...(reason && { gaps: true }) }, [...(reason ? [gap(log, reason)] : []), ending(log)]);

  /** Pages of one job, each asked once however many containers it has. */
  function pagesOf({ logRunId, jobId }: StepLog) {
    const asked = new Map<string, Promise<readonly WireTaskLog[]>>();
    return (position: 'begin' | 'end', pageNo: number) => {
      const key = `${position}${pageNo}`;
      const page =
        asked.get(key) ??
        client
          .runLog({ runID: logRunId, jobID: jobId, pageNo, pageSize, position }, signal)
          .then(({ runLog }) => runLog.filter((job) => job.jobID === jobId).flatMap(({ taskList }) => taskList));
      asked.set(key, page);
      return page;
    };
  }

  async function copyTasks(log: StepLog): Promise<Copied & { missing: boolean }> {
    let current = log;
    let grew = false;
    let more = false;
    let tasksFound = 0;
    // The containers are known from any answer; the page that the first known one needs saves a call.
    const first = Object.values(log.tasks)[0] ?? freshTask;
    const pages = pagesOf(log);
    const present = await pages(first.phase, first.phase === 'begin' ? Math.floor(first.taken / pageSize) + 1 : 1);
    for (const { taskID } of present) {
      tasksFound += 1;
      const fresh = pagesOf(log);
      let opening = true;
      for (let turn = 0; turn < pagesPerTurn; turn += 1) {
        const read: TaskRead = await readTask(current.tasks[taskID] ?? freshTask, async (position, pageNo) => {
          const answer = await (opening ? pages : fresh)(position, pageNo);
          opening = false;
          const task = answer.find((candidate) => candidate.taskID === taskID);
          return task && { content: task.logInfo.logContent, hasNextPage: task.logInfo.hasNextPage, truncated: task.logInfo.truncated };
        });
        if (read.lines.length > 0 || read.gap || read.state.phase !== (current.tasks[taskID] ?? freshTask).phase) {
          const missingGap = read.gap ? [gap(current, 'CEILING')] : [];
          const chunks = chunksOf(read.lines, { step: current.step, firstLine: current.lines + 1, maxLineBytes });
          const tasks = { ...current.tasks, [taskID]: read.state };
          const lines = current.lines + read.lines.length;
          current = await commit(current, { tasks, lines, gaps: current.gaps || read.gap }, [...missingGap, ...chunks]);
        }
        grew ||= read.lines.length > 0;
        more = read.more;
        if (!read.more) break;
      }
    }
    return { log: current, grew, more, missing: tasksFound === 0 };
  }

  return async function copyStep(log: StepLog, step: Step): Promise<Copied> {
    const key = `${log.ordinal}/${log.jobId}`;
    const adopted = await adopt(log);
    if (adopted) return { log: adopted, grew: true, more: false };
    try {
      const copied = await copyTasks(log);
      failures.delete(key);
      if (!isFinal(step.state)) return log.watched ? copied : { ...copied, log: await commit(copied.log, { watched: true }, []) };
      return copied.more ? copied : { ...copied, log: await close(copied.log, copied) };
    } catch (error) {
      if (!(error instanceof UpstreamError) || signal.aborted) throw error;
      // The old run is gone, and its log with it.
      if (error.code === 'RunNotFound') return { log: await end(log, 'RETENTION'), grew: false, more: false };
      const unreadable = (error.status === 500 && error.code === '') || error.fault === 'garbage';
      if (!unreadable) throw error;
      failures.set(key, (failures.get(key) ?? 0) + 1);
      if (isFinal(step.state) && (failures.get(key) ?? 0) >= triesWhenFinal) return { log: await end(log, 'UNREADABLE'), grew: false, more: false };
      return { log, grew: false, more: false };
    }
  };

  /** An ended step is read to its end twice, some seconds apart; then its log is complete. */
  async function close(log: StepLog, { grew, missing }: { grew: boolean; missing: boolean }): Promise<StepLog> {
    // The pod went before its last lines were read; or it had gone before anybody looked.
    if (missing && log.drainedAt === null && (log.lines > 0 || !log.watched)) return end(log, 'RETENTION');
    return log.drainedAt === null || grew ? commit(log, { drainedAt: new Date() }, []) : end(log);
  }

  /** A log that was copied under the run that wrote it is taken from there: upstream it may be gone by now. */
  async function adopt(log: StepLog): Promise<StepLog | undefined> {
    const writer = ordinalOf(log.logRunId);
    if (writer === undefined || writer === log.ordinal || log.lines > 0) return undefined;
    const [original] = await db
      .select()
      .from(logSteps)
      .where(and(eq(logSteps.source, source), eq(logSteps.ordinal, writer), eq(logSteps.jobId, log.jobId)));
    if (original?.endedAt == null) return undefined;
    const { step } = original;
    return lease.fenced(async (tx) => {
      for (let after = 0; ; ) {
        const place = and(eq(logEntries.source, source), eq(logEntries.ordinal, writer), eq(logEntries.step, step), gt(logEntries.lastSeq, after));
        const rows = await tx.select().from(logEntries).where(place).orderBy(asc(logEntries.lastSeq)).limit(50);
        const copies = rows.map(({ source: _source, ordinal: _ordinal, firstSeq, lastSeq, ...entry }) => ({ ...entry, step: log.step, size: lastSeq - firstSeq + 1 }));
        await appendLog(tx, source, log.ordinal, copies);
        if (rows.length < 50) break;
        after = rows.at(-1)?.lastSeq ?? after;
      }
      const adopted: StepLog = { ...log, lines: original.lines, tasks: original.tasks, gaps: original.gaps, endedAt: new Date() };
      await write(tx, adopted, []); // the end came along with the copied entries
      await appendEvents(tx, source, []);
      return adopted;
    });
  }
}
