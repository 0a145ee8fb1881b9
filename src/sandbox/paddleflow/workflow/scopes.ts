import { invalidPipeline } from './error.ts';
import { parseExpression } from './expression-syntax.ts';
import { ExpressionError } from './expression-tokens.ts';
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

/** Which names each field may use (7.5). */
export function checkScopes(component: Component, around: Surroundings): void {
  const only = (text: string, field: string, ...names: readonly (readonly string[])[]): void => {
    for (const template of templatesIn(text)) {
      if (template.component !== undefined) throw invalidPipeline(upstreamMisused(component, template));
      if (!names.some((list) => list.includes(template.name))) throw invalidPipeline(unsupported(template, field));
    }
  };
  const parameters = Object.keys(component.parameters);
  const inputs = Object.keys(component.inputs);
  for (const value of Object.values(component.parameters)) {
    const text = plainValue(value);
    if (typeof text === 'string') for (const template of templatesIn(text)) checkParameterTemplate(template, component, around);
  }
  only(component.condition, 'condition', SYSTEM_NAMES, parameters, inputs);
  checkCondition(component.condition);
  checkLoop(component.loopArgument, [...parameters, ...inputs]);
  if (component.kind === 'dag') return;
  only(component.command, 'command', SYSTEM_NAMES, parameters, inputs, Object.keys(component.outputs));
  for (const [name, value] of Object.entries(component.env)) {
    if (typeof value !== 'string' && !isNumber(value))
      throw invalidPipeline(`type[${value === null ? '<nil>' : typeName(value)}] is not supported for env[${name}]`);
    only(String(value), 'env', SYSTEM_NAMES, parameters);
  }
}

const unsupported = (template: Template, field: string): string =>
  `unsupported RefParamName[${template.name}] for param[${writeTemplate(template)}] of filedType[${field}]`;

const upstreamMisused = ({ name }: Component, template: Template): string =>
  `component [${name}] refer [${template.component}.${template.name}] invalid, only parameters can use upstream parameters and only ` +
  'input artifacts can use upstream output artifacts';

/** Its syntax, with the templates' braces taken away; what it gives is seen when the step is to run (7.8). */
function checkCondition(text: string): void {
  if (text === '') return;
  try {
    parseExpression(text.replaceAll('{{', '').replaceAll('}}', ''));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw invalidPipeline(`condition[${text}] is invalid, error: ${error.message}`);
  }
}

function checkParameterTemplate(template: Template, component: Component, around: Surroundings): void {
  const { component: owner, name } = template;
  if (owner === undefined) {
    if (!SYSTEM_NAMES.includes(name)) throw invalidPipeline(unsupported(template, 'parameters'));
    return;
  }
  const refuse = (why: string): never => {
    throw invalidPipeline(`invalid reference param {{ ${owner}.${name} }} in component[${component.name}]: ${why}`);
  };
  if (owner === PARENT) {
    if (around.parent === undefined) refuse('there is no parent');
    else if (name !== LOOP_ARGUMENT && !Object.hasOwn(around.parent.parameters, name)) refuse(`parent component has no parameter[${name}]`);
    return;
  }
  const upstream = upstreamOf(owner, component, around);
  if (upstream === undefined) refuse(`component[${owner}] not in deps`);
  else if (!Object.hasOwn(upstream.parameters, name)) refuse(`component[${owner}] has no parameter[${name}]`);
}

/** A sibling that the component waits for, and that will really run if the component does (7.9). */
function upstreamOf(name: string, component: Component, around: Surroundings): Component | undefined {
  const sibling = around.siblings.get(name);
  if (sibling === undefined || !component.deps.includes(name)) return undefined;
  if (around.disabled(name) && !around.disabled(component.name)) {
    throw invalidPipeline(`disabled component[${name}] is refered by [${component.name}]`);
  }
  return resolveReference(sibling, around.templates);
}

/** A list, the text of a JSON list, or exactly one template of the component's own. */
function checkLoop(argument: Value | undefined, own: readonly string[]): void {
  if (argument === undefined) return;
  if (isList(argument)) return checkElements(argument);
  if (typeof argument !== 'string') throw invalidPipeline('loopArgument can only be string or list type');
  if (templatesIn(argument).length === 0) {
    let elements: readonly Value[];
    try {
      elements = loopElements(argument);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw invalidPipeline(`loopArgument [${argument}] unmarshal to list failed, error: ${cause}`);
    }
    return checkElements(elements);
  }
  const template = loneTemplate(argument);
  if (template === undefined || template.component !== undefined || !own.includes(template.name))
    throw invalidPipeline(unsupported(template ?? { component: undefined, name: argument }, 'loop_argument'));
}

/** Written as a list or as the text of one: texts, numbers and lists of both. */
function checkElements(elements: readonly Value[]): void {
  const bad = elements.find((item) => isMap(item) || typeof item === 'boolean' || item === null);
  if (bad !== undefined) throw invalidPipeline(`type[${bad === null ? '<nil>' : typeName(bad)}] is not supported for loopArgument`);
}

/** Input artifacts come from a sibling's output or from the enclosing dag's input, alone in their text (7.5). */
export function checkInputs(component: Component, around: Surroundings): void {
  for (const [name, text] of Object.entries(component.inputs)) {
    const template = loneTemplate(text);
    const where = `input artifact[${name}] in component[${component.name}]`;
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
export function checkDagOutputs(dag: Dag, inside: Surroundings, dagDisabled: boolean): void {
  for (const [name, text] of Object.entries(dag.outputs)) {
    const template = loneTemplate(text);
    const where = `output artifact[${name}] in component[${dag.name}]`;
    const child = template?.component === undefined ? undefined : dag.entryPoints.get(template.component);
    if (template === undefined || child === undefined)
      throw invalidPipeline(`${where} should be exactly one output of a child, but is [${text}]`);
    if (inside.disabled(child.name) && !dagDisabled) throw invalidPipeline(`disabled component[${child.name}] is refered by [${dag.name}]`);
    checkOutput(resolveReference(child, inside.templates), template.name, where);
  }
}

function checkOutput(owner: Component, name: string, where: string): void {
  if (!Object.hasOwn(owner.outputs, name)) throw invalidPipeline(`${where} refers to [${owner.name}.${name}], which does not exist`);
  if (owner.condition !== '') throw invalidPipeline(`${where} refers to [${owner.name}], which has a condition`);
}
