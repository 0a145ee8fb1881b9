import { runInNewContext } from 'node:vm';

type Operand = string | number | boolean;

/** Milliseconds. The real server's patterns need no backtracking; ours could go on for ever. */
const MATCH_TIMEOUT = 250;

/** Operators by how tightly they bind, in govaluate's manner (7.8). */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<=', '>=', '<', '>', '=~', '!~'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
];
const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?![A-Za-z0-9_.]))|'([^']*)'|"([^"]*)"|([A-Za-z_][A-Za-z0-9_]*)|(\*\*|\|\||&&|[=!<>]=|=~|!~|[-+*/%<>!()]))/y;

type Token = { readonly operand: Operand } | { readonly operator: string };

/**
 * True or false, for an expression whose templates are filled. Bare words are strings. Throws an Error for whatever is no
 * expression, mixes types, or gives anything but true or false.
 */
export function evaluateCondition(text: string): boolean {
  const reader = new Expression(tokensOf(text), text);
  const value = reader.whole();
  if (typeof value !== 'boolean') throw new Error(`the result of condition[${text}] is not a boolean`);
  return value;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`condition[${text}] is invalid at [${text.slice(at).trim()}]`);
    const [, digits, single, double, word, operator] = match;
    if (digits !== undefined) tokens.push({ operand: Number(digits) });
    else if (operator !== undefined) tokens.push({ operator });
    else if (word === 'true' || word === 'false') tokens.push({ operand: word === 'true' });
    else tokens.push({ operand: single ?? double ?? word ?? '' });
  }
  return tokens;
}

class Expression {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  #next = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  whole(): Operand {
    const value = this.#binary(0);
    if (this.#next < this.#tokens.length) throw this.#broken();
    return value;
  }

  #binary(level: number): Operand {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let operator = this.#take(operators); operator !== undefined; operator = this.#take(operators)) {
      left = this.#apply(operator, left, this.#binary(level + 1));
    }
    return left;
  }

  #unary(): Operand {
    const operator = this.#take(['!', '-', '(']);
    if (operator === '(') {
      const value = this.#binary(0);
      if (this.#take([')']) === undefined) throw this.#broken();
      return value;
    }
    if (operator === '!') return !this.#boolean(this.#unary());
    if (operator === '-') return -this.#number(this.#unary());
    const token = this.#tokens[this.#next];
    if (token === undefined || !('operand' in token)) throw this.#broken();
    this.#next += 1;
    return token.operand;
  }

  #apply(operator: string, left: Operand, right: Operand): Operand {
    if (operator === '||' || operator === '&&') {
      const [a, b] = [this.#boolean(left), this.#boolean(right)];
      return operator === '||' ? a || b : a && b;
    }
    if (operator === '==') return left === right;
    if (operator === '!=') return left !== right;
    // One string is enough to join, for an order both must be of a kind.
    if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return `${left}${right}`;
    if (operator === '=~' || operator === '!~') return this.#matches(left, right) === (operator === '=~');
    if (['<', '<=', '>', '>='].includes(operator)) return this.#order(operator, left, right);
    return arithmetic(operator, this.#number(left), this.#number(right));
  }

  #order(operator: string, left: Operand, right: Operand): boolean {
    if (typeof left !== typeof right || typeof left === 'boolean') throw this.#mixed(operator);
    const sign = left < right ? -1 : left > right ? 1 : 0;
    return operator.startsWith('<') ? sign < 0 || (sign === 0 && operator === '<=') : sign > 0 || (sign === 0 && operator === '>=');
  }

  #matches(text: Operand, pattern: Operand): boolean {
    if (typeof text !== 'string' || typeof pattern !== 'string') throw this.#mixed('=~');
    return matches(text, pattern);
  }

  #boolean(value: Operand): boolean {
    if (typeof value !== 'boolean') throw this.#mixed('a logical operator');
    return value;
  }

  #number(value: Operand): number {
    if (typeof value !== 'number') throw this.#mixed('an arithmetic operator');
    return value;
  }

  #take(operators: readonly string[]): string | undefined {
    const token = this.#tokens[this.#next];
    if (token === undefined || !('operator' in token) || !operators.includes(token.operator)) return undefined;
    this.#next += 1;
    return token.operator;
  }

  #broken(): Error {
    return new Error(`condition[${this.#text}] is not an expression`);
  }

  #mixed(operator: string): Error {
    return new Error(`condition[${this.#text}] gives ${operator} values of the wrong type`);
  }
}

/** Throws an Error when the pattern is none, or takes too long. */
const matches = (text: string, pattern: string): boolean =>
  runInNewContext('new RegExp(pattern).test(text)', { text, pattern }, { timeout: MATCH_TIMEOUT }) === true;

function arithmetic(operator: string, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (operator === '/') return left / right;
  return operator === '%' ? left % right : left ** right;
}
