import { z } from 'zod';
import { urlOf } from '../core/config-values.ts';
import { isTimeZone } from '../core/server-time.ts';
import { isPlaceholder } from '../redact/trivial.ts';

/** What the configurations of sources of all kinds have in common. */
export const sourceName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must match [a-z][a-z0-9-]{0,31}')
  .describe('part of every id of the graph, so it is for ever');

export const httpUrl = z
  .string()
  .refine((text) => urlOf(text, ['http:', 'https:']), 'is not an http(s) URL')
  .refine((text) => !/[@?#]/.test(text), 'must hold no user, query or fragment');

export const timeZone = z.string().refine(isTimeZone, 'is not an IANA time zone such as Asia/Shanghai');

/** `what` continues "is a placeholder: put … there". */
export const secret = (what: string) =>
  z
    .string()
    .min(1)
    .refine((text) => !isPlaceholder(text), `is a placeholder: put ${what} there, best as \`\${NAME}\``);
