import { isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isHex, isWord } from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokens.ts';

/** `%YAML 1.1` or `%TAG ! tag:…`. There are no others. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.mark;
  cursor.skip();
  const name = cursor.readWhile(isWord);
  if (name === '') cursor.fail('could not find expected directive name', start);
  if (!isBlankOrEnd(cursor.peek())) cursor.fail('found unexpected non-alphabetical character', start);
  let token: Token;
  cursor.skipWhile(isBlank);
  if (name === 'YAML') {
    const major = versionNumber(cursor);
    if (!cursor.is('.')) cursor.fail("did not find expected digit or '.' character", start);
    cursor.skip();
    token = { type: 'version', start, major, minor: versionNumber(cursor), end: cursor.mark };
  } else if (name === 'TAG') {
    const handle = tagHandle(cursor, true);
    if (!isBlank(cursor.peek())) cursor.fail('did not find expected whitespace', start);
    cursor.skipWhile(isBlank);
    const prefix = tagUri(cursor, '');
    if (!isBlankOrEnd(cursor.peek())) cursor.fail('did not find expected whitespace or line break', start);
    token = { type: 'tag directive', start, handle, prefix, end: cursor.mark };
  } else cursor.fail('found unknown directive name', start);
  cursor.skipWhile(isBlank);
  if (cursor.is('#')) cursor.skipWhile((code) => !isBreakOrEnd(code));
  if (!isBreakOrEnd(cursor.peek())) cursor.fail('did not find expected comment or line break', start);
  cursor.readBreak();
  return token;
}

function versionNumber(cursor: Cursor): number {
  const digits = cursor.readWhile(isDigit);
  if (digits.length > 2) cursor.fail('found extremely long version number');
  if (digits === '') cursor.fail('did not find expected version number');
  return Number(digits);
}

/** `!mine`, `!!str`, `!e!mine` or `!<tag:…>`. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.mark;
  let [handle, suffix] = ['', ''];
  if (cursor.is('<', 1)) {
    cursor.skip(2);
    suffix = tagUri(cursor, '');
    if (!cursor.is('>')) cursor.fail("did not find the expected '>'", start);
    cursor.skip();
  } else {
    handle = tagHandle(cursor, false);
    if (handle.length > 1 && handle.endsWith('!')) suffix = tagUri(cursor, '');
    else {
      suffix = tagUri(cursor, handle);
      handle = '!';
      if (suffix === '') [handle, suffix] = ['', '!'];
    }
  }
  if (!isBlankOrEnd(cursor.peek())) cursor.fail('did not find expected whitespace or line break', start);
  return { type: 'tag', start, handle, suffix, end: cursor.mark };
}

function tagHandle(cursor: Cursor, directive: boolean): string {
  if (!cursor.is('!')) cursor.fail("did not find expected '!'");
  cursor.skip();
  const name = cursor.readWhile(isWord);
  if (cursor.is('!')) {
    cursor.skip();
    return `!${name}!`;
  }
  if (directive && name !== '') cursor.fail("did not find expected '!'");
  return `!${name}`;
}

const isUri = (code: number) => isWord(code) || (code < 0x80 && ";/?:@&=+$,.!~*'()[]".includes(String.fromCharCode(code || 0x20)));

/** `head`: what has been read of it already, with a "!" in front. */
function tagUri(cursor: Cursor, head: string): string {
  const bytes: Buffer[] = [];
  for (;;) {
    const plain = cursor.readWhile(isUri);
    if (plain !== '') bytes.push(Buffer.from(plain));
    else if (cursor.is('%')) bytes.push(escapedCharacter(cursor));
    else break;
  }
  if (head === '' && bytes.length === 0) cursor.fail('did not find expected tag URI');
  return head.slice(1) + Buffer.concat(bytes).toString('utf8');
}

function escapedCharacter(cursor: Cursor): Buffer {
  const bytes: number[] = [];
  for (let left = 1; left > 0; left -= 1) {
    if (!cursor.is('%') || !isHex(cursor.peek(1)) || !isHex(cursor.peek(2))) cursor.fail('did not find URI escaped octet');
    const octet = Number.parseInt(String.fromCharCode(cursor.peek(1), cursor.peek(2)), 16);
    if (bytes.length === 0) {
      left = octet < 0x80 ? 1 : octet >> 5 === 6 ? 2 : octet >> 4 === 14 ? 3 : octet >> 3 === 30 ? 4 : 0;
      if (left === 0) cursor.fail('found an incorrect leading UTF-8 octet');
    } else if (octet >> 6 !== 2) cursor.fail('found an incorrect trailing UTF-8 octet');
    bytes.push(octet);
    cursor.skip(3);
  }
  return Buffer.from(bytes);
}
