import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, moment, row } from '../../db/columns.ts';
import type { StorageLocation } from './task/location.ts';

/**
 * What is known of a submission. SENDING: the one call is under way, or the process that made it has died. ACCEPTED: the platform has said the id.
 * UNCONFIRMED: no id came back, so a task may have been made that nobody can find; it is never sent again.
 */
export type SubmissionState = 'SENDING' | 'ACCEPTED' | 'UNCONFIRMED';

/** What is a task's own, beside its row in `execution`: the registry that the platform lacks (contract 6). No secrets. */
export const tasks = pgTable(
  'datastory_task',
  {
    source: text().notNull(),
    ordinal: row('ordinal').notNull(),
    /** Of the intent that it comes from. Unique, so that a submission is made once whoever tries it. */
    mark: text().notNull().unique(),
    submission: text().$type<SubmissionState>().notNull(),
    /** The platform's id; null until it is known. */
    taskId: text('task_id'),
    /** By the clock of the database. */
    sentAt: moment('sent_at').notNull(),
    algorithm: text().notNull(),
    input: jsonb().$type<StorageLocation>().notNull(),
    output: jsonb().$type<StorageLocation>().notNull(),
    /** Masked. */
    email: text().notNull(),
    /** JSON as it was given, cleaned of secrets; null: none. */
    parameters: bytea('parameters'),
    /** When the platform says that it was added. */
    addedAt: moment('added_at'),
    /** How often its status has been asked for. */
    asked: integer().notNull().default(0),
    /** How often in a row the platform has not told it. */
    misses: integer().notNull().default(0),
    /** When it is asked for next; null: not any more, or not yet. */
    askAt: moment('ask_at'),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.ordinal] }),
    index('datastory_task_due')
      .on(t.source, t.askAt)
      .where(sql`ask_at is not null`),
    index('datastory_task_sending')
      .on(t.source, t.sentAt)
      .where(sql`submission = 'SENDING'`),
    index('datastory_task_id').on(t.source, t.taskId),
  ],
);
export type TaskRow = typeof tasks.$inferSelect;
