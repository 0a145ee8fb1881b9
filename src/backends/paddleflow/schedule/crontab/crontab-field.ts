import { CrontabError } from './crontab.ts';

/** The values of one field, perhaps none. `any`: written as a star, which decides how the two fields of days go together. */
export interface Field {
  readonly values: ReadonlySet<number>;
  readonly any: boolean;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const ranges = {
  minute: { low: 0, high: 59, words: [] },
  hour: { low: 0, high: 23, words: [] },
  'day of the month': { low: 1, high: 31, words: [] },
  month: { low: 1, high: 12, words: months },
  'day of the week': { low: 0, high: 6, words: weekdays },
} as const satisfies Record<string, { low: number; high: number; words: readonly string[] }>;

/** What a number may be at most in Go. */
const largest = 2n ** 63n - 1n;

/**
 * A list of `*`, `?`, `5`, `1-5`, each with a step as in `0-30/10` or `5/15`, which goes on to the end of the range. As robfig/cron v3 reads it, with
 * its oddities: commas too many are none, what follows a star and a hyphen is not looked at, and `+5` is 5.
 */
export function parseField(name: keyof typeof ranges, text: string): Field {
  const { low, high, words }: { low: number; high: number; words: readonly string[] } = ranges[name];
  const wrong = (why: string) => new CrontabError(`${JSON.stringify(text)} as ${name}: ${why}`);
  const numberOf = (word: string, known: readonly string[]): number => {
    const place = known.indexOf(word.toLowerCase());
    if (place !== -1) return low + place;
    if (!/^\+?\d+$/.test(word) || BigInt(word.replace('+', '')) > largest)
      throw wrong(`${JSON.stringify(word)} is no number${known.length > 0 ? ` or one of ${known.join(', ')}` : ''}`);
    return Number(word);
  };
  const values = new Set<number>();
  let any = false;
  for (const item of text.split(',').filter((part) => part !== '')) {
    const [span = '', step, tooMany] = item.split('/');
    const [from = '', to, more] = span.split('-');
    const star = from === '*' || from === '?';
    if (tooMany !== undefined || (more !== undefined && !star)) throw wrong('there is a "/" or "-" too many');
    const first = star ? low : numberOf(from, words);
    const end = star ? high : to === undefined ? first : numberOf(to, words);
    const by = step === undefined ? 1 : numberOf(step, []);
    const last = to === undefined && step !== undefined ? high : end;
    if (first < low || last > high) throw wrong(`it goes from ${low} to ${high}${name === 'day of the week' ? ', Sunday is 0' : ''}`);
    if (first > last) throw wrong(`${first} is after ${last}`);
    if (by === 0) throw wrong('a step is a number above 0');
    for (let value = first; value <= last; value += by) values.add(value);
    any ||= star && by === 1;
  }
  return { values, any };
}
