import { BadInputError, NotFoundProblem } from '../../../problem/problem.ts';
import { noSource } from '../../../source/require.ts';
import type { SourceHandle, SourceHandles } from './handle.ts';

/**
 * For queries and subscriptions, wherever they name a source. Throws BAD_USER_INPUT for a name that is not configured, or not for this viewer. (An id
 * that leads to no source, as against a name, is the id of something that is not there.)
 */
export function requireSource(handles: SourceHandles, name: string): void {
  if (!handles.has(name)) throw new BadInputError(noSource(name, [...handles.keys()]));
}

/** For mutations, whose results say it in the same words as a `NotFoundProblem`. */
export function requireHandle(handles: SourceHandles, name: string): SourceHandle {
  const handle = handles.get(name);
  if (handle === undefined) throw new NotFoundProblem(noSource(name, [...handles.keys()]));
  return handle;
}
