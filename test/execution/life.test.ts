import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type Database } from '../../src/db/database.ts';
import { events, executions, sources } from '../../src/db/tables.ts';
import { announce } from '../../src/execution/announce.ts';
import { lifeOf, type Life } from '../../src/execution/life.ts';
import { isFinal, type ExecutionState } from '../../src/execution/state.ts';
import { databaseTime, storeGone, storeSeen, storeUnreadable } from '../../src/execution/store.ts';
import { createTestDatabase } from '../support/database.ts';

// The drawings of src/execution/life.ts and announce.ts, arrow by arrow.

const resources = new AsyncDisposableStack();
let db: Database;
beforeAll(async () => {
  const server = resources.use(await createTestDatabase());
  const database = createDatabase(server.url, { logError: () => {} });
  resources.defer(database.close);
  ({ db } = database);
  await db.insert(sources).values({ name: 'prod' });
});
afterAll(() => resources.disposeAsync());

const settleMs = 60_000;
/** What is read, and how long after what was read before. */
type Look = 'running' | 'succeeded' | 'failed' | 'undecodable' | 'absent' | 'history';
type Step = readonly [look: Look, afterMs?: number];

const states: Record<string, ExecutionState> = { running: 'RUNNING', succeeded: 'SUCCEEDED', failed: 'FAILED' };
const begin = new Date('2024-03-05T02:00:00Z');

/** Lets one piece of work be seen so; returns its life after the last look, and what was told. */
async function live(ordinal: number, steps: readonly Step[], { detailAt = undefined as number | undefined } = {}) {
  let now = (await databaseTime(db)).getTime() - 3_600_000;
  const one = and(eq(executions.source, 'prod'), eq(executions.ordinal, ordinal));
  for (const [index, [look, afterMs = 1_000]] of steps.entries()) {
    now += afterMs;
    const observation = { source: 'prod', kind: 'Thing', observedAt: new Date(now), settleMs, told: true };
    await db.transaction(async (tx) => {
      if (look === 'absent') await storeGone(tx, 'prod', ordinal, new Date(now));
      else if (look === 'undecodable') await storeUnreadable(tx, observation, { ordinal, key: `thing ${ordinal}` }, 1_000);
      else {
        const word = look === 'history' ? 'succeeded' : look;
        const state = states[word] ?? 'UNKNOWN';
        await storeSeen(tx, { ...observation, history: look === 'history' }, [ordinal], () => ({
          key: `thing ${ordinal}`,
          name: 'thing',
          owner: 'alice',
          state,
          rawState: word,
          message: '',
          createdAt: begin,
          startedAt: begin,
          updatedAt: begin,
          endedAt: isFinal(state) ? begin : null,
        }));
      }
      if (index === detailAt)
        await tx
          .update(executions)
          .set({ detailObservedAt: new Date(now) })
          .where(one);
      await announce(tx, 'prod', [ordinal]);
    });
  }
  const [row] = await db.select().from(executions).where(one);
  if (row === undefined) throw new Error('it was stored');
  const told = await db
    .select({ kind: events.kind })
    .from(events)
    .where(and(eq(events.source, 'prod'), eq(events.ordinal, ordinal)))
    .orderBy(events.seq);
  return { life: lifeOf(row), told: told.map(({ kind }) => kind) };
}

const open: Step[] = [['running']];
const ended: Step[] = [...open, ['succeeded']];
const settled: Step[] = [...ended, ['succeeded', settleMs]];
const unreadable: Step[] = [...open, ['undecodable']];
const gone: Step[] = [...open, ['absent']];

const arrows: readonly [from: string, before: Step[], look: Step, to: Life, told: string[]][] = [
  ['nothing', [], ['running'], 'OPEN', ['DISCOVERED']],
  ['nothing', [], ['succeeded'], 'ENDED', ['DISCOVERED']],
  ['nothing', [], ['history'], 'SETTLED', ['DISCOVERED', 'SETTLED']],
  ['nothing', [], ['undecodable'], 'UNREADABLE', ['DISCOVERED']],
  ['OPEN', open, ['running'], 'OPEN', []],
  ['OPEN', open, ['succeeded'], 'ENDED', ['STATE_CHANGED']],
  ['OPEN', open, ['undecodable'], 'UNREADABLE', ['UNREADABLE']],
  ['OPEN', open, ['absent'], 'GONE', ['DELETED']],
  ['ENDED', ended, ['succeeded', settleMs - 1], 'ENDED', []],
  ['ENDED', ended, ['succeeded', settleMs], 'SETTLED', ['SETTLED']],
  ['ENDED', ended, ['failed', settleMs], 'ENDED', ['STATE_CHANGED']],
  ['ENDED', ended, ['running', settleMs], 'OPEN', ['STATE_CHANGED']],
  ['ENDED', ended, ['absent'], 'GONE', ['DELETED']],
  ['SETTLED', settled, ['succeeded'], 'SETTLED', []],
  ['SETTLED', settled, ['failed'], 'ENDED', ['REOPENED']],
  ['SETTLED', settled, ['running'], 'OPEN', ['REOPENED']],
  ['SETTLED', settled, ['undecodable'], 'UNREADABLE', ['UNREADABLE']],
  ['SETTLED', settled, ['absent'], 'GONE', ['DELETED']],
  ['UNREADABLE', unreadable, ['running'], 'OPEN', ['STATE_CHANGED']],
  ['UNREADABLE', unreadable, ['succeeded'], 'ENDED', ['STATE_CHANGED']],
  ['UNREADABLE', unreadable, ['undecodable'], 'UNREADABLE', []],
  ['UNREADABLE', unreadable, ['absent'], 'GONE', ['DELETED']],
  ['GONE', gone, ['running'], 'OPEN', ['REOPENED']],
  ['GONE', gone, ['succeeded'], 'ENDED', ['REOPENED']],
  ['GONE', gone, ['absent'], 'GONE', []],
];
test.each(arrows.map((arrow, index) => [index + 1, ...arrow] as const))(
  'arrow %i: from %s',
  async (ordinal, _from, before, look, to, told) => {
    const first = before.length === 0 ? { told: [] } : await live(10_000 + ordinal, before);
    const { life, told: all } = await live(ordinal, [...before, look]);
    expect(life).toBe(to);
    expect(all.slice(first.told.length)).toEqual(told);
    expect(all.slice(0, first.told.length)).toEqual(first.told);
  },
);

test('an answer that was asked for earlier than the newest one moves nothing', async () => {
  expect(await live(501, [...ended, ['running', -500]])).toEqual({ life: 'ENDED', told: ['DISCOVERED', 'STATE_CHANGED'] });
});

test('an end waits for its detail, for ten times as long at most', async () => {
  const detailOfBefore = { detailAt: 0 };
  expect((await live(601, settled, detailOfBefore)).life).toBe('ENDED');
  expect((await live(602, [...settled, ['succeeded', settleMs * 9]], detailOfBefore)).life).toBe('SETTLED');
  expect((await live(603, settled, { detailAt: 1 })).life).toBe('SETTLED');
});
