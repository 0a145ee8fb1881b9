import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import { LRUCache } from 'lru-cache';
import type { Pool, QueryConfig, QueryResult } from 'pg';
import { createTurns } from '../core/turns.ts';
import { connectMs, createPool, type PoolOptions } from './pool.ts';
import * as tables from './tables.ts';

export type Database = NodePgDatabase<typeof tables>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0] & PgTransaction<never, never, never>;

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
export function createDatabase(connectionString: string, options: PoolOptions) {
  const { max = 10 } = options;
  const { pool, close } = createPool(connectionString, options);
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
  const dialect = { schema: tables, casing: 'snake_case' } as const;

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
    const view: Database = drizzle(queryAs(key, lane) as unknown as Pool, dialect); // it calls nothing else, but for transactions
    // Given a pool, drizzle keeps a connection that breaks at `begin` for good; ten of those, and everything waits for ever.
    view.transaction = async (work, settings) => {
      const giveBack = await takeTurn(key, lane);
      try {
        const client = await pool.connect();
        let failure: unknown;
        try {
          return await drizzle(client, dialect).transaction(work, settings);
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
  return { db, as, queryAs, pool, close };
}
