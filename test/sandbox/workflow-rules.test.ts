import { describe, expect, test } from 'vitest';
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
  artifacts: {input: {in: "{{a.out}}"}, output: [out]}
  condition: "{{p}} == {{in}}"
  loop_argument: "{{in}}"
  command: "{{p}} {{in}} {{out}} {{PF_LOOP_ARGUMENT}}"`.replace('a: {command: x, ', 'a: {command: x, parameters: {p: 1}, '),
      ),
    ],
    ['with text that only looks like a template', entries(`a: {command: "docker inspect -f '{{.Id}}' {{a.b.c}} {{ }}"}`)],
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
    ['an unknown key of the root', entries(step, 'extra: 1\n'), /\[workflow\] has no attribute \[extra\]/],
    ['an unknown key of a step', entries('a: {comand: x}'), /no attribute \[comand\]/],
    ['an unknown key of a dag', entries('d: {entry_points: {a: {}}, command: x}'), /no attribute \[command\]/],
    ['an unknown key of the cache', entries('a: {cache: {on_: 1}}'), /no attribute/],
    ['a key that YAML 1.1 turns into a boolean', entries('a: {on: 1}'), /no attribute \[true\]/],
    ['a list as the root', '[1]', /should be map/],
    ['no text at all', '', /should be map/],
    ['a number as a command', entries('a: {command: 1}'), /\[command\].*string/],
    ['a null in a dag', entries('d: {entry_points: {a: {}}, deps: }'), /\[deps\].*nil/],
    ['entry points that are null in a dag', entries('d: {entry_points: }'), /\[entry_points\].*nil/],
    ['no entry points', flow('parallelism: 1'), /\[entry_points\].*required/],
    ['empty entry points', flow('entry_points: {}'), /at least one/],
    ['an empty name', 'entry_points: {a: {}}', /name should not be empty/],
    ['a text as the parallelism', entries(step, 'parallelism: two'), /\[parallelism\].*int/],
    ['a tar file as the image', `name: demo\ndocker_env: image.tar\nentry_points: {${step}}`, /tar/],
    ['an unknown failure strategy', entries(step, 'failure_options: {strategy: retry}'), /strategy/],
    ['a read-only main file system', entries(step, 'fs_options: {main_fs: {name: d, read_only: true}}'), /read_only/],
    ['an absolute sub-path', entries(step, 'fs_options: {main_fs: {name: d, sub_path: /x}}'), /sub_path/],
    ['an extra file system without a name', entries(step, 'fs_options: {extra_fs: [{mount_path: /x}]}'), /\[name\]/],
    ['the type of a dag on a step', entries('a: {type: dag}'), /\[type\]/],
    ['a digit at the start of a component name', entries('1a: {}'), /component name\[1a\]/],
    ['a component name of 31 characters', entries(`${'a'.repeat(31)}: {}`), /component name/],
    ['an underscore in a component name', entries('a_b: {}'), /component name/],
    ['a hyphen in a parameter name', entries('a: {parameters: {a-b: 1}}'), /parameter name\[a-b\]/],
    ['a parameter name of 51 characters', entries(`a: {parameters: {${'p'.repeat(51)}: 1}}`), /parameter name/],
    ['a bad variable name', entries('a: {env: {A-B: 1}}'), /env name/],
    ['names that differ only in their case', withFs('a: {parameters: {Out: 1}, artifacts: {output: [out]}}'), /more than one/],
    ['a dependency that does not exist', entries('a: {deps: b}'), /\[b\] in deps/],
    ['a dependency into another dag', entries('d: {entry_points: {a: {}}}\nb: {deps: a}'), /\[a\] in deps/],
    ['a circle of dependencies', entries('a: {deps: b}\nb: {deps: c}\nc: {deps: a}'), /cycle dependency.*a -> b -> c -> a/],
    ['a dependency on itself', entries('a: {deps: a}'), /cycle/],
    ['a boolean parameter', entries('a: {parameters: {p: yes}}'), /\[p\].*bool/],
    ['a null parameter', entries('a: {parameters: {p: }}'), /\[p\].*nil/],
    ['a map as a parameter', entries('a: {parameters: {p: {x: 1}}}'), /\[p\].*attribute \[x\]/],
    ['a template within a list', entries('a: {parameters: {p: ["{{PF_RUN_ID}}"]}}'), /templates/],
    ['a typed list', entries('a: {parameters: {p: {type: list, default: [1]}}}'), /\[p\]/],
    ['an int with a fraction', entries('a: {parameters: {p: {type: int, default: 1.5}}}'), /\[p\]/],
    ['a path with a blank', entries('a: {parameters: {p: {type: path, default: a b}}}'), /\[p\]/],
    ['an empty default', entries('a: {parameters: {p: {type: string, default: ""}}}'), /empty default/],
    ['a boolean variable', entries('a: {env: {E: on}}'), /env\[E\].*bool/],
    ['an unknown name in a command', entries('a: {command: "{{x}}"}'), /\{\{x\}\}.*command/],
    ['another step in a command', entries('a: {parameters: {p: 1}}\nb: {deps: a, command: "{{a.p}}"}'), /\{\{a\.p\}\}/],
    ['an artifact in a variable', withFs('a: {artifacts: {output: [o]}, env: {E: "{{o}}"}}'), /env\[E\]/],
    ['an output artifact in a condition', withFs('a: {artifacts: {output: [o]}, condition: "{{o}} == x"}'), /condition/],
    ['an own parameter in a parameter', entries('a: {parameters: {p: 1, q: "{{p}}"}}'), /parameter\[q\]/],
    ['a parameter of a step not in deps', entries('a: {parameters: {p: 1}}\nb: {parameters: {q: "{{a.p}}"}}'), /parameter\[q\]/],
    ['a parameter that the other step lacks', entries('a: {}\nb: {deps: a, parameters: {q: "{{a.p}}"}}'), /parameter\[q\]/],
    [
      'a parameter called as what every object has',
      entries('a: {parameters: {p: 1}}\nb: {deps: a, parameters: {q: "{{a.toString}}"}}'),
      /parameter\[q\]/,
    ],
    ['the parent outside of a dag', entries('a: {parameters: {q: "{{PF_PARENT.p}}"}}'), /parameter\[q\]/],
    ['a loop over two templates', entries('a: {parameters: {p: x}, loop_argument: "{{p}}{{p}}"}'), /loop_argument/],
    ['a loop over a text', entries('a: {loop_argument: abc}'), /not a json list/],
    ['a loop over a number', entries('a: {loop_argument: 3}'), /loop_argument/],
    ['a loop over booleans', entries('a: {loop_argument: [y, n]}'), /loop_argument/],
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
    ['artifacts without a main file system', entries(makes), /main file system/],
    ['an unknown reference', entries('a: {reference: {component: x}}'), /no component named \[x\]/],
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
      /cannot have \[command\]/,
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
    ['deps of a component for references', entries(step, 'components: {x: {deps: w}, w: {}}'), /cannot have deps/],
    ['an unknown disabled component', entries(step, 'disabled: b'), /\[b\] does not exist/],
    ['a component disabled twice', entries(step, 'disabled: "a, a"'), /twice/],
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
    ['two post_process steps', entries(step, 'post_process: {x: {}, w: {}}'), /post_process/],
    ['a dag as post_process', entries(step, 'post_process: {x: {entry_points: {w: {}}}}'), /entry_points/],
    ['post_process with the name of an entry', entries(step, 'post_process: {a: {}}'), /name of an entry point/],
    ['post_process with deps', entries(step, 'post_process: {x: {deps: a}}'), /deps/],
    ['post_process with a condition', entries(step, 'post_process: {x: {condition: a == a}}'), /condition/],
    ['post_process with a loop', entries(step, 'post_process: {x: {loop_argument: [1]}}'), /loop_argument/],
    ['post_process with a cache', entries(step, 'post_process: {x: {cache: {enable: true}}}'), /cache/],
    [
      'post_process that reads an entry point',
      entries('a: {parameters: {p: 1}}', 'post_process: {x: {parameters: {q: "{{a.p}}"}}}'),
      /parameter\[q\]/,
    ],
    [
      'post_process that refers to a reference',
      entries(step, 'components: {w: {reference: {component: z}}, z: {}}\npost_process: {x: {reference: {component: w}}}'),
      /itself a reference/,
    ],
    [
      'post_process that refers to a dag',
      entries(step, 'components: {w: {entry_points: {z: {}}}}\npost_process: {x: {reference: {component: w}}}'),
      /should be a step/,
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
    [{ nobody: 1 }, /InvalidPipeline: parameter\[nobody\]/],
    [{ 'd.q': 1 }, /InvalidPipeline: parameter\[d\.q\]/],
    [{ 'b.p': 1 }, /InvalidPipeline: parameter\[b\.p\]/],
    [{ p: true }, /InvalidPipeline: .*bool/],
    [{ p: { x: 1 } }, /InvalidPipeline/],
    [{ 'a.p': '{{x}}' }, /InvalidPipeline: template/],
  ])('parameters %j: %s', (parameters, answer) => {
    expect(verdict(yaml, { parameters })).toMatch(answer);
  });

  test('typed numbers never, as numbers of a request are literals', () => {
    expect(verdict(typed, { parameters: { s: 'x' } })).toBe('accepted');
    expect(verdict(typed)).toMatch(/empty default/);
    expect(verdict(typed, { parameters: { s: 'x', i: 4 } })).toMatch(/^InvalidPipeline: parameter\[i\]/);
    expect(verdict(typed, { parameters: { s: 5 } })).toMatch(/^InvalidPipeline: parameter\[s\]/);
  });

  test.each([
    [{ name: '1a' }, 'InvalidNamePattern: name[1a] for [run] does not compile with regex rule[^[A-Za-z_][A-Za-z0-9_-]{0,127}$]'],
    [{ failureOptions: { strategy: '' } }, 'InvalidPipeline: failure strategy should be one of [fail_fast, continue], but is []'],
    [{ failureOptions: {} }, 'InvalidPipeline: failure strategy should be one of [fail_fast, continue], but is []'],
    [{ disabled: 'x' }, 'InvalidPipeline: disabled component [x] does not exist'],
  ])('with %j is refused', (overrides, answer) => {
    expect(verdict(yaml, overrides)).toBe(answer);
  });

  test('a main file system only by its own name', () => {
    expect(verdict(withFs(step), { fsName: 'data' })).toBe('accepted');
    expect(verdict(withFs(step), { fsName: 'other' })).toMatch(/^InvalidArguments: /);
    expect(verdict(entries(makes), { fsName: 'other' })).toBe('accepted');
  });
});
