import { isFinal } from '../execution.ts';
import { stepsOf, type RunDetail, type Step } from './detail.ts';
import type { Run } from './model.ts';

/**
 * How long a run that is being stopped may stand still, in milliseconds. Its record moves at every event of any step, and a pod that is told to end
 * has half a minute for that.
 */
const standstillMs = 300_000;

/** Waits or works, as a closing step rightly does while its run is being stopped (contract 4.1). */
const isAtWork = ({ state }: Step) => state === 'QUEUED' || state === 'RUNNING';

/**
 * Since when a run that is being stopped has not moved any more, as far as we have seen; null: it is not stuck, or there is no telling. It happens when
 * the stop meets the natural end, or when deleting a pod has failed (contract 4.1).
 */
export function stuckSince(
  { state, updatedAt, observedAt }: Run,
  detail: Pick<RunDetail, 'components' | 'postProcess'> | null,
): Date | null {
  if (!mayBeStuck({ state, updatedAt, observedAt }) || detail === null || detail.postProcess.some(isAtWork)) return null;
  return updatedAt;
}

/** What can be said without its steps. */
export const mayBeStuck = ({ state, updatedAt, observedAt }: Pick<Run, 'state' | 'updatedAt' | 'observedAt'>): boolean =>
  state === 'STOPPING' && observedAt.getTime() - updatedAt.getTime() >= standstillMs;

/** Steps whose jobs may be asked once more to stop: not a closing step that is still to do its work. */
export const stepsToStop = (detail: Pick<RunDetail, 'components' | 'postProcess'>): Step[] =>
  stepsOf(detail).filter((step) => step.jobId !== '' && !isFinal(step.state) && !(step.postProcess && isAtWork(step)));
