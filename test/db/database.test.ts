import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createDatabase } from '../../src/db/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { startProxy } from '../support/proxy.ts';

test.each(['begin', 'select 1', 'commit'])(
  'a connection that breaks at the %s of a transaction is given back: the pool has but one',
  async (at) => {
    await using server = await createTestDatabase();
    const url = new URL(server.url);
    await using proxy = await startProxy(url);
    url.port = String(proxy.port);
    const { db, close } = createDatabase(url.href, { max: 1, logError: () => {} });
    const work = () => db.transaction(async (tx) => (await tx.execute<{ one: number }>(sql`select 1 as one`)).rows);
    try {
      expect(await work()).toEqual([{ one: 1 }]);
      proxy.cutAt(at);
      await expect(work()).rejects.toThrow('Failed query');
      expect(await work()).toEqual([{ one: 1 }]);
    } finally {
      await close();
    }
  },
);
