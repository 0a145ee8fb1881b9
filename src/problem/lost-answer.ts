import { setTimeout as delay } from 'node:timers/promises';
import { pausesMs } from '../core/again.ts';
import { UpstreamError } from '../upstream/errors.ts';
import { problemOf, UnconfirmedProblem } from './problem.ts';

/**
 * Deletes something. Where the answer is lost it counts as done once `isGone` proves it; if that cannot be proved, also because nobody can be asked,
 * the `UnconfirmedProblem` stays. That the thing is not seen is no proof: see below for what is.
 */
export async function deleting(about: string, work: () => Promise<unknown>, isGone: () => Promise<boolean>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const problem = problemOf(error, about);
    if (!(problem instanceof UnconfirmedProblem) || !(await isGone().catch(() => false))) throw problem;
  }
}

/** Asked for by its id, the server says with the very code for it that there is none. Any other refusal, such as to show it, says nothing. */
export async function isRefusedAs(code: string, read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    return error instanceof UpstreamError && error.fault === 'rejected' && error.code === code;
  }
}

/**
 * For what cannot be asked for by an id: it is missing from the whole list, in two looks with a pause between, each of which showed something else.
 * An empty list alone proves nothing, however often it comes: some servers show one while they cannot read it. `showsOthers` tells whether the
 * server shows things of another kind.
 */
export async function isUnlisted<T>(
  list: () => Promise<readonly T[]>,
  isIt: (item: T) => boolean,
  showsOthers: () => Promise<boolean> = async () => false,
): Promise<boolean> {
  for (const pauseMs of [0, pausesMs[1]]) {
    await delay(pauseMs);
    const items = await list();
    if (items.some(isIt) || (items.length === 0 && !(await showsOthers()))) return false;
  }
  return true;
}
