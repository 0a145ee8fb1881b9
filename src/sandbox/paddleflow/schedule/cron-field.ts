import { notAnInteger, readInteger } from '../wire/integer.ts';

interface Range {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

/** Which values of one field are meant. `any`: it was a star, which matters to the days (see `cron.ts`). */
export interface CronField {
  readonly values: ReadonlySet<number>;
  readonly any: boolean;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of the month, month, day of the week: the standard five. */
export const cronRanges = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: months },
  { low: 0, high: 6, names: weekdays },
] as const satisfies readonly Range[];

/** What the server's reader has against a crontab, in its words. */
export class CronError extends Error {}

/**
 * A list of values, spans and steps such as `1,5-9,0-30/10`, `*`, `?`, `mon-fri`. Empty members of the list do not count, so that a field of
 * commas alone means no value at all. Throws a CronError.
 */
export function parseCronField(text: string, range: Range): CronField {
  const values = new Set<number>();
  let any = false;
  for (const part of text.split(',').filter(Boolean)) {
    const { first, last, by, star } = parsePart(part, range);
    for (let value = first; value <= last; value += by) values.add(value);
    any ||= star && by === 1;
  }
  return { values, any };
}

function parsePart(part: string, range: Range): { first: number; last: number; by: number; star: boolean } {
  const [span = '', step, ...moreSteps] = part.split('/');
  const ends = span.split('-');
  const [from = '', to = '', ...moreEnds] = ends;
  const star = from === '*' || from === '?'; // what follows a hyphen is not looked at then
  const first = star ? range.low : parseValue(from, range);
  let last = star ? range.high : first;
  if (!star && ends.length > 1) {
    if (moreEnds.length > 0) throw new CronError(`too many hyphens: ${part}`);
    last = parseValue(to, range);
  }
  if (moreSteps.length > 0) throw new CronError(`too many slashes: ${part}`);
  const by = step === undefined ? 1 : parseNumber(step);
  // `5/10` goes on to the end of the range.
  if (step !== undefined && ends.length === 1) last = range.high;
  if (first < range.low) throw new CronError(`beginning of range (${first}) below minimum (${range.low}): ${part}`);
  if (last > range.high) throw new CronError(`end of range (${last}) above maximum (${range.high}): ${part}`);
  if (first > last) throw new CronError(`beginning of range (${first}) beyond end of range (${last}): ${part}`);
  if (by === 0) throw new CronError(`step of range should be a positive number: ${part}`);
  return { first, last, by, star };
}

function parseValue(text: string, { low, names = [] }: Range): number {
  const named = names.indexOf(text.toLowerCase());
  return named === -1 ? parseNumber(text) : low + named;
}

function parseNumber(text: string): number {
  const value = readInteger(text);
  if (value === undefined) throw new CronError(`failed to parse int from ${text}: ${notAnInteger(text, 'Atoi')}`);
  if (value < 0) throw new CronError(`negative number (${value}) not allowed: ${text}`);
  return value;
}
