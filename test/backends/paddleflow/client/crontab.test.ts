import { expect, test } from 'vitest';
import { CrontabError, parseCrontab } from '../../../../src/backends/paddleflow/schedule/crontab/crontab.ts';
import { fireTimes } from '../../../../src/backends/paddleflow/schedule/crontab/fire-times.ts';
import { casesOf, recorded } from '../../../support/recorded.ts';

interface Case {
  readonly crontab: string;
  readonly zone: string;
  readonly from: string;
  readonly times?: readonly string[];
  readonly error?: string;
}
const cases = recorded<Case>('robfig-cron');

function timesOf({ crontab, zone, from }: Case, count: number): readonly string[] | undefined {
  try {
    return [...fireTimes(parseCrontab(crontab, zone), new Date(from)).take(count)].map((at) => at.toISOString().replace('.000Z', 'Z'));
  } catch (error) {
    if (error instanceof CrontabError) return undefined;
    throw error;
  }
}

test(`${cases.length} crontabs are due when robfig/cron finds them due, over changes of the clock too`, () => {
  expect(cases.filter((one) => JSON.stringify(timesOf(one, 4)) !== JSON.stringify(one.times))).toEqual([]);
  expect(cases.some(({ times }) => times?.length === 0)).toBe(true);
});

const taken = casesOf('cron').flatMap(([, text]) => text.split('\n').flatMap((line) => line.split('\t')[0] || []));
test.each(taken)('%j is taken, as PaddleFlow takes it', (crontab) => {
  const times = timesOf({ crontab, zone: 'UTC', from: '2026-01-01T00:00:30Z' }, 2);
  expect(times).toHaveLength(2);
});

test('a zone that has left out a whole day does not keep the search going for ever', () => {
  expect([...fireTimes(parseCrontab('30 4 30 12 5', 'Pacific/Apia'), new Date('2011-05-18T09:22:49Z')).take(2_000)].length).toBeGreaterThan(
    0,
  );
  expect([...fireTimes(parseCrontab('30 4 30 12 ?', 'Pacific/Apia'), new Date('2011-05-18T09:22:49Z')).take(2)].length).toBeLessThan(3);
});
