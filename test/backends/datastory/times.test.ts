import { expect, test } from 'vitest';
import { timesFromWire } from '../../../src/backends/datastory/task/times.ts';
import { startPlatform, submission } from './bench.ts';

const wire = (addTime?: string | null, startTime?: string | null, finishTime?: string | null) => ({
  id: 1,
  status: 'RUNNING',
  addTime,
  startTime,
  finishTime,
});
const isoOf = (times: ReturnType<typeof timesFromWire>) =>
  Object.values(times).map((time: Date | null) => time?.toISOString().slice(0, 19) ?? null);

test.each([
  ['Asia/Shanghai', '2026-01-02T03:04:00'],
  ['UTC', '2026-01-02T11:04:00'],
])('times are of the zone of the platform: %s', (zone, added) => {
  expect(isoOf(timesFromWire(wire('2026-01-02 11:04:00'), zone, new Date(`${added}Z`)))).toEqual([added, null, null]);
});

test.each([[undefined], [null], [''], ['soon'], ['2026-02-30 00:00:00'], ['0001-01-01 00:00:00']])('%j is no time', (text) => {
  expect(isoOf(timesFromWire(wire(text, text, text), 'UTC', new Date()))).toEqual([null, null, null]);
});

const day = (time: string | undefined) => `2024-10-27 ${time}`;
// In Berlin the clock shows 02:00 to 03:00 twice on that day; the first time begins at 00:00 UTC.
test.each([
  ['before the change', '2024-10-27T00:20:00Z', ['02:20:00', '02:40:00', '02:50:00'], ['00:20', '00:40', '00:50']],
  ['over the change', '2024-10-27T00:20:00Z', ['02:20:00', '02:40:00', '02:10:00'], ['00:20', '00:40', '01:10']],
  ['after the change', '2024-10-27T01:20:00Z', ['02:20:00', '02:20:00', '02:40:00'], ['01:20', '01:20', '01:40']],
  ['after it, by a clock that is a little slow', '2024-10-27T01:20:00Z', ['02:19:00', '02:20:00', '02:40:00'], ['01:19', '01:20', '01:40']],
])('in the hour that comes twice a task goes forward: %s', (_what, sentAt, [added, started, finished], seen) => {
  const times = timesFromWire(wire(day(added), day(started), day(finished)), 'Europe/Berlin', new Date(sentAt));
  expect(isoOf(times).map((iso) => iso?.slice(11, 16))).toEqual(seen);
});

test('what a platform in another zone writes is read as what its clock meant', async () => {
  await using platform = await startPlatform({ zone: 'America/New_York' });
  const { client, control } = platform;
  const taskId = await client.submit(client.algorithm, submission);
  control.advance(60_000);
  const times = timesFromWire(await client.getTask(taskId, 'leader'), 'America/New_York', new Date('2026-01-02T03:04:05Z'));
  expect(isoOf(times)).toEqual(['2026-01-02T03:04:05', '2026-01-02T03:04:07', '2026-01-02T03:04:35']);
});
