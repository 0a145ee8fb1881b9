import type { Core } from '../core.ts';
import { isFinal, statusOf } from '../state/runs.ts';
import { demoCall } from './demo.ts';

export interface DemoLimits {
  /** How many of its own runs the demo keeps. */
  readonly kept: number;
  /** After how many forgotten runs the journal is written anew without them. */
  readonly rewriteAfter: number;
}

/** Some three hours of runs. */
const usual: DemoLimits = { kept: 180, rewriteAfter: 100 };

/** Starts a run now and then, by turns of several owners. Ends with the scope; the process may end without it. */
export function startDemoDriver(core: Core, everyMs: number): Disposable {
  const timer = setInterval(createDemoTurn(core, usual), everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Each turn starts a run and forgets the oldest finished ones, so that neither memory nor journal grows without end. */
export function createDemoTurn(core: Core, { kept, rewriteAfter }: DemoLimits): () => void {
  let forgotten = 0;
  return () => {
    core.startDemoRun(demoCall(core));
    const { state, demoRuns } = core;
    for (const runID of demoRuns.slice(0, Math.max(0, demoRuns.length - kept))) {
      const run = state.run(runID);
      if (run !== undefined && !isFinal(statusOf(run, state.now))) continue;
      core.forgetDemoRun(runID);
      forgotten += 1;
    }
    if (forgotten < rewriteAfter) return;
    core.compactJournal();
    forgotten = 0;
  };
}
