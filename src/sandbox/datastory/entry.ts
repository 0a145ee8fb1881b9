import type { ClockReading } from '../kit/clock.ts';
import type { Pace } from './options.ts';
import type { Switches } from './switches.ts';
import type { Task } from './task.ts';

/** What happened, as the journal keeps it. Secrets of submissions are not among it. */
export type Entry =
  | { readonly do: 'begin'; readonly version: 1; readonly at: number; readonly zone: string; readonly pace: Pace; readonly nextId: number }
  | ({ readonly do: 'clock'; readonly at: number; readonly wall: number } & ClockReading)
  /** A new task, or an old one as it is now. */
  | { readonly do: 'task'; readonly task: Task }
  | { readonly do: 'forget'; readonly id: number }
  | { readonly do: 'switches'; readonly switches: Partial<Switches> }
  | { readonly do: 'pace'; readonly pace: Pace };

/** The same journal without what was overtaken: of each task its last standing, of all else the last word. */
export function compact(entries: readonly Entry[]): Entry[] {
  const [begin] = entries;
  if (begin?.do !== 'begin') return [...entries];
  const tasks = new Map<number, Entry>();
  const last = new Map<Entry['do'], Entry>();
  let { nextId } = begin;
  for (const entry of entries) {
    if (entry.do === 'task') {
      tasks.set(entry.task.id, entry);
      nextId = Math.max(nextId, entry.task.id + 1);
    } else if (entry.do === 'forget') tasks.delete(entry.id);
    else last.set(entry.do, entry);
  }
  last.delete('begin');
  return [{ ...begin, nextId }, ...last.values(), ...tasks.values()];
}
