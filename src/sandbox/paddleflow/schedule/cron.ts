import type { Zone } from '../../kit/zone.ts';
import { createZone } from '../../kit/zone.ts';
import type { CronField } from './cron-field.ts';
import { CronError, cronRanges, parseCronField } from './cron-field.ts';
import { DroppedConnection } from '../wire/errors.ts';

/** When something is due. Moments are milliseconds since the epoch, on whole seconds. */
export interface Cron {
  /** The first due time after this moment; undefined: none in this year and the next five, and then the server searches for ever. */
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

/**
 * Five fields, a descriptor or `@every 90m`, with a zone of its own in front if need be (2.11). A text: what the server's reader has against it.
 * A zone without anything behind it makes the server panic.
 */
export function parseCron(text: string, serverZone: Zone): Cron | string {
  try {
    return readCron(text, serverZone);
  } catch (error) {
    if (error instanceof CronError) return error.message;
    throw error;
  }
}

function readCron(text: string, serverZone: Zone): Cron {
  if (text === '') throw new CronError('empty spec string');
  const { zone, spec } = readZone(text, serverZone);
  if (spec.startsWith('@every ')) return everyOf(spec, spec.slice('@every '.length));
  const fields = descriptors[spec];
  if (spec.startsWith('@') && fields === undefined) throw new CronError(`unrecognized descriptor: ${spec}`);
  const words = (fields ?? spec).split(/\s+/).filter(Boolean);
  if (words.length !== cronRanges.length)
    throw new CronError(`expected exactly ${cronRanges.length} fields, found ${words.length}: [${words.join(' ')}]`);
  return cronOf(cronRanges.map((range, index) => parseCronField(words[index] ?? '', range)) as unknown as CronFields, zone); // as many as ranges
}

function readZone(text: string, serverZone: Zone): { zone: Zone; spec: string } {
  if (!text.startsWith('TZ=') && !text.startsWith('CRON_TZ=')) return { zone: serverZone, spec: text };
  const end = text.indexOf(' ');
  if (end === -1) throw new DroppedConnection();
  const name = text.slice(text.indexOf('=') + 1, end);
  const zone = name === 'Local' ? serverZone : zoneOf(name || 'UTC');
  if (zone === undefined) throw new CronError(`provided bad location ${name}: unknown time zone ${name}`);
  return { zone, spec: text.slice(end).trim() };
}

type CronFields = [minute: CronField, hour: CronField, day: CronField, month: CronField, weekday: CronField];

const day = 86_400_000;
const minute = 60_000;
/** So many years after the present one are searched. */
const patience = 5;

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
    const start = new Date(`${zone.local(after).slice(0, 10)}T00:00:00Z`);
    const end = Date.UTC(start.getUTCFullYear() + patience + 1, 0);
    for (let date = start.getTime(); date < end; date += day) {
      if (!isDay(new Date(date))) continue;
      const due = dueOn(new Date(date), after);
      if (due !== undefined) return due;
    }
    return undefined;
  };
  return { next, first: (begin) => next(begin - 1) };
}

const unitsOfGo: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, µs: 1e-3, μs: 1e-3, ns: 1e-6 };
const part = /(\d+\.?\d*|\.\d+)(ms|us|µs|μs|ns|h|m|s)/g;

/** A duration of Go, such as `1h30m` or `90s`, without what is below a second; at least one, so that a negative one fires each second. */
function everyOf(spec: string, text: string): Cron {
  const refuse = (why: string): never => {
    throw new CronError(`failed to parse duration ${spec}: time: ${why}`);
  };
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '') refuse(`invalid duration ${JSON.stringify(text)}`);
  if (rest !== '0' && rest.replaceAll(part, '') !== '')
    refuse(`${/^(\d|\.)+$/.test(rest) ? 'missing unit in' : 'invalid'} duration ${JSON.stringify(text)}`);
  let length = 0;
  for (const [, number, unit = ''] of rest.matchAll(part)) length += Number(number) * (unitsOfGo[unit] ?? 0);
  if (length >= 2 ** 63 / 1e6) refuse(`invalid duration ${JSON.stringify(text)}`);
  const seconds = sign === '-' ? 1 : Math.max(1, Math.floor(length / 1000));
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
