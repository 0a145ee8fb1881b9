import { ExactNumber } from '../../../core/exact-number.ts';

/**
 * The id of a task in whatever a submission answered (contract 4.1): the first of these JSON pointers that leads to a whole number or to a
 * text of digits. Undefined: none does, and then it is not known whether a task was made.
 */
export function findTaskId(answer: unknown, pointers: readonly string[]): string | undefined {
  for (const pointer of pointers) {
    const id = taskIdOf(valueAt(answer, pointer));
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Ids are texts in the graph, with all their digits. 0 is what envelopes have for nothing. */
export function taskIdOf(value: unknown): string | undefined {
  // One that is an answer by itself has been rounded.
  const isWhole = typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' || value instanceof ExactNumber;
  const text = isWhole ? String(value) : '';
  return /^[1-9]\d{0,29}$/.test(text) ? text : undefined;
}

/** RFC 6901. */
function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
