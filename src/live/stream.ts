import { and, asc, desc, eq, getTableColumns, gt, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { readRows } from '../db/read-rows.ts';
import { keyOf } from '../core/key.ts';
import { events, logEntries, streams } from '../db/tables.ts';
import type { Tx } from './lease.ts';
import { eventStream } from './stream-key.ts';

/** NOTIFY is a hint, never the truth: the key of a stream and its head, once for each stream that a commit has appended to. */
export const headChannel = 'tributary_head';
/** Asks the leader of a source to look at a piece of its work at once: its key, such as `prod:run-000012`. */
export const pokeChannel = 'tributary_poke';

export type NewEvent = Omit<typeof events.$inferInsert, 'source' | 'seq'>;
export type EventRow = typeof events.$inferSelect;
export type LogEntryRow = typeof logEntries.$inferSelect;
/** `size`: how many numbers the entry takes; a gap or an end takes one. */
export type NewLogEntry = Omit<typeof logEntries.$inferInsert, 'stream' | 'firstSeq' | 'lastSeq'> & { readonly size: number };

/** Takes so many numbers of a stream; returns the last one. */
async function moveHead(tx: Tx, key: string, by: number): Promise<number> {
  const [row] = await tx
    .insert(streams)
    .values({ key, head: by })
    .onConflictDoUpdate({ target: streams.key, set: { head: sql`${streams.head} + excluded.head` } })
    .returning({ head: streams.head });
  if (row === undefined) throw new Error(`stream ${key} has no row`);
  return row.head;
}

/** Makes the readers of a stream look at it, once this transaction is done. */
async function wake(tx: Tx, stream: string, head: number): Promise<void> {
  await tx.execute(sql`select pg_notify(${headChannel}, ${`${stream} ${head}`})`);
}

/** Appends to the source's event stream and wakes its readers. Only a fenced transaction may call it. */
export async function appendEvents(tx: Tx, source: string, added: readonly NewEvent[]): Promise<void> {
  if (added.length === 0) return;
  const stream = eventStream(source);
  const head = await moveHead(tx, stream, added.length);
  const first = head - added.length + 1;
  await tx.insert(events).values(added.map((event, index) => ({ ...event, source, seq: first + index })));
  await wake(tx, stream, head);
}

/** Appends to a log stream and wakes its readers. */
export async function appendLog(tx: Tx, stream: string, added: readonly NewLogEntry[]): Promise<void> {
  const total = added.reduce((sum, { size }) => sum + size, 0);
  if (total === 0) return;
  const head = await moveHead(tx, stream, total);
  let next = head - total + 1;
  const rows = added.map(({ size, ...entry }) => {
    const firstSeq = next;
    next += size;
    return { ...entry, stream, firstSeq, lastSeq: next - 1 };
  });
  await tx.insert(logEntries).values(rows);
  await wake(tx, stream, head);
}

/** Appends what one step has in another log, numbered anew, and wakes the readers. It never leaves the database: logs are long. */
export async function copyLog(tx: Tx, from: { stream: string; step: string }, to: { stream: string; step: string }): Promise<void> {
  const head = await moveHead(tx, to.stream, 0);
  const { rows } = await tx.execute<{ total: string }>(sql`
    with old as (
      select *, last_seq - first_seq + 1 as size, sum(last_seq - first_seq + 1) over (order by last_seq) as behind
      from log_entry where stream = ${from.stream} and step = ${from.step}
    ), copied as (
      insert into log_entry (stream, first_seq, last_seq, kind, step, first_line, body, cut_lines, reason, from_time, to_time, missing_lines)
      select ${to.stream}::text, ${head}::bigint + behind - size + 1, ${head}::bigint + behind, kind, ${to.step}::text, first_line, body, cut_lines, reason,
        from_time, to_time, missing_lines
      from old
    )
    select coalesce(sum(size), 0) as total from old`);
  await wake(tx, to.stream, await moveHead(tx, to.stream, Number(rows[0]?.total)));
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

/** The leader reads this piece of work at once instead of at its next turn. */
export async function poke(db: Database, source: string, id: string): Promise<void> {
  await db.execute(sql`select pg_notify(${pokeChannel}, ${keyOf(source, id)})`);
}
