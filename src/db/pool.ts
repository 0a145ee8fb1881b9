import type { Socket } from 'node:net';
import { Pool } from 'pg';
import { createSocket } from './socket.ts';

export interface PoolOptions {
  /** How many connections at most. */
  readonly max?: number;
  /** After which a statement is cancelled, in milliseconds. Must be less than `silenceMs`, as one that computes says nothing. */
  readonly statementMs?: number;
  /** After which a connection in use that says nothing is given up, in milliseconds. */
  readonly silenceMs?: number;
  /** Names the sessions, for people. */
  readonly name?: string;
  readonly logError: (error: unknown) => void;
}

/** How long to wait for a free or a new connection, in milliseconds. */
export const connectMs = 10_000;
/** What is then still asked has had its time: the gateway has waited for its clients before. */
const closeMs = 5_000;

/** Connections to Postgres that break when they fall silent. `close` waits for the queries in flight, some seconds at most. */
export function createPool(
  connectionString: string,
  { max = 10, statementMs, silenceMs = 10_000, name = 'tributary', logError }: PoolOptions,
) {
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
    application_name: name,
    // Not as a parameter of the connection: poolers refuse those. Behind one the setting may reach a neighbour, whom it does not hurt.
    ...(statementMs && { onConnect: (client) => client.query(`set statement_timeout = ${statementMs}`) }),
  });
  pool.on('error', (error) => logError(error)); // an idle connection that breaks must not end the process
  // Nor must one that breaks between two statements of a transaction: the next statement fails and tells.
  pool.on('connect', (client) => client.on('error', () => {}));
  async function close(): Promise<void> {
    const late = setTimeout(() => sockets.forEach((socket) => socket.destroy()), closeMs);
    await pool.end();
    clearTimeout(late);
  }
  return { pool, close };
}
