import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { databaseMistake, DatabaseError, oldestMajor, placeOf, whyNotYet } from './database-error.ts';
import { createSocket } from './socket.ts';

export interface AwaitOptions {
  /** How long to wait for one that is not up yet, in milliseconds; 0: not at all. */
  readonly waitMs: number;
  readonly logInfo?: ((text: string) => void) | undefined;
  /** Ends the waiting, which then throws its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Between two attempts, in milliseconds. */
const retryMs = 500;
/** A database that says nothing at all is given up after this long, in milliseconds, and asked anew. */
const silenceMs = 10_000;

/**
 * Resolves once the database can be used. One that is not up yet is waited for, which is told once; one that does not come, or that is not
 * as it must be, is told by a `DatabaseError`.
 */
export async function awaitDatabase(connectionString: string, { waitMs, logInfo, signal }: AwaitOptions): Promise<void> {
  const { at } = placeOf(connectionString);
  const began = performance.now();
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await look(connectionString, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const why = whyNotYet(error);
      if (why === undefined) throw databaseMistake(error, connectionString);
      const leftMs = waitMs - (performance.now() - began);
      if (leftMs <= 0) {
        const waited = waitMs > 0 ? `, also after ${seconds(waitMs)}` : '';
        const text = `The database at ${at} cannot be used: ${why}${waited}. Start it, or correct DATABASE_URL or database.url.`;
        throw new DatabaseError(text, { cause: error });
      }
      if (!told) logInfo?.(`Waiting for the database at ${at}, ${seconds(waitMs)} at most: ${why}`);
      told = true;
      await delay(Math.min(retryMs, leftMs), undefined, { signal }).catch(() => {}); // an aborted one is seen above
    }
  }
}

const seconds = (ms: number) => (ms === 1000 ? '1 second' : `${ms / 1000} seconds`);

/** Connects, and looks whether this is a database on which the gateway can work. */
async function look(connectionString: string, signal: AbortSignal | undefined): Promise<void> {
  const socket = createSocket(silenceMs);
  const leave = () => void socket.destroy();
  signal?.addEventListener('abort', leave, { once: true });
  let client: Client | undefined;
  try {
    client = new Client({ connectionString, stream: () => socket, application_name: 'tributary start' });
    client.on('error', () => {}); // what is asked on it then fails, and tells
    await client.connect();
    const { rows } = await client.query<{ version: string; full: string; encoding: string; standby: boolean }>(`
      select current_setting('server_version_num') as version, current_setting('server_version') as full,
        getdatabaseencoding() as encoding, pg_is_in_recovery() as standby`);
    if (rows[0]) assertUsable(rows[0], connectionString);
  } finally {
    signal?.removeEventListener('abort', leave);
    await client?.end().catch(() => {});
    socket.destroy();
  }
}

function assertUsable(
  { version, full, encoding, standby }: { version: string; full: string; encoding: string; standby: boolean },
  connectionString: string,
): void {
  const { at, role, database } = placeOf(connectionString);
  const refuse = (why: string) => {
    throw new DatabaseError(`The database at ${at} cannot be used: ${why}.`);
  };
  if (Number(version) < oldestMajor * 10_000) refuse(`it is PostgreSQL ${full}, and ${oldestMajor} is the oldest that will do. Upgrade it`);
  if (encoding !== 'UTF8')
    refuse(
      `"${database}" is stored as ${encoding}, which cannot hold all texts. Make another: CREATE DATABASE … OWNER "${role}" ENCODING 'UTF8' TEMPLATE template0`,
    );
  if (standby) refuse('it is a standby, which can only be read. DATABASE_URL must lead to the primary');
}
