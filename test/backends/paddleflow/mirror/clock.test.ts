import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually, startBench } from '../../../support/bench.ts';
import { ask } from '../../../live/helpers.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

test('a source that is read all the time is healthy, however wrong the clock of the gateway is', async () => {
  vi.setSystemTime(Date.now() - 3_600_000);
  await using bench = await startBench();
  const states = new Set<string>();
  await eventually(async () => {
    const { sources } = await ask<{ sources: { health: string; sync: { phase: string } }[] }>(
      bench,
      '{ sources { health ... on PaddleFlowSource { sync { phase } } } }',
    );
    for (const { health } of sources) states.add(health);
    return sources.every(({ health, sync }) => sync.phase === 'COMPLETE' && health !== 'STARTING');
  });
  expect([...states]).not.toContain('UNREACHABLE');
});
