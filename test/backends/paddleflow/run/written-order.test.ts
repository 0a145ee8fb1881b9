import { expect, test } from 'vitest';
import { componentsOf, detailAsTold, type RunDetail } from '../../../../src/backends/paddleflow/run/detail.ts';
import { inWrittenOrder } from '../../../../src/backends/paddleflow/run/written-order.ts';
import { WireRunDetail } from '../../../../src/backends/paddleflow/wire/run-detail.ts';
import { runDetail } from '../client/samples.ts';

const yaml = `name: ordered
components:
  shared:
    parameters: {zeta: 1, alpha: 2, mid: 3}
    env: {Z_TEMPLATE: a, A_TEMPLATE: b}
    artifacts: {input: {second: "", first: ""}, output: [zip, log]}
    command: echo
  group:
    parameters: {size: 1, kind: x}
    entry_points:
      zoo: {reference: {component: shared}, parameters: {mid: 7, zeta: 8}}
      ant: {command: echo}
entry_points:
  prep:
    parameters: {rows: 10, columns: 2}
    env: {ZONE: a, PF_JOB_QUEUE_NAME: train, BASE: b}
    command: echo
  loop: {deps: prep, loop_argument: [a, b], command: echo}
  again: {reference: {component: shared}, parameters: {mid: 4, alpha: 5}}
  grouped: {reference: {component: group}}
  inner:
    entry_points:
      yard: {command: echo, parameters: {rows: 1}}
      area: {command: echo, parameters: {last: 1}}
post_process:
  notify: {command: echo}
  mail: {command: echo}
`;

const none = { input: {}, output: {} };
const byName = <T>(values: Record<string, T>) =>
  Object.fromEntries(Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1)));
const step = (name: string, more: object = {}) => ({ type: 'step', name, jobID: `job-${name}`, env: {}, artifacts: none, ...more });
const dag = (name: string, entryPoints: object, more: object = {}) => ({
  type: 'dag',
  name,
  id: `dag-${name}`,
  artifacts: none,
  entryPoints,
  ...more,
});

/** As the backend sends it: whatever has a name is sorted by it. */
function read(runYaml: string, runtime: Record<string, object[]>, more: object = {}): RunDetail {
  const wire = WireRunDetail.parse({ ...runDetail, runYaml, runtime: byName(runtime), postProcess: {}, ...more });
  return inWrittenOrder(detailAsTold(wire, (text) => text || null));
}
const paths = (detail: RunDetail) => componentsOf(detail).map(({ path }) => path);
const partAt = (detail: RunDetail, path: string) => componentsOf(detail).find((part) => part.path === path);

test('steps and dags stand in the order of the YAML on every level, the turns of a loop together', () => {
  const turns = [step('run-loop-1'), step('run-loop')];
  const runtime = {
    prep: [step('prep')],
    loop: turns,
    again: [step('again')],
    grouped: [dag('grouped', { ant: [step('ant')], zoo: [step('zoo')] })],
    inner: [dag('inner', { area: [step('area')], yard: [step('yard')] })],
  };
  const detail = read(yaml, runtime, { postProcess: { mail: step('mail'), notify: step('notify') } });
  expect(paths(detail)).toEqual([
    'prep',
    'loop',
    'loop[1]',
    'again',
    'grouped',
    'grouped/zoo',
    'grouped/ant',
    'inner',
    'inner/yard',
    'inner/area',
    'post_process/notify',
    'post_process/mail',
  ]);
});

test('parameters, environment and artifacts stand in the order of the YAML: those of a template, then what refers to it says more', () => {
  const shared = {
    parameters: { alpha: '5', mid: '4', zeta: '1' },
    env: { A_TEMPLATE: 'b', PF_RUN_ID: 'run', PF_STEP_NAME: 'again', Z_TEMPLATE: 'a' },
    artifacts: { input: { first: 'b', second: 'a' }, output: { log: 'l', zip: 'z' } },
  };
  const prep = {
    parameters: { columns: '2', rows: '10' },
    env: { BASE: 'b', PF_JOB_MODE: '', PF_JOB_QUEUE_NAME: 'train', PF_RUN_ID: 'run', ZONE: 'a' },
  };
  const grouped = dag('grouped', { zoo: [step('zoo', shared)] }, { parameters: { kind: 'x', size: '1' } });
  const detail = read(yaml, { prep: [step('prep', prep)], again: [step('again', shared)], grouped: [grouped] });
  const namesAt = (path: string) => {
    const { parameters = {}, artifacts = none, ...part } = partAt(detail, path) ?? {};
    const env = 'env' in part ? Object.keys(part.env) : [];
    return { parameters: Object.keys(parameters), env, artifacts: [artifacts.input, artifacts.output].map(Object.keys) };
  };
  const template = {
    parameters: ['zeta', 'alpha', 'mid'],
    env: ['Z_TEMPLATE', 'A_TEMPLATE', 'PF_RUN_ID', 'PF_STEP_NAME'],
    artifacts: [
      ['second', 'first'],
      ['zip', 'log'],
    ],
  };
  expect(namesAt('again')).toEqual(template);
  expect(namesAt('grouped/zoo')).toEqual(template);
  expect(namesAt('grouped').parameters).toEqual(['size', 'kind']);
  expect(namesAt('prep')).toEqual({
    parameters: ['rows', 'columns'],
    env: ['ZONE', 'PF_JOB_QUEUE_NAME', 'BASE', 'PF_JOB_MODE', 'PF_RUN_ID'],
    artifacts: [[], []],
  });
});

test('what a request overrides stands in the order in which the YAML declares it', () => {
  const parameters = { columns: 1, 'inner.area.last': 2, 'inner.yard.rows': 3, 'prep.rows': 4, rows: 5 };
  expect(Object.keys(read(yaml, {}, { parameters }).parameters ?? {})).toEqual([
    'rows',
    'prep.rows',
    'columns',
    'inner.yard.rows',
    'inner.area.last',
  ]);
  expect(read(yaml, {}, { parameters: null }).parameters).toBeNull();
});

const began = (time: string) => ({ startTime: time });
test.each([
  ['that is not there', ''],
  ['that is none', 'entry_points: ['],
  ['that is too long to be looked into', `${yaml}# ${'x'.repeat(70_000)}`],
  ['that speaks of others', 'entry_points: {other: {command: echo}}'],
  ['whose templates go in circles', 'components: {a: {reference: {component: a}}}\nentry_points: {other: {reference: {component: a}}}'],
])('with a YAML %s, steps stand in the order in which they began, and those that did not by name', (_what, text) => {
  const runtime = {
    second: [step('second', began('2024-03-05 10:00:02'))],
    late: [step('run-late-1', began('2024-03-05 10:00:03')), step('run-late', began('2024-03-05 10:00:09'))],
    'a-first': [step('a-first', began('2024-03-05 10:00:01'))],
    never: [step('never')],
    'b-never': [step('b-never')],
    group: [
      dag(
        'group',
        { x: [step('x', began('2024-03-05 10:00:08'))], y: [step('y', began('2024-03-05 10:00:07'))] },
        began('2024-03-05 10:00:07'),
      ),
    ],
  };
  expect(paths(read(text, runtime))).toEqual(['a-first', 'second', 'late', 'late[1]', 'group', 'group/y', 'group/x', 'b-never', 'never']);
});

test('what the YAML does not name comes last, and names of every kind stay what they are', () => {
  const odd = Object.fromEntries([
    ['__proto__', 'p'],
    ['constructor', 'c'],
    ['rows', '1'],
  ]); // own properties all
  const detail = read(yaml, { added: [step('added', began('2024-03-05 09:00:00'))], prep: [step('prep', { parameters: odd })] });
  expect(paths(detail)).toEqual(['prep', 'added']);
  expect(Object.entries(partAt(detail, 'prep')?.parameters ?? {})).toEqual([
    ['rows', '1'],
    ['__proto__', 'p'],
    ['constructor', 'c'],
  ]);
});

test('parts that claim one place are told apart by their position, each turn of a loop for itself, however many there are', () => {
  const turns = ['run-a-1', 'run-a', 'run-a-1', 'run-a', ...Array.from({ length: 5_000 }, () => 'run-a-2')];
  const found = paths(read('name: x\n', { a: turns.map((name) => step(name)) }));
  expect(found.slice(0, 6)).toEqual(['a', 'a#2', 'a[1]', 'a[1]#2', 'a[2]', 'a[2]#2']);
  expect(found.at(-1)).toBe('a[2]#5000');
});
