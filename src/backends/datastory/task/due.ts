import { and, asc, eq, gt, lte, or, sql } from 'drizzle-orm';
import { executions } from '../../../db/tables.ts';
import type { Tx } from '../../../live/lease.ts';
import { tasks, type TaskRow } from '../tables.ts';
import { doubt, inMs, type Writer } from './registry.ts';

/** Longer than any pause: what is due later was put down before the database's clock was set back. */
const longestPauseMs = 2 * 3_600_000;

const { ordinal, taskId, sentAt, asked, misses, email, askAt } = tasks;
const { key, name, state, rawState, message, createdAt, startedAt, endedAt, finalSince } = executions;
/** What is needed to ask for a task and to tell what has come of it. */
const due = {
  ordinal,
  taskId,
  sentAt,
  asked,
  misses,
  email,
  key,
  name,
  state,
  rawState,
  message,
  createdAt,
  startedAt,
  endedAt,
  finalSince,
  ageMs: sql<string>`extract(epoch from clock_timestamp() - ${sentAt}) * 1000`,
};

/** What nobody can be waiting for any more: the process that sent it has died. */
export async function doubtAbandoned(tx: Tx, source: string, olderThanMs: number, why: string): Promise<void> {
  const abandoned = await tx
    .select({ ordinal })
    .from(tasks)
    .where(
      and(
        eq(tasks.source, source),
        eq(tasks.submission, 'SENDING'),
        sql`${tasks.sentAt} < clock_timestamp() - make_interval(secs => ${olderThanMs / 1000}::float8)`,
      ),
    )
    .limit(100);
  for (const task of abandoned) await doubt(tx, source, task.ordinal, why);
}

export type DueTask = Pick<TaskRow, 'ordinal' | 'sentAt' | 'asked' | 'misses' | 'email'> &
  Pick<
    typeof executions.$inferSelect,
    'key' | 'name' | 'state' | 'rawState' | 'message' | 'createdAt' | 'startedAt' | 'endedAt' | 'finalSince'
  > & {
    readonly taskId: string;
    /** Since its submission, by the database's clock. */
    readonly ageMs: number;
  };

/** Those whose turn it is, the one that has waited longest first. */
export async function dueTasks(db: Writer, source: string, limit: number): Promise<DueTask[]> {
  const rows = await db
    .select(due)
    .from(tasks)
    .innerJoin(executions, and(eq(executions.source, tasks.source), eq(executions.ordinal, ordinal)))
    .where(and(eq(tasks.source, source), or(lte(askAt, sql`clock_timestamp()`), gt(askAt, inMs(longestPauseMs)))))
    .orderBy(asc(askAt))
    .limit(limit);
  return rows.flatMap(({ taskId: id, ...row }) => (id === null ? [] : [{ ...row, taskId: id, ageMs: Number(row.ageMs) }]));
}

/** How long until the next one is due, in milliseconds; undefined: none is waited for. */
export async function nextDueInMs(db: Writer, source: string): Promise<number | undefined> {
  const inTime = sql<string | null>`extract(epoch from min(${tasks.askAt}) - clock_timestamp()) * 1000`;
  const [row] = await db
    .select({ inTime })
    .from(tasks)
    .where(and(eq(tasks.source, source), sql`${tasks.askAt} is not null`));
  return row?.inTime == null ? undefined : Math.max(0, Number(row.inTime));
}

export interface Asked {
  readonly ordinal: number;
  readonly misses: number;
  readonly addedAt: Date | null;
  /** Null: never again. */
  readonly askInMs: number | null;
}

/** When each is asked for again. */
export async function reschedule(tx: Tx, source: string, all: readonly Asked[]): Promise<void> {
  for (const { askInMs, addedAt, ...of } of all) {
    await tx
      .update(tasks)
      .set({
        asked: sql`${tasks.asked} + 1`,
        misses: of.misses,
        ...(addedAt !== null && { addedAt }),
        askAt: askInMs === null ? null : inMs(askInMs),
      })
      .where(and(eq(tasks.source, source), eq(tasks.ordinal, of.ordinal)));
  }
}
