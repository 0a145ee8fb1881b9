import type { AuthConfig } from '../config.ts';
import { createAttempts, type AttemptsOptions } from './attempts.ts';
import { createSeal, readSessionKey, type Session } from './session.ts';
import { createSessionWatch } from './session-watch.ts';
import { createAuthenticator } from './viewer.ts';

export interface IdentityOptions {
  readonly auth: AuthConfig;
  readonly isSource: (name: string) => boolean;
  /** A cheap call in the name of a session: fails with `sessionEnded` once its token is no longer accepted. */
  readonly ask: (session: Session) => Promise<unknown>;
  /** Where attempts to sign in are counted, see `createAttempts`. */
  readonly store: AttemptsOptions['store'];
  readonly logError: (error: unknown) => void;
}

/** Everything by which this process knows who asks. */
export function createIdentity({ auth, isSource, ask, store, logError }: IdentityOptions) {
  const key = auth.sessionKey === undefined ? undefined : readSessionKey(auth.sessionKey);
  const seal = key && createSeal(key, auth.sessionHours);
  const sessions = createSessionWatch({ ask, checkMs: auth.sessionCheckMs });
  return {
    /** Undefined: no key is configured, so nobody can sign in. */
    signing: key && seal && { seal, attempts: createAttempts({ store, key, logError }) },
    sessions,
    authenticate: createAuthenticator({ auth, seal, sessions, isSource }),
  };
}
export type Identity = ReturnType<typeof createIdentity>;
