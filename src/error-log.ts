/** Deep enough for a driver's error inside the query's inside the resolver's. */
const maxDepth = 4;

/**
 * An error as the log gets it: what it says and where it came from. Whatever else libraries hang on their errors stays out, as it may
 * be a secret: `pg` adds the whole client, with its password and the key that cancels its queries.
 */
export function errorForLog(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : `a thrown ${typeof error}`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const origin = 'originalError' in error ? error.originalError : error.cause;
  const cause = origin === undefined || depth >= maxDepth ? undefined : errorForLog(origin, depth + 1);
  return { type: error.name, message: error.message, stack: error.stack, ...(code && { code }), ...(cause !== undefined && { cause }) };
}
