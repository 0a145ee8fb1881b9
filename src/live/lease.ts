import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { leaseTimes, type LeaseTimes } from './renewal.ts';

/** What a transaction on the database is called everywhere. */
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];

/** Thrown by a fenced transaction of a leader that has been replaced: it must stop at once. */
export class NotLeaderError extends Error {
  override name = 'NotLeaderError';
}

export interface Lease {
  readonly source: string;
  readonly epoch: number;
  /** Aborted as soon as the lease is lost or given back: upstream calls end with it. */
  readonly signal: AbortSignal;
  /** A transaction that commits only while this lease is held. Throws `NotLeaderError` otherwise. */
  fenced<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

const interval = (ms: number) => sql`make_interval(secs => ${ms / 1000})`;

/**
 * Also when it reaches further than anybody can have been granted: then the database's clock has been set back, and whoever lives and
 * holds it renews it within a second.
 */
const isOver = ({ lifeMs }: LeaseTimes) =>
  sql`(expires_at < clock_timestamp() or expires_at > clock_timestamp() + ${interval(2 * lifeMs)})`;

/**
 * Takes the lease if nobody holds it. `skip locked`: a stopped leader in mid-transaction must not make us wait for its row. Its session is
 * ended instead: what it was about to write would come after the end of its lease.
 */
export async function tryAcquire(db: Database, source: string, holder: string, times: LeaseTimes): Promise<number | undefined> {
  const { rows } = await db.execute<{ epoch: string }>(sql`
    update lease set epoch = epoch + 1, holder = ${holder}, expires_at = clock_timestamp() + ${interval(times.lifeMs)}
    where source = (select source from lease where source = ${source} and ${isOver(times)} for update skip locked)
    returning epoch`);
  if (rows[0]) return Number(rows[0].epoch);
  // The first who ever leads the source: there was no row to take.
  const { rows: made } = await db.execute<{ epoch: string }>(sql`
    insert into lease (source, epoch, holder, expires_at)
    values (${source}, 1, ${holder}, clock_timestamp() + ${interval(times.lifeMs)}) on conflict do nothing
    returning epoch`);
  if (made[0]) return Number(made[0].epoch);
  await db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = ${sessionName(source)}
      and exists (select from lease where source = ${source} and ${isOver(times)})`);
  return undefined;
}

/** Postgres cuts longer names. */
const sessionName = (source: string) => `tributary leads ${source}`.slice(0, 63);

/**
 * `for key share` on the lease row is the fence: who takes over needs it for themself alone, while `renew` does not touch the key and so
 * waits for nobody. A leader that was asleep finds its epoch gone. One that is stopped inside a transaction would hold the lock for ever: the next
 * leader ends such a session, which it finds by its name, and where that is not allowed Postgres does, once its process can be taken for stuck.
 */
export function fencedBy(db: Database, source: string, epoch: number, { stuckMs }: Pick<LeaseTimes, 'stuckMs'> = leaseTimes) {
  return <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.transaction(async (tx) => {
      const { rows } = await tx.execute(sql`
        select set_config('idle_in_transaction_session_timeout', ${String(stuckMs)}, true), set_config('application_name', ${sessionName(source)}, true) from lease
        where source = ${source} and epoch = ${epoch} for key share`);
      if (rows.length === 0) throw new NotLeaderError(`epoch ${epoch} of ${source} is over`);
      return work(tx);
    });
}
