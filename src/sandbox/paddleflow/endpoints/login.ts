import type { Endpoint } from '../wire/call.ts';
import { ok } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { isPassword, issueToken } from '../wire/token.ts';

export const login: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/login',
    handle(call, state) {
      const { username = '', password = '' } = readBody(call.body, { username: 'string', password: 'string' }, 'default-message');
      const user = state.users.find(({ name }) => name === username);
      if (user === undefined) throw new ApiError('UserNotExist');
      if (!isPassword(user.name, password, user.passwordHash)) throw new ApiError('AuthFailed');
      const { tokenKey: key, tokenExpirationHours: expirationHours } = state.birth;
      return ok({ authorization: issueToken({ username, password: user.passwordHash }, { key, now: state.now, expirationHours }) });
    },
  },
];
