import { formatServerTime, parseServerTime } from '../../upstream/paddleflow/time.ts';
import type { Crontab } from './crontab.ts';

type Calendar = Extract<Crontab, { kind: 'calendar' }>;

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** The server gives up after so long (29 February on a Monday comes before that, 30 February never). */
const patienceMs = 5 * 366 * dayMs;

/** Beyond that neither the graph nor the server can write a time. */
const lastMoment = Date.parse('9999-12-31T23:59:59Z');

/**
 * The moments after `after` at which a crontab is due, in order, up to the year 9999 unless nothing is due for years. By the clock of its zone: what falls
 * into the hour that summer time skips is not due that day, what falls into the one it repeats is due twice, as the server's reader has it.
 */
export function* fireTimes(crontab: Crontab, after: Date): Generator<Date, void> {
  for (const at of crontab.kind === 'every' ? everySoOften(crontab.seconds, after) : byCalendar(crontab, after)) {
    if (at > lastMoment) return;
    yield new Date(at);
  }
}

function* everySoOften(seconds: number, after: Date): Generator<number, void> {
  for (let at = Math.floor(after.getTime() / 1000) * 1000; ;) yield (at += seconds * 1000);
}

function* byCalendar(crontab: Calendar, after: Date): Generator<number, void> {
  const { zone } = crontab;
  const today = Date.parse(`${formatServerTime(after, zone).slice(0, 10)}T00:00:00Z`);
  let last = after.getTime();
  for (let day = today; day - last < patienceMs; day += dayMs) {
    if (!isDue(crontab, new Date(day))) continue;
    for (const at of momentsOf(crontab, day))
      if (at > last) {
        last = at;
        yield at;
      }
  }
}

/** Either of the two fields of days is enough when neither is a star. `day` is midnight UTC of a date of the calendar. */
function isDue({ days, months, weekdays }: Calendar, day: Date): boolean {
  const inMonth = days.values.has(day.getUTCDate());
  const inWeek = weekdays.values.has(day.getUTCDay());
  return months.values.has(day.getUTCMonth() + 1) && (days.any || weekdays.any ? inMonth && inWeek : inMonth || inWeek);
}

/** What the clock of a zone shows minus UTC. */
const offsetAt = (at: number, zone: string): number =>
  Date.parse(`${formatServerTime(new Date(at), zone).replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;

const ascending = (one: number, other: number) => one - other;

/** In the order of time, which on the day of a change is not that of the clock. */
function momentsOf({ zone, hours, minutes }: Calendar, day: number): number[] {
  const walls = [...hours.values].flatMap((hour) => [...minutes.values].map((minute) => day + (hour * 60 + minute) * minuteMs));
  const [before, behind] = [offsetAt(day - dayMs, zone), offsetAt(day + 2 * dayMs, zone)];
  if (before === behind) return walls.map((wall) => wall - before).toSorted(ascending);
  const moments = walls.flatMap((wall) => {
    const text = new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
    const time = parseServerTime(text, zone);
    const candidates = time ? [time.earlier.getTime(), time.later.getTime()] : [];
    return candidates.filter((at) => formatServerTime(new Date(at), zone) === text); // otherwise the clock never shows it
  });
  return [...new Set(moments)].toSorted(ascending);
}
