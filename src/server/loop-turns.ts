import { createTurns } from '../core/turns.ts';

/** How many operations begin in one turn of the event loop: some milliseconds of parsing and checking at the most. */
const atOnce = 8;

/**
 * Whose operation begins next: by turns to all connections, a few in each turn of the event loop. Frames that have come together would otherwise all be
 * worked off before anything else is looked at; a hundred subscriptions on each of twenty sockets are two seconds.
 */
export function createLoopTurns(): { next(connection: string): Promise<void> } {
  // Whoever waits here holds a request or a frame that has been read, and those are bounded.
  const turns = createTurns({ atOnce, waitingPerKey: Infinity, waiting: Infinity });
  return {
    async next(connection) {
      const giveBack = await turns.take(connection);
      setImmediate(giveBack);
    },
  };
}
