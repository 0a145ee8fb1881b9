import type { Entry } from './entry.ts';
import { runNumber } from './state/runs.ts';

/**
 * The same journal without what leaves no trace: settings of the clock that another one follows at once, and the demo's own runs that it has
 * forgotten, so that a demo may run for ever. Of those remains that their numbers were used. A run that somebody retried stays, because the
 * retry needs it.
 */
export function compact(entries: readonly Entry[]): Entry[] {
  const forgotten = forgottenRuns(entries);
  const kept: Entry[] = [];
  const used: number[] = [];
  for (const entry of entries) {
    const runID = runOf(entry);
    if (entry.do === 'order' && entry.order.op === 'used-run-numbers') {
      for (const [first, last] of entry.order.ranges) for (let number = first; number <= last; number += 1) used.push(number);
    } else if (runID !== undefined && forgotten.has(runID)) {
      if (entry.do === 'call' && entry.demoRun !== undefined) used.push(runNumber(entry.demoRun));
    } else {
      if (entry.do === 'clock' && kept.at(-1)?.do === 'clock') kept.pop();
      kept.push(entry);
    }
  }
  const [begin, ...rest] = kept;
  if (begin === undefined || used.length === 0) return kept;
  // Before everything else: others took their numbers in between, schedules among them, of which the journal knows nothing.
  return [begin, { at: begin.at, do: 'order', order: { op: 'used-run-numbers', ranges: rangesOf(used) } }, ...rest];
}

function rangesOf(numbers: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
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
