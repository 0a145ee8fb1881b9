import { EndlessWorkflow, invalidPipeline } from './error.ts';
import { findCycle } from './graph.ts';
import { checkNames } from './names.ts';
import { checkParameter } from './parameters.ts';
import { checkReference, checkReferenceCycles, noComponent, resolveReference } from './references.ts';
import { checkDagOutputs, checkInputs, checkScopes, type Surroundings } from './scopes.ts';
import type { Component, Components, Dag, Definition } from './structure.ts';

/** Templates and post_process cannot be disabled. */
const never = (): boolean => false;

/** Every rule of section 7 that looks at more than one field. `disabled` holds full names such as `dag1.b`. */
export function checkRules(definition: Definition, disabled: ReadonlySet<string>, fsName: string): void {
  const { entryPoints, components: templates, postProcess } = definition;
  // Names first: a cycle or an unknown reference must be known before anything follows references.
  checkAllReferences([templates, entryPoints, postProcess], templates);
  checkLevel({ siblings: templates, parent: undefined, templates, disabled: never }, true);
  checkLevel({ siblings: entryPoints, parent: undefined, templates, disabled: (name) => disabled.has(name) }, false);
  checkPostProcess(definition);
  checkLevel({ siblings: postProcess, parent: undefined, templates, disabled: never }, false);
  checkDisabled(entryPoints, disabled);
  const all = [...entryPoints.values(), ...templates.values(), ...postProcess.values()];
  const user = fsName === '' ? all.flatMap(withInside).find(hasArtifacts) : undefined;
  if (user !== undefined) throw invalidPipeline(`cannot define artifact in component[${user.name}] with no Fs mounted`);
}

function checkAllReferences(levels: readonly Components[], templates: Components): void {
  const check = (component: Component): void => {
    if (component.kind === 'dag') for (const child of component.entryPoints.values()) check(child);
    else if (component.reference !== undefined && !templates.has(component.reference))
      throw invalidPipeline(noComponent(component.reference));
  };
  for (const level of levels) for (const component of level.values()) check(component);
  checkReferenceCycles(templates);
}

/** An empty level is accepted, and its run never ends (7.14). */
function checkLevel(around: Surroundings, isTemplate: boolean): void {
  for (const component of around.siblings.values()) checkComponent(component, around, isTemplate);
  const cycle = findCycle([...around.siblings.keys()], (name) => around.siblings.get(name)?.deps ?? []);
  if (cycle !== undefined) throw invalidPipeline('workflow is not acyclic');
}

function checkComponent(component: Component, around: Surroundings, isTemplate: boolean): void {
  const { name } = component;
  checkNames(component);
  const atTop = isTemplate && around.parent === undefined;
  if (atTop && component.deps.length > 0) throw invalidPipeline(`component[${name}] in components can not have deps`);
  const stranger = component.deps.find((dep) => !around.siblings.has(dep));
  if (stranger !== undefined) throw invalidPipeline(`component [${name}] has an wrong dep [${stranger}]`);
  if (component.kind === 'step') {
    checkReference(component, around.templates);
    if (component.dockerEnv.endsWith('.tar')) throw invalidPipeline(tarFile);
  }
  const effective = resolveReference(component, around.templates);
  for (const [key, value] of Object.entries(effective.parameters)) checkParameter(key, value, atTop ? 'allowed' : 'refused');
  checkScopes(component, around);
  // The inputs of a template are filled by those who refer to it.
  if (!atTop) checkInputs(component, around);
  if (component.kind === 'dag') checkDag(component, around, isTemplate);
}

/** What the server says of an image that is a file. */
export const tarFile = 'image as tar file is not supported for now';

function checkDag(dag: Dag, around: Surroundings, isTemplate: boolean): void {
  const dagOff = around.disabled(dag.name);
  // Full names grow from the inside out, so that the outermost level compares `dag1.b`; a disabled dag disables all inside.
  const disabled = (name: string): boolean => dagOff || around.disabled(`${dag.name}.${name}`);
  const inside: Surroundings = { siblings: dag.entryPoints, parent: dag, templates: around.templates, disabled };
  checkLevel(inside, isTemplate);
  checkDagOutputs(dag, inside, dagOff);
}

/** The one step that runs after everything, whatever happened (7.9). */
function checkPostProcess({ entryPoints, components: templates, postProcess }: Definition): void {
  if (postProcess.size > 1) throw invalidPipeline('post_process can only has 1 step at most');
  for (const step of postProcess.values()) {
    const refuse = (why: string): never => {
      throw invalidPipeline(`step [${step.name}] in post_process ${why}`);
    };
    if (entryPoints.has(step.name))
      throw invalidPipeline(`a step in post_process has name [${step.name}], which is same to name of a step in entry_points`);
    if (step.deps.length > 0) refuse('has deps');
    const template = step.kind === 'step' && step.reference !== undefined ? templates.get(step.reference) : undefined;
    if (template?.kind === 'step' && template.reference !== undefined) throw new EndlessWorkflow();
    const effective = resolveReference(step, templates);
    if (effective.kind === 'dag') return refuse('is not a step');
    if (effective.condition !== '') refuse('has condition');
    if (effective.loopArgument !== undefined) refuse('has loop_argument');
    if (effective.cache.enable) refuse('has cache enabled');
    if (Object.keys(effective.inputs).length > 0) refuse('has input artifacts');
  }
}

function checkDisabled(entryPoints: Components, disabled: ReadonlySet<string>): void {
  const known = new Set(fullNames(entryPoints, ''));
  const stranger = [...disabled].find((name) => !known.has(name));
  if (stranger !== undefined) throw invalidPipeline(`disabled component[${stranger}] not existed!`);
}

const fullNames = (components: Components, prefix: string): string[] =>
  [...components.values()].flatMap((component) => {
    const name = prefix + component.name;
    return component.kind === 'step' ? [name] : [name, ...fullNames(component.entryPoints, `${name}.`)];
  });

const hasArtifacts = ({ inputs, outputs }: Component): boolean => Object.keys(inputs).length + Object.keys(outputs).length > 0;

const withInside = (component: Component): Component[] =>
  component.kind === 'step' ? [component] : [component, ...[...component.entryPoints.values()].flatMap(withInside)];
