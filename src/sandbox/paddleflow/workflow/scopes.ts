import { invalidPipeline } from './error.ts';
import { loopElements } from './loop.ts';
import { LOOP_ARGUMENT, PARENT, SYSTEM_NAMES } from './names.ts';
import { plainValue } from './parameters.ts';
import { resolveReference } from './references.ts';
import type { Component, Components, Dag } from './structure.ts';
import { loneTemplate, templatesIn, writeTemplate, type Template } from './templates.ts';
import { isList, isMap, isNumber, typeName, type Value } from './value.ts';

/** Where a component stands: among whom, inside which dag. */
export interface Surroundings {
  readonly siblings: Components;
  readonly parent: Dag | undefined;
  readonly templates: Components;
  readonly disabled: (sibling: string) => boolean;
}

/** Which names each field may use (7.5). `path` is the component's, for messages. */
export function checkScopes(component: Component, path: string, around: Surroundings): void {
  const refuse = (template: Template, field: string): never => {
    throw invalidPipeline(`template[${writeTemplate(template)}] in ${field} of [${path}] refers to nothing it may use`);
  };
  const only = (text: string, field: string, ...names: readonly (readonly string[])[]): void => {
    for (const template of templatesIn(text)) {
      if (template.component !== undefined || !names.some((list) => list.includes(template.name))) refuse(template, field);
    }
  };
  const parameters = Object.keys(component.parameters);
  const inputs = Object.keys(component.inputs);
  for (const [name, value] of Object.entries(component.parameters)) {
    const text = plainValue(value);
    if (typeof text !== 'string') continue;
    const stranger = templatesIn(text).find((template) => !reachesParameter(template, component, around));
    if (stranger !== undefined) refuse(stranger, `parameter[${name}]`);
  }
  only(component.condition, 'condition', SYSTEM_NAMES, parameters, inputs);
  checkLoop(component.loopArgument, path, [...parameters, ...inputs]);
  if (component.kind === 'dag') return;
  only(component.command, 'command', SYSTEM_NAMES, parameters, inputs, Object.keys(component.outputs));
  for (const [name, value] of Object.entries(component.env)) {
    if (typeof value !== 'string' && !isNumber(value)) {
      throw invalidPipeline(`env[${name}] of [${path}] should be string, int or float type, but is ${typeName(value)}`);
    }
    only(String(value), `env[${name}]`, SYSTEM_NAMES, parameters);
  }
}

function reachesParameter({ component: owner, name }: Template, component: Component, around: Surroundings): boolean {
  if (owner === undefined) return SYSTEM_NAMES.includes(name);
  if (owner === PARENT) return around.parent !== undefined && (name === LOOP_ARGUMENT || Object.hasOwn(around.parent.parameters, name));
  const upstream = upstreamOf(owner, component, around);
  return upstream !== undefined && Object.hasOwn(upstream.parameters, name);
}

/** A sibling that the component waits for, and that will really run if the component does (7.9). */
function upstreamOf(name: string, component: Component, around: Surroundings): Component | undefined {
  const sibling = around.siblings.get(name);
  if (sibling === undefined || !component.deps.includes(name)) return undefined;
  if (around.disabled(name) && !around.disabled(component.name)) {
    throw invalidPipeline(`[${name}] is disabled, so [${component.name}] cannot refer to it`);
  }
  return resolveReference(sibling, around.templates);
}

/** A list, the text of a JSON list, or exactly one template of the component's own. */
function checkLoop(argument: Value | undefined, path: string, own: readonly string[]): void {
  if (argument === undefined) return;
  const refuse = (why: string): never => {
    throw invalidPipeline(`[loop_argument] of [${path}] is invalid: ${why}`);
  };
  if (isList(argument)) {
    if (argument.some((item) => isMap(item) || typeof item === 'boolean' || item === null))
      refuse('a list may hold strings, numbers and lists');
    return;
  }
  if (typeof argument !== 'string') return refuse(`it should be a list or a string, but is ${typeName(argument)}`);
  if (templatesIn(argument).length === 0) {
    try {
      loopElements(argument);
    } catch {
      refuse('it is not a json list');
    }
    return;
  }
  const template = loneTemplate(argument);
  if (template === undefined || template.component !== undefined || !own.includes(template.name)) {
    refuse('it should be exactly one own parameter or input artifact');
  }
}

/** Input artifacts come from a sibling's output or from the enclosing dag's input, alone in their text (7.5). */
export function checkInputs(component: Component, path: string, around: Surroundings): void {
  for (const [name, text] of Object.entries(component.inputs)) {
    const template = loneTemplate(text);
    const where = `input artifact[${name}] of [${path}]`;
    if (template?.component === undefined)
      throw invalidPipeline(`${where} should be exactly one template of an artifact, but is [${text}]`);
    if (template.component === PARENT) {
      if (around.parent === undefined || !Object.hasOwn(around.parent.inputs, template.name))
        throw invalidPipeline(`${where} refers to no input of its dag`);
      continue;
    }
    const upstream = upstreamOf(template.component, component, around);
    if (upstream === undefined) throw invalidPipeline(`${where} refers to [${template.component}], which is not in its deps`);
    checkOutput(upstream, template.name, where);
  }
}

/** Output artifacts of a dag are those of its children. */
export function checkDagOutputs(dag: Dag, path: string, inside: Surroundings, dagDisabled: boolean): void {
  for (const [name, text] of Object.entries(dag.outputs)) {
    const template = loneTemplate(text);
    const where = `output artifact[${name}] of [${path}]`;
    const child = template?.component === undefined ? undefined : dag.entryPoints.get(template.component);
    if (template === undefined || child === undefined)
      throw invalidPipeline(`${where} should be exactly one output of a child, but is [${text}]`);
    if (inside.disabled(child.name) && !dagDisabled) throw invalidPipeline(`${where} refers to [${child.name}], which is disabled`);
    checkOutput(resolveReference(child, inside.templates), template.name, where);
  }
}

function checkOutput(owner: Component, name: string, where: string): void {
  if (!Object.hasOwn(owner.outputs, name)) throw invalidPipeline(`${where} refers to [${owner.name}.${name}], which does not exist`);
  if (owner.condition !== '') throw invalidPipeline(`${where} refers to [${owner.name}], which has a condition`);
}
