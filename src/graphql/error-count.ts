import { GraphQLError } from 'graphql';
import type { ExecutionResult } from 'graphql';

/** One backend that fails may fail each row of a page, in each field that asks it. */
const most = 500;

/** With so many errors at most, and one that says how many more there were. */
export function withFewErrors<Result extends ExecutionResult>(result: Result): Result {
  const { errors = [] } = result;
  if (errors.length <= most) return result;
  const rest = `${(errors.length - most).toLocaleString('en')} further errors are left out`;
  return { ...result, errors: [...errors.slice(0, most), new GraphQLError(rest, { extensions: { code: 'ERRORS_LEFT_OUT' } })] };
}
