import type { Context } from '../../../context.ts';
import { createShelf } from '../../../graphql/ahead.ts';
import type { RunDetail } from './detail.ts';
import { keyOfRun, type Run } from './model.ts';

/** What the catalog had when the list was loaded, or what is being read upstream because the catalog had nothing: once, however many fields ask. */
const details = createShelf<RunDetail | Promise<RunDetail | null>>('RunDetail');
/** Looked for in the catalog, and not there. */
const without = createShelf<true>('RunWithoutDetail');

/** The details that the catalog has, in one query; those that it lacks are read one by one when a field asks for them. */
export async function loadDetails(context: Context, runs: readonly Run[]): Promise<void> {
  const wanted = runs.filter((run) => details.get(context, keyOfRun(run)) === undefined);
  const found = await context.paddleflow.runs.details(wanted.map(keyOfRun));
  for (const run of wanted) {
    const detail = found.get(keyOfRun(run));
    if (detail) details.set(context, keyOfRun(run), detail);
    else without.set(context, keyOfRun(run), true);
  }
}

/** The detail of a run: loaded ahead, from the catalog, or else read upstream. Null: the backend has none. */
export async function detailOf(run: Run, context: Context): Promise<RunDetail | null> {
  const key = keyOfRun(run);
  if (details.get(context, key) === undefined && !without.get(context, key)) await loadDetails(context, [run]);
  const ahead = details.get(context, key);
  if (ahead !== undefined) return ahead;
  const reading = context.paddleflow.runs.readDetail(run);
  details.set(context, key, reading);
  return reading;
}

/** What is loaded of it already, without asking anybody. */
export function loadedDetail(run: Run, context: Context): RunDetail | null {
  const ahead = details.get(context, keyOfRun(run));
  return ahead === undefined || ahead === null || ahead instanceof Promise ? null : ahead;
}
