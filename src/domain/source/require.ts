import { BadInputError, NotFoundProblem } from '../problem.ts';
import type { SourceDirectory } from './directory.ts';
import type { SourceHandle, SourceHandles } from './handle.ts';

/** Throws BAD_USER_INPUT for a name that is not configured: a typo must not look like an empty list. */
export function requireSource({ sources }: { readonly sources: SourceDirectory }, name: string): void {
  if (!sources.has(name)) throw new BadInputError(`There is no source ${JSON.stringify(name)}; there are: ${sources.names().join(', ')}`);
}

/** For mutations. Throws `NotFoundProblem` where no such source is configured. */
export function requireHandle(handles: SourceHandles, name: string): SourceHandle {
  const handle = handles.get(name);
  if (handle === undefined) throw new NotFoundProblem(`There is no source ${name}`);
  return handle;
}
