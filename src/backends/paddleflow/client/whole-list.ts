import { againIfEmpty } from '../../../core/again.ts';
import { createMarkerGuard } from '../../../core/marker-guard.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { OutageError } from '../../../problem/problem.ts';

/** As many as a page may hold (contract 3.1). */
export const wholePage = 1000;

interface WholeListOptions<T> {
  /** Of the source that is asked, for errors. */
  readonly source: string;
  readonly page: (at: { marker: string | undefined; limit: number }) => Promise<MarkerPage<T>>;
  /** What has been found will do. */
  readonly isEnough?: ((found: readonly T[]) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * All items of a list, mostly with one call. What others conclude from what is not in it must not rest on one empty answer, as servers give one too
 * when they cannot read (contract 2.7): a list without any item, and one that ends right behind a full page, is looked at again. Behind a page that
 * was not full an empty one is how many lists end (3.1). Throws an `OutageError` for a list that never ends.
 */
export async function wholeList<T>({ source, page, isEnough = () => false, signal }: WholeListOptions<T>): Promise<T[]> {
  const found: T[] = [];
  const guard = createMarkerGuard(() => new OutageError({ source, fault: 'garbage', code: undefined }));
  let marker: string | undefined;
  let wasFull = true;
  do {
    const read = (): Promise<MarkerPage<T>> => page({ marker, limit: wholePage });
    const answer: MarkerPage<T> = wasFull ? await againIfEmpty(read, signal) : await read();
    const { items, nextMarker } = answer;
    found.push(...items);
    wasFull = items.length >= wholePage;
    marker = nextMarker;
    guard(marker);
  } while (marker !== undefined && !isEnough(found));
  return found;
}
