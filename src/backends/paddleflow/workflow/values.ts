import { namesOf, resolved, templateOf, type Component, type Workflow } from './component.ts';
import { fullNameOf } from './disabled.ts';
import type { Report } from './issue.ts';
import { keyOfTyped } from './parameter.ts';
import { isNull } from './shape.ts';
import type { Purpose } from './validate.ts';
import { entryOf, textOf, type Entry } from './yaml.ts';

/** A null, or a map of type and default without the latter. An empty text is a value where there is no type (contract 7.5). */
function isMissing({ value }: Entry): boolean {
  if (value.kind !== 'map') return isNull(value);
  const given = keyOfTyped(value, 'default');
  return given === undefined || isNull(given) || textOf(given) === '';
}

/**
 * Every parameter has a value in the end (contract 7.5). A request may give one to what a step or dag declares itself; nothing reaches a
 * stored pipeline, nor what only a template declares (7.6), which the step that refers to it fills.
 */
export function checkValues(workflow: Workflow, { kind }: Purpose, off: ReadonlySet<string>, report: Report): void {
  const open = new Map<Component, readonly Entry[]>();
  /** What who refers to a template must fill. */
  const openIn = (template: Component): readonly Entry[] => {
    const known = open.get(template);
    if (known) return known;
    const entries = [...template.parameters.filter(isMissing), ...openBelow(template)];
    open.set(template, entries);
    return entries;
  };
  const openBelow = (component: Component): Entry[] => {
    const template = templateOf(workflow, component);
    return template ? openIn(template).filter(({ name }) => !namesOf(component.parameters).has(name)) : [];
  };
  const visit = (component: Component, reachable: boolean): void => {
    const { path, at, children, parameters } = component;
    for (const child of children) visit(child, reachable);
    if (off.has(fullNameOf(component) ?? '')) return;
    const severity = reachable ? 'warning' : 'error';
    const why = reachable ? 'it must be overridden at each start' : 'nothing can override it';
    for (const { name, value } of parameters.filter(isMissing))
      report[severity](value.at, [...path, 'parameters', name], `The parameter ${name} has no value, and ${why}`);
    if (resolved(workflow, component) === undefined) return; // templates in a circle: said elsewhere
    for (const { name } of openBelow(component))
      report.error(
        entryOf(component.body, 'reference')?.at ?? at,
        [...path, 'parameters', name],
        `The template gives ${name} no value, so this must`,
      );
  };
  for (const component of [...workflow.entries, ...workflow.postProcess]) visit(component, kind === 'RUN');
  // Whether the server looks into templates that nobody uses is not known.
  for (const { children } of templatesInUse(workflow)) for (const child of children) visit(child, false);
}

/** Those that a step refers to, be it by way of other templates. */
function templatesInUse(workflow: Workflow): ReadonlySet<Component> {
  const used = new Set<Component>();
  const visit = (component: Component): void => {
    component.children.forEach(visit);
    const template = templateOf(workflow, component);
    if (template === undefined || used.has(template)) return;
    used.add(template);
    visit(template);
  };
  [...workflow.entries, ...workflow.postProcess].forEach(visit);
  return used;
}
