import { lazily } from '../../core/lazily.ts';
import { BadInputError, NotFoundProblem } from '../../problem/problem.ts';
import type { OperationTools } from '../../source/backend.ts';
import { noSource } from '../../source/require.ts';
import type { DataStorySource } from './source.ts';
import { createTaskSource } from './task/source.ts';
import { createTaskWriter } from './task/write.ts';

declare module '../../context.ts' {
  interface Context {
    readonly datastory: DataStoryContext;
  }
}

/** The Sources and Writers of DataStory, each made when it is first asked. */
export function createDataStoryContext(tools: OperationTools, configured: readonly DataStorySource[]) {
  const { viewer, caller, db, attempt, logError } = tools;
  const seen = new Map(configured.filter(({ name }) => tools.sources.has(name)).map((source) => [source.name, source]));
  const names = [...seen.keys()];
  const sourceOf = (name: string): DataStorySource => {
    const source = seen.get(name);
    if (source === undefined) throw new NotFoundProblem(noSource(name, names));
    return source;
  };
  return lazily({
    names: () => names,
    /** Throws BAD_USER_INPUT for a name that is no DataStory of this viewer's. */
    requireSource: () => (name: string) => {
      if (!seen.has(name)) throw new BadInputError(noSource(name, names));
    },
    /** As it is configured; undefined for a name that is none of these. */
    configOf: () => (name: string) => seen.get(name)?.config,
    tasks: () => createTaskSource(db, viewer, names),
    taskWriter: () =>
      createTaskWriter({ db, viewer, caller: caller.key, sourceOf, reads: createTaskSource(db, viewer, names), attempt, logError }),
  });
}
export type DataStoryContext = ReturnType<typeof createDataStoryContext>;
