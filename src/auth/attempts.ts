import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { BusyError } from '../core/busy.ts';

/** One that is about to be made. */
export interface Guess {
  /** Whose password: unlike any other account of any source. */
  readonly account: string;
  /** Where from, see `networkOf`. */
  readonly network: string;
  /** It comes with an earlier session of that account, so from somebody who once knew the password. */
  readonly known: boolean;
}

export interface Attempts {
  /**
   * Counts an attempt before it is made, as many at once count as well. Instead of going on, wait so many seconds; or go on, and `forgive` when the
   * password was right or nobody could tell. `succeeded`: this account is at home in that network from now on.
   */
  begin(guess: Guess): Promise<{ readonly wait: number } | Attempt>;
  close(): void;
}
export interface Attempt {
  readonly wait?: undefined;
  succeeded(): Promise<void>;
  forgive(): Promise<void>;
}

export interface AttemptsOptions {
  /** What all gateways count in, so that there are no more guesses with more of them: `query` of `pg`. */
  readonly store: { query(text: string, values: unknown[]): Promise<unknown> };
  /** Names of users are no secrets, but a password typed into the wrong box is one: they are stored under this key. */
  readonly key: Uint8Array;
  readonly logError: (error: unknown) => void;
}

/** How many wrong passwords, in how many seconds. */
const limits = {
  /** From one network, whoever they are for. */
  network: { points: 50, duration: 600 },
  /** From one network for one account. */
  pair: { points: 5, duration: 60 },
  /** For one account, from all networks together in which it is not at home. */
  account: { points: 30, duration: 3600 },
  /** Once those are used up, from each such network: so whoever besieges an account slows down the others that are not known, and locks out nobody. */
  besieged: { points: 1, duration: 600 },
};
const homeSeconds = 90 * 24 * 3600;
const tidyEveryMs = 300_000;

type Step = readonly [limiter: RateLimiterAbstract, key: string];

/**
 * Slows down who guesses passwords, on all gateways together, without locking out whose passwords they are: the owner comes from somewhere else than the
 * stranger, from where they were before, or with the token of an earlier session. Passwords are not looked at, let alone kept. While Postgres cannot be
 * asked, each process counts for itself.
 */
export function createAttempts({ store, key: secret, logError }: AttemptsOptions): Attempts {
  const client = {
    /** Without names for the statements: poolers lose those. */
    query: ({ text, values }: { text: string; values: unknown[] }) =>
      store.query(text, values).catch((error: unknown) => {
        // Else a crowd would be counted by each process for itself, and so get more guesses.
        throw error instanceof BusyError ? new RateLimiterRes(0, error.extensions.retryAfterSeconds * 1000) : error;
      }),
  };
  const limiterOf = (name: string, { points, duration }: { points: number; duration: number }, { insured = true } = {}) =>
    new RateLimiterPostgres({
      storeClient: client,
      storeType: 'pool',
      tableName: 'attempt',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points,
      duration,
      inMemoryBlockOnConsumed: 2 * points, // who goes on and on is not even counted
      ...(insured && { insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration }) }),
    });
  const network = limiterOf('network', limits.network);
  const pair = limiterOf('pair', limits.pair);
  const account = limiterOf('account', limits.account);
  const besieged = limiterOf('besieged', limits.besieged);
  const home = limiterOf('home', { points: 1, duration: homeSeconds }, { insured: false });
  const tidy = () => void store.query('delete from attempt where expire < $1', [Date.now()]).catch(logError);
  const tidying = setInterval(tidy, tidyEveryMs).unref();

  const keyOf = (...parts: readonly string[]) => createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url');

  async function isHome(key: string): Promise<boolean> {
    const found = await home.get(key).catch((error: unknown) => whenOver(error, (over) => Promise.reject(over), logError));
    return found instanceof RateLimiterRes;
  }
  const takeBack = async (steps: readonly Step[]): Promise<void> => {
    await Promise.all(steps.map(([limiter, key]) => limiter.reward(key).catch(logError)));
  };

  return {
    async begin(guess) {
      const here = keyOf(guess.account, guess.network);
      const taken: Step[] = [];
      const take = async (limiter: RateLimiterAbstract, key: string): Promise<void> => {
        await limiter.consume(key);
        taken.push([limiter, key]);
      };
      try {
        if (guess.known) await take(pair, keyOf(guess.account));
        else {
          await take(network, keyOf(guess.network));
          await take(pair, here);
          if (!(await isHome(here))) await take(account, keyOf(guess.account)).catch((over) => whenOver(over, () => take(besieged, here)));
        }
      } catch (refusal) {
        await takeBack(taken); // nothing was tried
        return whenOver(refusal, ({ msBeforeNext }) => ({ wait: Math.max(1, Math.ceil(msBeforeNext / 1000)) }));
      }
      return {
        forgive: () => takeBack(taken),
        async succeeded() {
          await Promise.all([takeBack(taken), home.set(here, 1, homeSeconds).catch(logError)]);
        },
      };
    },
    close: () => clearInterval(tidying),
  };
}

/** A limit that is reached is thrown as the library's plain object. */
function whenOver<T, U = never>(thrown: unknown, then: (over: RateLimiterRes) => T, otherwise: (error: unknown) => U = rethrow): T | U {
  return thrown instanceof RateLimiterRes ? then(thrown) : otherwise(thrown);
}
const rethrow = (error: unknown): never => {
  throw error;
};
