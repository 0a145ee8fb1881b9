import type { Cursor } from './cursor.ts';
import { foldedBreaks } from './scan-quoted.ts';

/** A text without quotes. `indent`: below this column it ends. `crossed`: whether it went over the end of a line. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): { text: string; crossed: boolean } {
  let text = '';
  let space = '';
  let crossed = false;
  for (;;) {
    if (cursor.isDocumentIndicator() || cursor.char() === '#') break;
    const word = cursor.readWhile(() => !cursor.isGap() && !isPlainEnd(cursor, inFlow));
    if (word !== '') {
      text += space + word;
      crossed = false;
    }
    if (!cursor.isBlank() && !cursor.isBreak()) break;
    ({ text: space, crossed } = scanGap(cursor, indent));
    if (!inFlow && cursor.column < indent) break;
  }
  return { text, crossed };
}

const isPlainEnd = (cursor: Cursor, inFlow: boolean): boolean =>
  (cursor.char() === ':' && cursor.isGap(1)) || (inFlow && cursor.is(',?[]{}'));

function scanGap(cursor: Cursor, indent: number): { text: string; crossed: boolean } {
  let [blanks, first, more, crossed] = ['', '', '', false];
  while (cursor.isBlank() || cursor.isBreak()) {
    if (cursor.isBlank()) {
      if (crossed && cursor.column < indent && cursor.char() === '\t') cursor.fail('found a tab character that violates indentation');
      if (crossed) cursor.skip();
      else blanks += cursor.read();
    } else if (crossed) more += cursor.readBreak();
    else {
      first = cursor.readBreak();
      crossed = true;
    }
  }
  return { text: crossed ? foldedBreaks(first, more) : blanks, crossed };
}
