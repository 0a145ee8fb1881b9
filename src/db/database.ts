import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import * as tables from './tables.ts';

export type Database = NodePgDatabase<typeof tables>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0] & PgTransaction<never, never, never>;

/** A pool of connections to Postgres. `close` waits for the queries in flight. */
export function createDatabase(connectionString: string, { max = 10, logError }: { max?: number; logError: (error: unknown) => void }) {
  const pool = new Pool({ connectionString, max, keepAlive: true, application_name: 'tributary' });
  pool.on('error', (error) => logError(error)); // an idle connection that breaks must not end the process
  // Nor must one that breaks between two statements of a transaction: the next statement fails and tells.
  pool.on('connect', (client) => client.on('error', () => {}));
  const options = { schema: tables, casing: 'snake_case' } as const;
  const db: Database = drizzle(pool, options);
  // Given a pool, drizzle keeps a connection that breaks at `begin` for good; ten of those, and everything waits for ever.
  db.transaction = async (work, settings) => {
    const client = await pool.connect();
    try {
      return await drizzle(client, options).transaction(work, settings);
    } finally {
      client.release();
    }
  };
  return { db, pool, close: () => pool.end() };
}
