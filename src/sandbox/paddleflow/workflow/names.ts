import { invalidPipeline, WorkflowError } from './error.ts';
import type { Component } from './structure.ts';

const RUN = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const COMPONENT = /^[a-zA-Z][a-zA-Z0-9-]{0,29}$/;
const FIELD = /^[A-Za-z_][A-Za-z0-9_]{0,49}$/;

/** The names that every component knows without declaring them (7.5). */
export const SYSTEM_NAMES: readonly string[] = ['PF_RUN_ID', 'PF_STEP_NAME', 'PF_USER_NAME', 'PF_LOOP_ARGUMENT'];
export const LOOP_ARGUMENT = 'PF_LOOP_ARGUMENT';
/** Stands for the enclosing dag in templates. */
export const PARENT = 'PF_PARENT';

/** An empty name is no pipeline, a bad one breaks the pattern: two codes (7.1). */
export function checkRunName(name: string): void {
  if (name === '') throw invalidPipeline('pipeline name should not be empty');
  if (!RUN.test(name)) {
    throw new WorkflowError('InvalidNamePattern', `name[${name}] for [run] does not compile with regex rule[${RUN.source}]`);
  }
}

/** The component's own name and those of its parameters, artifacts and variables (7.4). */
export function checkNames(component: Component, path: string): void {
  const { parameters, inputs, outputs } = component;
  if (!COMPONENT.test(component.name)) {
    throw invalidPipeline(`format of component name[${component.name}] in [${path}] invalid, should match ${COMPONENT.source}`);
  }
  const env = component.kind === 'step' ? component.env : {};
  const kinds = { parameter: parameters, 'input artifact': inputs, 'output artifact': outputs, env };
  for (const [kind, values] of Object.entries(kinds)) {
    const bad = Object.keys(values).find((name) => !FIELD.test(name));
    if (bad !== undefined) throw invalidPipeline(`format of ${kind} name[${bad}] in [${path}] invalid, should match ${FIELD.source}`);
  }
  const seen = new Set<string>();
  for (const name of [parameters, inputs, outputs].flatMap((values) => Object.keys(values))) {
    if (seen.has(name.toLowerCase())) {
      throw invalidPipeline(`[${path}] has more than one parameter or artifact called [${name}]; names are compared without their case`);
    }
    seen.add(name.toLowerCase());
  }
}
