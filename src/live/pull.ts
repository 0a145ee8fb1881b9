import { setTimeout as delay } from 'node:timers/promises';
import { leavable } from '../core/leavable.ts';
import { inHand, type StreamInHand } from '../core/in-hand.ts';

/** One page of a stream: what is new, and whether the stream has come to its end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly ended: boolean;
}

export interface PullOptions<T> {
  /** The next page after the last one; empty = nothing new yet. Called again after it has thrown, so until it returns nothing may have moved. */
  readonly pull: (signal: AbortSignal) => Promise<Page<T>>;
  /** Resolves when it is worth pulling again, or the signal is aborted. */
  readonly wait: (signal: AbortSignal) => Promise<void>;
  /** Called once, however the subscription ends. */
  readonly close: () => void;
  readonly signal: AbortSignal;
  /** How many items may be told together. Default 1: large ones would keep others waiting, and be held in every shape that they pass through. */
  readonly together?: number;
  readonly patience?: { readonly pauseMs: number; readonly forMs: number };
}

/** A database that is away for some seconds costs its readers that time alone, and not all of them come back at once. */
const outlastsARestart = { pauseMs: 1_000, forMs: 30_000 };

/**
 * A subscriber that pulls: it holds one page at most, or the rest of one and the next, so a client that reads slowly costs no memory.
 */
export function pullStream<T>({ pull, wait, close, signal, together = 1, patience = outlastsARestart }: PullOptions<T>): StreamInHand<T> {
  const leaving = new AbortController();
  const left = AbortSignal.any([leaving.signal, signal]);
  let page: readonly T[] = [];
  let index = 0;
  let ended = false;
  let closed = false;
  let coming: Promise<Page<T>> | undefined;

  const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
  function leave(): void {
    if (closed) return;
    closed = true;
    page = [];
    leaving.abort();
    close();
  }
  /** What fails for longer ends the subscription: its reader is told, and resumes. */
  async function pullPatiently(): Promise<Page<T>> {
    const deadline = performance.now() + patience.forMs;
    for (;;) {
      try {
        return await pull(left);
      } catch (error) {
        if (left.aborted || performance.now() >= deadline) throw error;
      }
      await delay(patience.pauseMs * (0.5 + Math.random()), undefined, { signal: left });
    }
  }

  /** Towards the end of a long page the next one is read meanwhile: a reader who is quick need not wait for it, one who is not holds little more. */
  function lookAhead(): void {
    const rest = page.length - index;
    if (together === 1 || ended || closed || coming !== undefined || page.length < 4 * together || rest > page.length / 4) return;
    coming = pullPatiently();
    coming.catch(() => (coming = undefined)); // asked for anew when it is needed
  }

  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });

  async function next(): Promise<IteratorResult<T, undefined>> {
    try {
      while (!left.aborted) {
        if (index < page.length) {
          const value = page[index++] as T; // in range
          lookAhead();
          return { done: false, value };
        }
        if (ended) break;
        const read = coming ?? pullPatiently();
        coming = undefined;
        ({ items: page, ended } = await read);
        index = 0;
        if (page.length === 0 && !ended) await wait(left);
      }
    } catch (error) {
      if (!left.aborted) throw error;
    }
    return done;
  }

  return {
    ...leavable({ next, leave }),
    [inHand]() {
      const items = page.slice(index, index + together - 1);
      index += items.length;
      lookAhead();
      return items;
    },
  };
}
