import { JsonObject, NumberLiteral } from './json-value.ts';

/**
 * JSON as a server in Go writes it: of a `Map`, which stands for a map of Go, the keys are sorted by their bytes; those of any other object keep their
 * order, as the fields of a struct do. Numbers that were kept as text go out as they came.
 */
export function writeJson(value: unknown): string {
  const pieces: string[] = [];
  // What is still to be written, last thing first: a value, or a piece of text as it is.
  const left: Work[] = [{ value, open: false }];
  for (let work = left.pop(); work !== undefined; work = left.pop()) {
    if (typeof work === 'string') pieces.push(work);
    else write(work, pieces, left);
  }
  return pieces.join('');
}

/** `open`: inside of a map of Go, where a value may be as deep as somebody has sent it. */
type Work = string | { readonly value: unknown; readonly open: boolean };

function write({ value, open }: Exclude<Work, string>, pieces: string[], left: Work[]): void {
  if (value instanceof NumberLiteral) pieces.push(value.text);
  else if (typeof value !== 'object' || value === null || (!open && isPlain(value))) pieces.push(JSON.stringify(value) ?? 'null');
  else if (Array.isArray(value)) {
    left.push(']');
    for (let index = value.length - 1; index >= 0; index -= 1) left.push({ value: value[index], open }, index === 0 ? '' : ',');
    left.push('[');
  } else {
    const inside = open || value instanceof Map;
    const entries = entriesOf(value);
    left.push('}');
    for (const [index, [key, item]] of [...entries.entries()].toReversed())
      left.push({ value: item, open: inside }, `${index === 0 ? '' : ','}${JSON.stringify(key)}:`);
    left.push('{');
  }
}

/** Whether the language's own writer does the same, which is many times as fast. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Map || value instanceof JsonObject || value instanceof NumberLiteral) return false;
  return Object.values(value).every(isPlain);
}

function entriesOf(value: object): (readonly [string, unknown])[] {
  if (value instanceof JsonObject) return [...value.entries];
  if (value instanceof Map)
    return [...(value as Map<string, unknown>)].toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/** A map of Go made from an object: its keys come out sorted. */
export const openMap = <T>(values: Readonly<Record<string, T>>): Map<string, T> => new Map(Object.entries(values));
