import { CrontabError } from './crontab.ts';

/** The values of one field. `any`: written as a star, which decides how the two fields of days go together. */
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

/** A list of `*`, `?`, `5`, `1-5`, each with a step as in `0-30/10` or `5/15`, which goes on to the end of the range. */
export function parseField(name: keyof typeof ranges, text: string): Field {
  const { low, high, words }: { low: number; high: number; words: readonly string[] } = ranges[name];
  const wrong = (why: string) => new CrontabError(`${JSON.stringify(text)} as ${name}: ${why}`);
  const numberOf = (word: string): number => {
    const place = words.indexOf(word.toLowerCase());
    if (place !== -1) return low + place;
    if (!/^\+?\d+$/.test(word))
      throw wrong(`${JSON.stringify(word)} is no number${words.length > 0 ? ` or one of ${words.join(', ')}` : ''}`);
    return Number(word);
  };
  const values = new Set<number>();
  let any = false;
  for (const item of text.split(',')) {
    if (item === '') throw wrong('there is a comma too many');
    const [span = '', step, tooMany] = item.split('/');
    const [from = '', to, more] = span.split('-');
    if (tooMany !== undefined || more !== undefined) throw wrong('there is a "/" or "-" too many');
    const star = from === '*' || from === '?';
    const by = step === undefined ? 1 : /^\+?\d+$/.test(step) ? Number(step) : 0;
    if (by === 0) throw wrong('a step is a number above 0');
    const first = star ? low : numberOf(from);
    const open = star || (to === undefined && step !== undefined);
    const last = open ? high : numberOf(to ?? from);
    if (first < low || last > high) throw wrong(`it goes from ${low} to ${high}${name === 'day of the week' ? ', Sunday is 0' : ''}`);
    if (first > last) throw wrong(`${first} is after ${last}`);
    for (let value = first; value <= last; value += by) values.add(value);
    any ||= star && by === 1;
  }
  return { values, any };
}
