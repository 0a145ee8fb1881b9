import { expect, test } from 'vitest';
import { formatServerTime, isTimeZone, parseServerTime, pickTime } from '../../src/core/server-time.ts';

const both = (text: string, zone: string) => {
  const time = parseServerTime(text, zone);
  return time && [time.earlier.toISOString(), time.later.toISOString()].map((iso) => iso.replace('.000Z', 'Z'));
};

test.each([
  ['2024-03-05 10:00:00', 'Asia/Shanghai', '2024-03-05T02:00:00Z'],
  ['2024-03-05 00:00:00', 'UTC', '2024-03-05T00:00:00Z'],
  ['2024-02-29 23:59:59', 'Asia/Kolkata', '2024-02-29T18:29:59Z'],
  ['2024-07-01 12:00:00', 'Europe/Berlin', '2024-07-01T10:00:00Z'],
  ['2024-01-01 00:00:00', 'Pacific/Kiritimati', '2023-12-31T10:00:00Z'],
  ['2024-07-01 12:00:00', 'America/St_Johns', '2024-07-01T14:30:00Z'],
])('%s in %s is %s', (text, zone, iso) => {
  expect(both(text, zone)).toEqual([iso, iso]);
  expect(formatServerTime(new Date(iso), zone)).toBe(text);
});

test.each([
  ['2024-10-27 02:30:00', 'Europe/Berlin', '2024-10-27T00:30:00Z', '2024-10-27T01:30:00Z'],
  ['2024-11-03 01:00:00', 'America/New_York', '2024-11-03T05:00:00Z', '2024-11-03T06:00:00Z'],
  ['2024-04-07 01:45:00', 'Australia/Lord_Howe', '2024-04-06T14:45:00Z', '2024-04-06T15:15:00Z'],
])('%s happens twice in %s', (text, zone, earlier, later) => {
  expect(both(text, zone)).toEqual([earlier, later]);
  expect([earlier, later].map((iso) => formatServerTime(new Date(iso), zone))).toEqual([text, text]);
});

test.each([
  ['2024-10-27 01:59:59', '2024-10-26T23:59:59Z'],
  ['2024-10-27 03:00:00', '2024-10-27T02:00:00Z'],
])('%s, next to the doubled hour, happens once', (text, iso) => {
  expect(both(text, 'Europe/Berlin')).toEqual([iso, iso]);
});

test('an hour that the clock skips is counted on from before the change', () => {
  expect(both('2024-03-31 02:30:00', 'Europe/Berlin')).toEqual(['2024-03-31T01:30:00Z', '2024-03-31T01:30:00Z']);
  expect(both('2024-03-31 03:30:00', 'Europe/Berlin')).toEqual(['2024-03-31T01:30:00Z', '2024-03-31T01:30:00Z']);
});

test('a day that a zone skipped altogether does no harm', () => {
  expect(both('2011-12-30 12:00:00', 'Pacific/Apia')).toEqual(['2011-12-30T22:00:00Z', '2011-12-30T22:00:00Z']);
});

test.each([
  '',
  '2024-02-30 10:00:00',
  '2024-13-01 10:00:00',
  '2024-03-05 24:00:00',
  '2024-03-05T10:00:00',
  '2024-03-05',
  'soon',
  '0001-01-01 00:00:00',
])('%j is no time', (text) => {
  expect(parseServerTime(text, 'Asia/Shanghai')).toBeUndefined();
});

test('of two candidates the first that is not before what came before is taken', () => {
  const time = parseServerTime('2024-10-27 02:30:00', 'Europe/Berlin');
  expect(time && pickTime(time).toISOString()).toBe('2024-10-27T00:30:00.000Z');
  expect(time && pickTime(time, new Date('2024-10-27T00:30:00Z')).toISOString()).toBe('2024-10-27T00:30:00.000Z');
  expect(time && pickTime(time, new Date('2024-10-27T00:59:00Z')).toISOString()).toBe('2024-10-27T01:30:00.000Z');
});

test('fractions of a second are dropped when a time is written', () => {
  expect(formatServerTime(new Date('2024-03-05T02:00:00.999Z'), 'Asia/Shanghai')).toBe('2024-03-05 10:00:00');
});

test('time zones are known by their IANA names', () => {
  expect(['Asia/Shanghai', 'UTC', 'Asia/Nowhere', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
