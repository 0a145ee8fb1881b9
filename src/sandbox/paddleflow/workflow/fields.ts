import { invalidPipeline } from './error.ts';
import { isList, isMap, typeName, type Value, type ValueMap } from './value.ts';

/**
 * One map of the YAML, read key by key: a wrong type and an unknown key are errors at every level (section 7).
 * `path` is for messages, such as `entry_points.train.cache`.
 */
export class Fields {
  readonly path: string;
  readonly #values: ValueMap;

  /** `nulls: 'refused'` is for dags, where a null is a type error; elsewhere a null counts as absent. */
  constructor(value: Value, path: string, keys: readonly string[], nulls: 'absent' | 'refused' = 'absent') {
    this.path = path;
    if (!isMap(value)) throw invalidPipeline(`[${path}] should be map type, but is ${typeName(value)}`);
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) throw invalidPipeline(`[${path}] has no attribute [${key}]`);
      // The loop argument is the one key of a dag that may be null (section 7).
      if (nulls === 'refused' && value[key] === null && key !== 'loop_argument') throw this.#wrong(key, 'set', null);
    }
    this.#values = value;
  }

  /** The value, or undefined where the key is absent or null. */
  get(key: string): Value | undefined {
    return this.#values[key] ?? undefined;
  }

  present(): string[] {
    return Object.keys(this.#values).filter((key) => this.get(key) !== undefined);
  }

  text(key: string): string {
    const value = this.get(key) ?? '';
    if (typeof value !== 'string') throw this.#wrong(key, 'string', value);
    return value;
  }

  flag(key: string): boolean | undefined {
    const value = this.get(key);
    if (value !== undefined && typeof value !== 'boolean') throw this.#wrong(key, 'bool', value);
    return value;
  }

  whole(key: string): number | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw this.#wrong(key, 'int', value);
    return value;
  }

  map(key: string): ValueMap {
    const value = this.get(key) ?? {};
    if (!isMap(value)) throw this.#wrong(key, 'map', value);
    return value;
  }

  list(key: string): readonly Value[] {
    const value = this.get(key) ?? [];
    if (!isList(value)) throw this.#wrong(key, 'list', value);
    return value;
  }

  /** A map of texts. */
  texts(key: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.map(key)).map(([name, value]) => {
        if (typeof value !== 'string') throw this.#wrong(`${key}.${name}`, 'string', value);
        return [name, value];
      }),
    );
  }

  #wrong(key: string, wanted: string, value: Value): Error {
    return invalidPipeline(`[${key}] of [${this.path}] should be ${wanted} type, but is ${typeName(value)}`);
  }
}
