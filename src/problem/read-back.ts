import { againWhile } from '../core/again.ts';
import { OutageError, outageOf, UnconfirmedProblem, type WorkReference } from './problem.ts';

/**
 * What follows a write that was accepted. The write stands, whatever fails now, and must not look like one that may be repeated: so every failure
 * is an `UnconfirmedProblem`, which names the work where it is about some. What has failed is its cause, for the log.
 */
export async function afterAccepted<T>(name: string, follow: () => Promise<T>, work: WorkReference | null = null): Promise<T> {
  try {
    return await follow();
  } catch (error) {
    if (error instanceof UnconfirmedProblem) throw error;
    const outage = outageOf(error);
    const why = outage instanceof OutageError ? outage.message : 'it could not be read back';
    throw new UnconfirmedProblem(`${name}: accepted, but ${why}, so how it is now is not known`, work, { cause: error });
  }
}

/** What such a write has led to. */
export function readBack<T>(name: string, read: () => Promise<T | undefined>, work: WorkReference | null = null): Promise<T> {
  const found = async () => {
    // Lists may be empty also while they cannot be read.
    const now = await againWhile((answer) => answer === undefined, read);
    if (now === undefined) throw new UnconfirmedProblem(`${name}: accepted, but it is not listed yet`, work);
    return now;
  };
  return afterAccepted(name, found, work);
}
