import type { ExecutionState } from '../../../execution/state.ts';

/** The platform's words (contract 3), without regard to case; `INITIALING` is so spelled. The last three are no words of its page. */
const states = new Map<string, ExecutionState>([
  ['INITIALING', 'QUEUED'],
  ['RUNNING', 'RUNNING'],
  ['FINISHED', 'SUCCEEDED'],
  ['ERROR', 'FAILED'],
  ['INITIALIZING', 'QUEUED'],
  ['CANCELED', 'CANCELLED'],
  ['CANCELLED', 'CANCELLED'],
]);

/** UNKNOWN for a word that nobody knows: such a task is asked for again. */
export const stateFromWire = (status: string): ExecutionState => states.get(status.trim().toUpperCase()) ?? 'UNKNOWN';
