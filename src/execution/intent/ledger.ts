import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { intents } from '../../db/tables.ts';
import { arrowsOf, type IntentEvent } from './states.ts';

export type Intent = typeof intents.$inferSelect;

export interface Claim {
  readonly key: string;
  readonly kind: string;
  readonly source: string;
  readonly inputHash: string;
  /** See the column. */
  readonly since: number;
  /** See `Maker`. */
  readonly afresh?: boolean | undefined;
}

/**
 * Keyed writes of one viewer. Several gateways ask at once, so every change is one statement that says what it changes: who loses the race for a row
 * finds it changed, and has done nothing.
 */
export function createLedger(db: Database, viewer: string) {
  const mine = (key: string) => and(eq(intents.viewer, viewer), eq(intents.key, key));

  return {
    /** It can be claimed, as far as can be said before one tries. Spares whoever cannot the look at what there is. */
    async isFree(key: string): Promise<boolean> {
      const [row] = await db.select({ status: intents.status }).from(intents).where(mine(key));
      return row === undefined || arrowsOf('claimed').from.includes(row.status);
    },

    /** The right to send, given to one asker alone; undefined for all others, and while nobody knows what became of the last call. */
    async claim({ key, since, afresh = false, ...request }: Claim): Promise<Intent | undefined> {
      const [first] = await db
        .insert(intents)
        .values({ ...request, key, since, viewer, mark: randomUUID(), status: 'SENT' })
        .onConflictDoNothing()
        .returning();
      if (first) return first;
      const { from, to } = arrowsOf('claimed');
      const [again] = await db
        .update(intents)
        .set({
          ...request,
          status: to,
          epoch: sql`${intents.epoch} + 1`,
          sentAt: sql`clock_timestamp()`,
          // What an earlier call has made, should it come about against all odds, is among what is newer than that.
          since: afresh ? since : sql`case when ${intents.source} = ${request.source} then ${intents.since} else ${since}::bigint end`,
        })
        .where(and(mine(key), inArray(intents.status, [...from])))
        .returning();
      return again;
    },

    /** As it is now, and since when it is under way. */
    async read(key: string): Promise<Intent & { readonly ageMs: number }> {
      // A clock that was set back must not make a write last for ever.
      await db
        .update(intents)
        .set({ sentAt: sql`clock_timestamp()` })
        .where(and(mine(key), sql`${intents.sentAt} > clock_timestamp() + interval '1 second'`));
      const ageMs = sql<string>`extract(epoch from clock_timestamp() - ${intents.sentAt}) * 1000`;
      const [row] = await db.select({ intent: intents, ageMs }).from(intents).where(mine(key));
      if (row === undefined) throw new Error('an intent has disappeared');
      return { ...row.intent, ageMs: Math.max(0, Number(row.ageMs)) };
    },

    /** False: the key is another's by now, or settled already. */
    async settle({ key, epoch }: Intent, event: Exclude<IntentEvent, 'claimed'>, executionId?: string): Promise<boolean> {
      const { from, to } = arrowsOf(event);
      const changed = await db
        .update(intents)
        .set({ status: to, ...(executionId !== undefined && { executionId }) })
        .where(and(mine(key), eq(intents.epoch, epoch), inArray(intents.status, [...from])))
        .returning({ key: intents.key });
      return changed.length > 0;
    },
  };
}
