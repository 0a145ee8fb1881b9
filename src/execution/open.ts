import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { executions } from '../db/tables.ts';
import type { Tx } from '../live/lease.ts';
import type { ExecutionState } from './state.ts';

/** A record that does not decode today may decode after an upgrade of the server. */
export const unreadablePauseMs = 60_000;
const pause = sql`make_interval(secs => ${unreadablePauseMs / 1000})`;

const { source, ordinal, state, settledAt, deletedUpstream, unreadableUntil } = executions;

/** Work of a source whose story is not over, oldest first. What does not decode is left alone for a while. */
export async function unsettled(db: Database, of: string): Promise<{ ordinal: number; state: ExecutionState }[]> {
  const open = and(eq(source, of), isNull(settledAt), isNull(deletedUpstream));
  // A pause that begins in the future is one from before the clock was set back.
  const readable = or(
    isNull(unreadableUntil),
    lt(unreadableUntil, sql`clock_timestamp()`),
    gt(unreadableUntil, sql`clock_timestamp() + ${pause}`),
  );
  return db.select({ ordinal, state }).from(executions).where(and(open, readable)).orderBy(asc(ordinal));
}

/** What other processes than the leader have written and nobody has told yet, some at a time: a poke may get lost. */
export async function untold(db: Database | Tx, of: string): Promise<number[]> {
  const rows = await db
    .select({ ordinal })
    .from(executions)
    .where(and(eq(source, of), executions.untold))
    .limit(100);
  return rows.map((row) => row.ordinal);
}
