import type { Viewer } from '../../../auth/viewer.ts';
import { splitKey } from '../../../core/key.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { deleting, isRefusedAs } from '../../../problem/lost-answer.ts';
import { enforceOwnership } from '../permission.ts';
import { NotFoundProblem, problemOf } from '../../../problem/problem.ts';
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
    const isGone = () => isRefusedAs('RunCacheNotFound', () => handle.reader.getRunCache(id));
    await deleting(id, () => handle.client.deleteRunCache(id), isGone);
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
