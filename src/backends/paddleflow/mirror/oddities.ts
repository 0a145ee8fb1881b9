/** A run that makes no sense time and again is left alone no longer than this, in milliseconds. */
const maxPauseMs = 60_000;

interface Oddity {
  readonly looks: number;
  readonly until: number;
}

/** Runs whose answers make no sense: each is left alone for a while, longer with every look, and none keeps others from being read. */
export function createOddities(firstPauseMs: number) {
  const odd = new Map<number, Oddity>();
  return {
    /** True: for the first time of late, so it is worth a complaint. */
    met(ordinal: number): boolean {
      const looks = (odd.get(ordinal)?.looks ?? 0) + 1;
      odd.set(ordinal, { looks, until: performance.now() + Math.min(maxPauseMs, firstPauseMs * 2 ** (looks - 1)) });
      return looks === 1;
    },
    madeSense: (ordinal: number): void => void odd.delete(ordinal),
    /** Those to be left alone now. Who has not been odd for long is forgotten. */
    resting(): Set<number> {
      const now = performance.now();
      for (const [ordinal, { until }] of odd) if (now > until + maxPauseMs) odd.delete(ordinal);
      return new Set([...odd].flatMap(([ordinal, { until }]) => (until > now ? [ordinal] : [])));
    },
  };
}
