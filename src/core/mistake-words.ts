import type { z } from 'zod';
import { ExactNumber, rounded } from './exact-number.ts';

/** What a value is, and never what it holds: it may be a secret. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof ExactNumber) return kindOf(rounded(value));
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'a whole number' : Number.isFinite(value) ? 'a fraction' : 'no finite number';
  return kinds[typeof value] ?? `a ${typeof value}`;
}
const kinds: Readonly<Record<string, string>> = { boolean: 'true or false', object: 'a mapping', bigint: 'a whole number' };

/** What was wanted, by the validator's name for it. */
const wanted: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'null',
  undefined: 'left out',
  nan: 'no number',
};

/**
 * The validator's findings in words of ours, for people who write a configuration or read a log: `z.safeParse(value, { error: mistakeWords })`.
 * A message that a schema gives itself goes before these.
 */
export function mistakeWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const what = wanted[issue.expected] ?? `a ${issue.expected}`;
      return issue.input === undefined ? `is missing: it must be ${what}` : `must be ${what}, not ${kindOf(issue.input)}`;
    }
    case 'too_small':
      if (issue.origin === 'string') return issue.minimum === 1 ? 'must not be empty' : `must have at least ${issue.minimum} characters`;
      if (issue.origin === 'array')
        return issue.minimum === 1 ? 'must not be an empty list' : `must have at least ${issue.minimum} entries`;
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
      if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'invalid_value':
      return `${issue.input === undefined ? 'is missing: it ' : ''}must be ${either(issue.values)}${not(issue.input)}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? `must be ${either(issue.options)}` : 'has none of the forms that it may have';
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, issue.inst);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return 'does not have the form that it must have';
    case 'invalid_key':
      return 'has a key that it must not have';
    case 'invalid_element':
      return 'has an entry that it must not have';
    default:
      return 'is not allowed';
  }
}

/** Of a text it is not said, as the words that it may be say that already. */
const not = (input: unknown) => (input === undefined || typeof input === 'string' ? '' : `, not ${kindOf(input)}`);

const either = (words: readonly unknown[]) =>
  words
    .filter((word) => word !== undefined)
    .map(String)
    .join(' or ');

function unknownKeys(keys: readonly string[], schema: unknown): string {
  const unknown = keys.map((key) => JSON.stringify(key)).join(', ');
  const shape = isRecord(schema) && isRecord(schema['shape']) ? Object.keys(schema['shape']) : [];
  const known = shape.length > 0 ? `; there ${shape.length === 1 ? 'is' : 'are'} ${shape.join(', ')}` : '';
  return `${unknown} ${keys.length === 1 ? 'is' : 'are'} not known here${known}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
