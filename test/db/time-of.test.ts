import { expect, test } from 'vitest';
import { timeOf } from '../../src/db/time-of.ts';

test.each([
  '2024-03-05 02:00:00+00',
  '2024-03-05 02:00:00.1+00',
  '2024-02-29 23:59:59.12+00',
  '2024-12-31 23:59:59.999999+00',
  '1999-01-01 00:00:00.000001+00',
  '0101-10-10 10:10:10.01+00',
  '9999-12-31 23:59:59.999+00',
])('%s is the time that the language reads', (text) => {
  expect(timeOf(text)?.toISOString()).toBe(new Date(text).toISOString());
});

test.each([
  '0099-01-01 00:00:00+00',
  '10000-01-01 00:00:00+00',
  '2024-03-05 02:00:00+08',
  '2024-03-05 02:00:00+05:30',
  '0044-03-15 12:00:00+00 BC',
  'infinity',
  '-infinity',
  '',
])('%s is left to others', (text) => {
  expect(timeOf(text)).toBeUndefined();
});
