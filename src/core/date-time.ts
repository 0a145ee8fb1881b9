/** RFC 3339, section 5.6, whole: letters in either case, seconds, a fraction of any length, and a zone. */
const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * A moment from its text; undefined for everything that is none. `Date` alone would take the 30th of February for the 2nd of March and 24:00 for the
 * next day. What is finer than a millisecond is cut off. A leap second, `23:59:60` in UTC at the end of a month, is the moment at which the next day
 * begins, as in every clock that counts like POSIX. Years 1 to 9999: neither the calendar's beginning nor its far end fits into PostgreSQL's and
 * JavaScript's ways to write a time.
 */
export function parseDateTime(text: string): Date | undefined {
  const [, ...parts] = pattern.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 24, minute = 0, second = 0] = parts.slice(0, 6).map(Number);
  const [fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = parts.slice(6);
  const isLeap = second === 60;
  if (hour > 23 || minute > 59 || second > (isLeap ? 60 : 59) || Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;

  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day); // unlike `Date.UTC`, which takes the year 50 for 1950
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day) return undefined;
  const ahead = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  time.setUTCHours(hour, minute - ahead, second, isLeap ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0')));
  if (isLeap && !(time.getUTCDate() === 1 && time.getUTCHours() === 0 && time.getUTCMinutes() === 0)) return undefined;
  const inUtc = time.getUTCFullYear();
  return inUtc >= 1 && inUtc <= 9999 ? time : undefined;
}
