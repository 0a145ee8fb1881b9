import { expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../../src/db/database.ts';
import { startLeader } from '../../src/live/leader.ts';
import { createLeaseKeeper } from '../../src/live/keeper.ts';
import { fencedBy, NotLeaderError, tryAcquire, type Lease } from '../../src/live/lease.ts';
import { release, renew, type LeaseTimes } from '../../src/live/renewal.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/bench.ts';
import { startProxy } from '../support/proxy.ts';

const long = { lifeMs: 60_000, renewMs: 20, stuckMs: 60_000 };
const short = { lifeMs: 200, renewMs: 50, stuckMs: 60_000 };

async function openDatabase() {
  const server = await createTestDatabase();
  const database = createDatabase(server.url, { logError: () => {} });
  const keepers: { close(): Promise<void> }[] = [];
  onTestFinished(async () => {
    await Promise.all(keepers.map((keeper) => keeper.close()));
    await database.close();
    await server[Symbol.asyncDispose]();
  });
  const openKeeper = (times: LeaseTimes) => {
    const keeper = createLeaseKeeper({ databaseUrl: server.url, times, logError: () => {} });
    keepers.push(keeper);
    return keeper;
  };
  return { ...database, database, openKeeper };
}

test('a lease is held by one until it is released or over', async () => {
  const { db, pool } = await openDatabase();
  expect(await tryAcquire(db, 'prod', 'a', long)).toBe(1); // at once: a first start waits for nobody
  expect(await tryAcquire(db, 'prod', 'b', long)).toBeUndefined();
  expect(await renew(pool, 'prod', 1, long)).toBe(true);
  await release(pool, 'prod', 1);
  const epoch = await eventually(() => tryAcquire(db, 'prod', 'b', long));
  expect(epoch).toBe(2);
  expect(await renew(pool, 'prod', 1, long)).toBe(false);
});

test('of several who ask for the first lease of a source at once, one gets it', async () => {
  const { db } = await openDatabase();
  const epochs = await Promise.all(['a', 'b', 'c'].map((holder) => tryAcquire(db, 'prod', holder, long)));
  expect(epochs.toSorted()).toEqual([1, undefined, undefined]);
});

test('the clock of the database may be set back: a lease that reaches too far is over, one that its holder renews is not', async () => {
  const { db, pool } = await openDatabase();
  const first = await eventually(() => tryAcquire(db, 'prod', 'dead', long));
  // As an earlier moment sees it.
  const setBack = () => db.execute(`update lease set expires_at = expires_at + interval '1 hour'`);
  await setBack();
  expect(await tryAcquire(db, 'prod', 'a', long)).toBe(first + 1);
  await setBack();
  expect(await renew(pool, 'prod', first + 1, long)).toBe(true);
  expect(await tryAcquire(db, 'prod', 'b', long)).toBeUndefined();
  await release(pool, 'prod', first + 1);
  await setBack();
  expect(await tryAcquire(db, 'prod', 'b', long)).toBe(first + 2);
});

test('a leader of the past writes nothing', async () => {
  const { db } = await openDatabase();
  const first = await eventually(() => tryAcquire(db, 'prod', 'a', short));
  await eventually(() => tryAcquire(db, 'prod', 'b', long));
  let entered = false;
  const writing = fencedBy(db, 'prod', first)(async () => void (entered = true));
  await expect(writing).rejects.toThrow(NotLeaderError);
  expect(entered).toBe(false);
});

test('a leader that is stuck inside a transaction is not waited for, and does not commit', async () => {
  const { db, pool } = await openDatabase();
  const first = await eventually(() => tryAcquire(db, 'prod', 'a', short));
  const { promise: inside, resolve: enter } = Promise.withResolvers<void>();
  const { promise: awake, resolve: wake } = Promise.withResolvers<void>();
  const stuck = fencedBy(
    db,
    'prod',
    first,
  )(async (tx) => {
    await tx.execute(`insert into source (name) values ('prod')`);
    enter();
    await awake;
  });
  const outcome = stuck.catch((error: unknown) => error);
  await inside;
  expect(await renew(pool, 'prod', first, short)).toBe(true); // its own transactions do not stand in its way
  expect(await eventually(() => tryAcquire(db, 'prod', 'b', long))).toBe(2);
  wake();
  expect(await outcome).toBeInstanceOf(Error);
  expect((await db.execute('select name from source')).rows).toEqual([]);
});

test('of several only one leads; when it leaves, another goes on at once, however long the lease was', async () => {
  const { database, openKeeper } = await openDatabase();
  const led: string[] = [];
  const leaders = ['a', 'b', 'c'].map((holder) =>
    startLeader({
      database,
      keeper: openKeeper(long),
      source: 'prod',
      holder,
      logError: () => {},
      lead: (lease) => leadUntilAborted(lease, () => led.push(`${holder} ${lease.epoch}`)),
    }),
  );
  for (let epoch = 1; epoch <= 3; epoch += 1) {
    const leading = await eventually(() => leaders.find((leader) => leader.isLeading()));
    expect(leaders.filter((leader) => leader.isLeading())).toHaveLength(1);
    await leading.close();
  }
  await Promise.all(leaders.map((leader) => leader.close()));
  expect(led.map((entry) => entry.split(' ')[1])).toEqual(['1', '2', '3']);
});

test('a leader that fails is complained about once, and leads again', async () => {
  const { database, openKeeper } = await openDatabase();
  const errors: unknown[] = [];
  let terms = 0;
  const leader = startLeader({
    database,
    keeper: openKeeper({ lifeMs: 60_000, renewMs: 5, stuckMs: 60_000 }),
    source: 'prod',
    holder: 'a',
    logError: (error) => errors.push(error),
    lead: async () => {
      terms += 1;
      throw new Error('no luck');
    },
  });
  await eventually(() => terms >= 3);
  await leader.close();
  expect(errors.length).toBeLessThanOrEqual(terms);
  expect(String(errors[0])).toContain('no luck');
});

test('a leader whose connections fall silent ends its term, and leads again over new ones', async () => {
  await using server = await createTestDatabase();
  const url = new URL(server.url);
  await using proxy = await startProxy(url);
  url.port = String(proxy.port);
  const database = createDatabase(url.href, { silenceMs: 500, logError: () => {} });
  const keeper = createLeaseKeeper({ databaseUrl: url.href, times: short, silenceMs: 500, logError: () => {} });
  const terms: number[] = [];
  const leader = startLeader({
    database,
    keeper,
    source: 'prod',
    holder: 'a',
    logError: () => {},
    lead: async ({ epoch, signal, fenced }) => {
      terms.push(epoch);
      while (!signal.aborted) await fenced(async (tx) => void (await tx.execute('select 1')));
    },
  });
  await eventually(() => terms.length > 0);
  const before = terms.length;
  proxy.silence();
  await eventually(() => terms.length > before);
  proxy.silence();
  await leader.close();
  await Promise.all([database.close(), keeper.close()]);
  expect(terms).toEqual(terms.toSorted((a, b) => a - b)); // every term has a lease of its own
});

async function leadUntilAborted({ signal }: Lease, begin: () => void): Promise<void> {
  begin();
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
