import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { Folding } from './folding.ts';
import type { Token } from './tokens.ts';

const endsInFlow = (code: number) => code < 0x80 && ',?[]{}'.includes(String.fromCharCode(code || 0x20));

/** Without quotes. */
export function scanPlain(cursor: Cursor): Token {
  const start = cursor.mark;
  const indent = cursor.indent + 1;
  const folding = new Folding();
  let end = start;
  for (;;) {
    if (cursor.isDocumentMark() || cursor.is('#')) break;
    while (!isBlankOrEnd(cursor.peek())) {
      if (cursor.is(':') && isBlankOrEnd(cursor.peek(1))) break;
      if (cursor.flowLevel > 0 && endsInFlow(cursor.peek())) break;
      if (folding.pending) folding.end();
      folding.add(String.fromCodePoint(cursor.peek()));
      cursor.skip();
      end = cursor.mark;
    }
    if (!isBlank(cursor.peek()) && !isBreak(cursor.peek())) break;
    while (isBlank(cursor.peek()) || isBreak(cursor.peek())) {
      if (folding.broken && cursor.mark.column < indent && cursor.is('\t')) cursor.fail('found a tab character that violates indentation');
      folding.space(cursor);
    }
    if (cursor.flowLevel === 0 && cursor.mark.column < indent) break;
  }
  if (folding.broken) cursor.keyAllowed = true;
  return { type: 'scalar', start, end, text: folding.text, plain: true };
}

/** After `|` or `>`. */
export function scanBlockScalar(cursor: Cursor, literal: boolean): Token {
  const start = cursor.mark;
  cursor.skip();
  const { keep, increment } = blockHeader(cursor);
  cursor.skipWhile(isBlank);
  if (cursor.is('#')) cursor.skipWhile((code) => !isBreakOrEnd(code));
  if (!isBreakOrEnd(cursor.peek())) cursor.fail('did not find expected comment or line break', start);
  cursor.readBreak();

  const parts: string[] = [];
  let firstBreak = '';
  let { breaks, indent } = blockBreaks(cursor, increment > 0 ? Math.max(cursor.indent, 0) + increment : 0);
  let wasBlank = false;
  while (cursor.mark.column === indent && cursor.peek() !== 0) {
    const blank = isBlank(cursor.peek());
    if (!literal && !wasBlank && !blank && firstBreak === '\n') parts.push(breaks === '' ? ' ' : '');
    else parts.push(firstBreak);
    parts.push(
      breaks,
      cursor.readWhile((code) => !isBreakOrEnd(code)),
    );
    wasBlank = blank;
    firstBreak = cursor.readBreak();
    ({ breaks, indent } = blockBreaks(cursor, indent));
  }
  if (keep !== '-') parts.push(firstBreak);
  if (keep === '+') parts.push(breaks);
  return { type: 'scalar', start, end: cursor.mark, text: parts.join(''), plain: false };
}

/** What becomes of the line breaks at the end, and how much further than its parent the text is indented; 0 leaves that to the text. */
function blockHeader(cursor: Cursor): { readonly keep: '+' | '-' | undefined; readonly increment: number } {
  const sign = () => {
    const keep = cursor.is('+') ? '+' : cursor.is('-') ? '-' : undefined;
    if (keep) cursor.skip();
    return keep;
  };
  const digit = () => {
    if (!isDigit(cursor.peek())) return 0;
    if (cursor.is('0')) cursor.fail('found an indentation indicator equal to 0');
    const increment = cursor.peek() - 0x30;
    cursor.skip();
    return increment;
  };
  const keep = sign();
  const increment = digit();
  return { keep: keep ?? (increment > 0 ? sign() : undefined), increment };
}

/** Empty lines. `indent` 0: it is found out here. */
function blockBreaks(cursor: Cursor, indent: number): { readonly breaks: string; readonly indent: number } {
  let breaks = '';
  let widest = 0;
  const inside = () => indent === 0 || cursor.mark.column < indent;
  for (;;) {
    while (inside() && cursor.is(' ')) cursor.skip();
    widest = Math.max(widest, cursor.mark.column);
    if (inside() && cursor.is('\t')) cursor.fail('found a tab character where an indentation space is expected');
    if (!isBreak(cursor.peek())) break;
    breaks += cursor.readBreak();
  }
  return { breaks, indent: indent === 0 ? Math.max(widest, cursor.indent + 1, 1) : indent };
}
