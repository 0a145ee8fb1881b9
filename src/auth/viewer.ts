import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthConfig } from '../config.ts';

export type Role = 'viewer' | 'operator' | 'admin';

/** Who asks. Made anew for each operation, and part of every key under which answers are shared. */
export interface Viewer {
  readonly name: string;
  /** Unlike everybody else's: `local`, the name of a token, or `session:prod:alice`. For the audit, and keys of what is the viewer's own. */
  readonly identity: string;
  readonly role: Role;
  /** The user of the sources whose things this viewer sees; undefined: everybody's. */
  readonly owner: string | undefined;
}

const ranks: readonly Role[] = ['viewer', 'operator', 'admin'];
export const isAtLeast = ({ role }: Viewer, needed: Role): boolean => ranks.indexOf(role) >= ranks.indexOf(needed);

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/**
 * `open`: whoever reaches the loopback address is `local`, with every role. `tokens`: `Authorization: Bearer …`, compared by hash.
 * Undefined: nobody we know.
 */
export function createAuthenticator(auth: AuthConfig): (authorization: string | undefined) => Viewer | undefined {
  if (auth.mode === 'open') return () => ({ name: 'local', identity: 'local', role: 'admin', owner: undefined });
  const known = auth.tokens.map((token) => ({ ...token, hash: Buffer.from(token.sha256, 'hex') }));
  return (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    const hash = sha256(token);
    const found = known.filter((candidate) => timingSafeEqual(candidate.hash, hash))[0];
    return (
      found && {
        name: found.name,
        identity: found.name,
        role: found.role,
        owner: found.role === 'viewer' ? (found.owner ?? found.name) : undefined,
      }
    );
  };
}
