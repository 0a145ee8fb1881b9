/** Takes what may be told together with the item that `next` gave last, as the stream has it already. */
export const inHand = Symbol('inHand');

export type StreamInHand<T> = AsyncIterableIterator<T> & { [inHand](): readonly T[] };
