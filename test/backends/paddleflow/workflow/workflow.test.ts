import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { base64, startUpstream, upstreamUser } from '../upstream.ts';
import type { Caller } from '../../../sandbox/paddleflow/bench.ts';

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startBench();
  root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/fs', { name: 'data', url: 'local://mnt/data' });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

interface Issue {
  readonly severity: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly path: readonly string[];
}
async function validate(yaml: string, use = 'PIPELINE') {
  const { data, errors } = await bench.run<{ validatePipeline: { valid: boolean; issues: Issue[] } }>('ValidatePipeline', { yaml, use });
  expect(errors).toBeUndefined();
  return data?.validatePipeline ?? { valid: false, issues: [] };
}
const flow = (entries: string, rest = '') =>
  `name: demo\ndocker_env: busybox\nentry_points:\n  ${entries.replaceAll('\n', '\n  ')}\n${rest}`;
const fs = 'fs_options: {main_fs: {name: data}}\n';

const large = `name: train-flow
docker_env: python:3.10
fs_options:
  main_fs: {name: data}
failure_options: {strategy: continue}
parallelism: 30
disabled: report.render
components:
  score-one:
    command: 'python score.py --in {{model}} --fold {{PF_LOOP_ARGUMENT}} --metric {{metric}}'
    parameters: {metric: auc}
    artifacts: {input: {model: ""}}
    loop_argument: [1, 2, 3]
  twice:
    entry_points:
      inner: {command: echo, env: {PF_JOB_QUEUE_NAME: side}}
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
    artifacts: {input: {table: "{{prep.clean}}"}}
    entry_points:
      render:
        command: 'python render.py {{t}} {{html}}'
        artifacts: {input: {t: "{{PF_PARENT.table}}"}, output: [html]}
  score:
    deps: prep
    reference: {component: score-one}
    parameters: {metric: f1}
    artifacts: {input: {model: "{{prep.clean}}"}}
  both:
    reference: {component: twice}
post_process:
  bye: {command: echo bye}
`;

test('a workflow in order has no issue, and costs no upstream call', async () => {
  expect(await validate(large)).toEqual({ valid: true, issues: [] });
  expect(bench.calls()).toEqual([]);
});

describe('an error is told with its place', () => {
  test.each<[why: string, yaml: string, place: string, message: RegExp]>([
    ['no YAML', 'name: a\n  b: c\n', '2:4 ', /no YAML/],
    ['a quote that does not end', 'name: "a\n', '1:7 ', /no YAML/],
    ['an unknown key of the root', flow('a: {}', 'extra: 1\n'), '5:1 extra', /no key extra/],
    ['an unknown key of a step', flow('a: {comand: x}'), '4:7 entry_points.a.comand', /no key comand/],
    ['a number as a command', flow('a:\n  command: 5'), '5:14 entry_points.a.command', /must be a text, not a number/],
    ['a boolean of YAML 1.1 as a variable', flow('a: {env: {E: on}}'), '4:16 entry_points.a.env.E', /boolean true .*quote/],
    ['a key that YAML 1.1 reads as a boolean', flow("a: {parameters: {n: 3}, command: '{{n}}'}"), '4:36 entry_points.a.command', /quotes/],
    ['a null in a dag', flow('d: {entry_points: {a: {}}, deps: }'), '4:36 entry_points.d.deps', /not nothing/],
    ['a name that starts with a digit', flow('1a: {}'), '4:3 entry_points.1a', /"1a" must be a letter/],
    [
      'names that differ in case only',
      flow('a: {parameters: {Out: 1}, artifacts: {output: [out]}}', fs),
      '4:50 entry_points.a',
      /upper and lower case/,
    ],
    ['deps on nobody', flow('a: {deps: b}'), '4:13 entry_points.a.deps', /none of its siblings/],
    ['deps in a circle', flow('a: {deps: b}\nb: {deps: a}'), '4:13 entry_points.a.deps', /circle: a needs b needs a/],
    [
      'a parameter of who is not in deps',
      flow('a: {parameters: {p: 1}}\nb: {parameters: {q: "{{a.p}}"}}'),
      '5:23 entry_points.b.parameters.q',
      /among its deps/,
    ],
    [
      'the parent where there is none',
      flow('a: {parameters: {q: "{{PF_PARENT.p}}"}}'),
      '4:23 entry_points.a.parameters.q',
      /no dag around/,
    ],
    [
      'an artifact in a variable',
      flow('a: {artifacts: {output: [o]}, env: {E: "{{o}}"}}', fs),
      '4:42 entry_points.a.env.E',
      /unknown here/,
    ],
    [
      'an output that is not there',
      flow('a: {}\nb: {deps: a, artifacts: {input: {i: "{{a.o}}"}}}', fs),
      '5:39 entry_points.b.artifacts.input.i',
      /no output o/,
    ],
    ['a loop over a text', flow('a: {loop_argument: abc}'), '4:22 entry_points.a.loop_argument', /must be a list/],
    ['an unknown template', flow('a: {reference: {component: x}}'), '4:30 entry_points.a.reference', /no x among the components/],
    [
      'templates in a circle',
      flow('a: {reference: {component: x}}', 'components: {x: {reference: {component: w}}, w: {reference: {component: x}}}\n'),
      '5:14 components.x',
      /circle/,
    ],
    [
      'a missing input of a template',
      flow('a: {reference: {component: x}}', `${fs}components: {x: {artifacts: {input: {m: ""}}}}\n`),
      '4:3 entry_points.a.artifacts.input',
      /input m .* missing/,
    ],
    ['post_process with deps', flow('a: {}', 'post_process: {z: {deps: a}}\n'), '5:20 post_process.z.deps', /no deps/],
    [
      'a disabled component that is needed',
      flow('a: {parameters: {p: 1}}\nb: {deps: a, parameters: {q: "{{a.p}}"}}', 'disabled: a\n'),
      '5:32 entry_points.b.parameters.q',
      /disabled/,
    ],
    ['artifacts without a file system', flow('a: {artifacts: {output: [o]}}'), '4:7 entry_points.a.artifacts', /main file system/],
    ['a variable without a value', flow('a: {env: {A: }}'), '4:16 entry_points.a.env.A', /not nothing/],
    ['a number that JSON does not have', flow('a: {env: {A: .inf}}'), '4:16 entry_points.a.env.A', /JSON does not have/],
    [
      'no number, in a list of parameters',
      flow('a: {parameters: {p: [1, .nan]}}'),
      '4:27 entry_points.a.parameters.p.1',
      /JSON does not have/,
    ],
    ['a key without a text', flow('a: {parameters: {~: 1}}'), '4:20 entry_points.a.parameters', /not nothing/],
    ['a list as a key', flow('a: {parameters: {[a]: 1}}'), '4:20 entry_points.a.parameters', /not a map, a list/],
    ['a merge of what is no map', flow('a: {<<: 1}'), '4:11 entry_points.a', /Only maps/],
    ['a tag that does not fit', flow('a: {parameters: {p: !!int x}}'), '4:29 entry_points.a.parameters.p', /!!int/],
    [
      'a text as a float',
      flow('a: {parameters: {p: {type: float, default: x}}}'),
      '4:46 entry_points.a.parameters.p.default',
      /must be a number/,
    ],
    [
      'a text as an int',
      flow('a: {parameters: {p: {type: int, default: "5"}}}'),
      '4:44 entry_points.a.parameters.p.default',
      /must be a whole number/,
    ],
    [
      'a number as a string',
      flow('a: {parameters: {p: {type: string, default: 5}}}'),
      '4:47 entry_points.a.parameters.p.default',
      /must be a text/,
    ],
    ['nothing in a list', flow('a: {parameters: {p: [1, ~]}}'), '4:27 entry_points.a.parameters.p.1', /not nothing/],
    ['a parameter without a value', flow('a: {parameters: {p: }}'), '4:23 entry_points.a.parameters.p', /nothing can override/],
    [
      'a parameter without a default',
      flow('a: {parameters: {p: {type: int}}}'),
      '4:23 entry_points.a.parameters.p',
      /nothing can override/,
    ],
    [
      'a parameter that nobody fills',
      flow('a: {reference: {component: t}}', "components: {t: {parameters: {p: {type: string, default: ''}}}}\n"),
      '4:7 entry_points.a.parameters.p',
      /template gives p no value/,
    ],
    ['an output with a value', flow('a: {artifacts: {output: {o: x}}}', fs), '4:31 entry_points.a.artifacts.output.o', /without a value/],
    [
      'artifacts without a file system in a template that nobody uses',
      flow('a: {}', 'components: {t: {artifacts: {output: [o]}}}\n'),
      '5:18 components.t.artifacts',
      /main file system/,
    ],
    ['a template without a name', flow('a: {}', 'components: {"": {}}\n'), '5:14 components.', /"" must be a letter/],
    [
      'an image file for all steps',
      flow('a: {}', 'docker_env: b.tar\n').replace('docker_env: busybox\n', ''),
      '4:13 docker_env',
      /image file/,
    ],
    ['a name that is none', 'name: 1st\ndocker_env: b\nentry_points: {a: {}}\n', '1:7 name', /must be a letter/],
  ])('%s', async (_why, yaml, place, message) => {
    const { valid, issues } = await validate(yaml);
    const errors = issues.filter(({ severity }) => severity === 'ERROR');
    expect(errors.map(({ line, column, path }) => `${line}:${column} ${path.join('.')}`)).toContain(place);
    expect(errors.map((issue) => issue.message).join('\n')).toMatch(message);
    expect(valid).toBe(false);
    const refused = await root.post('/pipeline', { yamlRaw: base64(yaml) });
    expect(refused.body.code).toBe('InvalidPipeline'); // there too
  });
});

test('post_process that would hang the server is told with its place', async () => {
  const chain = 'components: {w: {reference: {component: v}}, v: {}}\npost_process: {z: {reference: {component: w}}}\n';
  const { valid, issues } = await validate(flow('a: {}', chain));
  expect([valid, issues.map(({ line, column, path }) => `${line}:${column} ${path.join('.')}`)]).toEqual([
    false,
    ['6:20 post_process.z.reference'],
  ]);
  expect(issues[0]?.message).toMatch(/hangs/);
});

test.each<[why: string, yaml: string, use: string, messages: RegExp[]]>([
  ['a repeated key in a pipeline', flow('a: {command: x, command: w}'), 'PIPELINE', [/second time/]],
  ['what a request may add to a run', 'entry_points: {a: {docker_env: b, artifacts: {output: [o]}}}', 'RUN', [/name/, /main file system/]],
  ['a step without an image', 'name: x\nentry_points: {a: {}}', 'PIPELINE', [/docker_env/]],
  ['a name that Kubernetes does not take', flow('Train: {}'), 'PIPELINE', [/lower case/]],
  ['a loop over nothing', flow('a: {loop_argument: []}'), 'PIPELINE', [/empty list/]],
  ['a step called like a boolean', flow('n: {}'), 'PIPELINE', [/key n .* boolean false/]],
  [
    'what is no time to expire, in a template',
    flow('a: {}', 'components: {t: {cache: {max_expired_time: x}}}\n'),
    'PIPELINE',
    [/number of seconds/],
  ],
  ['a reference to nothing', flow('a: {reference: {component: ""}}'), 'PIPELINE', [/without the name/]],
  ['a value that a run may bring', flow('a: {parameters: {p: }}'), 'RUN', [/overridden at each start/]],
])('%s is a warning', async (_why, yaml, use, messages) => {
  const { valid, issues } = await validate(yaml, use);
  expect(valid).toBe(true);
  expect(issues.map(({ severity }) => severity)).toEqual(messages.map(() => 'WARNING'));
  messages.forEach((message, index) => expect(issues[index]?.message).toMatch(message));
});

test('a template leaves open what every step fills that refers to it, and booleans that look like it are no trap', async () => {
  const template = 'components: {t: {parameters: {p: {type: int}, q: 1}}, u: {reference: {component: t}, parameters: {p: 2}}}\n';
  const yaml = flow('a: {reference: {component: t}, parameters: {p: 1}}\nb: {reference: {component: u}}\n"n": {}\ntrue: {}', template);
  expect(await validate(yaml)).toEqual({ valid: true, issues: [] });
  expect((await root.post('/pipeline', { yamlRaw: base64(yaml.replace('name: demo', 'name: open')) })).status).toBe(201);
});

test('blank deps are none, where there must be none', async () => {
  const yaml = flow('a: {}', 'components: {t: {deps: " "}}\npost_process: {z: {deps: " "}}\n');
  expect(await validate(yaml)).toEqual({ valid: true, issues: [] });
  expect((await root.post('/pipeline', { yamlRaw: base64(yaml.replace('name: demo', 'name: blank')) })).status).toBe(201);
});

test('a run refuses a repeated key, and a request may hold what the YAML lacks', async () => {
  expect((await validate(flow('a: {command: x, command: w}'), 'RUN')).valid).toBe(false);
  const created = async (input: object) =>
    (
      await bench.query(
        `mutation ($input: CreateRunInput!) { createRun(input: $input) { __typename
      ... on InvalidInputProblem { field message issues { line column } } } }`,
        { input: { source: 'prod', ...input } },
      )
    ).data?.createRun;
  const yaml = 'docker_env: b\nentry_points: {a: {command: echo}}\n';
  expect(await created({ from: { yaml } })).toEqual({
    __typename: 'InvalidInputProblem',
    field: 'from.yaml',
    issues: [
      {
        line: 1,
        column: 1,
      },
    ],
    message: 'line 1, column 1: The run needs a name, here or in the request',
  });
  expect(await created({ from: { yaml: flow('a: {deps: z}\nb: {deps: z}') } })).toMatchObject({
    issues: [
      { line: 4, column: 13 },
      { line: 5, column: 13 },
    ],
  });
  expect(bench.calls()).toEqual([]);
  expect(await created({ from: { yaml }, name: 'given' })).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(await created({ from: { yaml: flow('a: {}\nb: {}', 'disabled: x\n') }, disabled: ['a'] })).toMatchObject({
    __typename: 'CreateRunPayload',
  });
});

test('a text that is longer than what the backend keeps is an error', async () => {
  const { issues } = await validate(`${flow('a: {}')}# ${'x'.repeat(66_000)}`);
  expect(issues).toMatchObject([{ severity: 'ERROR', line: 1, column: 1, message: expect.stringMatching(/65535/) }]);
});

test('aliases that multiply and texts without end have an issue and no more', async () => {
  const bomb = `a0: &a0 [x]\n${Array.from({ length: 20 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`).join('\n')}`;
  for (const yaml of [bomb, '['.repeat(60_000), `name: ${'x'.repeat(1_100_000)}`]) {
    const { issues } = await validate(yaml.slice(0, 1_000_100));
    expect(issues.length).toBeGreaterThan(0);
  }
});

const arrow = (kind: string, to: string, ...names: string[]) => ({ kind, from: 'prep', to, names });
test('a version is drawn: nodes of all levels, arrows, loops, conditions, references resolved; without a call once it is known', async () => {
  const made = await root.post('/pipeline', { yamlRaw: base64(large) });
  const id = toGlobalId('Pipeline', 'prod', String(made.body['pipelineID']));
  type Graph = {
    pipeline: {
      versions: {
        nodes: { graphUnreadable: string | null; graph: { nodes: Record<string, unknown>[]; edges: Record<string, unknown>[] } }[];
      };
    };
  };
  const { data, errors } = await bench.run<Graph>('PipelineGraph', { id });
  expect(errors).toBeUndefined();
  const version = data?.pipeline.versions.nodes[0];
  expect(version?.graphUnreadable).toBeNull();
  const { nodes, edges, ...whole } = version?.graph ?? { nodes: [], edges: [] };
  expect(whole).toEqual({ parallelism: 20, failureStrategy: 'CONTINUE', fileSystemName: 'data' });
  const plain = {
    parentPath: null,
    kind: 'STEP',
    templateName: null,
    condition: null,
    loop: null,
    queueName: 'default-queue',
    isPostProcess: false,
    disabled: false,
    cached: false,
  };
  expect(nodes).toEqual([
    { ...plain, path: 'prep', cached: true },
    { ...plain, path: 'fit', condition: '{{mode}} == full', queueName: 'train-queue' },
    { ...plain, path: 'report', kind: 'DAG', queueName: null },
    { ...plain, path: 'report/render', parentPath: 'report', disabled: true },
    { ...plain, path: 'score', templateName: 'score-one', loop: { items: [1, 2, 3], from: null } },
    { ...plain, path: 'both', kind: 'DAG', templateName: 'twice', queueName: null },
    { ...plain, path: 'both/inner', parentPath: 'both', queueName: 'side' },
    { ...plain, path: 'post_process/bye', isPostProcess: true },
  ]);
  expect(edges).toEqual([
    arrow('DEPENDENCY', 'fit'),
    arrow('ARTIFACT', 'fit', 'clean'),
    arrow('PARAMETER', 'fit', 'rows'),
    arrow('DEPENDENCY', 'report'),
    arrow('ARTIFACT', 'report', 'clean'),
    arrow('DEPENDENCY', 'score'),
    arrow('ARTIFACT', 'score', 'clean'),
  ]);
  bench.forgetCalls();
  const again = await bench.query(
    'query ($id: ID!) { node(id: $id) { ... on PipelineVersion { graph { name nodes { fullName resolved } } } } }',
    {
      id: toGlobalId('PipelineVersion', 'prod', `${made.body['pipelineID']}/1`),
    },
  );
  expect(again.data?.node?.graph?.nodes).toHaveLength(8);
  expect(bench.calls()).toEqual([]);
});

const drawn = 'query ($yaml: String!) { validatePipeline(yaml: $yaml) { graph { nodes { path fullName } } } }';
const paths = '{ steps { path } postProcess { path } }';
test('a closing step has the path that it has in a run, and the full name that requests take', async () => {
  const yaml = flow('a: {command: echo}', 'post_process: {notify: {command: echo}}\n');
  const { data } = await bench.query(drawn, { yaml });
  const nodes = [
    { path: 'a', fullName: 'a' },
    { path: 'post_process/notify', fullName: 'notify' },
  ];
  expect(data?.validatePipeline?.graph?.nodes).toEqual(nodes);
  const id = toGlobalId('Run', 'prod', await startUpstream(bench, yaml));
  const run = await eventually(async () => {
    bench.control.advance(2000);
    const found = (await bench.query(`query ($id: ID!) { run(id: $id) ${paths} }`, { id })).data?.run;
    return found?.postProcess ? found : undefined;
  });
  expect(run).toEqual({ steps: [{ path: 'a' }], postProcess: { path: 'post_process/notify' } });
});

test('a closing step that has the name of another still has a path of its own', async () => {
  const { data } = await bench.query(drawn, { yaml: flow('a: {command: echo}', 'post_process: {a: {command: echo}}\n') });
  expect(data?.validatePipeline?.graph?.nodes).toEqual([
    { path: 'a', fullName: 'a' },
    { path: 'post_process/a', fullName: 'a' },
  ]);
});
