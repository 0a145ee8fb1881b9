import { UnauthenticatedError } from '../auth/unauthenticated.ts';
import { BusyError } from '../core/busy.ts';
import { redact } from '../redact/redact.ts';
import { InvalidCallError, UpstreamError, type UpstreamFault } from '../upstream/errors.ts';
import type { Issue } from './issue.ts';

/** What a client can be told and act on: a member of the result unions. Thrown by Sources. Its message, whoever's words it repeats, holds no secrets. */
export abstract class Problem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(redact(message), options);
  }
}

export class NotFoundProblem extends Problem {
  override name = 'NotFoundProblem';
}
export class ForbiddenProblem extends Problem {
  override name = 'ForbiddenProblem';
}
export class ConflictProblem extends Problem {
  override name = 'ConflictProblem';
}
export class InvalidInputProblem extends Problem {
  override name = 'InvalidInputProblem';
  /** Path of the input field at fault, where one is. */
  readonly field: string | null;
  /** Where in that field, when it is the YAML of a workflow. */
  readonly issues: readonly Issue[];
  constructor(message: string, field: string | null = null, issues: readonly Issue[] = []) {
    super(message);
    this.field = field;
    this.issues = issues;
  }
}
export class UpstreamRejectedProblem extends Problem {
  override name = 'UpstreamRejectedProblem';
  readonly code: string;
  readonly requestId: string | null;
  constructor(message: string, code: string, requestId: string | null) {
    super(message);
    this.code = code;
    this.requestId = requestId;
  }
}
/** Unknown user or wrong password: which of the two is nobody's business. */
export class InvalidCredentialsProblem extends Problem {
  override name = 'InvalidCredentialsProblem';
}
/** Too many attempts; nothing was asked of the backend. */
export class RateLimitedProblem extends Problem {
  override name = 'RateLimitedProblem';
  /** Whole seconds. */
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
/** The server is of a version that has no such call. */
export class NotSupportedProblem extends Problem {
  override name = 'NotSupportedProblem';
}
/** A piece of work in the graph: its type, and the key that its id holds. */
export interface WorkReference {
  readonly type: string;
  readonly key: string;
}

/** The write was sent and no proper answer came: it may have happened. */
export class UnconfirmedProblem extends Problem {
  override name = 'UnconfirmedProblem';
  /** The work that it was about or has made, where that is known. */
  readonly work: WorkReference | null;
  /** When the same request with its idempotency key is worth asking again; null: it had none. */
  readonly retryAfterSeconds: number | null;
  /** `cause`: what has failed after the write was accepted. Clients never see it. */
  constructor(
    message: string,
    work: WorkReference | null = null,
    { retryAfterSeconds = null, ...options }: ErrorOptions & { readonly retryAfterSeconds?: number | null } = {},
  ) {
    super(message, options);
    this.work = work;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A source that cannot be asked now, or will not answer. graphql-js copies `extensions` onto the error that clients get. */
export class OutageError extends Error {
  override name = 'OutageError';
  readonly extensions: {
    readonly code: 'UPSTREAM_UNAVAILABLE';
    readonly source: string;
    readonly fault: UpstreamFault;
    readonly upstreamCode?: string;
  };
  constructor({ source, fault, code }: Pick<UpstreamError, 'source' | 'fault' | 'code'>) {
    super(`${source} ${whatItDoes[fault] ?? 'cannot be reached at the moment'}`);
    this.extensions = { code: 'UPSTREAM_UNAVAILABLE', source, fault, ...(code && { upstreamCode: code }) };
  }
}
const whatItDoes: Partial<Record<UpstreamFault, string>> = {
  rejected: 'refuses to answer this',
  unauthenticated: "does not accept the gateway's account",
  unavailable: 'has failed to answer',
  timeout: 'has not answered in time',
  garbage: 'answered in a way that cannot be understood',
};

/** A read that this viewer may not do at all. For mutations there is `ForbiddenProblem`. */
export class ForbiddenError extends Error {
  override name = 'ForbiddenError';
  readonly extensions = { code: 'FORBIDDEN' };
}

/** Input that no schema check caught, such as a cursor of another stream. */
export class BadInputError extends Error {
  override name = 'BadInputError';
  readonly extensions = { code: 'BAD_USER_INPUT' };
}

/** Something that a client is told as it is: a problem, or an error with a code. Anything else is a failure of ours. */
export function isForClients(error: unknown): boolean {
  const told = outageOf(error);
  return told instanceof Problem || (told instanceof Error && 'extensions' in told);
}

function problemOfRefusal(error: UpstreamError, about: string): Problem {
  const { code = '', upstreamMessage = '', requestId = null, meaning } = error;
  if (meaning === undefined) return new UpstreamRejectedProblem(`${about}: ${unknownWords(code, upstreamMessage)}`, code, requestId);
  const message = `${about}: ${meaning.words}`;
  switch (meaning.kind) {
    case 'missing':
      return new NotFoundProblem(message);
    case 'forbidden':
      return new ForbiddenProblem(message);
    case 'conflict':
      return new ConflictProblem(message);
    case 'rejected':
      return new UpstreamRejectedProblem(message, code, requestId);
    case 'invalid':
    case 'bad-cursor':
      return new InvalidInputProblem(message, meaning.field);
  }
}

/** In characters. */
const mostRepeated = 300;
/** Of what no contract knows, the backend's own text is all there is: cut short, and told as what it is. It has no secrets (`UpstreamError`). */
function unknownWords(code: string, text: string): string {
  if (text === '') return code === '' ? 'the backend refused without a word' : `the backend refused with the code ${code}`;
  const cut = text.length > mostRepeated ? `${text.slice(0, mostRepeated).toWellFormed()}…` : text;
  return `the backend refused, in words of its own: ${JSON.stringify(cut)}`;
}

/** What became of a write, in the terms of the graph: a problem to hand to the client, or an outage. Anything else is a bug and stays as it is. */
export function problemOf(error: unknown, about: string): unknown {
  if (error instanceof InvalidCallError) return new InvalidInputProblem(error.message, error.field);
  if (!(error instanceof UpstreamError)) return error;
  if (error.sessionEnded) return new UnauthenticatedError('SESSION_ENDED');
  const { code = '', fault } = error;
  // With a code of its own the server has said what went wrong, even where it calls that an internal error.
  if (error.outcomeUnknown && code === '')
    return new UnconfirmedProblem(`${about}: the answer was lost, so it may have happened. Look before you repeat it.`);
  if (error.outcomeUnknown || fault === 'rejected') return problemOfRefusal(error, about);
  if (fault === 'busy') return busy(error);
  return fault === 'aborted' ? error : new OutageError(error);
}

const busy = ({ source }: UpstreamError) => new BusyError(`Too many calls wait for ${source} already: try again later`);

/** For reads, which are not part of a result union: an outage names its source, an argument that must not be sent is bad input, everything else is as it was. */
export function outageOf(error: unknown): unknown {
  if (error instanceof InvalidCallError) return new BadInputError(`${error.argument}${error.message.slice(error.field.length)}`);
  if (!(error instanceof UpstreamError) || error.fault === 'aborted') return error;
  if (error.sessionEnded) return new UnauthenticatedError('SESSION_ENDED');
  if (error.fault === 'busy') return busy(error);
  const refusal = error.fault === 'rejected' ? error.meaning?.kind : undefined;
  if (error.meaning?.kind === 'bad-cursor') return new BadInputError('Not a cursor of this list');
  return refusal === 'forbidden' ? new ForbiddenError(`${error.source} does not show this to you`) : new OutageError(error);
}

/** A read that this viewer may not do, whoever says so. */
export const isForbidden = (error: unknown): boolean => outageOf(error) instanceof ForbiddenError;

/** A read that failed because its source cannot be asked now, or will not answer. */
export const isOutage = (error: unknown): boolean => outageOf(error) instanceof OutageError;
