import type { UserRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot, requireRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError, DroppedConnection } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { readPaging, takePage } from '../wire/paging.ts';
import { hashPassword } from '../wire/token.ts';

/** Contract 2.1: root only, except changing one's own password. */
export const users: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/user',
    handle(call, state) {
      const { username = '', password = '' } = readBody(call.body, { username: 'string', password: 'string' }, 'default-message');
      if (!/^[A-Za-z0-9]{4,16}$/.test(username)) throw new ApiError('InvalidNamePattern');
      refuseWeak(password);
      requireRoot(call.user);
      refuseLong(password);
      // SQLite's complaint is not recognised as one about a name (2.1).
      if (findUser(username, state)) throw new ApiError(state.birth.database === 'mysql' ? 'UserNameDuplicated' : 'InternalError');
      const number = state.users.takeNumber();
      state.users.add({ number, name: username, passwordHash: hashPassword(username, password, number), createdAt: state.now });
      return ok({ username });
    },
  },
  {
    method: 'DELETE',
    path: '/user/:username',
    handle(call, state) {
      const username = param(call, 'username');
      if (!isRoot(call.user) || isRoot(username)) throw new ApiError('AccessDenied');
      state.users.delete(requireUser(username, state));
      // What the user has made stays (2.1).
      state.grants.deleteWhere(
        ({ userName, resourceType, resourceID }) => userName === username || (resourceType === 'user' && resourceID === username),
      );
      return okEmpty;
    },
  },
  {
    method: 'PUT',
    path: '/user/:username',
    handle(call, state) {
      const username = param(call, 'username');
      const { password = '' } = readBody(call.body, { password: 'string' }, 'default-message');
      refuseWeak(password);
      const user = requireUser(username, state);
      if (!isRoot(call.user) && call.user !== username) throw new ApiError('AccessDenied');
      refuseLong(password);
      // The salt moves on, so that all tokens of the user end, even with the same password again.
      user.passwordHash = hashPassword(username, password, Number.parseInt(user.passwordHash, 16) + 1);
      return okEmpty;
    },
  },
  {
    method: 'GET',
    path: '/user',
    handle(call, state) {
      const single = call.query.get('user') ?? '';
      if (single !== '') {
        const user = findUser(single, state);
        if (user === undefined || !isRoot(call.user)) throw new DroppedConnection();
        return ok(view(user, state));
      }
      const paging = readPaging(call.query, state.cipher, 'default-message');
      if (!isRoot(call.user)) throw new ApiError('AccessDenied');
      const { rows, envelope } = takePage(state.users, paging, state.cipher, 'misleading', ({ name }) => name !== 'root');
      return ok({ ...envelope, maxKeys: 0, userList: rows.length === 0 ? null : rows.map((user) => view(user, state)) });
    },
  },
];

const findUser = (name: string, state: State): UserRow | undefined => state.users.find((user) => user.name === name);

export function requireUser(name: string, state: State): UserRow {
  const user = findUser(name, state);
  if (user === undefined) throw new ApiError('UserNotExist');
  return user;
}

/** Six bytes with a digit and a lowercase letter; the code's default text is inexact. */
function refuseWeak(password: string): void {
  if (Buffer.byteLength(password) < 6 || !/\d/.test(password) || !/[a-z]/.test(password)) throw new ApiError('UserPasswordWeak');
}

/** What bcrypt takes is limited, and its error is nobody's (2.1). */
function refuseLong(password: string): void {
  if (Buffer.byteLength(password) > 72) throw new ApiError('InternalError');
}

const view = (user: UserRow, state: State) => ({ createTime: state.zone.rfc3339(user.createdAt), name: user.name });
