import { namesOf, resolved, type Component, type Workflow } from './component.ts';
import type { Surroundings } from './scopes.ts';
import { isSystemName, parentName, trap, type Template } from './template.ts';
import { entryOf } from './yaml.ts';

export interface ScopeProblem {
  readonly severity: 'error' | 'warning';
  readonly why: string;
}
const error = (why: string): ScopeProblem => ({ severity: 'error', why });

/** A sibling that a template names, or the reason why it names none. */
function upstreamOf(component: Component, { siblings }: Surroundings, { component: name = '' }: Template): Component | string {
  if (name === component.name) return 'a component cannot refer to itself';
  return siblings.find((sibling) => sibling.name === name) ?? `${name} is none of its siblings`;
}

/** Why a parameter may not refer to that (contract 7.5). */
export function parameterProblem(component: Component, around: Surroundings, template: Template): string | undefined {
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

/** Why an input may not be that. */
export function inputProblem(component: Component, around: Surroundings, template: Template): ScopeProblem | undefined {
  if (template.component === parentName) {
    if (around.parent === undefined) return error('there is no dag around this');
    if (around.parent === 'unknown' || namesOf(around.parent.inputs).has(template.name)) return undefined;
    return error(`the dag ${around.parent.name} has no input ${template.name}`);
  }
  const upstream = upstreamOf(component, around, template);
  if (typeof upstream === 'string') return error(upstream);
  if (!component.deps.includes(upstream.name))
    return { severity: 'warning', why: `${upstream.name} should be among its deps: nothing else makes it wait` };
  return outputProblem(upstream, around.workflow, template);
}

/** Why nothing may refer to that output of a component. */
export function outputProblem(of: Component, workflow: Workflow, template: Template): ScopeProblem | undefined {
  const target = resolved(workflow, of);
  if (target === undefined) return undefined;
  if (!namesOf(target.outputs).has(template.name)) return error(`${of.name} has no output ${template.name}`);
  const conditional = `${of.name} has a condition, so its outputs cannot be relied on`;
  if (entryOf(of.body, 'condition')) return error(conditional);
  return entryOf(target.body, 'condition') ? { severity: 'warning', why: conditional } : undefined;
}
