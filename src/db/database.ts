import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import { LRUCache } from 'lru-cache';
import type { Socket } from 'node:net';
import { Pool, type QueryConfig, type QueryResult } from 'pg';
import { createTurns } from '../core/turns.ts';
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

/** Of whom so many keys have asked last, each has its own view of the database at hand: making one takes longer than a small statement. */
const viewsKept = 500;

/**
 * `asked`: somebody waits for the answer. `live`: subscriptions, which may have half of the pool together, so that whoever asks does not stand
 * behind what is told to those who listen. `strangers`: those who sign in.
 */
export type DatabaseLane = 'asked' | 'live' | 'strangers';

/**
 * A pool of connections to Postgres, handed out by turns: `as(key)` is the database for one of those who ask, `db` for the process itself. What
 * waits longer than a connection may take is refused with a `BusyError`. `close` waits for the queries in flight, some seconds at most. */
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
  const turns = createTurns({ atOnce: max, waitMs: connectMs });
  const lanes = {
    live: createTurns({ atOnce: Math.ceil(max / 2), waitMs: connectMs }),
    strangers: createTurns({ atOnce: 2, waitMs: connectMs, waitingPerKey: 50, waiting: 500 }),
  };
  async function takeTurn(key: string | undefined, lane: DatabaseLane): Promise<() => void> {
    if (lane === 'asked') return turns.take(key);
    const leave = await lanes[lane].take(key);
    try {
      const giveBack = await turns.take(lane); // the whole lane is one of those who ask
      return () => {
        giveBack();
        leave();
      };
    } catch (error) {
      leave();
      throw error;
    }
  }
  const options = { schema: tables, casing: 'snake_case' } as const;

  /** As drizzle uses a pool. */
  const queryAs = (key: string | undefined, lane: DatabaseLane) => ({
    async query(...asked: [query: string | QueryConfig, values?: unknown[]]): Promise<QueryResult> {
      const giveBack = await takeTurn(key, lane);
      try {
        return await pool.query(...asked);
      } finally {
        giveBack();
      }
    },
  });

  function viewOf(key: string | undefined, lane: DatabaseLane): Database {
    const view: Database = drizzle(queryAs(key, lane) as unknown as Pool, options); // it calls nothing else, but for transactions
    // Given a pool, drizzle keeps a connection that breaks at `begin` for good; ten of those, and everything waits for ever.
    view.transaction = async (work, settings) => {
      const giveBack = await takeTurn(key, lane);
      try {
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
      } finally {
        giveBack();
      }
    };
    return view;
  }
  const db = viewOf(undefined, 'asked');
  const views = new LRUCache<string, Database>({ max: viewsKept });
  const as = (key: string, lane: DatabaseLane = 'asked'): Database => {
    const name = `${lane} ${key}`;
    const view = views.get(name) ?? viewOf(key, lane);
    views.set(name, view);
    return view;
  };
  async function close(): Promise<void> {
    const late = setTimeout(() => sockets.forEach((socket) => socket.destroy()), closeMs);
    await pool.end();
    clearTimeout(late);
  }
  return { db, as, queryAs, pool, close };
}
