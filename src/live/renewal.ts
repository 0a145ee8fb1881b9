import type { Pool } from 'pg';

export interface LeaseTimes {
  /** How far ahead of the database's clock a lease reaches. */
  readonly lifeMs: number;
  readonly renewMs: number;
  /** A process whose own loop has done nothing for so long gives its leases up, though they could still be renewed for it. */
  readonly stuckMs: number;
}
export const leaseTimes: LeaseTimes = { lifeMs: 5_000, renewMs: 1_000, stuckMs: 30_000 };

/** Anything that runs statements as `pg` does. Plain SQL: the thread that renews has nothing else to load. */
export type Connection = Pick<Pool, 'query'>;

/** False: somebody else leads now. */
export async function renew(
  connection: Connection,
  source: string,
  epoch: number,
  { lifeMs }: Pick<LeaseTimes, 'lifeMs'>,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    'update lease set expires_at = clock_timestamp() + make_interval(secs => $1) where source = $2 and epoch = $3',
    [lifeMs / 1000, source, epoch],
  );
  return rowCount === 1;
}

/** Lets the next process take over without waiting for the expiry. False: it has already. */
export async function release(connection: Connection, source: string, epoch: number): Promise<boolean> {
  const { rowCount } = await connection.query(`update lease set expires_at = '-infinity' where source = $1 and epoch = $2`, [
    source,
    epoch,
  ]);
  return rowCount === 1;
}
