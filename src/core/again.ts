import { setTimeout as delay } from 'node:timers/promises';

/** Pauses before the second and the third look, in milliseconds: what answers in the place of a server, or a database that is locked, does so for a moment. */
export const pausesMs = [50, 200] as const;

/** Asks again, twice and quickly, while `isOdd` is true of the answer. The third answer stands. */
export async function againWhile<T>(isOdd: (answer: T) => boolean, read: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (const pauseMs of pausesMs) {
    const answer = await read();
    if (!isOdd(answer) || signal?.aborted) return answer;
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
  return read();
}

const isEmpty = ({ items }: { readonly items: readonly unknown[] }) => items.length === 0;

/**
 * A list that must not be taken for empty too lightly, because somebody will conclude from it that something is not there: three answers have to
 * agree. Servers give an empty list also when they cannot read it.
 */
export const againIfEmpty = <T extends { readonly items: readonly unknown[] }>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
  againWhile(isEmpty, read, signal);
