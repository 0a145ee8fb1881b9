import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';
import { grantFromWire, type QueueGrant } from './model.ts';

/** Who was granted which queues of one source. PaddleFlow shows that to root only (contract 2.2). */
export interface GrantSource {
  /** Oldest first. A thousand with one call; grants of other things than queues are left out. */
  ofUser(user: string): Promise<QueueGrant[]>;
  /** The same of everybody: the upstream filters by user alone. */
  all(): Promise<QueueGrant[]>;
}

export function createGrantSource({ name: source, client }: Pick<SourceHandle, 'name' | 'client'>, signal?: AbortSignal): GrantSource {
  async function list(username?: string): Promise<QueueGrant[]> {
    const page = ({ marker, limit }: { marker: string | undefined; limit: number }) =>
      client.listGrants({ username, marker, maxKeys: limit }, signal);
    const found = await wholeList({ source, page, signal });
    return found.filter(({ resourceType }) => resourceType === 'queue').map((wire) => grantFromWire(source, wire));
  }
  return { ofUser: (user) => list(user), all: () => list() };
}
