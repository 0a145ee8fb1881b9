import { expect, test } from 'vitest';
import { createDatabase } from '../../../../src/db/database.ts';
import { logEntries, sources, streams } from '../../../../src/db/tables.ts';
import { createLogFeed, type LogStreamItem } from '../../../../src/backends/paddleflow/run-log/feed.ts';
import { createHub, type Hub } from '../../../../src/live/hub.ts';
import { createTestDatabase } from '../../../support/database.ts';
import { eventually } from '../../../support/bench.ts';

const place = { source: 'prod', ordinal: 7 };
const logOfRun = 'log:prod:run-000007';

/** The log of one run in a database of its own, and from where on its readers wait. */
async function startLog({ pageBytes = 262_144 } = {}) {
  const resources = new AsyncDisposableStack();
  const server = resources.use(await createTestDatabase());
  const { db, close } = createDatabase(server.url, { logError: () => {} });
  resources.defer(close);
  const hub = createHub({ db, directUrl: server.url, rereadMs: 50, logError: () => {} });
  resources.defer(hub.close);
  const waits: number[] = [];
  const watching: Hub = {
    ...hub,
    watch(key) {
      const watch = hub.watch(key);
      return {
        ...watch,
        beyond(seq, signal) {
          waits.push(seq);
          return watch.beyond(seq, signal);
        },
      };
    },
  };
  await db.insert(sources).values({ name: 'prod' });
  await db.insert(streams).values({ key: logOfRun });
  return {
    feed: createLogFeed(db, watching, { owner: undefined, identity: 'ops' }, () => pageBytes),
    waits,
    /** The next rows of the log, one line of a step each. */
    async write(from: number, ...steps: string[]): Promise<void> {
      await db.transaction(async (tx) => {
        const rows = steps.map((step, index) => {
          const seq = from + index;
          return {
            stream: logOfRun,
            firstSeq: seq,
            lastSeq: seq,
            kind: 'LINES' as const,
            step,
            firstLine: seq,
            body: Buffer.from(`${seq}\n`),
          };
        });
        await tx.insert(logEntries).values(rows);
        await tx.update(streams).set({ head: from + steps.length - 1 });
      });
    },
    /** One row of so many lines of a step. */
    async writeLines(from: number, count: number, step = 'a', firstLine = from): Promise<void> {
      const written = Array.from({ length: count }, (_, index) => `${from + index} é${'x'.repeat((from + index) % 7)}`);
      const row = { stream: logOfRun, firstSeq: from, lastSeq: from + count - 1, kind: 'LINES' as const, step, firstLine };
      await db.insert(logEntries).values({ ...row, body: Buffer.from(written.map((text) => `${text}\n`).join('')) });
      await db.update(streams).set({ head: from + count - 1 });
    },
    /** As when a standby takes over that had not got the last rows. */
    async goBack(): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.delete(logEntries);
        await tx.update(streams).set({ head: 0 });
      });
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

const told = (item: LogStreamItem) => (item.kind === 'LogLines' ? item.lines.map(({ text }) => text) : [item.kind, item.reason]);

/** What is told next. */
function reading(stream: AsyncIterator<LogStreamItem>) {
  return async () => {
    const { value, done } = await stream.next();
    if (done) throw new Error('the stream has ended');
    return told(value as LogStreamItem); // not done
  };
}

test('who follows a step that is quiet waits while other steps write, and misses nothing', async () => {
  await using log = await startLog();
  const leaving = new AbortController();
  await log.write(1, 'quiet', 'loud', 'loud');
  const next = reading(await log.feed.follow({ ...place, step: 'quiet' }, { signal: leaving.signal }));
  expect(await next()).toEqual(['1']);
  const coming = next();
  await eventually(() => log.waits.length > 0);
  await log.write(4, 'loud', 'loud');
  await eventually(() => log.waits.includes(5));
  await log.write(6, 'loud', 'quiet', 'loud');
  expect(await coming).toEqual(['7']);
  expect(log.waits).toEqual([...new Set(log.waits)]); // never twice from the same place
  leaving.abort();
});

test('a log that has gone back behind its readers is told them from its start', async () => {
  await using log = await startLog();
  const leaving = new AbortController();
  await log.write(1, 'a', 'a', 'a');
  const next = reading(await log.feed.follow(place, { signal: leaving.signal }));
  expect(await next()).toEqual(['1', '2', '3']);
  const coming = next();
  await eventually(() => log.waits.includes(3));
  await log.goBack();
  expect(await coming).toEqual(['StreamGap', 'RESET']);
  await log.write(1, 'a');
  expect(await next()).toEqual(['1']);
  leaving.abort();
});

test('who may hold little gets small pages: each line once, in order and under its number', async () => {
  await using log = await startLog({ pageBytes: 100 });
  const leaving = new AbortController();
  await log.writeLines(1, 50);
  await log.writeLines(51, 3);
  await log.writeLines(54, 40, 'b', 1);
  const stream = await log.feed.follow(place, { signal: leaving.signal });
  const lines: { seq: number; number: number; step: string }[] = [];
  const places: { cursor: string; after: number }[] = [];
  while (lines.length < 93) {
    const { value } = await stream.next();
    const item = value as LogStreamItem;
    if (item.kind !== 'LogLines') throw new Error(item.kind);
    expect(Buffer.byteLength(item.lines.map(({ text }) => text).join(''))).toBeLessThanOrEqual(100);
    for (const { text, number } of item.lines) lines.push({ seq: Number.parseInt(text, 10), number, step: item.step });
    places.push({ cursor: item.cursor, after: lines.length });
  }
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 93 }, (_, index) => index + 1));
  expect(lines.filter(({ step }) => step === 'a').map(({ number }) => number)).toEqual(Array.from({ length: 53 }, (_, index) => index + 1));
  expect(lines.filter(({ step }) => step === 'b').map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  // Whoever comes back within a row goes on there.
  for (const { cursor, after } of places.slice(0, -1)) {
    const next = reading(await log.feed.follow(place, { after: cursor, signal: leaving.signal }));
    expect((await next())[0]?.split(' ')[0]).toBe(String(after + 1));
  }
  leaving.abort();
});
