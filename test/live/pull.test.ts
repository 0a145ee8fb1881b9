import { expect, test } from 'vitest';
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
