import { setTimeout as delay } from 'node:timers/promises';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { executions, sources } from '../db/tables.ts';

/** Runs of a page that nobody has asked to be longer. */
const pageSize = 20;
const lookEveryMs = 50;

/** How it stands with a source that has just been taken up. */
export interface FirstPage {
  readonly name: string;
  /** Why its runs are not there yet, where that is known. */
  readonly problem: string | null;
}

/**
 * Resolves once the newest runs of each of the sources are in the catalog, or it is known that they will not come soon, or the time is over:
 * who is told that all is ready should not meet an empty list. Resolves early when the signal fires.
 */
export async function firstPages(db: Database, names: readonly string[], withinMs: number, signal?: AbortSignal): Promise<FirstPage[]> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const page = db
      .select({ one: sql`1` })
      .from(executions)
      .where(and(eq(executions.source, sources.name), isNull(executions.deletedUpstream)))
      .limit(pageSize);
    const known = sql<string>`(select count(*) from ${page} as page)`;
    const rows = await db
      .select({ name: sources.name, phase: sources.phase, problem: sources.problem, known })
      .from(sources)
      .where(inArray(sources.name, [...names]));
    // History is read newest first; before that, what runs just then may be any number of old ones.
    const done = rows.filter(
      ({ phase, known: count, problem }) => problem !== null || phase === 'COMPLETE' || (phase === 'BACKFILL' && Number(count) >= pageSize),
    );
    if (done.length === names.length || performance.now() > deadline || signal?.aborted) return rows;
    await delay(lookEveryMs, undefined, { signal }).catch(() => {});
  }
}
