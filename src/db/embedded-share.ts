import { Client } from 'pg';

/**
 * One process's use of a server that several may use: a session that holds a shared advisory lock. PostgreSQL gives it up by
 * itself when the process dies in whatever way, so nobody has to clean up, and the last one to leave can tell that it is.
 */
export interface ServerShare {
  /** Creates the database unless it exists. */
  ensureDatabase(name: string): Promise<void>;
  /** True: nobody else uses the server, and until `end` nobody can begin to. Fails when the session has broken off. */
  leave(): Promise<boolean>;
  /** Resolves when the session breaks off before `leave`. */
  lost: Promise<Error>;
  end(): Promise<void>;
}

const lockKey = 7_471_202; // any number; the other locks are taken in other databases

/** Undefined while the last user is ending the server. */
export async function joinServer(connectionString: string): Promise<ServerShare | undefined> {
  // The limits are for a server that was stopped in its tracks: it would accept us and never answer.
  const client = new Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 10_000, query_timeout: 60_000 });
  let leaving = false;
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  client.on('error', (error) => {
    if (!leaving) lose(error);
  });
  await client.connect();
  const ask = async (expression: string) => {
    const { rows } = await client.query<{ answer: boolean }>(`select ${expression} as answer`);
    return rows[0]?.answer === true;
  };
  if (!(await ask(`pg_try_advisory_lock_shared(${lockKey})`))) {
    await client.end();
    return undefined;
  }
  return {
    lost,
    async ensureDatabase(name) {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount === 1) return;
      await client.query(`create database ${client.escapeIdentifier(name)}`).catch((error: unknown) => {
        // Another process was faster, by much or by little.
        if (!(error instanceof Error && 'code' in error && (error.code === '42P04' || error.code === '23505'))) throw error;
      });
    },
    async leave() {
      leaving = true;
      await ask(`pg_advisory_unlock_shared(${lockKey})`);
      return ask(`pg_try_advisory_lock(${lockKey})`);
    },
    async end() {
      leaving = true;
      await client.end();
    },
  };
}
