import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid, varchar } from 'drizzle-orm/pg-core';
import type { ExecutionState } from '../execution/state.ts';
import { bytea, moment, row } from './columns.ts';
import type { ExecutionEventKind } from '../execution/event-kind.ts';

/** Who leads a source. Judged by the database's clock alone; `epoch` grows with each new leader and fences the old one. */
export const leases = pgTable('lease', {
  source: text().primaryKey(),
  epoch: row('epoch').notNull(),
  holder: text().notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/**
 * What is told to readers, append-only and numbered from 1, and how far it has come: `events:prod` is what happens on a source, `log:prod:run-000012`
 * what a piece of its work writes. A stream that has no row has not begun. The row's lock keeps commits in the order of their numbers.
 */
export const streams = pgTable('stream', {
  key: text().primaryKey(),
  head: row('head').notNull().default(0),
});

/** One row per configured source: how far its mirror has come. */
export const sources = pgTable('source', {
  name: text().primaryKey(),
  /** Random at creation: cursors of another database are recognised by it. */
  generation: uuid().notNull().defaultRandom(),
  phase: text().$type<SyncPhase>().notNull().default('STARTING'),
  /** Highest row number ever seen upstream. */
  newestOrdinal: row('newest_ordinal').notNull().default(0),
  /** Backfill goes down: every row number above this one has been asked for. */
  backfilledTo: row('backfilled_to').notNull().default(0),
  auditMarker: text('audit_marker'),
  /** The row number that the marker stands behind. */
  auditedTo: row('audited_to').notNull().default(0),
  /** Every row that was there when the walk began is mirrored. */
  auditedAt: moment('audited_at'),
  lastSuccessAt: moment('last_success_at'),
  /** Why the leader cannot read the source, in words for people; null while it can. */
  problem: text(),
  /** Since when there has been a problem, whatever it was at first. */
  problemSince: moment('problem_since'),
  /** How long the last cycle over all unfinished runs took beyond its interval. */
  lagMs: integer('lag_ms').notNull().default(0),
});
export type SyncPhase = 'STARTING' | 'BACKFILL' | 'COMPLETE';

/** A piece of work on a backend, of whatever kind; what is a kind's own stands in a table of its backend, under the same `source` and `ordinal`. */
export const executions = pgTable(
  'execution',
  {
    source: text().notNull(),
    /** Its place in the order in which its source has made its work: the backend's own number, or one of ours. */
    ordinal: row('ordinal').notNull(),
    /** The name of its type in the graph, such as `Run`. */
    kind: text().notNull(),
    /** The backend's id, or one of ours where it gives none; one for each `ordinal`, which whoever gives numbers sees to. */
    key: text().notNull(),
    name: text().notNull(),
    /** Its account on the backend; empty where there are none, or while its record cannot be read. */
    owner: text().notNull(),
    /** Who made it through the gateway, where that is what counts. */
    creator: text(),
    state: text().$type<ExecutionState>().notNull(),
    /** Empty while its record cannot be read. */
    rawState: text('raw_state').notNull(),
    message: text().notNull(),
    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    updatedAt: moment('updated_at').notNull(),
    endedAt: moment('ended_at'),
    /** Running maximum of `createdAt` in the order of `ordinal`: what copies an old time would otherwise appear in the past. */
    sortAt: moment('sort_at').notNull(),
    /** Database time before the upstream was asked. */
    observedAt: moment('observed_at').notNull(),
    /** When a final state was read first; a second equal read settles it: see `execution/life.ts`. */
    finalSince: moment('final_since'),
    settledAt: moment('settled_at'),
    deletedUpstream: moment('deleted_upstream'),
    /** The upstream has the record but cannot decode it: it is left alone until then. */
    unreadableUntil: moment('unreadable_until'),
    /** What its own record says beyond the list, as its backend packs it. */
    detail: bytea('detail'),
    detailObservedAt: moment('detail_observed_at'),
    /** Where its result lies. */
    result: text(),
    /** What the event stream last said of it: only the leader moves this, so nothing that another process mirrored goes untold. */
    announced: text(),
    /** Written by another process than the leader, which has yet to tell of it. */
    untold: boolean().notNull().default(false),
    logState: text('log_state').$type<LogState>().notNull().default('PENDING'),
    /** Somebody asked for a log that is too old to be copied unasked. */
    logWanted: boolean('log_wanted').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.ordinal] }),
    // Not unique: two who store the same work at once would fail at it instead of waiting for each other at the primary key.
    index('execution_key').on(t.source, t.kind, t.key),
    index('execution_newest').on(t.sortAt, t.source, t.ordinal),
    index('execution_owner').on(t.owner, t.sortAt),
    index('execution_creator')
      .on(t.creator, t.sortAt)
      .where(sql`creator is not null`),
    index('execution_updated').on(t.source, t.updatedAt),
    index('execution_unsettled')
      .on(t.source, t.ordinal)
      .where(sql`settled_at is null and deleted_upstream is null`),
    index('execution_without_detail')
      .on(t.source, t.ordinal)
      .where(sql`detail is null and deleted_upstream is null`),
    // In the order of a column of its own: by number alone, the planner would rather walk all of history for the first hundred.
    index('execution_detail_outdated')
      .on(t.source, t.detailObservedAt)
      .where(sql`detail_observed_at < coalesce(settled_at, final_since) and deleted_upstream is null`),
    index('execution_log_pending')
      .on(t.source, sql`coalesce(ended_at, 'infinity')`)
      .where(sql`log_state = 'PENDING' and detail is not null and deleted_upstream is null`),
    index('execution_log_wanted')
      .on(t.source, t.ordinal)
      .where(sql`log_wanted and log_state = 'PENDING' and deleted_upstream is null`),
    index('execution_untold')
      .on(t.source, t.ordinal)
      .where(sql`untold`),
  ],
);
/** PENDING: being copied · COMPLETE: to the last line · GAPS: ended, with something missing. */
export type LogState = 'PENDING' | 'COMPLETE' | 'GAPS';

/** The event stream of each source, append-only, `seq` dense from 1. */
export const events = pgTable(
  'event',
  {
    source: text().notNull(),
    seq: row('seq').notNull(),
    ordinal: row('ordinal').notNull(),
    at: moment('at').notNull(),
    kind: text().$type<ExecutionEventKind>().notNull(),
    state: text().$type<ExecutionState>().notNull(),
    rawState: text('raw_state').notNull(),
    message: text().notNull(),
    /** Paths of its parts, such as steps, whose state changed with it. */
    steps: text().array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.seq] }), index('event_of_execution').on(t.source, t.ordinal, t.seq)],
);

/** What log streams hold: every line, gap and end takes one `seq`, dense from 1. A row holds the lines `firstSeq`…`lastSeq`. */
export const logEntries = pgTable(
  'log_entry',
  {
    stream: text().notNull(),
    firstSeq: row('first_seq').notNull(),
    lastSeq: row('last_seq').notNull(),
    kind: text().$type<'LINES' | 'GAP' | 'END'>().notNull(),
    step: text().notNull(),
    /** The step's own number of the first line, from 1. */
    firstLine: row('first_line').notNull(),
    /** Raw lines, each ended by `\n`; a raw line never holds one. */
    body: bytea('body'),
    cutLines: row('cut_lines').array(),
    reason: text(),
    fromTime: moment('from_time'),
    toTime: moment('to_time'),
    missingLines: row('missing_lines'),
  },
  (t) => [primaryKey({ columns: [t.stream, t.lastSeq] }), index('log_entry_of_step').on(t.stream, t.step, t.lastSeq)],
);

/** Of a keyed write, see `execution/intent/states.ts`, which draws what leads from one to the other. */
export type IntentStatus = 'SENT' | 'UNCONFIRMED' | 'CONFIRMED' | 'REJECTED' | 'NOT_MADE';

/** A write that was asked for with an idempotency key: recorded before the one call, so that it is never made twice. */
export const intents = pgTable(
  'intent',
  {
    key: text().notNull(),
    viewer: text().notNull(),
    /** What is to be made. */
    kind: text().notNull(),
    source: text().notNull(),
    /** Hash of the input, without its secrets: the same key with another input is refused. */
    inputHash: text('input_hash').notNull(),
    /** Goes along in what is made, where that has room for it, so that a lost answer can be found again. The same however often the key is sent. */
    mark: text().notNull().unique(),
    status: text().$type<IntentStatus>().notNull(),
    /** Grows with each claim: who claimed it before can settle nothing any more. */
    epoch: integer().notNull().default(1),
    /** When it was claimed last, by the clock of the database. */
    sentAt: moment('sent_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    /**
     * What there was before the claim: the highest number of its kind, so that what it makes has a higher one; or, of what has a name of its own, how
     * many bore that name, 0 or 1.
     */
    since: row('since').notNull().default(0),
    executionId: text('execution_id'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.viewer, t.key] })],
);

/** Who did what through the gateway. */
export const audits = pgTable('audit', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: moment('at').notNull().defaultNow(),
  viewer: text().notNull(),
  action: text().notNull(),
  target: text().notNull(),
  outcome: text().notNull(),
});

/** How many wrong passwords there were: as `rate-limiter-flexible` wants its table, columns in this order. `expire` in milliseconds since 1970. */
export const attempts = pgTable('attempt', {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  expire: row('expire'),
});
