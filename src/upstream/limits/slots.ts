/** So many requests at a time, the others in order of arrival. */
export interface Slots {
  /** Resolves with the function that gives the slot back. Rejects when `signal` fires first; the place in the queue is free then. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createSlots(limit: number): Slots {
  let free = limit;
  const waiting = new Set<() => void>(); // keeps the order, and forgets one in the middle without a search
  const giveBack = () => {
    const [next] = waiting;
    if (next) {
      waiting.delete(next);
      next();
    } else free += 1;
  };
  const slot = () => {
    let held = true;
    return () => {
      if (held) giveBack();
      held = false;
    };
  };
  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(enter);
          reject(new Error('left the queue'));
        };
        const enter = () => {
          signal.removeEventListener('abort', leave);
          resolve(slot());
        };
        if (signal.aborted) leave();
        else if (free > 0) {
          free -= 1;
          resolve(slot());
        } else {
          waiting.add(enter);
          signal.addEventListener('abort', leave, { once: true });
        }
      }),
  };
}
