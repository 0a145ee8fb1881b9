import type { ErrorDialect } from '../../../upstream/answer.ts';
import { paddleFlowErrors } from '../errors/errors.ts';
import { WireError } from '../wire/wire.ts';

/** The 5xx codes of the table in 1.7 that are worth repeating on a read. The others are permanent in spite of their status. */
const passing: ReadonlySet<string> = new Set([
  'InternalError',
  'IOOperationFailure',
  'FileSystemDataBaseError',
  'K8sOperatorError',
  'FuseClientError',
  'GetNamespaceFail',
]);

export const paddleFlowDialect: ErrorDialect = {
  errors: paddleFlowErrors,
  parse(body) {
    const words = WireError.safeParse(body);
    return words.success ? { code: words.data.code, message: words.data.message, requestId: words.data.requestID } : undefined;
  },
  retries(status, code) {
    if (code === '') return 1; // unclassified: once, says 1.7
    return passing.has(code) || status !== 500 ? 2 : 0;
  },
  /**
   * `""` is one row that does not decode, or a cluster that does not exist (2.7, 2.12): a healthy server, asked for a bad thing. A write that fails
   * in the server's own words is mostly about its object as well (`workflow ptr is lost`, an unreachable file system).
   */
  countsAgainstSource: (_status, code, write) => code !== '' && !write,
};
