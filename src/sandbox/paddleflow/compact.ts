import type { Entry } from './journal.ts';

/**
 * The same journal without the demo's own runs that it has forgotten, so that a demo may run for ever: what is left of each is that its number
 * was used. A run that somebody retried stays, because the retry needs it.
 */
export function compact(entries: readonly Entry[]): Entry[] {
  const retried = new Set(
    entries.flatMap((entry) => (entry.do === 'call' ? (/^\/run\/([^/?]+)\?.*action=retry/.exec(entry.path)?.[1] ?? []) : [])),
  );
  const made = new Set(entries.flatMap((entry) => (entry.do === 'call' ? (entry.demoRun ?? []) : [])));
  const forgotten = new Set(
    entries
      .flatMap((entry) => (entry.do === 'order' && entry.order.op === 'forget-run' ? entry.order.runID : []))
      .filter((runID) => made.has(runID) && !retried.has(runID)),
  );
  const kept: Entry[] = [];
  for (const entry of entries) {
    const runID = runOf(entry);
    if (runID === undefined || !forgotten.has(runID)) kept.push(entry);
    else if (entry.do === 'call' && entry.demoRun !== undefined) skipNumber(kept, entry.at);
  }
  return kept;
}

/** The run that an entry is about, if it is about one. */
function runOf(entry: Entry): string | undefined {
  if (entry.do === 'call') return entry.demoRun ?? /^\/run\/([^/?]+)/.exec(entry.path)?.[1];
  if (entry.do !== 'order') return undefined;
  if ('jobID' in entry.order && entry.order.jobID !== undefined) return /^job-(run-\d{6,})-/.exec(entry.order.jobID)?.[1];
  return 'runID' in entry.order ? entry.order.runID : undefined;
}

function skipNumber(kept: Entry[], at: number): void {
  const last = kept.at(-1);
  const more = last?.do === 'order' && last.order.op === 'skip-run-numbers' ? last : undefined;
  const count = more?.order.op === 'skip-run-numbers' ? more.order.count + 1 : 1;
  if (more !== undefined) kept.pop();
  kept.push({ at: more?.at ?? at, do: 'order', order: { op: 'skip-run-numbers', count } });
}
