import { inParallel } from '../../../core/in-parallel.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { ConflictProblem, NotFoundProblem, problemOf, UnconfirmedProblem } from '../../../problem/problem.ts';
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
    const outcome = await client.stopJob(step.jobId).then(
      () => ({ outcome: 'ASKED', message: null }) as const,
      (error: unknown) => outcomeOf(error, step.jobId),
    );
    stops.set(step, { step, ...outcome });
  });
  return steps.flatMap((step) => stops.get(step) ?? []);
}

function outcomeOf(error: unknown, jobId: string): Pick<JobStop, 'outcome' | 'message'> {
  const problem = problemOf(error, jobId);
  // Of somebody else's job the server says `ActionNotAllowed` too, but as 403 (contract 6).
  const refused = error instanceof UpstreamError && error.status === 403;
  if (!refused && (problem instanceof ConflictProblem || problem instanceof NotFoundProblem)) return { outcome: 'ENDED', message: null };
  const message = problem instanceof Error ? problem.message : String(problem);
  return { outcome: problem instanceof UnconfirmedProblem ? 'UNCONFIRMED' : 'FAILED', message };
}
