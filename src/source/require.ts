import { BadInputError, NotFoundProblem } from '../problem/problem.ts';
import type { SourceDirectory } from './directory.ts';
import type { SourceHandle, SourceHandles } from '../backends/paddleflow/source/handle.ts';

/** Names are part of every id, so whoever may ask here may know them. */
const noSource = (name: string, names: readonly string[]) =>
  `There is no source ${JSON.stringify(name.slice(0, 100))}; there ${names.length === 0 ? 'is none' : `are: ${names.join(', ')}`}`;

/**
 * For queries and subscriptions, wherever they name a source. Throws BAD_USER_INPUT for a name that is not configured, or not for this viewer: a typo
 * must not look like an empty list. (An id that leads to no source, as against a name, is the id of something that is not there.)
 */
export function requireSource({ sources }: { readonly sources: Pick<SourceDirectory, 'has' | 'names'> }, name: string): void {
  if (!sources.has(name)) throw new BadInputError(noSource(name, sources.names()));
}

/** For mutations, whose results say it in the same words as a `NotFoundProblem`. */
export function requireHandle(handles: SourceHandles, name: string): SourceHandle {
  const handle = handles.get(name);
  if (handle === undefined) throw new NotFoundProblem(noSource(name, [...handles.keys()]));
  return handle;
}
