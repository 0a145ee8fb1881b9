import type { Cursor } from './cursor.ts';

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const codes: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A text in quotes, which may go on over lines of any indentation. */
export function scanQuoted(cursor: Cursor): string {
  const quote = cursor.read();
  let text = '';
  for (;;) {
    if (cursor.isDocumentIndicator()) cursor.fail('found unexpected document indicator');
    if (cursor.isEnd()) cursor.fail('found unexpected end of stream');
    const word = scanWord(cursor, quote);
    text += word.text;
    if (cursor.char() === quote) break;
    text += scanSpace(cursor, word.escapedBreak);
  }
  cursor.skip();
  return text;
}

/** Up to a gap or the closing quote. */
function scanWord(cursor: Cursor, quote: string): { text: string; escapedBreak: boolean } {
  let text = '';
  while (!cursor.isGap()) {
    if (quote === "'" && cursor.char() === "'" && cursor.char(1) === "'") {
      text += "'";
      cursor.skip(2);
    } else if (cursor.char() === quote) break;
    else if (quote === '"' && cursor.char() === '\\' && cursor.isBreak(1)) {
      cursor.skip();
      cursor.readBreak();
      return { text, escapedBreak: true };
    } else text += quote === '"' && cursor.char() === '\\' ? scanEscape(cursor) : cursor.read();
  }
  return { text, escapedBreak: false };
}

function scanEscape(cursor: Cursor): string {
  const letter = cursor.char(1);
  const known = escapes[letter];
  const length = codes[letter];
  if (known === undefined && length === undefined) cursor.fail('found unknown escape character');
  cursor.skip(2);
  if (length === undefined) return known ?? '';
  const digits = cursor.text.slice(cursor.at, cursor.at + length);
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length) cursor.fail('did not find expected hexdecimal number');
  const value = Number.parseInt(digits, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) cursor.fail('found invalid Unicode character escape code');
  cursor.skip(length);
  return String.fromCodePoint(value);
}

/** Blanks stay inside of a line; ends of lines are folded. `folding`: an escaped end of a line stands before. */
function scanSpace(cursor: Cursor, folding: boolean): string {
  let [blanks, first, more, leading] = ['', '', '', folding];
  while (cursor.isBlank() || cursor.isBreak()) {
    if (cursor.isBlank()) {
      if (leading) cursor.skip();
      else blanks += cursor.read();
    } else if (leading) more += cursor.readBreak();
    else {
      first = cursor.readBreak();
      leading = true;
    }
  }
  return leading ? foldedBreaks(first, more) : blanks;
}

/** One end of a line is a blank, several are one less; the two that Unicode has added stay. */
export const foldedBreaks = (first: string, more: string): string => (first === '\n' ? more || ' ' : first + more);
