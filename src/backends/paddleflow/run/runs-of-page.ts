import type { Context } from '../../../context.ts';
import { keyOf } from '../../../core/key.ts';
import type { EventPage } from '../../../execution/feed.ts';
import type { Run } from './model.ts';
import { runIdOf } from './run-id.ts';

type Found = ReadonlyMap<number, Run>;
interface Loaded {
  readonly at: number;
  /** A promise until they are there: whoever comes then needs none. */
  runs: Found | Promise<Found>;
}

/** The runs of one page of events, by that page: it has one reader, who sees what this viewer may see. */
const pages = new WeakMap<EventPage, Loaded>();
/** How old what is told of a run may be, in milliseconds: a slow reader is at one page for long. */
const freshMs = 1_000;

/**
 * One of the runs that a page of events is about: all of them are read by one statement, when the first is asked for, and again when that was a while
 * ago. What an event tells of is never older than the event: it was read after it. One that is not found stays a key, for the type's own loader.
 */
export function runOfPage(context: Context, page: EventPage, ordinal: number): Run | string | Promise<Run | string> {
  let loaded = pages.get(page);
  if (loaded === undefined || performance.now() - loaded.at > freshMs) {
    loaded = load(context, page);
    pages.set(page, loaded);
  }
  const { runs } = loaded;
  const pick = (found: Found) => found.get(ordinal) ?? keyOf(page.source, runIdOf(ordinal));
  return runs instanceof Promise ? runs.then(pick) : pick(runs);
}

/** Begins to read them before anybody asks. */
export const loadRunsOfPage = (context: Context, page: EventPage): void => void pages.set(page, load(context, page));

function load({ paddleflow: { runs } }: Context, page: EventPage): Loaded {
  const reading = runs.byNumbers(page.source, page.ordinals);
  const loaded: Loaded = { at: performance.now(), runs: reading };
  reading.then(
    (found) => (loaded.runs = found),
    () => pages.delete(page), // whoever comes next asks again
  );
  return loaded;
}
