import { expect, test } from 'vitest';
import { runCacheFromWire } from '../../../src/backends/paddleflow/run-cache/model.ts';
import { momentOf } from '../../../src/backends/paddleflow/user/model.ts';
import { WireJobStatisticsSeries } from '../../../src/backends/paddleflow/wire/statistics.ts';

// What a backend may write and JavaScript reads as something else, or as nothing that can be told.

test.each([
  ['2024-03-02T09:15:04.123+08:00', '2024-03-02T01:15:04.123Z'],
  ['2024-03-02T09:15:04.123456789+08:00', '2024-03-02T01:15:04.123Z'],
  ['2024-02-30T09:15:04+08:00', undefined],
  ['2024-03-02T24:00:00Z', undefined],
  ['2024-03-02', undefined],
  ['5', undefined],
  ['0001-01-01T00:00:00Z', undefined],
  ['', undefined],
])('the moment %j of a backend is %s', (text, iso) => expect(momentOf(text)?.toISOString()).toBe(iso));

test.each([
  ['60', 60],
  ['0', 0],
  ['9'.repeat(400), null],
  ['1e3', null],
  ['', null],
])('a cache that lasts %s seconds', (expiredTime, seconds) => {
  const wire = {
    cacheID: 'c',
    firstFp: '',
    secondFp: '',
    runID: 'r',
    source: '',
    jobID: 'j',
    fsname: '',
    username: '',
    expiredTime,
    strategy: '',
  };
  const cache = runCacheFromWire(
    'prod',
    { ...wire, createTime: '', updateTime: '2024-03-02 09:15:04' } as Parameters<typeof runCacheFromWire>[1],
    () => new Date(0),
  );
  expect(cache.expiresAfterSeconds).toBe(seconds);
});

test.each([
  ['[1709340000, 0.5]', true],
  ['[1e300, 0.5]', false],
  ['[1709340000, 1e999]', false],
  ['[-1, 0.5]', false],
])('a sample %s is taken: %j', (sample, taken) => {
  const text = `{"result": [{"taskName": "t", "taskInfo": [{"metric": "m", "values": [${sample}]}]}], "truncated": false}`;
  expect(WireJobStatisticsSeries.safeParse(JSON.parse(text)).success).toBe(taken);
});
