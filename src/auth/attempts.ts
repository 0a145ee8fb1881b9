export interface AttemptLimits {
  /** So many wrong passwords in a row, then one for each pause. */
  readonly burst: number;
  readonly pauseMs: number;
}

const remembered = 10_000;

/** Slows down who guesses passwords: a bucket of attempts per account, in this process. Passwords are not looked at, let alone kept. */
export function createAttempts({ burst, pauseMs }: AttemptLimits = { burst: 5, pauseMs: 12_000 }) {
  /** When the bucket will be full again, in milliseconds of `performance.now()`. */
  const fullAt = new Map<string, number>();
  const waitOf = (account: string, now: number) => (fullAt.get(account) ?? 0) - now - (burst - 1) * pauseMs;

  return {
    /** Counts an attempt, before it is made: many at once count as well. How long to wait instead, in milliseconds; 0: go on. */
    begin(account: string): number {
      const now = performance.now();
      const wait = waitOf(account, now);
      if (wait > 0) return wait;
      const until = Math.max(fullAt.get(account) ?? 0, now) + pauseMs;
      fullAt.delete(account);
      fullAt.set(account, until);
      for (const [other, full] of fullAt) {
        if (full > now && fullAt.size <= remembered) break;
        fullAt.delete(other);
      }
      return 0;
    },
    /** The password was right, or nobody could tell: that attempt did not count. */
    forgive(account: string): void {
      const until = (fullAt.get(account) ?? 0) - pauseMs;
      if (until > performance.now()) fullAt.set(account, until);
      else fullAt.delete(account);
    },
  };
}
export type Attempts = ReturnType<typeof createAttempts>;
