import { expect, test } from 'vitest';
import { errorOf } from '../../../upstream/bench.ts';
import type { Respond } from '../../../upstream/server.ts';
import { give, hangUp, route, say, startBench } from './bench.ts';
import { runRow, schedule } from './samples.ts';

const marker = '0123456789abcdef0123456789abcdef';
const detail = (changes: object, runs: object = { maxKeys: 1, isTruncated: false, runList: [] }) => give({ ...schedule, ...changes, runs });

test('a schedule comes with a page of its runs, whose marker lies inside', async () => {
  const runs = { maxKeys: 10, isTruncated: true, nextMarker: marker, runList: [runRow, { ...runRow, runID: 7 }] };
  const call = `GET /schedule/schedule-000002?runFilter=run-000012&statusFilter=failed%2Cskipped&maxKeys=10&marker=${marker}`;
  await using bench = await startBench(route({ [call]: detail({}, runs) }));
  const shown = await bench.prod.as('viewer').getSchedule('schedule-000002', {
    runFilter: ['run-000012'],
    statusFilter: ['failed', 'skipped'],
    maxKeys: 10,
    marker,
  });
  expect(shown).toEqual({
    ...schedule,
    runs: { items: [runRow], nextMarker: marker, unreadable: [{ id: undefined, reason: expect.stringMatching(/^runID: /) }] },
  });
});

test('unknown statuses, and what old servers leave out, cost no schedule', async () => {
  const { options: _no, fsConfig: _nor, scheduleMsg: _these, ...old } = schedule;
  await using bench = await startBench(route({ 'GET /schedule': give({ scheduleList: [{ ...old, status: 'dreaming' }] }) }));
  const { items } = await bench.prod.as('viewer').listSchedules({ maxKeys: 10 });
  expect(items).toEqual([
    {
      ...schedule,
      status: 'dreaming',
      options: { catchup: false, expireInterval: 0, concurrency: 0, concurrencyPolicy: '' },
    },
  ]);
});

const id = 'schedule-000002';
const lost = { fault: 'cut', outcomeUnknown: true };
const done = { done: true };
const happened = () => done;
const read = `GET /schedule/${id}?maxKeys=1`;

test.each<[string, Respond, object]>([
  ['it has stopped', detail({ status: 'terminated' }), done],
  ['it had come to its end', detail({ status: 'success' }), done],
  ['it is still running', detail({}), lost],
  ['it is gone, which no stop does', say(404, 'ScheduleNotFound'), lost],
  ['it cannot be read', say(403, 'AccessDenied'), lost],
])('a stop without an answer: %s', async (_name, answer, expected) => {
  await using bench = await startBench(route({ [`PUT /schedule/${id}`]: hangUp, [read]: answer }));
  const outcome = bench.prod.as('viewer').stopSchedule(id);
  expect(await outcome.then(happened, (thrown: unknown) => thrown)).toMatchObject(expected);
  expect(bench.calls).toEqual([`PUT /schedule/${id}`, read]);
});

test.each<[string, Respond, object]>([
  ['it is gone', say(404, 'ScheduleNotFound'), done],
  ['it is there', detail({ status: 'terminated' }), lost],
  ['it cannot be read', say(403, 'AccessDenied'), lost],
])('a delete without an answer: %s', async (_name, answer, expected) => {
  await using bench = await startBench(route({ [`DELETE /schedule/${id}`]: hangUp, [read]: answer }));
  const outcome = bench.prod.as('viewer').deleteSchedule(id);
  expect(await outcome.then(happened, (thrown: unknown) => thrown)).toMatchObject(expected);
});

test('what the server has decided is not looked into', async () => {
  await using bench = await startBench(
    route({ [`PUT /schedule/${id}`]: say(403, 'ActionNotAllowed'), [`DELETE /schedule/${id}`]: say(500, 'InternalError') }),
  );
  const client = bench.prod.as('viewer');
  expect(await errorOf(client.stopSchedule(id))).toMatchObject({ fault: 'rejected', code: 'ActionNotAllowed' });
  expect(await errorOf(client.deleteSchedule(id))).toMatchObject({ fault: 'unavailable', code: 'InternalError' });
  expect(bench.calls).toHaveLength(2);
});

test('a create without an answer stays unknown, and is not repeated', async () => {
  await using bench = await startBench(route({ 'POST /schedule': hangUp }));
  const body = { name: 'nightly', pipelineID: 'ppl-000003', pipelineVersionID: '1', crontab: '@hourly' };
  expect(await errorOf(bench.prod.as('viewer').createSchedule(body))).toMatchObject(lost);
  expect(bench.calls).toEqual(['POST /schedule']);
});

const never: Respond = () => {};

test('what waits for the scheduler, a storage or all clusters has more time than other writes', async () => {
  await using bench = await startBench(never, { budgets: { writeMs: 20, slowWriteMs: 300_000 }, limits: { viewer: 9 } });
  const client = bench.prod.as('viewer');
  const slow = [
    client.createSchedule({ name: 'nightly', pipelineID: 'ppl-000003', pipelineVersionID: '1', crontab: '@hourly' }),
    client.stopSchedule(id),
    client.deleteSchedule(id),
    client.createFileSystem({ name: 'data', url: 'local://a' }),
    client.deleteFileSystem('data'),
    client.createLink({ fsName: 'data', fsPath: '/ext', url: 'local://a' }),
  ].map((work) => errorOf(work));
  await bench.server.arrived(1 + slow.length);
  expect(await errorOf(client.deleteQueue('train'))).toMatchObject({ fault: 'timeout', outcomeUnknown: true });
  let ended = 0;
  for (const work of slow) void work.then(() => (ended += 1));
  await errorOf(client.deleteQueue('train'));
  expect(ended).toBe(0);
  await bench.server[Symbol.asyncDispose]();
  for (const error of await Promise.all(slow)) expect(error).toMatchObject(lost);
});
