import type { Viewer } from '../../auth/viewer.ts';
import { splitKey } from '../../key.ts';
import type { Attempt } from '../audit/attempt.ts';
import { enforceOwnership } from '../permission.ts';
import { NotFoundProblem, problemOf, UnconfirmedProblem } from '../problem.ts';
import type { SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';

export interface RunCacheWriter {
  /** Throws a `Problem` that the client can act on, or an outage. */
  delete(key: string, options: { readonly ignoreMissing: boolean }): Promise<void>;
}

export function createRunCacheWriter(handles: SourceHandles, viewer: Viewer, attempt: Attempt): RunCacheWriter {
  async function remove(key: string): Promise<void> {
    const { source, id } = splitKey(key);
    const handle = requireHandle(handles, source);
    if (!/^cch-\d+$/.test(id)) throw new NotFoundProblem(`There is no cache record ${id}`);
    // Only who is not let do everything has to be looked up: one call less for the others.
    if (handle.actsAs === 'service' && viewer.owner !== undefined)
      enforceOwnership(handle, viewer, (await handle.reader.getRunCache(id)).username, `The cache record ${id}`);
    try {
      await handle.client.deleteRunCache(id);
    } catch (error) {
      const problem = problemOf(error, id);
      if (!(problem instanceof UnconfirmedProblem)) throw problem;
      // The answer was lost: that it is not there any more says the same.
      const isGone = await handle.reader.getRunCache(id).then(
        () => false,
        (again: unknown) => problemOf(again, id) instanceof NotFoundProblem,
      );
      if (!isGone) throw problem;
    }
  }

  return {
    delete: (key, { ignoreMissing }) =>
      attempt('deleteRunCache', key, async () => {
        try {
          await remove(key);
        } catch (error) {
          const problem = problemOf(error, splitKey(key).id);
          if (!(ignoreMissing && problem instanceof NotFoundProblem)) throw problem;
        }
      }),
  };
}
