import type { WorkflowRefusal } from './types.ts';

/** A workflow that the server refuses at submission: `code` and `message` go to the client as they are (1.7). */
export class WorkflowError extends Error implements WorkflowRefusal {
  override readonly name: string = 'WorkflowError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A name for a run or pipeline that is none. Runs and pipelines tell it in words of their own. */
export class RunNameError extends WorkflowError {
  override readonly name = 'RunNameError';
  readonly runName: string;

  constructor(code: string, message: string, runName: string) {
    super(code, message);
    this.runName = runName;
  }
}

/** The server never comes back from looking at this workflow (1.9). */
export class EndlessWorkflow extends Error {}

/** Nearly every rule of section 7 is refused with this code. */
export const invalidPipeline = (message: string): WorkflowError => new WorkflowError('InvalidPipeline', message);
