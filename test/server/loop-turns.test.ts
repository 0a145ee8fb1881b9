import { expect, test } from 'vitest';
import { createLoopTurns } from '../../src/server/loop-turns.ts';

test('of a crowd that comes at once a few begin in each turn of the loop, and who comes later is not behind all of them', async () => {
  const turns = createLoopTurns();
  const begun: string[] = [];
  const begin = (connection: string) => turns.next(connection).then(() => void begun.push(connection));
  const crowd = Array.from({ length: 100 }, () => begin('crowd'));
  const perTurn: number[] = [];
  let last = 0;
  const other = new Promise<void>((resolve) => {
    setImmediate(() => void begin('other').then(resolve));
  });
  while (begun.length < 101) {
    await new Promise((resolve) => setImmediate(resolve));
    perTurn.push(begun.length - last);
    last = begun.length;
  }
  await Promise.all([...crowd, other]);
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(8);
  expect(begun.indexOf('other')).toBeLessThanOrEqual(16);
});
