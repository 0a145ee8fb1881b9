import type { MarkerPage } from '../../../core/page.ts';
import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';
import { userFromWire, type User } from './model.ts';

/** All that the schema may ask about the users of one source. PaddleFlow shows them to root only. */
export interface UserSource {
  page(at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<User>>;
  /** All but root, by key. A thousand with one call: the single read drops the connection when there is no such user (contract 1.9). */
  all(): Promise<ReadonlyMap<string, User>>;
}

export function createUserSource({ name: source, client }: Pick<SourceHandle, 'name' | 'client'>, signal?: AbortSignal): UserSource {
  const page: UserSource['page'] = async ({ marker, limit }) => {
    const { items, nextMarker } = await client.listUsers({ marker, maxKeys: limit }, signal);
    return { items: items.map((wire) => userFromWire(source, wire)), nextMarker };
  };
  return {
    page,
    async all() {
      return new Map((await wholeList({ source, page, signal })).map((user) => [user.key, user]));
    },
  };
}
