/** A time without zone, in the hour that is repeated when summer time ends, is one of two. Otherwise both are the same. */
export interface ServerTime {
  readonly earlier: Date;
  readonly later: Date;
}

/**
 * `YYYY-MM-DD hh:mm:ss` as a server writes it, read in its IANA zone. `undefined` for `""` (not set), for Go's zero time and for
 * whatever is no such time. An hour that summer time skips is counted on from before the change, as `Temporal` does.
 */
export function parseServerTime(text: string, zone: string): ServerTime | undefined {
  const wall = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) : Number.NaN;
  // The parser takes 30 February for 1 March.
  if (Number.isNaN(wall) || wallTime(wall) !== text || text.startsWith('0001-')) return undefined;
  // Nowhere do clocks change twice within two days.
  const before = offsetAt(wall - dayMs, zone);
  const after = offsetAt(wall + dayMs, zone);
  const fitting = [...new Set([before, after])].map((offset) => wall - offset).filter((at) => at + offsetAt(at, zone) === wall);
  const candidates = fitting.length > 0 ? fitting : [wall - before];
  return { earlier: new Date(Math.min(...candidates)), later: new Date(Math.max(...candidates)) };
}

/** The one of the two that is not before something known to have come first, such as the previous row. Default: the earlier one. */
export const pickTime = ({ earlier, later }: ServerTime, notBefore?: Date): Date =>
  notBefore !== undefined && earlier.getTime() < notBefore.getTime() ? later : earlier;

/** The way back: to the second, rounded down. */
export const formatServerTime = (at: Date, zone: string): string => wallTime(at.getTime() + offsetAt(at.getTime(), zone));

export function isTimeZone(zone: string): boolean {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
}

const dayMs = 24 * 60 * 60 * 1000;
const wallTime = (wall: number) => new Date(wall).toISOString().slice(0, 19).replace('T', ' ');

/** What the zone's clock shows minus UTC, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const shown = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>; // the parts asked for below
  const { year, month, day, hour, minute, second } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** Changes of a clock fall on quarters of an hour. */
const quarterMs = 15 * 60 * 1000;

/** What the zone's clock shows minus UTC, in milliseconds, for many moments near each other. */
export function clockAt(zone: string): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / quarterMs);
    const offset = known.get(quarter) ?? offsetAt(quarter * quarterMs, zone);
    known.set(quarter, offset);
    return offset;
  };
}

const clocks = new Map<string, Intl.DateTimeFormat>(); // expensive to make, few in number

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const two = '2-digit';
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  clocks.set(zone, clock);
  return clock;
}
