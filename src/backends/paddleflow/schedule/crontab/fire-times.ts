import { clockAt } from '../../../../core/server-time.ts';
import type { Crontab } from './crontab.ts';

type Calendar = Extract<Crontab, { kind: 'calendar' }>;

const [secondMs, minuteMs, hourMs] = [1000, 60_000, 3_600_000];

/** Beyond that neither the graph nor the server can write a time. */
const lastMoment = Date.parse('9999-12-31T23:59:59Z');
/** The server looks no further ahead: 29 February comes before that, 30 February never. */
const patienceYears = 5;
/** A search in its patience takes some thousands. Where a zone has left out a whole day, as Samoa did, the server's goes round for ever. */
const mostSteps = 20_000;

/**
 * The moments after `after` at which a crontab is due, in order, up to the year 9999 unless nothing is due for five years. They are those that
 * robfig/cron v3 finds, which goes by the clock of the zone and step by step: an hour that summer time skips is not due that day, one that it
 * repeats is due twice, and where a change falls on midnight it has ways of its own.
 */
export function* fireTimes(crontab: Crontab, after: Date): Generator<Date, void> {
  for (let at = after.getTime(); ;) {
    const next = crontab.kind === 'every' ? Math.floor(at / secondMs) * secondMs + crontab.seconds * secondMs : nextByCalendar(crontab, at);
    if (next === undefined || next > lastMoment) return;
    yield new Date(next);
    at = next;
  }
}

/** No time of the server's patience: its scheduler would look for ever (contract 2.11). */
export const neverFires = (crontab: Crontab, after: Date): boolean => fireTimes(crontab, after).next().done === true;

/** A moment with the clock of a zone, which shows what UTC would show at `wall`. */
class Clock {
  readonly #offsetAt: (at: number) => number;
  at: number;

  constructor(zone: string, at: number) {
    this.#offsetAt = clockAt(zone);
    this.at = at;
  }

  get wall(): Date {
    return new Date(this.at + this.#offsetAt(this.at));
  }

  /** Where the clock never shows that, or shows it twice, Go takes the offset that it finds first. */
  set(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): void {
    const wall = Date.UTC(year, month, day, hour, minute, second);
    const offset = this.#offsetAt(wall);
    this.at = offset === 0 ? wall : wall - this.#offsetAt(wall - offset);
  }

  addDate(months: number, days: number): void {
    const wall = this.wall;
    this.set(
      wall.getUTCFullYear(),
      wall.getUTCMonth() + months,
      wall.getUTCDate() + days,
      wall.getUTCHours(),
      wall.getUTCMinutes(),
      wall.getUTCSeconds(),
    );
  }
}

/** `SpecSchedule.Next` of robfig/cron v3.0.1, in its own order of steps. */
function nextByCalendar(crontab: Calendar, after: number): number | undefined {
  const { zone, minutes, hours, days, months, weekdays } = crontab;
  if ([minutes, hours, months].some(({ values }) => values.size === 0)) return undefined;
  const clock = new Clock(zone, Math.floor(after / secondMs) * secondMs + secondMs);
  const lastYear = clock.wall.getUTCFullYear() + patienceYears;
  let moved = false;
  let steps = 0;
  const isLost = () => steps >= mostSteps;
  /** The first step begins at the begin of its unit. */
  const move = (begin: () => void, step: () => void) => {
    if (!moved) begin();
    moved = true;
    step();
  };
  const startOf = (unit: 'month' | 'day' | 'hour') => () => {
    const wall = clock.wall;
    clock.set(
      wall.getUTCFullYear(),
      wall.getUTCMonth(),
      unit === 'month' ? 1 : wall.getUTCDate(),
      unit === 'hour' ? wall.getUTCHours() : 0,
    );
  };
  /** Whether a unit above has changed, so that all are to be looked at again. */
  const search = (fits: (wall: Date) => boolean, begin: () => void, step: () => void, wraps: (wall: Date) => boolean): boolean => {
    while (!fits(clock.wall) && !isLost()) {
      steps += 1;
      move(begin, step);
      if (wraps(clock.wall)) return true;
    }
    return false;
  };
  const dayFits = (wall: Date) => {
    const [inMonth, inWeek] = [days.values.has(wall.getUTCDate()), weekdays.values.has(wall.getUTCDay())];
    return days.any || weekdays.any ? inMonth && inWeek : inMonth || inWeek; // either is enough when neither is a star
  };
  const nextDay = () => {
    clock.addDate(0, 1);
    const hour = clock.wall.getUTCHours();
    if (hour !== 0) clock.at += (hour > 12 ? 24 - hour : -hour) * hourMs; // there is no midnight
  };
  while (clock.wall.getUTCFullYear() <= lastYear && !isLost()) {
    const again =
      search(
        (wall) => months.values.has(wall.getUTCMonth() + 1),
        startOf('month'),
        () => clock.addDate(1, 0),
        (wall) => wall.getUTCMonth() === 0,
      ) ||
      search(dayFits, startOf('day'), nextDay, (wall) => wall.getUTCDate() === 1) ||
      search(
        (wall) => hours.values.has(wall.getUTCHours()),
        startOf('hour'),
        () => (clock.at += hourMs),
        (wall) => wall.getUTCHours() === 0,
      ) ||
      search(
        (wall) => minutes.values.has(wall.getUTCMinutes()),
        () => (clock.at = Math.floor(clock.at / minuteMs) * minuteMs),
        () => (clock.at += minuteMs),
        (wall) => wall.getUTCMinutes() === 0,
      ) ||
      search(
        (wall) => wall.getUTCSeconds() === 0,
        () => {},
        () => (clock.at += secondMs),
        (wall) => wall.getUTCSeconds() === 0,
      );
    if (!again && !isLost()) return clock.at;
  }
  return undefined;
}
