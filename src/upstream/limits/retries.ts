export interface RetryOptions {
  /** Upper end of the first pause, in milliseconds; the next ones double. Default 200. */
  readonly baseMs?: number | undefined;
  /** Default 2000. */
  readonly maxMs?: number | undefined;
  /** Retries that may be done in a burst. Default 10. */
  readonly burst?: number | undefined;
  /** Retries earned with each first attempt: 0.1 means that a source that is down gets a tenth more load at most. Default 0.1. */
  readonly perRequest?: number | undefined;
  /** From 0 to 1. */
  readonly random?: (() => number) | undefined;
}

/** One source's allowance: with many callers at once, each one's own restraint would still hammer a source that just comes back. */
export interface Retries {
  /** To be told of every first attempt. */
  earn(): void;
  /** The pause in milliseconds before retry number `retry` (from 1), or undefined: none is left. `atLeastMs` from `Retry-After`. */
  spend(retry: number, atLeastMs?: number): number | undefined;
}

export function createRetries(options: RetryOptions = {}): Retries {
  const { baseMs = 200, maxMs = 2000, burst = 10, perRequest = 0.1, random = Math.random } = options;
  let allowance = burst;
  return {
    earn() {
      allowance = Math.min(burst, allowance + perRequest);
    },
    spend(retry, atLeastMs = 0) {
      if (allowance < 1) return undefined;
      allowance -= 1;
      const span = Math.min(maxMs, baseMs * 2 ** (retry - 1));
      return atLeastMs + span * (0.5 + random() / 2); // jitter also after `Retry-After`: everybody was told the same second
    },
  };
}
