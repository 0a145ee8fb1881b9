import { outageOf } from '../problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { grantFromWire, type QueueGrant } from './model.ts';

/** Who was granted which queues of one source. PaddleFlow shows that to root only (contract 2.2). */
export interface GrantSource {
  /** Oldest first. A thousand with one call; grants of other things than queues are left out. */
  ofUser(user: string): Promise<QueueGrant[]>;
  /** The same of everybody: the upstream filters by user alone. */
  all(): Promise<QueueGrant[]>;
}

const wholeList = 1000;

export function createGrantSource({ name: source, client }: Pick<SourceHandle, 'name' | 'client'>, signal?: AbortSignal): GrantSource {
  async function list(username?: string): Promise<QueueGrant[]> {
    const found: QueueGrant[] = [];
    let marker: string | undefined;
    do {
      const { items, nextMarker } = await client
        .listGrants({ username, marker, maxKeys: wholeList }, signal)
        .catch((error: unknown) => Promise.reject(outageOf(error)));
      found.push(...items.filter(({ resourceType }) => resourceType === 'queue').map((wire) => grantFromWire(source, wire)));
      marker = nextMarker;
    } while (marker !== undefined);
    return found;
  }
  return { ofUser: (user) => list(user), all: () => list() };
}
