import { createHash } from 'node:crypto';

/** Objects that differ only in the order of their keys are the same input. */
export const hashOf = (input: unknown): string =>
  createHash('sha256')
    .update(
      JSON.stringify(input, (_key, value: unknown) => (isPlain(value) ? Object.fromEntries(Object.entries(value).toSorted(byKey)) : value)),
    )
    .digest('hex');
const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : one > other ? 1 : 0);
