import type { Mark } from './cursor.ts';
import { Cursor } from './cursor.ts';
import { scanBlock } from './scan-block.ts';
import { scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { isWord, scanDirective, scanTag } from './scan-tag.ts';
import type { Token, TokenKind } from './tokens.ts';

/** A place where a key without `?` may have begun: known only when its `:` is found, on the same line. */
interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly token: number;
  readonly mark: Mark;
}

const longestKey = 1024;
const maxDepth = 10_000;

/** Cuts a text into tokens, as the scanner of the server's library does: YAML 1.1, with its own ideas of tabs, comments and indentation. */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #queue: Token[] = [];
  #taken = 0;
  #ended = false;
  #flow = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #keyAllowed = true;
  readonly #keys: SimpleKey[] = [noKey];

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    return this.#queue[0] ?? { kind: 'stream-end', mark: this.#cursor.mark, text: '' };
  }

  next(): Token {
    const token = this.peek();
    this.#queue.shift();
    this.#taken += 1;
    return token;
  }

  /** The first token may yet turn out to be a key's. */
  #needsMore(): boolean {
    if (this.#ended) return false;
    if (this.#queue.length === 0) return true;
    this.#dropStaleKeys();
    return this.#keys.some(({ possible, token }) => possible && token === this.#taken);
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#dropStaleKeys();
    this.#unroll(cursor.column);
    if (cursor.isEnd()) return this.#end();
    if (cursor.column === 0 && cursor.char() === '%') return this.#directive();
    if (cursor.isDocumentIndicator()) return this.#documentIndicator();
    const char = cursor.char();
    const followedByGap = cursor.isGap(1);
    if (char === '[' || char === '{') return this.#open(char === '[' ? 'flow-sequence' : 'flow-mapping');
    if (char === ']' || char === '}') return this.#close(char === ']' ? 'flow-sequence-end' : 'flow-mapping-end');
    if (char === ',') return this.#mark('comma', true);
    if (char === '-' && followedByGap) return this.#blockEntry();
    if (char === '?' && (this.#flow > 0 || followedByGap)) return this.#explicitKey();
    if (char === ':' && (this.#flow > 0 || followedByGap)) return this.#value();
    if (char === '*' || char === '&') return this.#anchor(char === '*' ? 'alias' : 'anchor');
    if (char === '!') return this.#tag();
    if ((char === '|' || char === '>') && this.#flow === 0) return this.#block();
    if (char === "'" || char === '"') return this.#quoted();
    if (this.#beginsPlain(char, followedByGap)) return this.#plain();
    cursor.fail('found character that cannot start any token');
  }

  #beginsPlain(char: string, followedByGap: boolean): boolean {
    if (char === '-') return !this.#cursor.isBlank(1);
    if (char === '?' || char === ':') return this.#flow === 0 && !followedByGap;
    return !this.#cursor.isGap() && !',[]{}#&*!|>\'"%@`'.includes(char);
  }

  /** A tab counts as a blank only where no key can begin. A comment needs no blank before it. */
  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      if (cursor.column === 0 && cursor.char() === '\ufeff') cursor.skip();
      while (cursor.char() === ' ' || ((this.#flow > 0 || !this.#keyAllowed) && cursor.char() === '\t')) cursor.skip();
      cursor.skipComment();
      if (!cursor.isBreak()) return;
      cursor.readBreak();
      if (this.#flow === 0) this.#keyAllowed = true;
    }
  }

  #end(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#ended = true;
    this.#push('stream-end', this.#cursor.mark);
  }

  #directive(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    this.#queue.push({ mark, ...scanDirective(this.#cursor) });
  }

  #documentIndicator(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#push(this.#cursor.char() === '-' ? 'document-start' : 'document-end', this.#cursor.mark);
    this.#cursor.skip(3);
  }

  #open(kind: TokenKind): void {
    this.#saveKey();
    this.#keys.push(noKey);
    this.#flow += 1;
    if (this.#flow > maxDepth) this.#cursor.fail(`exceeded max depth of ${maxDepth}`);
    this.#keyAllowed = true;
    this.#push(kind, this.#cursor.mark);
    this.#cursor.skip();
  }

  #close(kind: TokenKind): void {
    this.#removeKey();
    if (this.#flow > 0) {
      this.#flow -= 1;
      this.#keys.pop();
    }
    this.#keyAllowed = false;
    this.#push(kind, this.#cursor.mark);
    this.#cursor.skip();
  }

  #mark(kind: TokenKind, keyAllowed: boolean): void {
    this.#removeKey();
    this.#keyAllowed = keyAllowed;
    this.#push(kind, this.#cursor.mark);
    this.#cursor.skip();
  }

  #blockEntry(): void {
    if (this.#flow === 0) this.#begin('block-sequence', 'block sequence entries are not allowed in this context');
    this.#mark('entry', true);
  }

  #explicitKey(): void {
    if (this.#flow === 0) this.#begin('block-mapping', 'mapping keys are not allowed in this context');
    this.#mark('key', this.#flow === 0);
  }

  #value(): void {
    const key = this.#keys.at(-1);
    if (key?.possible) {
      this.#queue.splice(key.token - this.#taken, 0, { kind: 'key', mark: key.mark, text: '' });
      this.#roll(key.mark.column, 'block-mapping', key.mark, key.token - this.#taken);
      key.possible = false;
      this.#keyAllowed = false;
    } else {
      if (this.#flow === 0) this.#begin('block-mapping', 'mapping values are not allowed in this context');
      this.#keyAllowed = this.#flow === 0;
    }
    this.#push('value', this.#cursor.mark);
    this.#cursor.skip();
  }

  #anchor(kind: 'alias' | 'anchor'): void {
    const cursor = this.#cursor;
    this.#saveKey();
    this.#keyAllowed = false;
    const { mark } = cursor;
    cursor.skip();
    const text = cursor.readWhile(() => isWord(cursor));
    if (text === '' || !(cursor.isGap() || cursor.is('?:,]}%@`'))) cursor.fail('did not find expected alphabetic or numeric character');
    this.#queue.push({ kind, mark, text });
  }

  #tag(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    const { handle, suffix } = scanTag(this.#cursor);
    this.#queue.push({ kind: 'tag', mark, handle, text: suffix });
  }

  #block(): void {
    this.#removeKey();
    this.#keyAllowed = true;
    const { mark } = this.#cursor;
    this.#queue.push({ kind: 'scalar', mark, text: scanBlock(this.#cursor, this.#indent), plain: false });
  }

  #quoted(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    this.#queue.push({ kind: 'scalar', mark, text: scanQuoted(this.#cursor), plain: false });
  }

  #plain(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    const { text, crossed } = scanPlain(this.#cursor, this.#indent + 1, this.#flow > 0);
    this.#queue.push({ kind: 'scalar', mark, text, plain: true });
    if (crossed) this.#keyAllowed = true;
  }

  /** Something that begins where it stands, not at a key before it. */
  #begin(kind: TokenKind, otherwise: string): void {
    if (!this.#keyAllowed) this.#cursor.fail(otherwise);
    this.#roll(this.#cursor.column, kind, this.#cursor.mark, this.#queue.length);
  }

  #roll(column: number, kind: TokenKind, mark: Mark, place: number): void {
    if (this.#flow > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > maxDepth) this.#cursor.fail(`exceeded max depth of ${maxDepth}`);
    this.#queue.splice(place, 0, { kind, mark, text: '' });
  }

  #unroll(column: number): void {
    while (this.#flow === 0 && this.#indent > column) {
      this.#push('block-end', this.#cursor.mark);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const { mark } = this.#cursor;
    const required = this.#flow === 0 && this.#indent === mark.column;
    this.#removeKey();
    this.#keys[this.#keys.length - 1] = { possible: true, required, token: this.#taken + this.#queue.length, mark };
  }

  #removeKey(): void {
    const key = this.#keys.at(-1);
    if (key === undefined || !key.possible) return;
    this.#refuse(key);
    key.possible = false;
  }

  #dropStaleKeys(): void {
    const { line, at } = this.#cursor;
    for (const key of this.#keys) {
      if (!key.possible || (key.mark.line === line && key.mark.at + longestKey >= at)) continue;
      this.#refuse(key);
      key.possible = false;
    }
  }

  #refuse({ required }: SimpleKey): void {
    if (required) this.#cursor.fail("could not find expected ':'");
  }

  #push(kind: TokenKind, mark: Mark): void {
    this.#queue.push({ kind, mark, text: '' });
  }
}

const noKey: SimpleKey = Object.freeze({ possible: false, required: false, token: -1, mark: { at: 0, line: 0, column: 0 } });
