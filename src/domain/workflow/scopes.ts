import { namesOf, resolved, type Component, type Workflow } from './component.ts';
import type { Place, Report } from './issue.ts';
import { isNull, nameOf } from './shape.ts';
import { isSystemName, loneTemplate, parentName, templatesIn, written, type Template } from './template.ts';
import { entriesOf, entryOf, textOf, type Entry, type Value } from './yaml.ts';

/** Where a component stands. */
export interface Surroundings {
  readonly workflow: Workflow;
  readonly siblings: readonly Component[];
  /** The dag around it. `unknown`: it is a template, which may be used in any. */
  readonly parent: Component | 'unknown' | undefined;
  readonly isTemplate: boolean;
}

/** Read as booleans where they stand as keys, so who declares a parameter `n` has none of that name. */
const trap = (name: string) =>
  /^(y|n|yes|no|on|off)$/i.test(name) ? '; unquoted as a key it is read as a boolean, so its declaration needs quotes' : '';

/** What a component's templates may refer to (contract 7.5). */
export function checkScopes(component: Component, around: Surroundings, report: Report): void {
  checkDistinct(component, report);
  for (const { name, at, value } of component.parameters) checkParameter(component, around, { name, at, value }, report);
  for (const input of component.inputs) checkInput(component, around, input, report);
  if (component.reference !== undefined) return; // the rest is the template's
  const own = namesOf(component.parameters);
  const [inputs, outputs] = [namesOf(component.inputs), namesOf(component.isDag ? [] : component.outputs)];
  const within = (value: Value | undefined, path: readonly string[], allowed: readonly ReadonlySet<string>[], what: string) => {
    for (const template of templatesIn(textOf(value) ?? '')) {
      const known = template.component === undefined && (isSystemName(template.name) || allowed.some((names) => names.has(template.name)));
      if (!known && value)
        report.error(
          value.at,
          [...component.path, ...path],
          `${written(template)} is unknown here: ${path[0]} may refer to ${what}${trap(template.name)}`,
        );
    }
  };
  const bodyOf = (key: string) => entryOf(component.body, key)?.value;
  for (const { name, value } of entriesOf(bodyOf('env'))) within(value, ['env', name], [own], 'system names and own parameters');
  within(bodyOf('command'), ['command'], [own, inputs, outputs], 'system names, own parameters and own artifacts');
  within(bodyOf('condition'), ['condition'], [own, inputs], 'system names, own parameters and own inputs');
  checkLoop(component, bodyOf('loop_argument'), [own, inputs], report);
  if (component.isDag) for (const output of component.outputs) checkDagOutput(component, around, output, report);
}

function checkDistinct({ path, parameters, inputs, outputs }: Component, report: Report): void {
  const seen = new Map<string, Entry>();
  for (const entry of [...parameters, ...inputs, ...outputs]) {
    const other = seen.get(entry.name.toLowerCase());
    if (other)
      report.error(
        entry.at,
        path,
        `${entry.name} and ${other.name}: parameters and artifacts of a component differ in more than upper and lower case`,
      );
    seen.set(entry.name.toLowerCase(), entry);
  }
}

function checkLoop(component: Component, value: Value | undefined, own: readonly ReadonlySet<string>[], report: Report): void {
  if (value === undefined) return;
  const path = [...component.path, 'loop_argument'];
  const wrong = (message: string) => report.error(value.at, path, message);
  if (value.kind === 'list') {
    if (value.items.length === 0) report.warning(value.at, path, 'A loop over an empty list fails');
    const odd = value.items.find(
      (item) => item.kind === 'map' || isNull(item) || (item.kind === 'scalar' && typeof item.value === 'boolean'),
    );
    if (odd) report.warning(odd.at, path, `A loop goes over texts, numbers and lists, and may be refused for ${nameOf(odd)}`);
    return;
  }
  if (value.kind === 'map' || ['number', 'bigint', 'boolean'].includes(typeof value.value))
    return wrong(`loop_argument must be a list, a JSON list as text, or one template, not ${nameOf(value)}`);
  const text = textOf(value);
  if (text === undefined || isJsonList(text)) return;
  const template = loneTemplate(text);
  if (template === undefined) return wrong('loop_argument must be a list, a JSON list as text, or one template and nothing else');
  if (template.component !== undefined || !own.some((names) => names.has(template.name)))
    wrong(`${written(template)} is unknown here: loop_argument may refer to one own parameter or input${trap(template.name)}`);
}

function isJsonList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** A sibling that a template names, or the reason why it names none. */
function upstreamOf(component: Component, { siblings }: Surroundings, { component: name = '' }: Template): Component | string {
  if (name === component.name) return 'a component cannot refer to itself';
  return siblings.find((sibling) => sibling.name === name) ?? `${name} is none of its siblings`;
}

function checkParameter(component: Component, around: Surroundings, { name, value }: Entry, report: Report): void {
  const texts = value.kind === 'map' ? [entryOf(value, 'default')?.value] : [value];
  for (const text of texts)
    for (const template of templatesIn(textOf(text) ?? '')) {
      const problem = parameterProblem(component, around, template);
      if (problem && text) report.error(text.at, [...component.path, 'parameters', name], `${written(template)}: ${problem}`);
    }
}

function parameterProblem(component: Component, around: Surroundings, template: Template): string | undefined {
  const { component: from, name } = template;
  if (from === undefined)
    return isSystemName(name) ? undefined : `a parameter may refer to system names, {{upstream.parameter}} and {{${parentName}.parameter}}`;
  if (from === parentName) {
    if (around.parent === undefined) return 'there is no dag around this';
    if (around.parent === 'unknown' || isSystemName(name) || namesOf(around.parent.parameters).has(name)) return undefined;
    return `the dag ${around.parent.name} has no parameter ${name}${trap(name)}`;
  }
  if (around.isTemplate) return undefined; // to be judged where it is used
  const upstream = upstreamOf(component, around, template);
  if (typeof upstream === 'string') return upstream;
  if (!component.deps.includes(from)) return `${from} must be among its deps`;
  const target = resolved(around.workflow, upstream);
  const declared = target && [target, upstream].some(({ parameters }) => namesOf(parameters).has(name));
  return declared !== false || isSystemName(name) ? undefined : `${from} has no parameter ${name}${trap(name)}`;
}

function checkInput(component: Component, around: Surroundings, { name, value }: Entry, report: Report): void {
  const template = loneTemplate(textOf(value) ?? '');
  if (template === undefined || around.isTemplate) return;
  const path = [...component.path, 'artifacts', 'input', name];
  const wrong = (why: string) => report.error(value.at, path, `${written(template)}: ${why}`);
  if (template.component === undefined) return wrong(`an input is one {{upstream.output}} or {{${parentName}.input}}`);
  if (template.component === parentName) {
    if (around.parent === undefined) return wrong('there is no dag around this');
    if (around.parent !== 'unknown' && !namesOf(around.parent.inputs).has(template.name))
      wrong(`the dag ${around.parent.name} has no input ${template.name}`);
    return;
  }
  const upstream = upstreamOf(component, around, template);
  if (typeof upstream === 'string') return wrong(upstream);
  if (!component.deps.includes(upstream.name))
    report.warning(value.at, path, `${upstream.name} should be among its deps: nothing else makes it wait`);
  checkOutputOf(upstream, around, template, { at: value.at, path }, report);
}

function checkDagOutput(dag: Component, around: Surroundings, { name, value }: Entry, report: Report): void {
  const template = loneTemplate(textOf(value) ?? '');
  if (template === undefined) return;
  const path = [...dag.path, 'artifacts', 'output', name];
  const child = dag.children.find((candidate) => candidate.name === template.component);
  if (child === undefined)
    return report.error(value.at, path, `${written(template)} is no {{child.output}} of a component inside this dag`);
  checkOutputOf(child, around, template, { at: value.at, path }, report);
}

function checkOutputOf(
  of: Component,
  { workflow }: Surroundings,
  template: Template,
  where: { at: Place; path: readonly string[] },
  report: Report,
): void {
  const target = resolved(workflow, of);
  if (target === undefined) return;
  if (!namesOf(target.outputs).has(template.name))
    return report.error(where.at, where.path, `${written(template)}: ${of.name} has no output ${template.name}`);
  const conditional = `${of.name} has a condition, so its outputs cannot be relied on`;
  if (entryOf(of.body, 'condition')) report.error(where.at, where.path, `${written(template)}: ${conditional}`);
  else if (entryOf(target.body, 'condition')) report.warning(where.at, where.path, `${written(template)}: ${conditional}`);
}
