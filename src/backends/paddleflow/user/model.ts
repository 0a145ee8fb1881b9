import { parseDateTime } from '../../../core/date-time.ts';
import { keyOf } from '../../../core/key.ts';
import type { WireUser } from '../wire/wire.ts';

/** A user of a source; the key is `prod:alice`. */
export interface User {
  readonly kind: 'User';
  readonly key: string;
  /** Absent: nobody has looked. Known from a run, say, a user is a name and nothing more. */
  readonly createdAt?: Date | null | undefined;
}

/** What hundreds of runs on a page have: an owner, whose name costs no call. */
export const userAt = (key: string): User => ({ kind: 'User', key });

/** Users and grants, unlike most, have times with a zone (contract 2.1, 2.2). */
export function momentOf(text: string): Date | null {
  const time = parseDateTime(text);
  return time === undefined || time.getUTCFullYear() < 1970 ? null : time;
}

export const userFromWire = (source: string, { name, createTime }: WireUser): User => ({
  ...userAt(keyOf(source, name)),
  createdAt: momentOf(createTime),
});

/** The account that is always there, and in no list (contract 2.1). */
export const rootName = 'root';

/** As the backend makes them (contract 2.1); what is not like that is nobody's name. */
export const namePattern = /^[A-Za-z0-9]{1,60}$/;
