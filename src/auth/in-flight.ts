import { GraphQLError } from 'graphql';
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { leavable } from '../core/leavable.ts';
import { beforeRefusal, BusyError } from '../core/busy.ts';
import type { Caller } from './caller.ts';

/** How much may be under way at a time in this process; what is more is refused with TOO_MANY_OPERATIONS. */
export interface InFlightLimits {
  /** Queries and mutations of one viewer. */
  readonly operationsPerViewer: number;
  readonly operations: number;
  /** Subscriptions of one viewer, over however many connections. */
  readonly subscriptionsPerViewer: number;
  readonly subscriptions: number;
  /** Operations of strangers who come from one network. */
  /** Bytes that wait in this process for the subscriptions of one viewer to read them. */
  readonly unreadBytesPerViewer: number;
  readonly unreadBytes: number;
  readonly strangersPerNetwork: number;
  readonly strangers: number;
}

/** So many, of all and of each; counts by key, and keeps nothing of who has none. */
function createCounter(what: string, { each, all }: { each: number; all: number }) {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    of: (key: string): number => counts.get(key) ?? 0,
    total: (): number => total,
    /** Call what it returns once it is over. Throws `BusyError`. */
    enter(key: string): () => void {
      const count = counts.get(key) ?? 0;
      if (count >= each) throw new BusyError(`More than ${each} ${what} at a time: end some of them, or try again later`);
      if (total >= all) throw new BusyError(`The gateway has more than ${all} ${what} under way: try again later`);
      counts.set(key, count + 1);
      total += 1;
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        total -= 1;
        const left = (counts.get(key) ?? 0) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      };
    },
  };
}
type Counter = ReturnType<typeof createCounter>;

const callerIn = (context: unknown): Caller => (context as { caller: Caller }).caller; // what `startTributary` makes

const signalIn = (context: unknown): AbortSignal => (context as { signal: AbortSignal }).signal;

/** A page of which neither the question nor the answer is worth its while is no help to anybody. */
const leastPage = 4_096;
const mostPage = 262_144;

/** Counts what is under way for each caller: not for each connection, as who wants more than their share opens more of those. */
export function createInFlight(limits: InFlightLimits) {
  const operations = createCounter('operations', { each: limits.operationsPerViewer, all: limits.operations });
  const subscriptions = createCounter('subscriptions', { each: limits.subscriptionsPerViewer, all: limits.subscriptions });
  const strangers = createCounter('operations of strangers', { each: limits.strangersPerNetwork, all: limits.strangers });

  const enter = (counter: Counter, { key, stranger }: Caller): { leave: () => void } | { refusal: ExecutionResult } => {
    try {
      return { leave: (stranger ? strangers : counter).enter(key) };
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      return { refusal: { errors: [new GraphQLError(error.message, { extensions: { ...error.extensions } })] } };
    }
  };

  const plugin: Plugin = {
    // Within the functions themselves: what they throw passes by the hooks for what they return.
    onExecute({ args, executeFn, setExecuteFn }) {
      setExecuteFn(async (...given: Parameters<typeof executeFn>) => {
        const entered = enter(operations, callerIn(args.contextValue));
        if ('refusal' in entered) {
          await beforeRefusal(signalIn(args.contextValue));
          return entered.refusal;
        }
        try {
          return await executeFn(...given);
        } finally {
          entered.leave(); // not before, even when its client has left: the work goes on
        }
      });
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      setSubscribeFn(async (...given: Parameters<typeof subscribeFn>) => {
        const entered = enter(subscriptions, callerIn(args.contextValue));
        if ('refusal' in entered) {
          await beforeRefusal(signalIn(args.contextValue));
          return entered.refusal;
        }
        let result: AsyncIterable<ExecutionResult> | ExecutionResult | undefined;
        try {
          result = (await subscribeFn(...given)) as AsyncIterable<ExecutionResult> | ExecutionResult; // graphql-js's
        } finally {
          if (result === undefined || !(Symbol.asyncIterator in result)) entered.leave();
        }
        return Symbol.asyncIterator in result ? untilItEnds(result, entered.leave) : result;
      });
    },
  };
  return {
    plugin,
    /**
     * What each subscription of this caller may hold at a time, in bytes: the more there are, the less. So who never reads costs little, and who
     * reads well gets on all the same.
     */
    pageBytes(key: string): number {
      const mine = limits.unreadBytesPerViewer / Math.max(1, subscriptions.of(key));
      const share = limits.unreadBytes / Math.max(1, subscriptions.total());
      return Math.floor(Math.max(leastPage, Math.min(mostPage, mine, share)));
    },
  };
}
export type InFlight = ReturnType<typeof createInFlight>;

function untilItEnds(results: AsyncIterable<ExecutionResult>, over: () => void): AsyncIterableIterator<ExecutionResult> {
  const iterator = results[Symbol.asyncIterator]();
  return leavable({
    next: () => iterator.next(),
    leave() {
      over();
      return iterator.return?.();
    },
  });
}
