import type { Breath } from '../core/breath.ts';
import { parseJson } from '../core/exact-json.ts';

/** What is larger is not given to the parser at once: of such a piece it makes a value within a millisecond or so. */
const usualPieceBytes = 128 * 1024;

/** A list or an object that is too large to be parsed at once: its members are, some at a time. */
interface Frame {
  readonly value: unknown[] | Record<string, unknown>;
  /** Where the members begin that have not been parsed. */
  from: number;
  /** A large member has just ended, so that nothing but a comma or the end may follow. */
  afterLarge: boolean;
  /** A comma has been passed, so that a member must follow. */
  wanting: boolean;
  /** Of an object: the name of the large member that has begun. */
  key: string;
}

const utf8 = new TextDecoder(); // bad bytes become U+FFFD; a mark at the beginning is dropped

/**
 * What `parseJson` makes of a text, with pauses in between. Throws a `SyntaxError` that quotes nothing for what is no JSON.
 *
 * One pass over the brackets and commas outside of texts. A list or an object that turns out to be larger than a piece gets a frame; its members are
 * handed to the parser as they stand, in brackets of our own, as soon as they fill a piece, or when the next one turns out to be too large itself.
 */
export async function parseInPieces(bytes: Buffer, breathe: Breath, pieceBytes = usualPieceBytes): Promise<unknown> {
  const starts: number[] = []; // of all open brackets
  const commas: number[] = []; // the last one behind each of them
  const frames: Frame[] = []; // of the outer ones, those that are too large
  let result: { readonly value: unknown } | undefined;

  const isList = (level: number) => bytes[starts[level] ?? 0] === 0x5b;
  const textOf = (from: number, to: number) => utf8.decode(bytes.subarray(from, to));

  /** Parses the members of a frame up to `to`, which is where a comma or its end stands. */
  function flush(frame: Frame, to: number): void {
    const text = textOf(frame.from, to);
    const blank = isBlank(text);
    if (frame.afterLarge ? !blank : blank) throw mistake();
    if (!blank) {
      if (Array.isArray(frame.value)) for (const item of membersOf<unknown[]>(`[${text}]`)) frame.value.push(item);
      else for (const [key, item] of Object.entries(membersOf<object>(`{${text}}`))) define(frame.value, key, item);
    }
    frame.afterLarge = false;
    frame.wanting = bytes[to] === 0x2c;
    frame.from = to + 1;
  }

  /** The container at the next level has turned out to be too large. */
  function enlarge(): void {
    const level = frames.length;
    const start = starts[level] ?? 0;
    const parent = frames.at(-1);
    if (parent) {
      const before = commas[level - 1] ?? -1;
      if (before >= parent.from) flush(parent, before);
      const prefix = textOf(parent.from, start);
      if (parent.afterLarge) throw mistake();
      if (!Array.isArray(parent.value)) parent.key = keyOf(prefix);
      else if (!isBlank(prefix)) throw mistake();
    }
    frames.push({ value: isList(level) ? [] : {}, from: start + 1, afterLarge: false, wanting: false, key: '' });
  }

  function close(at: number): void {
    const level = starts.length - 1;
    if (level < 0 || bytes[at] !== (isList(level) ? 0x5d : 0x7d)) throw mistake();
    const frame = frames[level];
    if (frame) {
      if (frame.wanting || !isBlank(textOf(frame.from, at))) flush(frame, at);
      frames.pop();
      const parent = frames.at(-1);
      if (parent === undefined) result = { value: frame.value };
      else {
        if (Array.isArray(parent.value)) parent.value.push(frame.value);
        else define(parent.value, parent.key, frame.value);
        parent.from = at + 1;
        parent.afterLarge = true;
        parent.wanting = false;
      }
    } else if (level === 0) result = { value: parsed(textOf(starts[0] ?? 0, at + 1)) };
    starts.pop();
    commas.pop();
  }

  const first = begin(bytes);
  if (bytes[first] !== 0x5b && bytes[first] !== 0x7b) return parsed(textOf(first, bytes.length));
  for (let at = first, brackets = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (result && !isSpace(byte)) throw mistake();
    if (byte === 0x22) at = endOfText(bytes, at);
    else if (byte === 0x5b || byte === 0x7b) {
      starts.push(at);
      commas.push(-1);
    } else if (byte === 0x5d || byte === 0x7d) close(at);
    else if (byte === 0x2c) commas[starts.length - 1] = at;
    else continue;

    while (frames.length < starts.length && at - (starts[frames.length] ?? at) > pieceBytes) enlarge();
    const frame = frames.at(-1);
    if (byte === 0x2c && frame && frames.length === starts.length && (frame.afterLarge || at - frame.from > pieceBytes)) {
      flush(frame, at);
      await breathe();
    } else if (++brackets % 4096 === 0) await breathe();
  }
  if (result === undefined) throw mistake();
  return result.value;
}

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isBlank = (text: string) => /^[ \t\r\n]*$/.test(text);
const mistake = () => new SyntaxError('is no JSON');

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw mistake(); // the parser's own message quotes the text
  }
}
const membersOf = <T>(text: string): T => parsed(text) as T; // the brackets are ours

function keyOf(prefix: string): string {
  const [key, ...more] = Object.keys(membersOf<object>(`{${prefix}null}`));
  if (key === undefined || more.length > 0) throw mistake();
  return key;
}

/** An own property, whatever it is called. */
function define(into: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
  else into[key] = value;
}

/** After the mark of the encoding and white space. */
function begin(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && isSpace(bytes[at] ?? 0)) at += 1;
  return at;
}

/** Where the text that begins here ends. */
function endOfText(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0x22, start + 1); at >= 0; at = bytes.indexOf(0x22, at + 1)) {
    let slashes = 0;
    while (bytes[at - 1 - slashes] === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  throw mistake();
}
