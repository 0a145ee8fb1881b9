import { YamlError } from './characters.ts';
import type { YamlAlias, YamlMap, YamlNode } from './compose.ts';
import { keyNameOf, resolveScalar, ScalarError, type Resolved } from './scalar.ts';

/** What is under a key in the end. */
export interface Pair {
  readonly name: string;
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** By which it came here from another map. */
  readonly via: YamlAlias | undefined;
}
export interface Pairs {
  readonly pairs: ReadonlyMap<string, Pair>;
  /** Keys that are refused, and why. */
  readonly problems: readonly { readonly index: number; readonly message: string }[];
  /** Keys that stand in this very map for the second time, as they are written. go-yaml v3 refuses them, v2 takes the last one. */
  readonly repeated: readonly { readonly index: number; readonly name: string }[];
  /** Keys that are others in YAML and the same in JSON: which one counts is left to chance. */
  readonly mixed: readonly { readonly index: number; readonly name: string }[];
  /** Keys that are read as booleans and do not look like it. */
  readonly booleans: readonly { readonly index: number; readonly name: string; readonly text: string }[];
}

const isMerge = (key: YamlNode): boolean =>
  key.kind === 'scalar' && key.text === '<<' && (key.plain || key.tag === 'tag:yaml.org,2002:merge');

/** What an alias stands for in the end. */
export const targetOf = (node: YamlNode): Exclude<YamlNode, YamlAlias> => {
  let here = node;
  while (here.kind === 'alias') here = here.target;
  return here;
};

/**
 * The pairs of maps with merges resolved: what is said later counts, be it said by a merge. Each map is looked into once. Throws a `YamlError`
 * where a merge leads back to the map that it stands in.
 */
export class MapReader {
  readonly #known = new Map<YamlMap, Pairs>();
  readonly #within = new Set<YamlMap>();

  read(map: YamlMap, via?: YamlAlias): Pairs {
    const known = this.#known.get(map);
    if (known) return known;
    if (this.#within.has(map)) throw new YamlError(`anchor '${via?.name ?? ''}' value contains itself`, via?.index ?? map.index);
    this.#within.add(map);
    const result = this.#read(map);
    this.#within.delete(map);
    this.#known.set(map, result);
    return result;
  }

  #read(map: YamlMap): Pairs {
    const pairs = new Map<string, Pair>();
    const kinds = new Map<string, Resolved['kind']>();
    const written = new Set<string>();
    const result = { pairs, problems: [] as { index: number; message: string }[], repeated: [], mixed: [], booleans: [] } as Filling;
    for (const [key, value] of map.pairs) {
      const mark = key.kind === 'scalar' ? `text ${key.text}` : key.kind === 'alias' ? `alias ${key.name}` : key.kind;
      if (written.has(mark)) result.repeated.push({ index: key.index, name: key.kind === 'scalar' ? key.text : mark });
      written.add(mark);
      if (isMerge(key)) {
        this.#merge(value, pairs, result);
        continue;
      }
      const found = nameOf(key, result);
      if (found === undefined) continue;
      const { name, kind } = found;
      if (kinds.has(name) && kinds.get(name) !== kind) result.mixed.push({ index: key.index, name });
      kinds.set(name, kind);
      pairs.set(name, { name, key, value, via: undefined });
    }
    return result;
  }

  #merge(value: YamlNode, into: Map<string, Pair>, result: Filling): void {
    const list = value.kind === 'list' ? value.items.toReversed() : [value]; // what stands earlier in it counts
    for (const item of list) {
      const map = item.kind === 'alias' ? item.target : item;
      if (map.kind !== 'map') {
        result.problems.push({ index: item.index, message: 'Only maps can be merged' });
        continue;
      }
      const via = item.kind === 'alias' ? item : undefined;
      const merged = this.read(map, via);
      if (!via) result.problems.push(...merged.problems);
      if (!via) result.repeated.push(...merged.repeated);
      for (const pair of merged.pairs.values()) into.set(pair.name, via ? { ...pair, via } : pair);
    }
  }
}

type Filling = { -readonly [K in keyof Pairs]: Pairs[K] extends readonly (infer I)[] ? I[] : Pairs[K] };

function nameOf(key: YamlNode, { problems, booleans }: Filling): { readonly name: string; readonly kind: Resolved['kind'] } | undefined {
  const problem = (message: string) => void problems.push({ index: key.index, message });
  const scalar = targetOf(key);
  if (scalar.kind !== 'scalar') return problem('A key must be a text, not a map, a list or nothing');
  try {
    const resolved = resolveScalar(scalar);
    const name = keyNameOf(resolved);
    if (name === undefined) return problem(`A key must be a text, not ${resolved.kind === 'null' ? 'nothing' : 'a number of that size'}`);
    if (resolved.kind === 'bool' && name !== scalar.text) booleans.push({ index: key.index, name, text: scalar.text });
    return { name, kind: resolved.kind };
  } catch (error) {
    if (!(error instanceof ScalarError)) throw error;
    return problem(error.message);
  }
}
