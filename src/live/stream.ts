import { and, asc, desc, eq, getTableColumns, gt, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { readRows } from '../db/read-rows.ts';
import { events, logEntries, runs, sources } from '../db/tables.ts';
import type { Tx } from './lease.ts';

/** NOTIFY is a hint, never the truth: `source:head` of the event stream, once per commit that appended to any stream of the source. */
export const headChannel = 'tributary_head';
/** Asks the leader of a source to look at one of its runs at once: `source:ordinal`. */
export const pokeChannel = 'tributary_poke';

export type NewEvent = Omit<typeof events.$inferInsert, 'source' | 'seq'>;
export type EventRow = typeof events.$inferSelect;
export type LogEntryRow = typeof logEntries.$inferSelect;
/** `size`: how many numbers the entry takes; a gap or an end takes one. */
export type NewLogEntry = Omit<typeof logEntries.$inferInsert, 'source' | 'ordinal' | 'firstSeq' | 'lastSeq'> & { readonly size: number };

/** Appends to the source's event stream, at least one, and wakes the readers. The head's row lock keeps commits in the order of their numbers. Only a fenced transaction may call it. */
export async function appendEvents(tx: Tx, source: string, added: readonly NewEvent[]): Promise<void> {
  const head = sql<number>`${sources.eventHead} + ${added.length}`;
  const [row] = await tx.update(sources).set({ eventHead: head }).where(eq(sources.name, source)).returning({ head: sources.eventHead });
  if (row === undefined) throw new Error(`source ${source} has no row`);
  const first = row.head - added.length + 1;
  await tx.insert(events).values(added.map((event, index) => ({ ...event, source, seq: first + index })));
  await tx.execute(sql`select pg_notify(${headChannel}, ${`${source}:${row.head}`})`);
}

/** Makes the readers of a source look at its streams, once this transaction is done: for those that have appended to a log and made no event. */
export async function wake(tx: Tx, source: string): Promise<void> {
  await tx.execute(
    sql`select pg_notify(${headChannel}, ${sources.name} || ':' || ${sources.eventHead}) from ${sources} where ${sources.name} = ${source}`,
  );
}

/** Appends to the log stream of one run. Call `wake` (or `appendEvents`) in the same transaction: nobody is told otherwise. */
export async function appendLog(tx: Tx, source: string, ordinal: number, added: readonly NewLogEntry[]): Promise<void> {
  const total = added.reduce((sum, { size }) => sum + size, 0);
  if (total === 0) return;
  const [row] = await tx
    .update(runs)
    .set({ logHead: sql`${runs.logHead} + ${total}` })
    .where(and(eq(runs.source, source), eq(runs.ordinal, ordinal)))
    .returning({ head: runs.logHead });
  if (row === undefined) throw new Error(`run ${ordinal} of ${source} has no row`);
  let next = row.head - total + 1;
  const rows = added.map(({ size, ...entry }) => {
    const firstSeq = next;
    next += size;
    return { ...entry, source, ordinal, firstSeq, lastSeq: next - 1 };
  });
  await tx.insert(logEntries).values(rows);
}

/** Appends what one step has in the log of another run, numbered anew. It never leaves the database: logs are long. */
export async function copyLog(
  tx: Tx,
  source: string,
  from: { ordinal: number; step: string },
  to: { ordinal: number; step: string },
): Promise<void> {
  const { rows } = await tx.execute<{ head: string }>(sql`
    select log_head as head from run where source = ${source} and ordinal = ${to.ordinal} for update`);
  const head = Number(rows[0]?.head);
  await tx.execute(sql`
    with old as (
      select *, last_seq - first_seq + 1 as size, sum(last_seq - first_seq + 1) over (order by last_seq) as behind
      from log_entry where source = ${source} and ordinal = ${from.ordinal} and step = ${from.step}
    ), copied as (
      insert into log_entry (source, ordinal, first_seq, last_seq, kind, step, first_line, body, cut_lines, reason, from_time, to_time, missing_lines)
      select source, ${to.ordinal}::bigint, ${head}::bigint + behind - size + 1, ${head}::bigint + behind, kind, ${to.step}::text, first_line, body, cut_lines, reason,
        from_time, to_time, missing_lines
      from old
    )
    update run set log_head = log_head + (select coalesce(sum(size), 0) from old) where source = ${source} and ordinal = ${to.ordinal}`);
}

/** Events after a position that match `where`, in the order of the stream: the first ones, or with `backwards` the last ones. */
export async function readEvents(
  db: Database,
  source: string,
  after: number,
  { where, limit, backwards = false }: { where?: SQL | undefined; limit: number; backwards?: boolean },
): Promise<EventRow[]> {
  const query = db
    .select()
    .from(events)
    .where(and(eq(events.source, source), gt(events.seq, after), where))
    .orderBy(backwards ? desc(events.seq) : asc(events.seq))
    .limit(limit);
  const rows = await readRows(db, getTableColumns(events), query);
  return backwards ? rows.toReversed() : rows;
}

/** The leader reads this run at once instead of at its next turn. */
export async function poke(db: Database, source: string, ordinal: number): Promise<void> {
  await db.execute(sql`select pg_notify(${pokeChannel}, ${`${source}:${ordinal}`})`);
}
