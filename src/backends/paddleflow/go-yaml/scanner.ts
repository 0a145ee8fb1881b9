import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isWord, type Characters, type Mark } from './characters.ts';
import { Cursor } from './cursor.ts';
import { scanDirective, scanTag } from './scan-directive.ts';
import { scanBlockScalar, scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { SimpleKeys } from './simple-keys.ts';
import type { BareType, Token } from './tokens.ts';

/** Brackets within brackets, or blocks within blocks. */
const mostLevels = 10_000;
const neverFirst = '-?:,[]{}#&*!|>\'"%@`';

/**
 * Cuts a text into tokens as go-yaml v2 does, which is libyaml's way and not that of the specification: it takes what other readers refuse and
 * refuses what they take. No library for JavaScript reads like it, and what the server reads decides. Throws a `YamlError`.
 */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #tokens: Token[] = [];
  readonly #keys = new SimpleKeys();
  readonly #indents: number[] = [];
  #taken = 0;
  #started = false;
  #ended = false;

  constructor(characters: Characters) {
    this.#cursor = new Cursor(characters);
  }

  peek(): Token {
    while (!this.#ended && (this.#tokens.length === 0 || this.#keys.mayBeKey(this.#taken, this.#cursor))) this.#fetch();
    const [token] = this.#tokens;
    if (token === undefined) return this.#cursor.fail('attempted to go past the end of stream; corrupted value?');
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.#tokens.shift();
    this.#taken += 1;
    return token;
  }

  #fetch(): void {
    const cursor = this.#cursor;
    if (!this.#started) {
      this.#started = true;
      return this.#add('stream start', cursor.mark);
    }
    this.#skipToToken();
    this.#unroll(cursor.mark.column);
    const code = cursor.peek();
    if (code === 0) return this.#fetchEnd();
    if (cursor.mark.column === 0 && cursor.is('%')) return this.#fetchOutside(() => scanDirective(cursor));
    if (cursor.isDocumentMark())
      return this.#fetchOutside((start) => {
        cursor.skip(3);
        return { type: code === 0x2d ? 'document start' : 'document end', start, end: cursor.mark };
      });
    const flow = cursor.flowLevel > 0;
    const spaced = isBlankOrEnd(cursor.peek(1));
    const character = String.fromCodePoint(code);
    if (character === '[' || character === '{') return this.#fetchOpening(character);
    if (character === ']' || character === '}') return this.#fetchClosing(character);
    if (character === ',') return this.#fetchIndicator(',', true);
    if (character === '-' && spaced) return this.#fetchEntry();
    if (character === '?' && (flow || spaced)) return this.#fetchKey();
    if (character === ':' && (flow || spaced)) return this.#fetchValue();
    if (character === '*' || character === '&') return this.#fetchStart(() => this.#scanAnchor(character === '*' ? 'alias' : 'anchor'));
    if (character === '!') return this.#fetchStart(() => scanTag(cursor));
    if ((character === '|' || character === '>') && !flow) return this.#fetchBlockScalar(character === '|');
    if (character === "'" || character === '"') return this.#fetchStart(() => scanQuoted(cursor, character));
    const plain =
      !(isBlankOrEnd(code) || neverFirst.includes(character)) ||
      (character === '-' && !isBlank(cursor.peek(1))) ||
      (!flow && (character === '?' || character === ':') && !spaced);
    if (!plain) cursor.fail('found character that cannot start any token');
    this.#fetchStart(() => scanPlain(cursor));
  }

  #add(type: BareType, start: Mark, at?: number): void {
    this.#insert({ type, start, end: this.#cursor.mark }, at);
  }

  /** `at`: number of the token among all, in front of which this one belongs. */
  #insert(token: Token, at?: number): void {
    if (at === undefined) this.#tokens.push(token);
    else this.#tokens.splice(at - this.#taken, 0, token);
  }

  /** Blanks, comments and line breaks. A tab counts as blank only where no key can begin. */
  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      while (cursor.is(' ') || ((cursor.flowLevel > 0 || !cursor.keyAllowed) && cursor.is('\t'))) cursor.skip();
      if (cursor.is('#')) cursor.skipWhile((code) => !isBreakOrEnd(code));
      if (!isBreak(cursor.peek())) return;
      cursor.readBreak();
      if (cursor.flowLevel === 0) cursor.keyAllowed = true;
    }
  }

  /** A block begins, if this is further right than the one around. */
  #roll(mark: Mark, type: 'block sequence' | 'block mapping', at?: number): void {
    const cursor = this.#cursor;
    if (cursor.flowLevel > 0 || cursor.indent >= mark.column) return;
    this.#indents.push(cursor.indent);
    cursor.indent = mark.column;
    if (this.#indents.length > mostLevels) cursor.fail(`exceeded max depth of ${mostLevels}`);
    this.#insert({ type, start: mark, end: mark }, at);
  }

  /** The blocks end that are further right than this. */
  #unroll(column: number): void {
    const cursor = this.#cursor;
    if (cursor.flowLevel > 0) return;
    while (cursor.indent > column) {
      this.#add('block end', cursor.mark);
      cursor.indent = this.#indents.pop() ?? -1;
    }
  }

  #fetchEnd(): void {
    const cursor = this.#cursor;
    if (cursor.mark.column !== 0) cursor.mark = { ...cursor.mark, line: cursor.mark.line + 1, column: 0 };
    this.#unroll(-1);
    this.#keys.remove(cursor);
    cursor.keyAllowed = false;
    this.#add('stream end', cursor.mark);
    this.#ended = true;
  }

  /** A directive, or where a document begins or ends. */
  #fetchOutside(scan: (start: Mark) => Token): void {
    this.#unroll(-1);
    this.#keys.remove(this.#cursor);
    this.#cursor.keyAllowed = false;
    this.#insert(scan(this.#cursor.mark));
  }

  /** What may turn out to be a key. */
  #fetchStart(scan: () => Token): void {
    this.#saveKey();
    this.#cursor.keyAllowed = false;
    this.#insert(scan());
  }

  #saveKey(): void {
    this.#keys.save(this.#cursor, this.#taken + this.#tokens.length);
  }

  #fetchIndicator(type: BareType, keyAllowed: boolean): void {
    const cursor = this.#cursor;
    this.#keys.remove(cursor);
    cursor.keyAllowed = keyAllowed;
    const start = cursor.mark;
    cursor.skip();
    this.#add(type, start);
  }

  #fetchOpening(type: '[' | '{'): void {
    const cursor = this.#cursor;
    this.#saveKey();
    this.#keys.enter();
    cursor.flowLevel += 1;
    if (cursor.flowLevel > mostLevels) cursor.fail(`exceeded max depth of ${mostLevels}`);
    cursor.keyAllowed = true;
    const start = cursor.mark;
    cursor.skip();
    this.#add(type, start);
  }

  #fetchClosing(type: ']' | '}'): void {
    const cursor = this.#cursor;
    this.#keys.remove(cursor);
    if (cursor.flowLevel > 0) {
      cursor.flowLevel -= 1;
      this.#keys.leave();
    }
    cursor.keyAllowed = false;
    const start = cursor.mark;
    cursor.skip();
    this.#add(type, start);
  }

  #fetchEntry(): void {
    const cursor = this.#cursor;
    if (cursor.flowLevel === 0) {
      if (!cursor.keyAllowed) cursor.fail('block sequence entries are not allowed in this context');
      this.#roll(cursor.mark, 'block sequence');
    }
    this.#fetchIndicator('block entry', true);
  }

  #fetchKey(): void {
    const cursor = this.#cursor;
    if (cursor.flowLevel === 0) {
      if (!cursor.keyAllowed) cursor.fail('mapping keys are not allowed in this context');
      this.#roll(cursor.mark, 'block mapping');
    }
    this.#fetchIndicator('key', cursor.flowLevel === 0);
  }

  #fetchValue(): void {
    const cursor = this.#cursor;
    const key = this.#keys.use(cursor);
    if (key) {
      this.#insert({ type: 'key', start: key.mark, end: key.mark }, key.token);
      this.#roll(key.mark, 'block mapping', key.token);
      cursor.keyAllowed = false;
    } else {
      if (cursor.flowLevel === 0) {
        if (!cursor.keyAllowed) cursor.fail('mapping values are not allowed in this context');
        this.#roll(cursor.mark, 'block mapping');
      }
      cursor.keyAllowed = cursor.flowLevel === 0;
    }
    const start = cursor.mark;
    cursor.skip();
    this.#add('value', start);
  }

  #fetchBlockScalar(literal: boolean): void {
    this.#keys.remove(this.#cursor);
    this.#cursor.keyAllowed = true;
    this.#insert(scanBlockScalar(this.#cursor, literal));
  }

  #scanAnchor(type: 'anchor' | 'alias'): Token {
    const cursor = this.#cursor;
    const start = cursor.mark;
    cursor.skip();
    const name = cursor.readWhile(isWord);
    const after = cursor.peek();
    if (name === '' || !(isBlankOrEnd(after) || '?:,]}%@`'.includes(String.fromCodePoint(after))))
      cursor.fail('did not find expected alphabetic or numeric character', start);
    return { type, start, end: cursor.mark, name };
  }
}
