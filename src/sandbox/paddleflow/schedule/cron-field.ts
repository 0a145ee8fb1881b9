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

/** A list of values, spans and steps such as `1,5-9,0-30/10`, `*`, `?`, `mon-fri`. Undefined: not a field. */
export function parseCronField(text: string, range: Range): CronField | undefined {
  const values = new Set<number>();
  let any = false;
  for (const part of text.split(',')) {
    const [, from = '', to, step] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const star = from === '*' || from === '?';
    const first = star ? range.low : parseValue(from, range);
    // `5/10` goes on to the end of the range.
    const last = star || (to === undefined && step !== undefined) ? range.high : to === undefined ? first : parseValue(to, range);
    const by = Number(step ?? 1);
    if (first === undefined || last === undefined || first > last || by === 0 || (star && to !== undefined)) return undefined;
    for (let value = first; value <= last; value += by) values.add(value);
    any ||= star && by === 1;
  }
  return { values, any };
}

function parseValue(text: string, { low, high, names = [] }: Range): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named === -1 ? (/^\d+$/.test(text) ? Number(text) : -1) : low + named;
  return value >= low && value <= high ? value : undefined;
}
