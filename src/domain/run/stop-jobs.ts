import { inParallel } from '../../live/in-parallel.ts';
import { ConflictProblem, NotFoundProblem, problemOf, UnconfirmedProblem } from '../problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { Step } from './detail.ts';

/** ASKED: the backend tries again · ENDED: nothing left to stop · UNCONFIRMED: the answer was lost · FAILED: refused, or not reached. */
export type JobStopOutcome = 'ASKED' | 'ENDED' | 'UNCONFIRMED' | 'FAILED';
export interface JobStop {
  readonly step: Step;
  readonly outcome: JobStopOutcome;
  /** Why it failed, or is not known; null otherwise. */
  readonly message: string | null;
}

const atOnce = 3;

/** Sends each job one request to stop, whatever becomes of the others. In the order of the steps. */
export async function stopJobs(client: SourceHandle['client'], steps: readonly Step[]): Promise<JobStop[]> {
  const stops = new Map<Step, JobStop>();
  await inParallel(steps, atOnce, async (step) => {
    const failure = await client.stopJob(step.jobId).then(
      () => undefined,
      (error: unknown) => problemOf(error, step.jobId),
    );
    stops.set(step, { step, ...outcomeOf(failure) });
  });
  return steps.flatMap((step) => stops.get(step) ?? []);
}

function outcomeOf(failure: unknown): Pick<JobStop, 'outcome' | 'message'> {
  if (failure === undefined) return { outcome: 'ASKED', message: null };
  if (failure instanceof ConflictProblem || failure instanceof NotFoundProblem) return { outcome: 'ENDED', message: null };
  const message = failure instanceof Error ? failure.message : String(failure);
  return { outcome: failure instanceof UnconfirmedProblem ? 'UNCONFIRMED' : 'FAILED', message };
}
