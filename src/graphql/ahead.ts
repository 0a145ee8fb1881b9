import type { Context } from '../context.ts';
import { loadPerSource } from './per-source.ts';

/**
 * What lists have loaded for the fields below them, so that these answer without a promise each. By the context's identity: each event of a
 * subscription has a context of its own, and must not be answered from what the last one loaded.
 */
const shelves = new WeakMap<Context, Map<string, unknown>>();
function of(context: Context): Map<string, unknown> {
  const loaded = shelves.get(context) ?? new Map<string, unknown>();
  shelves.set(context, loaded);
  return loaded;
}

/** One kind of object that can be loaded ahead. Made once for each type of the graph. */
export interface Shelf<T> {
  /** The object, null when it is known not to be there, undefined when nobody has looked. Throws what looking for it has met. */
  get(context: Context, key: string): T | null | undefined;
  set(context: Context, key: string, value: T | Error | null): void;
  /** For a field of a loadable type: what was loaded ahead, else the key, which the type's own loader takes. */
  orKey(context: Context, key: string): T | string | null;
}

export function createShelf<T>(type: string): Shelf<T> {
  const slot = (key: string) => `${type}:${key}`;
  const get: Shelf<T>['get'] = (context, key) => {
    const value = of(context).get(slot(key));
    if (value instanceof Error) throw value;
    return value as T | null | undefined; // `set` of this shelf is the only writer
  };
  return {
    get,
    set: (context, key, value) => void of(context).set(slot(key), value),
    orKey: (context, key) => {
      const value = get(context, key);
      return value === undefined ? key : value;
    },
  };
}

/** Puts objects on a shelf with one call per source. A source that cannot be asked is not asked again: its error waits for the fields. Returns what was found. */
export async function loadAhead<T extends { readonly key: string }>(
  shelf: Shelf<T>,
  context: Context,
  keys: readonly string[],
  load: (source: string, ids: string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const wanted = [...new Set(keys)];
  const items = await loadPerSource(context, wanted, load);
  wanted.forEach((key, index) => shelf.set(context, key, items[index] ?? null));
  return items.flatMap((item) => (item === null || item instanceof Error ? [] : [item]));
}
