/** Writes and reads moments in a server's own zone. All moments are milliseconds since the epoch. */
export interface Zone {
  readonly name: string;
  /** `YYYY-MM-DD hh:mm:ss` without a zone, `""` for a moment that has not come. */
  local(at: number | undefined): string;
  /** RFC 3339 with zone; a fraction only where there is one, as Go writes it. */
  rfc3339(at: number): string;
  /** Undefined: not of the form `YYYY-MM-DD hh:mm:ss`. Of an hour that comes twice the first one is meant. */
  parse(text: string): number | undefined;
}

/** All transitions of all zones fall on a quarter of an hour, so an offset is asked for once in each. */
const QUARTER = 900_000;

/** Throws a RangeError when the zone is unknown. */
export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  const offset = (at: number): number => {
    const quarter = Math.floor(at / QUARTER);
    let found = known.get(quarter);
    if (found === undefined) {
      found = offsetFromName(format.formatToParts(quarter * QUARTER).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT');
      if (known.size > 10_000) known.clear();
      known.set(quarter, found);
    }
    return found;
  };
  const shifted = (at: number) => new Date(at + offset(at)).toISOString();
  return {
    name,
    local: (at) => (at === undefined ? '' : shifted(at).slice(0, 19).replace('T', ' ')),
    rfc3339(at) {
      const fraction = at % 1000 === 0 ? '' : shifted(at).slice(19, 23).replace(/0+$/, '');
      return `${shifted(at).slice(0, 19)}${fraction}${nameFromOffset(offset(at))}`;
    },
    parse(text) {
      if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
      const wall = Date.parse(`${text.replace(' ', 'T')}Z`);
      if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 19) !== text.replace(' ', 'T')) return undefined; // no such day, or 24:00
      const candidates = [wall - offset(wall - 86_400_000), wall - offset(wall + 86_400_000)].toSorted((a, b) => a - b);
      return candidates.find((at) => at + offset(at) === wall) ?? candidates[0];
    },
  };
}

/** `GMT`, `GMT+08:00`, `GMT-02:30`. */
function offsetFromName(name: string): number {
  const match = /^GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

const two = (number: number): string => String(number).padStart(2, '0');

function nameFromOffset(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset) / 60_000;
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
