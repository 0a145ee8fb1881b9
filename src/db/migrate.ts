import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { createSocket } from './socket.ts';

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
const migrationLock = 7_174_882_101; // any number that nothing else on this database uses
const lookEveryMs = 200;

/**
 * Brings the database to the current tables. Needs a direct connection: the advisory lock is held by the session. Several processes
 * may start at once; without the lock all but one of them would fail on the first `create`. An aborted one leaves all as it was.
 */
export async function migrate(connectionString: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const socket = createSocket(10_000);
  const client = new Client({
    connectionString,
    stream: () => socket,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'tributary migrations',
  });
  let broken: Error | undefined; // says more than the failure of what is asked on it then
  client.on('error', (error) => (broken ??= error));
  const leave = () => void socket.destroy();
  signal?.addEventListener('abort', leave, { once: true });
  try {
    await client.connect();
    // Not waited for in the database, where nobody could tell a long wait from a connection that has fallen silent.
    while (!(await tryLock(client))) await delay(lookEveryMs, undefined, { signal });
    socket.setTimeout(0); // while a large table changes there may be nothing to hear for minutes
    await applyMigrations(drizzle(client), { migrationsFolder });
  } catch (error) {
    signal?.throwIfAborted();
    throw broken ?? error;
  } finally {
    signal?.removeEventListener('abort', leave);
    await client.end(); // ends the session, and with it the lock
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [migrationLock]);
  return rows[0]?.locked === true;
}
