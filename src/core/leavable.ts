const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

export interface LeavableParts<T> {
  /** The next item, or the end. */
  readonly next: () => Promise<IteratorResult<T, undefined>>;
  /** Gives up what is held, however it ends: by its reader, its end or a failure. May be called more than once. */
  readonly leave: () => Promise<unknown> | void;
}

/**
 * A stream that can be left at any moment. Not an async generator: its `return()` would wait for the pending `next()`, and who leaves a quiet
 * source would be kept until something happens.
 */
export function leavable<T>({ next, leave }: LeavableParts<T>): AsyncIterableIterator<T, undefined> {
  return {
    async next() {
      try {
        const item = await next();
        if (item.done === true) await leave();
        return item;
      } catch (error) {
        await leave();
        throw error;
      }
    },
    async return() {
      await leave();
      return done;
    },
    async throw(error) {
      await leave();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
