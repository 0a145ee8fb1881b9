import { isFinal } from '../../../execution/state.ts';
import { stepsOf, type RunDetail, type Step } from './detail.ts';
import type { Run } from './model.ts';

/**
 * How long a run that is being stopped may stand still, in milliseconds. Its record moves at every event of any step, and a pod that is told to end
 * has half a minute for that.
 */
const standstillMs = 300_000;

/** Waits or works, as a closing step rightly does while its run is being stopped (contract 4.1). */
const isAtWork = ({ state }: Step) => state === 'QUEUED' || state === 'RUNNING';

/** What can be said without its steps: it is being stopped, and its record has not moved for long, both by the server's clock. */
export const standsStill = (
  { state, updatedAt, observedAt }: Pick<Run, 'state' | 'updatedAt' | 'observedAt'>,
  aheadMs: number | undefined,
) => state === 'STOPPING' && aheadMs !== undefined && observedAt.getTime() + aheadMs - updatedAt.getTime() >= standstillMs;

/**
 * Since when a run that stands still has not moved any more, as far as we have seen; null: there is no telling, or a closing step is at work. It
 * happens when the stop meets the natural end, or when deleting a pod has failed (contract 4.1).
 */
export const stuckSince = ({ updatedAt }: Pick<Run, 'updatedAt'>, detail: Pick<RunDetail, 'postProcess'> | null): Date | null =>
  detail === null || detail.postProcess.some(isAtWork) ? null : updatedAt;

/** Steps whose jobs may be asked once more to stop: not a closing step that is still to do its work. */
export const stepsToStop = (detail: Pick<RunDetail, 'components' | 'postProcess'>): Step[] =>
  stepsOf(detail).filter((step) => step.jobId !== '' && !isFinal(step.state) && !(step.postProcess && isAtWork(step)));
