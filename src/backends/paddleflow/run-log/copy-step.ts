import { and, eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { logSteps } from '../tables.ts';
import type { Lease } from '../../../live/lease.ts';
import { copyLog } from '../../../live/stream.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { PaddleFlowClient } from '../client/client.ts';
import type { Step } from '../run/detail.ts';
import { logStreamOf, ordinalOf } from '../run/run-id.ts';
import { createStepCloser, type CloseStepOptions, type StepMemory } from './close-step.ts';
import { chunksOf } from './lines.ts';
import type { ReadPage, Sighting } from './log-page.ts';
import { firstPageOf, freshTask, readTask } from './read-task.ts';
import { lookOf, type Look } from './step-end.ts';
import { createPagesOf } from './step-pages.ts';
import { createStepStore, gapIn, keyOfStep, saveStep, type StepLog } from './step-store.ts';
import { createWalkShelf } from './walk-shelf.ts';

export interface Copied {
  readonly log: StepLog;
  readonly grew: boolean;
  /** More can be read at once. */
  readonly more: boolean;
  /** Nothing was learnt: no container, an empty page where lines are, or a failure on this log and on this log alone. */
  readonly fruitless: boolean;
  /** What the upstream failed with on this log. */
  readonly failure?: UpstreamError | undefined;
}

export interface CopyStepOptions extends CloseStepOptions {
  readonly db: Database;
  readonly client: PaddleFlowClient;
  readonly lease: Lease;
  readonly maxLineBytes: number;
}

/** Pages of one turn; other steps want their turn too. */
const pagesPerTurn = 50;

/** Copies what is new in the log of one step. */
export function createStepCopier(options: CopyStepOptions) {
  const { db, client, lease, maxLineBytes } = options;
  const { source, signal } = lease;
  const commit = createStepStore(lease);
  const pagesOf = createPagesOf(client, signal);
  const walks = createWalkShelf();
  const closer = createStepCloser({ ...options, commit, pagesOf });

  /** Reads all containers of the step's job, and says what all of them together have shown. */
  async function copyTasks(log: StepLog): Promise<{ log: StepLog; grew: boolean; more: boolean; look: Look }> {
    let current = log;
    let grew = false;
    let more = false;
    // The containers are known from any answer; the page that the first known one needs saves a call.
    const opening = pagesOf(log);
    const found = (await opening(firstPageOf(Object.values(log.tasks)[0] ?? freshTask))).map(({ taskID }) => taskID);
    const missing = Object.keys(log.tasks).filter((taskID) => !found.includes(taskID));
    const sightings: Sighting[] = missing.map(() => 'absent');
    for (const taskID of found) {
      const place = walks.placeOf(`${keyOfStep(log)}/${taskID}`);
      let pages = opening;
      let seen: Sighting = 'unreadable';
      let grown = false;
      for (let turn = 0; turn < pagesPerTurn; turn += 1) {
        const before = current.tasks[taskID];
        const readPage: ReadPage = async (page) => (await pages(page)).find((task) => task.taskID === taskID)?.page;
        const read = await readTask(before ?? freshTask, readPage, place);
        pages = pagesOf(log); // the log may have grown since
        const moved = read.lines.length > 0 || read.gap || before?.phase !== read.state.phase;
        if (moved) {
          const entries = chunksOf(read.lines, { step: current.step, firstLine: current.lines + 1, maxLineBytes });
          const change = {
            tasks: { ...current.tasks, [taskID]: read.state },
            lines: current.lines + read.lines.length,
            gaps: current.gaps || read.gap,
          };
          current = await commit(current, change, [...(read.gap ? [gapIn(current, 'CEILING')] : []), ...entries]);
        }
        ({ seen } = read);
        grown ||= seen === 'grew';
        if (read.lines.length > 0) closer.wasReadable(log);
        if (!read.more) break;
        more ||= turn === pagesPerTurn - 1;
      }
      grew ||= grown;
      sightings.push(seen === 'whole' && grown ? 'grew' : seen);
    }
    return { log: current, grew, more, look: lookOf(sightings) };
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
      await saveStep(tx, adopted);
      await copyLog(tx, { stream: logStreamOf(source, writer), step }, { stream: logStreamOf(source, log.ordinal), step: log.step });
    });
    return adopted;
  }

  /** A failure that concerns this log alone: the source answers, and others may be read. */
  async function look(log: StepLog): Promise<Awaited<ReturnType<typeof copyTasks>> & { failure?: UpstreamError }> {
    try {
      return await copyTasks(log);
    } catch (error) {
      if (!(error instanceof UpstreamError) || signal.aborted) throw error;
      const nothing = { log, grew: false, more: false };
      // The run is gone, by one answer. What that means for its log is for the mirror to find out, or for time.
      if (error.code === 'RunNotFound') return { ...nothing, look: 'absent', failure: error };
      if (!((error.status === 500 && error.code === '') || error.fault === 'garbage')) throw error;
      return { ...nothing, look: 'unreadable', failure: error };
    }
  }

  /** Throws `UpstreamError` where the source as a whole does not answer. `memory` is the leader's of this step, and changed. */
  return async function copyStep(given: StepLog, step: Step, { ended, memory }: { ended: boolean; memory: StepMemory }): Promise<Copied> {
    const adopted = await adopt(given);
    if (adopted) return { log: adopted, grew: true, more: false, fruitless: false };
    const log = ended ? await closer.expect(given, step) : given;
    const seen = await look(log);
    const fruitless = seen.look === 'absent' || seen.look === 'unreadable';
    const copied = { ...seen, fruitless };
    if (!ended) return { ...copied, log: log.watched || fruitless ? seen.log : await commit(seen.log, { watched: true }) };
    const closed = await closer.close(seen.log, step, { ...seen, memory });
    if (closed.endedAt !== null) walks.forget(`${keyOfStep(closed)}/`);
    return { ...copied, log: closed };
  };
}
