import { GraphQLError } from 'graphql';
import type { MarkerPage } from '../page.ts';

export interface ConnectionArgs {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

export const defaultPageSize = 20;
export const maxPageSize = 1000;

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** How many items are asked for, from which end. A size out of range is refused, never clamped: a client would miss the rest. */
export function pageSizeOf({ first, last, before }: ConnectionArgs, defaultSize = defaultPageSize): { limit: number; fromEnd: boolean } {
  if (first != null && last != null) throw badInput('first and last exclude each other');
  const limit = first ?? last ?? defaultSize;
  if (!Number.isInteger(limit) || limit < 0 || limit > maxPageSize) throw badInput(`A page has 0 to ${maxPageSize} items, not ${limit}`);
  return { limit, fromEnd: last != null || (first == null && before != null) };
}

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
      hasNextPage: fromEnd ? before != null : more,
      hasPreviousPage: fromEnd ? more : after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const markerCursor = (marker: string, offset: number) => Buffer.from(JSON.stringify([marker, offset])).toString('base64url');

function readMarkerCursor(cursor: string): { marker: string | undefined; offset: number } {
  try {
    const [marker, offset] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]; // checked in the next line
    if (typeof marker !== 'string' || !Number.isSafeInteger(offset) || Number(offset) < 0) throw new TypeError('not ours');
    return { marker: marker === '' ? undefined : marker, offset: Number(offset) };
  } catch {
    throw badInput('Not a cursor of this list');
  }
}

/**
 * A list that the upstream pages forward with opaque markers. A cursor is the marker of the page an item came with, and its place there.
 * PaddleFlow's flag for "more" ignores filters and ownership (contract 3.1), so where `hasNextPage` counts, the next page is peeked at.
 */
export async function resolveMarkerConnection<T>(
  args: ConnectionArgs,
  page: (at: { marker?: string | undefined; limit: number }) => Promise<MarkerPage<T>>,
  { peek }: { peek: boolean },
): Promise<Connection<T>> {
  if (args.last != null || args.before != null) throw badInput('This list comes from a backend that pages forward only: use first and after');
  const { limit } = pageSizeOf(args);
  const start = args.after == null ? { marker: undefined, offset: 0 } : readMarkerCursor(args.after);
  const edges: Edge<T>[] = [];
  let { marker, offset } = start;
  let more = false;
  while (!more && limit > 0) {
    const wanted = Math.min(maxPageSize, offset + limit - edges.length + (peek ? 1 : 0));
    const { items, nextMarker } = await page({ marker, limit: wanted });
    const fresh = items.slice(offset);
    const taken = fresh.slice(0, limit - edges.length);
    edges.push(...taken.map((node, index) => ({ node, cursor: markerCursor(marker ?? '', offset + index + 1) })));
    more = fresh.length > taken.length;
    if (nextMarker === undefined || more || (edges.length >= limit && !peek)) break;
    [marker, offset] = [nextMarker, 0];
  }
  const pageInfo = { hasNextPage: more, hasPreviousPage: args.after != null, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
  return { edges, pageInfo };
}
