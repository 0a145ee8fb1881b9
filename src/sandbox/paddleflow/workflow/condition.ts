import { runInNewContext } from 'node:vm';
import { parseExpression } from './expression-syntax.ts';
import type { ExpressionToken } from './expression-tokens.ts';

type Operand = string | number | boolean | readonly Operand[] | undefined;

/** Milliseconds. The real server's patterns need no backtracking; ours could go on for ever. */
const MATCH_TIMEOUT = 250;

/** Operators by how tightly they bind (7.8). Below them stands `?:`, beside it `??`. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<=', '>=', '<', '>', '=~', '!~', 'in'],
  ['&', '|', '^'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
];

/**
 * True or false, for an expression whose templates are filled. Bare words are strings. Throws an Error for whatever is no
 * expression, mixes types, or gives anything but true or false.
 */
export function evaluateCondition(text: string): boolean {
  const value = new Expression(parseExpression(text)).whole();
  if (typeof value !== 'boolean') throw new Error(`the result of condition[${text}] cannot trans to bool: false`);
  return value;
}

class Expression {
  readonly #tokens: readonly ExpressionToken[];
  #next = 0;

  constructor(tokens: readonly ExpressionToken[]) {
    this.#tokens = tokens;
  }

  whole(): Operand {
    const value = this.#list();
    if (this.#next < this.#tokens.length) throw this.#unplanned();
    return value;
  }

  #list(): Operand {
    const first = this.#choice();
    if (this.#peek() !== ',') return first;
    const items = [first];
    while (this.#take([',']) !== undefined) items.push(this.#choice());
    return items;
  }

  /** Without `:` behind it, a condition that does not hold gives nothing, which `??` or `:` may replace. */
  #choice(): Operand {
    let value = this.#binary(0);
    for (let operator = this.#take(['?', ':', '??']); operator !== undefined; operator = this.#take(['?', ':', '??'])) {
      const right = this.#binary(0);
      if (operator !== '?') value ??= right;
      else value = boolean(value, operator) ? right : undefined;
    }
    return value;
  }

  #binary(level: number): Operand {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let operator = this.#take(operators); operator !== undefined; operator = this.#take(operators)) {
      left = apply(operator, left, this.#binary(level + 1));
    }
    return left;
  }

  #unary(): Operand {
    const token = this.#tokens[this.#next];
    this.#next += 1;
    if (token === undefined) throw this.#unplanned();
    const { kind, value } = token;
    if (kind === 'PREFIX') return applyPrefix(String(value), this.#unary());
    if (kind === 'CLAUSE') {
      const inside = this.#peek() === ')' ? undefined : this.#list();
      if (this.#take([')']) === undefined) throw this.#unplanned();
      return inside;
    }
    if (!['NUMERIC', 'BOOLEAN', 'STRING', 'TIME', 'VARIABLE', 'ACCESSOR'].includes(kind)) throw this.#unplanned();
    return value;
  }

  #peek(): string | undefined {
    const token = this.#tokens[this.#next];
    const isOperator = ['SEPARATOR', 'COMPARATOR', 'LOGICALOP', 'MODIFIER', 'TERNARY', 'CLAUSE_CLOSE'].includes(token?.kind ?? '');
    return isOperator ? String(token?.value) : undefined;
  }

  #take(operators: readonly string[]): string | undefined {
    const operator = this.#peek();
    if (operator === undefined || !operators.includes(operator)) return undefined;
    this.#next += 1;
    return operator;
  }

  #unplanned(): Error {
    const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)];
    return new Error(`Unable to plan token kind: '${token?.kind ?? ''}', value: '${token?.shown ?? ''}'`);
  }
}

function applyPrefix(operator: string, value: Operand): Operand {
  if (operator === '!') return !boolean(value, operator);
  return operator === '-' ? -number(value, operator) : ~number(value, operator);
}

function apply(operator: string, left: Operand, right: Operand): Operand {
  switch (operator) {
    case '||':
      return boolean(left, operator) || boolean(right, operator);
    case '&&':
      return boolean(left, operator) && boolean(right, operator);
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '=~':
      return matches(asText(left, operator), asText(right, operator));
    case '!~':
      return !matches(asText(left, operator), asText(right, operator));
    case 'in':
      if (!Array.isArray(right)) throw mixed(right, operator);
      return right.includes(left);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(operator, left, right);
    case '+':
      // One string is enough to join.
      if (typeof left === 'string' || typeof right === 'string') return `${left}${right}`;
  }
  return arithmetic(operator, number(left, operator), number(right, operator));
}

/** Both must be of a kind. */
function isOrdered(operator: string, left: Operand, right: Operand): boolean {
  if (typeof left === 'number' && typeof right === 'number') return inOrder(operator, left - right);
  if (typeof left === 'string' && typeof right === 'string') return inOrder(operator, left < right ? -1 : left > right ? 1 : 0);
  throw mixed(typeof left === typeof right ? left : right, operator);
}

const inOrder = (operator: string, sign: number): boolean =>
  (sign === 0 && operator.endsWith('=')) || (operator.startsWith('<') ? sign < 0 : sign > 0);

function boolean(value: Operand, operator: string): boolean {
  if (typeof value !== 'boolean') throw mixed(value, operator);
  return value;
}

function number(value: Operand, operator: string): number {
  if (typeof value !== 'number') throw mixed(value, operator);
  return value;
}

function asText(value: Operand, operator: string): string {
  if (typeof value !== 'string') throw mixed(value, operator);
  return value;
}

const mixed = (value: Operand, operator: string): Error =>
  new Error(`Value '${value === undefined ? '<nil>' : String(value)}' cannot be used with the operator '${operator}'`);

/** Throws an Error when the pattern is none, or takes too long. */
const matches = (words: string, pattern: string): boolean =>
  runInNewContext('new RegExp(pattern).test(words)', { words, pattern }, { timeout: MATCH_TIMEOUT }) === true;

function arithmetic(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '&':
      return Number(BigInt(Math.trunc(left)) & BigInt(Math.trunc(right)));
    case '|':
      return Number(BigInt(Math.trunc(left)) | BigInt(Math.trunc(right)));
    case '^':
      return Number(BigInt(Math.trunc(left)) ^ BigInt(Math.trunc(right)));
    case '<<':
      return Number(BigInt.asIntN(64, BigInt(Math.trunc(left)) << BigInt(Math.min(64, Math.max(0, Math.trunc(right))))));
    case '>>':
      return Number(BigInt(Math.trunc(left)) >> BigInt(Math.min(64, Math.max(0, Math.trunc(right)))));
    default:
      return left ** right;
  }
}
