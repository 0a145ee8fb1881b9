import { invalidPipeline, WorkflowError } from './error.ts';
import { checkRunName, refuseEmptyName } from './names.ts';
import { overrideParameters } from './overrides.ts';
import { splitNames } from './read-component.ts';
import { checkRules, tarFile } from './rules.ts';
import type { RunOverrides, RunPlan, Workflow } from './types.ts';

const NO_OVERRIDES: RunOverrides = {};

/**
 * Puts the request's wishes into a workflow and checks all rules, in the server's order: main file system, name, section 7 (2.7).
 * Throws `WorkflowError` with `InvalidArguments`, `InvalidNamePattern` or `InvalidPipeline`.
 */
export function planRun(workflow: Workflow, overrides: RunOverrides = NO_OVERRIDES): RunPlan {
  const { fsName, name } = settleNames(workflow, overrides);
  const dockerEnv = overrides.dockerEnv === undefined || overrides.dockerEnv === '' ? workflow.dockerEnv : overrides.dockerEnv;
  refuseEmptyName(name);
  // The request's own image is not looked at: no step uses it (2.7).
  if (workflow.dockerEnv.endsWith('.tar')) throw invalidPipeline(tarFile);
  const disabled = overrides.disabled ?? workflow.definition.disabled;
  const definition = overrideParameters(workflow.definition, overrides.parameters ?? new Map());
  const strategy = strategyOf(overrides.failureOptions === undefined ? definition.strategy : (overrides.failureOptions.strategy ?? ''));
  checkRules(definition, disabledNames(disabled), fsName);
  return {
    workflow,
    name,
    fsName,
    dockerEnv,
    disabled,
    failureOptions: { strategy },
    parameters: overrides.parameters ?? null,
    definition,
  };
}

/** The first two checks of `planRun`, for who has something to check after them. */
export function settleNames(workflow: Workflow, overrides: RunOverrides): { readonly fsName: string; readonly name: string } {
  const fsName = fsNameOf(workflow.mainFsName, overrides.fsName ?? '');
  const name = overrides.name === undefined || overrides.name === '' ? workflow.name : overrides.name;
  checkRunName(name);
  return { fsName, name };
}

function fsNameOf(inYaml: string, inRequest: string): string {
  if (inYaml !== '' && inRequest !== '' && inYaml !== inRequest) {
    throw new WorkflowError('InvalidArguments', `fsName[${inRequest}] in request is not the main_fs[${inYaml}] of the workflow`);
  }
  return inRequest === '' ? inYaml : inRequest;
}

function strategyOf(strategy: string): 'fail_fast' | 'continue' {
  if (strategy === 'fail_fast' || strategy === 'continue') return strategy;
  throw invalidPipeline(`failure strategy should be [fail_fast] or [continue], setted by [${strategy}]`);
}

export function disabledNames(csv: string): Set<string> {
  const names = splitNames(csv);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidPipeline(`disabled component[${twice}] is repeated`);
  return new Set(names);
}
