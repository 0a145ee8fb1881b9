/** The state of work of every kind; each kind also keeps its backend's own word as `rawState`. */
export const ExecutionState = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  STOPPING: 'STOPPING',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
  SKIPPED: 'SKIPPED',
  UNKNOWN: 'UNKNOWN',
} as const;
export type ExecutionState = (typeof ExecutionState)[keyof typeof ExecutionState];

const final = new Set<ExecutionState>(['SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED']);

/** Work in such a state does not go on by itself. UNKNOWN is not final: a new word upstream must not end a stream. */
export const isFinal = (state: ExecutionState): boolean => final.has(state);
