import { OutageError, UnconfirmedProblem } from './problem.ts';

/**
 * What a write has led to that was accepted. It stands, even when it cannot be read just now, and must not look like one that may be repeated:
 * so that is an `UnconfirmedProblem`. `read` throws what `outageOf` makes of errors.
 */
export async function readBack<T>(name: string, read: () => Promise<T | undefined>): Promise<T> {
  const found = await read().catch((error: unknown) => {
    if (!(error instanceof OutageError)) throw error;
    throw new UnconfirmedProblem(`${name}: accepted, but ${error.message}, so how it is now is not known`);
  });
  if (found === undefined) throw new UnconfirmedProblem(`${name}: accepted, but it is not listed yet`);
  return found;
}
