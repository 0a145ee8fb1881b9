import { isTimeZone } from '../../../../core/server-time.ts';
import { parseField, type Field } from './crontab-field.ts';

/** When something is due: by the calendar of a zone, or every so often. */
export type Crontab =
  | {
      readonly kind: 'calendar';
      readonly zone: string;
      readonly minutes: Field;
      readonly hours: Field;
      readonly days: Field;
      readonly months: Field;
      readonly weekdays: Field;
    }
  | { readonly kind: 'every'; readonly seconds: number };

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const names = ['minute', 'hour', 'day of the month', 'month', 'day of the week'] as const;

/** Why a text is no crontab, for people. */
export class CrontabError extends Error {
  override name = 'CrontabError';
}

/** Of the server's reader, which does not count the byte order mark among them as JavaScript does. */
const blank = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * As PaddleFlow reads it, with robfig/cron v3 (contract 2.11): five fields, `@daily` and its like, or `@every 1h30m`, with `CRON_TZ=` or `TZ=` in front
 * if it is not meant in the server's zone. Throws a `CrontabError`.
 */
export function parseCrontab(text: string, serverZone: string): Crontab {
  if (text === '') throw new CrontabError('It is empty');
  const [prefix, given] = /^(?:CRON_)?TZ=([^ ]*)/.exec(text) ?? [];
  // The server would cut the connection without an answer.
  if (prefix !== undefined && prefix === text) throw new CrontabError('After the time zone there must be a blank and a crontab');
  const zone = given === undefined || given === 'Local' ? serverZone : given || 'UTC';
  if (given !== undefined && given !== 'Local' && !isKnownZone(zone)) throw new CrontabError(`There is no time zone ${zone}`);
  const spec = prefix === undefined ? text : trimmed(text.slice(prefix.length));
  if (spec.startsWith('@every ')) return { kind: 'every', seconds: secondsOf(spec.slice('@every '.length)) };
  const known = Object.hasOwn(descriptors, spec) ? descriptors[spec] : undefined;
  if (spec.startsWith('@') && known === undefined)
    throw new CrontabError(`${spec} is none of ${Object.keys(descriptors).join(', ')}, @every …`);
  const words = (known ?? spec).split(blank).filter((word) => word !== '');
  if (words.length !== names.length) throw new CrontabError(`A crontab has five fields (${names.join(', ')}), not ${words.length}`);
  const [minutes, hours, days, months, weekdays] = names.map((name, index) => parseField(name, words[index] ?? ''));
  if (!minutes || !hours || !days || !months || !weekdays) throw new CrontabError('A field is missing');
  return { kind: 'calendar', zone, minutes, hours, days, months, weekdays };
}

const trimmed = (text: string) => text.replace(new RegExp(`^${blank.source}`), '').replace(new RegExp(`${blank.source}$`), '');

/** JavaScript takes offsets for zones, and names in any case; the server looks for a file of that name. */
const isKnownZone = (zone: string) => isTimeZone(zone) && /^[A-Za-z]/.test(zone) && !isMisspelt(zone);
function isMisspelt(zone: string): boolean {
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
  return timeZone !== zone && timeZone.toLowerCase() === zone.toLowerCase();
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9 };
const part = /(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|μs|ns)/g;

/** Go counts durations in nanoseconds, in 64 bits: some 292 years. */
const longestSeconds = 2 ** 63 / 1e9;

/** A duration as Go writes it, `1h30m`. Less than a second counts as one, and what is below a second is cut off. */
function secondsOf(duration: string): number {
  const text = duration.replace(/^[+-]/, '');
  if (text !== '0' && (text === '' || text.replaceAll(part, '') !== ''))
    throw new CrontabError(`${duration} is no duration such as 90s, 10m or 1h30m`);
  const total = [...text.matchAll(part)].reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitSeconds[unit] ?? 0), 0);
  if (total >= longestSeconds) throw new CrontabError(`${duration} is longer than ${Math.floor(longestSeconds / 3600)}h`);
  return duration.startsWith('-') ? 1 : Math.max(1, Math.floor(total + 1e-9));
}
