import type { Viewer } from '../../../auth/viewer.ts';
import type { PaddleFlowClient } from '../client/client.ts';
import type { Caller } from '../client/paddleflow.ts';
import type { PaddleFlowSource } from './configured.ts';
import type { SourceHandle, SourceHandles } from './handle.ts';

type Shared = Pick<PaddleFlowSource, 'handle' | 'as' | 'asUser'>;

/**
 * The sources as this viewer has them: all of them under the service account, or for who has signed in that one source in their own name, with
 * their own token. Of other sources a session shows nothing: there it is nobody. Neither has any who is not known at all. Whoever's account it is,
 * the source is asked by turns with all other callers.
 */
export function handlesOf(viewer: Viewer, configured: readonly Shared[], caller: Caller): SourceHandles {
  if (viewer.refusal) return new Map();
  const { session } = viewer;
  const seen = session === undefined ? configured : configured.filter(({ handle }) => handle.name === session.source);
  return new Map(seen.map((source) => [source.handle.name, ownHandle(source, viewer, caller)]));
}

function ownHandle({ handle, as, asUser }: Shared, { session }: Viewer, caller: Caller): SourceHandle {
  const clientFor = (share: boolean): PaddleFlowClient =>
    session === undefined ? as('viewer', { share, caller }) : asUser(session.token, { share, caller });
  return {
    ...handle,
    ...(session === undefined ? { actsAs: 'service' as const } : { actsAs: 'viewer' as const, identity: `user:${session.user}` }),
    client: clientFor(true),
    reader: clientFor(false),
    kept: handle.kept.as(caller),
  };
}
