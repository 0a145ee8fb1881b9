import { YamlError, type Characters, type Place } from '../go-yaml/characters.ts';
import type { YamlAlias, YamlMap, YamlNode, YamlScalar } from '../go-yaml/compose.ts';
import { MapReader } from '../go-yaml/pairs.ts';
import { resolveScalar, ScalarError } from '../go-yaml/scalar.ts';
import type { Report } from './issue.ts';
import type { Entry, Scalar, Value } from './yaml.ts';

/**
 * How much aliases may stand for, all together: a short text could otherwise hold more than there is memory. Counted in values, and in
 * pieces of 16 characters for their texts, which are looked through for templates each time. Takes some 20 ms to read.
 */
const mostBorrowed = 20_000;

/** Keys above a value. Dags nest freely, but the checks that follow have one stack. */
const mostDeep = 500;

/** Where reading has to end, although PaddleFlow's may go on. */
export class UnreadableError extends Error {
  readonly at: Place;
  constructor(message: string, at: Place) {
    super(message);
    this.at = at;
  }
}

/** Turns the nodes of a document into values, with aliases and merges resolved. Throws an `UnreadableError`, or a `YamlError` for what PaddleFlow refuses. */
export class Reader {
  /** Keys that an earlier one of the same map bears too. */
  readonly repeated: { at: Place; path: readonly string[] }[] = [];
  readonly #characters: Characters;
  readonly #report: Report;
  readonly #maps = new MapReader();
  readonly #within = new Set<YamlNode>();
  /** The outermost alias that is being read. */
  #alias: YamlAlias | undefined;
  #borrowed = 0;

  constructor(characters: Characters, report: Report) {
    this.#characters = characters;
    this.#report = report;
  }

  value(node: YamlNode, path: readonly string[]): Value {
    const at = this.#characters.placeOf(node.index);
    if (path.length > mostDeep) throw new UnreadableError('It cannot be looked into: this is nested too deeply', at);
    if (node.kind === 'alias') return { ...this.#through(node, () => this.value(node.target, path)), at };
    this.#borrow(node.kind === 'scalar' ? node.text.length : 0);
    if (node.kind === 'scalar') return { kind: 'scalar', at, value: this.#scalar(node, at, path) };
    if (this.#within.has(node)) throw new YamlError('this alias stands within what it stands for', (this.#alias ?? node).index);
    this.#within.add(node);
    try {
      if (node.kind === 'map') return { kind: 'map', at, entries: this.#entries(node, path) };
      return { kind: 'list', at, items: node.items.map((item, index) => this.value(item, [...path, String(index)])) };
    } finally {
      this.#within.delete(node);
    }
  }

  /** What is read there belongs to the alias. */
  #through<T>(alias: YamlAlias | undefined, read: () => T): T {
    const outermost = this.#alias;
    this.#alias ??= alias;
    const value = read();
    this.#alias = outermost;
    return value;
  }

  #borrow(characters: number): void {
    if (this.#alias === undefined) return;
    this.#borrowed += 1 + characters / 16;
    if (this.#borrowed > mostBorrowed)
      throw new UnreadableError(
        'It cannot be looked into: up to this alias, aliases stand for too many values',
        this.#characters.placeOf(this.#alias.index),
      );
  }

  #entries(map: YamlMap, path: readonly string[]): ReadonlyMap<string, Entry> {
    const { pairs, problems, repeated, mixed, booleans } = this.#maps.read(map);
    const at = (index: number) => this.#characters.placeOf(index);
    for (const { index, message } of problems) this.#report.error(at(index), path, message);
    for (const { index, name } of repeated) this.repeated.push({ at: at(index), path: [...path, name] });
    for (const { index, name } of mixed)
      this.#report.warning(at(index), [...path, name], `The key ${name} stands here in two ways, and which one counts is left to chance`);
    for (const { index, name, text } of booleans)
      this.#report.warning(at(index), [...path, name], `The key ${text} is read as the boolean ${name}, and becomes "${name}": quote it`);
    return new Map(
      [...pairs].map(([name, { key, value, via }]) => {
        this.#borrow(name.length);
        return [name, { name, at: at(key.index), value: this.#through(via, () => this.value(value, [...path, name])) }];
      }),
    );
  }

  #scalar(node: YamlScalar, at: Place, path: readonly string[]): Scalar['value'] {
    try {
      const { kind, value } = resolveScalar(node);
      if (kind === 'float' && !Number.isFinite(value)) {
        this.#report.error(
          at,
          path,
          `${node.text} is a number that JSON does not have, and PaddleFlow turns the YAML into JSON; quote what is text`,
        );
        return undefined;
      }
      const digits =
        kind === 'float' && !Number.isSafeInteger(value) && /^[-+]?[\d_]+$/.test(node.text)
          ? BigInt(node.text.replaceAll(/[+_]/g, ''))
          : value;
      if (typeof digits === 'bigint' && BigInt.asIntN(64, digits) !== digits)
        this.#report.warning(at, path, `${digits} has more digits than PaddleFlow keeps of a number: quote it`);
      return digits;
    } catch (error) {
      if (!(error instanceof ScalarError)) throw error;
      this.#report.error(at, path, error.message);
      return undefined;
    }
  }
}
