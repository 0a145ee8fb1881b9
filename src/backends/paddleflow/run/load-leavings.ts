import { splitKey } from '../../../core/key.ts';
import { BadInputError } from '../../../problem/problem.ts';
import type { Run } from './model.ts';

/** What a page of runs has left, with one call per source: a list for each run, or the error of its source. */
export async function loadOfRuns<T extends { readonly runId: string }>(
  runs: readonly Run[],
  load: (source: string, runIds: string[]) => Promise<readonly T[]>,
): Promise<(T[] | Error)[]> {
  const answers = new Map(
    await Promise.all(
      [...Map.groupBy(runs, ({ source }) => source)].map(async ([source, some]) => {
        const ids = some.map(({ runId }) => runId);
        const answer = await load(source, ids).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
        return [source, answer instanceof Error ? answer : Map.groupBy(answer, ({ runId }) => runId)] as const;
      }),
    ),
  );
  return runs.map(({ source, runId }) => {
    const answer = answers.get(source);
    return answer instanceof Error ? answer : (answer?.get(runId) ?? []);
  });
}

/** Runs of a filter, as their source calls them. Throws BAD_USER_INPUT for runs of another source, which would match nothing. */
export const runIdsOn = (source: string, ids: readonly { readonly id: string }[] | null | undefined): string[] | undefined =>
  ids?.map(({ id }) => {
    const run = splitKey(id);
    if (run.source !== source) throw new BadInputError(`Run ${run.id} is on ${run.source}, not on ${source}`);
    return run.id;
  });
