/** What a condition consists of, as govaluate names it. */
export type Kind =
  | 'prefix'
  | 'number'
  | 'boolean'
  | 'pattern'
  | 'text'
  | 'time'
  | 'word'
  | 'member'
  | 'comparison'
  | 'logic'
  | 'operator'
  | '('
  | ')'
  | 'choice'
  | ',';
export interface Token {
  readonly kind: Kind;
  readonly text: string;
}

/** Why a text is no expression. */
export class ConditionError extends Error {
  override name = 'ConditionError';
  /** The server would cut the connection instead of saying so. */
  readonly deadly: boolean;
  constructor(message: string, { deadly = false }: { deadly?: boolean } = {}) {
    super(message);
    this.deadly = deadly;
  }
}

const prefixes = ['-', '!', '~'];
const symbols: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(['+', '-', '*', '/', '%', '**', '&', '|', '^', '>>', '<<'].map((symbol) => [symbol, 'operator'] as const)),
  ...Object.fromEntries(['&&', '||'].map((symbol) => [symbol, 'logic'] as const)),
  ...Object.fromEntries(['==', '!=', '>', '>=', '<', '<=', '=~', '!~'].map((symbol) => [symbol, 'comparison'] as const)),
  ...Object.fromEntries(['?', ':', '??'].map((symbol) => [symbol, 'choice'] as const)),
};
const isSpace = (character: string) => /[\t-\r \u0085\u00a0\p{White_Space}]/u.test(character);
const isDigit = (character: string) => /\p{Nd}/u.test(character);
const isLetter = (character: string) => /\p{L}/u.test(character);
const isQuote = (character: string) => character === "'" || character === '"';
const isNumeric = (character: string) => isDigit(character) || character === '.';
const isWord = (character: string) => isLetter(character) || isDigit(character) || character === '_' || character === '.';
const isSymbol = (character: string) => !isDigit(character) && !isLetter(character) && !'()[]'.includes(character) && !isQuote(character);

/** Forms of times in which govaluate recognises a quoted text as one. */
const times = [
  /^\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d(?:[.,]\d+)?(?:[-+]\d\d:\d\d)?)?|T\d\d(?::\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[-+]\d{4})|T\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d))?$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d (?:(?:[A-Z]{3,4}|[-+]\d{4}) )?\d{4}$/,
  /^\d{1,2}:\d\d(?:AM|PM)$/,
];

class Reader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#characters = Array.from(text);
  }

  next(): string | undefined {
    const character = this.#characters[this.#at];
    if (character !== undefined) this.#at += 1;
    return character;
  }

  back(): void {
    this.#at -= 1;
  }

  get atEnd(): boolean {
    return this.#at >= this.#characters.length;
  }

  /** Up to a character that does not belong to it. `spaces`: they belong to it; otherwise they end it. A backslash takes what follows as it is. */
  until(
    belongs: (character: string) => boolean,
    { spaces }: { readonly spaces: boolean },
  ): { readonly text: string; readonly ended: boolean } {
    let text = '';
    for (let character = this.next(); character !== undefined; character = this.next()) {
      if (character === '\\') {
        const escaped = this.next();
        if (escaped === undefined) throw new ConditionError('nothing follows the backslash at its end', { deadly: true });
        text += escaped;
        continue;
      }
      if (!spaces && isSpace(character)) {
        if (text !== '') return { text, ended: true };
        continue;
      }
      if (!belongs(character)) {
        this.back();
        return { text, ended: true };
      }
      text += character;
    }
    return { text, ended: false };
  }
}

/** Throws a `ConditionError` for what is no token. `mayPrefix`: whether a sign may stand after a token of this kind. */
export function tokensOf(condition: string, mayPrefix: (after: Kind | undefined) => boolean): Token[] {
  const reader = new Reader(condition);
  const tokens: Token[] = [];
  for (let first = reader.next(); first !== undefined; first = reader.next()) {
    if (isSpace(first)) continue;
    tokens.push(read(reader, first, mayPrefix(tokens.at(-1)?.kind)));
  }
  return tokens;
}

function read(reader: Reader, first: string, mayPrefix: boolean): Token {
  if (isNumeric(first)) return { kind: 'number', text: numberOf(reader, first) };
  if (first === ',' || first === '(' || first === ')') return { kind: first, text: first };
  if (first === '[') return { kind: 'word', text: closed(reader, (character) => character !== ']', 'a bracket') };
  if (isLetter(first)) return wordOf(again(reader, isWord));
  if (isQuote(first)) {
    const text = closed(reader, (character) => !isQuote(character), 'a quote');
    return { kind: times.some((form) => form.test(text)) ? 'time' : 'text', text };
  }
  const text = again(reader, isSymbol);
  if (mayPrefix && prefixes.includes(text)) return { kind: 'prefix', text };
  const kind = Object.hasOwn(symbols, text) ? symbols[text] : undefined;
  if (kind === undefined) throw new ConditionError(`${JSON.stringify(text)} is no operator`);
  return { kind, text };
}

function again(reader: Reader, belongs: (character: string) => boolean): string {
  reader.back();
  return reader.until(belongs, { spaces: false }).text;
}

function closed(reader: Reader, belongs: (character: string) => boolean, what: string): string {
  const { text, ended } = reader.until(belongs, { spaces: true });
  if (!ended) throw new ConditionError(`${what} is not closed`);
  reader.next();
  return text;
}

function numberOf(reader: Reader, first: string): string {
  if (first === '0' && !reader.atEnd) {
    const second = reader.next();
    if (second === 'x' && !reader.atEnd) {
      const { text } = reader.until((character) => isDigit(character) || /[a-f]/i.test(character), { spaces: false });
      if (!/^[\da-f]+$/i.test(text) || BigInt(`0x${text}`) >= 2n ** 64n) throw new ConditionError(`0x${text} is no number`);
      return `0x${text}`;
    }
    reader.back();
  }
  const text = again(reader, isNumeric);
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text) || !Number.isFinite(Number(text))) throw new ConditionError(`${text} is no number`);
  return text;
}

function wordOf(text: string): Token {
  if (text === 'true' || text === 'false') return { kind: 'boolean', text };
  if (text === 'in' || text === 'IN') return { kind: 'comparison', text: 'in' };
  if (text.indexOf('.') <= 0) return { kind: 'word', text };
  if (text.endsWith('.')) throw new ConditionError(`${text} ends in a dot`);
  const [, ...fields] = text.split('.');
  const hidden = fields.find((field) => !startsUpper(field));
  if (hidden !== undefined)
    throw new ConditionError(`${text} is read as the field ${hidden} of something: put quotes around a text with a dot`);
  return { kind: 'member', text };
}

const startsUpper = (field: string) => {
  const [first = '\0'] = field;
  return first.toUpperCase().length !== first.length || first.toUpperCase() === first;
};
