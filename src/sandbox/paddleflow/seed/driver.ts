import type { Core } from '../core.ts';
import { isFinal, statusOf } from '../state/runs.ts';
import { demoCall } from './demo.ts';

/** How many of its own runs the demo keeps: some three hours of them. */
const kept = 180;
/** After how many forgotten runs the journal is written anew without them. */
const rewriteAfter = 100;

/** Starts a run now and then, by turns of several owners, and forgets its oldest ones, so that neither memory nor journal grows without end. */
export function startDemoDriver(core: Core, everyMs: number): Disposable {
  let forgotten = 0;
  const timer = setInterval(() => {
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
  }, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
