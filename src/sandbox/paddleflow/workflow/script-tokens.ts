import type { Part, Script, Word } from './script.ts';

/** Thrown for pipes, conditions, functions and all else that this shell does not know. */
export class UnknownSyntax extends Error {}

export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly start: number; readonly end: number }
  | { readonly kind: 'operator'; readonly text: string; readonly start: number };

const OPERATOR = /&&|\|\||>>|[;\n>|&()<`]/y;
const SPACE = /(?:[^\S\n]|\\\n|#(?<=(?:^|\s)#)[^\n]*)+/y;

/** Cuts a command into words and operators; `parse` is for what stands in `$(…)`. */
export function tokensOf(text: string, parse: (text: string) => Script): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const accept = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  while (at < text.length) {
    if (accept(SPACE) !== undefined) continue;
    const operator = accept(OPERATOR);
    if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator, start: at - operator.length });
      continue;
    }
    const start = at;
    const { word, end } = readWord(text, at, parse);
    at = end;
    tokens.push({ kind: 'word', word, start, end });
  }
  return tokens;
}

function readWord(text: string, start: number, parse: (text: string) => Script): { word: Word; end: number } {
  const word: Part[] = [];
  let at = start;
  let quoted = false;
  const put = (piece: string, inQuotes: boolean): void => void word.push({ kind: 'text', text: piece, quoted: inQuotes });
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"') {
      quoted = !quoted;
      put('', true); // an empty pair of quotes is a word too
      at += 1;
    } else if (char === '$') {
      const { part, end } = readExpansion(text, at, quoted, parse);
      word.push(part);
      at = end;
    } else if (char === '\\' && at + 1 < text.length) {
      const next = text[at + 1] ?? '';
      put(quoted && !'$`"\\'.includes(next) ? `\\${next}` : next, true);
      at += 2;
    } else if (char === "'" && !quoted) {
      const end = text.indexOf("'", at + 1);
      if (end < 0) throw new UnknownSyntax(text);
      put(text.slice(at + 1, end), true);
      at = end + 1;
    } else if (!quoted && /[\s;&|<>()`]/.test(char)) break;
    else {
      put(char, quoted);
      at += 1;
    }
  }
  if (quoted) throw new UnknownSyntax(text);
  return { word, end: at };
}

const VARIABLE = /\$(?:([A-Za-z_][A-Za-z0-9_]*|[?#@*0-9])|\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*))?\})/y;

function readExpansion(text: string, at: number, quoted: boolean, parse: (text: string) => Script): { part: Part; end: number } {
  VARIABLE.lastIndex = at;
  const match = VARIABLE.exec(text);
  if (match !== null) {
    const name = match[1] ?? match[2] ?? '';
    return { part: { kind: 'variable', name, fallback: match[3] ?? '', quoted }, end: at + match[0].length };
  }
  if (!text.startsWith('$(', at)) return { part: { kind: 'text', text: '$', quoted: true }, end: at + 1 };
  const end = closing(text, at + 1);
  const inside = text.slice(at + 2, end);
  if (inside.startsWith('(')) throw new UnknownSyntax(text);
  return { part: { kind: 'substitution', script: parse(inside), quoted }, end: end + 1 };
}

/** The index of the parenthesis that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new UnknownSyntax(text);
}
