import { waitUnlessAborted } from './budget.ts';

/** Equal reads in flight at the same time become one, and all get the same parsed value. */
export interface Flights {
  /** `start` is called only if nobody asks for `key` yet; its signal fires when the last rider has left. A rider leaves with `left()`. */
  join<T>(key: string, signal: AbortSignal | undefined, left: () => Error, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** What is in flight was asked too early for those who come now (a write has happened): they start anew. */
  forget(): void;
}

interface Flight {
  readonly landing: Promise<unknown>;
  readonly controller: AbortController;
  riders: number;
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>();
  const depart = (key: string, start: (signal: AbortSignal) => Promise<unknown>): Flight => {
    const controller = new AbortController();
    const landing = start(controller.signal);
    const flight = { landing, controller, riders: 0 };
    flights.set(key, flight);
    const clear = () => flights.get(key) === flight && flights.delete(key);
    // Handles the rejection too: it is the riders', and there may be none left.
    landing.then(clear, clear);
    controller.signal.addEventListener('abort', clear);
    return flight;
  };
  return {
    async join<T>(key: string, signal: AbortSignal | undefined, left: () => Error, start: (signal: AbortSignal) => Promise<T>) {
      if (signal?.aborted) throw left();
      const flight = flights.get(key) ?? depart(key, start);
      flight.riders += 1;
      try {
        // The key names the shape, so what is in flight under it is a T.
        return await waitUnlessAborted(flight.landing as Promise<T>, signal, left);
      } finally {
        flight.riders -= 1;
        if (flight.riders === 0) flight.controller.abort(); // without effect after the landing
      }
    },
    forget: () => flights.clear(),
  };
}
