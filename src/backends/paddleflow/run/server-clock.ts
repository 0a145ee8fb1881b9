import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { eventStream } from '../../../live/stream-key.ts';
import type { Run } from './model.ts';

/** Events that are looked through for runs that have appeared of late. */
const recentEvents = 2000;

/**
 * What the clock of a source shows, which writes the times of runs (contract 4.7), compared with that of the database, which says when we have read
 * them. Nothing tells it directly; but a run that we have seen appear was made by then, so its creation is never later than the server's clock was.
 */
export const createServerClock = (db: Database) => ({
  /** Milliseconds by which the server's clock is ahead, at least; negative: behind. Undefined: there is no telling. */
  async aheadMs({ source, ordinal }: Pick<Run, 'source' | 'ordinal'>): Promise<number | undefined> {
    const { rows } = await db.execute<{ ahead: string | null }>(sql`
      with seen as (
        select ordinal, at from event
        where source = ${source} and kind = 'DISCOVERED' and at > clock_timestamp() - interval '1 day'
          and seq > (select head from stream where key = ${eventStream(source)}) - ${recentEvents}::int
        union all
        select ordinal, at from event where source = ${source} and ordinal = ${ordinal} and kind = 'DISCOVERED'
      )
      select max(extract(epoch from execution.created_at - seen.at)) * 1000 as ahead
      from seen join execution on execution.source = ${source} and execution.ordinal = seen.ordinal`);
    const ahead = rows[0]?.ahead ?? null;
    return ahead === null ? undefined : Number(ahead);
  },
});
export type ServerClock = ReturnType<typeof createServerClock>;
