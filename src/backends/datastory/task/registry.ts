import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import type { Tx } from '../../../live/lease.ts';
import { tasks, type TaskRow } from '../tables.ts';
import { uriOf, type StorageLocation } from './location.ts';

export type Writer = Database | Tx;

/** A submission before its one call. Without secrets. */
export interface NewTask {
  readonly source: string;
  readonly mark: string;
  readonly creator: string;
  readonly algorithm: string;
  readonly input: StorageLocation;
  readonly output: StorageLocation;
  /** Masked. */
  readonly email: string;
  readonly parameters: string | null;
}

/** By which it is found: its own number, as the platform's is not known before the answer, and sometimes never. */
export const keyOfOrdinal = (ordinal: number): string => `task-${String(ordinal).padStart(6, '0')}`;
/** A moment that much later, by the clock of the database. */
export const inMs = (ms: number) => sql`clock_timestamp() + make_interval(secs => ${ms / 1000}::float8)`;

/** Writes down what is about to be sent. Undefined: something with this mark was written down before, and may have been sent. One statement. */
export async function register(db: Writer, task: NewTask): Promise<number | undefined> {
  const { source, mark, creator, algorithm, input, output, email, parameters } = task;
  const { rows } = await db.execute<{ ordinal: string }>(sql`
    with number as (
      insert into source (name, newest_ordinal) values (${source}, 1)
      on conflict (name) do update set newest_ordinal = source.newest_ordinal + 1
      returning newest_ordinal as ordinal
    ), task as (
      insert into datastory_task (source, ordinal, mark, submission, sent_at, algorithm, input, output, email, parameters)
      select ${source}, ordinal, ${mark}, 'SENDING', clock_timestamp(), ${algorithm}, ${JSON.stringify(input)}::jsonb, ${JSON.stringify(output)}::jsonb,
        ${email}, ${parameters === null ? null : Buffer.from(parameters)}::bytea
      from number
      on conflict (mark) do nothing
      returning source, ordinal, sent_at
    )
    insert into execution (source, ordinal, kind, key, name, owner, creator, state, raw_state, message, result, created_at, updated_at, sort_at, observed_at, untold)
    select source, ordinal, 'Task', 'task-' || lpad(ordinal::text, greatest(6, length(ordinal::text)), '0'), ${algorithm}, '', ${creator}, 'QUEUED', '', '',
      ${uriOf(output)}, sent_at, sent_at, sent_at, sent_at, true
    from task
    returning ordinal`);
  return rows[0] && Number(rows[0].ordinal);
}

/** The platform has said the id, however late. `askInMs`: until it is asked for first. */
export async function accept(db: Writer, source: string, ordinal: number, taskId: string, askInMs: number): Promise<void> {
  await db.execute(sql`
    with task as (
      update datastory_task set submission = 'ACCEPTED', task_id = ${taskId}, ask_at = ${inMs(askInMs)}
      where source = ${source} and ordinal = ${ordinal} and submission <> 'ACCEPTED'
      returning source, ordinal
    )
    update execution set state = 'QUEUED', message = '', observed_at = clock_timestamp(), untold = true
    from task where execution.source = task.source and execution.ordinal = task.ordinal`);
}

/** Nobody knows what became of it. Only where nobody knows better yet. */
export async function doubt(db: Writer, source: string, ordinal: number, why: string): Promise<void> {
  await db.execute(sql`
    with task as (
      update datastory_task set submission = 'UNCONFIRMED'
      where source = ${source} and ordinal = ${ordinal} and submission = 'SENDING'
      returning source, ordinal
    )
    update execution set state = 'UNKNOWN', message = ${why}, observed_at = clock_timestamp(), untold = true
    from task where execution.source = task.source and execution.ordinal = task.ordinal`);
}

/** It was refused: there is nothing to show. */
export async function withdraw(db: Writer, source: string, ordinal: number): Promise<void> {
  await db.execute(sql`
    with task as (
      delete from datastory_task where source = ${source} and ordinal = ${ordinal} and submission = 'SENDING' returning source, ordinal
    )
    delete from execution using task where execution.source = task.source and execution.ordinal = task.ordinal`);
}

/** What stands under a mark, and for how long it has been under way by the clock of the database. */
export async function findByMark(
  db: Writer,
  mark: string,
): Promise<(Pick<TaskRow, 'source' | 'ordinal' | 'submission'> & { ageMs: number }) | undefined> {
  const ageMs = sql<string>`extract(epoch from clock_timestamp() - ${tasks.sentAt}) * 1000`;
  const { source, ordinal, submission } = tasks;
  const [row] = await db.select({ source, ordinal, submission, ageMs }).from(tasks).where(eq(tasks.mark, mark));
  return row && { ...row, ageMs: Number(row.ageMs) };
}
