import type { Context } from '../../../context.ts';
import type { Run } from './model.ts';

type Found = ReadonlyMap<string, Run>;
interface Loaded {
  readonly at: number;
  /** A promise until they are there: whoever comes then needs none. */
  runs: Found | Promise<Found>;
}

/** The runs of one page of events, by that page: it has one reader, who sees what this viewer may see. */
const pages = new WeakMap<readonly string[], Loaded>();
/** How old what is told of a run may be, in milliseconds: a slow reader is at one page for long. */
const freshMs = 1_000;

/**
 * One of the runs that a page of events is about: all of them are read by one statement, when the first is asked for, and again when that was a while
 * ago. What an event tells of is never older than the event: it was read after it. One that is not found stays a key, for the type's own loader.
 */
export function runOfPage(context: Context, page: readonly string[], key: string): Run | string | Promise<Run | string> {
  let loaded = pages.get(page);
  if (loaded === undefined || performance.now() - loaded.at > freshMs) {
    loaded = load(context, page);
    pages.set(page, loaded);
  }
  const { runs } = loaded;
  return runs instanceof Promise ? runs.then((found) => pick(found, key)) : pick(runs, key);
}

/** Begins to read them before anybody asks. */
export const loadRunsOfPage = (context: Context, page: readonly string[]): void => void pages.set(page, load(context, page));

const pick = (found: Found, key: string): Run | string => found.get(key) ?? key;

function load({ paddleflow: { runs } }: Context, page: readonly string[]): Loaded {
  const reading = runs.inCatalog([...new Set(page)]);
  const loaded: Loaded = { at: performance.now(), runs: reading };
  reading.then(
    (found) => (loaded.runs = found),
    () => pages.delete(page), // whoever comes next asks again
  );
  return loaded;
}
