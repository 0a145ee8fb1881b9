import { z } from 'zod';
import { pageOf, text } from './parts.ts';

export const WireCreatedUser = z.object({ username: z.string().min(1) });

/** The root user is never listed (2.1). `createTime` is RFC 3339 with zone, unlike most times (4.7). */
export const WireUser = z.object({ name: z.string().min(1), createTime: text });
export type WireUser = z.output<typeof WireUser>;
/** Its `maxKeys` is always 0, and `userList` null when empty (2.1). */
export const WireUserPage = pageOf('userList', WireUser);

export const WireCreatedGrant = z.object({ grantID: z.string().min(1) });

/** Times are RFC 3339 with zone. `resourceID` of a queue or user is its name (2.2). */
export const WireGrant = z.object({
  grantID: text,
  userName: z.string().min(1),
  resourceType: z.string(),
  resourceID: z.string(),
  createTime: text,
  updateTime: text,
});
export type WireGrant = z.output<typeof WireGrant>;
export const WireGrantPage = pageOf('grantList', WireGrant);
