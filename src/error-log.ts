import { withoutParams, withoutValues, type FailedQuery, isFailedQuery, isDatabaseError } from './redact/driver.ts';
import { redact } from './redact/redact.ts';

/** Deep enough for a driver's error inside the query's inside the resolver's. */
const maxDepth = 4;
/** Causes that are looked through for what must not be logged: an error that stands around them may repeat it. */
const searchedDepth = 32;
/** In characters. Stacks are mostly shorter, and a log is no place for what somebody wanted to store. */
const longestMessage = 2_000;
const longestStack = 8_000;

/** An error in the log. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly cause?: LoggedError | string;
}

/**
 * An error as the log gets it: what it says and where it came from, without secrets. Whatever else libraries hang on their errors stays out: `pg` adds
 * the whole client, with its password and the key that cancels its queries, and in `detail` and `where` the rows that did not fit.
 */
export function errorForLog(error: unknown): LoggedError | string {
  const failedQueries = [...chainOf(error)].filter(isFailedQuery);
  // A resolver's error copies the message and the stack of the query's, and a driver's may quote what it was given.
  return told(error, (text) => withoutParams(text, failedQueries), 0);
}

function told(error: unknown, strip: (text: string) => string, depth: number): LoggedError | string {
  const clean = (text: string) => redact(strip(text));
  if (!(error instanceof Error)) return typeof error === 'string' ? cut(clean(error), longestMessage) : `a thrown ${typeof error}`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const origin = originOf(error);
  const cause = origin === undefined || depth >= maxDepth ? undefined : told(origin, strip, depth + 1);
  const { message, stack } = isFailedQuery(error)
    ? withoutMessage(error)
    : isDatabaseError(error)
      ? retold(error, withoutValues(strip(error.message), error.code))
      : error;
  return {
    type: cut(clean(String(error.name)), 100),
    message: cut(clean(message), longestMessage),
    ...(stack !== undefined && { stack: cut(clean(stack), longestStack) }),
    ...(code && { code: cut(clean(code), 100) }),
    ...(cause !== undefined && { cause }),
  };
}

const cut = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`);

const originOf = (error: Error): unknown => ('originalError' in error && error.originalError ? error.originalError : error.cause);

function* chainOf(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < searchedDepth; depth += 1) {
    yield current;
    current = originOf(current);
  }
}

interface Texts {
  readonly message: string;
  readonly stack: string | undefined;
}

/** A stack begins with the message; one that tells something else may hold anything. */
function retold({ message, stack = '' }: Error, instead: string): Texts {
  const at = stack.indexOf(message);
  return { message: instead, stack: at < 0 ? undefined : `${stack.slice(0, at)}${instead}${stack.slice(at + message.length)}` };
}

const withoutMessage = (error: FailedQuery): Texts => retold(error, failedQuery(error.query));
const failedQuery = (query: string) => `Failed query: ${query}`;
