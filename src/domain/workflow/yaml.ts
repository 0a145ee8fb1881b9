import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import type { Issue, Place } from './issue.ts';

/** A value with its place. Anchors and merges are resolved, so one place may stand for several values. */
export type Value = MapValue | ListValue | Scalar;
export interface MapValue {
  readonly kind: 'map';
  readonly at: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}
export interface ListValue {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly Value[];
}
export interface Scalar {
  readonly kind: 'scalar';
  readonly at: Place;
  /** `undefined`: YAML 1.1 has a type for it that the server's reader may not know, such as times. Nobody can say what that makes of it. */
  readonly value: string | number | boolean | null | undefined;
}
export interface Entry {
  readonly name: string;
  /** Of the key. */
  readonly at: Place;
  readonly value: Value;
}

export interface ReadYaml {
  /** Undefined: there is nothing that could be looked into; the issues say why. */
  readonly root: Value | undefined;
  readonly issues: readonly Issue[];
  /** Keys that an earlier one of the same map bears too. */
  readonly repeated: readonly { readonly at: Place; readonly path: readonly string[] }[];
  /** False: this reader and the server's may see different things, so nothing is an error for certain. */
  readonly certain: boolean;
}

/** What this reader minds and the server's may not. Only the first of several documents is read by either. */
const harmless = new Set(['MULTIPLE_DOCS']);
const doubtful = new Set([
  'BAD_DIRECTIVE',
  'BAD_PROP_ORDER',
  'BAD_COLLECTION_TYPE',
  'BLOCK_IN_FLOW',
  'KEY_OVER_1024_CHARS',
  'NON_STRING_KEY',
  'RESOURCE_EXHAUSTION',
  'TAG_RESOLVE_FAILED',
]);
/** Aliases multiply: a short text may stand for more values than there is memory. */
const mostValues = 50_000;
const longestText = 1_000_000;

const start: Place = { line: 1, column: 1 };
const warning = (message: string, at: Place = start): Issue => ({ severity: 'WARNING', message, path: [], ...at });

const unread = (why: string): ReadYaml => ({ root: undefined, issues: [warning(why)], repeated: [], certain: false });

/** As the server reads it: YAML 1.1, where an unquoted `yes` or `n` is a boolean, as a key too (contract 7). Never throws. */
export function readYaml(text: string): ReadYaml {
  if (text.length > longestText) return unread('It is too long to be looked into');
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, {
      version: '1.1',
      uniqueKeys: false,
      logLevel: 'silent',
      lineCounter: lines,
      prettyErrors: false,
    });
    const errors = document.errors.filter(({ code }) => !harmless.has(code));
    const certain = !errors.some(({ code }) => doubtful.has(code));
    if (errors.length > 0) {
      const issueOf = ({ message, pos: [offset] }: YAMLError): Issue => ({
        severity: certain ? 'ERROR' : 'WARNING',
        message: `This is no YAML: ${message}`,
        path: [],
        ...placeOf(offset),
      });
      return { root: undefined, issues: errors.map(issueOf), repeated: [], certain };
    }
    return { issues: [], ...new Reader(document, placeOf).read() };
  } catch (error) {
    if (error instanceof RangeError) return unread(`It cannot be looked into: ${error.message}`); // too deep, or too much
    throw error;
  }
}

class Reader {
  readonly #document: Document.Parsed;
  readonly #placeOf: (offset: number) => Place;
  readonly #repeated: { at: Place; path: readonly string[] }[] = [];
  readonly #within = new Set<unknown>();
  #certain = true;
  #left = mostValues;

  constructor(document: Document.Parsed, placeOf: (offset: number) => Place) {
    this.#document = document;
    this.#placeOf = placeOf;
  }

  read(): Pick<ReadYaml, 'root' | 'repeated' | 'certain'> {
    const root = this.#value(this.#document.contents, start, []);
    return { root, repeated: this.#repeated, certain: this.#certain };
  }

  #value(node: unknown, around: Place, path: readonly string[]): Value {
    if ((this.#left -= 1) < 0) throw new RangeError('its aliases stand for too many values');
    const at = isNode(node) && node.range ? this.#placeOf(node.range[0]) : around;
    if (isAlias(node)) return { ...this.#value(node.resolve(this.#document), at, path), at };
    if (isScalar(node)) return { kind: 'scalar', at, value: this.#plain(node.value, node.format) };
    if (!isMap(node) && !isSeq(node)) return { kind: 'scalar', at, value: null };
    if (this.#within.has(node)) throw new RangeError('an alias stands within what it stands for');
    this.#within.add(node);
    try {
      if (isMap(node)) return { kind: 'map', at, entries: this.#entries(node.items, at, path) };
      return { kind: 'list', at, items: node.items.map((item, index) => this.#value(item, at, [...path, String(index)])) };
    } finally {
      this.#within.delete(node);
    }
  }

  #entries(pairs: readonly { key: unknown; value: unknown }[], around: Place, path: readonly string[]): ReadonlyMap<string, Entry> {
    const own = new Map<string, Entry>();
    const merged = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const at = isNode(key) && key.range ? this.#placeOf(key.range[0]) : around;
      if (isScalar(key) && (typeof key.value === 'symbol' || (key.value === '<<' && key.type === 'PLAIN'))) {
        const source = this.#value(value, at, path);
        // What stands earlier in a list of merged maps wins.
        for (const from of source.kind === 'list' ? source.items : [source])
          if (from.kind === 'map') for (const entry of from.entries.values()) if (!merged.has(entry.name)) merged.set(entry.name, entry);
        continue;
      }
      const name = this.#name(key);
      if (name === undefined) continue;
      const inside = [...path, name];
      if (own.has(name)) this.#repeated.push({ at, path: inside });
      own.set(name, { name, at, value: this.#value(value, at, inside) }); // the last one wins
    }
    return new Map([...merged, ...own]);
  }

  /** JSON knows only text as a key: `n: 3` becomes the key `false`. */
  #name(key: unknown): string | undefined {
    const node = isAlias(key) ? key.resolve(this.#document) : key;
    const value = isScalar(node) ? this.#plain(node.value, node.format) : undefined;
    if (value === undefined) this.#certain = false;
    return value === undefined ? undefined : String(value);
  }

  #plain(value: unknown, format: string | undefined): Scalar['value'] {
    if (format === 'TIME') return undefined; // 1:30 as a number of seconds
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
  }
}

/** Without the places. */
export function plainOf(value: Value): unknown {
  if (value.kind === 'list') return value.items.map(plainOf);
  if (value.kind === 'map') return Object.fromEntries([...value.entries.values()].map((entry) => [entry.name, plainOf(entry.value)]));
  return value.value ?? null;
}

/** What is there under a key. A `null` counts as absent, as for the root and for steps (contract 7). */
export function entryOf(map: Value | undefined, key: string): Entry | undefined {
  const entry = map?.kind === 'map' ? map.entries.get(key) : undefined;
  return entry?.value.kind === 'scalar' && entry.value.value === null ? undefined : entry;
}
export const valueOf = (map: Value | undefined, key: string): Value | undefined => entryOf(map, key)?.value;
export const entriesOf = (value: Value | undefined): Entry[] => (value?.kind === 'map' ? [...value.entries.values()] : []);
export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
