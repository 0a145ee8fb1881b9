import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';

export interface TestDatabase extends AsyncDisposable {
  /** A connection string; the role may do everything in this database. */
  url: string;
}

/**
 * A migrated database of one's own, empty, made in some 20 ms. Its end also ends the connections that are still open. `template`: another
 * one, such as `template0`, which has no tables.
 */
export async function createTestDatabase(template = inject('templateDatabase')): Promise<TestDatabase> {
  const name = `tributary_test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template ${template}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, [Symbol.asyncDispose]: () => onServer(`drop database if exists ${name} with (force)`) };
}

/** A pool that bears the end of its database: its own end does not wait for the server to have seen it. */
export const createTestPool = (connectionString: string): Pool => new Pool({ connectionString }).on('error', () => {});

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
