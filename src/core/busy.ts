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
