import type { Json } from './json-value.ts';
import { JsonObject, NumberLiteral } from './json-value.ts';

/** The text is no JSON. The message is close to what Go says; nobody should depend on it. */
export class JsonSyntaxError extends Error {}

/** Deeper ones are refused, as by Go's decoder. */
const maxDepth = 10_000;

const blank = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const word = /true|false|null/y;

/** A list or an object whose end has not come. */
interface Open {
  readonly close: ']' | '}';
  readonly items: Json[];
  readonly keys: string[];
}

/**
 * One JSON value. Nothing is lost: neither digits nor repeated keys. `rest`: whether something may follow it, which is then not looked at.
 * No recursion: as deep as it may be, it does not fill the stack.
 */
export function readJson(text: string, rest: 'refused' | 'ignored' = 'refused'): Json {
  const reader = new Reader(text);
  const value = reader.value();
  if (rest === 'refused') reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Json {
    const open: Open[] = [];
    for (;;) {
      let value = this.#start(open);
      while (value !== undefined) {
        const around = open.at(-1);
        if (around === undefined) return value;
        around.items.push(value);
        value = this.#next(around) ? closed(open) : undefined;
      }
    }
  }

  end(): void {
    this.#take(blank);
    if (this.#at < this.#text.length) throw this.#unexpected('after top-level value');
  }

  /** A whole value, or undefined where one that can hold others begins. */
  #start(open: Open[]): Json | undefined {
    this.#take(blank);
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === '[' || char === '{') return this.#open(char, open);
    const literal = this.#take(word);
    if (literal !== '') return literal === 'null' ? null : literal === 'true';
    const digits = this.#take(number);
    if (digits === '') throw this.#unexpected('looking for beginning of value');
    return new NumberLiteral(digits);
  }

  #open(char: '[' | '{', open: Open[]): Json | undefined {
    if (open.length >= maxDepth) throw new JsonSyntaxError('exceeded max depth');
    this.#at += 1;
    const opened: Open = { close: char === '[' ? ']' : '}', items: [], keys: [] };
    open.push(opened);
    this.#take(blank);
    if (this.#text[this.#at] === opened.close) {
      this.#at += 1;
      return closed(open);
    }
    if (char === '{') this.#key(opened);
    return undefined;
  }

  /** After a value inside of something: whether that is its last. */
  #next(around: Open): boolean {
    this.#take(blank);
    const char = this.#text[this.#at];
    if (char !== ',' && char !== around.close)
      throw this.#unexpected(around.close === ']' ? 'after array element' : 'after object key:value pair');
    this.#at += 1;
    if (char === around.close) return true;
    if (around.close === '}') this.#key(around);
    return false;
  }

  #key({ keys }: Open): void {
    this.#take(blank);
    if (this.#text[this.#at] !== '"') throw this.#unexpected('looking for beginning of object key string');
    keys.push(this.#string());
    this.#take(blank);
    if (this.#text[this.#at] !== ':') throw this.#unexpected('after object key');
    this.#at += 1;
  }

  /** Halves of characters that stand alone become U+FFFD. */
  #string(): string {
    const begin = this.#at;
    const end = this.#endOfString(begin);
    this.#at = end + 1;
    try {
      return (JSON.parse(this.#text.slice(begin, end + 1)) as string).toWellFormed(); // it begins and ends with a quote
    } catch {
      throw new JsonSyntaxError('invalid character in string literal');
    }
  }

  #endOfString(begin: number): number {
    for (let end = this.#text.indexOf('"', begin + 1); end !== -1; end = this.#text.indexOf('"', end + 1)) {
      let escapes = 0;
      while (this.#text[end - 1 - escapes] === '\\') escapes += 1;
      if (escapes % 2 === 0) return end;
    }
    throw new JsonSyntaxError('unexpected end of JSON input');
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #unexpected(where: string): JsonSyntaxError {
    const char = this.#text[this.#at];
    return new JsonSyntaxError(char === undefined ? 'unexpected end of JSON input' : `invalid character '${char}' ${where}`);
  }
}

function closed(open: Open[]): Json {
  const { close, items, keys } = open.pop() ?? { close: ']', items: [], keys: [] };
  return close === ']' ? items : new JsonObject(keys.map((key, index) => [key, items[index] ?? null]));
}
