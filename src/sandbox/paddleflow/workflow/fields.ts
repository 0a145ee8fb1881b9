import { invalidPipeline } from './error.ts';
import { isList, isMap, type Value, type ValueMap } from './value.ts';

/** Whose keys they are, for messages: `workflow has no attribute [x]`, `[x] of workflow should be int type`. */
export interface FieldsOf {
  /** Stands before every message: `parse step[a] failed, `. */
  readonly prefix: string;
  readonly noun: string;
  /** How a key of it is written: `[parallelism] of workflow`, `[cache.enable]`. */
  readonly label: (key: string) => string;
}

/** A map inside of another one. */
export const inside = (of: FieldsOf, key: string): FieldsOf => ({
  prefix: `${of.prefix}parse [${key}] in ${of.noun} failed, error: `,
  noun: `[${key}]`,
  label: (name) => `[${key}.${name}]`,
});

/** One map of the YAML, read key by key: a wrong type and an unknown key are errors at every level (section 7). */
export class Fields {
  readonly of: FieldsOf;
  readonly #values: ValueMap;

  /** `nulls: 'refused'` is for dags, where a null is a type error; elsewhere a null counts as absent. */
  constructor(value: Value, of: FieldsOf, keys: readonly string[], nulls: 'absent' | 'refused' = 'absent') {
    this.of = of;
    if (!isMap(value)) throw invalidPipeline(`${of.prefix}${of.noun} should be map type`);
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) throw invalidPipeline(`${of.prefix}${of.noun} has no attribute [${key}]`);
      // The loop argument is the one key of a dag that may be null (section 7).
      if (nulls === 'refused' && value[key] === null && key !== 'loop_argument') throw this.wrong(key, typeOf[key] ?? 'string');
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
    if (typeof value !== 'string') throw this.wrong(key, 'string');
    return value;
  }

  flag(key: string): boolean | undefined {
    const value = this.get(key);
    if (value !== undefined && typeof value !== 'boolean') throw this.wrong(key, 'bool');
    return value;
  }

  whole(key: string): number | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw this.wrong(key, 'int');
    return value;
  }

  map(key: string): ValueMap {
    const value = this.get(key) ?? {};
    if (!isMap(value)) throw this.wrong(key, 'map');
    return value;
  }

  list(key: string): readonly Value[] {
    const value = this.get(key) ?? [];
    if (!isList(value)) throw this.wrong(key, 'list');
    return value;
  }

  /** A map of texts. */
  texts(key: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.map(key)).map(([name, value]) => {
        if (typeof value !== 'string') throw this.wrong(`${key}.${name}`, 'string');
        return [name, value];
      }),
    );
  }

  wrong(key: string, wanted: string): Error {
    return invalidPipeline(`${this.of.prefix}${this.of.label(key)} should be ${wanted} type`);
  }
}

const typeOf: Readonly<Record<string, string>> = { entry_points: 'map', parameters: 'map', artifacts: 'map', input: 'map', output: 'map' };
