import { describe, expect, test } from 'vitest';
import { EndlessWorkflow } from '../../../src/sandbox/paddleflow/workflow/index.ts';
import { flow, plan, verdict } from './workflow-bench.ts';

const step = 'a: {command: echo}';
const entries = (text: string, rest = ''): string => flow(`entry_points:\n  ${text.replaceAll('\n', '\n  ')}\n${rest}`);
const withFs = (text: string, rest = ''): string => entries(text, `fs_options: {main_fs: {name: data}}\n${rest}`);
const makes = 'a: {command: x, artifacts: {output: [out]}}';

describe('a pipeline is accepted', () => {
  test.each<[why: string, yaml: string]>([
    [
      'with a null key of the root or of a step, which counts as absent',
      entries('a: {command: x, deps: , env: , artifacts: }', 'cache:\n'),
    ],
    ['with a null loop argument in a dag', entries('d: {entry_points: {a: {command: x}}, loop_argument: }')],
    ['with a name in a step, which is ignored', entries('a: {name: b, command: x}')],
    ['with a type that is right', entries('a: {type: step}\nd: {type: dag, entry_points: {b: {}}}')],
    ['with an output map of empty values', withFs('a: {artifacts: {output: {x: "", w: }}}')],
    ['with an upper case component name, which fails only later', entries('Train-: {command: x}')],
    [
      'with templates of each scope',
      withFs(
        `${makes}
b:
  deps: a
  parameters: {p: "{{PF_RUN_ID}}-x", q: "{{ a.p }}"}
  env: {E: "{{p}} {{PF_STEP_NAME}}"}
  artifacts: {input: {src: "{{a.out}}"}, output: [out]}
  condition: "{{p}} == {{src}}"
  loop_argument: "{{src}}"
  command: "{{p}} {{src}} {{out}} {{PF_LOOP_ARGUMENT}}"`.replace('a: {command: x, ', 'a: {command: x, parameters: {p: 1}, '),
      ),
    ],
    [
      'with text that only looks like a template',
      entries(`a: {command: "docker inspect -f '{{json .Id}} {{.State.Status}}' {{a.b.c}} {{ }}"}`),
    ],
    [
      'with typed parameters',
      entries(
        'a: {parameters: {i: {type: int, default: 3}, f: {type: float, default: 1.5}, s: {type: string, default: x}, p: {type: path, default: a/b}}}',
      ),
    ],
    ['with a loop over the text of a JSON list', entries(`a: {loop_argument: '["x", 1]'}`)],
    [
      'with a dag that hands artifacts in and out',
      withFs(`${makes}
d:
  deps: a
  parameters: {p: 1}
  artifacts: {input: {t: "{{a.out}}"}, output: {page: "{{r.html}}"}}
  loop_argument: [1, 2]
  entry_points:
    r: {parameters: {q: "{{PF_PARENT.p}}", l: "{{PF_PARENT.PF_LOOP_ARGUMENT}}"}, artifacts: {input: {i: "{{PF_PARENT.t}}"}, output: [html]}}`),
    ],
    [
      'with a chain of references',
      entries(
        'a: {reference: {component: x}, parameters: {p: 2}}',
        'components: {x: {reference: {component: w}, parameters: {p: 1}}, w: {command: "{{p}}", parameters: {p: 0}}}',
      ),
    ],
    [
      'with an empty default in a template that its user fills',
      entries('a: {reference: {component: x}, parameters: {p: z}}', 'components: {x: {parameters: {p: {type: string, default: ""}}}}'),
    ],
    ['with a typed parameter in words of any case', entries('a: {parameters: {p: {Type: int, DEFAULT: 3, why: x}}}')],
    ['with an output artifact named twice', withFs('a: {artifacts: {output: [m, m]}}')],
    ['with deps that have empty members', entries('a: {}\nb: {deps: " a ,, "}')],
    ['with no entry points at all', flow('entry_points: {}')],
    ['with a dag without entry points', entries('d: {entry_points: {}}')],
    ['with a condition that gives no truth', entries('a: {condition: 1 + 2}')],
    ['with everything disabled', entries(step, 'disabled: a')],
    [
      'with disabled components that refer to each other',
      withFs(`${makes}\nb: {deps: a, artifacts: {input: {i: "{{a.out}}"}}}`, 'disabled: "a, b"'),
    ],
  ])('%s', (_why, yaml) => {
    expect(verdict(yaml)).toBe('accepted');
  });
});

describe('a pipeline is refused as InvalidPipeline', () => {
  test.each<[why: string, yaml: string, message: RegExp]>([
    ['an unknown key of the root', entries(step, 'extra: 1\n'), /: workflow has no attribute \[extra\]$/],
    [
      'an unknown key of a step',
      entries('a: {comand: x}'),
      /: parse \[entry_points\] failed, error: parse step\[a\] failed, step has no attribute \[comand\]$/,
    ],
    [
      'an unknown key of a dag',
      entries('d: {entry_points: {a: {}}, command: x}'),
      /: parse \[entry_points\] failed, error: parse dag\[d\] failed, dag has no attribute \[command\]$/,
    ],
    ['an unknown key of the cache', entries('a: {cache: {on_: 1}}'), /no attribute/],
    ['a key that YAML 1.1 turns into a boolean', entries('a: {on: 1}'), /no attribute \[true\]/],
    ['a list as the root', '[1]', /workflow should be map type/],
    ['no text at all', '', /workflow should be map type/],
    ['a number as a command', entries('a: {command: 1}'), /\[command\].*string/],
    ['a null in a dag', entries('d: {entry_points: {a: {}}, deps: }'), /\[deps\] in dag should be string type/],
    ['entry points that are null in a dag', entries('d: {entry_points: }'), /\[entry_points\] in dag should be map type/],
    ['no entry points', flow('parallelism: 1'), /: get entry_points map failed$/],
    ['an empty name', 'entry_points: {a: {}}', /: check pipelineName\[\] in run\[\] failed: format of run or pipeline name\[\] invalid/],
    ['a text as the parallelism', entries(step, 'parallelism: two'), /: \[parallelism\] of workflow should be int type$/],
    ['a tar file as the image of a step', entries('a: {docker_env: x.tar}'), /: image as tar file is not supported for now$/],
    [
      'a template of another language',
      entries('a:\n  command: docker ps --format "{{.Names}}"'),
      /component \[a\] refer \[\.Names\] invalid/,
    ],
    ['a condition without an end', entries('a: {condition: "1 >"}'), /: condition\[1 >\] is invalid, error: Unexpected end of expression$/],
    [
      'a condition with open brackets',
      entries('a: {condition: "((("}'),
      /: condition\[\(\(\(\] is invalid, error: Unbalanced parenthesis$/,
    ],
    ['a condition of two values', entries('a: {condition: "a b"}'), /Cannot transition token types from VARIABLE \[a\] to VARIABLE \[b\]/],
    ['a condition with an open quote', entries(`a: {condition: "'a"}`), /Unclosed string literal/],
    ['a condition with an open bracket', entries('a: {condition: "[a"}'), /Unclosed parameter bracket/],
    ['a condition of blanks', entries('a: {condition: " "}'), /Unexpected end of expression/],
    ['a condition with an unknown sign', entries('a: {condition: "a = b"}'), /Invalid token: '='/],
    ['a loop over the text of a list of maps', entries(`a: {loop_argument: '[{"lr": 0.1}]'}`), /is not supported for loopArgument/],
    [
      'a tar file as the image',
      `name: demo\ndocker_env: image.tar\nentry_points: {${step}}`,
      /: image as tar file is not supported for now$/,
    ],
    [
      'an unknown failure strategy',
      entries(step, 'failure_options: {strategy: retry}'),
      /: failure strategy should be \[fail_fast\] or \[continue\], setted by \[retry\]$/,
    ],
    [
      'a read-only main file system',
      entries(step, 'fs_options: {main_fs: {name: d, read_only: true}}'),
      /: \[read_only\] in \[main_fs\] must be false$/,
    ],
    [
      'an absolute sub-path',
      entries(step, 'fs_options: {main_fs: {name: d, sub_path: /x}}'),
      /: \[sub_path\] in \[main_fs\] should not start with '\/'$/,
    ],
    ['an extra file system without a name', entries(step, 'fs_options: {extra_fs: [{mount_path: /x}]}'), /\[name\]/],
    [
      'the type of a dag on a step',
      entries('a: {type: dag}'),
      /: parse \[entry_points\] failed, error: parse step\[a\] failed, set \[type\] as \[dag\] in step$/,
    ],
    [
      'a digit at the start of a component name',
      entries('1a: {}'),
      /: format of component name\[1a\] invalid, should be in \^\[a-zA-Z\]\[a-zA-Z0-9-\]\*\$ and not start with "PF_"$/,
    ],
    ['a component name of 31 characters', entries(`${'a'.repeat(31)}: {}`), /component name/],
    ['an underscore in a component name', entries('a_b: {}'), /component name/],
    [
      'a hyphen in a parameter name',
      entries('a: {parameters: {a-b: 1}}'),
      /check parameters\[a-b\] in component\[a\] failed: format of variable name\[a-b\] invalid/,
    ],
    ['a parameter name of 51 characters', entries(`a: {parameters: {${'p'.repeat(51)}: 1}}`), /format of variable name/],
    ['a bad variable name', entries('a: {env: {A-B: 1}}'), /check env\[A-B\] in component\[a\]/],
    [
      'names that differ only in their case',
      withFs('a: {parameters: {Out: 1}, artifacts: {output: [out]}}'),
      /outputAtf name\[out\] has already existed in params\/artifacts of component\[a\] \(these names are case-insensitive\)/,
    ],
    ['a dependency that does not exist', entries('a: {deps: b}'), /: component \[a\] has an wrong dep \[b\]$/],
    ['a dependency into another dag', entries('d: {entry_points: {a: {}}}\nb: {deps: a}'), /component \[b\] has an wrong dep \[a\]/],
    ['a circle of dependencies', entries('a: {deps: b}\nb: {deps: c}\nc: {deps: a}'), /: workflow is not acyclic$/],
    ['a dependency on itself', entries('a: {deps: a}'), /workflow is not acyclic/],
    ['a boolean parameter', entries('a: {parameters: {p: yes}}'), /: type\[bool\] is not supported for param\[p\]$/],
    ['a null parameter', entries('a: {parameters: {p: }}'), /: type\[<nil>\] is not supported for param\[p\]$/],
    [
      'a map as a parameter',
      entries('a: {parameters: {p: {x: 1}}}'),
      /: type\[\] is not supported for dict param\[name: p, value: \{Type: Default:<nil>\}\]$/,
    ],
    ['a template within a list', entries('a: {parameters: {p: ["{{PF_RUN_ID}}"]}}'), /templates/],
    ['a typed list', entries('a: {parameters: {p: {type: list, default: [1]}}}'), /: check dict param failed in end$/],
    [
      'an int with a fraction',
      entries('a: {parameters: {p: {type: int, default: 1.5}}}'),
      /: invalid type\[float\] for param\[1\.5\]\. expect type\[int\]$/,
    ],
    [
      'a path with a blank',
      entries('a: {parameters: {p: {type: path, default: a b}}}'),
      /invalid type\[string\] for param\[a b\]\. expect type\[path\]/,
    ],
    ['an empty default', entries('a: {parameters: {p: {type: string, default: ""}}}'), /empty default/],
    ['a boolean variable', entries('a: {env: {E: on}}'), /type\[bool\] is not supported for env\[E\]/],
    [
      'an unknown name in a command',
      entries('a: {command: "{{x}}"}'),
      /: unsupported RefParamName\[x\] for param\[\{\{x\}\}\] of filedType\[command\]$/,
    ],
    [
      'another step in a command',
      entries('a: {parameters: {p: 1}}\nb: {deps: a, command: "{{a.p}}"}'),
      /: component \[b\] refer \[a\.p\] invalid, only parameters can use upstream parameters/,
    ],
    ['an artifact in a variable', withFs('a: {artifacts: {output: [o]}, env: {E: "{{o}}"}}'), /unsupported RefParamName\[o\].*\[env\]/],
    ['an output artifact in a condition', withFs('a: {artifacts: {output: [o]}, condition: "{{o}} == x"}'), /condition/],
    ['an own parameter in a parameter', entries('a: {parameters: {p: 1, q: "{{p}}"}}'), /unsupported RefParamName\[p\].*\[parameters\]/],
    [
      'a parameter of a step not in deps',
      entries('a: {parameters: {p: 1}}\nb: {parameters: {q: "{{a.p}}"}}'),
      /: invalid reference param \{\{ a\.p \}\} in component\[b\]: component\[a\] not in deps$/,
    ],
    [
      'a parameter that the other step lacks',
      entries('a: {}\nb: {deps: a, parameters: {q: "{{a.p}}"}}'),
      /component\[a\] has no parameter\[p\]/,
    ],
    [
      'a parameter called as what every object has',
      entries('a: {parameters: {p: 1}}\nb: {deps: a, parameters: {q: "{{a.toString}}"}}'),
      /has no parameter\[toString\]/,
    ],
    ['the parent outside of a dag', entries('a: {parameters: {q: "{{PF_PARENT.p}}"}}'), /PF_PARENT\.p .*there is no parent/],
    ['a loop over two templates', entries('a: {parameters: {p: x}, loop_argument: "{{p}}{{p}}"}'), /loop_argument/],
    ['a loop over a text', entries('a: {loop_argument: abc}'), /: loopArgument \[abc\] unmarshal to list failed, error: /],
    ['a loop over a number', entries('a: {loop_argument: 3}'), /: loopArgument can only be string or list type$/],
    ['a loop over booleans', entries('a: {loop_argument: [y, n]}'), /type\[bool\] is not supported for loopArgument/],
    ['text around an input artifact', withFs(`${makes}\nb: {deps: a, artifacts: {input: {i: "x{{a.out}}"}}}`), /exactly one/],
    ['an input from a step not in deps', withFs(`${makes}\nb: {artifacts: {input: {i: "{{a.out}}"}}}`), /not in its deps/],
    [
      'an input from an output that does not exist',
      withFs(`${makes}\nb: {deps: a, artifacts: {input: {i: "{{a.no}}"}}}`),
      /does not exist/,
    ],
    [
      'an input from a step with a condition',
      withFs('a: {condition: x == x, artifacts: {output: [out]}}\nb: {deps: a, artifacts: {input: {i: "{{a.out}}"}}}'),
      /has a condition/,
    ],
    ['a dag output from nowhere', withFs('d: {artifacts: {output: {o: "{{x.w}}"}}, entry_points: {a: {}}}'), /output of a child/],
    ['artifacts without a main file system', entries(makes), /: cannot define artifact in component\[a\] with no Fs mounted$/],
    [
      'an unknown reference',
      entries('a: {reference: {component: x}}'),
      /: check reference failed, only outer components can be refered, error: no component named x$/,
    ],
    [
      'a circle of references',
      entries(
        'a: {reference: {component: x}}',
        'components: {x: {reference: {component: w}}, w: {entry_points: {z: {reference: {component: x}}}}}',
      ),
      /cycle reference/,
    ],
    [
      'a reference with a command',
      entries('a: {reference: {component: x}, command: echo}', 'components: {x: {}}'),
      /\[command\] in step\[a\] with reference is not allowed/,
    ],
    [
      'a reference with an unknown parameter',
      entries('a: {reference: {component: x}, parameters: {p: 1}}', 'components: {x: {}}'),
      /parameter\[p\]/,
    ],
    [
      'a reference with other inputs',
      withFs('a: {reference: {component: x}}', 'components: {x: {artifacts: {input: {m: ""}}}}'),
      /input artifacts/,
    ],
    ['deps of a component for references', entries(step, 'components: {x: {deps: w}, w: {}}'), /can not have deps/],
    ['an unknown disabled component', entries(step, 'disabled: b'), /: disabled component\[b\] not existed!$/],
    ['a component disabled twice', entries(step, 'disabled: "a, a"'), /repeated/],
    [
      'a disabled component that an enabled one reads',
      entries('a: {parameters: {p: 1}}\nb: {deps: a, parameters: {q: "{{a.p}}"}}', 'disabled: a'),
      /disabled/,
    ],
    [
      'a disabled child that the dag hands out',
      withFs('d: {artifacts: {output: {o: "{{x.w}}"}}, entry_points: {x: {artifacts: {output: [w]}}}}', 'disabled: d.x'),
      /disabled/,
    ],
    ['two post_process steps', entries(step, 'post_process: {x: {}, w: {}}'), /: post_process can only has 1 step at most$/],
    ['a dag as post_process', entries(step, 'post_process: {x: {entry_points: {w: {}}}}'), /entry_points/],
    [
      'post_process with the name of an entry',
      entries(step, 'post_process: {a: {}}'),
      /: a step in post_process has name \[a\], which is same to name of a step in entry_points$/,
    ],
    ['post_process with deps', entries(step, 'post_process: {x: {deps: a}}'), /: step \[x\] in post_process has deps$/],
    ['post_process with a condition', entries(step, 'post_process: {x: {condition: a == a}}'), /condition/],
    ['post_process with a loop', entries(step, 'post_process: {x: {loop_argument: [1]}}'), /loop_argument/],
    ['post_process with a cache', entries(step, 'post_process: {x: {cache: {enable: true}}}'), /cache/],
    [
      'post_process that reads an entry point',
      entries('a: {parameters: {p: 1}}', 'post_process: {x: {parameters: {q: "{{a.p}}"}}}'),
      /component\[a\] not in deps/,
    ],
    [
      'post_process that refers to a dag',
      entries(step, 'components: {w: {entry_points: {z: {}}}}\npost_process: {x: {reference: {component: w}}}'),
      /is not a step/,
    ],
  ])('for %s', (_why, yaml, message) => {
    const answer = verdict(yaml);
    expect(answer).toMatch(/^InvalidPipeline: /);
    expect(answer).toMatch(message);
  });
});

describe('a request overrides', () => {
  const yaml = entries(
    'a: {parameters: {p: 1, q: x}}\nd: {entry_points: {b: {parameters: {p: 2}}}}',
    'post_process: {z: {parameters: {p: 3}}}',
  );
  const typed = entries('a: {parameters: {i: {type: int, default: 3}, s: {type: string, default: ""}}}');

  test('the name, the image, the file system, the strategy and what is disabled', () => {
    const overrides = { name: 'other', dockerEnv: 'img', fsName: 'data', failureOptions: { strategy: 'continue' }, disabled: 'd.b' };
    const { workflow, definition, ...rest } = plan(yaml, overrides);
    expect(rest).toEqual({ ...overrides, parameters: null });
    expect(workflow.name).toBe('demo');
    expect(definition.parallelism).toBe(10);
  });

  test.each<[parameters: Record<string, unknown>, answer: RegExp]>([
    [{ p: 5 }, /accepted/],
    [{ 'a.p': [1, 'x'] }, /accepted/],
    [{ 'd.b.p': 'x' }, /accepted/],
    [{ 'z.p': 'x' }, /accepted/],
    [{ 'a.p': '{{PF_RUN_ID}}' }, /accepted/],
    [{ nobody: 1 }, /InvalidPipeline: param\[nobody\] not exist$/],
    [{ 'a.no': 1 }, /InvalidPipeline: no parameter named \[no\] in step \[a\]$/],
    [{ 'd.q': 1 }, /InvalidPipeline: no parameter named \[q\]/],
    [{ 'b.p': 1 }, /InvalidPipeline: param\[b\.p\] not exist/],
    [{ p: true }, /InvalidPipeline: .*bool/],
    [{ p: { x: 1 } }, /InvalidPipeline/],
    [{ 'a.p': '{{x}}' }, /InvalidPipeline: unsupported RefParamName\[x\]/],
  ])('parameters %j: %s', (parameters, answer) => {
    expect(verdict(yaml, { parameters })).toMatch(answer);
  });

  test('typed numbers never, as numbers of a request are literals', () => {
    expect(verdict(typed, { parameters: { s: 'x' } })).toBe('accepted');
    expect(verdict(typed)).toMatch(/empty default/);
    expect(verdict(typed, { parameters: { s: 'x', i: 4 } })).toMatch(
      /^InvalidPipeline: invalid type\[json\.Number\] for param\[4\]\. expect type\[int\]$/,
    );
    expect(verdict(typed, { parameters: { s: 5 } })).toMatch(/^InvalidPipeline: invalid type\[json\.Number\] for param\[5\]/);
  });

  test.each([
    [{ name: '1a' }, 'InvalidNamePattern: name[1a] for [run] does not compile with regex rule[^[A-Za-z_][A-Za-z0-9_-]{0,127}$]'],
    [{ failureOptions: { strategy: '' } }, 'InvalidPipeline: failure strategy should be [fail_fast] or [continue], setted by []'],
    [{ failureOptions: {} }, 'InvalidPipeline: failure strategy should be [fail_fast] or [continue], setted by []'],
    [{ disabled: 'x' }, 'InvalidPipeline: disabled component[x] not existed!'],
  ])('with %j is refused', (overrides, answer) => {
    expect(verdict(yaml, overrides)).toBe(answer);
  });

  test('an image that is a file is not looked at, as no step uses it', () => {
    expect(verdict(yaml, { dockerEnv: 'x.tar' })).toBe('accepted');
  });

  test('a main file system only by its own name', () => {
    expect(verdict(withFs(step), { fsName: 'data' })).toBe('accepted');
    expect(verdict(withFs(step), { fsName: 'other' })).toMatch(/^InvalidArguments: /);
    expect(verdict(entries(makes), { fsName: 'other' })).toBe('accepted');
  });
});

test('post_process that refers to a reference is looked at for ever', () => {
  const chain = 'components: {w: {reference: {component: z}}, z: {}}\npost_process: {x: {reference: {component: w}}}';
  expect(() => verdict(entries(step, chain))).toThrow(EndlessWorkflow);
});
