import { InvalidCallError, UpstreamError } from '../upstream/errors.ts';

/** What a client can be told and act on: a member of the result unions. Thrown by Sources. */
export abstract class Problem extends Error {}

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
  constructor(message: string, field: string | null = null) {
    super(message);
    this.field = field;
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
/** The write was sent and no proper answer came: it may have happened. */
export class UnconfirmedProblem extends Problem {
  override name = 'UnconfirmedProblem';
}

/** A source that cannot be asked now. graphql-js copies `extensions` onto the error that clients get. */
export class OutageError extends Error {
  override name = 'OutageError';
  readonly extensions: { readonly code: 'UPSTREAM_UNAVAILABLE'; readonly source: string; readonly fault: string };
  constructor(source: string, fault: string) {
    super(`${source} cannot be reached at the moment`);
    this.extensions = { code: 'UPSTREAM_UNAVAILABLE', source, fault };
  }
}

/** Input that no schema check caught, such as a cursor of another stream. */
export class BadInputError extends Error {
  override name = 'BadInputError';
  readonly extensions = { code: 'BAD_USER_INPUT' };
}

/** By code, as PaddleFlow's statuses say little: what is missing often comes as 400 (contract 1.7). */
const codes: readonly [RegExp, (message: string) => Problem][] = [
  [/NotFound$|^UserNotExist$|^FileSystemNotExist$|^LinkNotExist$/, (message) => new NotFoundProblem(message)],
  [/^AccessDenied$|^OnlyRootAllowed$|^AuthIllegalUser$/, (message) => new ForbiddenProblem(message)],
  [/^ActionNotAllowed$|InUse$|Duplicated|AlreadyExist$|^DuplicatedName$|Busy$/, (message) => new ConflictProblem(message)],
  [/^Invalid(?!Marker)|^Malformed|^Inappropriate|^Decode base64$|FieldEmpty$|^ReadYamlFileFailed$/, (message) => new InvalidInputProblem(message)],
];

/** What became of a call, in the terms of the graph: a problem to hand to the client, or an outage. Anything else is a bug and stays as it is. */
export function problemOf(error: unknown, about: string): unknown {
  if (error instanceof InvalidCallError) return new InvalidInputProblem(error.message, error.field);
  if (!(error instanceof UpstreamError)) return error;
  const { code = '', upstreamMessage, requestId, source, fault } = error;
  // With a code of its own the server has said what went wrong, even where it calls that an internal error.
  if (error.outcomeUnknown && code !== '') return new UpstreamRejectedProblem(`${about}: ${upstreamMessage || code}`, code, requestId ?? null);
  if (error.outcomeUnknown) return new UnconfirmedProblem(`${about}: the answer was lost, so it may have happened. Look before you repeat it.`);
  if (fault !== 'rejected') return fault === 'aborted' ? error : new OutageError(source, fault);
  const message = `${about}: ${upstreamMessage || code || error.message}`;
  const known = codes.find(([pattern]) => pattern.test(code));
  return known ? known[1](message) : new UpstreamRejectedProblem(message, code, requestId ?? null);
}

/** For reads that are not part of a result union: an outage names its source, everything else is as it was. */
export const outageOf = (error: unknown): unknown =>
  error instanceof UpstreamError && error.fault !== 'aborted' ? new OutageError(error.source, error.fault) : error;
