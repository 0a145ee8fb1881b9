/** Why it is not known who asks, for programs: `extensions.reason`. */
export type UnauthenticatedReason = 'TOKEN_NEEDED' | 'TOKEN_INVALID' | 'SESSION_EXPIRED' | 'SESSION_ENDED';

const messages: Record<UnauthenticatedReason, string> = {
  TOKEN_NEEDED: 'A token is needed: send one as `Authorization: Bearer …`, or sign in',
  TOKEN_INVALID: 'The token is not valid',
  SESSION_EXPIRED: 'The session has expired: sign in again',
  SESSION_ENDED: 'The session has ended, because the password was changed or the user deleted: sign in again',
};

/** It is not known who asks, or not any more. graphql-js copies `extensions` onto the error that clients get; `http` stays with our own HTTP layer. */
export class UnauthenticatedError extends Error {
  override name = 'UnauthenticatedError';
  readonly extensions: {
    readonly code: 'UNAUTHENTICATED';
    readonly reason: UnauthenticatedReason;
    readonly http: { readonly status: 401; readonly headers: Record<string, string> };
  };
  constructor(reason: UnauthenticatedReason) {
    super(messages[reason]);
    this.extensions = { code: 'UNAUTHENTICATED', reason, http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } } };
  }
}
