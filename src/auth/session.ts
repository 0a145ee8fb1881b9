import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { UnauthenticatedError } from './unauthenticated.ts';

/** Somebody who has signed in on one source, with an account of its backend. */
export interface Session {
  readonly source: string;
  readonly user: string;
  /** The backend's own, which may be as good as the password. It leaves the gateway encrypted only. */
  readonly token: string;
  readonly expiresAt: Date;
}

const issuer = 'tributary';
const Claims = z.object({ source: z.string().min(1), sub: z.string().min(1), token: z.string().min(1), exp: z.number() });

/** The 32 bytes of a configured key, in hexadecimal, base64 or base64url. Undefined for anything else. */
export function readSessionKey(text: string): Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const key = /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return key?.length === 32 ? key : undefined;
}

/** Five parts are a JWE in its compact form; no other token looks like that. */
export const looksSealed = (token: string): boolean => /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/.test(token);

/** Sessions as tokens that nobody but the gateways with the same key can read or make: JWE, `dir` with A256GCM. */
export const createSeal = (key: Uint8Array, hours: number) => ({
  async seal({ source, user, token }: Omit<Session, 'expiresAt'>): Promise<{ sealed: string; session: Session }> {
    const now = Math.floor(Date.now() / 1000);
    const expiresAt = now + Math.round(hours * 3600);
    const sealed = await new EncryptJWT({ source, token })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuer(issuer)
      .setSubject(user)
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .encrypt(key);
    return { sealed, session: { source, user, token, expiresAt: new Date(expiresAt * 1000) } };
  },
  /** Whose session this is or was not long ago: no right to anything, but its bearer has known the password. Undefined for anything else. */
  async recognise(sealed: string): Promise<Pick<Session, 'source' | 'user'> | undefined> {
    const options = { issuer, keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], clockTolerance: '90 days' };
    const found = await jwtDecrypt(sealed, key, options).catch(() => undefined);
    const { data } = Claims.safeParse(found?.payload);
    return data && { source: data.source, user: data.sub };
  },
  /** Throws `UnauthenticatedError`: made by somebody else or with another key, changed, or expired. */
  async open(sealed: string): Promise<Session> {
    try {
      const options = { issuer, keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
      const { source, sub, token, exp } = Claims.parse((await jwtDecrypt(sealed, key, options)).payload);
      return { source, user: sub, token, expiresAt: new Date(exp * 1000) };
    } catch (error) {
      throw new UnauthenticatedError(error instanceof errors.JWTExpired ? 'SESSION_EXPIRED' : 'TOKEN_INVALID');
    }
  },
});
export type Seal = ReturnType<typeof createSeal>;
