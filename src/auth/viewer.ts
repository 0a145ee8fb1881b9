import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthConfig } from './config.ts';
import { keepSecret } from '../redact/redact.ts';
import { looksSealed, type Seal, type Session } from './session.ts';
import type { SourceAccounts } from './identity.ts';
import type { SessionWatch } from './session-watch.ts';
import { UnauthenticatedError } from './unauthenticated.ts';

export type Role = 'viewer' | 'operator' | 'admin';

/** Who asks. Made anew for each operation, and part of every key under which answers are shared. */
export interface Viewer {
  readonly name: string;
  /** Unlike everybody else's: `local`, the name of a token, or `session:prod:alice`. For the audit, and keys of what is the viewer's own. */
  readonly identity: string;
  readonly role: Role;
  /** The user of the sources whose things this viewer sees, where `accounts` says nothing else; undefined: everybody's. See `accountOn`. */
  readonly owner: string | undefined;
  /** On sources where they have another account, by their names. */
  readonly accounts?: ReadonlyMap<string, string> | undefined;
  /** Signed in: acts as a user of one source, and sees no other source. */
  readonly session?: Session | undefined;
  /** It is not known who asks, and why: nothing is allowed but signing in. */
  readonly refusal?: UnauthenticatedError | undefined;
}

/** The user of this source whose things the viewer sees; undefined: everybody's. */
export const accountOn = ({ owner, accounts }: Pick<Viewer, 'owner' | 'accounts'>, source: string): string | undefined =>
  owner === undefined ? undefined : (accounts?.get(source) ?? owner);

const ranks: readonly Role[] = ['viewer', 'operator', 'admin'];
export const isAtLeast = ({ role }: Viewer, needed: Role): boolean => ranks.indexOf(role) >= ranks.indexOf(needed);

const local: Viewer = { name: 'local', identity: 'local', role: 'admin', owner: undefined };
/** The empty name owns nothing. */
const nobody = (refusal: UnauthenticatedError): Viewer => ({
  name: 'nobody',
  identity: 'nobody',
  role: 'viewer',
  owner: '',
  refusal,
});

/** Who has signed in. Whoever is no mere viewer sees everybody's things. */
export const viewerOf = (session: Session, role: Role): Viewer => {
  const { user } = session;
  return { name: user, identity: identityOf(session), role, owner: role === 'viewer' ? user : undefined, session };
};
export const identityOf = ({ source, user }: Pick<Session, 'source' | 'user'>): string => `session:${source}:${user}`;

const sha256 = (text: string) => createHash('sha256').update(text).digest();

export interface AuthenticatorOptions {
  readonly auth: AuthConfig;
  /** Undefined: no key is configured, so there are no sessions. */
  readonly seal: Seal | undefined;
  readonly sessions: Pick<SessionWatch, 'check'>;
  readonly accountsOf: (source: string) => Pick<SourceAccounts, 'roleOf'> | undefined;
}

/**
 * Who stands behind an `Authorization: Bearer …`. A session in any mode; besides, `open`: whoever reaches the loopback address is `local`, with every
 * role, and `tokens`: compared by hash. Nobody is refused here: the viewer says why nothing is allowed.
 */
export function createAuthenticator({ auth, seal, sessions, accountsOf }: AuthenticatorOptions) {
  const tokens = auth.mode === 'tokens' ? auth.tokens : [];
  const known = tokens.map((token) => ({ ...token, hash: Buffer.from(token.sha256, 'hex') }));

  async function signedIn(token: string): Promise<Viewer> {
    if (seal === undefined) throw new UnauthenticatedError('TOKEN_INVALID');
    const session = await seal.open(token);
    const accounts = accountsOf(session.source);
    if (accounts === undefined) throw new UnauthenticatedError('TOKEN_INVALID'); // not configured any more
    await sessions.check(session);
    return viewerOf(session, accounts.roleOf(session.user));
  }

  return async (authorization: string | undefined): Promise<Viewer> => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token !== undefined) {
      const hash = sha256(token);
      const found = known.find((candidate) => timingSafeEqual(candidate.hash, hash));
      if (found) {
        // Of a token only the hash is configured: from here on it is known by itself. A short one may be a word, or its holder's name.
        if (token.length >= 16) keepSecret(token);
        const owner = found.role === 'viewer' ? (found.owner ?? found.name) : undefined;
        const accounts = new Map(Object.entries(found.accounts ?? {}));
        return { name: found.name, identity: found.name, role: found.role, owner, accounts };
      }
      if (looksSealed(token)) {
        return signedIn(token).catch((error: unknown) => {
          if (error instanceof UnauthenticatedError) return nobody(error);
          throw error;
        });
      }
    }
    if (auth.mode === 'open') return local;
    return nobody(new UnauthenticatedError(token === undefined ? 'TOKEN_NEEDED' : 'TOKEN_INVALID'));
  };
}
