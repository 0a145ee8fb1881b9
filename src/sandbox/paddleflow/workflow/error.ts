import type { WorkflowRefusal } from './types.ts';

/** A workflow that the server refuses at submission: `code` and `message` go to the client as they are (1.7). */
export class WorkflowError extends Error implements WorkflowRefusal {
  override readonly name = 'WorkflowError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Nearly every rule of section 7 is refused with this code. */
export const invalidPipeline = (message: string): WorkflowError => new WorkflowError('InvalidPipeline', message);
