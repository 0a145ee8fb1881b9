import { and, asc, desc, eq, gt, isNotNull, isNull, lte, notInArray, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { executions, sources } from '../../../db/tables.ts';
import { unsettled, untold } from '../../../execution/open.ts';
import type { Lease } from '../../../live/lease.ts';
import { readingFailed, readingSucceeded } from '../../../source/reading.ts';

export type SourceRow = typeof sources.$inferSelect;

/** How far the mirror of a source has come: kept in its row, so that the next leader goes on from there. */
export function createProgress(db: Database, lease: Lease) {
  const { source } = lease;
  return {
    async read(): Promise<SourceRow> {
      await db.insert(sources).values({ name: source }).onConflictDoNothing();
      const [row] = await db.select().from(sources).where(eq(sources.name, source));
      if (row === undefined) throw new Error(`source ${source} has no row`);
      return row;
    },
    write: (change: Partial<Omit<SourceRow, 'name' | 'generation' | 'lastSuccessAt' | 'lagMs' | 'problem' | 'problemSince'>>) =>
      lease.fenced(async (tx) => void (await tx.update(sources).set(change).where(eq(sources.name, source)))),

    succeeded: ({ lagMs }: Pick<SourceRow, 'lagMs'>) => lease.fenced((tx) => readingSucceeded(tx, source, { lagMs })),
    failed: (problem: string) => lease.fenced((tx) => readingFailed(tx, source, problem)),

    /** The highest run that is there and readable. */
    async witness(): Promise<number> {
      const there = and(eq(executions.source, source), isNull(executions.deletedUpstream), isNull(executions.unreadableUntil));
      const [row] = await db
        .select({ ordinal: executions.ordinal })
        .from(executions)
        .where(there)
        .orderBy(desc(executions.ordinal))
        .limit(1);
      return row?.ordinal ?? 0;
    },

    unsettled: () => unsettled(db, source),
    untold: () => untold(db, source),

    /** Details that are older than the end of their run: the last steps are missing in them. */
    async outdatedDetails(): Promise<number[]> {
      const outdated = sql`${executions.detailObservedAt} < coalesce(${executions.settledAt}, ${executions.finalSince})`;
      const rows = await db
        .select({ ordinal: executions.ordinal })
        .from(executions)
        .where(and(eq(executions.source, source), isNull(executions.deletedUpstream), isNull(executions.unreadableUntil), outdated))
        .orderBy(asc(executions.detailObservedAt)) // as its index has them
        .limit(100);
      return rows.map(({ ordinal }) => ordinal);
    },

    /** Mirrored runs with row numbers between these two, the upper one included. */
    async known(above: number, upTo: number): Promise<number[]> {
      const { ordinal } = executions;
      const between = and(eq(executions.source, source), isNull(executions.deletedUpstream), gt(ordinal, above), lte(ordinal, upTo));
      const rows = await db.select({ ordinal }).from(executions).where(between).orderBy(asc(ordinal));
      return rows.map((row) => row.ordinal);
    },

    /** Runs whose detail was never read: the newest of all, and those whose log is wanted. Newest first, some at a time. */
    async withoutDetail(among: number, except: readonly number[]): Promise<number[]> {
      const { ordinal } = executions;
      const last = db
        .select({ ordinal })
        .from(executions)
        .where(eq(executions.source, source))
        .orderBy(desc(ordinal))
        .limit(1)
        .offset(among);
      const lacking = and(
        eq(executions.source, source),
        isNull(executions.detail),
        isNotNull(executions.finalSince), // the cycle reads those that go on
        isNull(executions.deletedUpstream),
        isNull(executions.unreadableUntil),
        notInArray(ordinal, [...except]),
      );
      const newest = (of: SQL | undefined) =>
        db.select({ ordinal }).from(executions).where(and(lacking, of)).orderBy(desc(ordinal)).limit(20);
      // One by one: as "this or that", each turn would walk through all of history.
      const recent = await newest(sql`${ordinal} > coalesce((${last}), 0)`);
      const wanted = await newest(and(executions.logWanted, eq(executions.logState, 'PENDING')));
      return [...new Set([...recent, ...wanted].map((row) => row.ordinal))].slice(0, 20);
    },
  };
}
export type Progress = ReturnType<typeof createProgress>;
