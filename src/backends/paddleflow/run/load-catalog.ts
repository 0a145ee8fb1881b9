import DataLoader from 'dataloader';
import type { Context } from '../../../context.ts';
import { keyOfRun, type Run } from './model.ts';

interface Loaders {
  readonly run: DataLoader<string, Run | null>;
  readonly retries: DataLoader<Run, Run[]>;
}
/** By the context's identity, as shelves are: each event of a subscription begins anew. */
const loaders = new WeakMap<Context, Loaders>();

function of(context: Context): Loaders {
  const known = loaders.get(context);
  if (known) return known;
  const made: Loaders = {
    run: new DataLoader(async (keys) => {
      const found = await context.paddleflow.runs.inCatalog(keys);
      return keys.map((key) => found.get(key) ?? null);
    }),
    retries: new DataLoader(async (runs) => {
      const found = Map.groupBy(await context.paddleflow.runs.retriesOf(runs), ({ source, retryOf }) => `${source}:${retryOf}`);
      return runs.map(({ source, ordinal }) => found.get(`${source}:${ordinal}`) ?? []);
    }),
  };
  loaders.set(context, made);
  return made;
}

/** A run that the catalog has and this viewer may see, gone upstream or not; null otherwise. Nobody upstream is asked; one query for a whole page. */
export const runInCatalog = (context: Context, key: string): Promise<Run | null> => of(context).run.load(key);

/** Those that the catalog has and that are still there upstream, in the order of the keys. */
export async function runsInCatalog(context: Context, keys: readonly string[]): Promise<Run[]> {
  const found = await Promise.all(keys.map((key) => runInCatalog(context, key)));
  const seen = new Map(found.flatMap((run) => (run === null || run.deletedUpstream !== null ? [] : [[keyOfRun(run), run] as const])));
  return [...seen.values()];
}

/** Runs made by trying this one again, oldest first. */
export const retriesOf = (context: Context, run: Run): Promise<Run[]> => of(context).retries.load(run);
