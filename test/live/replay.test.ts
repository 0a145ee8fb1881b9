import { expect, test } from 'vitest';
import { encodeCursor } from '../../src/live/cursor.ts';
import { eventually, startBench } from '../support/bench.ts';
import { ask, follow } from './helpers.ts';

const count = 300;
/** Where the stream begins, whether there is more, what the hub looks at. */
const few = 4;

test('a replay asks the database three times for 256 events: where the stream ends, what happened, and how the runs are now', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count }) });
  await bench.synced();
  type Settled = { runs: { complete: boolean; nodes: { settled: boolean }[] } };
  await eventually(async () => {
    const { runs } = await ask<Settled>(bench, '{ runs(first: 100) { complete nodes { settled } } }');
    return runs.complete && runs.nodes.every(({ settled }) => settled);
  });
  const after = encodeCursor('EVENTS', [{ stream: 'events:prod', generation: '00000000', seq: 5 }]); // of another database: told from the start
  let statements = 0;
  bench.gateways[0]?.pool.on('acquire', () => (statements += 1));

  async function replay(field: 'runEvents' | 'runChanged') {
    await using all = await follow(bench, field, { after });
    statements = 0;
    const began = performance.now();
    let settled = 0;
    const items = await all.until(({ event }) => event?.kind === 'SETTLED' && (settled += 1) === count);
    // The first one tells that the cursor is of another database.
    return {
      told: items.length - 1,
      pages: Math.ceil((items.length - 1) / 256),
      statements,
      seconds: (performance.now() - began) / 1000,
      items,
    };
  }
  const bare = await replay('runEvents');
  expect(bare.told).toBeGreaterThanOrEqual(2 * count);
  expect(bare.statements).toBeLessThanOrEqual(2 * bare.pages + few + bare.seconds);
  const whole = await replay('runChanged');
  expect(whole.told).toBe(bare.told);
  // A reader who is slower than that sees how the runs are then.
  expect(whole.statements).toBeLessThanOrEqual(3 * whole.pages + few + 2 * whole.seconds);
  const runs = whole.items.flatMap(({ run }) => (run ? [run] : []));
  expect(runs).toHaveLength(whole.told);
  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(count);
});
