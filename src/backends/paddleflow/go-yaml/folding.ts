import { isBlank } from './characters.ts';
import type { Cursor } from './cursor.ts';

/** A scalar over several lines: one line break becomes a blank, more of them lose one. */
export class Folding {
  #parts: string[] = [];
  #blanks = '';
  #firstBreak = '';
  #moreBreaks = '';
  /** A line break has been seen since the last character that counts. */
  broken = false;

  get text(): string {
    return this.#parts.join('');
  }

  /** Blanks and breaks that wait for the next character. */
  get pending(): boolean {
    return this.broken || this.#blanks !== '';
  }

  add(characters: string): void {
    this.#parts.push(characters);
  }

  /** `broken`: by a line break that stands for nothing. */
  begin(broken: boolean): void {
    this.broken = broken;
  }

  /** Takes one blank or line break. */
  space(cursor: Cursor): void {
    if (isBlank(cursor.peek())) {
      if (!this.broken) this.#blanks += String.fromCharCode(cursor.peek());
      cursor.skip();
    } else if (this.broken) this.#moreBreaks += cursor.readBreak();
    else {
      this.#blanks = '';
      this.#firstBreak = cursor.readBreak();
      this.broken = true;
    }
  }

  /** What waits becomes part of the text. */
  end(): void {
    if (!this.broken) this.#parts.push(this.#blanks);
    else if (this.#firstBreak === '\n') this.#parts.push(this.#moreBreaks === '' ? ' ' : this.#moreBreaks);
    else this.#parts.push(this.#firstBreak, this.#moreBreaks);
    this.#blanks = this.#firstBreak = this.#moreBreaks = '';
    this.broken = false;
  }
}
