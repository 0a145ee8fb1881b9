import { and, eq, inArray } from 'drizzle-orm';
import { accountOn, type Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { executions } from '../../../db/tables.ts';
import { keyOf } from '../../../core/key.ts';
import { isFinal } from '../../../execution/state.ts';
import { stepsOf, type RunDetail } from './detail.ts';
import type { Run } from './model.ts';

/** Why the backend would refuse. */
export type RunDeletionObstacle = 'NOT_ENDED' | 'CACHE_IN_USE';

export interface RunDeletionEffects {
  readonly obstacles: readonly RunDeletionObstacle[];
  /** Keys of the runs that took over results, as far as this viewer may see them. */
  readonly cacheUsers: readonly string[];
  /** Artifacts that lie in the folder that goes. */
  readonly filesDeleted: readonly string[];
  /** With a sub-path of the file system they lie elsewhere, and are left behind (contract 2.7). */
  readonly filesLeft: readonly string[];
}

export interface RunDeletion {
  readonly key: string;
  /** Null: it was done, not asked about. */
  readonly affected: RunDeletionEffects | null;
}

export const noEffects: RunDeletionEffects = { obstacles: [], cacheUsers: [], filesDeleted: [], filesLeft: [] };

/** What deleting a run would do. Both are as just read upstream. */
export async function effectsOf(
  db: Database,
  viewer: Viewer,
  run: Run,
  detail: RunDetail | undefined,
  { checkCache }: { readonly checkCache: boolean },
): Promise<RunDeletionEffects> {
  const users = detail?.cachedRunIds ?? [];
  const known =
    users.length === 0
      ? []
      : await db
          .select({ runId: executions.key, owner: executions.owner, deletedUpstream: executions.deletedUpstream })
          .from(executions)
          .where(and(eq(executions.source, run.source), inArray(executions.key, [...users])));
  // The backend asks which of them are still there; of one that the catalog does not know, that is to be expected.
  const gone = new Set(known.flatMap(({ runId, deletedUpstream }) => (deletedUpstream === null ? [] : [runId])));
  const left = users.filter((id) => !gone.has(id));
  const owner = accountOn(viewer, run.source);
  const visible = new Set(known.flatMap((other) => (owner === undefined || other.owner === owner ? [other.runId] : [])));
  const paths = new Set(
    (detail ? stepsOf(detail) : []).flatMap(({ artifacts }) => Object.values(artifacts.output).flatMap((text) => text.split(','))),
  );
  const folder = `.pipeline/${run.runId}/`;
  return {
    obstacles: [
      ...(isFinal(run.state) ? [] : (['NOT_ENDED'] as const)),
      ...(checkCache && left.length > 0 ? (['CACHE_IN_USE'] as const) : []),
    ],
    cacheUsers: left.filter((id) => visible.has(id)).map((id) => keyOf(run.source, id)),
    filesDeleted: [...paths].filter((path) => path.startsWith(folder)),
    filesLeft: [...paths].filter((path) => !path.startsWith(folder) && path.includes(`/${folder}`)),
  };
}
