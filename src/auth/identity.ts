import type { AuthConfig } from './config.ts';
import { createAttempts, type AttemptsOptions } from './attempts.ts';
import { createSeal, readSessionKey, type Session } from './session.ts';
import { createSessionWatch } from './session-watch.ts';
import { createAuthenticator, type Role } from './viewer.ts';

/** What is known of the accounts of one source, with which people can sign in. */
export interface SourceAccounts {
  /** A cheap call in the name of a session: fails with `sessionEnded` once the backend no longer accepts its token. */
  check(session: Session): Promise<unknown>;
  /** What this account may do here. */
  roleOf(user: string): Role;
}

export interface IdentityOptions {
  readonly auth: AuthConfig;
  /** Of a configured source with accounts of its own. */
  readonly accountsOf: (source: string) => SourceAccounts | undefined;
  /** Where attempts to sign in are counted, see `createAttempts`. */
  readonly store: AttemptsOptions['store'];
  readonly logError: (error: unknown) => void;
}

/** Everything by which this process knows who asks. */
export function createIdentity({ auth, accountsOf, store, logError }: IdentityOptions) {
  const key = auth.sessionKey === undefined ? undefined : readSessionKey(auth.sessionKey);
  const seal = key && createSeal(key, auth.sessionHours);
  const sessions = createSessionWatch({ ask: async (session) => accountsOf(session.source)?.check(session), checkMs: auth.sessionCheckMs });
  return {
    /** Undefined: no key is configured, so nobody can sign in. */
    signing: key && seal && { seal, attempts: createAttempts({ store, key, logError }) },
    sessions,
    authenticate: createAuthenticator({ auth, seal, sessions, accountsOf }),
  };
}
export type Identity = ReturnType<typeof createIdentity>;
