import { expect, test } from 'vitest';
import { parseWorkflow } from '../../src/sandbox/paddleflow/workflow/index.ts';
import { formatValue } from '../../src/sandbox/paddleflow/workflow/value.ts';
import type { Value } from '../../src/sandbox/paddleflow/workflow/value.ts';
import { readYaml } from '../../src/sandbox/paddleflow/workflow/yaml/index.ts';

function read(text: string, duplicates: 'refuse' | 'last-wins' = 'refuse'): Value {
  const { value, refuseDuplicates } = readYaml(text);
  if (duplicates === 'refuse') refuseDuplicates();
  return value;
}

test.each([
  ['yes', true],
  ['Off', false],
  ['n', false],
  ['"n"', 'n'],
  ['~', null],
  ['', null],
  ['Null', null],
  ['12', 12],
  ['-12', -12],
  ['0777', 511],
  ['0o17', 15],
  ['0x1F', 31],
  ['0b101', 5],
  ['1_000', 1000],
  ['08', 8],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['190:20:30', '190:20:30'],
  ['2024-01-02', '2024-01-02'],
  ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z'],
  ['!!str 12', '12'],
  ['!!int "12"', 12],
  ['!!binary aGk=', 'hi'],
  ['! 12', 12],
  ['! "12"', 12],
  ['_1', '_1'],
  ['1.2.3', '1.2.3'],
  ['9007199254740993', 9007199254740993n],
])('the scalar %s is read as the Kubernetes converter reads it', (text, value) => {
  expect(read(`a: ${text}\n`, 'refuse')).toEqual({ a: value });
});

test('keys become text, so that n is the key false', () => {
  expect(read('n: 1\n2: x\nyes: y\n', 'refuse')).toEqual({ false: 1, '2': 'x', true: true });
});

test('merge keys lend what a map does not say itself, earlier maps first', () => {
  const yaml = 'a: &a {x: 1, w: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  w: 3\n';
  expect(read(yaml, 'refuse')).toEqual({ a: { x: 1, w: 1 }, b: { x: 2, z: 2 }, c: { x: 1, w: 3, z: 2 } });
});

test('duplicate keys are refused in runs, and the last one wins in pipelines', () => {
  expect(() => read('a: 1\na: 2\n', 'refuse')).toThrow(/line 2: mapping key "a" already defined at line 1/);
  expect(read('a: 1\na: 2\n', 'last-wins')).toEqual({ a: 2 });
  expect(() => read('a: {b: 1, b: 2}\n', 'refuse')).toThrow(/line 1: mapping key "b" already defined at line 1/);
});

test('only the first of several documents counts', () => {
  expect(read('a: 1\n---\nb: 2\n', 'refuse')).toEqual({ a: 1 });
});

test.each([
  'a: [',
  'a: *nobody',
  'a: &x [*x]',
  'a: &x {b: {<<: *x}}',
  'a: .inf',
  'a: .nan',
  '? [1]\n: 2',
  '~: 1',
  '- a\nb: 1',
  'a: !!int x',
])('%j is no YAML for the server', (yaml) => {
  expect(() => read(yaml, 'refuse')).toThrow(expect.objectContaining({ code: 'InvalidPipeline' }));
});

test('aliases of aliases do not grow without bound', () => {
  const levels = Array.from({ length: 12 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`);
  expect(() => read(['l0: &l0 x', ...levels].join('\n'), 'refuse')).toThrow(/excessive aliasing/);
});

test.each([
  [100, '100'],
  [1_000_000, '1000000'],
  [1.5, '1.5'],
  [1234567.5, '1.2345675e+06'],
  [0.00001, '1e-05'],
  [1e21, '1e+21'],
  [['a', 1, [2, 3]], '[a 1 [2 3]]'],
  [9007199254740993n, '9007199254740993'],
])('%o is written by Go as %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test('a workflow tells its image, its file systems and its text', () => {
  const yaml = `name: demo
docker_env: busybox
fs_options: {main_fs: {name: data}, extra_fs: [{name: more}]}
cache: {fs_scope: [{name: scope}]}
entry_points: {a: {command: x, extra_fs: [{name: own}, {name: more}]}}
`;
  const { definition, ...workflow } = parseWorkflow(yaml, { duplicateKeys: 'refuse' });
  expect(workflow).toEqual({ name: 'demo', yaml, dockerEnv: 'busybox', mainFsName: 'data', fsNames: ['data', 'more', 'own', 'scope'] });
  expect(definition.parallelism).toBe(10);
});
