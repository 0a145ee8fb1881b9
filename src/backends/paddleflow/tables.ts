import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, moment, row } from '../../db/columns.ts';
import type { LogTaskState } from './run-log/log-task.ts';

/** What only runs have, beside their rows of `execution`. `ordinal` is PaddleFlow's row number, the number in `run-000012`. */
export const paddleflowRuns = pgTable(
  'paddleflow_run',
  {
    source: text().notNull(),
    ordinal: row('ordinal').notNull(),
    fsName: text('fs_name').notNull(),
    description: text().notNull(),
    scheduleId: text('schedule_id').notNull(),
    pipelineId: text('pipeline_id'),
    pipelineVersionId: text('pipeline_version_id'),
    origin: text().notNull(),
    scheduledAt: moment('scheduled_at'),
    queueNames: text('queue_names').array(),
    /** The row number of the run that this one tries again: as noted by our own retry, or the newest run whose work it carries on (contract 2.7). */
    retryOf: row('retry_of'),
    /** The row number of the run that its idempotency key stands for, where that is another one: the backend made both, this one unexpectedly late. */
    duplicateOf: row('duplicate_of'),
    /** How often it was not in an answer that should have had it. */
    misses: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.ordinal] }),
    index('paddleflow_run_retry')
      .on(t.source, t.retryOf)
      .where(sql`retry_of is not null`),
  ],
);

/** How far the log of each step has been copied. */
export const logSteps = pgTable(
  'paddleflow_log_step',
  {
    source: text().notNull(),
    ordinal: row('ordinal').notNull(),
    step: text().notNull(),
    /** The run under which the upstream keeps this log: an older one for cache hits and steps carried over by a retry. */
    logRunId: text('log_run_id').notNull(),
    jobId: text('job_id').notNull(),
    lines: row('lines').notNull().default(0),
    tasks: jsonb().$type<Record<string, LogTaskState>>().notNull().default({}),
    /** It was seen to run: there was a container, so a log that is not there is lost. */
    watched: boolean().notNull().default(false),
    /** When the log was first read to its end after the step had ended; a second read later closes it. */
    drainedAt: moment('drained_at'),
    /** From then on the upstream has thrown its pod away, and the log with it; set when the step is first seen to have ended. */
    goneAt: moment('gone_at'),
    endedAt: moment('ended_at'),
    gaps: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.source, t.ordinal, t.step] })],
);

/** Pipelines met through runs; the name never changes, versions are immutable. */
export const pipelineVersions = pgTable(
  'paddleflow_pipeline_version',
  {
    source: text().notNull(),
    pipelineId: text('pipeline_id').notNull(),
    versionId: text('version_id').notNull(),
    fsName: text('fs_name').notNull(),
    yamlPath: text('yaml_path').notNull(),
    yaml: bytea('yaml').notNull(),
    owner: text().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.pipelineId, t.versionId] })],
);
