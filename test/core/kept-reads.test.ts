import { expect, test } from 'vitest';
import { createKeptReads } from '../../src/core/kept-reads.ts';

/** Reads that end when they are told to, and a record of what was asked. */
function upstream() {
  const asked: string[][] = [];
  const endings: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const work = async (missing: readonly string[], signal: AbortSignal) => {
    asked.push([...missing]);
    signals.push(signal);
    const { promise, resolve } = Promise.withResolvers<void>();
    endings.push(resolve);
    await promise;
    return new Map(missing.filter((key) => key !== 'absent').map((key) => [key, key.toUpperCase()]));
  };
  return { asked, endings, signals, work };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const values = <T>(answers: ReadonlyMap<string, { readonly value: T }>) =>
  Object.fromEntries([...answers].map(([key, { value }]) => [key, value]));

test('what is kept is not asked for again, what is absent is left out', async () => {
  const { asked, endings, work } = upstream();
  const kept = createKeptReads();
  const first = kept.readAll(['a', 'absent', 'a'], 60_000, undefined, work);
  await turn();
  endings[0]?.();
  expect(values(await first)).toEqual({ a: 'A' });
  const second = kept.readAll(['a', 'b'], 60_000, undefined, work);
  await turn();
  endings[1]?.();
  expect(values(await second)).toEqual({ a: 'A', b: 'B' });
  expect(values(await kept.readAll(['b', 'a'], 60_000, undefined, work))).toEqual({ a: 'A', b: 'B' });
  expect(asked).toEqual([['a', 'absent'], ['b']]);
});

test('equal reads are one, and who leaves does not take the answer from the others', async () => {
  const { asked, endings, signals, work } = upstream();
  const kept = createKeptReads();
  const leaving = new AbortController();
  const left = kept.readAll(['a'], 60_000, leaving.signal, work);
  const stays = kept.readAll(['a'], 60_000, undefined, work);
  await turn();
  leaving.abort();
  await expect(left).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(signals[0]?.aborted).toBe(false);
  endings[0]?.();
  expect(values(await stays)).toEqual({ a: 'A' });
  expect(asked).toEqual([['a']]);
});

test('a read that nobody waits for any more is given up', async () => {
  const { signals, work } = upstream();
  const leaving = new AbortController();
  const left = createKeptReads().readAll(['a'], 60_000, leaving.signal, work);
  await turn();
  leaving.abort();
  await expect(left).rejects.toThrow('left');
  expect(signals[0]?.aborted).toBe(true);
});

test('so many go at a time, and one that waited does not ask for what has come meanwhile', async () => {
  const { asked, endings, work } = upstream();
  const kept = createKeptReads({ atOnce: 1 });
  const first = kept.readAll(['a'], 60_000, undefined, work);
  const second = kept.readAll(['a', 'b'], 60_000, undefined, work);
  await turn();
  expect(asked).toEqual([['a']]);
  endings[0]?.();
  await first;
  await turn();
  expect(asked).toEqual([['a'], ['b']]);
  endings[1]?.();
  expect(values(await second)).toEqual({ a: 'A', b: 'B' });
});

test('nothing that was read before a write is handed out after it', async () => {
  const { asked, endings, work } = upstream();
  const kept = createKeptReads();
  const before = kept.readAll(['a'], 60_000, undefined, work);
  await turn();
  kept.forget();
  const after = kept.readAll(['a'], 60_000, undefined, work);
  await turn();
  for (const end of endings) end();
  await Promise.all([before, after]);
  expect(asked).toEqual([['a'], ['a']]);
  expect(values(await kept.readAll(['a'], 60_000, undefined, work))).toEqual({ a: 'A' });
  expect(asked).toHaveLength(2);
  kept.forget();
  void kept.readAll(['a'], 60_000, undefined, work);
  await turn();
  expect(asked).toHaveLength(3);
  endings.at(-1)?.();
});

test('what is kept for no time, and what has failed, is asked for again', async () => {
  const { asked, endings, work } = upstream();
  const kept = createKeptReads();
  const brief = kept.readAll(['a'], 0, undefined, work);
  await turn();
  endings[0]?.();
  await brief;
  await expect(kept.readAll(['a'], 0, undefined, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  const again = kept.readAll(['a'], 0, undefined, work);
  await turn();
  endings[1]?.();
  await again;
  expect(asked).toHaveLength(2);
});
