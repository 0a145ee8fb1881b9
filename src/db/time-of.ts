/**
 * A time as PostgreSQL writes it for clients in UTC, such as `2024-03-05 02:00:00.123456+00`: a row has ten of them, and the language's reader takes
 * longer for this form than all else about a row. Undefined: it is of another form (another zone, before Christ, beyond the year 9999, infinity).
 */
export function timeOf(text: string): Date | undefined {
  const { length } = text;
  if (length < 22 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(10) !== SPACE || !text.endsWith('+00')) return undefined;
  let milliseconds = 0;
  // Of a fraction of up to six digits the first three; PostgreSQL leaves zeros at its end out.
  for (let at = 20, unit = 100; unit >= 1; at += 1, unit /= 10) if (at < length - 3) milliseconds += unit * digit(text, at);
  const year = 100 * two(text, 0) + two(text, 2);
  if (year < 100) return undefined; // to `Date.UTC` they are years of the last century
  return new Date(Date.UTC(year, two(text, 5) - 1, two(text, 8), two(text, 11), two(text, 14), two(text, 17), milliseconds));
}

const HYPHEN = 45;
const SPACE = 32;
const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const two = (text: string, at: number): number => 10 * digit(text, at) + digit(text, at + 1);
