import { createHash } from 'node:crypto';
import { isMap } from '../../core/exact-number.ts';

/** Of plain values. Objects that differ only in the order of their keys are the same input; numbers that are not written in the same way are not. */
export const hashOf = (input: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(input)))
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
