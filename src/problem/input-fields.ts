import { InvalidCallError, UpstreamError } from '../upstream/errors.ts';
import { InvalidInputProblem, problemOf } from './problem.ts';

/**
 * Names the field of an input as the graph has it. `names`: by the backend's name of the field, for what is refused before it is sent, or by the
 * backend's code, for what it refuses itself.
 */
export async function namingFields<T>(names: Readonly<Record<string, string>>, about: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidCallError)
      throw new InvalidInputProblem(error.message.slice(error.field.length + 1), names[error.field] ?? error.field);
    const field = error instanceof UpstreamError && error.code ? names[error.code] : undefined;
    const problem = field === undefined ? undefined : problemOf(error, about);
    throw problem instanceof InvalidInputProblem ? new InvalidInputProblem(problem.message, problem.field ?? field) : error;
  }
}
