import type { State } from '../state/state.ts';
import { JsonObject } from '../../kit/json-value.ts';
import { JsonSyntaxError, readJson } from '../../kit/read-json.ts';
import { ApiError } from './errors.ts';
import { folded } from './json.ts';
import { readToken } from './token.ts';

export interface Credentials {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly token: string;
  /** `x-pf-user-name` as the client sent it. */
  readonly claimedUser: string;
}

/** The name of the caller, or one of the refusals of 1.3 in their order. They are all 400, never 401. */
export function authenticate({ method, path, query, body, token, claimedUser }: Credentials, state: State): string {
  // The hole of 1.4: whatever ends so is taken for the login itself.
  if (/login\/?$/.test(path)) return claimedUser;
  if (token === '') throw new ApiError('AuthWithoutToken');
  const { tokenKey: key, tokenExpirationHours: expirationHours } = state.birth;
  const claims = readToken(token, { key, now: state.now, expirationHours });
  const other = method === 'POST' || method === 'PUT' ? userInBody(body) : (query.get('userName') ?? '');
  if (other !== '' && other !== claims.username && claims.username !== 'root') throw new ApiError('AuthIllegalUser');
  const user = state.users.find(({ name }) => name === claims.username);
  if (user === undefined) throw new ApiError('UserNotExist');
  if (user.passwordHash !== claims.password) throw new ApiError('AuthFailed');
  return user.name;
}

/** A top-level key that equals `userName` whatever its case. A body that cannot be parsed passes here and fails later. */
function userInBody(body: string): string {
  let found = '';
  try {
    const value = readJson(body);
    if (!(value instanceof JsonObject)) return '';
    for (const [key, item] of value.entries) {
      if (folded(key) !== 'username' || item === null) continue;
      if (typeof item !== 'string') return '';
      found = item;
    }
    return found;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return '';
    throw error;
  }
}
