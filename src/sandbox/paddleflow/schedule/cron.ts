import type { Zone } from '../state/zone.ts';
import { createZone } from '../state/zone.ts';
import type { CronField } from './cron-field.ts';
import { cronRanges, parseCronField } from './cron-field.ts';

/** When something is due. Moments are milliseconds since the epoch, on whole seconds. */
export interface Cron {
  /** The first due time after this moment; undefined: none within five years. */
  next(after: number): number | undefined;
  /** The first due time of a schedule that begins at this moment: which may be due itself. */
  first(begin: number): number | undefined;
}

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Five fields, a descriptor or `@every 90m`, with a zone of its own in front if need be (2.11). Undefined: nothing of that. */
export function parseCron(text: string, serverZone: Zone): Cron | undefined {
  const [, zoneName, spec = ''] = /^(?:(?:CRON_)?TZ=(\S*)\s+)?(.*)$/s.exec(text.trim()) ?? [];
  const zone = zoneName === undefined || zoneName === 'Local' ? serverZone : zoneOf(zoneName);
  if (zone === undefined) return undefined;
  const every = /^@every\s+(\S+)$/.exec(spec);
  if (every !== null) return parseEvery(every[1] ?? '');
  const words = (descriptors[spec] ?? spec).trim().split(/\s+/);
  const fields = cronRanges.map((range, index) => parseCronField(words[index] ?? '', range));
  if (words.length !== cronRanges.length || fields.includes(undefined)) return undefined;
  return cronOf(fields as CronFields, zone); // as many as ranges, none missing
}

type CronFields = [minute: CronField, hour: CronField, day: CronField, month: CronField, weekday: CronField];

const day = 86_400_000;
const minute = 60_000;
const patience = 5 * 366 * day;

/**
 * Days are counted on the calendar, then the minutes of a day are tried in real time, so that a day of 23 or 25 hours has as many: what falls
 * into a lost hour is not due, what falls into a doubled one is due twice.
 */
function cronOf([minutes, hours, days, months, weekdays]: CronFields, zone: Zone): Cron {
  const isDay = (date: Date): boolean => {
    const [inMonth, inWeek] = [days.values.has(date.getUTCDate()), weekdays.values.has(date.getUTCDay())];
    // Either of both is enough when neither is a star.
    return months.values.has(date.getUTCMonth() + 1) && (days.any || weekdays.any ? inMonth && inWeek : inMonth || inWeek);
  };
  const dueOn = (date: Date, after: number): number | undefined => {
    const today = date.toISOString().slice(0, 10);
    // No zone is further than a day from the calendar's own.
    const begin = Math.max(Math.floor(after / minute) * minute + minute, date.getTime() - day);
    for (let at = begin; at < date.getTime() + 2 * day;) {
      const local = zone.local(at);
      const [hour, ofHour] = [Number(local.slice(11, 13)), Number(local.slice(14, 16))];
      if (local.slice(0, 10) > today) return undefined;
      const wrong = local.slice(0, 10) < today || !hours.values.has(hour);
      if (!wrong && minutes.values.has(ofHour)) return at;
      // To the next quarter while the hour is wrong: zones change on quarters only.
      at += wrong ? (15 - (ofHour % 15)) * minute : minute;
    }
    return undefined;
  };
  const next = (after: number): number | undefined => {
    const start = new Date(`${zone.local(after).slice(0, 10)}T00:00:00Z`).getTime();
    for (let date = start; date < start + patience; date += day) {
      if (!isDay(new Date(date))) continue;
      const due = dueOn(new Date(date), after);
      if (due !== undefined) return due;
    }
    return undefined;
  };
  return { next, first: (begin) => next(begin - 1) };
}

const unitsOfGo: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, µs: 1e-3, ns: 1e-6 };

/** A duration of Go, such as `1h30m` or `90s`; at least a second, without what is below one. */
function parseEvery(text: string): Cron | undefined {
  if (!/^\+?(\d+(\.\d*)?(h|m|s|ms|us|µs|ns))+$/.test(text)) return undefined;
  let length = 0;
  for (const [, number, unit = ''] of text.matchAll(/(\d+(?:\.\d*)?)(ms|us|µs|ns|h|m|s)/g))
    length += Number(number) * (unitsOfGo[unit] ?? 0);
  const seconds = Math.max(1, Math.floor(length / 1000));
  const next = (after: number): number => (Math.floor(after / 1000) + seconds) * 1000;
  return { next, first: next };
}

function zoneOf(name: string): Zone | undefined {
  try {
    return createZone(name);
  } catch {
    return undefined;
  }
}
