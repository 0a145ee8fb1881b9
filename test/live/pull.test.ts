import { expect, test } from 'vitest';
import { inHand } from '../../src/core/in-hand.ts';
import { pullStream, type Page } from '../../src/live/pull.ts';

/** A stream whose pulls do as the script says, and what became of it. */
function streamOf(script: readonly (string | Error)[], forMs: number) {
  const left = [...script];
  const seen = { pulls: 0, closed: 0 };
  const stream = pullStream<string>({
    async pull(): Promise<Page<string>> {
      seen.pulls += 1;
      const next = left.length > 1 ? left.shift() : left[0];
      if (next instanceof Error) throw next;
      return { items: next === undefined ? [] : [next], ended: left.length === 0 || next === 'last' };
    },
    wait: async () => {},
    close: () => void (seen.closed += 1),
    signal: new AbortController().signal,
    patience: { pauseMs: 1, forMs },
  });
  return { stream, seen };
}
const gone = new Error('the connection is gone');

test('a page that cannot be read is asked for again, and nothing is skipped', async () => {
  const { stream, seen } = streamOf(['one', gone, gone, 'two', gone, 'last'], 60_000);
  expect(await Array.fromAsync(stream)).toEqual(['one', 'two', 'last']);
  expect(seen).toEqual({ pulls: 6, closed: 1 });
});

test('what cannot be read for long ends the stream with its error, and is left', async () => {
  const { stream, seen } = streamOf(['one', gone], 5);
  expect(await stream.next()).toEqual({ done: false, value: 'one' });
  await expect(stream.next()).rejects.toBe(gone);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(seen.closed).toBe(1);
});

test('who leaves while a page is asked for again leaves at once', async () => {
  const { stream, seen } = streamOf([gone], 60_000);
  const next = stream.next();
  await stream.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(seen.closed).toBe(1);
});

test('the next of long pages is read while the end of one is told, and what fails then is asked for again when it is needed', async () => {
  const pages = [8, 8, 1].map((size, page) => Array.from({ length: size }, (_, index) => `${page}-${index}`));
  const asked: (number | 'fails')[] = [];
  let broken = true;
  const stream = pullStream<string>({
    async pull() {
      if (asked.length === 2 && broken) {
        broken = false;
        asked.push('fails');
        throw gone;
      }
      const page = pages.shift() ?? [];
      asked.push(page.length);
      return { items: page, ended: pages.length === 0 };
    },
    wait: async () => {},
    close: () => {},
    signal: new AbortController().signal,
    together: 2,
    patience: { pauseMs: 1, forMs: 0 },
  });
  const told: unknown[] = [];
  const take = async (count: number) => {
    while (told.length < count) told.push((await stream.next()).value, ...stream[inHand]());
  };
  await take(4);
  expect(asked).toEqual([8]);
  await take(6);
  expect(asked).toEqual([8, 8]);
  await take(14);
  expect(asked).toEqual([8, 8, 'fails']);
  await take(17);
  expect(asked).toEqual([8, 8, 'fails', 1]);
  expect(told).toEqual([8, 8, 1].flatMap((size, page) => Array.from({ length: size }, (_, index) => `${page}-${index}`)));
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});
