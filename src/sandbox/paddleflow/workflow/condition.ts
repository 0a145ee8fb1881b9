import { parseExpression } from './expression-syntax.ts';
import type { ExpressionToken } from './expression-tokens.ts';
import { apply, applyPrefix, boolean, type Operand } from './operators.ts';

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
