/** Deep enough for a driver's error inside the query's inside the resolver's. */
const maxDepth = 4;
/** Causes that are looked through for what must not be logged: an error that stands around them may repeat it. */
const searchedDepth = 32;

/**
 * An error as the log gets it: what it says and where it came from. Whatever else libraries hang on their errors stays out, as it may
 * be a secret: `pg` adds the whole client, with its password and the key that cancels its queries.
 */
export function errorForLog(error: unknown): unknown {
  const failedQueries = [...chainOf(error)].filter(isFailedQuery);
  // A resolver's error copies the message and the stack of the query's, so every text of the chain is cleaned of it.
  const clean = (text: string) => failedQueries.reduce((left, { message, query }) => left.replaceAll(message, () => failed(query)), text);
  return told(error, clean, 0);
}

function told(error: unknown, clean: (text: string) => string, depth: number): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? clean(error) : `a thrown ${typeof error}`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const origin = originOf(error);
  const cause = origin === undefined || depth >= maxDepth ? undefined : told(origin, clean, depth + 1);
  const { message, stack } = isFailedQuery(error) ? withoutParams(error) : error;
  return {
    type: error.name,
    message: clean(message),
    ...(stack !== undefined && { stack: clean(stack) }),
    ...(code && { code }),
    ...(cause !== undefined && { cause }),
  };
}

const originOf = (error: Error): unknown => ('originalError' in error && error.originalError ? error.originalError : error.cause);

function* chainOf(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < searchedDepth; depth += 1) {
    yield current;
    current = originOf(current);
  }
}

/** What Drizzle throws. Its message has every parameter: pipelines, environments of steps, lines of their logs. */
interface FailedQuery extends Error {
  readonly query: string;
}
const isFailedQuery = (error: Error): error is FailedQuery => 'query' in error && typeof error.query === 'string' && 'params' in error;
const failed = (query: string) => `Failed query: ${query}`;

function withoutParams({ message, stack = '', query }: FailedQuery): { message: string; stack: string | undefined } {
  const at = stack.indexOf(message);
  // A stack that tells something else than the message may hold anything.
  return { message: failed(query), stack: at < 0 ? undefined : `${stack.slice(0, at)}${failed(query)}${stack.slice(at + message.length)}` };
}
