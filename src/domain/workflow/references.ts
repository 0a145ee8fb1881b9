import { namesOf, type Component, type Workflow } from './component.ts';
import type { Report } from './issue.ts';
import { isNull } from './shape.ts';
import { entryOf, valueOf } from './yaml.ts';

const ofReferences = new Set(['deps', 'parameters', 'artifacts', 'reference', 'type', 'name']);

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
      if (!ofReferences.has(name) && !isNull(value))
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
}

/** Templates that lead back to themselves, be it through what stands inside of them. */
export function checkCircles({ templates }: Workflow, report: Report): void {
  const done = new Set<Component>();
  const visit = (template: Component, above: readonly Component[]): void => {
    if (done.has(template)) return;
    const begin = above.indexOf(template);
    if (begin !== -1) {
      const names = [...above.slice(begin), template].map(({ name }) => name);
      report.error(template.at, template.path, `References go in a circle: ${names.join(' refers to ')}`);
    } else
      for (const name of referredBy(template)) {
        const next = templates.get(name);
        if (next) visit(next, [...above, template]);
      }
    done.add(template);
  };
  for (const template of templates.values()) visit(template, []);
}
const referredBy = ({ reference, children }: Component): string[] => [
  ...(reference === undefined ? [] : [reference]),
  ...children.flatMap(referredBy),
];

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
