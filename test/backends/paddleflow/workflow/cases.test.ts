import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBench, type Bench } from '../../../support/bench.ts';
import { casesOf } from '../../../support/recorded.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

interface Issue {
  readonly severity: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
async function validate(yaml: string, use: string) {
  const asked =
    'query ($yaml: String!, $use: PipelineUse!) { validatePipeline(yaml: $yaml, use: $use) { valid issues { severity line column message } } }';
  const { data } = await bench.query<{ validatePipeline: { valid: boolean; issues: Issue[] } }>(asked, { yaml, use });
  return data?.validatePipeline ?? { valid: false, issues: [] };
}
/** A name of one's own, and lines as a person writes them. */
const step = (body: string, rest = '') => `name: odd\ndocker_env: busybox:1.36\nentry_points:\n  a:\n    command: echo\n${body}${rest}`;
const uses = ['PIPELINE', 'RUN'];

const refused: readonly (readonly [string, string])[] = [
  ...casesOf('yaml-accepted-late'),
  ...casesOf('sandbox-refuses').filter(([file]) => file.endsWith('_empty.yaml')),
  ['a tab in front of a key', 'name: odd\n\tdocker_env: b\nentry_points: {a: {command: x}}\n'],
  ['an unknown escape', step('    env: {A: "\\d"}\n')],
  ['half an escape', step('    env: {A: "\\u12"}\n')],
  ['a surrogate as an escape', step('    env: {A: "\\ud800"}\n')],
  ['an old version', '%YAML 1.0\n---\nname: odd\nentry_points: {a: {command: x}}\n'],
  ['a directive twice', '%YAML 1.1\n%YAML 1.1\n---\nname: odd\nentry_points: {a: {command: x}}\n'],
  ['a byte of C1', step('    env: {A: "a\u0081b"}\n')],
  ['DEL', step('    env: {A: "a\u007fb"}\n')],
  ['U+FFFE', step('    env: {A: "a\ufffeb"}\n')],
  ['a paragraph separator in a plain text', step('    env:\n      A: a\u2029b\n')],
  ['a plain text that begins with @', step('    deps: @a\n')],
  ['a quote in front of a text', step('    env: {A: "a" b}\n')],
  ['a key without a blank', step('    env: {A: 1, B:2: 3}\n')],
  ['a dash in a map', step('    - x\n')],
  ['a tag that nobody declared', step('    env: {A: !e!x y}\n')],
  ['an int that is a float', step('    parameters: {p: !!int 1.5}\n')],
  ['an anchor without a name', step('    env: {A: & x}\n')],
  ['an unsigned number as a key', step('    parameters: {18446744073709551615: 1}\n')],
  ['a condition of one operator', step('    condition: "=="\n')],
  ['two values in a row', step('    condition: "a b"\n')],
  ['an open quote in a condition', step(`    condition: "'a == 'b"\n`)],
  ['an unknown operator', step('    condition: "a === b"\n')],
  ['a word with a dot', step('    condition: "1.2.3 == 1"\n')],
  ['a name of somebody else in a condition', step('    condition: "{{b.x}} == 1"\n')],
  ['an assignment', step('    condition: "a = b"\n')],
  ['a condition in a template', step('', 'components:\n  t: {condition: "a &&"}\n')],
  ['a template of docker inspect', step('    env: {A: "{{.Id}}"}\n')],
  ['blanks around it', step('    env: {A: "{{ .Config }}"}\n')],
  ['a name with a hyphen', step('    env: {A: "{{some-name}}"}\n')],
  ['a number as a name', step('    env: {A: "{{1}}"}\n')],
  ['a list of maps', step('    loop_argument: [{lr: 0.1}]\n')],
  ['a list of booleans, as JSON', step("    loop_argument: '[true]'\n")],
  ['a list with nothing in it, as JSON', step("    loop_argument: '[1, null]'\n")],
  ['a map deep in a list, as JSON', step("    loop_argument: '[[{}]]'\n")],
  ['a number that is too large, as JSON', step("    loop_argument: '[1e400]'\n")],
  ['a loop over an empty text', step("    loop_argument: ''\n")],
  ['a template and a blank', step("    parameters: {p: [1]}\n    loop_argument: ' {{p}}'\n")],
  ['a template in a list', step("    parameters: {p: 1}\n    loop_argument: ['{{p}}']\n")],
  ['an image file in a template', step('', 'components:\n  t: {docker_env: y.tar}\n')],
  ['a template as a default of a number', step('    parameters: {p: {type: int, default: "{{PF_RUN_ID}}"}}\n')],
  [
    'a cache that depends on what is not mounted',
    step('    cache: {enable: true, fs_scope: [{name: other}]}\nfs_options: {main_fs: {name: f}}\n'),
  ],
  ['a cache that depends on nothing', step('    cache: {fs_scope: [{path: /x}]}\n')],
  ['no time to expire', step('    cache: {max_expired_time: soon}\n')],
  ['an empty dag in a dag', 'name: odd\nentry_points: {a: {entry_points: {b: {entry_points: {}}}}}\n'],
  ['an empty dag in a template', step('', 'components: {t: {entry_points: {}}}\n')],
  ['an empty dag by an alias', 'name: odd\nentry_points: {a: &d {entry_points: &e {}}, b: {entry_points: *e}}\n'],
  ['an empty dag by a merge', 'name: odd\nentry_points: {a: {command: x}, b: {<<: {entry_points: {}}}}\n'],
];
test.each(refused.flatMap(([name, yaml]) => uses.map((use) => [name, use, yaml] as const)))(
  '%s is refused as a %s, with its place',
  async (_name, use, yaml) => {
    const { valid, issues } = await validate(yaml, use);
    const errors = issues.filter(({ severity }) => severity === 'ERROR');
    expect({ valid, errors: errors.length > 0 }).toEqual({ valid: false, errors: true });
    const lines = yaml.split(/\r?\n/);
    for (const { line, column } of errors) {
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    }
    expect(bench.calls()).toEqual([]);
  },
);

const accepted: readonly (readonly [string, string])[] = [
  ...casesOf('yaml-refused-wrongly'),
  ...casesOf('sandbox-refuses').filter(([file]) => !file.endsWith('_empty.yaml')),
  ['YAML 1.1 by name', `%YAML 1.1\n---\n${step('')}`],
  ['a byte order mark', `\ufeff${step('')}`],
  ['line ends of Windows', step('').replaceAll('\n', '\r\n')],
  ['line ends of old', step('').replaceAll('\n', '\r')],
  ['a flow map that ends at the left', step('    env: {\nA: 1,\nB: 2\n}\n')],
  ['a list that ends at the left', step('    loop_argument: [1,\n2\n]\n')],
  ['single quotes at the left', step("    env: {A: 'a\nb'}\n")],
  ['a comment behind a bracket', step('    env: {A: 1}#comment\n')],
  ['a comment behind single quotes', step("    deps: ''#comment\n")],
  ['tabs behind values', step('    deps: ""\t\n')],
  ['tabs in a flow map', step('    env: {\tA: 1,\t\tB: 2}\n')],
  ['an escaped tab', step('    env: {A: "a\\\tb"}\n')],
  ['a single quote as an escape', step(`    env: {A: "\\'"}\n`)],
  ['a line separator in quotes', step('    env: {A: "a\u2028b"}\n')],
  ['a question mark for a key', step('    env: {? A : 1}\n')],
  ['a comma too many', step('    env: {A: 1,}\n')],
  ['a document that is closed', `---\n${step('')}...\n`],
  ['documents behind it, whatever is in them', `${step('')}---\n{ [ : "\n`],
  ['keys in upper case, and more of them', step('    parameters: {p: {TYPE: float, DEFAULT: 1, note: x}}\n')],
  ['numbers of YAML 1.1', step('    parameters: {a: 0b11, b: 0o17, c: 017, d: 1_000, e: +5, f: 08, g: 1e3}\n')],
  ['what looks like a key', step('    env: {A: b:c, D: http://x}\n')],
  ['templates of others', step(`    env: {A: "{{json .}}", B: "{{range .X}}", C: "{{ }}", D: "{{}}"}\n`)],
  ['a loop over nested lists', step('    loop_argument: \'[[1, "a"], [2]]\'\n')],
  ['a loop over null, as JSON', step("    loop_argument: 'null'\n")],
  ['blanks and commas in deps', step("    deps: ' , ,'\n")],
  ['a condition of arithmetic', step('    condition: "1 + 2"\n')],
  [
    'a condition of all sorts',
    step(`    parameters: {m: a, o: 1}\n    condition: "('{{m}}' == 'a-b' || {{o}} >= 2) && !({{m}} in (a, b)) ? true : false"\n`),
  ],
  ['what is switched off and broken', step('    env: {A: "{{nobody}}"}\n    parameters: {p: true}\n', 'disabled: a\n')],
  [
    'a reference with empty keys',
    'name: odd\ndocker_env: b\nentry_points:\n  a: {reference: {component: t}, command: "", env: {}, condition: ""}\ncomponents: {t: {command: x}}\n',
  ],
  [
    'a cache of what is mounted',
    step(
      '    extra_fs: [{name: other}]\n    cache: {fs_scope: [{name: other}, {name: f, path: "/a,/b"}], max_expired_time: 300}\nfs_options: {main_fs: {name: f}}\n',
    ),
  ],
];
test.each(accepted.flatMap(([name, yaml]) => uses.map((use) => [name, use, yaml] as const)))(
  '%s passes as a %s',
  async (_name, use, yaml) => {
    const { valid, issues } = await validate(yaml, use);
    expect(issues.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
    expect(valid).toBe(true);
  },
);
