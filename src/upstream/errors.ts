import { redact, repeats } from '../redact/redact.ts';

/**
 * What went wrong between us and an upstream. Code branches on this word and on `code`, never on a message.
 * - `rejected`: it understood and said no, in its own error format (`status` 4xx, usually `code`)
 * - `unauthenticated`: it does not accept our own account, and the caller can do nothing about that; or, with `sessionEnded`, no longer
 *   accepts the token of a signed-in user, who has to sign in again
 * - `unavailable`: it, or a proxy in front of it, answered 5xx, 429 or 408
 * - `refused`: no connection came about, so nothing was sent
 * - `cut`: the connection ended before the answer was complete
 * - `timeout`: the time budget was used up, waiting for a free slot included
 * - `garbage`: it answered something that is not its protocol: HTML, an empty body, another shape, a proxy's own 404
 * - `busy`: not sent, because too many calls of the same caller, or of all, wait for a slot already; nothing is wrong with the source
 * - `circuit-open`: not sent, because the source has been failing; it is tried again shortly
 * - `aborted`: the caller left, or the client was closed; not a failure of the source
 */
export type UpstreamFault =
  | 'rejected'
  | 'unauthenticated'
  | 'unavailable'
  | 'refused'
  | 'cut'
  | 'timeout'
  | 'garbage'
  | 'busy'
  | 'circuit-open'
  | 'aborted';

/** What a refusal means for whoever asked, in words of ours. */
export interface Meaning {
  /**
   * - `missing`: what it was about is not there · `forbidden`: it is there, and this account may not · `conflict`: its present state does not allow it
   * - `invalid`: what was sent will never be accepted as it is · `bad-cursor`: the same, of a place in a list
   * - `rejected`: neither is known to be to blame
   */
  readonly kind: 'missing' | 'forbidden' | 'conflict' | 'invalid' | 'bad-cursor' | 'rejected';
  /** Continues "<the thing>: …". */
  readonly words: string;
  /** The field of an input that it can only be about. */
  readonly field?: string | undefined;
}

/** One backend's codes, and what they mean; undefined for one that its contract does not have. Some codes mean different things of different calls. */
export type ErrorMap = (refusal: Pick<UpstreamError, 'code' | 'status' | 'operation' | 'upstreamMessage'>) => Meaning | undefined;

export interface UpstreamErrorDetails {
  readonly source: string;
  /** Method and path below the API's base, without the query: `GET /run/run-000012`. */
  readonly operation: string;
  readonly fault: UpstreamFault;
  readonly status?: number | undefined;
  /** The upstream's own code. Some have an empty one, for failures of which they know no more. */
  readonly code?: string | undefined;
  /** The upstream's own text, cleaned and cut to a bearable length. For people; never branch on it. */
  readonly upstreamMessage?: string | undefined;
  /** As sent by us and echoed by the upstream: finds the call in its log. */
  readonly requestId?: string | undefined;
  /** A write that may have happened although no proper answer came: look before repeating it. */
  readonly outcomeUnknown?: boolean | undefined;
  /** The system's or OpenSSL's code of a connection that did not come about or broke, such as `ECONNREFUSED`. */
  readonly systemCode?: string | undefined;
  /** How long the upstream asked to be left alone, from `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
  /** With `unauthenticated`: it was a signed-in user's token, not our own account. */
  readonly sessionEnded?: boolean | undefined;
  /** Of the backend that has refused. */
  readonly errors?: ErrorMap | undefined;
}

/**
 * Carries no header, no body, no value out of a body (the upstream's own error text apart) and no `cause`: parsers keep raw bytes in theirs. All of its
 * texts are cleaned of secrets here, so whoever passes them on need not think of it.
 */
export class UpstreamError extends Error {
  readonly source: string;
  readonly operation: string;
  readonly fault: UpstreamFault;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly upstreamMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly outcomeUnknown: boolean;
  readonly systemCode: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly sessionEnded: boolean;
  /** The upstream's text as it came, for `repeats` only. */
  readonly #said: string;
  readonly #errors: ErrorMap | undefined;

  /** `detail` continues "source: operation …" in the message, and must be free of values from bodies. */
  constructor(details: UpstreamErrorDetails, detail: string) {
    super(redact(`${details.source}: ${details.operation} ${detail}`));
    this.name = 'UpstreamError';
    this.source = details.source;
    this.operation = details.operation;
    this.fault = details.fault;
    this.status = details.status;
    this.#said = details.upstreamMessage ?? '';
    this.code = details.code === undefined ? undefined : redact(details.code).slice(0, 100);
    this.upstreamMessage =
      details.upstreamMessage === undefined ? undefined : redact(details.upstreamMessage).slice(0, 2000).toWellFormed();
    this.requestId = details.requestId === undefined ? undefined : redact(details.requestId).slice(0, 200);
    this.outcomeUnknown = details.outcomeUnknown ?? false;
    this.systemCode = details.systemCode;
    this.retryAfterMs = details.retryAfterMs;
    this.sessionEnded = details.sessionEnded ?? false;
    this.#errors = details.errors;
  }

  /** Undefined: it did not refuse with a code that its contract has. */
  get meaning(): Meaning | undefined {
    return this.#errors?.(this);
  }

  /** Whether the upstream's text, as it came, has one of these in it, in whatever form. */
  repeats(secrets: readonly string[]): boolean {
    const said = this.#said;
    return secrets.some((secret) => said.includes(secret) || said.includes(JSON.stringify(secret).slice(1, -1))) || repeats(said, secrets);
  }

  /** The same failure, told by somebody who knows more about it. `detail` as for the constructor; default: as it was. */
  restated(changes: Partial<UpstreamErrorDetails>, detail?: string): UpstreamError {
    const { source, operation, fault, status, code, upstreamMessage, requestId, outcomeUnknown, systemCode, retryAfterMs, sessionEnded } =
      this;
    const known = {
      source,
      operation,
      fault,
      status,
      code,
      upstreamMessage,
      requestId,
      outcomeUnknown,
      systemCode,
      retryAfterMs,
      sessionEnded,
      errors: this.#errors,
    };
    return new UpstreamError({ ...known, ...changes }, detail ?? this.message.slice(`${source}: ${operation} `.length));
  }
}

/** Refused by ourselves before anything was sent, since the upstream would crash on it or skip authentication. */
export class InvalidCallError extends Error {
  readonly fault = 'invalid';
  readonly field: string;
  /** The argument of the graph's lists that it stands for; by default it has the same name. */
  readonly argument: string;

  constructor(field: string, reason: string, argument = field) {
    super(`${field} ${reason}`);
    this.name = 'InvalidCallError';
    this.field = field;
    this.argument = argument;
  }
}
