import { initContextCache } from '@pothos/core';
import { createSourceEventStream } from 'graphql';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { leavable } from '../core/leavable.ts';
import { inHand } from '../core/in-hand.ts';
import { withFewErrors } from './error-count.ts';
import { executeTogether } from './together.ts';

/** On each result of a subscription: the cursor of its source event, whether or not the client selected it. JSON leaves symbols out. */
const eventCursor = Symbol('eventCursor');

/**
 * A subscription keeps one context for life, and Pothos keeps loaders and granted scopes by context: the second event would be
 * answered from what the first one loaded. So each event is executed with a context of its own, which inherits everything else; those
 * that the source has in hand together share one, as whatever is loaded for them is read after all of them.
 * Also notes the `cursor` of the source event on the result, for `id:` in SSE, and ends at an event of which nothing can be told.
 */
export function useFreshLoaders(): Plugin {
  return {
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribeWithFreshContexts),
  };
}

/** The position to resume from after this result; undefined where the source event had none. */
export function cursorOf(result: ExecutionResult & { [eventCursor]?: string }): string | undefined {
  return result[eventCursor];
}

/** `subscribe` of graphql-js, but for the context. */
async function subscribeWithFreshContexts(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  return mapEvents(source, async (events) => {
    const results = await executeTogether({ ...args, contextValue: freshContext(args.contextValue) }, events);
    return results.map((result, index) => {
      const cursor = cursorOfEvent(events[index]);
      return cursor === undefined ? withFewErrors(result) : { ...withFewErrors(result), [eventCursor]: cursor };
    });
  });
}

function freshContext(context: unknown): unknown {
  if (typeof context !== 'object' || context === null) return context;
  // Pothos looks for its key on the context first; an inherited key would lead back to the old loaders.
  return Object.assign(Object.create(context), initContextCache());
}

function cursorOfEvent(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('cursor' in event)) return undefined;
  return typeof event.cursor === 'string' ? event.cursor : undefined;
}

/** For how long a result may wait for its reader, in milliseconds: what it tells of the present is then told anew. */
const freshMs = 1_000;

function mapEvents(
  source: AsyncIterable<unknown>,
  map: (events: readonly unknown[]) => Promise<ExecutionResult[]>,
): AsyncIterableIterator<ExecutionResult> {
  const iterator: AsyncIterator<unknown> & { [inHand]?: () => readonly unknown[] } = source[Symbol.asyncIterator]();
  let events: readonly unknown[] = [];
  let results: ExecutionResult[] = [];
  let index = 0;
  let madeAt = 0;
  /** False at the end. */
  async function advance(): Promise<boolean> {
    const rest = events.slice(index);
    if (rest.length > 0 && performance.now() - madeAt <= freshMs) return true;
    if (rest.length === 0) {
      const { done, value } = await iterator.next();
      if (done === true) return false;
      events = [value, ...(iterator[inHand]?.() ?? [])];
    } else events = rest;
    madeAt = performance.now();
    results = await map(events);
    index = 0;
    return true;
  }
  return leavable({
    async next() {
      if (!(await advance())) return { done: true, value: undefined };
      const result = results[index];
      index += 1;
      // Told as one item among others, its reader would go on behind what it never got; ended by it, the reader resumes before it.
      const [lost] = result?.data ? [] : (result?.errors ?? []);
      if (lost) throw lost;
      return result === undefined ? { done: true, value: undefined } : { done: false, value: result };
    },
    leave() {
      [events, results] = [[], []];
      return iterator.return?.();
    },
  });
}
