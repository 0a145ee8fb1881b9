import { deepest, encodedParts } from './encoded.ts';
import { KnownSecrets, type Range } from './known.ts';
import { namedSecrets } from './named.ts';
import { secretSequences } from './sequences.ts';

/** What is left in the place of a secret. */
export const mask = '***';
/** In characters: a free text beyond that is for no reader. It bounds what cleaning costs, too. */
const longest = 65_536;
/** What is cut there is looked for this far behind the cut. */
const longestSecret = 4_096;
/** Characters that are decoded and looked through at most, in all, for one text. */
const mostDecoded = 16 * longest;

/** A name, a sign and a value need as many. */
const shortestTold = 4;
/** What looking into a part costs beside its characters, in characters. */
const perPart = 200;

/** Of this process, and the more the better: a secret is one wherever it turns up. Bounded, since users' sessions come and go. */
const known = new KnownSecrets(10_000);

/** From now on it is in no log and in no text of others that is passed on. Undefined and what is too short to be told apart from words is left out. */
export function keepSecret(secret: string | undefined): void {
  if (secret !== undefined) known.add(secret);
}

/**
 * A free text of a backend, a driver or a library, fit for a client, a log and the database: without secrets in any of the forms that are known, and
 * without our own. Bounded in time and size for any text.
 */
export function redact(text: string): string {
  if (text.length <= longest) return without(text, secretsIn(text));
  // What is cut in two is still a secret, and is found by what follows.
  const ranges = secretsIn(text.slice(0, longest + longestSecret)).filter(({ start }) => start < longest);
  const clean = without(
    text.slice(0, longest),
    ranges.map(({ start, end }) => ({ start, end: Math.min(end, longest) })),
  );
  return `${clean.toWellFormed()}… (${text.length} characters)`;
}

/** Only what is known by heart: for texts of our own, which may speak of passwords. Not bounded in size, and one pass. */
export const redactKnown = (text: string): string => without(text, findKnown(text, known));

/** Whether a text repeats one of these, in any of the forms in which a known secret is found. */
export function repeats(text: string, secrets: readonly string[]): boolean {
  const asked = new KnownSecrets(secrets.length);
  for (const secret of secrets) asked.add(secret);
  return findAll(text.slice(0, longest), asked, () => []).length > 0;
}

const secretsIn = (text: string) => findAll(text, known, (part) => [...secretSequences(part), ...namedSecrets(part)]);

/** Also what a text stands for when it is decoded: that is then withheld as a whole. */
function findAll(text: string, secrets: KnownSecrets, byForm: (part: string) => Range[]): Range[] {
  let left = mostDecoded;
  const look = (part: string, depth: number): Range[] => {
    const found = [...findKnown(part, secrets), ...byForm(part)];
    if (depth === deepest) return found;
    for (const { start, end, told } of encodedParts(part)) {
      if (told.length < shortestTold) continue;
      left -= told.length + perPart;
      // What nobody has looked into is not passed on.
      if (left <= 0 || look(told, depth + 1).length > 0) found.push({ start, end });
    }
    return found;
  };
  return look(text, 0);
}

/** Line breaks, also those that are escaped, and all that indents the next line. */
const fold = /\s+|\\{1,8}[nr]/g;

/** Also where they are broken into lines, as long ones are. */
function findKnown(text: string, secrets: KnownSecrets): Range[] {
  const whole = secrets.find(text);
  if (!/[\n\r]|\\[nr]/.test(text)) return whole;
  const kept: number[] = [];
  let flat = '';
  let from = 0;
  const keep = (to: number) => {
    for (let at = from; at < to; at += 1) kept.push(at);
    flat += text.slice(from, to);
  };
  for (const { index, 0: all } of text.matchAll(fold)) {
    keep(index);
    from = index + all.length;
  }
  keep(text.length);
  const broken = secrets.find(flat).map(({ start, end }) => ({ start: kept[start] ?? 0, end: (kept[end - 1] ?? text.length - 1) + 1 }));
  // Words that only stand at the two sides of a break are no word of their own.
  return [...whole, ...broken.filter(({ start, end }) => end - start >= 8)];
}

function without(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  let clean = '';
  let done = 0;
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    if (end <= done) continue;
    if (start > done || done === 0) clean += text.slice(done, start) + mask;
    done = end;
  }
  return clean + text.slice(done);
}
