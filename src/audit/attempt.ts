import type { Viewer } from '../auth/viewer.ts';
import { isForClients, problemOf, UnconfirmedProblem } from '../problem/problem.ts';
import type { Audit, LogFailure } from './audit.ts';

/**
 * Makes one write and notes what has become of it. `target` is what the audit says it was about, a key such as `prod:train`; what was made is
 * named by `targetOf` once it is there. Throws a `Problem` that the client can act on, or an outage.
 */
export type Attempt = <T>(action: string, target: string, work: () => Promise<T>, targetOf?: (result: T) => string) => Promise<T>;

export const createAttempt =
  (viewer: Viewer, audit: Audit, logError: LogFailure): Attempt =>
  async (action, target, work, targetOf = () => target) => {
    const outcome = await work().then(
      (result) => ({ result }),
      (error: unknown) => ({ problem: problemOf(error, target.slice(target.indexOf(':') + 1)) }),
    );
    if ('result' in outcome) {
      await audit.record(viewer, action, targetOf(outcome.result), 'done');
      return outcome.result;
    }
    const { problem } = outcome;
    // The client gets a problem instead of an error with an id, so this is the only trace of what has failed.
    if (problem instanceof UnconfirmedProblem && problem.cause !== undefined && !isForClients(problem.cause))
      logError(problem.cause, { action, target });
    await audit.record(viewer, action, target, problem instanceof Error ? problem.name : 'failed');
    throw problem;
  };
