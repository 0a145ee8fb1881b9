import { setTimeout as delay } from 'node:timers/promises';

/** How long a refusal waits, in milliseconds. */
const refusalMs = 1_000;

/**
 * To be waited for before a refusal is answered: a crowd that is refused at once asks again at once, and the loop would be busy with nothing else. Who
 * leaves meanwhile is not waited for.
 */
export const beforeRefusal = (signal?: AbortSignal): Promise<void> => delay(refusalMs, undefined, { signal, ref: false }).catch(() => {});

/** Too much is under way or waiting already: nothing was begun. graphql-js copies `extensions` onto the error that clients get; `http` stays with our own HTTP layer. */
export class BusyError extends Error {
  override name = 'BusyError';
  readonly extensions: {
    readonly code: 'TOO_MANY_OPERATIONS';
    /** Whole seconds after which it is worth to try again. */
    readonly retryAfterSeconds: number;
    readonly http: { readonly status: 429; readonly headers: Record<string, string> };
  };
  constructor(message: string, retryAfterSeconds = 1) {
    super(message);
    const headers = { 'Retry-After': String(retryAfterSeconds) };
    this.extensions = { code: 'TOO_MANY_OPERATIONS', retryAfterSeconds, http: { status: 429, headers } };
  }
}
