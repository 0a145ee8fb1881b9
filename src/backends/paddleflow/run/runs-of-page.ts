import { keyOf } from '../../../core/key.ts';
import type { Context } from '../../../context.ts';
import type { EventPage } from '../../../execution/feed.ts';
import { createPageLoader } from '../../../execution/of-page.ts';
import type { Run } from './model.ts';
import { runIdOf } from './run-id.ts';

const pages = createPageLoader(({ paddleflow: { runs } }, { source, ordinals }) => runs.byNumbers(source, ordinals));

/** Begins to read the runs of a page of events before anybody asks. */
export const loadRunsOfPage = pages.begin;

/** One of them. One that is not found stays a key, for the type's own loader. */
export function runOfPage(context: Context, page: EventPage, ordinal: number): Run | string | Promise<Run | string> {
  const orKey = (run: Run | undefined) => run ?? keyOf(page.source, runIdOf(ordinal));
  const found = pages.get(context, page, ordinal);
  return found instanceof Promise ? found.then(orKey) : orKey(found);
}
