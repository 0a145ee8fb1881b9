import { describe, expect, test } from 'vitest';
import { parseCron } from '../../../src/sandbox/paddleflow/schedule/cron.ts';
import { createZone } from '../../../src/sandbox/kit/zone.ts';

const utc = createZone('UTC');
const newYork = createZone('America/New_York');
const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z'));

/** The first `count` due times after a moment. */
function due(text: string, after: string, zone = utc, count = 1): (string | undefined)[] {
  const cron = parseCron(text, zone);
  const found: (string | undefined)[] = [];
  for (let at: number | undefined = Date.parse(after); found.length < count && at !== undefined; found.push(time(at)))
    at = typeof cron === 'string' ? undefined : cron.next(at);
  return found;
}

describe('the next due time', () => {
  test.each([
    ['0 2 * * *', '2024-03-05T02:00:00Z', '2024-03-06T02:00:00Z'],
    ['0 2 * * *', '2024-03-05T01:59:59Z', '2024-03-05T02:00:00Z'],
    ['*/15 * * * *', '2024-03-05T10:01:00Z', '2024-03-05T10:15:00Z'],
    ['5/20 * * * *', '2024-03-05T10:26:00Z', '2024-03-05T10:45:00Z'],
    ['1,3-5 9 * * ?', '2024-03-05T09:01:00Z', '2024-03-05T09:03:00Z'],
    ['0 0 * * mon-FRI', '2024-03-08T00:00:00Z', '2024-03-11T00:00:00Z'],
    ['0 0 29 feb *', '2024-03-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['0 0 13 * 5', '2024-03-09T00:00:00Z', '2024-03-13T00:00:00Z'], // a day of either kind when neither is a star
    ['0 0 13 * */1', '2024-03-09T00:00:00Z', '2024-03-13T00:00:00Z'],
    ['@hourly', '2024-03-05T10:30:00Z', '2024-03-05T11:00:00Z'],
    ['@daily', '2024-03-05T10:30:00Z', '2024-03-06T00:00:00Z'],
    ['@weekly', '2024-03-05T10:30:00Z', '2024-03-10T00:00:00Z'],
    ['@monthly', '2024-03-05T10:30:00Z', '2024-04-01T00:00:00Z'],
    ['@annually', '2024-03-05T10:30:00Z', '2025-01-01T00:00:00Z'],
    ['@every 1h30m', '2024-03-05T10:00:00.700Z', '2024-03-05T11:30:00Z'],
    ['@every 200ms', '2024-03-05T10:00:00Z', '2024-03-05T10:00:01Z'],
    ['CRON_TZ=Asia/Shanghai 0 9 * * *', '2024-03-05T00:00:00Z', '2024-03-05T01:00:00Z'],
    ['TZ=Asia/Kathmandu @daily', '2024-03-05T00:00:00Z', '2024-03-05T18:15:00Z'],
  ])('of %s after %s is %s', (text, after, expected) => {
    expect(due(text, after)).toEqual([expected]);
  });

  test.each([
    ['', 'empty spec string'],
    ['  ', 'expected exactly 5 fields, found 0: []'],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['every day', 'expected exactly 5 fields, found 2: [every day]'],
    ['* * * * * *', 'expected exactly 5 fields, found 6: [* * * * * *]'],
    ['61 * * * *', 'end of range (61) above maximum (59): 61'],
    ['* 24 * * *', 'end of range (24) above maximum (23): 24'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* * * * 7', 'end of range (7) above maximum (6): 7'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['-5 * * * *', 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['@sometimes', 'unrecognized descriptor: @sometimes'],
    ['@Daily', 'unrecognized descriptor: @Daily'],
    [' @daily', 'expected exactly 5 fields, found 1: [@daily]'],
    ['@every', 'unrecognized descriptor: @every'],
    ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
    ['@every  5m', 'failed to parse duration @every  5m: time: invalid duration " 5m"'],
    ['@every 5', 'failed to parse duration @every 5: time: missing unit in duration "5"'],
    ['TZ=Moon/Base * * * * *', 'provided bad location Moon/Base: unknown time zone Moon/Base'],
  ])('%j is no crontab: %s', (text, complaint) => {
    expect(parseCron(text, utc)).toBe(complaint);
  });
});

describe('what the reader takes and nobody would expect it to', () => {
  test.each([
    ['1,,2 * * * *', '2024-03-05T10:00:00Z', '2024-03-05T10:01:00Z'],
    [',5, * * * *', '2024-03-05T10:00:00Z', '2024-03-05T10:05:00Z'],
    ['+5 * * * *', '2024-03-05T10:00:00Z', '2024-03-05T10:05:00Z'],
    ['*-5 * * * *', '2024-03-05T10:00:00Z', '2024-03-05T10:01:00Z'],
    ['?-x-y * * * *', '2024-03-05T10:00:00Z', '2024-03-05T10:01:00Z'],
    ['@every -1h', '2024-03-05T10:00:00Z', '2024-03-05T10:00:01Z'],
    ['@every 0', '2024-03-05T10:00:00Z', '2024-03-05T10:00:01Z'],
    ['@every +1.5h', '2024-03-05T10:00:00Z', '2024-03-05T11:30:00Z'],
    ['  0   2  * * *  ', '2024-03-05T10:00:00Z', '2024-03-06T02:00:00Z'],
  ])('%j after %s is due at %s', (text, after, expected) => {
    expect(due(text, after)).toEqual([expected]);
  });

  test.each(['0 0 30 2 *', '0 0 31 2,4,6,9,11 *', ', * * * *', '0 0 , * *'])('%j never fires', (text) => {
    expect(due(text, '2024-03-05T10:00:00Z')).toEqual([undefined]);
  });
});

describe('where clocks are changed', () => {
  test('what falls into the lost hour is not due that day', () => {
    expect(due('30 2 * * *', '2024-03-09T12:00:00Z', newYork, 2)).toEqual(['2024-03-11T06:30:00Z', '2024-03-12T06:30:00Z']);
  });

  test('what falls into the doubled hour is due twice', () => {
    expect(due('30 1 * * *', '2024-11-03T00:00:00Z', newYork, 3)).toEqual([
      '2024-11-03T05:30:00Z',
      '2024-11-03T06:30:00Z',
      '2024-11-04T06:30:00Z',
    ]);
  });

  test('each hour is due once, whatever its name', () => {
    expect(due('@hourly', '2024-11-03T04:30:00Z', newYork, 3)).toEqual([
      '2024-11-03T05:00:00Z',
      '2024-11-03T06:00:00Z',
      '2024-11-03T07:00:00Z',
    ]);
  });

  test('the same wall clock is kept over the change', () => {
    expect(due('0 9 * * *', '2024-03-09T12:00:00Z', newYork, 2)).toEqual(['2024-03-09T14:00:00Z', '2024-03-10T13:00:00Z']);
  });
});
