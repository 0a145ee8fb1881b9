import type { Cursor } from './cursor.ts';

/** A text behind `|` or `>`. `around`: the indentation of what it stands in, -1 for none. */
export function scanBlock(cursor: Cursor, around: number): string {
  const literal = cursor.read() === '|';
  const { chomping, increment } = scanHeader(cursor);
  let indent = increment === 0 ? 0 : Math.max(around, 0) + increment;
  let text = '';
  let last = '';
  let started = scanBreaks(cursor, indent, around);
  indent = started.indent;
  let wasBlank = false;
  while (cursor.column === indent && !cursor.isEnd()) {
    const isBlank = cursor.isBlank();
    // Two lines become one where neither begins with a blank.
    const folds = !literal && last === '\n' && !wasBlank && !isBlank;
    text += folds ? (started.breaks === '' ? ' ' : '') : last;
    text += started.breaks;
    wasBlank = isBlank;
    text += cursor.readWhile(() => !cursor.isBreak());
    last = cursor.isEnd() ? '' : cursor.readBreak();
    started = scanBreaks(cursor, indent, around);
  }
  if (chomping !== '-') text += last;
  return chomping === '+' ? text + started.breaks : text;
}

function scanHeader(cursor: Cursor): { chomping: string; increment: number } {
  const indicators = cursor.text.slice(cursor.at, cursor.at + 2);
  const [header = ''] = /^(?:[-+]\d?|\d[-+]?)?/.exec(indicators) ?? [];
  if (header.includes('0')) cursor.fail('found an indentation indicator equal to 0');
  cursor.skip(header.length);
  cursor.skipBlanks();
  cursor.skipComment();
  if (!cursor.isEnd() && !cursor.isBreak()) cursor.fail('did not find expected comment or line break');
  if (!cursor.isEnd()) cursor.readBreak();
  return { chomping: header.replaceAll(/\d/g, ''), increment: Number(header.replaceAll(/[-+]/g, '')) };
}

/** Indentation and empty lines. An indentation that was not told is that of the furthest line. */
function scanBreaks(cursor: Cursor, indent: number, around: number): { breaks: string; indent: number } {
  let breaks = '';
  let furthest = 0;
  const isBefore = () => indent === 0 || cursor.column < indent;
  for (;;) {
    cursor.readWhile(() => isBefore() && cursor.char() === ' ');
    furthest = Math.max(furthest, cursor.column);
    if (isBefore() && cursor.char() === '\t') cursor.fail('found a tab character where an indentation space is expected');
    if (!cursor.isBreak()) return { breaks, indent: indent === 0 ? Math.max(furthest, around + 1, 1) : indent };
    breaks += cursor.readBreak();
  }
}
