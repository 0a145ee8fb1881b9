import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type Database } from '../../src/db/database.ts';
import { sources } from '../../src/db/tables.ts';
import { apply, type Observed } from '../../src/execution/apply.ts';
import { createExecutionFeed, type ChangeItem } from '../../src/execution/feed.ts';
import { createExecutionSource } from '../../src/execution/list.ts';
import { databaseTime, type Seen } from '../../src/execution/store.ts';
import { createHub } from '../../src/live/hub.ts';
import { createTestDatabase } from '../support/database.ts';

// What a backend's leader hands over, without any backend.

const resources = new AsyncDisposableStack();
let db: Database;
let hub: ReturnType<typeof createHub>;
beforeAll(async () => {
  const server = resources.use(await createTestDatabase());
  const database = createDatabase(server.url, { logError: () => {} });
  resources.defer(database.close);
  ({ db } = database);
  hub = createHub({ db, directUrl: server.url, rereadMs: 3_600_000, logError: () => {} });
  resources.defer(hub.close);
  await hub.ready;
  await db.insert(sources).values([{ name: 'prod' }, { name: 'lab' }]);
});
afterAll(() => resources.disposeAsync());

const createdAt = (minute: number) => new Date(Date.UTC(2024, 2, 5, 2, minute));
const thing = (ordinal: number, more: Partial<Seen> = {}): Seen & { ordinal: number } => {
  const times = { createdAt: createdAt(ordinal), updatedAt: createdAt(ordinal), startedAt: null, endedAt: null };
  return { ordinal, key: `t-${ordinal}`, name: 'thing', owner: '', state: 'RUNNING', rawState: 'busy', message: '', ...times, ...more };
};
const observe = async (source: string, kind: string, observed: Observed) => {
  const observedAt = await databaseTime(db);
  return db.transaction((tx) => apply(tx, { source, kind, observedAt, settleMs: 0 }, observed));
};
const keys = (rows: readonly { key: string }[]) => rows.map(({ key }) => key);
const everything = { limit: 100, inverted: false };
const admin = { name: 'boss', identity: 'token:boss', role: 'admin', owner: undefined } as const;
const anna = { name: 'anna', identity: 'token:anna', role: 'viewer', owner: 'anna' } as const;

/** What is told next. */
const next = async (stream: AsyncIterator<ChangeItem>) => {
  const { value } = await stream.next();
  const item = value as ChangeItem; // neither stream ends
  return item.kind === 'Change' ? `${item.event.source} ${item.event.ordinal} ${item.event.kind}` : item.kind;
};

test('what is seen is stored, told and heard of at once, by who may see it; what is gone is in no list any more', async () => {
  const leaving = new AbortController();
  const streamFor = (viewer: typeof admin | typeof anna) =>
    createExecutionFeed(db, hub, viewer, () => 262_144).changes({ sources: ['prod', 'lab'], signal: leaving.signal });
  const [all, annas] = [await streamFor(admin), await streamFor(anna)];
  const heard = next(all);
  expect(await observe('prod', 'Thing', { seen: [thing(2), thing(1, { creator: anna.identity })] })).toEqual({
    discovered: [1, 2],
    gone: [],
  });
  expect(await heard).toBe('prod 1 DISCOVERED');
  expect([await next(all), await next(annas)]).toEqual(['prod 2 DISCOVERED', 'prod 1 DISCOVERED']);
  await observe('lab', 'Task', { seen: [thing(3, { key: 'a:b c', owner: 'anna' })] });
  expect([await next(all), await next(annas)]).toEqual(['lab 3 DISCOVERED', 'lab 3 DISCOVERED']);

  const list = createExecutionSource(db, admin);
  expect(keys(await list.page({}, everything))).toEqual(['a:b c', 't-2', 't-1']);
  expect(keys(await list.page({ kinds: ['Thing'] }, everything))).toEqual(['t-2', 't-1']);
  expect(await list.total({ kinds: ['Task', 'Thing'], sources: ['lab'] })).toBe(1);
  expect(keys(await createExecutionSource(db, anna).page({}, everything))).toEqual(['a:b c', 't-1']);
  expect(await list.find('Task', 'lab', 'a:b c')).toMatchObject({ ordinal: 3 });
  expect(await list.find('Thing', 'lab', 'a:b c')).toBeUndefined();

  // Its creator and its result stay, whatever later looks know of them.
  await observe('prod', 'Thing', {
    seen: [thing(1, { result: 'hdfs://out', state: 'SUCCEEDED', rawState: 'done', endedAt: createdAt(9) })],
  });
  await observe('prod', 'Thing', { seen: [thing(1, { state: 'SUCCEEDED', rawState: 'done', endedAt: createdAt(9) })], gone: [2] });
  expect(await list.find('Thing', 'prod', 't-1')).toMatchObject({
    creator: anna.identity,
    result: 'hdfs://out',
    settledAt: expect.any(Date),
  });
  expect(keys(await list.page({}, everything))).toEqual(['a:b c', 't-1']);
  expect((await list.byNumbers('prod', [1, 2, 4])).size).toBe(2);
  expect([await next(all), await next(all), await next(all)]).toEqual(['prod 1 STATE_CHANGED', 'prod 1 SETTLED', 'prod 2 DELETED']);
  leaving.abort();
});
