import type { Place } from './issue.ts';

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
  /** `undefined`: it has none that could be written as JSON, and an issue says so. A `bigint` has more digits than a number holds. */
  readonly value: string | number | bigint | boolean | null | undefined;
}
export interface Entry {
  readonly name: string;
  /** Of the key. */
  readonly at: Place;
  readonly value: Value;
}

/** Without the places. A number with more digits than JSON numbers hold safely is given as text: rounded it would be another one. */
export function plainOf(value: Value): unknown {
  if (value.kind === 'list') return value.items.map(plainOf);
  if (value.kind === 'map') return Object.fromEntries([...value.entries.values()].map((entry) => [entry.name, plainOf(entry.value)]));
  return typeof value.value === 'bigint' ? String(value.value) : (value.value ?? null);
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
