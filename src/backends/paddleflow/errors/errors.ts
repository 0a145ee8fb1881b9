import type { ErrorMap, Meaning } from '../../../upstream/errors.ts';
import { ruleIn } from './refused-rule.ts';
import { badCursors, conflicts, forbidden, invalid, missing, ofCalls, rejected } from './refusal-words.ts';

const kinds: readonly (readonly [Meaning['kind'], Readonly<Record<string, string>>])[] = [
  ['missing', missing],
  ['forbidden', forbidden],
  ['conflict', conflicts],
  ['invalid', invalid],
  ['bad-cursor', badCursors],
  ['rejected', rejected],
];

/** Where a code can only be about one field of any input. */
const fieldOf: Readonly<Record<string, string>> = { UserPasswordWeak: 'password' };

/** PaddleFlow's codes (contract 1.7), and of those that stand for several things, what they mean of a call. Texts are read for rules alone (12.2). */
export const paddleFlowErrors: ErrorMap = ({ code = '', operation, upstreamMessage = '' }) => {
  const [kind, ofKind] = kinds.find(([, words]) => Object.hasOwn(words, code)) ?? [];
  if (kind === undefined) return undefined;
  const call = operation.split('/', 2).join('/');
  const words = ofCalls[`${call} ${code}`] ?? ofKind?.[code] ?? '';
  return { kind, words: (kind === 'invalid' ? ruleIn(upstreamMessage) : undefined) ?? words, field: fieldOf[code] };
};
