import { expect, test } from 'vitest';
import { createDatabase } from '../../../../src/db/database.ts';
import { executions, logEntries, sources, streams } from '../../../../src/db/tables.ts';
import { createLogFeed } from '../../../../src/backends/paddleflow/run-log/feed.ts';
import { createHub } from '../../../../src/live/hub.ts';
import { createTestDatabase } from '../../../support/database.ts';

/** A log as a plain list: what stands at each place of the stream, from 1. */
type Entry =
  | { readonly line: string; readonly step: string }
  | { readonly gap: string; readonly step: string }
  | { readonly end: true; readonly step: string };

const stream = 'log:prod:run-000007';
const log: Entry[] = [];
const rows: (typeof logEntries.$inferInsert)[] = [];
const numbers = new Map<string, number>();
function addLines(step: string, count: number): void {
  const firstLine = (numbers.get(step) ?? 0) + 1;
  const lines = Array.from({ length: count }, (_, index) => `${step} ${firstLine + index}`);
  rows.push({
    stream,
    firstSeq: log.length + 1,
    lastSeq: log.length + count,
    kind: 'LINES',
    step,
    firstLine,
    body: Buffer.from(lines.map((line) => `${line}\n`).join('')),
    cutLines: [],
  });
  log.push(...lines.map((line) => ({ line, step })));
  numbers.set(step, firstLine + count - 1);
}
function addOne(kind: 'GAP' | 'END', step: string): void {
  rows.push({
    stream,
    firstSeq: log.length + 1,
    lastSeq: log.length + 1,
    kind,
    step,
    firstLine: 0,
    reason: kind === 'GAP' ? 'CEILING' : 'COMPLETED',
  });
  log.push(kind === 'GAP' ? { gap: 'CEILING', step } : { end: true, step });
}
const place = { source: 'prod', ordinal: 7 };
for (let turn = 0; turn < 30; turn += 1) addLines(['a', 'b'][turn % 2] ?? 'a', 1 + (turn % 5));
addOne('GAP', 'a');
addLines('a', 3);
addOne('GAP', 'b');
addOne('GAP', 'b');
addLines('b', 1);
addOne('END', 'b');
addLines('a', 7);
addOne('END', 'a');
addOne('END', '');

test.each([undefined, 'a', 'b', 'none'])('every page of the log agrees with the plain list (step %s)', async (step) => {
  await using resources = new AsyncDisposableStack();
  const server = resources.use(await createTestDatabase());
  const { db, close } = createDatabase(server.url, { logError: () => {} });
  resources.defer(close);
  const hub = createHub({ db, directUrl: server.url, logError: () => {} });
  resources.defer(hub.close);
  await db.insert(sources).values({ name: 'prod' });
  await db.insert(streams).values({ key: stream, head: log.length });
  await db.insert(logEntries).values(rows);
  const feed = createLogFeed(db, hub, { owner: undefined, identity: 'ops' }, () => 262_144);
  const { cursorAt } = await feed.page(place, { limit: 0, fromEnd: false });
  const at = { ...place, step };
  const mine = (entry: Entry) => step === undefined || entry.step === step || entry.step === '';

  const places = [undefined, 0, 44, 91, 95, log.length - 1];
  for (const after of places) {
    for (const before of places) {
      for (const limit of [0, 1, 7, 200]) {
        for (const fromEnd of [false, true]) {
          const inside = log.flatMap((entry, index) => {
            const seq = index + 1;
            return mine(entry) && seq > (after ?? 0) && seq < (before ?? log.length + 1) ? [{ ...entry, seq }] : [];
          });
          const lines = inside.filter((entry) => 'line' in entry);
          const shown = fromEnd ? lines.slice(Math.max(0, lines.length - limit)) : lines.slice(0, limit);
          const more = lines.length > shown.length;
          const next = fromEnd ? undefined : lines[limit];
          const gapsFrom = fromEnd && more ? (shown[0]?.seq ?? before ?? log.length + 1) : 0;
          const gaps = inside.filter(
            (entry) => 'gap' in entry && entry.seq < (next?.seq ?? Number.POSITIVE_INFINITY) && entry.seq > gapsFrom,
          );
          const cursors = {
            after: after === undefined ? undefined : cursorAt(after),
            before: before === undefined ? undefined : cursorAt(before),
          };
          const page = await feed.page(at, { ...cursors, limit, fromEnd });
          const asked = JSON.stringify({ step, after, before, limit, fromEnd });
          expect([asked, page.lines.map(({ text, seq }) => [text, seq])]).toEqual([asked, shown.map(({ line, seq }) => [line, seq])]);
          expect([asked, page.more]).toEqual([asked, more]);
          expect([asked, page.gaps.map(({ cursor }) => cursor)]).toEqual([asked, gaps.map(({ seq }) => cursorAt(seq))]);
          const end = Math.max(after ?? 0, (next?.seq ?? before ?? log.length + 1) - 1);
          expect([asked, page.endCursor]).toEqual([asked, cursorAt(end)]);
        }
      }
    }
  }
});

test('the log of a run is for those who may see the run, whoever asks the feed', async () => {
  await using resources = new AsyncDisposableStack();
  const server = resources.use(await createTestDatabase());
  const { db, close } = createDatabase(server.url, { logError: () => {} });
  resources.defer(close);
  const hub = createHub({ db, directUrl: server.url, logError: () => {} });
  resources.defer(hub.close);
  const now = new Date();
  const times = { createdAt: now, updatedAt: now, sortAt: now, observedAt: now };
  const work = { kind: 'Run', key: 'run-000007', name: 'train', state: 'RUNNING' as const, rawState: 'running', message: '' };
  await db.insert(sources).values({ name: 'prod' });
  await db.insert(executions).values({ ...place, ...work, ...times, owner: 'alice' });
  const of = (owner: string | undefined) => createLogFeed(db, hub, { owner, identity: owner ?? 'ops' }, () => 262_144);
  const { signal } = new AbortController();
  for (const owner of ['alice', undefined]) expect((await of(owner).page(place, { limit: 1, fromEnd: false })).lines).toEqual([]);
  const refused = { extensions: { code: 'BAD_USER_INPUT' }, message: 'There is no run run-000007 on prod' };
  await expect(of('bob').page(place, { limit: 1, fromEnd: false })).rejects.toMatchObject(refused);
  await expect(of('bob').follow(place, { signal })).rejects.toMatchObject(refused);
});
