import { YamlError, type Characters, type Mark } from './characters.ts';
import type { Event } from './events.ts';
import { Scanner } from './scanner.ts';
import { Tags } from './tags.ts';
import type { Token, TokenType } from './tokens.ts';

type State = () => Event;

/** Turns tokens into events, as go-yaml v2 does. Throws a `YamlError`. */
export class Parser {
  readonly #scanner: Scanner;
  readonly #tags = new Tags();
  /** What is to be read once the node here is complete. */
  readonly #states: State[] = [];
  #state: State = () => this.#document(true);

  constructor(characters: Characters) {
    this.#scanner = new Scanner(characters);
    this.#scanner.take(); // where the stream starts
  }

  next(): Event {
    return this.#state();
  }

  #fail(message: string, at: Mark): never {
    throw new YamlError(message, at.index);
  }

  /** Whether the next token is one of these. */
  #sees(...types: readonly TokenType[]): boolean {
    return types.includes(this.#scanner.peek().type);
  }

  #pop(): void {
    this.#state = this.#states.pop() ?? this.#documentEnd;
  }

  /** A node, and then that. */
  #nodeThen(then: State, { block, entries = false }: { readonly block: boolean; readonly entries?: boolean }): Event {
    this.#states.push(then);
    return this.#node(block, entries);
  }

  #nothing(then: State, start: Mark): Event {
    this.#state = then;
    return { type: 'scalar', start, anchor: undefined, tag: '', text: '', plain: true };
  }

  #document(first: boolean): Event {
    if (!first) while (this.#sees('document end')) this.#scanner.take();
    const { type, start } = this.#scanner.peek();
    if (type === 'stream end') {
      this.#state = () => ({ type: 'stream end', start });
      return this.#state();
    }
    this.#states.push(this.#documentEnd);
    if (first && !this.#sees('version', 'tag directive', 'document start')) {
      this.#tags.begin();
      this.#state = () => this.#node(true, false);
    } else {
      this.#directives();
      const token = this.#scanner.peek();
      if (token.type !== 'document start') this.#fail('did not find expected <document start>', token.start);
      this.#scanner.take();
      this.#state = this.#content;
    }
    return { type: 'document', start };
  }

  readonly #content: State = () => {
    const { start } = this.#scanner.peek();
    if (!this.#sees('version', 'tag directive', 'document start', 'document end', 'stream end')) return this.#node(true, false);
    return this.#nothing(this.#states.pop() ?? this.#documentEnd, start);
  };

  readonly #documentEnd: State = () => {
    const { start } = this.#scanner.peek();
    if (this.#sees('document end')) this.#scanner.take();
    this.#tags.end();
    this.#state = () => this.#document(false);
    return { type: 'document end', start };
  };

  #directives(): void {
    let version = false;
    for (let token = this.#scanner.peek(); token.type === 'version' || token.type === 'tag directive'; token = this.#scanner.peek()) {
      if (token.type === 'tag directive') this.#tags.declare(token);
      else if (version) this.#fail('found duplicate %YAML directive', token.start);
      else if (token.major !== 1 || token.minor !== 1) this.#fail('found incompatible YAML document', token.start);
      else version = true;
      this.#scanner.take();
    }
    this.#tags.begin();
  }

  #node(block: boolean, entries: boolean): Event {
    let token = this.#scanner.peek();
    const { start } = token;
    if (token.type === 'alias') {
      this.#pop();
      this.#scanner.take();
      return { type: 'alias', start, name: token.name };
    }
    let anchor: string | undefined;
    let tag: Extract<Token, { type: 'tag' }> | undefined;
    for (let left = 2; left > 0; left -= 1) {
      if (token.type === 'anchor' && anchor === undefined) anchor = token.name;
      else if (token.type === 'tag' && tag === undefined) tag = token;
      else break;
      this.#scanner.take();
      token = this.#scanner.peek();
    }
    return this.#bareNode(token, { start, anchor, tag: tag ? this.#tags.resolve(tag) : '' }, { block, entries });
  }

  #bareNode(
    token: Token,
    { start, anchor, tag }: { readonly start: Mark; readonly anchor: string | undefined; readonly tag: string },
    { block, entries }: { readonly block: boolean; readonly entries: boolean },
  ): Event {
    const begin = (type: 'map' | 'list', state: State, take: boolean): Event => {
      if (take) this.#scanner.take();
      this.#state = state;
      return { type, start: token.start, anchor }; // behind anchor and tag
    };
    if (entries && token.type === 'block entry') return begin('list', this.#indentlessEntry, false);
    if (token.type === 'scalar') {
      this.#pop();
      this.#scanner.take();
      return { type: 'scalar', start: token.start, anchor, tag, text: token.text, plain: (tag === '' && token.plain) || tag === '!' };
    }
    if (token.type === '[') return begin('list', () => this.#flowEntry(token.start, true), true);
    if (token.type === '{') return begin('map', () => this.#flowKey(token.start, true), true);
    if (block && token.type === 'block sequence') return begin('list', () => this.#blockEntry(token.start), true);
    if (block && token.type === 'block mapping') return begin('map', () => this.#blockKey(token.start), true);
    if (anchor === undefined && tag === '') this.#fail('did not find expected node content', token.start);
    this.#pop();
    return { type: 'scalar', start, anchor, tag, text: '', plain: tag === '' };
  }

  #end(take: boolean): Event {
    const { start } = this.#scanner.peek();
    this.#pop();
    if (take) this.#scanner.take();
    return { type: 'end', start };
  }

  #blockEntry(begin: Mark): Event {
    const again = () => this.#blockEntry(begin);
    const token = this.#scanner.peek();
    if (token.type === 'block end') return this.#end(true);
    if (token.type !== 'block entry') this.#fail("did not find expected '-' indicator", token.start);
    this.#scanner.take();
    return this.#sees('block entry', 'block end') ? this.#nothing(again, token.end) : this.#nodeThen(again, { block: true });
  }

  readonly #indentlessEntry: State = () => {
    const token = this.#scanner.peek();
    if (token.type !== 'block entry') return this.#end(false);
    this.#scanner.take();
    return this.#sees('block entry', 'key', 'value', 'block end')
      ? this.#nothing(this.#indentlessEntry, token.end)
      : this.#nodeThen(this.#indentlessEntry, { block: true });
  };

  #blockKey(begin: Mark): Event {
    const then = () => this.#blockValue(begin);
    const token = this.#scanner.peek();
    if (token.type === 'block end') return this.#end(true);
    if (token.type !== 'key') this.#fail('did not find expected key', token.start);
    this.#scanner.take();
    return this.#sees('key', 'value', 'block end') ? this.#nothing(then, token.end) : this.#nodeThen(then, { block: true, entries: true });
  }

  #blockValue(begin: Mark): Event {
    const then = () => this.#blockKey(begin);
    const token = this.#scanner.peek();
    if (token.type !== 'value') return this.#nothing(then, token.start);
    this.#scanner.take();
    return this.#sees('key', 'value', 'block end') ? this.#nothing(then, token.end) : this.#nodeThen(then, { block: true, entries: true });
  }

  #flowEntry(begin: Mark, first = false): Event {
    const again = () => this.#flowEntry(begin);
    if (this.#sees(']')) return this.#end(true);
    if (!first) {
      if (!this.#sees(',')) this.#fail("did not find expected ',' or ']'", this.#scanner.peek().start);
      this.#scanner.take();
    }
    if (this.#sees(']')) return this.#end(true);
    if (!this.#sees('key')) return this.#nodeThen(again, { block: false });
    const { start } = this.#scanner.take();
    this.#state = () => this.#pairKey(again);
    return { type: 'map', start, anchor: undefined };
  }

  /** A map of one pair in a list: `[a: b]`. */
  #pairKey(after: State): Event {
    const then = () => this.#pairValue(after);
    if (!this.#sees('value', ',', ']')) return this.#nodeThen(then, { block: false });
    return this.#nothing(then, this.#scanner.take().end); // a comma or a bracket here is gone, as it is in go-yaml
  }

  #pairValue(after: State): Event {
    const end: State = () => {
      this.#state = after;
      return { type: 'end', start: this.#scanner.peek().start };
    };
    const { start } = this.#scanner.peek();
    if (this.#sees('value')) {
      this.#scanner.take();
      if (!this.#sees(',', ']')) return this.#nodeThen(end, { block: false });
    }
    return this.#nothing(end, start);
  }

  #flowKey(begin: Mark, first = false): Event {
    if (this.#sees('}')) return this.#end(true);
    if (!first) {
      if (!this.#sees(',')) this.#fail("did not find expected ',' or '}'", this.#scanner.peek().start);
      this.#scanner.take();
    }
    if (this.#sees('}')) return this.#end(true);
    const value = () => this.#flowValue(begin);
    if (!this.#sees('key'))
      return this.#nodeThen(() => this.#nothing(() => this.#flowKey(begin), this.#scanner.peek().start), { block: false });
    this.#scanner.take();
    if (!this.#sees('value', ',', '}')) return this.#nodeThen(value, { block: false });
    return this.#nothing(value, this.#scanner.peek().start);
  }

  #flowValue(begin: Mark): Event {
    const then = () => this.#flowKey(begin);
    if (this.#sees('value')) {
      this.#scanner.take();
      if (!this.#sees(',', '}')) return this.#nodeThen(then, { block: false });
    }
    return this.#nothing(then, this.#scanner.peek().start);
  }
}
