import { expect, test } from 'vitest';
import { createRhythms, type StepToCopy } from '../../../../src/backends/paddleflow/run-log/rhythm.ts';

const second = 1_000;
const day = 86_400 * second;

/** A step that has ended, and of whose log no look shows anything. */
function createEnded() {
  let now = 0;
  const rhythms = createRhythms({ intervalMs: 3 * second, maxIntervalMs: 30 * second, finalMs: 5 * second }, () => now);
  const step: StepToCopy['step'] = {
    path: 'talk',
    jobId: 'job-1',
    state: 'FAILED',
    endedAt: '2024-03-05T02:00:00Z',
  } as StepToCopy['step']; // of a step, a rhythm reads its state
  const log: StepToCopy['log'] = {
    source: 'prod',
    ordinal: 1,
    step: 'talk',
    logRunId: 'run-000001',
    jobId: 'job-1',
    lines: 0,
    tasks: {},
    watched: true,
    drainedAt: null,
    goneAt: null,
    endedAt: null,
    gaps: false,
  };
  const due: StepToCopy = { step, ended: true, log };
  return {
    /** Milliseconds until it is read again, after a look that has shown nothing. */
    pauseAfterLook(): number {
      rhythms.wasRead(due, { log, grew: false, more: false, fruitless: true });
      const from = now;
      while (!rhythms.isDue(due)) now += second;
      return now - from;
    },
    now: () => now,
  };
}

test('a log that cannot be read is looked at ever more seldom, and never more seldom than a quiet one', () => {
  const step = createEnded();
  const pauses: number[] = [];
  while (step.now() < day) pauses.push(step.pauseAfterLook() / second);
  expect(pauses.slice(0, 12)).toEqual([5, 5, 5, 5, 5, 7, 8, 10, 13, 16, 20, 25]);
  expect(new Set(pauses.slice(12))).toEqual(new Set([30]));
});
