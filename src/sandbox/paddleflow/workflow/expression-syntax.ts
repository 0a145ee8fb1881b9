import type { ExpressionKind, ExpressionToken } from './expression-tokens.ts';
import { ExpressionError, expressionTokens } from './expression-tokens.ts';

const values: readonly ExpressionKind[] = ['PREFIX', 'NUMERIC', 'BOOLEAN', 'VARIABLE', 'ACCESSOR', 'STRING', 'TIME', 'CLAUSE'];
const operators: readonly ExpressionKind[] = ['MODIFIER', 'COMPARATOR', 'LOGICALOP', 'CLAUSE_CLOSE', 'TERNARY', 'SEPARATOR'];

/** What may stand behind what. */
const followers: Readonly<Record<ExpressionKind, readonly ExpressionKind[]>> = {
  CLAUSE: [...values, 'CLAUSE_CLOSE'],
  CLAUSE_CLOSE: [...operators, 'NUMERIC', 'BOOLEAN', 'VARIABLE', 'STRING', 'TIME', 'CLAUSE'],
  NUMERIC: operators,
  BOOLEAN: operators,
  STRING: operators,
  TIME: operators.filter((kind) => kind !== 'TERNARY'),
  VARIABLE: operators,
  ACCESSOR: [...operators, 'CLAUSE'],
  MODIFIER: [...values.filter((kind) => kind !== 'TIME'), 'CLAUSE_CLOSE'],
  COMPARATOR: [...values, 'CLAUSE_CLOSE'],
  LOGICALOP: [...values, 'CLAUSE_CLOSE'],
  PREFIX: ['NUMERIC', 'BOOLEAN', 'VARIABLE', 'ACCESSOR', 'CLAUSE', 'CLAUSE_CLOSE'],
  TERNARY: [...values, 'SEPARATOR'],
  SEPARATOR: values,
};
const ends: readonly ExpressionKind[] = ['CLAUSE_CLOSE', 'NUMERIC', 'BOOLEAN', 'STRING', 'TIME', 'VARIABLE', 'ACCESSOR'];

const followersOf = (kind: ExpressionKind | undefined) => (kind === undefined ? values : followers[kind]);

/** The tokens of a text that is an expression, whatever its types. Throws an ExpressionError with the library's words. */
export function parseExpression(text: string): ExpressionToken[] {
  const tokens = expressionTokens(text, (before) => followersOf(before).includes('PREFIX'));
  const open = tokens.reduce((depth, { kind }) => depth + (kind === 'CLAUSE' ? 1 : kind === 'CLAUSE_CLOSE' ? -1 : 0), 0);
  if (open !== 0) throw new ExpressionError('Unbalanced parenthesis');
  let last: ExpressionToken | undefined;
  for (const token of tokens) {
    if (!followersOf(last?.kind).includes(token.kind)) throw new ExpressionError(misplaced(last, token));
    last = token;
  }
  if (last === undefined || !ends.includes(last.kind)) throw new ExpressionError('Unexpected end of expression');
  return tokens;
}

function misplaced(last: ExpressionToken | undefined, { kind, shown }: ExpressionToken): string {
  if (last?.kind === 'VARIABLE' && kind === 'CLAUSE') return `Undefined function ${last.shown}`;
  return `Cannot transition token types from ${last?.kind ?? 'UNKNOWN'} [${last?.shown ?? '<nil>'}] to ${kind} [${shown}]`;
}
