import { describe, expect, test } from 'vitest';
import { FakeServer, flow, plan, start } from './workflow-bench.ts';

const entries = (text: string, rest = ''): string => flow(`entry_points:\n  ${text.replaceAll('\n', '\n  ')}\n${rest}`);
const untimed = { startTime: '', endTime: '', jobID: '' };
const somewhen = expect.stringMatching(/^1970-/);

describe('a step', () => {
  test('shows its job from init to its end, with what the cluster says', () => {
    const run = start(entries('a: {command: "sleep 5; exit 3"}'));
    const seen = new Map<string, unknown>();
    run.until(({ status, runtime }) => {
      const [entry] = runtime['a'] ?? [];
      if (entry !== undefined) seen.set(entry.status, [entry['jobMessage'], entry['endTime'] !== '', entry['startTime'] !== '']);
      return status === 'failed';
    });
    expect([...seen]).toEqual([
      ['init', ['', false, true]],
      ['pending', ['job is pending', false, true]],
      ['running', ['job is running', false, true]],
      ['failed', ['job is failed, container run-000001-a exited with code: 3, reason: Error, message: ', true, true]],
    ]);
    expect(run.execution.runMsg()).toBe('update status to failed because some step or dag run failed: entry_points.a');
  });

  test.each([
    [
      'whose condition is false',
      'condition: "{{p}} == x", parameters: {p: w}',
      '',
      'the result of condition for step[demo.entry_points.a] is false, skip running',
    ],
    ['that is disabled', 'parameters: {p: w}', 'disabled: a\n', 'step[demo.entry_points.a] is disabled, skip running'],
    [
      'that is disabled with a false condition',
      'condition: "1 > 2", parameters: {p: w}',
      'disabled: a\n',
      'the result of condition for step[demo.entry_points.a] is false, skip running',
    ],
  ])('%s is skipped, which satisfies deps', (_why, fields, rest, jobMessage) => {
    const yaml = entries(
      `a: {command: x, artifacts: {output: [o]}, ${fields}}\nb: {deps: a, command: echo}`,
      `${rest}fs_options: {main_fs: {name: data}}\n`,
    );
    const run = start(yaml).end();
    expect([run.status, run.statuses]).toEqual(['succeeded', { a: ['skipped'], b: ['succeeded'] }]);
    expect(run.entry('a')).toMatchObject({
      ...untimed,
      jobMessage,
      command: '',
      env: {},
      parameters: { p: 'w' },
      artifacts: { output: { o: '' } },
    });
    expect(Object.keys(run.entry('a').env)).toEqual([]);
  });

  test.each([
    ['without an image', 'name: demo\nentry_points: {a: {command: x}}', 'required fields in {image} are empty, please fill it'],
    [
      'on a queue that does not exist',
      entries('a: {env: {PF_JOB_QUEUE_NAME: nobody}}'),
      'get queue failed when creating job, err=record not found',
    ],
    ['on a queue that is not open', entries('a: {env: {PF_JOB_QUEUE_NAME: shut}}'), 'queue[shut] is not open'],
    ['of a flavour that does not exist', entries('a: {env: {PF_JOB_FLAVOUR: huge}}'), 'get flavour[huge] failed, err:record not found'],
  ])('%s fails before there is a job', (_why, yaml, reason) => {
    const run = start(yaml).end();
    expect(run.status).toBe('failed');
    const jobMessage = `validating step[demo.entry_points.a] failed: [${reason}]`;
    expect(run.entry('a')).toMatchObject({ status: 'failed', jobID: '', startTime: '', endTime: somewhen, jobMessage });
    expect(run.execution.jobs()).toEqual([]);
  });

  test.each([
    [
      'a condition of mixed types',
      entries('a: {condition: "a-b"}'),
      "caculate the condition field for step[demo.entry_points.a] faild:\nValue 'a' cannot be used with the operator '-'",
    ],
    [
      'a condition that is not boolean',
      entries('a: {condition: "1 + 1"}'),
      'caculate the condition field for step[demo.entry_points.a] faild:\nthe result of condition[1 + 1] cannot trans to bool: false',
    ],
    [
      'an empty loop',
      entries('a: {loop_argument: []}'),
      'set the sysparams for dag[demo.entry_points.a] failed: get LoopArgument for step[demo.entry_points.a] failed',
    ],
    [
      'a loop over no list',
      entries('a: {parameters: {p: 3}, loop_argument: "{{p}}"}'),
      'set the sysparams for dag[demo.entry_points.a] failed: loopArgument can only be string or list type, but is int',
    ],
  ])('with %s fails in words of its own', (_why, yaml, jobMessage) => {
    const run = start(yaml).end();
    expect(run.status).toBe('failed');
    expect(run.entry('a')).toMatchObject({ status: 'failed', jobID: '', startTime: '', endTime: somewhen, jobMessage });
    expect(run.execution.jobs()).toEqual([]);
  });

  test('fails where the content of an artifact is needed', () => {
    const run = start(
      entries(
        'a: {command: echo, artifacts: {output: [o]}}\nb: {deps: a, artifacts: {input: {i: "{{a.o}}"}}, condition: "{{i}} == x"}',
        'fs_options: {main_fs: {name: data}}',
      ),
    ).end();
    expect(run.entry('b')).toMatchObject({
      status: 'failed',
      jobID: '',
      jobMessage: expect.stringContaining('read content of input artifact[i] failed'),
    });
  });

  test.each([
    ['echo "[7, 8]" > {{o}}', 'succeeded', ['7', '8']],
    ['printf "[" > $PF_OUTPUT_ARTIFACT_O; echo "9]" >> {{o}}', 'succeeded', ['9']],
    ['python make.py {{o}}', 'succeeded', ['1', '2', '3']], // nobody knows what it has written: something is imagined
    ['echo x > {{o}}', 'failed', ['']],
    ['echo x', 'failed', ['']],
  ])('loops over what %j has written into an artifact (7.5)', (command, status, elements) => {
    const make = JSON.stringify(command);
    const loop = 'b: {deps: a, artifacts: {input: {i: "{{a.o}}"}}, loop_argument: "{{i}}", command: "echo {{PF_LOOP_ARGUMENT}}"}';
    const run = start(entries(`a: {command: ${make}, artifacts: {output: [o]}}\n${loop}`, 'fs_options: {main_fs: {name: data}}')).end();
    expect(run.status).toBe(status);
    expect(run.runtime['b']?.map(({ env }) => env['PF_LOOP_ARGUMENT'] ?? '')).toEqual(elements);
  });

  test.each([
    ['echo 11', 'succeeded'],
    ['echo 9', 'skipped'],
    [`echo ${'1'.repeat(1024)}`, 'failed'], // conditions read small files only
  ])('has a condition on what %.12s has written into an artifact (7.5)', (command, status) => {
    const run = start(
      entries(
        `a: {command: '${command} > {{o}}', artifacts: {output: [o]}}\nb: {deps: a, artifacts: {input: {i: "{{a.o}}"}}, condition: "{{i}} > 10", command: echo}`,
        'fs_options: {main_fs: {name: data}}',
      ),
    ).end();
    expect(run.entry('b').status).toBe(status);
  });

  test('needs a queue by name where there are several clusters', () => {
    const run = new FakeServer({ singleCluster: false }).start(plan(entries('a: {command: x}'))).end();
    expect(run.entry('a')['jobMessage']).toBe('validating step[demo.entry_points.a] failed: [queue is empty]');
  });

  test.each(['Train', 'train-'])('called %s fails when submitted, with a lower-cased job id', (name) => {
    const run = start(entries(`${name}: {command: echo}`)).end();
    expect(run.entry(name)).toMatchObject({ status: 'failed', jobMessage: expect.stringContaining('is invalid'), startTime: somewhen });
    expect(run.entry(name).jobID).toMatch(new RegExp(`^job-run-000001-${name.toLowerCase()}-[0-9a-f]{8}$`));
  });

  test('on an offline cluster stays init for ever, and is stopped at once', () => {
    const run = start(entries('a: {command: x, env: {PF_JOB_QUEUE_NAME: lost}}')).to(1e8);
    expect([run.status, run.statuses, run.execution.nextAt()]).toEqual(['running', { a: ['init'] }, undefined]);
    run.stop();
    expect(run.job('a').status()).toBe('terminated');
    expect([run.end().status, run.statuses]).toEqual(['terminated', { a: ['terminated'] }]);
  });
});

describe('a stop', () => {
  const yaml = entries(
    'a: {command: "sleep 100"}\nb: {command: "sleep 100"}\nc: {deps: a, command: x, parameters: {p: "{{a.q}}", r: "{{PF_RUN_ID}}"}}'.replace(
      'a: {command',
      'a: {parameters: {q: 1}, command',
    ),
    'parallelism: 1\npost_process: {bye: {command: echo}}\n',
  );

  test('terminates what runs, what waits for a slot, and cancels the rest; post_process still runs', () => {
    const run = start(yaml).to(5_000).stop();
    expect([run.status, run.job('a').status()]).toEqual(['terminating', 'terminating']);
    expect(run.execution.runMsg()).toBe('receive termination signal, update status to terminating');
    expect(run.statuses).toEqual({ a: ['running'], b: ['terminated'], c: ['cancelled'] });
    expect(run.entry('b')).toMatchObject({
      jobID: '',
      startTime: '',
      endTime: somewhen,
      jobMessage: "cannot stop stepruntime[demo.entry_points.b] because cannot find it's jobid",
    });
    expect(run.entry('c')).toMatchObject({
      ...untimed,
      jobMessage: 'receive stop signall',
      parameters: { p: '{{a.q}}', r: '{{PF_RUN_ID}}' },
      env: {},
    });
    run.until(({ runtime }) => runtime['a']?.[0]?.status === 'terminating');
    expect(run.entry('a')).toMatchObject({ endTime: '', jobMessage: expect.stringMatching(/^job is terminating/) });
    run.end();
    expect([run.status, run.statuses]).toEqual(['terminated', { a: ['terminated'], b: ['terminated'], c: ['cancelled'] }]);
    expect(run.entry('a')).toMatchObject({ endTime: somewhen, jobMessage: expect.stringMatching(/^job is terminated/) });
    expect(run.post['bye']?.status).toBe('succeeded');
  });

  test('by force cancels a post_process that has not begun', () => {
    const run = start(yaml).to(5_000).stop(true).end();
    expect([run.status, run.post['bye']]).toEqual(['terminated', expect.objectContaining({ status: 'cancelled', ...untimed })]);
  });

  test('by force terminates a post_process that runs, also after a stop without force', () => {
    const run = start(entries('a: {command: echo}', 'post_process: {bye: {command: "sleep 100"}}')).until(
      ({ post }) => post['bye']?.status === 'running',
    );
    run.stop();
    expect([run.status, run.job('bye').status()]).toEqual(['terminating', 'running']);
    run.stop(true);
    expect(run.job('bye').status()).toBe('terminating');
    expect([run.end().status, run.statuses, run.post['bye']?.status]).toEqual(['terminated', { a: ['succeeded'] }, 'terminated']);
  });

  test('before the start cancels everything', () => {
    const run = start(yaml).to(50).stop();
    expect(run.statuses).toEqual({ a: ['cancelled'], b: ['cancelled'], c: ['cancelled'] });
    expect([run.end().status, run.execution.activatedAt(), run.post['bye']?.status]).toEqual(['terminated', undefined, 'succeeded']);
  });

  test('ends as failed when a component fails on the way', () => {
    const run = start(entries('a: {command: "sleep 100"}', 'post_process: {bye: {command: "exit 1"}}')).to(2_000).stop().end();
    expect([run.status, run.execution.runMsg()]).toEqual(['failed', expect.stringContaining('post_process.bye')]);
  });

  test('that is stuck ends when the job is stopped once more', () => {
    const run = start(entries('a: {command: "sleep 3"}'), {}, { stuckTerminating: true }).to(1_000).stop(true).to(1e7);
    expect([run.status, run.statuses]).toEqual(['terminating', { a: ['terminating'] }]);
    run.job('a').stop(1e7);
    expect([run.end().status, run.statuses]).toEqual(['terminated', { a: ['terminated'] }]);
  });

  test('of a job alone makes the run fail', () => {
    const run = start(entries('a: {command: "sleep 100"}')).to(2_000);
    run.job('a').stop(2_000);
    expect([run.end().status, run.statuses]).toEqual(['failed', { a: ['terminated'] }]);
  });

  test('leaves a dag without an end time', () => {
    const run = start(entries('d: {entry_points: {a: {command: "sleep 100"}, b: {deps: a}}}')).to(2_000).stop();
    expect(run.entry('d').status).toBe('terminating');
    expect(run.end().statuses).toEqual({ d: [['terminated', { a: ['terminated'], b: ['cancelled'] }]] });
    expect(run.entry('d')).toMatchObject({ startTime: somewhen, endTime: '' });
  });
});

describe('a failure', () => {
  const text =
    'bad: {command: "sleep 1; exit 1"}\nslow: {command: "sleep 60"}\nnext: {deps: slow, command: echo}\nafter: {deps: bad, command: echo}\nlast: {deps: after, command: echo}';

  test('ends everything under fail_fast', () => {
    const run = start(entries(text, 'post_process: {bye: {command: echo}}')).end();
    expect(run.status).toBe('failed');
    expect(run.statuses).toEqual({ bad: ['failed'], slow: ['terminated'], next: ['cancelled'], after: ['cancelled'], last: ['cancelled'] });
    expect(run.entry('after')['jobMessage']).toBe('receive failure options signal');
    expect(run.post['bye']?.status).toBe('succeeded');
    expect(run.now).toBeLessThan(30_000);
  });

  test('leaves no slot to those who wait for one', () => {
    const run = start(entries('bad: {command: "exit 1"}\nwaits: {command: echo}', 'parallelism: 1\n')).end();
    expect(run.statuses).toEqual({ bad: ['failed'], waits: ['terminated'] });
    expect(run.execution.jobs().map(({ path }) => path)).toEqual(['bad']);
  });

  test('ends only what is downstream under continue', () => {
    const run = start(entries(text), { failureOptions: { strategy: 'continue' } }).end();
    expect(run.status).toBe('failed');
    expect(run.statuses).toEqual({ bad: ['failed'], slow: ['succeeded'], next: ['succeeded'], after: ['cancelled'], last: ['cancelled'] });
  });

  test('of a child makes its dags fail, and reaches other dags under fail_fast', () => {
    const dags =
      'd: {entry_points: {e: {entry_points: {bad: {command: "exit 1"}}}}}\nf: {entry_points: {slow: {command: "sleep 60"}, next: {deps: slow}}}';
    const run = start(entries(dags)).end();
    expect(run.statuses).toEqual({
      d: [['failed', { e: [['failed', { bad: ['failed'] }]] }]],
      f: [['terminated', { slow: ['terminated'], next: ['cancelled'] }]],
    });
    expect(run.entry('d')['message']).toMatch(/^update dag\[demo\.entry_points\.d\]'s status to \[failed\] due to/);
  });

  test('of post_process makes the run fail', () => {
    const run = start(entries('a: {command: echo}', 'post_process: {bye: {command: "false"}}')).end();
    expect([run.status, run.execution.runMsg()]).toEqual([
      'failed',
      'update status to failed because some step or dag run failed: post_process.bye',
    ]);
  });

  test('cancels n entries of a literal loop, one of any other, and shows a referenced dag as a step', () => {
    const yaml = entries(
      'bad: {command: "exit 1"}\nl: {deps: bad, loop_argument: [1, 2]}\nm: {deps: bad, parameters: {p: [1, 2]}, loop_argument: "{{p}}"}\nr: {deps: bad, reference: {component: x}}\nd: {deps: bad, entry_points: {w: {}}}',
      'components: {x: {entry_points: {w: {}}}}',
    );
    const run = start(yaml).end();
    expect(run.statuses).toEqual({
      bad: ['failed'],
      l: ['cancelled', 'cancelled'],
      m: ['cancelled'],
      r: ['cancelled'],
      d: [['cancelled', {}]],
    });
    expect(run.entry('m')['parameters']).toEqual({ p: '[1 2]' });
    expect(run.entry('r')['type']).toBe('step');
    expect(run.entry('d')).toMatchObject({ startTime: '', endTime: somewhen, entryPoints: {} });
  });
});

describe('loops and dags', () => {
  test('each iteration has its own argument and its own condition', () => {
    const yaml = entries(
      `a: {command: 'echo {{PF_LOOP_ARGUMENT}}', loop_argument: [x, 2, [3, 4]], condition: "'{{PF_LOOP_ARGUMENT}}' != '2'"}`,
    );
    const run = start(yaml).end();
    expect([run.statuses, run.log('a'), run.log('a-2')]).toEqual([{ a: ['succeeded', 'skipped', 'succeeded'] }, ['x'], ['[3 4]']]);
  });

  test('a loop goes over a JSON text or a parameter, whose type it keeps', () => {
    const yaml = entries(
      `a: {command: x, parameters: {p: [1, 2]}, loop_argument: '["u", "v"]'}\nb: {deps: a, command: echo, parameters: {q: "{{a.p}}"}, loop_argument: "{{q}}"}`,
    );
    const run = start(yaml).end();
    expect(run.runtime['a']?.map(({ env }) => env['PF_LOOP_ARGUMENT'])).toEqual(['u', 'v']);
    expect(run.runtime['b']?.map(({ env, name }) => [env['PF_LOOP_ARGUMENT'], name])).toEqual([
      ['1', 'run-000001-b'],
      ['2', 'run-000001-b-1'],
    ]);
  });

  test('outputs of all iterations are joined for who comes after', () => {
    const yaml = entries(
      'a: {command: echo, loop_argument: [1, 2], artifacts: {output: [o]}}\nb: {deps: a, command: "x {{i}}", artifacts: {input: {i: "{{a.o}}"}}}',
      'fs_options: {main_fs: {name: data, mount_path: /m}}',
    );
    const run = start(yaml).end();
    const paths = run.runtime['a']?.map(({ artifacts }) => artifacts.output['o'] ?? '') ?? [];
    expect(paths).toEqual([expect.stringContaining('/a-0-'), expect.stringContaining('/a-1-')]);
    expect(run.entry('b').artifacts.input['i']).toBe(paths.join(','));
    expect(run.entry('b')['command']).toBe(`x ${paths.map((path) => `/m/${path}`).join(',')}`);
  });

  test('a looped dag has an id and children of its own for each element, equally named', () => {
    const yaml = entries(
      'd: {loop_argument: [u, v], parameters: {p: 7}, entry_points: {a: {command: "echo {{q}} {{l}}", parameters: {q: "{{PF_PARENT.p}}", l: "{{PF_PARENT.PF_LOOP_ARGUMENT}}"}}}}',
    );
    const run = start(yaml).end();
    const dags = run.runtime['d'] ?? [];
    expect(dags.map(({ name }) => name)).toEqual(['dag-run-000001-d', 'dag-run-000001-d-1']);
    expect(new Set(dags.map(({ id }) => id)).size).toBe(2);
    const children = dags.map(({ entryPoints }) => entryPoints['a']?.[0]);
    expect(children.map((child) => child?.name)).toEqual(['run-000001-a', 'run-000001-a']);
    expect(children.map((child) => child?.['parentDagID'])).toEqual(dags.map(({ id }) => id));
    expect(new Set(children.map((child) => child?.jobID)).size).toBe(2);
    expect([run.log('d/a'), run.log('d-1/a')]).toEqual([['7 u'], ['7 v']]);
  });

  test('a dag is skipped with its times, by its condition or because it is disabled; so is a child', () => {
    const yaml = entries(
      'c: {condition: "1 == 2", entry_points: {a: {}}}\nd: {entry_points: {a: {}}}\ne: {entry_points: {a: {}, b: {command: echo}}}',
      'disabled: "d,e.a"',
    );
    const run = start(yaml).end();
    expect([run.status, run.statuses]).toEqual([
      'succeeded',
      { c: [['skipped', {}]], d: [['skipped', {}]], e: [['succeeded', { a: ['skipped'], b: ['succeeded'] }]] },
    ]);
    expect(run.entry('c')).toMatchObject({
      startTime: somewhen,
      endTime: somewhen,
      message: 'the result of condition for dag[demo.entry_points.c] is false, skip running',
    });
    expect(run.entry('d')['message']).toBe('dag[demo.entry_points.d] is disabled, skip running');
  });

  test('a dag with an empty loop fails', () => {
    const run = start(entries('d: {loop_argument: [], entry_points: {a: {}}}')).end();
    expect([run.status, run.statuses]).toEqual(['failed', { d: [['failed', {}]] }]);
  });

  test('a reference to a dag shows as a dag under the name of the step', () => {
    const yaml = entries(
      'r: {reference: {component: x}, parameters: {p: 2}}',
      'components: {x: {parameters: {p: 1}, entry_points: {a: {command: "echo {{q}}", parameters: {q: "{{PF_PARENT.p}}"}, env: {E: 1.5}}}}}',
    );
    const run = start(yaml).end();
    expect(run.entry('r')).toMatchObject({ type: 'dag', dagName: 'r', parameters: { p: '2' }, name: 'dag-run-000001-r' });
    expect(run.log('r/a')).toEqual(['2']);
    expect(run.entry('r').entryPoints['a']?.[0]).toMatchObject({ cache: { maxExpiredTime: '' }, env: { E: '1.5' } });
  });

  test('a parameter that stands alone keeps its type, in mixed text it becomes text; typed ones are worth their default', () => {
    const yaml = entries(
      'a: {command: x, parameters: {p: 1.50, l: [1, b], t: {type: int, default: 4}}}\nb: {deps: a, command: x, parameters: {p: "{{a.p}}", m: "v{{a.l}}", t: "{{ a.t }}"}}',
    );
    const run = start(yaml).end();
    expect(run.entry('a')['parameters']).toEqual({ p: '1.5', l: '[1 b]', t: '4' });
    expect(run.entry('b')['parameters']).toEqual({ p: '1.5', m: 'v[1 b]', t: '4' });
  });

  test('parameters of the request reach the step that declares them', () => {
    const run = start(entries('a: {command: "echo {{p}}", parameters: {p: 1}}\nb: {command: "echo {{p}}", parameters: {p: 2}}'), {
      parameters: { p: 9, 'b.p': '{{PF_STEP_NAME}}' },
    }).end();
    expect([run.log('a'), run.log('b')]).toEqual([['9'], ['b']]);
  });
});
