import { isBreak, type Characters, type Mark, YamlError } from './characters.ts';

/** Goes through a text, and knows how far the blocks around are indented. */
export class Cursor {
  readonly characters: Characters;
  mark: Mark;
  /** Column of the innermost block; -1 outside of all. */
  indent = -1;
  /** How many brackets are open. */
  flowLevel = 0;
  /** What comes next may be a key without a question mark. */
  keyAllowed = true;

  constructor(characters: Characters) {
    this.characters = characters;
    this.mark = { index: characters.start, line: 0, column: 0 };
  }

  /** The character here, or some after it; 0 behind the end. */
  peek(ahead = 0): number {
    return this.characters.at(this.mark.index + ahead);
  }

  is(character: string, ahead = 0): boolean {
    return this.peek(ahead) === character.charCodeAt(0);
  }

  skip(count = 1): void {
    const { index, line, column } = this.mark;
    this.mark = { index: index + count, line, column: column + count };
  }

  skipWhile(matches: (code: number) => boolean): void {
    while (matches(this.peek())) this.skip();
  }

  /** Goes behind a line break, and returns it: as a line feed, if it is none of Unicode's own. */
  readBreak(): string {
    const code = this.peek();
    if (!isBreak(code)) return '';
    const { index, line } = this.mark;
    this.mark = { index: index + (code === 0x0d && this.peek(1) === 0x0a ? 2 : 1), line: line + 1, column: 0 };
    return code > 0xff ? String.fromCharCode(code) : '\n';
  }

  readWhile(matches: (code: number) => boolean): string {
    const from = this.mark.index;
    this.skipWhile(matches);
    return this.characters.text(from, this.mark.index);
  }

  /** `---` or `...` on a line of its own. */
  isDocumentMark(): boolean {
    if (this.mark.column !== 0) return false;
    const [first, second, third] = [this.peek(), this.peek(1), this.peek(2)];
    if (first !== second || second !== third || (first !== 0x2d && first !== 0x2e)) return false;
    const after = this.peek(3);
    return after === 0 || after === 0x20 || after === 0x09 || isBreak(after);
  }

  /** Where nothing else is said: here. */
  fail(message: string, at: Mark = this.mark): never {
    throw new YamlError(message, at.index);
  }
}
