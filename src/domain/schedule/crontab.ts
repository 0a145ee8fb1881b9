import { isTimeZone } from '../../upstream/paddleflow/time.ts';
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

/**
 * As PaddleFlow reads it (contract 2.11): five fields, `@daily` and its like, or `@every 1h30m`, with `CRON_TZ=` or `TZ=` in front if it is not
 * meant in the server's zone. Throws a `CrontabError`.
 */
export function parseCrontab(text: string, serverZone: string): Crontab {
  const [, given, rest = ''] = /^(?:(?:CRON_)?TZ=(\S*)\s+)?(.*)$/s.exec(text.trim()) ?? [];
  const zone = given === undefined || given === 'Local' ? serverZone : given || 'UTC';
  // JavaScript takes offsets for zones; the server looks them up by name.
  if (!isTimeZone(zone) || /^[+-]/.test(zone)) throw new CrontabError(`There is no time zone ${zone}`);
  const every = /^@every\s+(.+)$/.exec(rest);
  if (every) return { kind: 'every', seconds: secondsOf(every[1] ?? '') };
  const spec = rest.startsWith('@') ? descriptors[rest.trim()] : rest;
  if (spec === undefined) throw new CrontabError(`${rest} is none of ${Object.keys(descriptors).join(', ')}, @every …`);
  const words = spec.split(/\s+/).filter((word) => word !== '');
  if (words.length !== names.length) throw new CrontabError(`A crontab has five fields (${names.join(', ')}), not ${words.length}`);
  const [minutes, hours, days, months, weekdays] = names.map((name, index) => parseField(name, words[index] ?? ''));
  if (!minutes || !hours || !days || !months || !weekdays) throw new CrontabError('A field is missing');
  return { kind: 'calendar', zone, minutes, hours, days, months, weekdays };
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
