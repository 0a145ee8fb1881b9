import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';

type Granting = Pick<SourceHandle, 'name' | 'client'>;

/** Queue grants of one user, or of all. Root only (contract 2.2). */
async function queueGrants({ name: source, client }: Granting, username: string | undefined, signal?: AbortSignal) {
  const found = await wholeList({
    source,
    page: ({ marker, limit }) => client.listGrants({ username, marker, maxKeys: limit }, signal),
    signal,
  });
  return found
    .filter(({ resourceType }) => resourceType === 'queue')
    .map(({ userName, resourceID }) => ({ user: userName, queue: resourceID }));
}

/** Names of the queues that PaddleFlow would show to this user. */
export const queuesGrantedTo = async (handle: Granting, user: string, signal?: AbortSignal): Promise<ReadonlySet<string>> =>
  new Set((await queueGrants(handle, user, signal)).map(({ queue }) => queue));

/** Names of the users whose grants would go with this queue. */
export const usersGranted = async (handle: Granting, names: readonly string[]): Promise<string[]> =>
  (await queueGrants(handle, undefined)).filter(({ queue }) => names.includes(queue)).map(({ user }) => user);
