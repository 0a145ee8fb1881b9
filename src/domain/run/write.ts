import { createHash, randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Viewer } from '../../auth/viewer.ts';
import { isAtLeast } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { intents, runs, sources } from '../../db/tables.ts';
import { keyOf, splitKey } from '../../key.ts';
import { poke } from '../../live/stream.ts';
import type { CreateRunBody } from '../../upstream/paddleflow/client.ts';
import type { Audit } from '../audit/audit.ts';
import { ConflictProblem, ForbiddenProblem, InvalidInputProblem, NotFoundProblem, problemOf, UnconfirmedProblem } from '../problem.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { databaseTime, storeDeleted, storeRuns } from './mirror/store.ts';
import { markedDescription, type Run } from './model.ts';
import { runIdOf } from './run-id.ts';
import type { RunSource } from './source.ts';

export interface CreateRun {
  readonly source: string;
  readonly body: CreateRunBody;
  readonly idempotencyKey?: string | undefined;
}

/** Writes to PaddleFlow, each sent once. All throw a `Problem` that the client can act on, or an outage. */
export function createRunWriter(db: Database, handles: SourceHandles, reads: RunSource, viewer: Viewer, audit: Audit) {
  function handleOf(name: string): SourceHandle {
    const handle = handles.get(name);
    if (handle === undefined) throw new NotFoundProblem(`There is no source ${name}`);
    return handle;
  }

  async function own(key: string): Promise<{ handle: SourceHandle; run: Run; ordinal: number }> {
    const run = await reads.find(key);
    if (run === undefined || run.deletedUpstream !== null) throw new NotFoundProblem(`There is no run ${splitKey(key).id}`);
    return { handle: handleOf(run.source), run, ordinal: run.ordinal };
  }

  async function attempt<T>(action: string, target: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      await audit.record(viewer, action, target, 'done');
      return result;
    } catch (error) {
      const problem = problemOf(error, target);
      await audit.record(viewer, action, target, problem instanceof Error ? problem.name : 'failed');
      throw problem;
    }
  }

  async function reread(handle: SourceHandle, runId: string): Promise<Run> {
    const run = await reads.refresh(handle, runId);
    if (run === undefined) throw new NotFoundProblem(`${runId} was there a moment ago and is not any more`);
    return run;
  }

  const mine = (key: string) => and(eq(intents.viewer, viewer.name), eq(intents.key, key));

  /** A lost answer is found again by the mark in the description of a run newer than those we know (contract 1.10: nothing else is searchable). */
  async function findMarked(handle: SourceHandle, mark: string): Promise<string | undefined> {
    const marked = () =>
      db
        .select({ runId: runs.runId })
        .from(runs)
        .where(and(eq(runs.source, handle.name), sql`${runs.description} like ${`%[tributary:${mark}]`}`))
        .then((rows) => rows[0]?.runId);
    const known = await marked();
    if (known !== undefined) return known;
    const [row] = await db.select({ newest: sources.newestOrdinal }).from(sources).where(eq(sources.name, handle.name));
    const first = (row?.newest ?? 0) + 1;
    const observedAt = await databaseTime(db);
    const page = await handle.reader.listRuns({ runFilter: Array.from({ length: 100 }, (_, index) => runIdOf(first + index)), maxKeys: 100 });
    await storeRuns(db, page.items, { source: handle.name, readTime: handle.readTime, settleMs: handle.settleMs, observedAt });
    return marked();
  }

  /** One key leads to one run, however often and from wherever it is asked. */
  async function createOnce(handle: SourceHandle, body: CreateRunBody, key: string): Promise<Run> {
    const inputHash = createHash('sha256').update(JSON.stringify([handle.name, body])).digest('hex');
    const fresh = { key, viewer: viewer.name, mutation: 'createRun', source: handle.name, inputHash, mark: randomUUID(), status: 'SENT' as const };
    const [written] = await db.insert(intents).values(fresh).onConflictDoNothing().returning();
    // A call that was refused has done nothing: it may be made again.
    const [intent] = written
      ? [written]
      : await db.update(intents).set({ status: 'SENT', inputHash }).where(and(mine(key), eq(intents.status, 'REJECTED'))).returning();
    if (intent === undefined) return answerAgain(handle, key, inputHash);

    const settle = (status: 'CONFIRMED' | 'REJECTED' | 'UNCONFIRMED', executionId?: string) =>
      db.update(intents).set({ status, ...(executionId && { executionId }) }).where(mine(key));
    try {
      const runId = await handle.client.createRun({ ...body, desc: markedDescription(body.desc ?? '', intent.mark) });
      await settle('CONFIRMED', runId);
      return await reread(handle, runId);
    } catch (error) {
      const problem = problemOf(error, 'createRun');
      if (!(problem instanceof UnconfirmedProblem)) {
        const [row] = await db.select({ status: intents.status }).from(intents).where(mine(key));
        if (row?.status === 'SENT') await settle('REJECTED');
        throw problem;
      }
      const found = await findMarked(handle, intent.mark).catch(() => undefined);
      await settle(found === undefined ? 'UNCONFIRMED' : 'CONFIRMED', found);
      if (found === undefined) throw problem;
      return reread(handle, found);
    }
  }

  async function answerAgain(handle: SourceHandle, key: string, inputHash: string): Promise<Run> {
    const [intent] = await db.select().from(intents).where(mine(key));
    if (intent === undefined || intent.inputHash !== inputHash) throw new ConflictProblem(`The idempotency key ${key} stands for another request`);
    const runId = intent.executionId ?? (await findMarked(handle, intent.mark));
    if (runId === undefined) throw new UnconfirmedProblem('This request was sent before, and it is not known yet whether the run was made');
    if (intent.executionId === null) await db.update(intents).set({ status: 'CONFIRMED', executionId: runId }).where(mine(key));
    const run = await reads.find(keyOf(handle.name, runId));
    if (run === undefined) throw new NotFoundProblem(`The run ${runId} that this key stands for is gone`);
    return run;
  }

  return {
    /** Runs belong to the service account upstream, so this is for operators. */
    create: ({ source, body, idempotencyKey }: CreateRun): Promise<Run> =>
      attempt('createRun', source, async () => {
        if (!isAtLeast(viewer, 'operator')) throw new ForbiddenProblem('Only operators may start runs under the service account');
        if (idempotencyKey === '') throw new InvalidInputProblem('must not be empty', 'idempotencyKey');
        const handle = handleOf(source);
        if (idempotencyKey !== undefined) return createOnce(handle, body, idempotencyKey);
        return reread(handle, await handle.client.createRun(body));
      }),

    /** Stopping what is being stopped is no mistake: the state counts, not who was first. */
    stop: (key: string, { force }: { force: boolean }): Promise<Run> =>
      attempt('stopRun', key, async () => {
        const { handle, run } = await own(key);
        try {
          await handle.client.stopRun(run.runId, { force });
        } catch (error) {
          const problem = problemOf(error, run.runId);
          const now = problem instanceof ConflictProblem || problem instanceof UnconfirmedProblem ? await reread(handle, run.runId) : undefined;
          if (now?.state === 'STOPPING' || now?.state === 'CANCELLED') return now;
          throw problem;
        }
        return reread(handle, run.runId);
      }),

    /** The new run. What had succeeded is carried over, everything else runs again. */
    retry: (key: string): Promise<Run> =>
      attempt('retryRun', key, async () => {
        const { handle, run } = await own(key);
        const retried = await handle.client.retryRun(run.runId);
        await poke(db, handle.name, run.ordinal); // the defect of contract 2.7 rewrites the old one
        return reread(handle, retried);
      }),

    /** The key of the deleted run; undefined when it was not there and that was allowed. */
    delete: (key: string, { checkCache, ignoreMissing }: { checkCache: boolean; ignoreMissing: boolean }): Promise<void> =>
      attempt('deleteRun', key, async () => {
        try {
          const { handle, run, ordinal } = await own(key);
          try {
            await handle.client.deleteRun(run.runId, { checkCache });
          } catch (error) {
            const problem = problemOf(error, run.runId);
            // Either it went just now, or the answer to our own call was lost: the leader finds out.
            if (problem instanceof NotFoundProblem || problem instanceof UnconfirmedProblem) await poke(db, handle.name, ordinal);
            throw problem;
          }
          await storeDeleted(db, handle.name, ordinal, await databaseTime(db));
          await poke(db, handle.name, ordinal);
        } catch (error) {
          if (!(ignoreMissing && error instanceof NotFoundProblem)) throw error;
        }
      }),
  };
}
export type RunWriter = ReturnType<typeof createRunWriter>;
