import type { GrantRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot, requireRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { emptyEnvelope, readPaging, takePage } from '../wire/paging.ts';
import { requireUser } from './users.ts';

/** Contract 2.2. A queue grant filters what a user sees of the queues; submitting asks nobody (1.4). */
export const grants: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/grant',
    handle(call, state) {
      const shape = { userName: 'string', resourceType: 'string', resourceID: 'string' } as const;
      const { userName = '', resourceType = '', resourceID = '' } = readBody(call.body, shape, 'default-message');
      check(call.user, userName, resourceType, resourceID, state);
      if (find(userName, resourceType, resourceID, state)) throw new ApiError('GrantAlreadyExist');
      const number = state.grants.takeNumber();
      const grantID = `grant-${state.hex(`grant/${number}`, 8)}`;
      state.grants.add({ number, grantID, userName, resourceType, resourceID, createdAt: state.now });
      return ok({ grantID });
    },
  },
  {
    method: 'DELETE',
    path: '/grant',
    handle(call, state) {
      const [userName, resourceType, resourceID] = ['username', 'resourceType', 'resourceID'].map((name) => call.query.get(name) ?? '') as [
        string,
        string,
        string,
      ]; // as many as names
      check(call.user, userName, resourceType, resourceID, state);
      const grant = find(userName, resourceType, resourceID, state);
      if (grant === undefined) throw new ApiError('GrantNotFound');
      state.grants.delete(grant);
      return okEmpty;
    },
  },
  {
    method: 'GET',
    path: '/grant',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher, 'default-message');
      requireRoot(call.user);
      if (state.databaseDown) return ok({ ...emptyEnvelope(paging.maxKeys), grantList: [] });
      const userName = call.query.get('username') ?? '';
      const { rows, envelope } = takePage(
        state.grants,
        paging,
        state.cipher,
        'misleading',
        (row) => userName === '' || row.userName === userName,
      );
      return ok({ ...envelope, grantList: rows.map((grant) => view(grant, state)) });
    },
  },
];

export const hasQueueGrant = (user: string, queue: string, state: State): boolean =>
  isRoot(user) || find(user, 'queue', queue, state) !== undefined;

const find = (userName: string, resourceType: string, resourceID: string, state: State): GrantRow | undefined =>
  state.grants.find((row) => row.userName === userName && row.resourceType === resourceType && row.resourceID === resourceID);

/** The same order for making and deleting. A missing file system is reported as a missing user, sic. */
function check(caller: string, userName: string, resourceType: string, resourceID: string, state: State): void {
  requireRoot(caller);
  if (isRoot(userName)) throw new ApiError('GrantRootActionNotSupport');
  if (!['queue', 'user', 'fs'].includes(resourceType)) throw new ApiError('GrantResourceTypeNotFound');
  if (resourceType === 'queue' && !state.queues.find(({ name }) => name === resourceID)) throw new ApiError('QueueNameNotFound');
  if (resourceType === 'user') requireUser(resourceID, state);
  if (resourceType === 'fs' && !state.fileSystems.find(({ id }) => id === resourceID)) throw new ApiError('UserNotExist');
  requireUser(userName, state);
}

function view(grant: GrantRow, state: State) {
  const time = state.zone.rfc3339(grant.createdAt);
  const { grantID, userName, resourceType, resourceID } = grant;
  return { grantID, userName, resourceType, resourceID, createTime: time, updateTime: time };
}
