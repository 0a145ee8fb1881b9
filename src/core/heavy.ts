import { createTurns } from './turns.ts';

/** Work that keeps the loop busy: who it is for, undefined for the process itself, and what is done. Rejects with `BusyError` when too much of it waits. */
export type HeavyWork = <T>(key: string | undefined, work: () => T) => Promise<T>;

/** Whatever takes less is not worth a pause. In milliseconds. */
const lightMs = 2;
const longestPauseMs = 250;

/**
 * Such as reading a long workflow, which takes a tenth of a second: one piece at a time, by turns to all who ask. After each the loop is free for
 * as long as that took, so however much is asked for at once, everybody else comes to their turn in between.
 */
export function createHeavyWork(): HeavyWork {
  const turns = createTurns({ atOnce: 1, perKey: 1, waitingPerKey: 200, waiting: 2_000 });
  return async (key, work) => {
    const giveBack = await turns.take(key);
    const began = performance.now();
    try {
      return work();
    } finally {
      const took = performance.now() - began;
      if (took < lightMs) setImmediate(giveBack);
      else setTimeout(giveBack, Math.min(took, longestPauseMs));
    }
  };
}
