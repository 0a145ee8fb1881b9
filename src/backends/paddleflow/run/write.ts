import type { Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { poke } from '../../../live/stream.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import type { LogFailure } from '../../../audit/audit.ts';
import { enforceOwnership, enforceRole } from '../permission.ts';
import { refuseDeadly, refuseDeadlyVersion } from '../pipeline/refuse-deadly.ts';
import { ConflictProblem, NotFoundProblem, problemOf, UnconfirmedProblem } from '../../../problem/problem.ts';
import { afterAccepted, readBack } from '../../../problem/read-back.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import type { CreateRunBody } from './body.ts';
import { effectsOf, noEffects, type RunDeletion, type RunDeletionEffects } from './deletion.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { askingAgain } from '../../../execution/intent/keyed.ts';
import { databaseTime, storeGone } from '../../../execution/store.ts';
import { storeRetry } from '../mirror/store.ts';
import { keyOfRun, type Run } from './model.ts';
import { ordinalOf } from './run-id.ts';
import { retryMaker } from './retry-maker.ts';
import { runMaker } from './run-maker.ts';
import { sendRun } from './send.ts';
import type { RunSource } from './source.ts';
import { stopJobs, type JobStop } from './stop-jobs.ts';
import { stepsToStop } from './stuck.ts';

export interface CreateRun {
  readonly source: string;
  readonly body: CreateRunBody;
  readonly idempotencyKey?: string | undefined;
}

export interface DeleteRun {
  readonly checkCache: boolean;
  readonly ignoreMissing: boolean;
  /** Say what would happen, and write nothing. */
  readonly dryRun: boolean;
}

export interface RunWriterOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly reads: RunSource;
  readonly viewer: Viewer;
  readonly attempt: Attempt;
  readonly intents: Intents;
  readonly logError: LogFailure;
}

/** Writes to PaddleFlow, each sent once. All throw a `Problem` that the client can act on, or an outage. */
export function createRunWriter({ db, handles, reads, viewer, attempt, intents, logError }: RunWriterOptions) {
  const handleOf = (name: string): SourceHandle => requireHandle(handles, name);

  /** A run that this viewer may change, or of which PaddleFlow is to say whether they may: who has signed in. */
  async function own(key: string): Promise<{ handle: SourceHandle; runId: string; ordinal: number }> {
    const { source, id: runId } = splitKey(key);
    const handle = handleOf(source);
    const ordinal = ordinalOf(runId);
    const missing = new NotFoundProblem(`There is no run ${runId}`);
    if (ordinal === undefined) throw missing;
    if (handle.actsAs === 'viewer') return { handle, runId, ordinal };
    const run = await reads.findAnybodys(key);
    if (run === undefined || run.deletedUpstream !== null) throw missing;
    enforceOwnership(handle, viewer, run.owner, runId);
    return { handle, runId, ordinal };
  }

  /** The run after a write that was accepted. */
  const reread = (handle: SourceHandle, runId: string): Promise<Run> =>
    readBack(runId, () => reads.refresh(handle, runId), { type: 'Run', key: keyOf(handle.name, runId) });

  /** What a key stands for. One of long ago: the run may be gone, and still is what the key stands for. */
  async function standing(handle: SourceHandle, runId: string): Promise<Run> {
    const key = keyOf(handle.name, runId);
    const before = await reads
      .inCatalog([key])
      .then((runs) => runs.get(key))
      .catch(() => undefined);
    return before?.deletedUpstream ? before : askingAgain(() => reread(handle, runId));
  }

  /** A hint for the leader after a call that failed: that it is lost as well must not hide what the call has said. */
  const hint = (handle: SourceHandle, runId: string): Promise<void> =>
    poke(db, handle.name, runId).catch((error: unknown) => logError(error, { source: handle.name, runId }));

  /** What is there now, where that says more than the failure of a call; undefined when it cannot be seen. */
  const lookAgain = (handle: SourceHandle, runId: string) =>
    reads.refresh(handle, runId).then(
      (run) => ({ run }),
      () => undefined,
    );

  async function wouldDelete(key: string, options: Omit<DeleteRun, 'dryRun'>): Promise<RunDeletionEffects> {
    const found = await own(key).catch((error: unknown) => {
      if (options.ignoreMissing && error instanceof NotFoundProblem) return undefined;
      throw error;
    });
    const now = found && (await reads.refresh(found.handle, found.runId));
    if (now) return effectsOf(db, viewer, now, (await reads.details([key])).get(key), options);
    if (options.ignoreMissing) return noEffects;
    throw new NotFoundProblem(`There is no run ${splitKey(key).id}`);
  }

  function remove(key: string, { checkCache, ignoreMissing }: Omit<DeleteRun, 'dryRun'>): Promise<void> {
    return attempt('deleteRun', key, async () => {
      try {
        const { handle, runId, ordinal } = await own(key);
        try {
          await handle.client.deleteRun(runId, { checkCache });
        } catch (error) {
          const problem = problemOf(error, runId);
          const gone = problem instanceof UnconfirmedProblem ? await lookAgain(handle, runId) : undefined;
          if (problem instanceof NotFoundProblem) await hint(handle, runId); // it went just now
          if (gone === undefined || gone.run !== undefined) throw problem;
        }
        const keep = async () => {
          await storeGone(db, handle.name, ordinal, await databaseTime(db));
          await poke(db, handle.name, runId);
        };
        await afterAccepted(runId, keep, { type: 'Run', key });
      } catch (error) {
        if (!(ignoreMissing && error instanceof NotFoundProblem)) throw error;
      }
    });
  }

  return {
    /** Runs that the service account starts are its own, so that is for operators; a signed-in user's are theirs. */
    create: ({ source, body, idempotencyKey }: CreateRun): Promise<Run> => {
      const start = async () => {
        const handle = handleOf(source);
        enforceRole(handle, viewer, 'operator', 'start runs under the service account');
        // Root may name anybody, so the service account would use file systems of anybody's (contract 2.7).
        if (body.username !== undefined) enforceOwnership(handle, viewer, body.username, `What lies on file systems of ${body.username}`);
        if (body.pipelineID !== undefined && body.runYaml === undefined) {
          const { pipelineID, pipelineVersionID } = body;
          await refuseDeadlyVersion(db, handle, viewer, { pipelineID, pipelineVersionID, field: 'from.pipeline' });
        }
        if (idempotencyKey === undefined) return reread(handle, await sendRun(handle, body));
        return standing(handle, await intents.once(idempotencyKey, body, runMaker(db, handle, body)));
      };
      return attempt('createRun', source, start, keyOfRun);
    },

    /** Stopping what is being stopped is no mistake: the state counts, not who was first. */
    stop: (key: string, { force }: { force: boolean }): Promise<Run> =>
      attempt('stopRun', key, async () => {
        const { handle, runId } = await own(key);
        try {
          await handle.client.stopRun(runId, { force });
        } catch (error) {
          const problem = problemOf(error, runId);
          if (!(problem instanceof ConflictProblem || problem instanceof UnconfirmedProblem)) throw problem;
          const now = (await lookAgain(handle, runId))?.run;
          if (now?.state === 'STOPPING' || now?.state === 'CANCELLED') return now;
          throw problem;
        }
        return reread(handle, runId);
      }),

    /** The new run. What had succeeded is carried over, everything else runs again. */
    retry: (key: string, { idempotencyKey }: { readonly idempotencyKey?: string | undefined } = {}): Promise<Run> =>
      attempt('retryRun', key, async () => {
        const { handle, runId, ordinal } = await own(key);
        // A part that was left out the first time may be one that never ends.
        const detail = (await reads.details([key])).get(key);
        if (detail) refuseDeadly(detail.yaml, `the workflow of ${runId}`, 'id');
        // The defect of contract 2.7 rewrites the old one, also when the call fails.
        const send = (deadline?: number) => handle.client.retryRun(runId, { deadline }).finally(() => hint(handle, runId));
        const maker = retryMaker(db, handle, ordinal, send);
        const retried = idempotencyKey === undefined ? await send() : await intents.once(idempotencyKey, { retryOf: runId }, maker);
        const keep = async () => {
          const made = await (idempotencyKey === undefined ? reread : standing)(handle, retried);
          await storeRetry(db, handle.name, made.ordinal, ordinal);
          return { ...made, retryOf: ordinal };
        };
        return afterAccepted(retried, keep, { type: 'Run', key: keyOf(handle.name, retried) });
      }),

    /**
     * The remedy for a run that does not come to its end: each unfinished job is asked once more to stop (contract 4.1). A `ConflictProblem` for a run
     * that nobody has asked to stop. What became of each job is told, not thrown.
     */
    unblock: (key: string): Promise<{ run: Run; jobs: JobStop[] }> =>
      attempt('unblockRun', key, async () => {
        const { handle, runId } = await own(key);
        const now = await reads.refresh(handle, runId);
        if (now === undefined) throw new NotFoundProblem(`There is no run ${runId}`);
        if (now.state !== 'STOPPING') throw new ConflictProblem(`${runId} is ${now.rawState}, not being stopped`);
        const detail = (await reads.details([key])).get(key);
        const jobs = await stopJobs(handle.client, detail ? stepsToStop(detail) : []);
        await hint(handle, runId);
        return { run: await reread(handle, runId), jobs };
      }),

    /** It is gone, or was not there and that was allowed. With `dryRun` nothing is written, not even into the audit. */
    delete: async (key: string, { dryRun, ...options }: DeleteRun): Promise<RunDeletion> => {
      if (dryRun) return { key, affected: await wouldDelete(key, options) };
      await remove(key, options);
      return { key, affected: null };
    },
  };
}
export type RunWriter = ReturnType<typeof createRunWriter>;
