import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startBench } from './bench.ts';

const step = { command: 'echo yes', dockerEnv: 'busybox:1.36' };
const workflow = { name: 'flow', entryPoints: { main: step } };

describe('POST /runjson is refused', () => {
  test.each([
    ['', 400, 'MalformedJSON', 'request body json format invalid'],
    ['{', 400, 'MalformedJSON', expect.any(String)],
    [{ name: 'flow' }, 400, 'InvalidPipeline', expect.any(String)],
    [{ ...workflow, entry_points: {} }, 400, 'InvalidPipeline', '[workflow] has no attribute [entry_points]'],
    [{ ...workflow, entryPoints: { main: { ...step, docker_env: 'x' } } }, 400, 'InvalidPipeline', '[main] has no attribute [docker_env]'],
    [{ ...workflow, entryPoints: { main: { ...step, deps: 'none' } } }, 400, 'InvalidPipeline', expect.any(String)],
    [{ ...workflow, queue: 7 }, 400, 'InvalidPipeline', expect.any(String)],
    [{ ...workflow, env: 'x' }, 400, 'InvalidPipeline', expect.any(String)],
    [{ ...workflow, fsOptions: { mainFS: { name: 'none' } } }, 400, 'InvalidArguments', expect.any(String)],
  ])('%j by %d %s', async (body, status, code, message) => {
    await using bench = await startBench();
    const answer = await bench.root.post('/runjson', body);
    expect([answer.status, answer.body.code, answer.body.message]).toEqual([status, code, message]);
  });
});

describe('POST /runjson', () => {
  test('runs the workflow that the same YAML would have described', async () => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    const made = await bench.root.post('/runjson', {
      name: 'flow',
      description: 'by hand',
      dockerEnv: 'busybox:1.36',
      parallelism: 2,
      disabled: 'off',
      failureOptions: { strategy: 'continue' },
      cache: { enable: false, maxExpiredTime: '600', fsScope: [{ name: 'data', path: '/a' }] },
      fsOptions: {
        mainFS: { name: 'data', mountPath: '/mnt', subPath: 'sub', readOnly: false },
        extraFS: [{ name: 'data', readOnly: true }],
      },
      components: { part: { command: 'echo {{PF_LOOP_ARGUMENT}}', loopArgument: [1, 2] } },
      entryPoints: {
        off: { command: 'echo off' },
        group: { entryPoints: { inner: { ...step, extraFS: [{ name: 'data', subPath: 'x' }], cache: { enable: true } } } },
        loop: { deps: 'group', reference: { component: 'part' } },
      },
      postProcess: { last: { command: 'echo last' } },
    });
    expect([made.status, made.body]).toEqual([201, { runID: 'run-000001' }]);
    bench.control.advance(60_000);
    const { body } = await bench.root.get('/run/run-000001');
    expect(body).toMatchObject({
      name: 'flow',
      description: 'by hand',
      status: 'succeeded',
      disabled: 'off',
      failureOptions: { strategy: 'continue' },
      source: expect.stringMatching(/^[0-9a-f]{32}$/),
      fsName: 'data',
      fsOptions: { mainFS: { id: '', name: 'data', mountPath: '/mnt', subPath: 'sub', readOnly: false } },
      runtime: { off: [{ status: 'skipped' }], group: [{ type: 'dag' }], loop: [{ status: 'succeeded' }, { status: 'succeeded' }] },
      postProcess: { last: { status: 'succeeded' } },
    });
    expect(Object.keys(parse(String(body['runYaml'])) as object)).toContain('entry_points');
  });

  test('turns flavour, queue and type into variables, the nearest word first', async () => {
    await using bench = await startBench();
    await bench.root.post('/runjson', {
      name: 'flow',
      flavour: 'flavour1',
      queue: 'default-queue',
      jobType: 'single',
      env: { FROM: 'all', MODE: 'y' },
      entryPoints: { near: { ...step, flavour: 'flavour2', env: { FROM: 'step' } }, far: step },
    });
    bench.control.advance(60_000);
    const { runtime } = (await bench.root.get('/run/run-000001')).body;
    expect(runtime['near']?.[0]?.['env']).toMatchObject({ FROM: 'step', PF_JOB_FLAVOUR: 'flavour2', PF_JOB_QUEUE_NAME: 'default-queue' });
    expect(runtime['far']?.[0]?.['env']).toMatchObject({ FROM: 'all', MODE: 'y', PF_JOB_FLAVOUR: 'flavour1', PF_JOB_TYPE: 'single' });
  });

  test('lets root name the owner of the file systems, and nobody else', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await alice.post('/fs', { name: 'data', url: 'local://mnt/data' });
    const body = { ...workflow, fsOptions: { mainFS: { name: 'data' } } };
    expect((await bench.root.post('/runjson', body)).body.code).toBe('InvalidArguments');
    expect((await bench.root.post('/runjson', { ...body, username: 'alice' })).status).toBe(201);
    expect((await alice.post('/runjson', { ...body, username: 'root' })).body.code).toBe('AuthIllegalUser');
  });
});
