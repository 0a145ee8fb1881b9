import { and, eq, isNull, sql } from 'drizzle-orm';
import { againIfEmpty } from '../../../core/again.ts';
import type { Database } from '../../../db/database.ts';
import { executions } from '../../../db/tables.ts';
import { keyOf } from '../../../core/key.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { unfinishedRuns } from '../deletion/deletion.ts';
import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';

/** What hangs on a user: of all that, only the grants go along (contract 2.1). Ids are keys. */
export interface UserEffects {
  readonly grantedQueues: readonly string[];
  readonly unfinishedRuns: readonly string[];
  readonly schedules: readonly string[];
  readonly runCount: number;
  readonly pipelineCount: number;
  readonly fileSystemCount: number;
}
export const noUserEffects: UserEffects = {
  grantedQueues: [],
  unfinishedRuns: [],
  schedules: [],
  runCount: 0,
  pipelineCount: 0,
  fileSystemCount: 0,
};

/** Four lists of the upstream, and the runs from the catalog. */
export async function effectsOfDeleting(db: Database, { name: source, client }: SourceHandle, user: string): Promise<UserEffects> {
  const userFilter = [user];
  const wholeOf = <T>(page: (at: { marker: string | undefined; maxKeys: number }) => Promise<MarkerPage<T>>) =>
    wholeList({ source, page: ({ marker, limit }) => page({ marker, maxKeys: limit }) });
  const [grants, pipelines, schedules, fileSystems, unfinished, runCount] = await Promise.all([
    wholeOf((at) => client.listGrants({ username: user, ...at })),
    wholeOf((at) => client.listPipelines({ userFilter, ...at })),
    wholeOf((at) => client.listSchedules({ userFilter, statusFilter: ['running'], ...at })),
    againIfEmpty(() => client.allFileSystems({ username: user })),
    unfinishedRuns(db, source, sql`${executions.owner} = ${user}`),
    db.$count(executions, and(eq(executions.source, source), eq(executions.owner, user), isNull(executions.deletedUpstream))),
  ]);
  return {
    grantedQueues: grants.filter(({ resourceType }) => resourceType === 'queue').map(({ resourceID }) => keyOf(source, resourceID)),
    unfinishedRuns: unfinished,
    schedules: schedules.map(({ scheduleID }) => keyOf(source, scheduleID)),
    runCount,
    pipelineCount: pipelines.length,
    fileSystemCount: fileSystems.items.length,
  };
}
