import { eq, sql } from 'drizzle-orm';
import { sources } from '../db/tables.ts';
import type { Tx } from '../live/lease.ts';

/** The first leader of a source finds no row of it. */
const withRow = (tx: Tx, name: string) => tx.insert(sources).values({ name }).onConflictDoNothing();

/** A leader has read its source. By the database's clock, which also says how long ago it was: that of a process may be wrong. */
export async function readingSucceeded(
  tx: Tx,
  source: string,
  change: Partial<Pick<typeof sources.$inferSelect, 'lagMs' | 'phase'>> = {},
): Promise<void> {
  const read = () =>
    tx
      .update(sources)
      .set({ ...change, lastSuccessAt: sql`clock_timestamp()`, problem: null, problemSince: null })
      .where(eq(sources.name, source));
  const { rowCount } = await read();
  if (rowCount !== 0) return;
  await withRow(tx, source);
  await read();
}

/** There was nothing to read, so nobody was asked: all is known that there is, and whether the source would answer is as it was. Who never has is not healthy. */
export async function nothingToRead(tx: Tx, source: string): Promise<void> {
  await withRow(tx, source);
  await tx
    .update(sources)
    .set({ phase: 'COMPLETE', lastSuccessAt: sql`case when ${sources.lastSuccessAt} is not null then clock_timestamp() end` })
    .where(eq(sources.name, source));
}

/** It could not, and why in words for people. Since when stays as it is while one problem follows another. */
export async function readingFailed(tx: Tx, source: string, problem: string): Promise<void> {
  await withRow(tx, source);
  await tx
    .update(sources)
    .set({ problem, problemSince: sql`coalesce(${sources.problemSince}, clock_timestamp())` })
    .where(eq(sources.name, source));
}
