import type { Viewer } from '../../../auth/viewer.ts';
import { splitKey } from '../../../core/key.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { deleting, isUnlisted } from '../../../problem/lost-answer.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { isUnlistedOn, namedOn } from '../named.ts';
import { enforceRole } from '../permission.ts';
import { InvalidInputProblem, NotFoundProblem, problemOf, UnconfirmedProblem } from '../../../problem/problem.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import { keyOfGrant, type QueueGrant } from './model.ts';
import { createGrantSource } from './source.ts';

/** Keys of the two. */
export interface GrantPlace {
  readonly user: string;
  readonly queue: string;
}

export interface GrantWriter {
  grant(place: GrantPlace, options?: { readonly idempotencyKey?: string | undefined }): Promise<QueueGrant>;
  revoke(place: GrantPlace, options: { readonly ignoreMissing: boolean }): Promise<void>;
}

const grantsOn = (handle: SourceHandle) => createGrantSource({ name: handle.name, client: handle.reader });
const find = async (handle: SourceHandle, user: string, key: string) =>
  (await grantsOn(handle).ofUser(user)).find((grant) => grant.key === key);
const isAt = (key: string) => (grant: QueueGrant) => grant.key === key;
const keyAt = ({ user, queue }: GrantPlace) => keyOfGrant(splitKey(queue).source, splitKey(user).id, splitKey(queue).id);

/** Root's business upstream, so an administrator's here. Both throw a `Problem` that the client can act on, or an outage. */
export function createGrantWriter(handles: SourceHandles, viewer: Viewer, attempt: Attempt, intents: Intents): GrantWriter {
  function administered(place: GrantPlace, what: string) {
    const user = splitKey(place.user);
    const queue = splitKey(place.queue);
    const handle = requireHandle(handles, queue.source);
    enforceRole(handle, viewer, 'admin', what);
    if (user.source !== queue.source) throw new InvalidInputProblem('is on another source than the queue', 'userId');
    return { handle, grant: { userName: user.id, resourceType: 'queue', resourceID: queue.id } as const };
  }

  return {
    grant: (place, { idempotencyKey } = {}) =>
      attempt('grantQueue', keyAt(place), async () => {
        const { handle, grant } = administered(place, 'grant queues');
        const key = keyAt(place);
        const about = `${grant.userName} on ${grant.resourceID}`;
        if (idempotencyKey !== undefined) {
          const maker = namedOn(handle, {
            kind: 'grant',
            find: async () => (await find(handle, grant.userName, key))?.key,
            isAbsent: () => isUnlistedOn(handle, () => grantsOn(handle).all(), isAt(key)),
            send: async (deadline) => {
              await handle.client.createGrant(grant, { deadline });
              return key;
            },
          });
          const read = () => find(handle, grant.userName, key);
          return keyed(intents, { idempotencyKey, input: grant, maker, read }).catch((error: unknown) => {
            throw problemOf(error, about);
          });
        }
        try {
          await handle.client.createGrant(grant);
        } catch (error) {
          const problem = problemOf(error, about);
          const there = problem instanceof UnconfirmedProblem ? await find(handle, grant.userName, key).catch(() => undefined) : undefined;
          if (there === undefined) throw problem;
          return there;
        }
        // It was accepted, so it stands also while it cannot be read; only its time is not known then.
        const made = await find(handle, grant.userName, key).catch(() => undefined);
        return made ?? { kind: 'QueueGrant', key, source: handle.name, user: grant.userName, queue: grant.resourceID, grantedAt: null };
      }),

    /** With a user or a queue their grants have gone, too: nothing is left to be revoked (contract 2.2). */
    revoke: (place, { ignoreMissing }) =>
      attempt('revokeQueue', keyAt(place), async () => {
        const { handle, grant } = administered(place, 'revoke queues');
        // Everybody's grants: of the user alone there may well be none left, and an empty list proves nothing.
        const isGone = () => isUnlisted(() => grantsOn(handle).all(), isAt(keyAt(place)));
        const revoking = deleting(`${grant.userName} on ${grant.resourceID}`, () => handle.client.deleteGrant(grant), isGone);
        await revoking.catch((problem: unknown) => {
          if (!(ignoreMissing && problem instanceof NotFoundProblem)) throw problem;
        });
      }),
  };
}
