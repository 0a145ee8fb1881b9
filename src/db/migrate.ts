import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
const migrationLock = 7_174_882_101; // any number that nothing else on this database uses

/**
 * Brings the database to the current tables. Needs a direct connection: the advisory lock is held by the session. Several processes
 * may start at once; without the lock all but one of them would fail on the first `create`.
 */
export async function migrate(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, application_name: 'tributary migrations' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await applyMigrations(drizzle(client), { migrationsFolder });
  } finally {
    await client.end(); // ends the session, and with it the lock
  }
}
