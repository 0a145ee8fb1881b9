import { splitKey } from '../core/key.ts';

/**
 * Loads objects by keys with one call per source, whatever the number of keys. In the order of the keys, null where there is none (nor any
 * such source), and an error for the keys of a source that could not be asked: the others are answered all the same.
 */
export async function loadPerSource<T extends { readonly key: string }>(
  { sources }: { readonly sources: { has(name: string): boolean } },
  keys: readonly string[],
  load: (source: string, ids: string[]) => Promise<readonly T[]>,
): Promise<(T | Error | null)[]> {
  const known = keys.map(splitKey).filter(({ source }) => sources.has(source));
  const loaded = await Promise.all(
    [...Map.groupBy(known, ({ source }) => source)].map(async ([source, wanted]) => {
      const ids = [...new Set(wanted.map(({ id }) => id))];
      const answer = await load(source, ids).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
      return [source, answer] as const;
    }),
  );
  const answers = new Map(loaded);
  const found = new Map(
    [...answers.values()].flatMap((answer) => (answer instanceof Error ? [] : answer.map((item) => [item.key, item] as const))),
  );
  return keys.map((key) => {
    const answer = answers.get(splitKey(key).source);
    return answer instanceof Error ? answer : (found.get(key) ?? null);
  });
}
