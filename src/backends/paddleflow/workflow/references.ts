import { namesOf, type Component, type Workflow } from './component.ts';
import type { Report } from './issue.ts';
import { checkGiven, typeOf } from './parameter.ts';
import { isNull } from './shape.ts';
import { entriesOf, entryOf, textOf, valueOf, type Entry, type Value } from './yaml.ts';

const ofReferences = new Set(['deps', 'parameters', 'artifacts', 'reference', 'type', 'name']);

/** Nothing is said by it, so the server does not see it. */
function isEmpty(name: string, value: Value): boolean {
  if (isNull(value) || textOf(value) === '') return name !== 'loop_argument' || isNull(value);
  if (value.kind === 'list') return name === 'extra_fs' && value.items.length === 0;
  if (value.kind !== 'map') return false;
  if (name === 'env') return value.entries.size === 0;
  return name === 'cache' && entriesOf(value).every((entry) => isEmptyCache(entry));
}
const isEmptyCache = ({ value }: Entry): boolean =>
  value.kind === 'list' ? value.items.length === 0 : value.kind === 'scalar' && (!value.value || value.value === null);

/** What a component that refers to a template may carry, and what it must (contract 7.7). */
export function checkReference(workflow: Workflow, component: Component, report: Report): void {
  const { body, path, reference } = component;
  const entry = entryOf(body, 'reference');
  if (reference === undefined || entry === undefined) return;
  const at = valueOf(entry.value, 'component')?.at ?? entry.at;
  const template = workflow.templates.get(reference);
  if (template === undefined) return report.error(at, [...path, 'reference'], `There is no ${reference} among the components`);
  if (body.kind === 'map')
    for (const { name, at: place, value } of body.entries.values())
      if (!ofReferences.has(name) && !isEmpty(name, value))
        report.error(
          place,
          [...path, name],
          `What refers to a template has only deps, parameters, artifacts.input and reference, not ${name}`,
        );
  if (component.outputs.length > 0)
    report.error(
      component.outputs[0]?.at ?? at,
      [...path, 'artifacts', 'output'],
      'Outputs stand in the template, not where it is referred to',
    );
  if (template.reference === undefined) checkAgainst(template, component, report);
  for (const { name, value } of component.parameters) {
    const type = typeOf(template.parameters.find((declared) => declared.name === name)?.value);
    if (type && value.kind === 'scalar' && !isNull(value) && textOf(value) !== '')
      checkGiven(type, value, [...path, 'parameters', name], report);
  }
}

function checkAgainst(template: Component, { at, path, parameters, inputs }: Component, report: Report): void {
  const known = namesOf(template.parameters);
  for (const parameter of parameters)
    if (!known.has(parameter.name))
      report.error(
        parameter.at,
        [...path, 'parameters', parameter.name],
        `The template ${template.name} has no parameter ${parameter.name}`,
      );
  const wanted = namesOf(template.inputs);
  for (const input of inputs)
    if (!wanted.has(input.name))
      report.error(input.at, [...path, 'artifacts', 'input', input.name], `The template ${template.name} has no input ${input.name}`);
  for (const name of wanted)
    if (!namesOf(inputs).has(name))
      report.error(at, [...path, 'artifacts', 'input'], `The input ${name} of the template ${template.name} is missing`);
}
