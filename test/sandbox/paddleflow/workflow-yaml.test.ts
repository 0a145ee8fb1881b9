import { expect, test } from 'vitest';
import { parseWorkflow } from '../../../src/sandbox/paddleflow/workflow/index.ts';
import { formatValue } from '../../../src/sandbox/paddleflow/workflow/value.ts';
import type { Value } from '../../../src/sandbox/paddleflow/workflow/value.ts';
import { readYaml } from '../../../src/sandbox/paddleflow/workflow/yaml/index.ts';

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

test.each<[text: string, value: unknown]>([
  ['a: {B: c,\n D: e\n}\n', { a: { B: 'c', D: 'e' } }],
  ['a: "x\ny"\n', { a: 'x y' }],
  ['a: "x"#comment\n', { a: 'x' }],
  ['a: x#y\n', { a: 'x#y' }],
  ['a: "x\\\n  y"\n', { a: 'xy' }],
  ['a: |\n  x\n   y\n\n\nb: >-\n  x\n  y\n\n  z\n', { a: 'x\n y\n', b: 'x y\nz' }],
  ['a: |+\n  x\n\nb: |2\n    x\n', { a: 'x\n\n', b: '  x\n' }],
  ['a:\n- 1\n- b: 2\n  c: 3\n-\n  - x\n', { a: [1, { b: 2, c: 3 }, ['x']] }],
  ['? a\n: b\n? c\n', { a: 'b', c: null }],
  ['[a: b, c]', [{ a: 'b' }, 'c']],
  ['{a, b: , c:d}', { a: null, b: null, 'c:d': null }],
  ["a: 'it''s'\n", { a: "it's" }],
  ['a: "\\u00e4\\x41\\N"\n', { a: 'äA\u0085' }],
  ['a: &x {p: 1}\nb: *x\n', { a: { p: 1 }, b: { p: 1 } }],
  ['c: 1\na: &x {p: 1, q: 2}\nd: {p: 0, <<: *x, q: 3}\n', { c: 1, a: { p: 1, q: 2 }, d: { p: 1, q: 3 } }],
  ['%YAML 1.1\n%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1\n', { a: '1' }],
  ['--- # nothing\n...\n', null],
  ['\ufeffa: 1\n', { a: 1 }],
  ['a: x\r\nb: z\r\n', { a: 'x', b: 'z' }],
  ['a: x\n  y\n\n  z\n', { a: 'x y\nz' }],
  ['a: b: c\n'.replace('b: c', '"b: c"'), { a: 'b: c' }],
  ['key with blanks: [1,2 , 3 ]\n', { 'key with blanks': [1, 2, 3] }],
])('%j is read by the rules of the server’s own reader', (text, value) => {
  expect(read(text)).toEqual(value);
});

test.each([
  ['%YAML 1.2\n---\na: 1\n', 'yaml: found incompatible YAML document'],
  ['%FOO bar\n---\na: 1\n', 'yaml: found unknown directive name'],
  ['a:\n  b: 1\n\t\n  c: 2\n', 'yaml: line 3: found a tab character that violates indentation'],
  ['a:\n\tb: 1\n', 'yaml: line 2: found character that cannot start any token'],
  ['a: "\\/x"\n', 'yaml: found unknown escape character'],
  ['a: "x\u0000y"\n', 'yaml: control characters are not allowed'],
  ['a: x\u001by\n', 'yaml: control characters are not allowed'],
  ['a: x\u2028y\nb: 1\n', "yaml: line 3: could not find expected ':'"],
  ['a: x\nb\n', "yaml: line 3: could not find expected ':'"],
  ['a: b: c\n', 'yaml: mapping values are not allowed in this context'],
  ['a: [1, 2\nb: 3\n', "yaml: line 1: did not find expected ',' or ']'"],
  ['a: 1\n b: 2\n', 'yaml: line 2: mapping values are not allowed in this context'],
  ['a: @x\n', 'yaml: found character that cannot start any token'],
  ['a: "x\n', 'yaml: line 2: found unexpected end of stream'],
  ['a: !x!y 1\n', 'yaml: found undefined tag handle'],
  ['a: *nobody\n', "yaml: unknown anchor 'nobody' referenced"],
  ['a: 1\n]\n', 'yaml: line 1: did not find expected key'],
  ['a: 1\nb: 2\n a: 3\n', 'yaml: line 3: mapping values are not allowed in this context'],
  [
    'a: 1\nb:\n  a: 1\n  a: 2\na: 2\n',
    'yaml: unmarshal errors:\n  line 5: mapping key "a" already defined at line 1\n  line 4: mapping key "a" already defined at line 3',
  ],
])('%j is refused: %s', (text, message) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'InvalidPipeline', message }));
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
