import { GraphQLError } from 'graphql';
import { againIfEmpty } from '../core/again.ts';
import { createMarkerGuard } from '../core/marker-guard.ts';
import type { MarkerPage } from '../core/page.ts';

export interface ConnectionArgs {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

export const defaultPageSize = 20;
export const maxPageSize = 1000;

const isGiven = <T>(value: T | null | undefined): value is T => value !== undefined && value !== null;
const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** How many items are asked for, from which end. A size out of range is refused, never clamped: a client would miss the rest. */
export function pageSizeOf({ first, last, before }: ConnectionArgs, defaultSize = defaultPageSize): { limit: number; fromEnd: boolean } {
  if (isGiven(first) && isGiven(last)) throw badInput('first and last exclude each other');
  const limit = first ?? last ?? defaultSize;
  if (!Number.isInteger(limit) || limit < 0 || limit > maxPageSize) throw badInput(`A page has 0 to ${maxPageSize} items, not ${limit}`);
  return { limit, fromEnd: isGiven(last) || (!isGiven(first) && isGiven(before)) };
}

/** Opaque to clients: base64url of a JSON array. */
export const encodeCursor = (parts: readonly unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Undefined for what `encodeCursor` cannot have made. */
export function decodeCursor(cursor: string): unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && encodeCursor(parts) === cursor ? parts : undefined;
  } catch {
    return undefined;
  }
}

/** The bounds of a page. An empty cursor is none that was ever given out, and no way to say "none". */
export const boundsOf = <T>({ after, before }: ConnectionArgs, decode: (cursor: string) => T) => ({
  after: isGiven(after) ? decode(after) : undefined,
  before: isGiven(before) ? decode(before) : undefined,
});

interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}
export interface Connection<T> {
  readonly edges: Edge<T>[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/** A page of a catalog list, read with one item more than asked for, in the order of the list. */
export function connectionOf<T>(
  items: readonly T[],
  { limit, fromEnd }: { limit: number; fromEnd: boolean },
  { after, before }: ConnectionArgs,
  cursorOf: (item: T) => string,
): Connection<T> {
  const more = items.length > limit;
  const shown = !more ? items : fromEnd ? items.slice(items.length - limit) : items.slice(0, limit);
  const edges = shown.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      // A bound of the page is itself an item of the list, so there is more behind it.
      hasNextPage: isGiven(before) || (!fromEnd && more),
      hasPreviousPage: isGiven(after) || (fromEnd && more),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const markerCursor = (list: string, marker: string, offset: number) => encodeCursor([list, marker, offset]);

function readMarkerCursor(list: string, cursor: string): { marker: string | undefined; offset: number } {
  const [of, marker, offset] = decodeCursor(cursor) ?? [];
  if (of !== list || typeof marker !== 'string' || !Number.isSafeInteger(offset) || Number(offset) < 0)
    throw badInput('Not a cursor of this list');
  return { marker: marker === '' ? undefined : marker, offset: Number(offset) };
}

/**
 * A list that the upstream pages forward with opaque markers. A cursor is the marker of the page an item came with, and its place there; `list`
 * names the list in it, as an upstream may take the marker of any other one for its own.
 * An upstream's flag for "more" may ignore filters and ownership, so where `hasNextPage` counts, the next page is peeked at.
 */
export async function resolveMarkerConnection<T>(
  args: ConnectionArgs,
  page: (at: { marker?: string | undefined; limit: number }) => Promise<MarkerPage<T>>,
  { source, list, peek }: { source: string; list: string; peek: boolean },
): Promise<Connection<T>> {
  if (isGiven(args.last) || isGiven(args.before))
    throw badInput('This list comes from a backend that pages forward only: use first and after');
  const { limit } = pageSizeOf(args);
  let { marker, offset } = isGiven(args.after) ? readMarkerCursor(list, args.after) : { marker: undefined, offset: 0 };
  const edges: Edge<T>[] = [];
  const guard = createMarkerGuard(
    () =>
      new GraphQLError(`${source} pages a list without an end`, { extensions: { code: 'UPSTREAM_UNAVAILABLE', source, fault: 'garbage' } }),
  );
  let more = false;
  let wasFull = true; // the page before
  for (let asking = limit > 0; asking;) {
    const wanted = Math.min(maxPageSize, offset + limit - edges.length + (peek ? 1 : 0));
    // Behind a full page there mostly is another: that there is none is not believed at once. The first one is shown as it is.
    const read = (): Promise<MarkerPage<T>> => page({ marker, limit: wanted });
    const answer: MarkerPage<T> = marker !== undefined && wasFull ? await againIfEmpty(read) : await read();
    const { items, nextMarker } = answer;
    wasFull = items.length >= wanted;
    const fresh = items.slice(offset);
    const taken = fresh.slice(0, limit - edges.length);
    const cursorAt = (place: number) =>
      place === items.length && nextMarker ? markerCursor(list, nextMarker, 0) : markerCursor(list, marker ?? '', place);
    for (const [index, node] of taken.entries()) edges.push({ node, cursor: cursorAt(offset + index + 1) });
    more = fresh.length > taken.length;
    [marker, offset] = [nextMarker, 0];
    asking = nextMarker !== undefined && !more && (edges.length < limit || peek);
    if (asking) guard(nextMarker);
  }
  const pageInfo = {
    hasNextPage: more,
    hasPreviousPage: isGiven(args.after),
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo };
}
