import type { MarkerPage } from '../../../core/page.ts';
import { withoutRepeats } from '../wire/wire.ts';

export interface WholeList<T> {
  readonly items: readonly T[];
  /** False: the server's markers led nowhere before the end was reached (3.3). */
  readonly complete: boolean;
}

/**
 * All items of a list that is paged by time. The marker is when an item was last *updated*, and is compared with when items were *created*: so
 * pages overlap, and a marker that does not go back in time would give the same page for ever (3.3). Pages of 1000, so mostly there is only one.
 */
export async function wholeList<T>(
  page: (at: { marker: string | undefined; maxKeys: number }) => Promise<MarkerPage<T>>,
  key: (item: T) => string,
): Promise<WholeList<T>> {
  const items: T[] = [];
  let marker: string | undefined;
  for (;;) {
    const { items: more, nextMarker } = await page({ marker, maxKeys: 1000 });
    items.push(...more);
    const ended = nextMarker === undefined;
    // Of this form, earlier times are smaller texts.
    if (ended || (marker !== undefined && nextMarker >= marker)) return { items: withoutRepeats(items, key), complete: ended };
    marker = nextMarker;
  }
}
