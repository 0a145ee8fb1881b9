import type { Script, SimpleCommand, Word } from './script.ts';

/** The values of a `for` loop or the numbers of `seq`, without a copy of each. */
export interface Items {
  readonly count: number;
  at(index: number): string;
}

export type Variables = ReadonlyMap<string, string>;

export const listed = (items: readonly string[]): Items => ({ count: items.length, at: (index) => items[index] ?? '' });

/** No log is read as far as that, and sums of such numbers stay numbers. */
const MAX_ITEMS = 1e12;

/** `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`. */
export function sequence(args: readonly string[]): Items {
  const numbers = args.map(Number);
  const [first = 1, step = 1, last = 0] =
    numbers.length === 1 ? [1, 1, ...numbers] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  return { count: Number.isFinite(count) ? Math.min(count, MAX_ITEMS) : 0, at: (index) => String(first + index * step) };
}

/** The `seq` that is all there is in `$(…)`. */
export function sequenceIn(script: Script, variables: Variables): Items | undefined {
  const [statement, ...others] = script.statements;
  const command = statement?.command;
  if (command?.kind !== 'simple' || others.length > 0) return undefined;
  const [name, ...args] = expandAll(command.words, variables);
  return name === 'seq' ? sequence(args) : undefined;
}

/** So many numbers are written out where they do not stand alone. */
const MAX_WRITTEN_OUT = 100_000;
/** Characters that a command may write and keep, loops apart that need no walk: a variable that doubles itself fills every memory. */
export const MAX_TEXT = 50_000_000;

const writtenOut = ({ count, at }: Items): string[] => Array.from({ length: Math.min(count, MAX_WRITTEN_OUT) }, (_, index) => at(index));

/** What a loop goes through. */
export function itemsOf(words: readonly Word[], variables: Variables): Items {
  const parts = words.map((word) => {
    const [only, ...others] = word;
    const numbers = only?.kind === 'substitution' && others.length === 0 ? sequenceIn(only.script, variables) : undefined;
    return numbers ?? listed(expand(word, variables));
  });
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const total = parts.reduce((sum, { count }) => sum + Math.min(count, MAX_WRITTEN_OUT), 0);
  if (total > 1_000_000) throw new RangeError('too many items');
  return listed(parts.flatMap(writtenOut));
}

export const expandAll = (words: readonly Word[], variables: Variables): string[] => words.flatMap((word) => expand(word, variables));

/** The fields of a word: an unquoted variable is split at its blanks, and gives none when empty. Throws a RangeError when it grows too long. */
export function expand(word: Word, variables: Variables): string[] {
  const fields: string[] = [];
  let field: string | undefined;
  let length = 0;
  for (const part of word) {
    const text =
      part.kind === 'text' ? part.text : part.kind === 'variable' ? valueOf(part, variables) : substituted(part.script, variables);
    length += text.length;
    if (length > MAX_TEXT) throw new RangeError('too long a word');
    if (part.quoted || part.kind === 'text') {
      field = (field ?? '') + text;
      continue;
    }
    const pieces = text.split(/\s+/);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && field !== undefined) {
        fields.push(field);
        field = undefined;
      }
      if (piece !== '') field = (field ?? '') + piece;
    }
  }
  if (field !== undefined) fields.push(field);
  return fields;
}

function valueOf(part: { readonly name: string; readonly fallback: string }, variables: Variables): string {
  const value = variables.get(part.name) ?? '';
  return value === '' ? part.fallback : value;
}

/** Of all that can stand in `$(…)` only `seq` and `echo` are known; the rest is empty. */
function substituted(script: Script, variables: Variables): string {
  const numbers = sequenceIn(script, variables);
  if (numbers !== undefined) return writtenOut(numbers).join('\n');
  const words = script.statements.flatMap(({ command }) => (command.kind === 'simple' ? [echoed(command, variables)] : []));
  return words.join('\n');
}

function echoed(command: SimpleCommand, variables: Variables): string {
  const [name, ...args] = expandAll(command.words, variables);
  return name === 'echo' ? args.join(' ') : '';
}
