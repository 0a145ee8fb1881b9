import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { executions } from '../../../db/tables.ts';
import { isSameRun } from '../run/columns.ts';
import { paddleflowRuns } from '../tables.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { ExecutionState, isFinal } from '../../../execution/state.ts';
import { NotFoundProblem, problemOf } from '../../../problem/problem.ts';
import { unpackDetail } from '../run/detail.ts';

/** What hangs on something that is to be deleted. Lists hold keys (`prod:run-000012`), users and paths are plain. */
export interface DeletionEffects {
  readonly runs: readonly string[];
  readonly schedules: readonly string[];
  readonly queues: readonly string[];
  readonly grantedUsers: readonly string[];
  readonly linkPaths: readonly string[];
}
export const noEffects: DeletionEffects = { runs: [], schedules: [], queues: [], grantedUsers: [], linkPaths: [] };

export interface Deletion {
  readonly key: string;
  /** Null: it was done, not asked about. */
  readonly affected: DeletionEffects | null;
}

export interface DeletionOptions {
  readonly ignoreMissing: boolean;
  /** Say what would happen, and write nothing. */
  readonly dryRun: boolean;
}

const unfinished = Object.values(ExecutionState).filter((state) => !isFinal(state));

const isUnfinished = (source: string, which: SQL) =>
  and(eq(executions.source, source), isNull(executions.deletedUpstream), inArray(executions.state, unfinished), which);

/** Keys of a source's runs that have not ended, from the catalog: those that `which` is true of. */
export async function unfinishedRuns(db: Database, source: string, which: SQL): Promise<string[]> {
  const rows = await db
    .select({ runId: executions.key })
    .from(executions)
    .innerJoin(paddleflowRuns, isSameRun)
    .where(isUnfinished(source, which))
    .orderBy(executions.ordinal);
  return rows.map(({ runId }) => keyOf(source, runId));
}

/** What tells whether a run is meant where SQL cannot. */
export interface UnfinishedRun {
  readonly fsName: string;
  /** Null: it was started without naming one. */
  readonly pipelineVersionId: string | null;
  /** Null: it has begun just now, and nobody has read its detail yet. */
  readonly yaml: string | null;
}

/** The same, of those among them that `isMeant` takes. */
export async function unfinishedRunsAmong(
  db: Database,
  source: string,
  which: SQL,
  isMeant: (run: UnfinishedRun) => boolean,
): Promise<string[]> {
  const { fsName, pipelineVersionId } = paddleflowRuns;
  const { key: runId, detail } = executions;
  const rows = await db
    .select({ runId, fsName, pipelineVersionId, detail })
    .from(executions)
    .innerJoin(paddleflowRuns, isSameRun)
    .where(isUnfinished(source, which))
    .orderBy(executions.ordinal);
  return rows
    .filter(({ detail: packed, ...run }) => isMeant({ ...run, yaml: packed && unpackDetail(packed).yaml }))
    .map((run) => keyOf(source, run.runId));
}

/**
 * A delete with the options that all of them have. Both `effects` and `work` check permissions and throw a `NotFoundProblem`, or what `problemOf`
 * makes one of. Asking what would happen writes nothing, not even into the audit.
 */
export async function deletion(
  attempt: Attempt,
  action: string,
  key: string,
  { ignoreMissing, dryRun }: DeletionOptions,
  { effects, work }: { readonly effects: () => Promise<DeletionEffects>; readonly work: () => Promise<void> },
): Promise<Deletion> {
  const forgiving = async <T>(step: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await step();
    } catch (error) {
      const problem = problemOf(error, splitKey(key).id);
      if (ignoreMissing && problem instanceof NotFoundProblem) return undefined;
      throw problem;
    }
  };
  if (dryRun) return { key, affected: (await forgiving(effects)) ?? noEffects };
  await attempt(action, key, () => forgiving(work));
  return { key, affected: null };
}
