export interface RestartTimes {
  /** Before the first restart, in milliseconds; each further one waits twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
}
export const restartTimes: RestartTimes = { firstMs: 100, longestMs: 30_000 };

/**
 * How long to wait before what has ended is begun again. What has lived for as long as the longest pause is taken for well: its end is a new accident
 * and not the same one again.
 */
export function createRestarts({ firstMs, longestMs }: RestartTimes) {
  let nextMs = firstMs;
  return {
    /** In milliseconds, for what has lived so long. */
    pauseAfter(livedMs: number): number {
      const pauseMs = livedMs >= longestMs ? firstMs : nextMs;
      nextMs = Math.min(2 * pauseMs, longestMs);
      return pauseMs;
    },
  };
}
