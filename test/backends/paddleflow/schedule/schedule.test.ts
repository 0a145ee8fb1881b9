import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import type { JsonView } from '../../../support/json.ts';
import { base64, upstreamUser } from '../upstream.ts';
import type { Caller } from '../../../sandbox/paddleflow/bench.ts';

let bench: Bench;
let root: Caller;
let alice: Caller;
const yaml = (name: string) => base64(`name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: sleep 1}\n`);
/** 10:00 in Shanghai. */
beforeAll(async () => {
  bench = await startBench({
    sandboxes: { prod: {}, lab: { zone: 'Europe/Berlin', startAt: Date.parse('2024-10-26T12:00:00Z') } },
    tokens: { chief: { role: 'operator' }, alice: { role: 'viewer' }, bobby: { role: 'viewer' } },
  });
  root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/user', { username: 'alice', password: 'secret1' });
  alice = await upstreamUser(bench.sandbox('prod').url, 'alice', 'secret1');
  await root.post('/pipeline', { yamlRaw: yaml('nightly') });
  await alice.post('/pipeline', { yamlRaw: yaml('hers') });
  await (await upstreamUser(bench.sandbox('lab').url)).post('/pipeline', { yamlRaw: yaml('nightly') });
  // What each write costs does not hang on what was met before: it is met here.
  const id = toGlobalId('Pipeline', 'prod', 'ppl-000001');
  await bench.query('query ($id: ID!) { pipeline(id: $id) { versions { nodes { version } } } }', { id }, as('chief'));
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const api = '/api/paddleflow/v1';
const pipelineVersionId = toGlobalId('PipelineVersion', 'prod', 'ppl-000001/1');
const look = (pipeline: string) => `GET ${api}/pipeline/${pipeline}?maxKeys=1000`;
const idOf = (scheduleId: unknown) => toGlobalId('Schedule', 'prod', String(scheduleId));
async function ask(name: string, input: object, who = 'chief'): Promise<JsonView | undefined> {
  const { data, errors } = await bench.run(name, { input }, as(who));
  expect(errors).toBeUndefined();
  return data?.[`${name[0]?.toLowerCase()}${name.slice(1)}`];
}
let made = 0;
async function scheduled(more: object = {}, caller = root): Promise<string> {
  made += 1;
  const body = {
    name: `made_${made}`,
    pipelineID: caller === root ? 'ppl-000001' : 'ppl-000002',
    pipelineVersionID: '1',
    crontab: '0 2 * * *',
    ...more,
  };
  const { text, status, body: answer } = await caller.post('/schedule', body);
  if (status !== 201) throw new Error(text);
  return String(answer['scheduleID']);
}

describe('createSchedule', () => {
  test('makes one with one write and one read, its times turned into those of the server', async () => {
    const answer = await ask('CreateSchedule', {
      pipelineVersionId,
      name: 'every_night',
      description: 'by night',
      crontab: '30 2 * * *',
      concurrency: 2,
      concurrencyPolicy: 'REPLACE',
      expireAfterSeconds: 60,
      catchUp: false,
      startAt: '2024-03-06T00:00:00+01:00',
      endAt: '2024-03-08T20:00:00Z',
    });
    expect(answer).toMatchObject({
      __typename: 'CreateSchedulePayload',
      schedule: { status: 'RUNNING', nextRunAt: '2024-03-06T18:30:00.000Z' },
    });
    expect(answer?.schedule?.nextRuns).toEqual(['2024-03-06T18:30:00.000Z', '2024-03-07T18:30:00.000Z', '2024-03-08T18:30:00.000Z']); // and then its end
    const id = String(answer?.schedule?.scheduleId);
    expect(bench.calls()).toEqual([`POST ${api}/schedule`, `GET ${api}/schedule/${id}?maxKeys=1`]);
    const { body } = await root.get(`/schedule/${id}`);
    expect(body).toMatchObject({
      startTime: '2024-03-06 07:00:00',
      endTime: '2024-03-09 04:00:00',
      crontab: '30 2 * * *',
      username: 'root',
      options: {
        catchup: false,
        expireInterval: 60,
        concurrency: 2,
        concurrencyPolicy: 'replace',
      },
    });
    const { data } = await bench.run('ScheduleDetail', { id: idOf(id) }, as('chief'));
    expect(data?.schedule).toMatchObject({
      name: 'every_night',
      description: 'by night',
      owner: { name: 'root' },
      crontab: '30 2 * * *',
      timeZone: 'Asia/Shanghai',
      rawState: 'running',
      concurrency: 2,
      concurrencyPolicy: 'REPLACE',
      expireAfterSeconds: 60,
      catchUp: false,
      startAt: '2024-03-05T23:00:00.000Z',
      endAt: '2024-03-08T20:00:00.000Z',
      runs: {
        totalCount: 0,
        nodes: [],
      },
    });
  });

  test('looks at a workflow that it has not met before, once: a schedule would start one that never ends again and again', async () => {
    await root.post('/pipeline', { yamlRaw: yaml('unmet') });
    const input = { pipelineVersionId: toGlobalId('PipelineVersion', 'prod', 'ppl-000003/1'), crontab: '@daily' };
    const calls = async (name: string) => {
      bench.forgetCalls();
      const answer = await ask('CreateSchedule', { ...input, name });
      return [bench.calls(), [`POST ${api}/schedule`, `GET ${api}/schedule/${String(answer?.schedule?.scheduleId)}?maxKeys=1`]];
    };
    const [first, written] = await calls('met');
    expect(first).toEqual([look('ppl-000003'), ...(written ?? [])]);
    const [again, writtenAgain] = await calls('met_again'); // a version never changes
    expect(again).toEqual(writtenAgain);
  });

  test.each<[why: string, input: object, field: string]>([
    ['a crontab of four fields', { crontab: '0 2 * *' }, 'crontab'],
    ['the seventh day of the week', { crontab: '0 2 * * 7' }, 'crontab'],
    ['an interval beyond all measure', { crontab: '@every 99999999999h' }, 'crontab'],
    ['an interval of a thousand years', { crontab: '@every 10000000h' }, 'crontab'],
    ['an offset instead of a zone', { crontab: 'CRON_TZ=+08:00 0 2 * * *' }, 'crontab'],
    ['a list of nothing', { crontab: ', * * * *' }, 'crontab'],
    ['a start that the server cannot write', { startAt: '9999-12-31T23:59:59Z' }, 'startAt'],
    ['an end that the server cannot write', { endAt: '9999-12-31T23:59:59Z' }, 'endAt'],
    ['an unknown zone', { crontab: 'CRON_TZ=Mars/Base 0 2 * * *' }, 'crontab'],
    ['a name with a hyphen', { name: 'a-b' }, 'name'],
    ['a name that ends in login', { name: 'my_Login' }, 'name'],
    ['an end before the start', { startAt: '2030-01-02T00:00:00Z', endAt: '2030-01-01T00:00:00Z' }, 'endAt'],
    ['a negative limit', { concurrency: -1 }, 'concurrency'],
    ['a negative time', { expireAfterSeconds: -1 }, 'expireAfterSeconds'],
    ['a long description', { description: 'ä'.repeat(129) }, 'description'],
  ])('refuses %s without a call', async (_why, input, field) => {
    const answer = await ask('CreateSchedule', { pipelineVersionId, name: 'never', crontab: '@daily', ...input });
    expect(answer).toMatchObject({ __typename: 'InvalidInputProblem', field });
    expect(bench.calls()).toEqual([]);
  });

  test('refuses a moment that the clock of the server shows twice', async () => {
    const input = { pipelineVersionId: toGlobalId('PipelineVersion', 'lab', 'ppl-000001/1'), name: 'twice', crontab: '@daily' };
    expect(await ask('CreateSchedule', { ...input, endAt: '2024-10-27T00:30:00Z' })).toMatchObject({
      __typename: 'InvalidInputProblem',
      field: 'endAt',
    });
    expect(bench.calls('lab')).toEqual([]);
    expect(await ask('CreateSchedule', { ...input, endAt: '2024-10-27T02:30:00Z' })).toMatchObject({ __typename: 'CreateSchedulePayload' });
  });

  test.each<[problem: string, input: object, looks: string[], field?: string]>([
    ['InvalidInputProblem', { startAt: '2020-01-01T00:00:00Z' }, [], 'startAt'], // past, by the clock of the server
    ['InvalidInputProblem', { endAt: '2020-01-01T00:00:00Z' }, [], 'endAt'],
    ['NotFoundProblem', { pipelineVersionId: toGlobalId('PipelineVersion', 'prod', 'ppl-000001/9') }, [look('ppl-000001')]],
    ['NotFoundProblem', { pipelineVersionId: toGlobalId('PipelineVersion', 'prod', 'ppl-000099/1') }, [look('ppl-000099')]],
  ])('hands on what the server says: %s', async (__typename, input, looks, field = undefined) => {
    const answer = await ask('CreateSchedule', { pipelineVersionId, name: 'refused', crontab: '@daily', ...input });
    expect(answer).toMatchObject({ __typename, ...(field && { field }) });
    expect(bench.calls()).toEqual([...looks, `POST ${api}/schedule`]);
  });

  test('tells a taken name, finds what was made when the answer is lost, and says so when nothing was', async () => {
    const input = { pipelineVersionId, name: 'lost', crontab: '@every 90m' };
    bench.control.orderFault({ kind: 'cut', method: 'POST', path: '/schedule$', times: 1, applied: true });
    expect(await ask('CreateSchedule', input)).toMatchObject({ __typename: 'CreateSchedulePayload', schedule: { status: 'RUNNING' } });
    expect(bench.calls()).toEqual([`POST ${api}/schedule`, `GET ${api}/schedule?nameFilter=lost&maxKeys=100`]);
    expect(await ask('CreateSchedule', input)).toMatchObject({ __typename: 'ConflictProblem' });
    bench.control.orderFault({ kind: 'cut', method: 'POST', path: '/schedule$', times: 1 });
    expect(await ask('CreateSchedule', { ...input, name: 'not_made' })).toMatchObject({ __typename: 'UnconfirmedProblem' });
    bench.control.orderFault({ kind: 'status', method: 'GET', path: '/schedule/', status: 500, code: 'InternalError' });
    expect(await ask('CreateSchedule', { ...input, name: 'not_read' })).toMatchObject({ __typename: 'UnconfirmedProblem' });
    bench.control.clearFaults();
  });
});

describe('stopSchedule and deleteSchedule', () => {
  test('stop for good; who comes second is told the same; then it may go', async () => {
    const scheduleId = await scheduled();
    const id = idOf(scheduleId);
    expect(await ask('DeleteSchedule', { id })).toMatchObject({ __typename: 'ConflictProblem' });
    expect(await ask('DeleteSchedule', { id, dryRun: true })).toMatchObject({ __typename: 'ConflictProblem' });
    bench.forgetCalls();
    expect(await ask('StopSchedule', { id })).toEqual({
      __typename: 'StopSchedulePayload',
      schedule: { id, status: 'STOPPED', nextRunAt: null },
    });
    expect(bench.calls()).toEqual([`PUT ${api}/schedule/${scheduleId}`, `GET ${api}/schedule/${scheduleId}?maxKeys=1`]);
    expect(await ask('StopSchedule', { id })).toMatchObject({ schedule: { status: 'STOPPED' } });
    expect(await ask('DeleteSchedule', { id, dryRun: true })).toMatchObject({
      deletedId: null,
      affected: { unfinishedRunIds: [] },
    });
    bench.forgetCalls();
    expect(await ask('DeleteSchedule', { id })).toEqual({
      __typename: 'DeleteSchedulePayload',
      deletedId: id,
      affected: null,
    });
    expect(bench.calls()).toEqual([`DELETE ${api}/schedule/${scheduleId}`]);
    expect(await ask('DeleteSchedule', { id })).toMatchObject({ __typename: 'NotFoundProblem' });
    expect(await ask('DeleteSchedule', { id, ignoreMissing: true })).toMatchObject({ deletedId: id });
    expect(await ask('StopSchedule', { id })).toMatchObject({ __typename: 'NotFoundProblem' });
  });

  test('one whose end has come is ended, and cannot be stopped', async () => {
    const id = idOf(await scheduled({ endTime: '2024-03-05 10:01:00' }));
    bench.control.advance(120_000);
    const { data } = await bench.run('ScheduleDetail', { id }, as('chief'));
    expect(data?.schedule).toMatchObject({ status: 'ENDED', rawState: 'success', nextRunAt: null, nextRuns: [] });
    expect(await ask('StopSchedule', { id })).toMatchObject({ __typename: 'ConflictProblem' });
  });

  const lost = [{ kind: 'cut' }, { kind: 'status', status: 500, code: '' }, { kind: 'status', status: 502, body: '<html>' }] as const;
  test.each(lost.flatMap((fault) => (['StopSchedule', 'DeleteSchedule'] as const).map((name) => [name, fault] as const)))(
    '%s asks once what became of it after %j',
    async (name, fault) => {
      const scheduleId = await scheduled();
      if (name === 'DeleteSchedule') await root.call('PUT', `/schedule/${scheduleId}`);
      const method = name === 'StopSchedule' ? 'PUT' : 'DELETE';
      const path = `${api}/schedule/${scheduleId}`;
      bench.forgetCalls();
      bench.control.orderFault({ ...fault, method, path: '/schedule/', times: 1 });
      expect(await ask(name, { id: idOf(scheduleId) })).toMatchObject({ __typename: 'UnconfirmedProblem' });
      expect(bench.calls()).toEqual([`${method} ${path}`, `GET ${path}?maxKeys=1`]);
      bench.forgetCalls();
      bench.control.orderFault({ ...fault, method, path: '/schedule/', times: 1, applied: true });
      expect(await ask(name, { id: idOf(scheduleId) })).toMatchObject({ __typename: `${name}Payload` });
      expect(bench.calls().slice(0, 2)).toEqual([`${method} ${path}`, `GET ${path}?maxKeys=1`]);
    },
  );
});

const times = async (source: string, crontab: string, after: string, first = 3) =>
  (
    await bench.query(
      'query ($s: String!, $c: String!, $a: DateTime, $n: Int!) { nextFireTimes(source: $s, crontab: $c, from: $a, count: $n) { problem timeZone times } }',
      { s: source, c: crontab, a: after, n: first },
      as('alice'),
    )
  ).data?.nextFireTimes;

describe('nextFireTimes', () => {
  test.each<[why: string, source: string, crontab: string, after: string, expected: string[]]>([
    [
      'by the clock of the source',
      'prod',
      '0 2 * * *',
      '2024-03-05T02:00:00Z',
      ['2024-03-05T18:00', '2024-03-06T18:00', '2024-03-07T18:00'],
    ],
    [
      'not in the hour that summer time skips',
      'lab',
      '30 2 * * *',
      '2024-03-30T00:00:00Z',
      ['2024-03-30T01:30', '2024-04-01T00:30', '2024-04-02T00:30'],
    ],
    [
      'twice in the hour that it repeats',
      'lab',
      '30 2 * * *',
      '2024-10-26T12:00:00Z',
      ['2024-10-27T00:30', '2024-10-27T01:30', '2024-10-28T01:30'],
    ],
    [
      'in order through that hour',
      'lab',
      '*/30 2 * * *',
      '2024-10-27T00:15:00Z',
      ['2024-10-27T00:30', '2024-10-27T01:00', '2024-10-27T01:30'],
    ],
    [
      'by the clock that it names',
      'prod',
      'CRON_TZ=America/New_York 0 9 * * MON-FRI',
      '2024-03-08T02:00:00Z',
      ['2024-03-08T14:00', '2024-03-11T13:00', '2024-03-12T13:00'],
    ],
    ['on either of two days', 'prod', '0 0 13 * fri', '2024-09-05T16:00:00Z', ['2024-09-12T16:00', '2024-09-19T16:00', '2024-09-26T16:00']],
    ['over years', 'prod', '0 0 29 feb *', '2024-03-05T02:00:00Z', ['2028-02-28T16:00', '2032-02-28T16:00', '2036-02-28T16:00']],
    ['every so often', 'prod', '@every 1h30m', '2024-03-05T02:00:00Z', ['2024-03-05T03:30', '2024-03-05T05:00', '2024-03-05T06:30']],
  ])('fires %s', async (_why, source, crontab, after, expected) => {
    expect(await times(source, crontab, after)).toMatchObject({ problem: null, times: expected.map((time) => `${time}:00.000Z`) });
    expect([...bench.calls('prod'), ...bench.calls('lab')]).toEqual([]);
  });

  test('says of a crontab that never fires that it never does', async () => {
    const problem = expect.stringMatching(/^It never fires/) as string;
    expect(await times('prod', '0 0 30 2 *', '2024-03-05T02:00:00Z')).toMatchObject({ problem, times: [] });
    expect(bench.calls('prod')).toEqual([]);
  });

  test.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '*/0 * * * *',
    '9-5 * * * *',
    '@never',
    '@every soon',
    'TZ=No/Where @daily',
    '* * * * MO',
  ])('says what is wrong with %j', async (crontab) => {
    const answer = await times('prod', crontab, '2024-03-05T02:00:00Z');
    expect(String(answer?.problem)).not.toBe('null');
    expect(answer).toMatchObject({ times: [], timeZone: 'Asia/Shanghai' });
    const body = { name: 'bad_crontab', pipelineID: 'ppl-000001', pipelineVersionID: '1', crontab };
    expect((await root.post('/schedule', body)).status).toBe(400);
  });

  test('ends with the year 9999, and takes no offset for a zone and no interval that Go cannot hold', async () => {
    const answer = await times('prod', '@every 2562047h', '9700-01-01T00:00:00Z');
    expect(answer).toMatchObject({ problem: null, times: ['9992-04-11T23:00:00.000Z'] });
    expect(await times('prod', '59 23 * * *', '9999-12-31T15:58:00Z')).toMatchObject({
      problem: null,
      times: ['9999-12-31T15:59:00.000Z'],
    });
    for (const crontab of ['CRON_TZ=+08:00 @daily', '@every 99999999999h', '@every 10000000h']) {
      const refused = await times('prod', crontab, '2024-03-05T02:00:00Z');
      expect(refused).toMatchObject({ problem: expect.stringMatching(/\+08:00|is longer than 2562047h/), times: [] });
    }
    expect(await times('prod', '0 0 1 1 *', '0001-01-01T00:00:00Z')).toMatchObject({ problem: null });
    expect(bench.calls()).toEqual([]);
  });

  test('a crontab that the server takes is not refused here, and both mean the same', async () => {
    for (const crontab of [
      '*/7 1-5,20 */3 * *',
      '? ? * jan-mar,12 Mon',
      '5/15 3 1,15 * sun-tue',
      '@weekly',
      'TZ=Asia/Tokyo 0 4 * * *',
      '0 0 31 * *',
    ]) {
      const id = await scheduled({ crontab });
      const now = new Date(bench.control.read().now).toISOString();
      const answer = await times('prod', crontab, now, 1);
      const { data } = await bench.run('ScheduleDetail', { id: idOf(id) }, as('chief'));
      expect([crontab, ...((answer?.times ?? []) as unknown as string[])]).toEqual([crontab, data?.schedule?.nextRunAt]);
    }
  });

  test('of no known source and beyond a hundred it is bad input', async () => {
    for (const variables of [
      { source: 'nowhere', count: 5 },
      { source: 'prod', count: 101 },
      { source: 'prod', count: -1 },
    ]) {
      const { errors } = await bench.run('NextFireTimes', { crontab: '@daily', ...variables }, as('alice'));
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
});
