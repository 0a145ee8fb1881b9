/** A character of a text. `index` and `column` count characters from 0, whatever their size; `line` counts the line breaks of YAML 1.1. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Lines and columns from 1, columns in UTF-16 units, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Why go-yaml cannot read a text, in its own words, and where. */
export class YamlError extends Error {
  override name = 'YamlError';
  /** Of a character. */
  readonly index: number;
  constructor(message: string, index: number) {
    super(message);
    this.index = index;
  }
}

/** go-yaml takes its input in pieces of so many bytes, and looks at the characters of a piece when it needs the first of them. */
const pieceBytes = 512;
const byteOrderMark = 0xfeff;

const isAllowed = (code: number) =>
  (code >= 0x20 && code <= 0x7e) ||
  code === 0x09 ||
  code === 0x0a ||
  code === 0x0d ||
  code === 0x85 ||
  (code >= 0xa0 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  code >= 0x10000;
const bytesOf = (code: number) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** A text as a row of characters, in which none may be that YAML does not allow. */
export class Characters {
  /** Where reading begins: behind a byte order mark. */
  readonly start: number;
  readonly #codes: readonly number[];
  #checked = 0;
  #places: readonly [lines: Uint32Array, columns: Uint32Array] | undefined;

  constructor(text: string) {
    this.#codes = Array.from(text.toWellFormed(), (character) => character.codePointAt(0) ?? 0);
    this.start = this.#codes[0] === byteOrderMark ? 1 : 0;
  }

  /** 0: behind the end. Throws a `YamlError` if a character up to there is not allowed. */
  at(index: number): number {
    while (index >= this.#checked && this.#checked < this.#codes.length) this.#check();
    return this.#codes[index] ?? 0;
  }

  text(from: number, to: number): string {
    return String.fromCodePoint(...this.#codes.slice(from, to));
  }

  /** For people. */
  placeOf(index: number): Place {
    this.#places ??= placesOf(this.#codes);
    const [lines, columns] = this.#places;
    const at = Math.min(index, this.#codes.length);
    return { line: lines[at] ?? 1, column: columns[at] ?? 1 };
  }

  #check(): void {
    for (let left = pieceBytes; this.#checked < this.#codes.length; this.#checked += 1) {
      const code = this.#codes[this.#checked] ?? 0;
      left -= bytesOf(code);
      if (left < 0) return;
      if (!isAllowed(code)) throw new YamlError('control characters are not allowed', this.#checked);
    }
  }
}

/** Of each character and of the end, as editors count. */
function placesOf(codes: readonly number[]): readonly [lines: Uint32Array, columns: Uint32Array] {
  const [lines, columns] = [new Uint32Array(codes.length + 1), new Uint32Array(codes.length + 1)];
  let [line, column] = [1, 1];
  for (let index = 0; index <= codes.length; index += 1) {
    [lines[index], columns[index]] = [line, column];
    const code = codes[index] ?? 0;
    if (code === 0x0a || (code === 0x0d && codes[index + 1] !== 0x0a)) [line, column] = [line + 1, 1];
    else column += code > 0xffff ? 2 : 1;
  }
  return [lines, columns];
}

const [tab, lineFeed, carriageReturn, nextLine, lineSeparator, paragraphSeparator] = [0x09, 0x0a, 0x0d, 0x85, 0x2028, 0x2029];
export const isBreak = (code: number): boolean =>
  code === lineFeed || code === carriageReturn || code === nextLine || code === lineSeparator || code === paragraphSeparator;
export const isBlank = (code: number): boolean => code === 0x20 || code === tab;
export const isBreakOrEnd = (code: number): boolean => code === 0 || isBreak(code);
export const isBlankOrEnd = (code: number): boolean => isBlank(code) || isBreakOrEnd(code);
/** Of names of anchors, tags and directives. */
export const isWord = (code: number): boolean => code < 0x80 && /[0-9A-Za-z_-]/.test(String.fromCharCode(code));
export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
export const isHex = (code: number): boolean => code < 0x80 && /[0-9A-Fa-f]/.test(String.fromCharCode(code));
