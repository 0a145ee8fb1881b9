import { sql } from 'drizzle-orm';
import { once } from 'node:events';
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

test.each(['a query', 'a transaction'])(
  '%s on a connection that has fallen silent fails, and the next one gets another connection',
  async (what) => {
    await using server = await createTestDatabase();
    const url = new URL(server.url);
    await using proxy = await startProxy(url);
    url.port = String(proxy.port);
    const { db, close } = createDatabase(url.href, { max: 1, silenceMs: 500, logError: () => {} });
    const query = sql`select 1 as one`;
    const ask = async () => (await (what === 'a query' ? db.execute(query) : db.transaction((tx) => tx.execute(query)))).rows;
    try {
      expect(await ask()).toEqual([{ one: 1 }]);
      proxy.silence();
      await expect(ask()).rejects.toThrow('Failed query');
      expect(await ask()).toEqual([{ one: 1 }]);
    } finally {
      await close();
    }
  },
);

test('a transaction whose connection falls silent in its middle fails, and the next one gets another connection', async () => {
  await using server = await createTestDatabase();
  const url = new URL(server.url);
  await using proxy = await startProxy(url);
  url.port = String(proxy.port);
  const { db, close } = createDatabase(url.href, { max: 1, silenceMs: 500, logError: () => {} });
  const work = (between: () => void) =>
    db.transaction(async (tx) => {
      between();
      return (await tx.execute(sql`select 1 as one`)).rows;
    });
  try {
    await expect(work(proxy.silence)).rejects.toThrow('Failed query');
    expect(await work(() => {})).toEqual([{ one: 1 }]);
  } finally {
    await close();
  }
});

test('a connection that nobody uses is closed before its silence counts as a failure', async () => {
  await using server = await createTestDatabase();
  const errors: unknown[] = [];
  const { db, pool, close } = createDatabase(server.url, { silenceMs: 200, logError: (error) => errors.push(error) });
  await db.execute(sql`select 1`);
  await once(pool, 'remove');
  expect(errors).toEqual([]);
  await close();
});

test('a statement that takes too long is cancelled', async () => {
  await using server = await createTestDatabase();
  const { db, close } = createDatabase(server.url, { statementMs: 50, logError: () => {} });
  await expect(db.execute(sql`select pg_sleep(60)`)).rejects.toMatchObject({ cause: { code: '57014' } });
  await close();
});

test('an answer that comes while this process is busy is heard, however long that was', async () => {
  await using server = await createTestDatabase();
  const { db, close } = createDatabase(server.url, { max: 1, silenceMs: 300, logError: () => {} });
  const pid = async () => (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]?.pid;
  try {
    const before = await pid();
    const asked = pid();
    await new Promise((resolve) => setImmediate(resolve)); // the question has gone out
    const until = performance.now() + 700;
    while (performance.now() < until);
    expect(await asked).toBe(before);
  } finally {
    await close();
  }
});
