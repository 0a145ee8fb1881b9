import type { Entry } from './journal.ts';

/**
 * The same journal without what leaves no trace: settings of the clock that another one follows at once, and the demo's own runs that it has
 * forgotten, so that a demo may run for ever. Of those remains that their numbers were used. A run that somebody retried stays, because the
 * retry needs it.
 */
export function compact(entries: readonly Entry[]): Entry[] {
  const forgotten = forgottenRuns(entries);
  const kept: Entry[] = [];
  for (const entry of entries) {
    const runID = runOf(entry);
    if (runID !== undefined && forgotten.has(runID)) {
      if (entry.do === 'call' && entry.demoRun !== undefined) skipNumber(kept, entry.at);
    } else {
      if (entry.do === 'clock' && kept.at(-1)?.do === 'clock') kept.pop();
      kept.push(entry);
    }
  }
  return kept;
}

function forgottenRuns(entries: readonly Entry[]): Set<string> {
  const made = new Set<string>();
  const retried = new Set<string>();
  const forgotten = new Set<string>();
  for (const entry of entries) {
    if (entry.do === 'call') {
      if (entry.demoRun !== undefined) made.add(entry.demoRun);
      const old = /^\/run\/([^/?]+)\?.*action=retry/.exec(entry.path)?.[1];
      if (old !== undefined) retried.add(old);
    } else if (entry.do === 'order' && entry.order.op === 'forget-run') forgotten.add(entry.order.runID);
  }
  return forgotten.intersection(made).difference(retried);
}

/** The run that an entry is about, if it is about one. */
function runOf(entry: Entry): string | undefined {
  if (entry.do === 'call') return entry.demoRun ?? /^\/(?:run\/|job\/job-(?=run-))([^/?-]+-\d+)/.exec(entry.path)?.[1];
  if (entry.do !== 'order') return undefined;
  if ('jobID' in entry.order && entry.order.jobID !== undefined) return /^job-(run-\d{6,})-/.exec(entry.order.jobID)?.[1];
  return 'runID' in entry.order ? entry.order.runID : undefined;
}

/** Skipped numbers gather in one entry, over a clock that was set in between. */
function skipNumber(kept: Entry[], at: number): void {
  const index = kept.at(-1)?.do === 'clock' ? kept.length - 2 : kept.length - 1;
  const last = kept[index];
  if (last?.do === 'order' && last.order.op === 'skip-run-numbers')
    kept[index] = { ...last, order: { op: 'skip-run-numbers', count: last.order.count + 1 } };
  else kept.push({ at, do: 'order', order: { op: 'skip-run-numbers', count: 1 } });
}
