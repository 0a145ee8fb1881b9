import { describe, expect, test } from 'vitest';
import { FakeServer, flow, plan } from './workflow-bench.ts';
import type { Run } from './workflow-bench.ts';

const cached = (text: string): string =>
  flow(`fs_options: {main_fs: {name: data}}
entry_points:
  a: {command: ${text}, cache: {enable: true}, artifacts: {output: [o]}}
  b: {deps: a, command: 'cat {{i}}', cache: {enable: true, max_expired_time: 60}, artifacts: {input: {i: "{{a.o}}"}}}
`);

describe('a retry', () => {
  const yaml = flow(`failure_options: {strategy: continue}
entry_points:
  good: {command: echo fine}
  loop: {command: 'echo {{PF_LOOP_ARGUMENT}}', loop_argument: [u, v], condition: "{{PF_LOOP_ARGUMENT}} != u"}
  dag:
    deps: good
    entry_points:
      done: {command: echo done}
      bad: {deps: done, command: 'sleep 30; echo tried'}
      later: {deps: bad, command: echo later}
  after: {deps: dag, command: echo after}
post_process: {bye: {command: echo bye}}
`);

  const failed = (server: FakeServer): Run => {
    const run = server.start(plan(yaml)).until(({ runtime }) => runtime['dag']?.[0]?.entryPoints['bad']?.[0]?.status === 'running');
    run.job('dag/bad').finish('failed', run.now);
    return run.end();
  };

  test('keeps what succeeded or was skipped with the old ids, and runs the rest again', () => {
    const server = new FakeServer();
    const old = failed(server);
    expect(old.statuses).toEqual({
      good: ['succeeded'],
      loop: ['skipped', 'succeeded'],
      dag: [['failed', { done: ['succeeded'], bad: ['failed'], later: ['cancelled'] }]],
      after: ['cancelled'],
    });
    const before = structuredClone(old.runtime);
    const run = server.retry(old);
    expect([run.status, run.execution.activatedAt()]).toEqual(['running', old.now]);
    expect(run.statuses).toEqual({
      good: ['succeeded'],
      loop: ['skipped', 'succeeded'],
      dag: [['running', { done: ['succeeded'], bad: ['init'] }]],
    });
    run.end();
    expect([run.status, old.status]).toEqual(['succeeded', 'failed']);
    expect(run.entry('good')).toEqual(old.entry('good'));
    expect(run.entry('dag').id).toBe(old.entry('dag').id);
    expect(run.entry('dag').entryPoints['done']).toEqual(old.entry('dag').entryPoints['done']);
    const bad = run.entry('dag').entryPoints['bad']?.[0];
    expect(bad).toMatchObject({
      status: 'succeeded',
      jobID: expect.stringMatching(/^job-run-000002-bad-/),
      parentDagID: old.entry('dag').id,
    });
    expect(run.entry('after')).toMatchObject({ status: 'succeeded', parentDagID: old.entry('after')['parentDagID'] });
    // Those of the old run do not count as its jobs (2.7).
    expect(run.execution.jobs().map(({ path }) => path)).toEqual(['dag/bad', 'dag/later', 'after', 'bye']);
    expect(old.runtime).toEqual(before);
  });

  test('runs only the missing iterations of a loop', () => {
    const server = new FakeServer();
    const old = server
      .start(
        plan(
          flow('failure_options: {strategy: continue}\nentry_points: {a: {command: "exit $PF_LOOP_ARGUMENT", loop_argument: [0, 1, 0]}}'),
        ),
      )
      .end();
    expect(old.statuses).toEqual({ a: ['succeeded', 'failed', 'succeeded'] });
    const run = server.retry(old).to(old.now);
    // In order of creation: those carried over were there first.
    expect(run.statuses).toEqual({ a: ['succeeded', 'succeeded', 'init'] });
    expect(run.entry('a', 2).name).toBe('run-000002-a-1');
    expect(run.end().statuses).toEqual({ a: ['succeeded', 'succeeded', 'failed'] });
  });

  test('of a stopped run begins where it was stopped, and may be retried again', () => {
    const server = new FakeServer();
    const first = server.start(
      plan(flow('entry_points: {a: {command: echo}, b: {deps: a, command: sleep 50}, c: {deps: b, command: echo}}')),
    );
    first
      .until(({ runtime }) => runtime['b'] !== undefined)
      .stop()
      .end();
    const second = server
      .retry(first)
      .to(first.now + 1000)
      .stop()
      .end();
    const third = server.retry(second).end();
    expect([first.status, second.status, third.status]).toEqual(['terminated', 'terminated', 'succeeded']);
    expect(third.entry('a').jobID).toBe(first.entry('a').jobID);
    expect(third.entry('c').jobID).toMatch(/^job-run-000003-/);
  });
});

describe('a cached step', () => {
  test('is skipped for the old job, and so is what only depends on its artifacts', () => {
    const server = new FakeServer();
    const first = server.start(plan(cached('"python x.py {{o}}"'))).end();
    expect(server.caches.map(({ runID, expiredTime, fsName, source }) => [runID, expiredTime, fsName, source])).toEqual([
      ['run-000001', '-1', 'data', 'ppl-000001-1'],
      ['run-000001', '60', 'data', 'ppl-000001-1'],
    ]);
    expect(server.caches[0]?.firstFp).toMatch(/^[0-9a-f]{64}$/);
    const second = server.start(plan(cached('"python x.py {{o}}"')), { at: first.now }).end();
    expect(second.status).toBe('succeeded');
    expect(second.execution.jobs()).toEqual([]);
    expect(second.entry('a')).toMatchObject({
      status: 'succeeded',
      jobID: '',
      startTime: '',
      endTime: expect.stringMatching(/^1970/),
      cacheRunID: 'run-000001',
      cacheJobID: first.entry('a').jobID,
      artifacts: { output: first.entry('a').artifacts.output },
      jobMessage: 'skip job for step[demo.entry_points.a] in runid[run-000002], use cache of runid[run-000001]',
    });
    expect(second.entry('a').env['PF_RUN_ID']).toBe('run-000002');
    expect(second.entry('a').env).not.toHaveProperty('PF_JOB_NAMESPACE');
    expect(second.entry('b').artifacts.input).toEqual(first.entry('b').artifacts.input);
  });

  test.each<[what: string, yaml: string, options: { source?: string }]>([
    ['another command', cached('"python y.py {{o}}"'), {}],
    ['another source', cached('"python x.py {{o}}"'), { source: 'ppl-000001-2' }],
    ['the run id in its command', cached('"python x.py {{o}} {{PF_RUN_ID}}"'), {}],
  ])('runs by itself with %s', (_what, yaml, options) => {
    const server = new FakeServer();
    server.start(plan(cached('"python x.py {{o}}"'))).end();
    const second = server.start(plan(yaml), { at: 1e6, ...options }).end();
    expect(second.execution.jobs()).toHaveLength(2);
  });

  test('waits for a cached job that still runs, without an entry, and takes over its failure', () => {
    const server = new FakeServer();
    const first = server.start(plan(cached('sleep 20'))).to(3_000);
    const second = server.start(plan(cached('sleep 20')), { at: 3_000 }).to(20_000);
    expect([second.status, second.runtime]).toEqual(['running', {}]);
    first.to(20_000).job('a').finish('failed', 20_000);
    second.end();
    expect([second.status, second.statuses]).toEqual(['failed', { a: ['failed'], b: ['cancelled'] }]);
    expect(second.entry('a').jobID).toBe('');
  });

  test('runs by itself when the cached job was stopped', () => {
    const server = new FakeServer();
    const first = server.start(plan(cached('sleep 20'))).to(3_000);
    const second = server.start(plan(cached('sleep 20')), { at: 3_000 }).to(10_000);
    first.to(10_000).stop();
    expect(second.end().status).toBe('succeeded');
    expect(second.execution.jobs()).toHaveLength(2);
  });

  test('is terminated without a job when the run is stopped while it waits', () => {
    const server = new FakeServer();
    server.start(plan(cached('sleep 50')));
    const yaml = `${cached('sleep 50')}  c: {command: echo}\npost_process: {bye: {command: echo}}\nparallelism: 1\n`;
    const second = server.start(plan(yaml), { at: 3_000 }).to(10_000).stop().end();
    expect(second.statuses).toEqual({ a: ['terminated'], b: ['cancelled'], c: ['terminated'] });
    expect(second.execution.jobs().map(({ path }) => path)).toEqual(['bye']);
  });
});
