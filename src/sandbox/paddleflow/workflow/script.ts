import { tokensOf, UnknownSyntax, type Token } from './script-tokens.ts';

/** A small part of the shell's language: enough for the commands of demos and tests. */
export interface Script {
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** What must be true of the statement before for this one to run. */
  readonly when: 'always' | 'success' | 'failure';
  readonly command: SimpleCommand | ForLoop;
}

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly words: readonly Word[];
  /** Where its output goes instead of the log. */
  readonly target: Redirection | undefined;
  readonly source: string;
}

export interface Redirection {
  /** Empty where nothing follows the sign. */
  readonly file: Word;
  readonly append: boolean;
}

export interface ForLoop {
  readonly kind: 'for';
  readonly variable: string;
  readonly items: readonly Word[];
  readonly body: Script;
}

export type Word = readonly Part[];
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback: string; readonly quoted: boolean }
  | { readonly kind: 'substitution'; readonly script: Script; readonly quoted: boolean };

const RESERVED = new Set(['if', 'then', 'else', 'fi', 'while', 'until', 'case', 'esac', 'function', '{', '}', '[[', '!']);

export function parseScript(text: string): Script {
  const parser = new Parser(text, tokensOf(text, parseScript));
  const script = parser.script([]);
  if (!parser.finished) throw new UnknownSyntax(text);
  return script;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  get finished(): boolean {
    return this.#next >= this.#tokens.length;
  }

  /** Statements up to one of the words in `until`, which stays unread. */
  script(until: readonly string[]): Script {
    const statements: Statement[] = [];
    let when: Statement['when'] = 'always';
    this.#separators();
    while (!this.finished && !until.includes(this.#word())) {
      statements.push({ when, command: this.#word() === 'for' ? this.#loop() : this.#simple() });
      if (this.#operator() === '&&' || this.#operator() === '||') {
        when = this.#operator() === '&&' ? 'success' : 'failure';
        this.#next += 1;
        this.#separators();
        continue;
      }
      when = 'always';
      if (this.#separators() === 0 && !this.finished) throw this.#unknown();
    }
    return { statements };
  }

  #loop(): ForLoop {
    this.#expect('for');
    const variable = this.#word();
    this.#next += 1;
    this.#expect('in');
    const items: Word[] = [];
    for (let token = this.#tokens[this.#next]; token?.kind === 'word'; token = this.#tokens[this.#next]) {
      items.push(token.word);
      this.#next += 1;
    }
    this.#separators();
    this.#expect('do');
    const body = this.script(['done']);
    this.#expect('done');
    if (variable === '' || body.statements.length === 0) throw this.#unknown();
    return { kind: 'for', variable, items, body };
  }

  #simple(): SimpleCommand {
    if (RESERVED.has(this.#word())) throw this.#unknown();
    const words: Word[] = [];
    let target: Redirection | undefined;
    const [start, end] = [this.#tokens[this.#next], { at: 0 }];
    for (let token = this.#tokens[this.#next]; token !== undefined; token = this.#tokens[this.#next]) {
      if (token.kind === 'word') {
        words.push(token.word);
        end.at = token.end;
        this.#next += 1;
      } else if (/^(>>?|<)$/.test(token.text)) target = this.#redirection(words, token.text) ?? target;
      else break;
    }
    if (start?.kind !== 'word' || words.length === 0) throw this.#unknown();
    return { kind: 'simple', words, target, source: this.#text.slice(start.start, end.at) };
  }

  /** Undefined: the log keeps the output. What goes to another stream of the container stays in the log. */
  #redirection(words: Word[], operator: string): Redirection | undefined {
    const [before, sign] = [this.#tokens[this.#next - 1], this.#tokens[this.#next]];
    // `2>f` names a stream, `echo 2 >f` does not.
    const touching = before?.kind === 'word' && sign?.kind === 'operator' && before.end === sign.start;
    const stream = touching ? literal(before.word) : '';
    if (stream === '1' || stream === '2') words.pop();
    this.#next += 1;
    if (this.#operator() === '&') {
      this.#next += 2; // `>&2`
      return undefined;
    }
    const file = this.#tokens[this.#next];
    this.#next += 1;
    return operator === '<' || stream === '2' ? undefined : { file: file?.kind === 'word' ? file.word : [], append: operator === '>>' };
  }

  #separators(): number {
    const before = this.#next;
    while (this.#operator() === ';' || this.#operator() === '\n') this.#next += 1;
    return this.#next - before;
  }

  #word(): string {
    const token = this.#tokens[this.#next];
    return token?.kind === 'word' ? literal(token.word) : '';
  }

  #operator(): string {
    const token = this.#tokens[this.#next];
    return token?.kind === 'operator' ? token.text : '';
  }

  #expect(word: string): void {
    if (this.#word() !== word) throw this.#unknown();
    this.#next += 1;
  }

  #unknown(): UnknownSyntax {
    return new UnknownSyntax(this.#text);
  }
}

/** The text of a word without quotes and variables, else `""`: reserved words are written so. */
const literal = (word: Word): string =>
  word.every((part) => part.kind === 'text' && !part.quoted) ? word.map((part) => (part.kind === 'text' ? part.text : '')).join('') : '';
