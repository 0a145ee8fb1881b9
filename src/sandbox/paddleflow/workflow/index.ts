import { RunExecution } from './run.ts';
import type { Execution, RunPlan, StartOptions } from './types.ts';

export { EndlessWorkflow, RunNameError, WorkflowError } from './error.ts';
export { badRunName } from './names.ts';
export { parseWorkflow } from './parse.ts';
export { planRun, settleNames } from './plan.ts';

export const startExecution = (plan: RunPlan, options: StartOptions): Execution => new RunExecution(plan, options);

/** `old` must be final, and made by this engine. */
export function retryExecution(old: Execution, options: StartOptions): Execution {
  if (!(old instanceof RunExecution)) throw new TypeError(`run ${old.runID} was not started by this engine`);
  return new RunExecution(old.plan, options, old);
}
