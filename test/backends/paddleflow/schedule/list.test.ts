import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { as, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { base64, upstreamUser } from '../upstream.ts';

let bench: Bench;
const api = 'GET /api/paddleflow/v1';
const idOf = (scheduleId: string) => toGlobalId('Schedule', 'prod', scheduleId);

/** root's hourly and stopped ones, alice's hourly one; five hours have gone by, so each has run five times or never. */
beforeAll(async () => {
  bench = await startBench({ tokens: { chief: { role: 'operator' }, alice: { role: 'viewer' } } });
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/user', { username: 'alice', password: 'secret1' });
  const alice = await upstreamUser(bench.sandbox('prod').url, 'alice', 'secret1');
  for (const [caller, name] of [
    [root, 'one'],
    [alice, 'two'],
  ] as const) {
    const yamlRaw = base64(`name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: sleep 1}\n`);
    const { body } = await caller.post('/pipeline', { yamlRaw });
    const schedule = { pipelineID: body['pipelineID'], pipelineVersionID: '1', crontab: '@hourly' };
    await caller.post('/schedule', { ...schedule, name: `hourly_${name}`, concurrency: 1, concurrencyPolicy: 'skip' });
    if (caller === root) {
      const stopped = await root.post('/schedule', { ...schedule, name: 'stopped' });
      await root.call('PUT', `/schedule/${String(stopped.body['scheduleID'])}`);
    }
  }
  for (let hour = 0; hour < 5; hour += 1) bench.control.advance(3_600_000);
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

test('a list with pipelines, versions and runs costs one call per concept; runs have totals and go both ways', async () => {
  const { data, errors } = await bench.run('Schedules', { source: 'prod', filter: { statuses: ['RUNNING'] } }, as('chief'));
  expect(errors).toBeUndefined();
  const [first, second, ...others] = (data?.schedules?.nodes ?? []) as unknown as Record<string, unknown>[];
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    name: 'hourly_one',
    status: 'RUNNING',
    pipeline: { name: 'one' },
    pipelineVersion: { version: '1' },
    runs: { totalCount: 5 },
  });
  expect(second).toMatchObject({ name: 'hourly_two', pipeline: { name: 'two' }, runs: { totalCount: 5 } });
  const calls = bench.calls().map((call) => call.replace(/\?.*/, ''));
  expect(calls.toSorted()).toEqual([`${api}/pipeline`, `${api}/pipeline/ppl-000001`, `${api}/pipeline/ppl-000002`, `${api}/schedule`]); // versions not met before: one per pipeline
  bench.forgetCalls();
  await bench.run('Schedules', { source: 'prod' }, as('chief'));
  expect(
    bench
      .calls()
      .map((call) => call.replace(/\?.*/, ''))
      .toSorted(),
  ).toEqual([`${api}/pipeline`, `${api}/schedule`]);
  bench.forgetCalls();
  const runs = await bench.query(
    `query ($id: ID!) { schedule(id: $id) { newest: runs(first: 2) { nodes { scheduledAt } pageInfo { hasNextPage } } oldest: runs(last: 2) { nodes { scheduledAt } pageInfo { hasPreviousPage } } } }`,
    { id: idOf('schedule-000001') },
    as('chief'),
  );
  expect(runs.data?.schedule).toEqual({
    newest: {
      nodes: [{ scheduledAt: '2024-03-05T07:00:00.000Z' }, { scheduledAt: '2024-03-05T06:00:00.000Z' }],
      pageInfo: { hasNextPage: true },
    },
    oldest: {
      nodes: [{ scheduledAt: '2024-03-05T04:00:00.000Z' }, { scheduledAt: '2024-03-05T03:00:00.000Z' }],
      pageInfo: { hasPreviousPage: true },
    },
  });
  expect(bench.calls()).toEqual([`${api}/schedule?scheduleFilter=schedule-000001&maxKeys=1000`]);
});

test('filters go to the backend, an empty one asks nobody, and pages follow one another', async () => {
  const names = async (filter: object, more: object = {}) => {
    const { data, errors } = await bench.run('Schedules', { source: 'prod', filter, ...more }, as('chief'));
    expect(errors).toBeUndefined();
    return {
      names: ((data?.schedules?.nodes ?? []) as unknown as { name: string }[]).map(({ name }) => name),
      page: data?.schedules?.pageInfo,
    };
  };
  expect((await names({ statuses: ['STOPPED'] })).names).toEqual(['stopped']);
  expect((await names({ ownerNames: ['alice'] })).names).toEqual(['hourly_two']);
  expect((await names({ names: ['stopped', 'hourly_two'] })).names).toEqual(['stopped', 'hourly_two']);
  expect((await names({ pipelineIds: [toGlobalId('Pipeline', 'prod', 'ppl-000001')], versions: ['1'] })).names).toEqual([
    'hourly_one',
    'stopped',
  ]);
  bench.forgetCalls();
  for (const empty of [{ names: [] }, { ownerNames: [] }, { statuses: ['UNKNOWN'] }, { pipelineIds: [] }])
    expect((await names(empty)).names).toEqual([]);
  expect(bench.calls()).toEqual([]);
  const first = await names({}, { first: 2 });
  expect(first).toMatchObject({ names: ['hourly_one', 'stopped'], page: { hasNextPage: true } });
  const second = await names({}, { first: 2, after: String(first.page?.endCursor) });
  expect(second).toMatchObject({ names: ['hourly_two'], page: { hasNextPage: false } });
  const { errors } = await bench.run(
    'Schedules',
    { source: 'prod', filter: { pipelineIds: [toGlobalId('Pipeline', 'lab', 'ppl-000001')] } },
    as('chief'),
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a viewer sees their own, by list, by id and by run', async () => {
  const { data } = await bench.run('Schedules', { source: 'prod' }, as('alice'));
  expect(data?.schedules?.nodes).toMatchObject([{ name: 'hourly_two', runs: { totalCount: 5 } }]);
  const hidden = await bench.query(
    'query ($id: ID!) { schedule(id: $id) { name } node(id: $id) { id } }',
    { id: idOf('schedule-000001') },
    as('alice'),
  );
  expect(hidden.data).toEqual({ schedule: null, node: null });
  expect((await bench.run('Schedules', { source: 'prod', filter: { ownerNames: ['root'] } }, as('alice'))).data?.schedules?.nodes).toEqual(
    [],
  );
});

test('runs know their schedule, with one call for a page of them, and are found by it', async () => {
  const query = `query ($filter: RunFilter) { runs(first: 20, filter: $filter) { totalCount nodes { scheduleGlobalId schedule { id name nextRunAt } } } }`;
  const { data, errors } = await bench.query(query, {}, as('chief'));
  expect(errors).toBeUndefined();
  expect(data?.runs?.nodes).toHaveLength(10);
  expect(new Set(((data?.runs?.nodes ?? []) as unknown as { schedule: { name: string } }[]).map(({ schedule }) => schedule.name))).toEqual(
    new Set(['hourly_one', 'hourly_two']),
  );
  expect(bench.calls()).toHaveLength(1);
  expect(bench.calls()[0]).toMatch(/\/schedule\?scheduleFilter=schedule-00000\d%2Cschedule-00000\d&maxKeys=1000$/);
  const only = await bench.query(query, { filter: { scheduleIds: [idOf('schedule-000003')] } }, as('chief'));
  expect(only.data?.runs?.totalCount).toBe(5);
  expect(((only.data?.runs?.nodes ?? []) as unknown as object[])[0]).toEqual({
    scheduleGlobalId: idOf('schedule-000003'),
    schedule: { id: idOf('schedule-000003'), name: 'hourly_two', nextRunAt: '2024-03-05T08:00:00.000Z' },
  });
});

test('a source that cannot be reached leaves the runs of its schedules where they are', async () => {
  bench.control.orderFault({ kind: 'status', method: 'GET', path: '/schedule', status: 400, code: 'InvalidURI' });
  const { data, errors } = await bench.query('{ runs(first: 1) { nodes { runId schedule { name } } } }', {}, as('chief'));
  expect(data?.runs?.nodes).toMatchObject([{ schedule: null }]);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', source: 'prod' });
  const list = await bench.run('Schedules', { source: 'prod' }, as('chief'));
  expect(list.data).toEqual({ schedules: null });
  bench.control.clearFaults();
});
