import { initContextCache } from '@pothos/core';
import { createSourceEventStream, execute } from 'graphql';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { withFewErrors } from './error-count.ts';

/** On each result of a subscription: the cursor of its source event, whether or not the client selected it. JSON leaves symbols out. */
const eventCursor = Symbol('eventCursor');

/**
 * A subscription keeps one context for life, and Pothos keeps loaders and granted scopes by context: the second event would be
 * answered from what the first one loaded. So each event is executed with a context of its own, which inherits everything else.
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
  return mapEvents(source, async (event) => {
    const result = withFewErrors(await execute({ ...args, rootValue: event, contextValue: freshContext(args.contextValue) }));
    // Told as one item among others, its reader would go on behind what it never got; ended by it, the reader resumes before it.
    const [lost] = result.data ? [] : (result.errors ?? []);
    if (lost) throw lost;
    const cursor = cursorOfEvent(event);
    return cursor === undefined ? result : { ...result, [eventCursor]: cursor };
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

/** Not an async generator: its `return()` would wait for the pending `next()`, and a quiet source would never be left. */
function mapEvents<From, To>(source: AsyncIterable<From>, map: (event: From) => Promise<To>): AsyncIterableIterator<To> {
  const iterator = source[Symbol.asyncIterator]();
  const ended = async (): Promise<IteratorResult<To>> => {
    await iterator.return?.();
    return { done: true, value: undefined };
  };
  return {
    next: async () => {
      const { done, value } = await iterator.next();
      if (done === true) return { done: true, value: undefined };
      try {
        return { done: false, value: await map(value) };
      } catch (error) {
        await ended();
        throw error;
      }
    },
    return: ended,
    throw: async (error) => {
      await ended();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
