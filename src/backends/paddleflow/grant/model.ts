import { keyOf } from '../../../core/key.ts';
import type { WireGrant } from '../wire/wire.ts';
import { momentOf } from '../user/model.ts';

/** The upstream knows a grant by its user and queue, and has no use for its own id, so the key is `prod:alice/train`: names of users hold no slash. */
export const keyOfGrant = (source: string, user: string, queue: string): string => keyOf(source, `${user}/${queue}`);

export const grantFromWire = (source: string, { userName, resourceID, createTime }: WireGrant) => ({
  kind: 'QueueGrant' as const,
  key: keyOfGrant(source, userName, resourceID),
  source,
  user: userName,
  queue: resourceID,
  grantedAt: momentOf(createTime),
});
export type QueueGrant = Readonly<ReturnType<typeof grantFromWire>>;
