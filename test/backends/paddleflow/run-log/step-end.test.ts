import { expect, test } from 'vitest';
import { judge, lookOf, streakAfter, type Look, type Streak, type Verdict } from '../../../../src/backends/paddleflow/run-log/step-end.ts';

const times = { finalMs: 5_000, silentMs: 120_000 };
const gapOf = (gap: 'RETENTION' | 'UNREADABLE') => ({ gap });
const at = (seconds: number) => new Date(Date.UTC(2024, 2, 5) + seconds * 1_000);

/** The drawing above `judge`, arrow by arrow: looks at these seconds after the end, and what each of them means. */
const rows: [string, [number, Look, Verdict][], { goneAfter?: number; stopped?: boolean }?][] = [
  [
    'read to its end twice, some seconds apart',
    [
      [0, 'grew', 'drained'],
      [3, 'whole', 'wait'],
      [5, 'whole', 'over-if-whole'],
    ],
  ],
  [
    'lines that come late begin it anew',
    [
      [0, 'whole', 'drained'],
      [5, 'grew', 'drained'],
      [9, 'whole', 'wait'],
      [10, 'whole', 'over-if-whole'],
    ],
  ],
  [
    'what cannot be read, or is not there, proves nothing while its pod may be there',
    [
      [0, 'grew', 'drained'],
      [5, 'unreadable', 'wait'],
      [60, 'absent', 'wait'],
      [599, 'unreadable', 'wait'],
      [599.5, 'whole', 'over-if-whole'],
    ],
  ],
  [
    'once its pod is gone, a log that was not read to its end has a gap',
    [
      [0, 'unreadable', 'wait'],
      [599, 'unreadable', 'wait'],
      [601, 'absent', 'wait'],
      [631, 'absent', gapOf('RETENTION')],
    ],
  ],
  [
    'and one that was is complete',
    [
      [0, 'whole', 'drained'],
      [601, 'absent', 'wait'],
      [631, 'absent', 'over'],
    ],
  ],
  [
    'a pod that is there for longer than thought is given more time',
    [
      [590, 'unreadable', 'wait'],
      [601, 'unreadable', 'wait'],
      [709, 'unreadable', 'wait'],
      [711, 'unreadable', gapOf('UNREADABLE')],
    ],
  ],
  [
    'a step without a line is believed after long silence and several looks',
    [
      [0, 'silent', 'wait'],
      [60, 'silent', 'wait'],
      [121, 'silent', 'wait'],
      [122, 'silent', 'over-if-silent'],
    ],
  ],
  [
    'silence that is broken by anything begins anew',
    [
      [0, 'silent', 'wait'],
      [30, 'silent', 'wait'],
      [60, 'unreadable', 'wait'],
      [90, 'silent', 'wait'],
      [121, 'silent', 'wait'],
      [150, 'silent', 'wait'],
      [209, 'silent', 'wait'],
      [210, 'silent', 'over-if-silent'],
    ],
  ],
  [
    'where no container was for long, the job is asked whether there ever was one',
    [
      [0, 'absent', 'wait'],
      [40, 'absent', 'wait'],
      [80, 'absent', 'wait'],
      [119, 'absent', 'wait'],
      [120, 'absent', 'over-if-never-begun'],
      [600, 'absent', gapOf('RETENTION')],
    ],
  ],
  [
    'a stop deletes the pod: what was read to its end before is complete',
    [
      [0, 'whole', 'drained'],
      [5, 'absent', 'wait'],
      [60, 'absent', 'wait'],
      [100, 'absent', 'wait'],
      [125, 'absent', 'over'],
    ],
    { stopped: true },
  ],
];

test.each(rows)('%s', (_what, looks, { goneAfter = 600, stopped = false } = {}) => {
  let drainedAt: Date | null = null;
  let streak: Streak | undefined;
  const told = looks.map(([seconds, look]): [number, Look, Verdict] => {
    const now = at(seconds);
    streak = streakAfter(streak, look, now);
    const verdict = judge({ drainedAt, gone: seconds >= goneAfter, stopped }, streak, false, now, times);
    if (verdict === 'drained') drainedAt = now;
    return [seconds, look, verdict];
  });
  expect(told).toEqual(looks);
});

test('lines that are left to be read keep a log open', () => {
  expect(judge({ drainedAt: null, gone: true, stopped: true }, streakAfter(undefined, 'grew', at(0)), true, at(0), times)).toBe('wait');
});

test.each<[readonly Look[], Look]>([
  [[], 'absent'],
  [['absent', 'absent'], 'absent'],
  [['whole', 'absent'], 'unreadable'],
  [['grew', 'unreadable'], 'unreadable'],
  [['grew', 'whole'], 'grew'],
  [['silent', 'whole'], 'silent'],
  [['whole', 'whole'], 'whole'],
])('containers of which %j was seen prove together no more than %s', (sightings, look) => {
  expect(lookOf(sightings)).toBe(look);
});
