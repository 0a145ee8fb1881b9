import { expect, test } from 'vitest';
import { FakeServer, formatTime, flow, plan, start } from './workflow-bench.ts';

const hello = `name: hello-flow
docker_env: busybox:1.36
parallelism: 2
entry_points:
  greet:
    command: 'echo "{{word}} from {{PF_RUN_ID}}"'
    parameters: {word: hello}
  count:
    deps: greet
    command: 'for i in $(seq 1 $TIMES); do echo $i; done'
    env: {TIMES: "{{times}}"}
    parameters: {times: 3}
post_process:
  bye:
    command: 'echo bye'
`;

const train = `name: train-flow
docker_env: python:3.10
fs_options:
  main_fs: {name: data}
failure_options: {strategy: continue}
cache: {enable: false, max_expired_time: 3600}
components:
  score-one:
    command: 'python score.py --in {{model}} --fold {{PF_LOOP_ARGUMENT}} --metric {{metric}}'
    parameters: {metric: auc}
    artifacts: {input: {model: ""}}
    loop_argument: [1, 2, 3]
entry_points:
  prep:
    command: 'python prep.py --rows {{rows}} --out {{clean}}'
    parameters: {rows: 100}
    artifacts: {output: [clean]}
    cache: {enable: true, fs_scope: [{name: data, path: /raw}]}
  fit:
    deps: prep
    condition: '{{mode}} == full'
    parameters: {mode: full, rows: "{{prep.rows}}"}
    command: 'python fit.py {{src}} {{mode}} {{rows}}'
    artifacts: {input: {src: "{{prep.clean}}"}}
    env: {PF_JOB_FLAVOUR: flavour1, PF_JOB_QUEUE_NAME: train-queue}
  report:
    deps: prep
    artifacts: {input: {table: "{{prep.clean}}"}, output: {page: "{{render.html}}"}}
    entry_points:
      render:
        command: 'python render.py {{t}} {{html}}'
        artifacts: {input: {t: "{{PF_PARENT.table}}"}, output: [html]}
  score:
    deps: prep
    reference: {component: score-one}
    parameters: {metric: f1}
    artifacts: {input: {model: "{{prep.clean}}"}}
`;

test('the first example walks from initiating to succeeded, a step appearing when its job exists', () => {
  const run = start(hello);
  const seen: unknown[] = [];
  run.until(() => {
    const { greet, count } = run.runtime;
    const now = [run.status, greet?.[0]?.status, count?.[0]?.status, run.post['bye']?.status].join(' ').trim();
    if (seen.at(-1) !== now) seen.push(now);
    return run.status === 'succeeded';
  });
  expect(seen).toEqual([
    'initiating',
    'pending',
    'running init',
    'running pending',
    'running running',
    'running succeeded init',
    'running succeeded pending',
    'running succeeded running',
    'running succeeded succeeded init',
    'running succeeded succeeded pending',
    'running succeeded succeeded running',
    'succeeded succeeded succeeded succeeded',
  ]);
  expect(run.execution.runMsg()).toBe('Run successfully');
  expect(run.log('greet')).toEqual(['hello from run-000001']);
  expect(run.log('count')).toEqual(['1', '2', '3']);
  expect(run.log('bye')).toEqual(['bye']);
  expect(run.execution.nextAt()).toBeUndefined();
});

test('before the first component there is no activation, no message and no entry', () => {
  const { execution, runtime, post } = start(hello).to(199);
  expect([execution.status(), execution.runMsg(), execution.activatedAt(), runtime, post]).toEqual(['pending', '', undefined, {}, {}]);
  execution.advance(200);
  expect([execution.status(), execution.activatedAt()]).toEqual(['running', 200]);
  expect(execution.runMsg()).toBe('begin to running, update status to running');
});

test('the entries of the first example have all 19 keys, also in post_process', () => {
  const run = start(hello).end();
  const hex8 = expect.stringMatching(/^job-run-000001-[a-z]+-[0-9a-f]{8}$/);
  const base = {
    type: 'step',
    extraFS: null,
    status: 'succeeded',
    dockerEnv: 'busybox:1.36',
    artifacts: { input: {}, output: {} },
    jobMessage: 'job is succeeded',
    cacheRunID: '',
    cacheJobID: '',
  };
  const system = { PF_RUN_ID: 'run-000001', PF_USER_NAME: 'alice', PF_LOOP_ARGUMENT: '', PF_JOB_NAMESPACE: 'default', PF_JOB_MODE: '' };
  expect(run.entry('count')).toEqual({
    ...base,
    jobID: hex8,
    name: 'run-000001-count',
    stepName: 'count',
    parentDagID: expect.stringMatching(/^dag-run-000001-[0-9a-f]{16}$/),
    command: 'for i in $(seq 1 $TIMES); do echo $i; done',
    parameters: { times: '3' },
    env: { TIMES: '3', PF_STEP_NAME: 'count', ...system },
    startTime: '1970-01-01 00:00:03',
    endTime: '1970-01-01 00:00:04',
    deps: 'greet',
    cache: { enable: false, maxExpiredTime: '-1', fsScope: [] },
  });
  expect(Object.keys(run.entry('count'))).toHaveLength(19);
  expect(run.post).toEqual({
    bye: {
      ...base,
      jobID: hex8,
      name: 'run-000001-bye',
      stepName: 'bye',
      parentDagID: '',
      command: 'echo bye',
      parameters: {},
      env: { PF_STEP_NAME: 'bye', ...system },
      startTime: '1970-01-01 00:00:07',
      endTime: '1970-01-01 00:00:07',
      deps: '',
      cache: { enable: false, maxExpiredTime: '', fsScope: null },
    },
  });
});

test('the second example: artifacts, a condition, a dag and a looped reference', () => {
  const run = start(train).until(({ runtime }) => runtime['prep']?.[0]?.status === 'running');
  expect(run.statuses).toEqual({ prep: ['running'] });
  const clean = run.entry('prep').artifacts.output['clean'];
  const mount = '/home/paddleflow/storage/mnt/fs-alice-data';
  // The MD5 of `train-flow.entry_points.prep`.
  expect(clean).toBe('.pipeline/run-000001/train-flow/prep-0-b19985b1d355a80a7730c7bab8baa778/clean');
  expect(run.entry('prep')).toMatchObject({
    command: `python prep.py --rows 100 --out ${mount}/${clean}`,
    env: { PF_OUTPUT_ARTIFACT_CLEAN: `${mount}/${clean}` },
    cache: { enable: true, maxExpiredTime: '3600', fsScope: [{ name: 'data', id: 'fs-alice-data', path: '/raw' }] },
  });

  run.until(({ runtime }) => runtime['score']?.length === 3);
  expect(run.statuses).toEqual({
    prep: ['succeeded'],
    fit: ['init'],
    report: [['running', { render: ['init'] }]],
    score: ['init', 'init', 'init'],
  });
  expect(run.entry('fit')).toMatchObject({
    command: `python fit.py ${mount}/${clean} full 100`,
    parameters: { mode: 'full', rows: '100' },
    env: { PF_JOB_NAMESPACE: 'ml', PF_INPUT_ARTIFACT_SRC: `${mount}/${clean}` },
    artifacts: { input: { src: clean }, output: {} },
    cache: { maxExpiredTime: '3600', fsScope: [] },
  });
  expect(run.runtime['score']?.map(({ name, env }) => [name, env['PF_LOOP_ARGUMENT']])).toEqual([
    ['run-000001-score', '1'],
    ['run-000001-score-1', '2'],
    ['run-000001-score-2', '3'],
  ]);
  expect(run.entry('score', 1)).toMatchObject({
    command: `python score.py --in ${mount}/${clean} --fold 2 --metric f1`,
    stepName: 'score',
    deps: 'prep',
    cache: { enable: false, maxExpiredTime: '3600' },
  });
  const report = run.entry('report');
  expect(Object.keys(report)).toHaveLength(13);
  expect(report).toMatchObject({
    id: expect.stringMatching(/^dag-run-000001-[0-9a-f]{16}$/),
    name: 'dag-run-000001-report',
    dagName: 'report',
    message: 'begin to run',
    endTime: '',
    artifacts: { input: { table: clean }, output: { page: '' } },
    parentDagID: run.entry('prep')['parentDagID'],
  });
  expect(report.entryPoints['render']?.[0]).toMatchObject({ parentDagID: report.id, artifacts: { input: { t: clean } } });

  run.end();
  expect(run.status).toBe('succeeded');
  const page = run.entry('report').entryPoints['render']?.[0]?.artifacts.output['html'];
  expect(page).toMatch(/^\.pipeline\/run-000001\/train-flow\/render-0-[0-9a-f]{32}\/html$/);
  expect(run.entry('report')).toMatchObject({
    status: 'succeeded',
    endTime: expect.stringMatching(/^1970/),
    artifacts: { output: { page } },
    message: 'all subDag or subStep run succeeded or skipped: train-flow.entry_points.report.render',
  });
  expect(run.log('prep').length).toBeGreaterThan(5);
});

/** All that can be seen of a run with a stop, a job that is ended early and lines from outside. */
const record = (): unknown => {
  const run = start(train).to(9_000);
  run.job('prep').write({ count: 2, text: (index) => `line ${index}` }, 9_000);
  run.job('prep').finish('succeeded', 9_500);
  run.to(14_000).stop().end();
  const logs = run.execution.jobs().map((job) => Array.from({ length: job.lineCount(run.now) }, (_, index) => job.line(index)));
  return [run.now, run.execution.detail(formatTime), logs, run.execution.submitLog(undefined, formatTime)];
};

test('the same calls at the same times give the same run', () => {
  expect(record()).toEqual(record());
});

test('one long step forward ends where many short ones do', () => {
  const walked = start(train).end();
  const jumped = start(train);
  jumped.execution.advance(1e9);
  expect(jumped.execution.detail(formatTime)).toEqual(walked.execution.detail(formatTime));
  expect(jumped.execution.updatedAt()).toBe(walked.execution.updatedAt());
});

test('the submit log has the lines of the run, then those of each job', () => {
  const run = start(hello).end();
  const text = run.execution.submitLog(undefined, formatTime) ?? '';
  const lines = text.split('\n');
  expect(lines[0]).toMatch(/^\[1970-01-01 00:00:00\.70\] \[INFO\] run-000001 creating run for request:\{/);
  expect(lines).toContain('[1970-01-01 00:00:00.70] [INFO] run-000001 create run in db success');
  // Structs are printed with the whole YAML in them, so that an entry goes on over several lines.
  expect(lines.some((line) => !line.startsWith('['))).toBe(true);
  const { jobID } = run.job('greet');
  const own = run.execution.submitLog(jobID, formatTime) ?? '';
  expect(own.split('\n').every((line) => line.includes(`] [INFO] ${jobID} `))).toBe(true);
  expect(own).toContain('to cluster[&{cluster-0a1b2c3d edge K3S {https://10.0.0.1:6443 a3ViZWNvbmZpZw== 1000 1000}}] queue[');
  expect(text).toContain(own);
  expect(run.execution.submitLog('job-nobody', formatTime)).toBeUndefined();
});

test('at most `parallelism` steps run at a time, and the next begins when the engine has seen one end', () => {
  const run = start(
    flow('parallelism: 2\nentry_points:\n  a: {command: "sleep 10", loop_argument: [1, 2, 3]}\n  b: {command: "sleep 1"}\n'),
  );
  run.until(({ runtime }) => runtime['a'] !== undefined);
  expect(run.statuses).toEqual({ a: ['init', 'init'] });
  run.until(({ runtime }) => runtime['a']?.length === 3);
  expect(run.statuses).toEqual({ a: ['succeeded', 'succeeded', 'init'], b: ['init'] });
  expect(run.entry('a', 2)['startTime']).toBe('1970-01-01 00:00:13');
  run.end();
  expect(run.statuses).toEqual({ a: ['succeeded', 'succeeded', 'succeeded'], b: ['succeeded'] });
});

test('paths within a sub-path: the mount shows the sub-directory, a mount path of its own replaces the default', () => {
  const run = start(
    flow(
      'fs_options: {main_fs: {name: data, sub_path: deep/, mount_path: /mnt/}}\nentry_points: {a: {command: "x {{o}}", artifacts: {output: [o]}}}',
    ),
  ).end();
  const path = run.entry('a').artifacts.output['o'] ?? '';
  expect(path).toMatch(/^deep\/\.pipeline\/run-000001\/demo\/a-0-/);
  expect(run.entry('a')['command']).toBe(`x /mnt/${path.slice('deep/'.length)}`);
});

test('PF_USER_NAME and the ids of file systems are of the owner of the file systems', () => {
  const yaml = flow(
    'fs_options: {main_fs: {name: data}, extra_fs: [{name: all, read_only: true}]}\nentry_points: {a: {command: x, extra_fs: [{name: own, mount_path: /own}]}}',
  );
  const run = new FakeServer().start(plan(yaml), { userName: 'root', fsUserName: 'bob' }).end();
  expect(run.entry('a').env['PF_USER_NAME']).toBe('bob');
  expect(run.entry('a')['extraFS']).toEqual([
    { id: 'fs-bob-own', name: 'own', mountPath: '/own', subPath: '', readOnly: false },
    { id: 'fs-bob-all', name: 'all', mountPath: '', subPath: '', readOnly: true },
  ]);
});
