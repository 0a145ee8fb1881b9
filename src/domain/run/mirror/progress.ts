import { and, asc, desc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { runs, sources } from '../../../db/tables.ts';
import type { Lease } from '../../../live/lease.ts';

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
    write: (change: Partial<Omit<SourceRow, 'name' | 'generation' | 'eventHead'>>) =>
      lease.fenced(async (tx) => void (await tx.update(sources).set(change).where(eq(sources.name, source)))),

    /** The highest run that is there and readable. */
    async witness(): Promise<number> {
      const there = and(eq(runs.source, source), isNull(runs.deletedUpstream), isNull(runs.unreadableUntil));
      const [row] = await db.select({ ordinal: runs.ordinal }).from(runs).where(there).orderBy(desc(runs.ordinal)).limit(1);
      return row?.ordinal ?? 0;
    },

    /** Runs whose story is not over, oldest first. What does not decode is left alone for a while. */
    async unsettled() {
      const { ordinal, state, detailObservedAt, finalSince, rawState } = runs;
      const open = and(eq(runs.source, source), isNull(runs.settledAt), isNull(runs.deletedUpstream));
      const readable = or(isNull(runs.unreadableUntil), lt(runs.unreadableUntil, sql`clock_timestamp()`));
      return db.select({ ordinal, state, detailObservedAt, finalSince, rawState }).from(runs).where(and(open, readable)).orderBy(asc(ordinal));
    },

    /** Details that are older than the end of their run: the last steps are missing in them. */
    async outdatedDetails(): Promise<number[]> {
      const outdated = sql`${runs.detailObservedAt} < coalesce(${runs.settledAt}, ${runs.finalSince})`;
      const rows = await db
        .select({ ordinal: runs.ordinal })
        .from(runs)
        .where(and(eq(runs.source, source), isNull(runs.deletedUpstream), isNull(runs.unreadableUntil), outdated))
        .limit(100);
      return rows.map(({ ordinal }) => ordinal);
    },

    /** The newest ended run, among the newest of all, whose detail was never read. */
    async withoutDetail(among: number): Promise<number | undefined> {
      const recent = db.select({ ordinal: runs.ordinal }).from(runs).where(eq(runs.source, source)).orderBy(desc(runs.ordinal)).limit(1).offset(among);
      const wanted = and(eq(runs.source, source), isNull(runs.detail), isNull(runs.deletedUpstream), isNull(runs.unreadableUntil));
      const [row] = await db
        .select({ ordinal: runs.ordinal })
        .from(runs)
        .where(and(wanted, sql`${runs.ordinal} > coalesce((${recent}), 0)`))
        .orderBy(desc(runs.ordinal))
        .limit(1);
      return row?.ordinal;
    },
  };
}
export type Progress = ReturnType<typeof createProgress>;
