import { expect, test } from 'vitest';
import { BusyError } from '../../src/core/busy.ts';
import { createHeavyWork } from '../../src/core/heavy.ts';

function keepBusy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('heavy work goes by turns, and between any two pieces of it the loop looks at everything else', async () => {
  const heavy = createHeavyWork();
  const order: string[] = [];
  let others = 0;
  const looking = setInterval(() => (others += 1));
  const piece = (key: string) =>
    heavy(key, () => {
      order.push(`${key} after ${others > 0 ? 'a look' : 'none'}`);
      others = 0;
      keepBusy(20);
    });
  const crowd = Array.from({ length: 5 }, () => piece('crowd'));
  const alone = piece('alone');
  await Promise.all([...crowd, alone]);
  clearInterval(looking);
  expect(order.map((entry) => entry.split(' ')[0])).toEqual(['crowd', 'alone', 'crowd', 'crowd', 'crowd', 'crowd']);
  expect(order.slice(1).every((entry) => entry.endsWith('a look'))).toBe(true);
});

test('work that fails gives its turn back, and too much of it is refused', async () => {
  const heavy = createHeavyWork();
  const failing = heavy('a', () => {
    throw new Error('no luck');
  });
  await expect(failing).rejects.toThrow('no luck');
  expect(await heavy('a', () => 1)).toBe(1);
  const crowd = await Promise.allSettled(Array.from({ length: 250 }, () => heavy('a', () => 1)));
  const refused = crowd.filter((outcome) => outcome.status === 'rejected').map(({ reason }: { reason: unknown }) => reason);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((reason) => reason instanceof BusyError)).toBe(true);
});
