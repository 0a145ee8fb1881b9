import { yamlError } from './cursor.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenKind } from './tokens.ts';

export type Node = ScalarNode | SequenceNode | MappingNode | AliasNode;

export interface AliasNode {
  readonly kind: 'alias';
  readonly line: number;
  readonly name: string;
  readonly target: Node;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly line: number;
  readonly text: string;
  /** `""`: none. */
  readonly tag: string;
  /** Whether it stands without quotes, so that it may be something else than text. */
  readonly plain: boolean;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly line: number;
  readonly items: Node[];
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly line: number;
  readonly entries: (readonly [key: Node, value: Node])[];
}

/** The first document of a text; undefined where there is none. An alias may stand inside of what it stands for. */
export function readDocument(text: string): Node | undefined {
  return new Parser(text).document();
}

class Parser {
  readonly #tokens: Scanner;
  readonly #anchors = new Map<string, Node>();
  readonly #prefixes = new Map<string, string>();

  constructor(text: string) {
    this.#tokens = new Scanner(text);
  }

  document(): Node | undefined {
    const explicit: readonly TokenKind[] = ['version', 'tag-directive', 'document-start'];
    if (this.#kind() === 'stream-end') return undefined;
    const isExplicit = explicit.includes(this.#kind());
    this.#directives();
    if (isExplicit) {
      if (this.#kind() !== 'document-start') this.#fail('did not find expected <document start>');
      this.#tokens.next();
    }
    const nothing: readonly TokenKind[] = [...explicit, 'document-end', 'stream-end'];
    const node = isExplicit && nothing.includes(this.#kind()) ? this.#empty() : this.#node(true, false);
    this.#kind(); // the token behind it is looked at too
    return node;
  }

  #directives(): void {
    let version = false;
    for (let token = this.#tokens.peek(); token.kind === 'version' || token.kind === 'tag-directive'; token = this.#tokens.peek()) {
      if (token.kind === 'version') {
        if (version) this.#fail('found duplicate %YAML directive');
        if (token.text !== '1.1') this.#fail('found incompatible YAML document');
        version = true;
      } else {
        if (this.#prefixes.has(token.handle ?? '')) this.#fail('found duplicate %TAG directive');
        this.#prefixes.set(token.handle ?? '', token.text);
      }
      this.#tokens.next();
    }
    if (!this.#prefixes.has('!')) this.#prefixes.set('!', '!');
    if (!this.#prefixes.has('!!')) this.#prefixes.set('!!', 'tag:yaml.org,2002:');
  }

  /** `block`: collections by indentation may begin here. `indentless`: a sequence may stand as far left as the key before it. */
  #node(block: boolean, indentless: boolean): Node {
    if (this.#kind() === 'alias') return this.#alias(this.#tokens.next());
    let [anchor, tag]: (Token | undefined)[] = [];
    for (let token = this.#tokens.peek(); ; token = this.#tokens.peek()) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token;
      else if (token.kind === 'tag' && tag === undefined) tag = token;
      else break;
      this.#tokens.next();
    }
    const node = this.#content(block, indentless, tag === undefined ? '' : this.#tagOf(tag), anchor);
    return node ?? (anchor === undefined && tag === undefined ? this.#fail('did not find expected node content') : this.#empty());
  }

  #content(block: boolean, indentless: boolean, tag: string, anchor: Token | undefined): Node | undefined {
    const { kind, text, plain = false, mark } = this.#tokens.peek();
    const named = <T extends Node>(node: T): T => {
      if (anchor !== undefined) this.#anchors.set(anchor.text, node);
      return node;
    };
    const { line } = mark;
    if (indentless && kind === 'entry') return this.#indentlessSequence(named<SequenceNode>({ kind: 'sequence', line, items: [] }));
    if (kind === 'scalar') {
      this.#tokens.next();
      // The tag `!` makes even a quoted one be looked at as if it stood plainly.
      return named<ScalarNode>({ kind: 'scalar', line, text, tag: tag === '!' ? '' : tag, plain: tag === '!' || (tag === '' && plain) });
    }
    if (kind === 'flow-sequence') return this.#flowSequence(named<SequenceNode>({ kind: 'sequence', line, items: [] }));
    if (kind === 'flow-mapping') return this.#flowMapping(named<MappingNode>({ kind: 'mapping', line, entries: [] }));
    if (block && kind === 'block-sequence') return this.#blockSequence(named<SequenceNode>({ kind: 'sequence', line, items: [] }));
    if (block && kind === 'block-mapping') return this.#blockMapping(named<MappingNode>({ kind: 'mapping', line, entries: [] }));
    if (anchor === undefined && tag === '') return undefined;
    return named<ScalarNode>({ kind: 'scalar', line, text: '', tag, plain: true });
  }

  #indentlessSequence(node: SequenceNode): Node {
    while (this.#kind() === 'entry') {
      this.#tokens.next();
      node.items.push(this.#unless(['entry', 'key', 'value', 'block-end'], true, false));
    }
    return node;
  }

  #blockSequence(node: SequenceNode): Node {
    this.#tokens.next();
    while (this.#kind() === 'entry') {
      this.#tokens.next();
      node.items.push(this.#unless(['entry', 'block-end'], true, false));
    }
    if (this.#kind() !== 'block-end') this.#fail("did not find expected '-' indicator");
    this.#tokens.next();
    return node;
  }

  #blockMapping(node: MappingNode): Node {
    this.#tokens.next();
    while (this.#kind() === 'key') {
      this.#tokens.next();
      const key = this.#unless(['key', 'value', 'block-end'], true, true);
      const hasValue = this.#kind() === 'value';
      if (hasValue) this.#tokens.next();
      node.entries.push([key, hasValue ? this.#unless(['key', 'value', 'block-end'], true, true) : this.#empty()]);
    }
    if (this.#kind() !== 'block-end') this.#fail('did not find expected key');
    this.#tokens.next();
    return node;
  }

  #flowSequence(node: SequenceNode): Node {
    this.#tokens.next();
    for (let first = true; this.#kind() !== 'flow-sequence-end'; first = false) {
      if (!first) {
        if (this.#kind() !== 'comma') this.#fail("did not find expected ',' or ']'");
        this.#tokens.next();
      }
      if (this.#kind() === 'key') {
        const { line } = this.#tokens.next().mark;
        const key = this.#unless(['value', 'comma', 'flow-sequence-end'], false, false);
        node.items.push({ kind: 'mapping', line, entries: [[key, this.#flowValue('flow-sequence-end')]] });
      } else if (this.#kind() !== 'flow-sequence-end') node.items.push(this.#node(false, false));
    }
    this.#tokens.next();
    return node;
  }

  #flowMapping(node: MappingNode): Node {
    this.#tokens.next();
    for (let first = true; this.#kind() !== 'flow-mapping-end'; first = false) {
      if (!first) {
        if (this.#kind() !== 'comma') this.#fail("did not find expected ',' or '}'");
        this.#tokens.next();
      }
      if (this.#kind() === 'key') {
        this.#tokens.next();
        const key = this.#unless(['value', 'comma', 'flow-mapping-end'], false, false);
        node.entries.push([key, this.#flowValue('flow-mapping-end')]);
      } else if (this.#kind() !== 'flow-mapping-end') node.entries.push([this.#node(false, false), this.#empty()]);
    }
    this.#tokens.next();
    return node;
  }

  #flowValue(end: TokenKind): Node {
    if (this.#kind() !== 'value') return this.#empty();
    this.#tokens.next();
    return this.#unless(['comma', end], false, false);
  }

  #unless(kinds: readonly TokenKind[], block: boolean, indentless: boolean): Node {
    return kinds.includes(this.#kind()) ? this.#empty() : this.#node(block, indentless);
  }

  #alias({ text, mark }: Token): Node {
    const target = this.#anchors.get(text) ?? raise(`unknown anchor '${text}' referenced`, 0);
    return { kind: 'alias', line: mark.line, name: text, target };
  }

  #tagOf({ handle = '', text }: Token): string {
    if (handle === '') return text;
    const prefix = this.#prefixes.get(handle);
    return prefix === undefined ? this.#fail('found undefined tag handle') : prefix + text;
  }

  #empty(): ScalarNode {
    return { kind: 'scalar', line: this.#tokens.peek().mark.line, text: '', tag: '', plain: true };
  }

  #kind(): TokenKind {
    return this.#tokens.peek().kind;
  }

  /** A flaw in how tokens follow each other: the reader counts its lines from 0 here. */
  #fail(problem: string): never {
    return raise(problem, this.#tokens.peek().mark.line);
  }
}

function raise(problem: string, line: number): never {
  throw yamlError(problem, line);
}
