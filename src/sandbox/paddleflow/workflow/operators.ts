import { runInNewContext } from 'node:vm';

/** A value of a condition. */
export type Operand = string | number | boolean | readonly Operand[] | undefined;

/** Milliseconds. The real server's patterns need no backtracking; ours could go on for ever. */
const MATCH_TIMEOUT = 250;

/** A sign before a value. Throws an Error for a value of the wrong type, as all of these do. */
export function applyPrefix(operator: string, value: Operand): Operand {
  if (operator === '!') return !boolean(value, operator);
  return operator === '-' ? -number(value, operator) : ~number(value, operator);
}

export function apply(operator: string, left: Operand, right: Operand): Operand {
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

export function boolean(value: Operand, operator: string): boolean {
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
