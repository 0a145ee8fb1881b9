import { invalidPipeline, RunNameError } from './error.ts';
import type { Component } from './structure.ts';

const RUN = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const COMPONENT = /^[a-zA-Z][a-zA-Z0-9-]{0,29}$/;
const FIELD = /^[A-Za-z_][A-Za-z0-9_]{0,49}$/;

/** The names that every component knows without declaring them (7.5). */
export const SYSTEM_NAMES: readonly string[] = ['PF_RUN_ID', 'PF_STEP_NAME', 'PF_USER_NAME', 'PF_LOOP_ARGUMENT'];
export const LOOP_ARGUMENT = 'PF_LOOP_ARGUMENT';
/** Stands for the enclosing dag in templates. */
export const PARENT = 'PF_PARENT';

/** A bad name breaks the pattern; an empty one is no pipeline, which is found later: two codes (7.1). */
export function checkRunName(name: string): void {
  if (name === '' || RUN.test(name)) return;
  throw new RunNameError('InvalidNamePattern', `name[${name}] for [run] does not compile with regex rule[${RUN.source}]`, name);
}

/** What the rules say of a name, in a run that the server calls `run`. */
export const badRunName = (name: string, run: string): string =>
  `check pipelineName[${name}] in run[${run}] failed: format of run or pipeline name[${name}] invalid, should be in ${RUN.source}`;

export function refuseEmptyName(name: string): void {
  if (name === '') throw new RunNameError('InvalidPipeline', badRunName('', ''), '');
}

/** The component's own name and those of its parameters, artifacts and variables (7.4). */
export function checkNames(component: Component): void {
  const { name, parameters, inputs, outputs } = component;
  if (!COMPONENT.test(name))
    throw invalidPipeline(`format of component name[${name}] invalid, should be in ^[a-zA-Z][a-zA-Z0-9-]*$ and not start with "PF_"`);
  const env = component.kind === 'step' ? component.env : {};
  for (const [kind, values] of Object.entries({ parameters, 'input artifacts': inputs, 'output artifacts': outputs, env })) {
    const bad = Object.keys(values).find((field) => !FIELD.test(field));
    if (bad === undefined) continue;
    throw invalidPipeline(
      `check ${kind}[${bad}] in component[${name}] failed: format of variable name[${bad}] invalid, should be in ${FIELD.source}`,
    );
  }
  const seen = new Set<string>();
  for (const [kind, values] of Object.entries({ parameter: parameters, inputAtf: inputs, outputAtf: outputs })) {
    for (const field of Object.keys(values)) {
      if (seen.has(field.toLowerCase()))
        throw invalidPipeline(
          `${kind} name[${field}] has already existed in params/artifacts of component[${name}] (these names are case-insensitive)`,
        );
      seen.add(field.toLowerCase());
    }
  }
}
