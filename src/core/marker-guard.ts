/** Of one list, whatever its pages hold. */
const mostPages = 1_000;

/**
 * Looks at the markers of a list that is read page by page, as the backend names them: one that comes again leads in a circle, and so many pages are no
 * list that ends. Either would keep a request busy, and its memory growing, for as long as somebody waits.
 */
export function createMarkerGuard(endless: () => Error) {
  const seen = new Set<string>();
  return (marker: string | undefined): void => {
    if (marker === undefined) return;
    if (seen.has(marker) || seen.size >= mostPages) throw endless();
    seen.add(marker);
  };
}
