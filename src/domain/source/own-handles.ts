import type { Viewer } from '../../auth/viewer.ts';
import type { PaddleFlow } from '../../upstream/paddleflow/paddleflow.ts';
import type { SourceHandle, SourceHandles } from './handle.ts';

/**
 * The sources as this viewer has them: all of them under the service account, or for who has signed in that one source in their own name, with
 * their own token. Of other sources a session shows nothing: there it is nobody. Neither has any who is not known at all.
 */
export function handlesOf(viewer: Viewer, shared: SourceHandles, upstream: (source: string) => PaddleFlow | undefined): SourceHandles {
  if (viewer.refusal) return new Map();
  const { session } = viewer;
  if (session === undefined) return shared;
  const handle = shared.get(session.source);
  const paddleflow = upstream(session.source);
  if (handle === undefined || paddleflow === undefined) return new Map();
  const own: SourceHandle = {
    ...handle,
    actsAs: 'viewer',
    identity: `user:${session.user}`,
    client: paddleflow.asUser(session.token),
    reader: paddleflow.asUser(session.token, { share: false }),
  };
  return new Map([[handle.name, own]]);
}
