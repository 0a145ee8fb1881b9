import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { Socket } from 'node:net';
import { Pool } from 'pg';
import { createSocket } from './socket.ts';
import * as tables from './tables.ts';

export type Database = NodePgDatabase<typeof tables>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0] & PgTransaction<never, never, never>;

export interface DatabaseOptions {
  /** How many connections at most. */
  readonly max?: number;
  /** After which a statement is cancelled, in milliseconds. Must be less than `silenceMs`, as one that computes says nothing. */
  readonly statementMs?: number;
  /** After which a connection in use that says nothing is given up, in milliseconds. */
  readonly silenceMs?: number;
  readonly logError: (error: unknown) => void;
}

/** How long to wait for a free or a new connection, in milliseconds. */
const connectMs = 10_000;
/** What is then still asked has had its time: the gateway has waited for its clients before. */
const closeMs = 5_000;

/** A pool of connections to Postgres. `close` waits for the queries in flight, some seconds at most. */
export function createDatabase(connectionString: string, { max = 10, statementMs, silenceMs = 10_000, logError }: DatabaseOptions) {
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = createSocket(silenceMs);
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  const pool = new Pool({
    connectionString,
    max,
    stream,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: silenceMs / 2, // closed by us, before its silence would count as a failure
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'tributary',
    // Not as a parameter of the connection: poolers refuse those. Behind one the setting may reach a neighbour, whom it does not hurt.
    ...(statementMs && { onConnect: (client) => client.query(`set statement_timeout = ${statementMs}`) }),
  });
  pool.on('error', (error) => logError(error)); // an idle connection that breaks must not end the process
  // Nor must one that breaks between two statements of a transaction: the next statement fails and tells.
  pool.on('connect', (client) => client.on('error', () => {}));
  const options = { schema: tables, casing: 'snake_case' } as const;
  const db: Database = drizzle(pool, options);
  // Given a pool, drizzle keeps a connection that breaks at `begin` for good; ten of those, and everything waits for ever.
  db.transaction = async (work, settings) => {
    const client = await pool.connect();
    let failure: unknown;
    try {
      return await drizzle(client, options).transaction(work, settings);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(failure !== undefined); // as the pool does after a query: who knows what still waits on it
    }
  };
  async function close(): Promise<void> {
    const late = setTimeout(() => sockets.forEach((socket) => socket.destroy()), closeMs);
    await pool.end();
    clearTimeout(late);
  }
  return { db, pool, close };
}
