import { expect, test } from 'vitest';
import { BusyError } from '../../src/core/busy.ts';
import { createTurns, type Turns } from '../../src/core/turns.ts';

/** Asks for so many turns; writes down who got one, in order, and how to give each back. */
function crowd(turns: Turns) {
  const served: string[] = [];
  const held = new Map<string, (() => void)[]>();
  const refused: string[] = [];
  async function giveBack(key: string): Promise<void> {
    held.get(key)?.shift()?.();
    await settled();
  }
  return {
    served,
    refused,
    ask(key: string, count = 1, signal?: AbortSignal): void {
      for (let index = 0; index < count; index += 1) {
        turns.take(key, signal).then(
          (done) => {
            served.push(key);
            held.set(key, [...(held.get(key) ?? []), done]);
          },
          (error: unknown) => refused.push(error instanceof BusyError ? key : `${key} left`),
        );
      }
    },
    giveBack,
    async allBack(): Promise<void> {
      await settled();
      while ([...held.values()].some((those) => those.length > 0)) for (const key of held.keys()) await giveBack(key);
    },
  };
}
/** What has been decided has been told. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('who asks for one gets the very next turn, however many another waits for', async () => {
  const turns = createTurns({ atOnce: 3 });
  const { ask, served, giveBack, allBack } = crowd(turns);
  ask('crowd', 150);
  await settled();
  expect(served).toEqual(['crowd', 'crowd']); // half of three, rounded up
  ask('alone');
  await settled();
  expect(served.at(-1)).toBe('alone');
  ask('alone', 3);
  ask('third');
  await giveBack('crowd');
  expect(served.slice(3)).toEqual(['third']); // who has none comes before who has one
  await giveBack('third');
  expect(served.slice(4)).toEqual(['crowd']); // both have one: who was served longer ago
  await allBack();
  expect(served.filter((key) => key === 'crowd')).toHaveLength(150);
  expect(turns.keys()).toBe(0);
});

test('of those who have the same, each gets its turn in order', async () => {
  const turns = createTurns({ atOnce: 1 });
  const { ask, served, allBack } = crowd(turns);
  ask('a', 3);
  ask('b', 3);
  ask('c', 1);
  await allBack();
  expect(served).toEqual(['a', 'b', 'c', 'a', 'b', 'a', 'b']);
});

test('the process itself may have all', async () => {
  const turns = createTurns({ atOnce: 3 });
  const all = await Promise.all([1, 2, 3].map(() => turns.take(undefined)));
  all.forEach((giveBack) => giveBack());
  expect(turns.keys()).toBe(0);
});

test('a queue that is full refuses its own, and the full whole whoever has most in it', async () => {
  const turns = createTurns({ atOnce: 1, waitingPerKey: 4, waiting: 6 });
  const { ask, served, refused, allBack } = crowd(turns);
  ask('crowd', 6); // one is under way
  await settled();
  expect(refused).toEqual(['crowd']);
  ask('other', 2);
  ask('alone');
  await settled();
  expect(refused).toEqual(['crowd', 'crowd']);
  await allBack();
  expect(served).toEqual(['crowd', 'other', 'alone', 'crowd', 'other', 'crowd', 'crowd']);
  expect(turns.keys()).toBe(0);
});

test('who leaves, or has waited long enough, frees the place', async () => {
  const turns = createTurns({ atOnce: 1, waitMs: 1 });
  const { ask, served, refused, allBack } = crowd(turns);
  const leaving = new AbortController();
  ask('holder');
  ask('leaver', 2, leaving.signal);
  leaving.abort();
  await settled();
  expect(refused).toEqual(['leaver left', 'leaver left']);
  await expect(turns.take('late')).rejects.toThrow(BusyError);
  await allBack();
  expect(served).toEqual(['holder']);
  expect(turns.keys()).toBe(0);
});

test('a turn given back twice is one', async () => {
  const turns = createTurns({ atOnce: 1 });
  const { ask, served } = crowd(turns);
  const giveBack = await turns.take('a');
  ask('b', 2);
  giveBack();
  giveBack();
  await settled();
  expect(served).toEqual(['b']);
});
