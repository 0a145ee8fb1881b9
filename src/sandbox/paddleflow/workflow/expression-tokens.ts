/** The words of a condition, as the server's library for expressions cuts them (7.8). */
export type ExpressionKind =
  | 'PREFIX'
  | 'NUMERIC'
  | 'BOOLEAN'
  | 'STRING'
  | 'TIME'
  | 'VARIABLE'
  | 'ACCESSOR'
  | 'SEPARATOR'
  | 'COMPARATOR'
  | 'LOGICALOP'
  | 'MODIFIER'
  | 'CLAUSE'
  | 'CLAUSE_CLOSE'
  | 'TERNARY';

export interface ExpressionToken {
  readonly kind: ExpressionKind;
  /** Of a time: its seconds since the epoch. */
  readonly value: string | number | boolean;
  /** As Go prints the value in a message. */
  readonly shown: string;
}

/** What is wrong with an expression, in the library's words. */
export class ExpressionError extends Error {}

const letter = /^\p{L}$/u;
const digit = /^\p{Nd}$/u;
const space = /^\s$/u;

const symbols: readonly (readonly [kind: ExpressionKind, words: readonly string[]])[] = [
  ['MODIFIER', ['+', '-', '*', '/', '%', '**', '&', '|', '^', '>>', '<<']],
  ['LOGICALOP', ['&&', '||']],
  ['COMPARATOR', ['==', '!=', '>', '>=', '<', '<=', '=~', '!~']],
  ['TERNARY', ['?', ':', '??']],
];
const prefixes = ['-', '!', '~'];

/** Throws an ExpressionError. `allowsPrefix`: whether a sign may stand before a value behind this token; undefined: at the beginning. */
export function expressionTokens(text: string, allowsPrefix: (before: ExpressionKind | undefined) => boolean): ExpressionToken[] {
  const reader = new Reader(text);
  const tokens: ExpressionToken[] = [];
  for (;;) {
    const token = reader.next(allowsPrefix(tokens.at(-1)?.kind));
    if (token === undefined) return tokens;
    tokens.push(token);
  }
}

class Reader {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#chars = Array.from(text);
  }

  next(prefixAllowed: boolean): ExpressionToken | undefined {
    while (space.test(this.#char())) this.#at += 1;
    const char = this.#char();
    if (char === '') return undefined;
    if (isNumeric(char)) return this.#number();
    if (char === ',') return this.#single('SEPARATOR', ',', ',');
    if (char === '[') return this.#bracketed();
    if (letter.test(char)) return this.#word();
    if (isQuote(char)) return this.#quoted();
    // Go prints a sign as its number.
    if (char === '(' || char === ')') return this.#single(char === '(' ? 'CLAUSE' : 'CLAUSE_CLOSE', char, char === '(' ? '40' : '41');
    return this.#symbol(prefixAllowed);
  }

  #number(): ExpressionToken {
    const hex = /^0x([0-9a-f]*)/i.exec(this.#chars.slice(this.#at, this.#at + 24).join(''));
    if (hex !== null) {
      this.#at += hex[0].length;
      if (!hex[1] || hex[1].length > 16) throw new ExpressionError(`Unable to parse hex value '${hex[1]}' to uint64\n`);
      return token('NUMERIC', Number(hex[0]));
    }
    const text = this.#while(isNumeric);
    if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) throw new ExpressionError(`Unable to parse numeric value '${text}' to float64\n`);
    return token('NUMERIC', Number(text));
  }

  #bracketed(): ExpressionToken {
    this.#at += 1;
    const name = this.#while((char) => char !== ']', true);
    if (this.#char() === '') throw new ExpressionError('Unclosed parameter bracket');
    this.#at += 1;
    return token('VARIABLE', name);
  }

  #word(): ExpressionToken {
    const word = this.#while((char) => letter.test(char) || digit.test(char) || char === '_' || char === '.');
    if (word === 'true' || word === 'false') return token('BOOLEAN', word === 'true');
    if (word === 'in' || word === 'IN') return token('COMPARATOR', 'in');
    if (!word.includes('.')) return token('VARIABLE', word);
    if (word.endsWith('.')) throw new ExpressionError(`Hanging accessor on token '${word}'`);
    const [, ...fields] = word.split('.');
    const hidden = fields.find((field) => field !== '' && field[0]?.toUpperCase() !== field[0]);
    if (hidden !== undefined) throw new ExpressionError(`Unable to access unexported field '${hidden}' in token '${word}'`);
    return { kind: 'ACCESSOR', value: word, shown: `[${word.split('.').join(' ')}]` };
  }

  /** Either quote ends what either quote begins. */
  #quoted(): ExpressionToken {
    this.#at += 1;
    const text = this.#while((char) => !isQuote(char), true);
    if (this.#char() === '') throw new ExpressionError('Unclosed string literal');
    this.#at += 1;
    const seconds = secondsOf(text);
    return seconds === undefined ? token('STRING', text) : token('TIME', seconds);
  }

  #symbol(prefixAllowed: boolean): ExpressionToken {
    const symbol = this.#while((char) => !letter.test(char) && !digit.test(char) && !'()[]'.includes(char) && !isQuote(char));
    if (prefixAllowed && prefixes.includes(symbol)) return token('PREFIX', symbol);
    const found = symbols.find(([, words]) => words.includes(symbol));
    if (found === undefined) throw new ExpressionError(`Invalid token: '${symbol}'`);
    return token(found[0], symbol);
  }

  #single(kind: ExpressionKind, value: string, shown: string): ExpressionToken {
    this.#at += 1;
    return { kind, value, shown };
  }

  /** A backslash makes a character an ordinary one. Outside of quotes and brackets a blank ends it all. */
  #while(wanted: (char: string) => boolean, withBlanks = false): string {
    let text = '';
    for (let char = this.#char(); char !== ''; char = this.#char()) {
      if (char === '\\') {
        this.#at += 1;
        text += this.#char();
      } else if (!wanted(char) || (!withBlanks && space.test(char))) break;
      else text += char;
      this.#at += 1;
    }
    return text;
  }

  #char(): string {
    return this.#chars[this.#at] ?? '';
  }
}

const isNumeric = (char: string): boolean => digit.test(char) || char === '.';
const isQuote = (char: string): boolean => char === "'" || char === '"';

const token = (kind: ExpressionKind, value: string | number | boolean): ExpressionToken => ({ kind, value, shown: String(value) });

/** Texts that look like a moment are compared as one. */
function secondsOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return undefined;
  const at = Date.parse(/([zZ]|[+-]\d\d:?\d\d)$/.test(text.slice(10)) || text.length === 10 ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : at / 1000;
}
