import { z } from 'zod';
import { ms } from '../core/config-values.ts';
import { isTrivialHash, isTrivialKey } from '../redact/trivial.ts';
import { readSessionKey } from './session.ts';

const Token = z.strictObject({
  name: z
    .string()
    .min(1)
    .refine((name) => !name.startsWith('session:'), 'must not begin with "session:", which is for those who have signed in')
    .describe('of the viewer'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the token in lower case hexadecimal')
    .refine(
      (hash) => !isTrivialHash(hash),
      'is the hash of a word that anybody would try: make a token with `openssl rand -base64 32`, and its hash with `printf %s "$TOKEN" | sha256sum`',
    )
    .describe('hash of the token'),
  role: z.enum(['viewer', 'operator', 'admin']).default('viewer').describe("operators and admins see everybody's runs"),
  owner: z.string().optional().describe('user of the backends whose things a viewer sees; default: its name'),
  accounts: z
    .record(z.string(), z.string().min(1))
    .optional()
    .describe('the same on sources where it is another one: a mapping of names of sources to users'),
});

const sessionSettings = {
  sessionKey: z
    .string()
    .refine(
      (text) => readSessionKey(text) !== undefined,
      'must be 32 bytes in base64 or hexadecimal; `openssl rand -base64 32` makes such a key',
    )
    .refine((text) => !isTrivialKey(readSessionKey(text) ?? Buffer.from(text)), 'is not random: make a key with `openssl rand -base64 32`')
    .optional()
    .describe('encrypts the sessions of those who sign in, the same on all gateways; best as `${NAME}`. Without it nobody can sign in'),
  sessionHours: z.number().positive().max(8_760).default(12).describe('after which a session expires'),
  sessionCheckMs: ms(10_000, 'how long a session in use is believed before its backend is asked again whether its token still holds'),
};

/** `auth` in the configuration. */
export const AuthConfig = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('open').optional().default('open').describe('who may come without having signed in'),
    ...sessionSettings,
  }),
  z.strictObject({ mode: z.literal('tokens'), tokens: z.array(Token).min(1), ...sessionSettings }),
]);
export type AuthConfig = z.output<typeof AuthConfig>;
