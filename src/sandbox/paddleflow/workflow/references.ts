import { invalidPipeline } from './error.ts';
import { findCycle } from './graph.ts';
import { overrideParameter } from './parameters.ts';
import type { Component, Components, Parameters, Step } from './structure.ts';

const ALLOWED_KEYS = ['deps', 'parameters', 'artifacts', 'reference', 'name'];

/**
 * What a component really is: a step with a reference becomes its template under the step's own name, deps and input artifacts, with
 * the step's parameters over those of the template. References must have been checked.
 */
export function resolveReference(component: Component, templates: Components): Component {
  if (component.kind === 'dag' || component.reference === undefined) return component;
  const template = resolveReference(templateOf(component.reference, templates), templates);
  const { name, deps, inputs } = component;
  return { ...template, name, deps, inputs, parameters: overlay(template.parameters, component.parameters) };
}

function overlay(declared: Parameters, own: Parameters): Parameters {
  const values = Object.entries(declared).map(([name, value]) => [
    name,
    Object.hasOwn(own, name) ? overrideParameter(value, own[name] ?? null) : value,
  ]);
  return Object.fromEntries(values);
}

function templateOf(reference: string, templates: Components): Component {
  const template = templates.get(reference);
  if (template === undefined) throw invalidPipeline(noComponent(reference));
  return template;
}

/** What the server says of a template that is not there. */
export const noComponent = (name: string): string =>
  `check reference failed, only outer components can be refered, error: no component named ${name}`;

/** Unknown templates and circles among templates, through the insides of dags too (7.4). */
export function checkReferenceCycles(templates: Components): void {
  const cycle = findCycle([...templates.keys()], (name) => {
    const template = templates.get(name);
    return template === undefined ? [] : referencesIn(template);
  });
  if (cycle !== undefined) throw invalidPipeline(`cycle reference exists in components: ${cycle.join(' -> ')}`);
}

const referencesIn = (component: Component): string[] =>
  component.kind === 'dag'
    ? [...component.entryPoints.values()].flatMap(referencesIn)
    : component.reference === undefined
      ? []
      : [component.reference];

/** A referencing step carries its deps, some of the template's parameters and exactly its input artifacts (7.7). */
export function checkReference(step: Step, templates: Components): void {
  if (step.reference === undefined) return;
  const other = step.keys.find((key) => !ALLOWED_KEYS.includes(key));
  if (other !== undefined) throw invalidPipeline(`check reference failed, [${other}] in step[${step.name}] with reference is not allowed`);
  if (Object.keys(step.outputs).length > 0)
    throw invalidPipeline(`check reference failed, output artifacts in step[${step.name}] with reference are not allowed`);
  const template = resolveReference(templateOf(step.reference, templates), templates);
  const unknown = Object.keys(step.parameters).find((name) => !Object.hasOwn(template.parameters, name));
  if (unknown !== undefined)
    throw invalidPipeline(
      `check reference failed, parameter[${unknown}] in step[${step.name}] not exist in referenced component[${step.reference}]`,
    );
  const wanted = Object.keys(template.inputs).toSorted().join(',');
  const given = Object.keys(step.inputs).toSorted().join(',');
  if (wanted !== given) {
    throw invalidPipeline(
      `check reference failed, input artifacts[${given}] in step[${step.name}] are not those of referenced component[${step.reference}]: [${wanted}]`,
    );
  }
}
