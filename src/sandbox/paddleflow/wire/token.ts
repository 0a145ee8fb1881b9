import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from './errors.ts';

/** Where the clock and the keys of tokens come from. */
export interface TokenRules {
  readonly key: string;
  readonly now: number;
  /** -1: never (1.3). */
  readonly expirationHours: number;
}

export interface Claims {
  readonly username: string;
  /** The stored hash, so that a changed password ends all tokens. */
  readonly password: string;
}

/** `salt` differs at each change, so that even the same password again makes another hash. */
export const hashPassword = (user: string, password: string, salt: number): string =>
  `${salt.toString(16)}$${createHash('sha256').update(`${salt}/${user}/${password}`).digest('hex')}`;

export function isPassword(user: string, password: string, hash: string): boolean {
  const salt = Number.parseInt(hash.split('$')[0] ?? '', 16);
  return hashPassword(user, password, salt) === hash;
}

/** A JWT, HS256. It is valid from 1000 s before now. */
export function issueToken(claims: Claims, { key, now, expirationHours }: TokenRules): string {
  const seconds = Math.floor(now / 1000);
  const expiry = expirationHours === -1 ? {} : { exp: seconds + expirationHours * 3600 };
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, ...expiry, iss: 'paddleflow', nbf: seconds - 1000 })}`;
  return `${unsigned}.${sign(unsigned, key)}`;
}

/** Throws `AuthInvalidToken` for every flaw: form, signature, times. */
export function readToken(token: string, { key, now }: TokenRules): Claims {
  const [head = '', payload = '', signature = '', ...rest] = token.split('.');
  const expected = Buffer.from(sign(`${head}.${payload}`, key));
  const given = Buffer.from(signature);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) throw new ApiError('AuthInvalidToken');
  // The signature shows that we wrote it ourselves.
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims & { nbf: number; exp?: number };
  const seconds = now / 1000;
  if (seconds < claims.nbf || (claims.exp !== undefined && seconds > claims.exp)) throw new ApiError('AuthInvalidToken');
  return claims;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('base64url');
