import { CrontabError, parseCrontab, type Crontab } from './crontab/crontab.ts';
import { fireTimes } from './crontab/fire-times.ts';
import { deadlyInCrontab } from '../client/deadly-input.ts';
import { nextRunAt, type Schedule } from './model.ts';

export interface Forecast {
  /** Why the crontab will be refused; null when it is in order. */
  readonly problem: string | null;
  readonly times: readonly Date[];
  readonly timeZone: string;
}

function take(times: Iterable<Date>, count: number, until: Date | null = null): Date[] {
  const taken: Date[] = [];
  if (count <= 0) return taken;
  for (const at of times) {
    if (until !== null && at > until) break;
    taken.push(at);
    if (taken.length === count) break;
  }
  return taken;
}

/** What a schedule with this crontab would do. */
export function forecast(text: string, zone: string, { count, from }: { readonly count: number; readonly from: Date }): Forecast {
  try {
    const crontab = parseCrontab(text, zone);
    const timeZone = crontab.kind === 'every' ? zone : crontab.zone;
    return { problem: deadlyInCrontab(text, zone, from) ?? null, times: take(fireTimes(crontab, from), count), timeZone };
  } catch (error) {
    if (error instanceof CrontabError) return { problem: error.message, times: [], timeZone: zone };
    throw error;
  }
}

/** The server's own next time, and from there on what its crontab says, up to its end. */
export function nextRunsOf(schedule: Schedule, count: number): Date[] {
  const next = nextRunAt(schedule);
  if (next === null || count <= 0) return [];
  let crontab: Crontab;
  try {
    crontab = parseCrontab(schedule.crontab, schedule.timeZone);
  } catch (error) {
    if (error instanceof CrontabError) return [next]; // the server understands what we do not
    throw error;
  }
  return [next, ...take(fireTimes(crontab, next), count - 1, schedule.endAt)];
}
