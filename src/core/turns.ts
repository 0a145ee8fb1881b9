import { BusyError } from './busy.ts';

export interface TurnLimits {
  /** So many at a time, of all. */
  readonly atOnce: number;
  /** So many at a time for one key, however idle the others are: who comes then does not wait for the slow work of another. Default: half of them, rounded up. */
  readonly perKey?: number | undefined;
  /** So many may wait for one key. Default 1000. */
  readonly waitingPerKey?: number | undefined;
  /** So many may wait in all. Then who has the most of them loses the last one. Default 5000. */
  readonly waiting?: number | undefined;
  /** How long one may wait, in milliseconds. Default: as long as its signal allows. */
  readonly waitMs?: number | undefined;
}

/** Something of which there is little, handed out fairly: by turns to all who ask, however often each of them asks. */
export interface Turns {
  /**
   * Resolves with the function that gives the turn back. `key`: who it is for; undefined: the process itself, which may have all there are.
   * Rejects with `BusyError` when too many wait, and with something else when `signal` fires first; the place in the queue is free then.
   */
  take(key: string | undefined, signal?: AbortSignal): Promise<() => void>;
  /** Nothing is kept of who neither has nor waits for anything: what tests state. */
  keys(): number;
}

interface Waiter {
  readonly enter: () => void;
  readonly refuse: (error: Error) => void;
}

interface Line {
  held: number;
  /** The number of its last turn; 0: it has had none since it came. */
  lastTurn: number;
  /** Keeps the order, and forgets one in the middle without a search. */
  readonly waiting: Set<Waiter>;
  readonly most: number;
}

const tooMany = () => new BusyError('Too much of this is waiting already: try again later');

const comesBefore = (one: Line, other: Line) => one.held < other.held || (one.held === other.held && one.lastTurn < other.lastTurn);

/** The next free turn goes to who has the fewest; among equals to who has been without one for longest. */
export function createTurns({ atOnce, perKey, waitingPerKey = 1000, waiting: mostWaiting = 5000, waitMs }: TurnLimits): Turns {
  const most = perKey ?? Math.ceil(atOnce / 2);
  const lines = new Map<string | undefined, Line>();
  let turn = 0;
  let free = atOnce;
  let waiting = 0;

  function lineOf(key: string | undefined): Line {
    const line = lines.get(key) ?? { held: 0, lastTurn: 0, waiting: new Set(), most: key === undefined ? atOnce : most };
    lines.set(key, line);
    return line;
  }
  function forgetIdle(key: string | undefined, { held, waiting: those }: Line): void {
    if (held === 0 && those.size === 0) lines.delete(key);
  }
  function grant(key: string | undefined, line: Line): () => void {
    free -= 1;
    line.held += 1;
    line.lastTurn = turn += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      free += 1;
      line.held -= 1;
      forgetIdle(key, line);
      nextInLine()?.enter();
    };
  }
  /** Whose turn is next; undefined: whoever waits has as many as they may. */
  function nextInLine(): Waiter | undefined {
    let next: Line | undefined;
    for (const line of lines.values()) {
      if (line.waiting.size > 0 && line.held < line.most && (next === undefined || comesBefore(line, next))) next = line;
    }
    const [waiter] = next?.waiting ?? [];
    return waiter;
  }
  /** Room for one more in this line, if need be at the expense of the longest one: a crowd must not keep out who comes alone. */
  function makeRoom(line: Line): boolean {
    if (line.waiting.size >= waitingPerKey) return false;
    if (waiting < mostWaiting) return true;
    const longest = [...lines.values()].reduce((one, other) => (other.waiting.size > one.waiting.size ? other : one), line);
    if (longest.waiting.size <= line.waiting.size + 1) return false;
    [...longest.waiting].at(-1)?.refuse(tooMany());
    return true;
  }

  return {
    take: (key, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new Error('left the queue'));
        const line = lineOf(key);
        if (free > 0 && line.held < line.most) return resolve(grant(key, line)); // whoever waits has as many as they may
        if (!makeRoom(line)) {
          forgetIdle(key, line);
          return reject(tooMany());
        }
        const leave = () => waiter.refuse(new Error('left the queue'));
        const timer = waitMs === undefined ? undefined : setTimeout(() => waiter.refuse(tooMany()), waitMs);
        const out = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', leave);
          line.waiting.delete(waiter);
          waiting -= 1;
        };
        const waiter: Waiter = {
          enter: () => {
            out();
            resolve(grant(key, line));
          },
          refuse: (error) => {
            out();
            forgetIdle(key, line);
            reject(error);
          },
        };
        line.waiting.add(waiter);
        waiting += 1;
        signal?.addEventListener('abort', leave, { once: true });
      }),
    keys: () => lines.size,
  };
}
