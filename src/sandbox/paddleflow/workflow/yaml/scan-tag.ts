import type { Cursor } from './cursor.ts';

export const isWord = (cursor: Cursor): boolean => /^[0-9A-Za-z_-]$/.test(cursor.char());

/** `!suffix`, `!handle!suffix`, `!<whole>`. */
export function scanTag(cursor: Cursor): { handle: string; suffix: string } {
  let tag: { handle: string; suffix: string };
  if (cursor.char(1) === '<') {
    cursor.skip(2);
    tag = { handle: '', suffix: scanUri(cursor, '') };
    if (cursor.char() !== '>') cursor.fail("did not find the expected '>'");
    cursor.skip();
  } else {
    const handle = scanHandle(cursor);
    if (handle.length > 1 && handle.endsWith('!')) tag = { handle, suffix: scanUri(cursor, '') };
    else {
      const suffix = scanUri(cursor, handle);
      tag = suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix };
    }
  }
  if (!cursor.isGap()) cursor.fail('did not find expected whitespace or line break');
  return tag;
}

function scanHandle(cursor: Cursor): string {
  if (cursor.char() !== '!') cursor.fail("did not find expected '!'");
  const handle = cursor.read() + cursor.readWhile(() => isWord(cursor));
  return cursor.char() === '!' ? handle + cursor.read() : handle;
}

/** `head`: what was taken for a handle and belongs to the tag. */
function scanUri(cursor: Cursor, head: string): string {
  const begin = cursor.at;
  const uri = cursor.readWhile(() => isWord(cursor) || cursor.is(";/?:@&=+$,.!~*'()[]%"));
  if (head === '' && cursor.at === begin) cursor.fail('did not find expected tag URI');
  if (/%(?![0-9a-fA-F]{2})/.test(uri)) cursor.fail('did not find URI escaped octet');
  return (
    head.slice(1) +
    Buffer.from(
      uri.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString()
  );
}

/** The line behind `%`: its version, or a handle with its prefix. */
export function scanDirective(cursor: Cursor): { kind: 'version'; text: string } | { kind: 'tag-directive'; handle: string; text: string } {
  cursor.skip();
  const name = cursor.readWhile(() => isWord(cursor));
  if (name === '') cursor.fail('could not find expected directive name');
  if (!cursor.isGap()) cursor.fail('found unexpected non-alphabetical character');
  const directive =
    name === 'YAML' ? scanVersion(cursor) : name === 'TAG' ? scanPrefix(cursor) : cursor.fail('found unknown directive name');
  cursor.skipBlanks();
  cursor.skipComment();
  if (!cursor.isEnd() && !cursor.isBreak()) cursor.fail('did not find expected comment or line break');
  if (!cursor.isEnd()) cursor.readBreak();
  return directive;
}

function scanVersion(cursor: Cursor) {
  cursor.skipBlanks();
  const number = () => {
    const digits = cursor.readWhile(() => /^\d$/.test(cursor.char()));
    if (digits.length > 2) cursor.fail('found extremely long version number');
    return digits === '' ? cursor.fail('did not find expected version number') : Number(digits);
  };
  const major = number();
  if (cursor.char() !== '.') cursor.fail("did not find expected digit or '.' character");
  cursor.skip();
  return { kind: 'version', text: `${major}.${number()}` } as const;
}

function scanPrefix(cursor: Cursor) {
  cursor.skipBlanks();
  const handle = scanHandle(cursor);
  if (handle !== '!' && !handle.endsWith('!')) cursor.fail("did not find expected '!'");
  if (!cursor.isBlank()) cursor.fail('did not find expected whitespace');
  cursor.skipBlanks();
  const text = scanUri(cursor, '');
  if (!cursor.isGap()) cursor.fail('did not find expected whitespace or line break');
  return { kind: 'tag-directive', handle, text } as const;
}
