import { ConditionError, tokensOf, type Kind, type Token } from './condition-tokens.ts';

const values: readonly Kind[] = ['number', 'boolean', 'text', 'time', 'word', 'member'];
const afterValue: readonly Kind[] = ['operator', 'comparison', 'logic', ')', ','];

/** What may follow what: govaluate's own table. */
const follow: Readonly<Record<Kind | 'begin', readonly Kind[]>> = {
  begin: ['prefix', ...values, '('],
  '(': ['prefix', ...values, '(', ')'],
  ')': ['number', 'boolean', 'word', 'text', 'time', '(', 'choice', ...afterValue],
  number: [...afterValue, 'choice'],
  boolean: [...afterValue, 'choice'],
  text: [...afterValue, 'choice'],
  word: [...afterValue, 'choice'],
  member: [...afterValue, 'choice', '('],
  time: afterValue,
  pattern: afterValue,
  operator: ['prefix', 'number', 'word', 'member', 'text', 'boolean', '(', ')'],
  comparison: ['prefix', ...values, '(', ')'],
  logic: ['prefix', ...values, '(', ')'],
  prefix: ['number', 'boolean', 'word', 'member', '(', ')'],
  choice: ['prefix', ...values, '(', ','],
  ',': ['prefix', ...values, '('],
};
const mayEnd: readonly Kind[] = [')', ...values];

const name = ({ kind, text }: Token) => (kind === 'text' || kind === 'time' ? `the text ${JSON.stringify(text)}` : text);

export interface ConditionProblem {
  readonly message: string;
  /** The server's library leaves no doubt. */
  readonly certain: boolean;
  /** It is not even told: the server cuts the connection. */
  readonly deadly?: boolean;
}

/**
 * Whether a condition is an expression to govaluate, which PaddleFlow asks with the braces of templates taken away (contract 7.8). Types are not
 * looked at. Undefined: it is.
 */
export function conditionProblem(condition: string): ConditionProblem | undefined {
  try {
    const tokens = tokensOf(condition.replaceAll('{{', '').replaceAll('}}', ''), (after) => follow[after ?? 'begin'].includes('prefix'));
    const open = tokens.reduce((count, { kind }) => count + (kind === '(' ? 1 : kind === ')' ? -1 : 0), 0);
    if (open !== 0) throw new ConditionError(open > 0 ? 'a parenthesis is not closed' : 'there is a closing parenthesis too many');
    checkOrder(tokens);
    return patternProblem(tokens) ?? choiceProblem(tokens);
  } catch (error) {
    if (error instanceof ConditionError) return { message: error.message, certain: true, deadly: error.deadly };
    throw error;
  }
}

function checkOrder(tokens: readonly Token[]): void {
  let last: Token | undefined;
  for (const token of tokens) {
    if (!follow[last?.kind ?? 'begin'].includes(token.kind))
      throw new ConditionError(last ? `${name(token)} cannot follow ${name(last)}` : `it cannot begin with ${name(token)}`);
    last = token;
  }
  if (last === undefined || !mayEnd.includes(last.kind))
    throw new ConditionError(last ? `something must follow ${name(last)}` : 'it is empty');
}

/** `a ? , b` has nothing to choose; behind what govaluate does not look at it does no harm. */
function choiceProblem(tokens: readonly Token[]): ConditionProblem | undefined {
  const at = tokens.findIndex(({ kind }, index) => kind === 'choice' && tokens[index + 1]?.kind === ',');
  if (at === -1) return undefined;
  const unseen = tokens.slice(0, at).some(({ kind }, index) => kind === ')' && [...values, '('].includes(tokens[index + 1]?.kind ?? ')'));
  return { message: 'a comma cannot follow what chooses', certain: !unseen };
}

/** A constant pattern is compiled at once, and Go's patterns have neither lookarounds nor references. */
function patternProblem(tokens: readonly Token[]): ConditionProblem | undefined {
  for (const [index, { text }] of tokens.entries()) {
    const pattern = tokens[index + 1];
    if ((text !== '=~' && text !== '!~') || tokens[index]?.kind !== 'comparison' || pattern?.kind !== 'text') continue;
    const message = `${JSON.stringify(pattern.text)} is no regular expression to PaddleFlow`;
    if (/\(\?(?:[=!]|<[=!])|\\[1-9k]/.test(pattern.text.replaceAll(/\\\\/g, '')))
      return { message, certain: !pattern.text.includes('\\Q') };
    if (!compiles(pattern.text)) return { message, certain: false };
  }
  return undefined;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
