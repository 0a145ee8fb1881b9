import { isAlias, isMap, isNode, isScalar, isSeq, type Alias, type Node, type Pair } from 'yaml';
import type { Place, Report } from './issue.ts';
import { targetsOf } from './yaml-anchors.ts';
import { scalarOf, ScalarError } from './yaml-scalar.ts';
import type { Entry, Scalar, Value } from './yaml.ts';

/**
 * How much aliases may stand for, all together: a short text could otherwise hold more than there is memory. Counted in values, and in
 * pieces of 16 characters for their texts, which are looked through for templates each time. Takes some 20 ms to read.
 */
const mostBorrowed = 20_000;

/** Keys above a value. Dags nest freely, but the checks that follow have one stack. */
const mostDeep = 500;

/** Where reading has to end. `certain`: PaddleFlow refuses it too. */
export class UnreadableError extends Error {
  readonly at: Place;
  readonly certain: boolean;
  constructor(message: string, at: Place, certain: boolean) {
    super(message);
    this.at = at;
    this.certain = certain;
  }
}

/** Turns the nodes of a document into values, with aliases and merges resolved. Throws an `UnreadableError`. */
export class Reader {
  /** Keys that an earlier one of the same map bears too. */
  readonly repeated: { at: Place; path: readonly string[] }[] = [];
  readonly #targets: ReadonlyMap<Alias, Node | undefined>;
  readonly #placeOf: (offset: number) => Place;
  readonly #report: Report;
  readonly #within = new Set<unknown>();
  /** The outermost alias that is being read. */
  #alias: Place | undefined;
  #borrowed = 0;

  constructor(root: unknown, placeOf: (offset: number) => Place, report: Report) {
    this.#targets = targetsOf(root);
    this.#placeOf = placeOf;
    this.#report = report;
  }

  value(node: unknown, around: Place, path: readonly string[]): Value {
    const at = this.#place(node, around);
    if (path.length > mostDeep) throw new UnreadableError('It cannot be looked into: this is nested too deeply', at, false);
    if (isAlias(node)) return this.#aliased(node, at, path);
    this.#borrow(isScalar(node) ? String(node.value).length : 0);
    if (isScalar(node)) return { kind: 'scalar', at, value: this.#scalar(node, at, path) };
    if (!isMap(node) && !isSeq(node)) return { kind: 'scalar', at, value: null };
    if (this.#within.has(node)) throw new UnreadableError('This alias stands within what it stands for', this.#alias ?? at, true);
    this.#within.add(node);
    try {
      if (isMap(node)) return { kind: 'map', at, entries: this.#entries(node.items, at, path) };
      return { kind: 'list', at, items: node.items.map((item, index) => this.value(item, at, [...path, String(index)])) };
    } finally {
      this.#within.delete(node);
    }
  }

  #place(node: unknown, around: Place): Place {
    return isNode(node) && node.range ? this.#placeOf(node.range[0]) : around;
  }

  #target(alias: Alias, at: Place): Node {
    const target = this.#targets.get(alias);
    if (target === undefined) throw new UnreadableError(`This is no YAML: nothing before it has the anchor ${alias.source}`, at, true);
    return target;
  }

  #aliased(alias: Alias, at: Place, path: readonly string[]): Value {
    const outermost = this.#alias;
    this.#alias ??= at;
    const value = this.value(this.#target(alias, at), at, path);
    this.#alias = outermost;
    return { ...value, at };
  }

  #borrow(characters: number): void {
    if (this.#alias === undefined) return;
    this.#borrowed += 1 + characters / 16;
    if (this.#borrowed > mostBorrowed)
      throw new UnreadableError('It cannot be looked into: up to this alias, aliases stand for too many values', this.#alias, false);
  }

  #entries(pairs: readonly Pair[], around: Place, path: readonly string[]): ReadonlyMap<string, Entry> {
    const own = new Map<string, Entry>();
    const merged = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const at = this.#place(key, around);
      if (isMergeKey(key)) {
        // What stands earlier in a list of merged maps wins.
        for (const entry of this.#merged(value, at, path)) if (!merged.has(entry.name)) merged.set(entry.name, entry);
        continue;
      }
      const name = this.#name(key, at, path);
      if (name === undefined) continue;
      const inside = [...path, name];
      if (own.has(name)) this.repeated.push({ at, path: inside });
      own.set(name, { name, at, value: this.value(value, at, inside) }); // the last one wins
    }
    return new Map([...merged, ...own]);
  }

  #merged(node: unknown, at: Place, path: readonly string[]): Entry[] {
    const from = this.value(node, at, path);
    return (from.kind === 'list' ? from.items : [from]).flatMap((map) => {
      if (map.kind === 'map') return [...map.entries.values()];
      this.#report.error(map.at, path, 'Only maps can be merged');
      return [];
    });
  }

  /** JSON knows only text as a key: `n: 3` becomes the key `false`. */
  #name(key: unknown, at: Place, path: readonly string[]): string | undefined {
    const node = isAlias(key) ? this.#target(key, at) : key;
    if (!isScalar(node)) {
      this.#report.error(at, path, 'A key must be a text, not a map, a list or nothing');
      return undefined;
    }
    this.#borrow(String(node.value).length);
    const value = this.#scalar(node, at, path);
    if (value === null) this.#report.error(at, path, 'A key must be a text, not nothing');
    if (value === null || value === undefined) return undefined;
    const name = String(value);
    if (typeof value === 'boolean' && name !== node.value)
      this.#report.warning(at, [...path, name], `The key ${node.value} is read as the boolean ${name}, and becomes "${name}": quote it`);
    return name;
  }

  #scalar(node: Parameters<typeof scalarOf>[0], at: Place, path: readonly string[]): Scalar['value'] {
    try {
      const value = scalarOf(node);
      if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value)
        this.#report.warning(at, path, `${value} has more digits than PaddleFlow keeps of a number: quote it`);
      return value;
    } catch (error) {
      if (!(error instanceof ScalarError)) throw error;
      this.#report.error(at, path, error.message);
      return undefined;
    }
  }
}

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined;
