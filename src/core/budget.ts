/** One piece of work's time and permission to go on. Dispose it when the work ends, else its timer keeps the process awake. */
export interface Budget extends Disposable {
  /** Fires when the time is up, when the caller leaves, or on `stop()`. */
  readonly signal: AbortSignal;
  /** What the firing meant; `undefined` while there is time. */
  readonly ended: 'timeout' | 'aborted' | undefined;
  readonly remainingMs: number;
  stop(): void;
  /** Ends it now if its time is up: in a process that stood still other things may come before the timer. */
  check(): void;
}

/** `deadline` in milliseconds of `performance.now()`. After a pause of this process, an answer that came meanwhile is read before the time is up: timers are looked at first. */
export function startBudget(deadline: number, parent?: AbortSignal): Budget {
  const controller = new AbortController();
  let ended: Budget['ended'];
  const end = (how: 'timeout' | 'aborted') => {
    ended ??= how;
    controller.abort();
  };
  const stop = () => end('aborted');
  let lastLook: NodeJS.Immediate | undefined;
  const lookOnce = () => {
    lastLook = setImmediate(end, 'timeout');
  };
  const timer = setTimeout(lookOnce, Math.max(0, deadline - performance.now()));
  if (parent?.aborted) stop();
  else parent?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    get ended() {
      return ended;
    },
    get remainingMs() {
      return deadline - performance.now();
    },
    stop,
    check() {
      if (performance.now() >= deadline) end('timeout');
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      clearImmediate(lastLook);
      parent?.removeEventListener('abort', stop);
    },
  };
}

/** Waits for work that others wait for too: when `signal` fires, this wait rejects with `left()` and the work goes on. */
export function waitUnlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, left: () => Error): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const leave = () => reject(left());
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** Rejects with nothing of interest when `signal` fires: ask the budget what it meant. */
export const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new Error('the pause was ended'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
