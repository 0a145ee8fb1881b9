import { describe, expect, test } from 'vitest';
import type { Bench, Caller } from './bench.ts';
import { base64, startBench, stepYaml } from './bench.ts';

const minute = 60_000;

async function pipeline(bench: Bench, yaml = stepYaml(5), caller = bench.root): Promise<{ pipelineID: string; pipelineVersionID: string }> {
  const { body } = await caller.post('/pipeline', { yamlRaw: base64(yaml) });
  return { pipelineID: String(body['pipelineID']), pipelineVersionID: String(body['pipelineVersionID']) };
}

/** Every ten minutes unless told otherwise; returns the id. */
async function schedule(bench: Bench, more: object = {}, caller = bench.root): Promise<string> {
  const made = await caller.post('/schedule', {
    name: 'nightly',
    crontab: '*/10 * * * *',
    ...(await pipeline(bench, stepYaml(5), caller)),
    ...more,
  });
  expect([made.status, made.text]).toEqual([201, expect.stringContaining('scheduleID')]);
  return String(made.body['scheduleID']);
}

interface Shown {
  readonly status: string;
  readonly nextRunTime: string;
  readonly runs: { readonly runList: readonly { readonly runID: string; readonly status: string; readonly scheduledTime: string }[] };
}
const show = async (caller: Caller, id: string) => (await caller.get(`/schedule/${id}`)).body as unknown as Shown;
const runsOf = async (caller: Caller, id: string) =>
  (await show(caller, id)).runs.runList.map(({ scheduledTime, status }) => [scheduledTime.slice(11), status]);

describe('a schedule is refused', () => {
  test.each([
    ['{', 'InvalidHTTPRequest'],
    [{ concurrency: 'many' }, 'InvalidHTTPRequest'],
    [{ name: 'x' }, 'InvalidNamePattern'],
    [{ name: 'with-dash' }, 'InvalidNamePattern'],
    [{ desc: 'x'.repeat(257), pipelineID: 'ppl-000009' }, 'InvalidArguments'],
    [{ concurrency: -1, pipelineID: 'ppl-000009' }, 'InvalidArguments'],
    [{ concurrencyPolicy: 'queue' }, 'InvalidArguments'],
    [{ expireInterval: -1 }, 'InvalidArguments'],
    [{ pipelineID: 'ppl-000009', crontab: 'never' }, 'PipelineNotFound'],
    [{ pipelineVersionID: '7' }, 'PipelineNotFound'],
    [{ pipelineVersionID: undefined }, 'PipelineNotFound'],
    [{ crontab: 'never' }, 'InvalidArguments'],
    [{ startTime: '2024-03-05 10:00:00' }, 'InvalidArguments'], // now
    [{ startTime: '2024-03-06 10-00-00' }, 'InvalidArguments'],
    [{ startTime: '2024-03-07 10:00:00', endTime: '2024-03-06 10:00:00' }, 'InvalidArguments'],
    [{ endTime: '2024-03-04 10:00:00' }, 'InvalidArguments'],
    [{ name: 'taken' }, 'DuplicatedName'],
  ])('%j by %s', async (more, code) => {
    await using bench = await startBench();
    const id = await pipeline(bench);
    const fine = { name: 'nightly', crontab: '@daily', ...id };
    await bench.root.post('/schedule', { ...fine, name: 'taken' });
    const answer = await bench.root.post('/schedule', typeof more === 'string' ? more : { ...fine, ...more });
    expect([answer.status, answer.body.code]).toEqual([code === 'PipelineNotFound' ? 404 : 400, code]);
  });

  test("when the pipeline is another user's, but only after its times", async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    const body = { name: 'nightly', crontab: 'never', ...(await pipeline(bench)) };
    expect((await alice.post('/schedule', body)).body.code).toBe('InvalidArguments');
    const answer = await alice.post('/schedule', { ...body, crontab: '@daily' });
    expect([answer.status, answer.body.code]).toEqual([403, 'AccessDenied']);
  });
});

/** All that is left of ten minutes that went by in so many steps. */
const picture = async (steps: number) => {
  await using bench = await startBench();
  const id = await schedule(bench, { crontab: '@every 7s', concurrency: 1 });
  for (let index = 0; index < steps; index += 1) bench.control.advance((10 * minute) / steps);
  return (await bench.root.get(`/schedule/${id}?maxKeys=1000`)).text;
};

describe('a schedule', () => {
  test('is shown with all that was said, and its runs as in the list of runs', async () => {
    await using bench = await startBench();
    const id = await schedule(bench, { desc: 'tidy', concurrency: 2, expireInterval: 60, endTime: '2024-03-06 00:00:00' });
    const shown = {
      scheduleID: 'schedule-000001',
      name: 'nightly',
      desc: 'tidy',
      pipelineID: 'ppl-000001',
      pipelineVersionID: '1',
      username: 'root',
      fsConfig: { username: '' },
      crontab: '*/10 * * * *',
      options: { catchup: true, expireInterval: 60, concurrency: 2, concurrencyPolicy: 'suspend' },
      startTime: '',
      endTime: '2024-03-06 00:00:00',
      createTime: '2024-03-05 10:00:00',
      updateTime: '2024-03-05 10:00:00',
      nextRunTime: '2024-03-05 10:10:00',
      scheduleMsg: '',
      status: 'running',
    };
    const envelope = { maxKeys: 50, isTruncated: false };
    expect((await bench.root.get('/schedule')).body).toEqual({ ...envelope, scheduleList: [shown] });
    expect((await bench.root.get(`/schedule/${id}`)).body).toEqual({ ...shown, runs: { ...envelope, runList: [] } });
    bench.control.advance(10 * minute);
    const { body } = await bench.root.get(`/schedule/${id}`);
    expect(body).toMatchObject({ nextRunTime: '2024-03-05 10:20:00', updateTime: '2024-03-05 10:10:00' });
    expect((body['runs'] as { runList: unknown[] }).runList).toEqual((await bench.root.get('/run')).body.runList);
  });

  test('makes a run at each due time, named like itself', async () => {
    await using bench = await startBench();
    const id = await schedule(bench, { desc: 'tidy' });
    bench.control.advance(20 * minute);
    const { runList } = (await bench.root.get('/run')).body;
    expect(runList).toMatchObject([
      {
        runID: 'run-000001',
        name: 'nightly',
        description: 'tidy',
        source: 'ppl-000001-1',
        scheduleID: id,
        scheduledTime: '2024-03-05 10:10:00',
        createTime: '2024-03-05 10:10:00',
        status: 'succeeded',
      },
      { runID: 'run-000002', scheduledTime: '2024-03-05 10:20:00', status: 'initiating' },
    ]);
  });

  test('begins with its start, which may be due itself, and ends as success', async () => {
    await using bench = await startBench();
    const id = await schedule(bench, { startTime: '2024-03-05 11:00:00', endTime: '2024-03-05 11:15:00' });
    expect((await show(bench.root, id)).nextRunTime).toBe('2024-03-05 11:00:00');
    bench.control.advance(74 * minute);
    expect((await show(bench.root, id)).status).toBe('running');
    bench.control.advance(minute);
    expect((await show(bench.root, id)).status).toBe('success');
    bench.control.advance(60 * minute);
    expect(await runsOf(bench.root, id)).toEqual([
      ['11:00:00', 'succeeded'],
      ['11:10:00', 'succeeded'],
    ]);
  });

  test('does not care in how many steps time goes on', async () => {
    expect(await picture(1)).toBe(await picture(60));
  });

  test('leaves no trace of a due time whose file system has gone', async () => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    const yaml = `${stepYaml(1)}fs_options: {main_fs: {name: data}}\n`;
    const id = await schedule(bench, { ...(await pipeline(bench, yaml.replace('name: work', 'name: other'))) });
    const refused = await bench.root.call('DELETE', '/fs/data');
    expect([refused.status, refused.body.code]).toEqual([403, 'ActionNotAllowed']);
    bench.control.advance(10 * minute);
    expect(await runsOf(bench.root, id)).toEqual([['10:10:00', 'initiating']]);
    await bench.root.call('PUT', `/schedule/${id}`);
    bench.control.advance(minute);
    expect((await bench.root.call('DELETE', '/fs/data')).text).toBe('');
  });

  test('takes the file systems of the user whom root names', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await alice.post('/fs', { name: 'data', url: 'local://mnt/data' });
    const yaml = stepYaml(1, 'hers').replace('docker_env', 'fs_options: {main_fs: {name: data}}\ndocker_env');
    const { body } = await bench.root.post('/pipeline', { yamlRaw: base64(yaml), username: 'alice' });
    const ids = { pipelineID: body['pipelineID'], pipelineVersionID: body['pipelineVersionID'] };
    expect((await bench.root.post('/schedule', { name: 'mine', crontab: '@daily', ...ids })).body.code).toBe('InvalidArguments');
    const id = await schedule(bench, { ...ids, username: 'alice' });
    expect((await bench.root.get(`/schedule/${id}`)).body['fsConfig']).toEqual({ username: 'alice' });
    bench.control.advance(11 * minute);
    expect(await runsOf(bench.root, id)).toEqual([['10:10:00', 'succeeded']]);
    expect((await alice.get('/job')).body['jobList']).toHaveLength(1); // jobs belong to the owner of the file systems
  });
});

/** Runs of five minutes, due each second minute. */
const slow = async (bench: Bench, options: object): Promise<string> => {
  const ids = await pipeline(bench, stepYaml(300, 'slow'));
  return schedule(bench, { crontab: '*/2 * * * *', concurrency: 1, ...ids, ...options });
};

describe('at the limit of concurrency', () => {
  test('suspend holds due times back and runs them later', async () => {
    await using bench = await startBench();
    const id = await slow(bench, { concurrencyPolicy: 'suspend' });
    bench.control.advance(8 * minute);
    expect(await runsOf(bench.root, id)).toEqual([
      ['10:02:00', 'succeeded'],
      ['10:04:00', 'running'],
    ]);
    expect((await show(bench.root, id)).nextRunTime).toBe('2024-03-05 10:06:00'); // held back
  });

  test('suspend skips what was held back for too long', async () => {
    await using bench = await startBench();
    const id = await slow(bench, { expireInterval: 90 });
    bench.control.advance(8 * minute);
    expect(await runsOf(bench.root, id)).toEqual([
      ['10:02:00', 'succeeded'],
      ['10:04:00', 'skipped'],
      ['10:06:00', 'running'],
    ]);
  });

  test('skip records a run that was never executed', async () => {
    await using bench = await startBench();
    const id = await slow(bench, { concurrencyPolicy: 'skip' });
    bench.control.advance(8 * minute);
    expect(await runsOf(bench.root, id)).toEqual([
      ['10:02:00', 'succeeded'],
      ['10:04:00', 'skipped'],
      ['10:06:00', 'skipped'],
      ['10:08:00', 'initiating'],
    ]);
    const { body } = await bench.root.get('/run/run-000002');
    expect(body).toMatchObject({ status: 'skipped', runtime: {}, postProcess: {}, activateTime: '', scheduleID: id });
  });

  test('replace stops the oldest and starts the new one', async () => {
    await using bench = await startBench();
    const id = await slow(bench, { concurrencyPolicy: 'replace' });
    bench.control.advance(5 * minute);
    expect(await runsOf(bench.root, id)).toEqual([
      ['10:02:00', 'terminated'],
      ['10:04:00', 'running'],
    ]);
  });

  test('a limit of two lets two run', async () => {
    await using bench = await startBench();
    const id = await slow(bench, { concurrency: 2, concurrencyPolicy: 'skip' });
    bench.control.advance(6 * minute);
    expect((await runsOf(bench.root, id)).map(([, status]) => status)).toEqual(['running', 'running', 'skipped']);
  });
});

describe('the end of a schedule', () => {
  test('a stop ends the firing, not the runs; then it may be deleted, and its runs stay', async () => {
    await using bench = await startBench();
    const id = await slow(bench, {});
    bench.control.advance(3 * minute);
    const early = await bench.root.call('DELETE', `/schedule/${id}`);
    expect([early.status, early.body.code]).toEqual([403, 'ActionNotAllowed']);
    expect((await bench.root.call('PUT', `/schedule/${id}?action=whatever`, 'no JSON')).text).toBe('');
    const again = await bench.root.call('PUT', `/schedule/${id}`);
    expect([again.status, again.body.code]).toEqual([403, 'ActionNotAllowed']);
    expect((await show(bench.root, id)).status).toBe('terminated');
    bench.control.advance(30 * minute);
    expect(await runsOf(bench.root, id)).toEqual([['10:02:00', 'succeeded']]);
    expect((await bench.root.call('DELETE', `/schedule/${id}`)).text).toBe('');
    const gone = await bench.root.get(`/schedule/${id}`);
    expect([gone.status, gone.body.code]).toEqual([404, 'ScheduleNotFound']);
    expect((await bench.root.get('/run')).body.runList).toHaveLength(1);
  });

  test('strangers are denied, but for a delete it is not there', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    const id = await schedule(bench);
    const codes = await Promise.all(
      ['GET', 'PUT', 'DELETE'].map(async (method) => (await alice.call(method, `/schedule/${id}`)).body.code),
    );
    expect(codes).toEqual(['AccessDenied', 'AccessDenied', 'ScheduleNotFound']);
    expect((await alice.get('/schedule')).body['scheduleList']).toEqual([]);
    expect((await alice.get('/schedule?userFilter=alice')).body.code).toBe('AccessDenied');
  });

  test('its pipeline cannot be deleted while it runs', async () => {
    await using bench = await startBench();
    const id = await schedule(bench);
    await bench.root.post('/pipeline/ppl-000001', { yamlRaw: base64(stepYaml(5)) });
    const refused = await Promise.all(
      ['/pipeline/ppl-000001', '/pipeline/ppl-000001/1'].map(async (path) => (await bench.root.call('DELETE', path)).body.code),
    );
    expect(refused).toEqual(['ActionNotAllowed', 'ActionNotAllowed']);
    expect((await bench.root.call('DELETE', '/pipeline/ppl-000001/2')).text).toBe('');
    await bench.root.call('PUT', `/schedule/${id}`);
    expect((await bench.root.call('DELETE', '/pipeline/ppl-000001')).text).toBe('');
  });
});

describe('lists of schedules', () => {
  test.each([
    ['', ['one', 'two', 'three']],
    ['nameFilter=one, three', ['one', 'three']],
    ['scheduleFilter=schedule-000002,,', ['two']],
    ['pplFilter=ppl-000002', ['two']],
    ['pplVersionFilter=1&statusFilter=terminated', ['three']],
    ['userFilter=nobody', []],
  ])('GET /schedule?%s gives %j, with an exact flag', async (query, names) => {
    await using bench = await startBench();
    for (const name of ['one', 'two', 'three']) {
      const ids = await pipeline(bench, stepYaml(1, name));
      await bench.root.post('/schedule', { name, crontab: '@daily', ...ids });
    }
    await bench.root.call('PUT', '/schedule/schedule-000003');
    const { body } = await bench.root.get(`/schedule?${query}`);
    expect([(body['scheduleList'] as { name: string }[]).map(({ name }) => name), body.isTruncated]).toEqual([names, false]);
    const first = (await bench.root.get(`/schedule?maxKeys=1&${query}`)).body;
    expect(first.isTruncated).toBe(names.length > 1);
  });

  test('the runs of one are filtered and paged by themselves, with a flag that looks at all runs', async () => {
    await using bench = await startBench();
    const id = await schedule(bench);
    bench.control.advance(30 * minute);
    await bench.run(stepYaml(1));
    const page = (await bench.root.get(`/schedule/${id}?statusFilter=succeeded, failed&maxKeys=2`)).body['runs'] as Record<string, unknown>;
    expect(page).toMatchObject({ maxKeys: 2, isTruncated: true, runList: [{ runID: 'run-000001' }, { runID: 'run-000002' }] });
    const rest = (await bench.root.get(`/schedule/${id}?runFilter=run-000003&marker=${String(page['nextMarker'])}`)).body['runs'];
    expect(rest).toMatchObject({ isTruncated: true, runList: [{ runID: 'run-000003' }] }); // a run that is not of the schedule follows
  });
});
