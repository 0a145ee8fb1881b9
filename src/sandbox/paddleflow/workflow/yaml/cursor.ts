import { invalidPipeline } from '../error.ts';

/** A place in the text, lines and columns counted from 0. */
export interface Mark {
  readonly at: number;
  readonly line: number;
  readonly column: number;
}

const breaks = '\r\n\u0085\u2028\u2029';

/** Where the reading of a text stands. What counts as the end of a line is more than in YAML 1.2. */
export class Cursor {
  readonly text: string;
  at = 0;
  line = 0;
  column = 0;

  constructor(text: string) {
    this.text = text;
  }

  get mark(): Mark {
    return { at: this.at, line: this.line, column: this.column };
  }

  /** The next character, or one further on; `""` behind the end. */
  char(offset = 0): string {
    return this.text[this.at + offset] ?? '';
  }

  is(chars: string, offset = 0): boolean {
    const char = this.char(offset);
    return char !== '' && chars.includes(char);
  }

  isEnd(offset = 0): boolean {
    return this.char(offset) === '';
  }

  isBlank(offset = 0): boolean {
    return this.is(' \t', offset);
  }

  isBreak(offset = 0): boolean {
    return this.is(breaks, offset);
  }

  /** A blank, an end of line, or the end of all. */
  isGap(offset = 0): boolean {
    return this.isEnd(offset) || this.isBlank(offset) || this.isBreak(offset);
  }

  skip(count = 1): void {
    this.at += count;
    this.column += count;
  }

  read(): string {
    const char = this.char();
    this.skip();
    return char;
  }

  readWhile(wanted: () => boolean): string {
    const begin = this.at;
    while (!this.isEnd() && wanted()) this.skip();
    return this.text.slice(begin, this.at);
  }

  /** Over the end of a line; it reads as a plain one, but for the two that Unicode has added. */
  readBreak(): string {
    const char = this.char();
    this.at += char === '\r' && this.char(1) === '\n' ? 2 : 1;
    this.column = 0;
    this.line += 1;
    return char === '\u2028' || char === '\u2029' ? char : '\n';
  }

  skipBlanks(): void {
    while (this.isBlank()) this.skip();
  }

  skipComment(): void {
    if (this.char() === '#') while (!this.isEnd() && !this.isBreak()) this.skip();
  }

  /** `---` or `...` alone at the beginning of a line. */
  isDocumentIndicator(): boolean {
    if (this.column !== 0 || !this.isGap(3)) return false;
    const word = this.text.slice(this.at, this.at + 3);
    return word === '---' || word === '...';
  }

  /** A flaw that was found while cutting the text into tokens. The reader counts no line where all happens in the first. */
  fail(problem: string, { line } = this.mark): never {
    throw yamlError(problem, line === 0 ? 0 : line + 1);
  }
}

export const yamlError = (problem: string, line: number): Error => invalidPipeline(`yaml: ${line === 0 ? '' : `line ${line}: `}${problem}`);

/** No text for this reader: signs that nobody can see. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

export function refuseControlCharacters(text: string): void {
  if (forbidden.test(text)) throw yamlError('control characters are not allowed', 0);
}
