import type { Context } from '../context.ts';
import type { EventPage } from './feed.ts';

type Found<T> = ReadonlyMap<number, T>;
interface Loaded<T> {
  readonly at: number;
  /** A promise until they are there: whoever comes then needs none. */
  found: Found<T> | Promise<Found<T>>;
}

/** How old what is told of some work may be, in milliseconds: a slow reader is at one page for long. */
const freshMs = 1_000;

/**
 * The work that the events of a page are about, by their numbers: all of it is read by one statement, when the first is asked for, and again when that
 * was a while ago. What an event tells of is never older than the event: it was read after it. A page has one reader, who sees what this viewer may see.
 */
export function createPageLoader<T>(read: (context: Context, page: EventPage) => Promise<Found<T>>) {
  const pages = new WeakMap<EventPage, Loaded<T>>();

  function load(context: Context, page: EventPage): Loaded<T> {
    const reading = read(context, page);
    const loaded: Loaded<T> = { at: performance.now(), found: reading };
    pages.set(page, loaded);
    reading.then(
      (found) => (loaded.found = found),
      () => pages.delete(page), // whoever comes next asks again
    );
    return loaded;
  }

  return {
    /** Begins to read before anybody asks. */
    begin: (context: Context, page: EventPage): void => void load(context, page),
    get(context: Context, page: EventPage, ordinal: number): T | undefined | Promise<T | undefined> {
      const known = pages.get(page);
      const { found } = known === undefined || performance.now() - known.at > freshMs ? load(context, page) : known;
      return found instanceof Promise ? found.then((all) => all.get(ordinal)) : found.get(ordinal);
    },
  };
}
