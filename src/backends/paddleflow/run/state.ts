import type { ExecutionState } from '../../../execution/state.ts';

/** PaddleFlow's words for runs, steps and dags (contract 4.1–4.3). */
const states: Readonly<Record<string, ExecutionState>> = {
  initiating: 'QUEUED',
  init: 'QUEUED',
  pending: 'QUEUED',
  running: 'RUNNING',
  preempting: 'RUNNING',
  terminating: 'STOPPING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  preempted: 'FAILED',
  terminated: 'CANCELLED',
  cancelled: 'CANCELLED',
  skipped: 'SKIPPED',
};

/** A word we do not know is UNKNOWN, and stays readable as the raw state. */
export const stateFromWire = (word: string): ExecutionState => (Object.hasOwn(states, word) ? states[word] : undefined) ?? 'UNKNOWN';

/** The `statusFilter` of all runs that are not final. */
export const unfinishedWords = ['initiating', 'pending', 'running', 'terminating'] as const;
