import { conditionProblem } from './condition/condition.ts';
import { namesOf, type Component, type Workflow } from './component.ts';
import type { Report } from './issue.ts';
import { checkLoop } from './loop.ts';
import { checkParameter } from './parameter.ts';
import { checkName } from './shape.ts';
import { isDoubtfulName, isSystemName, ownTemplatesIn, templatesIn, trap, upstreamTemplate, written, type Template } from './template.ts';
import { inputProblem, outputProblem, parameterProblem } from './upstream-scope.ts';
import { entriesOf, entryOf, textOf, type Entry, type Value } from './yaml.ts';

/** Where a component stands. */
export interface Surroundings {
  readonly workflow: Workflow;
  readonly siblings: readonly Component[];
  /** The dag around it. `unknown`: it is a template, which may be used in any. */
  readonly parent: Component | 'unknown' | undefined;
  readonly isTemplate: boolean;
  /** Full names of what is switched off: the server does not look at what that refers to. */
  readonly off: ReadonlySet<string>;
}

/** Whether what its condition and its loop say can be understood (contract 7.5, 7.8). The server looks at that in all components. */
export function checkControl(component: Component, report: Report): void {
  const names = [namesOf(component.parameters), namesOf(component.inputs)];
  const condition = entryOf(component.body, 'condition')?.value;
  const text = textOf(condition);
  if (condition && text) {
    const path = [...component.path, 'condition'];
    checkNames(component, { value: condition, path: ['condition'], names, what: 'system names, own parameters and own inputs' }, report);
    const problem = conditionProblem(text);
    if (problem && !problem.deadly)
      report[problem.certain ? 'error' : 'warning'](condition.at, path, `The condition cannot be understood: ${problem.message}`);
  }
  checkLoop(component, entryOf(component.body, 'loop_argument')?.value, names, report);
}

/** What else of a component may refer to what (contract 7.5), with names and values of its own. What is switched off is not looked at. */
export function checkScopes(component: Component, around: Surroundings, report: Report): void {
  const { parameters, inputs, outputs, path, isDag, body } = component;
  checkDistinct(component, report);
  for (const entry of parameters) {
    const here = [...path, 'parameters', entry.name];
    checkName('parameter', entry, here, report);
    checkParameter(entry.value, here, report);
    checkParameterScope(component, around, entry, report);
  }
  for (const entry of inputs) checkInput(component, around, entry, report);
  for (const entry of outputs) {
    checkName('parameter', entry, [...path, 'artifacts', 'output', entry.name], report);
    if (isDag) checkDagOutput(component, around, entry, report);
  }
  if (component.reference !== undefined) return; // the rest is the template's
  const [own, in_, out] = [namesOf(parameters), namesOf(inputs), namesOf(isDag ? [] : outputs)];
  for (const entry of entriesOf(entryOf(body, 'env')?.value)) {
    checkName('parameter', entry, [...path, 'env', entry.name], report);
    const what = 'system names and own parameters';
    checkNames(component, { value: entry.value, path: ['env', entry.name], names: [own], what }, report);
  }
  const command = entryOf(body, 'command')?.value;
  const what = 'system names, own parameters and own artifacts';
  if (command) checkNames(component, { value: command, path: ['command'], names: [own, in_, out], what }, report);
}

interface Place {
  readonly value: Value;
  readonly path: readonly string[];
  readonly names: readonly ReadonlySet<string>[];
  /** What may be referred to here. */
  readonly what: string;
}

function checkNames(component: Component, { value, path, names, what }: Place, report: Report): void {
  const text = textOf(value) ?? '';
  for (const template of path[0] === 'condition' ? ownTemplatesIn(text) : templatesIn(text)) {
    if (template.component === undefined && (isSystemName(template.name) || names.some((known) => known.has(template.name)))) continue;
    const severity = template.component === undefined && isDoubtfulName(template.name) ? 'warning' : 'error';
    const unknown = `${written(template)} is unknown here: ${path[0]} may refer to ${what}${trap(template.name)}`;
    report[severity](value.at, [...component.path, ...path], unknown);
  }
}

function checkDistinct({ path, parameters, inputs, outputs, isDag, body }: Component, report: Report): void {
  const seen = new Map<string, Entry>();
  const listed = !isDag && entryOf(entryOf(body, 'artifacts')?.value, 'output')?.value.kind === 'list';
  for (const entry of [...parameters, ...inputs, ...outputs]) {
    const name = entry.name.toLowerCase();
    const other = seen.get(name);
    // The list of outputs becomes a map, so one that stands there twice is there once.
    const twice = listed && other?.name === entry.name && outputs.includes(entry) && outputs.includes(other);
    if (twice) report.warning(entry.at, path, `The output ${entry.name} stands here twice`);
    else if (other)
      report.error(
        entry.at,
        path,
        `${entry.name} and ${other.name}: parameters and artifacts of a component differ in more than upper and lower case`,
      );
    seen.set(name, entry);
  }
}

function checkParameterScope(component: Component, around: Surroundings, { name, value }: Entry, report: Report): void {
  if (value.kind !== 'scalar') return; // a default is taken as it is, and lists hold no templates
  for (const template of templatesIn(textOf(value) ?? '')) {
    const problem = parameterProblem(component, around, template);
    if (problem)
      report[isDoubtful(template) ? 'warning' : 'error'](
        value.at,
        [...component.path, 'parameters', name],
        `${written(template)}: ${problem}`,
      );
  }
}
const isDoubtful = ({ component, name }: Template) => component === undefined && isDoubtfulName(name);

function checkInput(component: Component, around: Surroundings, entry: Entry, report: Report): void {
  const { name, value } = entry;
  const path = [...component.path, 'artifacts', 'input', name];
  checkName('parameter', entry, path, report);
  const text = textOf(value);
  if (around.isTemplate || text === undefined) return; // filled by who refers to it; of the wrong type
  const template = upstreamTemplate(text);
  if (template === undefined)
    return report.error(value.at, path, `${name} must be one {{upstream.output}} or {{PF_PARENT.input}} and nothing else`);
  const problem = inputProblem(component, around, template);
  if (problem) report[problem.severity](value.at, path, `${written(template)}: ${problem.why}`);
}

function checkDagOutput(dag: Component, { workflow }: Surroundings, { name, value }: Entry, report: Report): void {
  const path = [...dag.path, 'artifacts', 'output', name];
  const text = textOf(value);
  if (text === undefined) return;
  const template = upstreamTemplate(text);
  if (template === undefined)
    return report.error(value.at, path, `${name} must be one {{child.output}} of a component inside it and nothing else`);
  const child = dag.children.find((candidate) => candidate.name === template.component);
  const problem = child
    ? outputProblem(child, workflow, template)
    : ({ severity: 'error', why: 'is no {{child.output}} of a component inside this dag' } as const);
  if (problem) report[problem.severity](value.at, path, `${written(template)}: ${problem.why}`);
}
