import { eq, gt } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createDatabase } from '../../../../src/db/database.ts';
import { events, sources, streams as heads } from '../../../../src/db/tables.ts';
import { createExecutionFeed, type ChangeItem } from '../../../../src/execution/feed.ts';
import { createHub } from '../../../../src/live/hub.ts';
import { createTestDatabase } from '../../../support/database.ts';

/** The event streams of two sources, in a database of their own. */
async function startStreams() {
  const resources = new AsyncDisposableStack();
  const server = resources.use(await createTestDatabase());
  const { db, close } = createDatabase(server.url, { logError: () => {} });
  resources.defer(close);
  const hub = createHub({ db, directUrl: server.url, rereadMs: 50, logError: () => {} });
  resources.defer(hub.close);
  await db.insert(sources).values([{ name: 'prod' }, { name: 'lab' }]);
  return {
    feed: createExecutionFeed(db, hub, { owner: undefined, identity: 'test' }, () => 262_144),
    async append(source: string, from: number, ...ordinals: number[]): Promise<void> {
      await db.transaction(async (tx) => {
        const texts = { kind: 'DISCOVERED' as const, state: 'RUNNING' as const, rawState: 'running', message: '', steps: [] };
        await tx
          .insert(events)
          .values(ordinals.map((ordinal, index) => ({ ...texts, source, ordinal, seq: from + index, at: new Date() })));
        await tx
          .insert(heads)
          .values({ key: `events:${source}`, head: from + ordinals.length - 1 })
          .onConflictDoUpdate({ target: heads.key, set: { head: from + ordinals.length - 1 } });
      });
    },
    /** As when a standby takes over that had not got the last commits. */
    async goBack(to: number): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.delete(events).where(gt(events.seq, to));
        await tx.update(heads).set({ head: to }).where(eq(heads.key, 'events:prod'));
      });
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

const told = (item: ChangeItem) => (item.kind === 'Change' ? `${item.event.source}:${item.event.ordinal}` : item.reason);

test('streams that have gone back behind their readers are told them from their start', async () => {
  await using streams = await startStreams();
  const leaving = new AbortController();
  const stream = await streams.feed.changes({ sources: ['prod', 'lab'], signal: leaving.signal });
  const next = async () => {
    const { value, done } = await stream.next();
    if (done) throw new Error('the stream has ended');
    return value as ChangeItem; // not done
  };
  await streams.append('prod', 1, 1, 2, 3);
  expect([told(await next()), told(await next()), told(await next())]).toEqual(['prod:1', 'prod:2', 'prod:3']);
  const coming = next();
  await streams.goBack(1);
  const gap = await coming;
  expect(told(gap)).toBe('RESET');
  expect(told(await next())).toBe('prod:1');
  const after = next();
  await streams.append('prod', 2, 4);
  await streams.append('lab', 1, 9);
  const rest = [told(await after), told(await next())];
  expect(rest.toSorted()).toEqual(['lab:9', 'prod:4']);
  leaving.abort();

  // The gap's own cursor stands at the start.
  const again = await streams.feed.changes({ sources: ['prod'], after: gap.cursor, signal: AbortSignal.timeout(60_000) });
  expect(told((await again.next()).value as ChangeItem)).toBe('prod:1');
  await again.return?.();
});
