import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually, startBench, toGlobalId, type Bench } from '../../support/bench.ts';
import { base64, startUpstream, upstreamUser, type Caller } from './upstream.ts';

/** What the backend takes and never comes to an end with is sent by no way (contract 1.9, 7.14). */
const good = 'name: good\ndocker_env: busybox\nentry_points:\n  a: {command: echo}\n';
const hollow = 'name: hollow\ndocker_env: busybox\nentry_points:\n  a:\n    entry_points: {}\n';
const place = { line: 5, column: 5, path: ['entry_points', 'a', 'entry_points'] };
/** It fails before it comes to what never ends. */
const late = `name: late\ndocker_env: busybox\nentry_points:\n  bad: {command: exit 1}\n  d: {deps: bad, entry_points: {}}\n`;

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startBench();
  root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/pipeline', { yamlRaw: base64(good) });
  await root.post('/pipeline/ppl-000001', { yamlRaw: base64(hollow.replace('hollow', 'good')) }); // past the gateway
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const told = '__typename ... on InvalidInputProblem { field message issues { severity line column path } }';
const refused = (field: string, message: RegExp, issue: object = place) => ({
  __typename: 'InvalidInputProblem',
  field,
  message: expect.stringMatching(message),
  issues: [{ severity: 'ERROR', ...issue }],
});
const writes = () => bench.calls().filter((call) => !call.startsWith('GET'));
const pipeline = { id: toGlobalId('Pipeline', 'prod', 'ppl-000001') };

test.each([
  ['createRun', { source: 'prod', from: { yaml: hollow } }],
  ['createRun', { source: 'prod', from: { yaml: hollow }, idempotencyKey: 'again' }],
  ['createPipeline', { source: 'prod', from: { yaml: hollow } }],
  ['createPipelineVersion', { pipelineId: pipeline.id, from: { yaml: hollow } }],
])('a text that would never end is refused by %s with its place, without any call', async (name, input) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  const { data, errors } = await bench.query(`mutation ($input: ${type}) { ${name}(input: $input) { ${told} } }`, { input });
  expect(errors).toBeUndefined();
  expect(data?.[name]).toEqual(refused('from.yaml', /^line 5, column 5: .*never ends/));
  expect(bench.calls()).toEqual([]);
});

test('a stored version that would never end is not started, be it named or the latest, and is read once', async () => {
  const create = (from: object, more: object = {}) =>
    bench.query(`mutation ($input: CreateRunInput!) { createRun(input: $input) { ${told} } }`, {
      input: { source: 'prod', from: { pipeline: { ...pipeline, ...from } }, ...more },
    });
  const answer = refused('from.pipeline', /^version 2 of ppl-000001, line 5, column 5: /);
  expect((await create({ version: '2' })).data?.createRun).toEqual(answer);
  expect(bench.calls()).toHaveLength(1);
  bench.forgetCalls();
  expect((await create({ version: '2' }, { idempotencyKey: 'stored' })).data?.createRun).toEqual(answer);
  expect(bench.calls()).toEqual([]);
  expect((await create({})).data?.createRun).toEqual(answer);
  expect(writes()).toEqual([]);
  expect((await create({ version: '1' })).data?.createRun).toEqual({ __typename: 'CreateRunPayload' });
});

test('nothing is started while it cannot be seen what it is', async () => {
  bench.control.orderFault({ kind: 'status', status: 500, code: 'InternalError', method: 'GET', path: '/pipeline/ppl-000001' });
  const { data, errors } = await bench.query(`mutation ($input: CreateRunInput!) { createRun(input: $input) { ${told} } }`, {
    input: { source: 'prod', from: { pipeline } },
  });
  expect(data?.createRun ?? null).toBeNull();
  expect(errors?.[0]?.extensions?.['code']).toBe('UPSTREAM_UNAVAILABLE');
  expect(writes()).toEqual([]);
  bench.control.clearFaults();
});

const schedule = async (input: object) =>
  (
    await bench.query(`mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { ${told} } }`, {
      input: { name: 'nightly', pipelineVersionId: toGlobalId('PipelineVersion', 'prod', 'ppl-000001/1'), ...input },
    })
  ).data?.createSchedule;

test('a schedule for what would never end is not made', async () => {
  const pipelineVersionId = toGlobalId('PipelineVersion', 'prod', 'ppl-000001/2');
  expect(await schedule({ pipelineVersionId, crontab: '@daily' })).toEqual(
    refused('pipelineVersionId', /^version 2 of ppl-000001, line 5/),
  );
  expect(writes()).toEqual([]);
});

test.each(['0 0 31 2 *', '0 0 30 2 *', '0 0 31 4,6,9,11 *', 'CRON_TZ=UTC 0 0 30 FEB ?', ', * * * *', 'TZ=UTC'])(
  'a schedule for %j, which never fires, is refused without any call',
  async (crontab) => {
    expect(await schedule({ crontab })).toMatchObject({ __typename: 'InvalidInputProblem', field: 'crontab', issues: [] });
    expect(bench.calls()).toEqual([]);
    const { data } = await bench.query('query ($crontab: String!) { nextFireTimes(source: "prod", crontab: $crontab) { times problem } }', {
      crontab,
    });
    expect(data?.nextFireTimes).toEqual({ times: [], problem: expect.stringMatching(crontab === 'TZ=UTC' ? /zone/ : /never fires/) });
  },
);

test('the schedule that was seen to stop a scheduler is refused', async () => {
  const document = await readFile(new URL('../../cases/queries/never-firing-schedule.graphql', import.meta.url), 'utf8');
  const input = { name: 'never', pipelineVersionId: toGlobalId('PipelineVersion', 'prod', 'ppl-000001/1'), crontab: '0 0 31 2 *' };
  const { data } = await bench.query(document, { input });
  expect(data?.createSchedule).toEqual({
    __typename: 'InvalidInputProblem',
    field: 'crontab',
    message: expect.stringMatching(/never fires/),
  });
  expect(bench.calls()).toEqual([]);
});

test('a run that failed before it came to what never ends is not tried again', async () => {
  const runId = await startUpstream(bench, late);
  const id = toGlobalId('Run', 'prod', runId);
  await eventually(async () => {
    bench.control.advance(10_000);
    const { data } = await bench.query('query ($id: ID!) { run(id: $id) { state } }', { id });
    return String(data?.run?.state) === 'FAILED';
  });
  bench.forgetCalls();
  const { data } = await bench.query(`mutation ($input: RetryRunInput!) { retryRun(input: $input) { ${told} } }`, { input: { id } });
  expect(data?.retryRun).toEqual(
    refused('id', new RegExp(`^the workflow of ${runId}, line 5, column 18`), {
      line: 5,
      column: 18,
      path: ['entry_points', 'd', 'entry_points'],
    }),
  );
  expect(writes()).toEqual([]);
});

test('a parameter that is given for all and for one of them in two ways is refused: the backend would take either', async () => {
  const yaml = 'name: p\ndocker_env: b\nentry_points:\n  a: {command: "echo {{x}}", parameters: {x: 1}}\n';
  const create = async (parameters: object) =>
    (
      await bench.query(`mutation ($input: CreateRunInput!) { createRun(input: $input) { ${told} } }`, {
        input: { source: 'prod', from: { yaml }, parameters },
      })
    ).data?.createRun;
  expect(await create({ x: 1, 'a.x': 2 })).toMatchObject({ field: 'parameters', message: expect.stringMatching(/chance/) });
  expect(bench.calls()).toEqual([]);
  expect(await create({ x: 2, 'a.x': 2 })).toEqual({ __typename: 'CreateRunPayload' });
});
