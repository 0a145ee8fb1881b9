import { GraphQLError } from 'graphql';
import { connectionOf, type Connection, type ConnectionArgs, decodeCursor, encodeCursor, pageSizeOf } from './pagination.ts';

/**
 * A page of a list that is in hand as a whole, in either direction. A cursor names an item and its place: should the item be gone, what has moved
 * up to its place comes next. `list` names the list, so that a cursor of another one is refused.
 */
export function pageOfWhole<T extends { readonly key: string }>(args: ConnectionArgs, items: readonly T[], list: string): Connection<T> {
  const size = pageSizeOf(args);
  const placeOf = (cursor: string): { index: number; there: boolean } => {
    const [of, key, place] = decodeCursor(cursor) ?? [];
    if (of !== list || typeof key !== 'string' || !Number.isSafeInteger(place) || Number(place) < 0) throw notOurs();
    const index = items.findIndex((item) => item.key === key);
    return index < 0 ? { index: Math.min(Number(place), items.length), there: false } : { index, there: true };
  };
  const after = typeof args.after === 'string' ? placeOf(args.after) : undefined;
  const from = after === undefined ? 0 : after.there ? after.index + 1 : after.index;
  const to = typeof args.before === 'string' ? placeOf(args.before).index : items.length;
  const between = items.slice(from, Math.max(from, to));
  const taken = size.fromEnd ? between.slice(Math.max(0, between.length - size.limit - 1)) : between.slice(0, size.limit + 1);
  const places = new Map(items.map(({ key }, index) => [key, index]));
  return connectionOf(taken, size, args, ({ key }) => encodeCursor([list, key, places.get(key)]));
}

const notOurs = () => new GraphQLError('Not a cursor of this list', { extensions: { code: 'BAD_USER_INPUT' } });
