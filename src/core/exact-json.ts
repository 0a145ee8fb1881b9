import { numberOf } from './exact-number.ts';

/**
 * `JSON.parse` with exact numbers: what it gives where there are none, and throws for what is no JSON. A second look at the text finds them, and only
 * where it does the text is read again: a reviver, which is what the language has for that, takes several times as long and fills the stack.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return holdsExact(text) ? read(text) : value;
}

function holdsExact(json: string): boolean {
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfText(json, at);
    else if (beginsNumber(code)) {
      const end = endOfNumber(json, at);
      if (isExact(json, at, end)) return true;
      at = end - 1;
    }
  }
  return false;
}

/** What is open, and the name of the member that comes next. */
interface Frame {
  readonly value: unknown[] | Record<string, unknown>;
  key: string | undefined;
}

/** Of a text that is known to be JSON. No recursion: as deep as it may be, it does not fill the stack. */
function read(json: string): unknown {
  const open: Frame[] = [];
  let whole: unknown;
  const put = (value: unknown): void => {
    const around = open.at(-1);
    if (around === undefined) whole = value;
    else if (Array.isArray(around.value)) around.value.push(value);
    else {
      define(around.value, around.key ?? '', value);
      around.key = undefined;
    }
  };
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfText(json, at);
      const text = readText(json.slice(at, end + 1));
      const around = open.at(-1);
      if (around === undefined || Array.isArray(around.value) || around.key !== undefined) put(text);
      else around.key = text;
      at = end;
    } else if (code === 0x5b || code === 0x7b) {
      const value = code === 0x5b ? [] : {};
      put(value);
      open.push({ value, key: undefined });
    } else if (code === 0x5d || code === 0x7d) open.pop();
    else if (beginsNumber(code)) {
      const end = endOfNumber(json, at);
      put(numberOf(json.slice(at, end)));
      at = end - 1;
    } else if (code > 0x60) {
      const word = words.find((known) => json.startsWith(known, at)) ?? 'null';
      put(word === 'null' ? null : word === 'true');
      at += word.length - 1;
    }
  }
  return whole;
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const words = ['true', 'false', 'null'];
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const beginsNumber = (code: number) => code === MINUS || isDigit(code);

/** The last quote of a text that begins here. */
function endOfText(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); ; at = json.indexOf('"', at + 1)) {
    let slashes = 0;
    while (json.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}

const readText = (quoted: string): string => (quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)); // of a text it makes one

/** Behind a number that begins here: what follows one is none of these signs. */
function endOfNumber(json: string, start: number): number {
  let end = start + 1;
  while (inNumber(json.charCodeAt(end))) end += 1;
  return end;
}
const inNumber = (code: number) => isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS;

/** So many digits are never changed by a double; to write one in order to compare takes ten times as long as to read it. */
const surelyKept = 15;

/** Whether the number between these places is one that JavaScript would write in another way. */
function isExact(json: string, start: number, end: number): boolean {
  if (end - start <= surelyKept) {
    let at = start;
    while (isDigit(json.charCodeAt(at))) at += 1;
    if (at === end) return false;
    // Tenths and smaller, but not those that are written with an exponent, nor a last zero.
    if (json.charCodeAt(at) === 0x2e && json.charCodeAt(start) !== 0x30 && json.charCodeAt(end - 1) !== 0x30) {
      for (at += 1; isDigit(json.charCodeAt(at));) at += 1;
      if (at === end) return false;
    }
  }
  const text = json.slice(start, end);
  return String(Number(text)) !== text;
}

/** An own property, whatever it is called. */
function define(into: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
  else into[key] = value;
}
