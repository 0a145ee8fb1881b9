import { Lexer, TokenKind } from 'graphql';
import type { Source } from 'graphql';
import { isMap } from '../core/exact-number.ts';

/**
 * Whether lists and objects are nested deeper than so many levels. What parses JSON does without recursion, so a megabyte can hold half a million
 * of them; everything that looks at a value afterwards, from validation to `JSON.stringify`, calls itself once for each and runs out of stack.
 */
export function nestsDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((item) => (isContainer(item) ? Object.values(item).filter(isContainer) : []));
  }
  return false;
}

const isContainer = (value: unknown): value is object => Array.isArray(value) || isMap(value);

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** The same of a query, selections, values and types alike, before it is parsed. Looks no further than `tokens`, and leaves mistakes to the parser. */
export function queryNestsDeeper(source: Source, { levels, tokens }: { levels: number; tokens: number }): boolean {
  const lexer = new Lexer(source);
  let depth = 0;
  try {
    for (let count = 0; count <= tokens; count += 1) {
      const { kind } = lexer.advance();
      if (kind === TokenKind.EOF) return false;
      if (opening.has(kind)) depth += 1;
      else if (closing.has(kind)) depth -= 1;
      if (depth > levels) return true;
    }
  } catch {
    // The parser says better what is wrong.
  }
  return false;
}
