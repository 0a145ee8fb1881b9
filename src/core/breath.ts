import { setImmediate as nextTurn } from 'node:timers/promises';

/** Called in the midst of long work: when that has held the event loop long enough, everybody else has their turn first. */
export type Breath = () => Promise<void>;

/** `everyMs`: how long the loop is held at most, if this is called often enough. */
export function createBreath(everyMs = 8): Breath {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < everyMs) return;
    await nextTurn();
    since = performance.now();
  };
}

/** Runs a piece of work to its end at once. Each `yield` is a place where it could pause. */
export function drained<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same with pauses. */
export async function paced<T>(work: Generator<void, T>, breathe: Breath): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await breathe();
  }
}
