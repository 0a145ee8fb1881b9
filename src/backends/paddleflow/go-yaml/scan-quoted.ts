import { isBlank, isBlankOrEnd, isBreak, isHex } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { Folding } from './folding.ts';
import type { Token } from './tokens.ts';

const escapes: Readonly<Record<string, string>> = {
  0: '\0',
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
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** In single or double quotes. It may go on at the beginning of a line, however far the block around is indented. */
export function scanQuoted(cursor: Cursor, quote: '"' | "'"): Token {
  const start = cursor.mark;
  const folding = new Folding();
  cursor.skip();
  for (;;) {
    if (cursor.isDocumentMark()) cursor.fail('found unexpected document indicator', start);
    if (cursor.peek() === 0) cursor.fail('found unexpected end of stream', start);
    let joined = false;
    while (!isBlankOrEnd(cursor.peek()) && !joined) {
      if (cursor.is(quote)) {
        if (quote === '"' || !cursor.is("'", 1)) break;
        folding.add("'");
        cursor.skip(2);
      } else if (quote === '"' && cursor.is('\\')) {
        if (isBreak(cursor.peek(1))) {
          cursor.skip();
          cursor.readBreak();
          joined = true;
        } else folding.add(escaped(cursor));
      } else {
        folding.add(String.fromCodePoint(cursor.peek()));
        cursor.skip();
      }
    }
    if (cursor.is(quote)) break;
    folding.begin(joined);
    while (isBlank(cursor.peek()) || isBreak(cursor.peek())) folding.space(cursor);
    folding.end();
  }
  cursor.skip();
  return { type: 'scalar', start, end: cursor.mark, text: folding.text, plain: false };
}

function escaped(cursor: Cursor): string {
  const at = cursor.mark;
  const letter = String.fromCodePoint(cursor.peek(1));
  const known = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  const length = Object.hasOwn(digits, letter) ? digits[letter] : undefined;
  if (known === undefined && length === undefined) cursor.fail('found unknown escape character', at);
  cursor.skip(2);
  if (length === undefined) return known ?? '';
  let hex = '';
  for (let index = 0; index < length; index += 1) {
    if (!isHex(cursor.peek(index))) cursor.fail('did not find expected hexdecimal number', at);
    hex += String.fromCharCode(cursor.peek(index));
  }
  const code = Number.parseInt(hex, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) cursor.fail('found invalid Unicode character escape code', at);
  cursor.skip(length);
  return String.fromCodePoint(code);
}
