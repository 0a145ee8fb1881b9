import { sql, type SQL } from 'drizzle-orm';
import type { executions } from '../db/tables.ts';

/**
 * The life of a piece of work, as its row tells it. Only what is read moves it, never time alone; an answer that was asked for earlier than the
 * newest one moves nothing.
 *
 *     from         what was read of it                               to
 *     (nothing)    goes on                                           OPEN
 *     (nothing)    final                                             ENDED
 *     (nothing)    final, and so old that one look is enough         SETTLED
 *     OPEN         goes on                                           OPEN
 *     OPEN         final                                             ENDED        its end may still be taken back: a copy that is made anew shows the old one first
 *     ENDED        the same word, too early                          ENDED
 *     ENDED        the same word, `settleMs` later                   SETTLED      once its detail was read since the end, or cannot be for ten times as long
 *     ENDED        another final word                                ENDED        counted anew
 *     ENDED        goes on                                           OPEN
 *     SETTLED      the same word                                     SETTLED
 *     SETTLED      another final word                                ENDED        reopened
 *     SETTLED      goes on                                           OPEN         reopened
 *     any          its record does not decode                        UNREADABLE   with the word it had no more
 *     any          absent, as its backend's rules prove              GONE
 *     UNREADABLE   goes on                                           OPEN
 *     UNREADABLE   final                                             ENDED
 *     GONE         goes on                                           OPEN         it is there after all
 *     GONE         final                                             ENDED, or SETTLED as above
 */
export type Life = 'OPEN' | 'ENDED' | 'SETTLED' | 'UNREADABLE' | 'GONE';

type LifeColumns = Pick<typeof executions.$inferSelect, 'finalSince' | 'settledAt' | 'unreadableUntil' | 'deletedUpstream'>;

export function lifeOf({ finalSince, settledAt, unreadableUntil, deletedUpstream }: LifeColumns): Life {
  if (deletedUpstream !== null) return 'GONE';
  if (unreadableUntil !== null) return 'UNREADABLE';
  return finalSince === null ? 'OPEN' : settledAt === null ? 'ENDED' : 'SETTLED';
}

/**
 * The database's clock may be set back, to a backup's or a standby's. What was observed in the future was observed before that: whatever is
 * read now is newer, and times that go on to be compared are brought down to this read.
 */
export const ofTheFuture = (time: SQL) => sql`${time} > clock_timestamp()`;

/** A final state that was read first so long before this read. */
const stoodFor = (ms: number) => sql`execution.final_since <= excluded.observed_at - make_interval(secs => ${ms / 1000})`;

/** Where the arrows of the drawing lead, for a row that was there (`execution`) and what was read (`excluded`). */
export function moved({ settleMs }: { readonly settleMs: number }) {
  const theSame = sql`excluded.ended_at is not null and execution.raw_state = excluded.raw_state and execution.final_since is not null`;
  // The last steps should be known by then; but a detail that cannot be read must not keep the end back for ever.
  const detailSeen = sql`(execution.detail_observed_at is null or execution.detail_observed_at >= execution.final_since or ${stoodFor(settleMs * 10)})`;
  const settles = sql`${theSame} and ${stoodFor(settleMs)} and ${detailSeen}`;
  return {
    endedAt: sql`case when excluded.ended_at is null then null else coalesce(execution.ended_at, excluded.ended_at) end`,
    finalSince: sql`case when ${theSame} then least(execution.final_since, excluded.observed_at) else excluded.final_since end`,
    settledAt: sql`case when ${settles} or (${theSame} and execution.settled_at is not null)
      then least(coalesce(execution.settled_at, excluded.observed_at), excluded.observed_at) end`,
    // So old that it is read again, if its work has ended.
    detailObservedAt: sql`case when ${ofTheFuture(sql`execution.detail_observed_at`)} then to_timestamp(0) else execution.detail_observed_at end`,
    deletedUpstream: sql`null`,
    unreadableUntil: sql`null`,
  };
}
