import { invalidPipeline } from './error.ts';
import { findCycle } from './graph.ts';
import { checkNames } from './names.ts';
import { checkParameter } from './parameters.ts';
import { checkReference, checkReferenceCycles, resolveReference } from './references.ts';
import { checkDagOutputs, checkInputs, checkScopes, type Surroundings } from './scopes.ts';
import type { Component, Components, Dag, Definition } from './structure.ts';

/** Templates and post_process cannot be disabled. */
const never = (): boolean => false;

/** Every rule of section 7 that looks at more than one field. `disabled` holds full names such as `dag1.b`. */
export function checkRules(definition: Definition, disabled: ReadonlySet<string>, fsName: string): void {
  const { entryPoints, components: templates, postProcess } = definition;
  // Names first: a cycle or an unknown reference must be known before anything follows references.
  checkAllReferences([templates, entryPoints, postProcess], templates);
  checkLevel({ siblings: templates, parent: undefined, templates, disabled: never }, 'components', true);
  checkLevel({ siblings: entryPoints, parent: undefined, templates, disabled: (name) => disabled.has(name) }, 'entry_points', false);
  checkPostProcess(definition);
  if (postProcess.size > 0) checkLevel({ siblings: postProcess, parent: undefined, templates, disabled: never }, 'post_process', false);
  checkDisabled(entryPoints, disabled);
  const all = [...entryPoints.values(), ...templates.values(), ...postProcess.values()];
  if (fsName === '' && all.some(hasArtifacts)) throw invalidPipeline('artifacts need a main file system, but none is given');
}

function checkAllReferences(levels: readonly Components[], templates: Components): void {
  const check = (component: Component): void => {
    if (component.kind === 'dag') for (const child of component.entryPoints.values()) check(child);
    else if (component.reference !== undefined && !templates.has(component.reference)) {
      throw invalidPipeline(`no component named [${component.reference}], referenced by [${component.name}]`);
    }
  };
  for (const level of levels) for (const component of level.values()) check(component);
  checkReferenceCycles(templates);
}

function checkLevel(around: Surroundings, path: string, isTemplate: boolean): void {
  if (path !== 'components' && around.siblings.size === 0) throw invalidPipeline(`[${path}] should hold at least one component`);
  for (const component of around.siblings.values()) checkComponent(component, `${path}.${component.name}`, around, isTemplate);
  const cycle = findCycle([...around.siblings.keys()], (name) => around.siblings.get(name)?.deps ?? []);
  if (cycle !== undefined) throw invalidPipeline(`cycle dependency exists in [${path}]: ${cycle.join(' -> ')}`);
}

function checkComponent(component: Component, path: string, around: Surroundings, isTemplate: boolean): void {
  checkNames(component, path);
  const atTop = isTemplate && around.parent === undefined;
  if (atTop && component.deps.length > 0) throw invalidPipeline(`[${path}] is a component for references, so it cannot have deps`);
  const stranger = component.deps.find((name) => !around.siblings.has(name));
  if (stranger !== undefined) throw invalidPipeline(`component [${stranger}] in deps of [${path}] does not exist`);
  if (component.kind === 'step') checkReference(component, path, around.templates);
  const effective = resolveReference(component, around.templates);
  for (const [name, value] of Object.entries(effective.parameters)) checkParameter(name, value, path, atTop ? 'allowed' : 'refused');
  checkScopes(component, path, around);
  // The inputs of a template are filled by those who refer to it.
  if (!atTop) checkInputs(component, path, around);
  if (component.kind === 'dag') checkDag(component, path, around, isTemplate);
}

function checkDag(dag: Dag, path: string, around: Surroundings, isTemplate: boolean): void {
  const dagOff = around.disabled(dag.name);
  // Full names grow from the inside out, so that the outermost level compares `dag1.b`; a disabled dag disables all inside.
  const disabled = (name: string): boolean => dagOff || around.disabled(`${dag.name}.${name}`);
  const inside: Surroundings = { siblings: dag.entryPoints, parent: dag, templates: around.templates, disabled };
  checkLevel(inside, path, isTemplate);
  checkDagOutputs(dag, path, inside, dagOff);
}

/** The one step that runs after everything, whatever happened (7.9). */
function checkPostProcess({ entryPoints, components: templates, postProcess }: Definition): void {
  if (postProcess.size > 1) throw invalidPipeline('post_process can only have 1 step at most');
  for (const step of postProcess.values()) {
    const path = `post_process.${step.name}`;
    const refuse = (why: string): never => {
      throw invalidPipeline(`[${path}] ${why}`);
    };
    if (entryPoints.has(step.name)) refuse('has the name of an entry point');
    if (step.deps.length > 0) refuse('cannot have deps');
    // The real server never comes back from this one (1.9): refusing it is all a sandbox can do.
    const template = step.kind === 'step' && step.reference !== undefined ? templates.get(step.reference) : undefined;
    if (template?.kind === 'step' && template.reference !== undefined) refuse('refers to a component that is itself a reference');
    const effective = resolveReference(step, templates);
    if (effective.kind === 'dag') return refuse('should be a step');
    if (effective.condition !== '') refuse('cannot have a condition');
    if (effective.loopArgument !== undefined) refuse('cannot have a loop_argument');
    if (effective.cache.enable) refuse('cannot have its cache enabled');
    if (Object.keys(effective.inputs).length > 0) refuse('cannot have input artifacts');
  }
}

function checkDisabled(entryPoints: Components, disabled: ReadonlySet<string>): void {
  const known = new Set(fullNames(entryPoints, ''));
  const stranger = [...disabled].find((name) => !known.has(name));
  if (stranger !== undefined) throw invalidPipeline(`disabled component [${stranger}] does not exist`);
}

const fullNames = (components: Components, prefix: string): string[] =>
  [...components.values()].flatMap((component) => {
    const name = prefix + component.name;
    return component.kind === 'step' ? [name] : [name, ...fullNames(component.entryPoints, `${name}.`)];
  });

function hasArtifacts(component: Component): boolean {
  if (Object.keys(component.inputs).length + Object.keys(component.outputs).length > 0) return true;
  return component.kind === 'dag' && [...component.entryPoints.values()].some(hasArtifacts);
}
