import type { Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import type { DeletionOptions } from '../deletion/deletion.ts';
import { deleting, isUnlisted } from '../../../problem/lost-answer.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { isUnlistedOn, namedOn } from '../named.ts';
import { enforceOwnership, enforceRole } from '../permission.ts';
import { ConflictProblem, ForbiddenProblem, InvalidInputProblem, NotFoundProblem, problemOf } from '../../../problem/problem.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import { effectsOfDeleting, noUserEffects, type UserEffects } from './effects.ts';
import { rootName, type User, userAt } from './model.ts';
import { createUserSource } from './source.ts';

export interface UserDeletion {
  readonly key: string;
  /** Null: it was done, not asked about. */
  readonly affected: UserEffects | null;
}

export interface CreateUser {
  readonly source: string;
  readonly username: string;
  readonly password: string;
  readonly idempotencyKey?: string | undefined;
}

export interface UserWriter {
  create(account: CreateUser): Promise<User>;
  delete(key: string, options: DeletionOptions): Promise<UserDeletion>;
  changePassword(key: string, password: string): Promise<User>;
}

export interface UserWriterOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly viewer: Viewer;
  readonly attempt: Attempt;
  readonly intents: Intents;
  /** The sessions of this user may have come to their end. */
  readonly doubtSessions: (source: string, user: string) => void;
}

const usersOn = (handle: SourceHandle) => createUserSource({ name: handle.name, client: handle.reader }).all();

/** The gateway would lose this source at once, for everybody. */
function spareServiceAccount({ name, serviceAccount }: SourceHandle, user: string): void {
  if (user === serviceAccount) throw new ConflictProblem(`${user} is the account that the gateway itself uses on ${name}`);
}

/** The key of the user. The password is not part of what is kept of the request. */
const userMaker = (handle: SourceHandle, account: { readonly username: string; readonly password: string }) => {
  const key = keyOf(handle.name, account.username);
  return namedOn(handle, {
    kind: 'user',
    find: async () => ((await usersOn(handle)).has(key) ? key : undefined),
    isAbsent: () =>
      isUnlistedOn(
        handle,
        async () => [...(await usersOn(handle)).keys()],
        (other) => other === key,
      ),
    send: async (deadline) => keyOf(handle.name, await handle.client.createUser(account, { deadline })),
  });
};

/** Root's business upstream, so an administrator's here, but for one's own password. All throw a `Problem`, or an outage. */
export function createUserWriter({ db, handles, viewer, attempt, intents, doubtSessions }: UserWriterOptions): UserWriter {
  async function remove(handle: SourceHandle, key: string, user: string): Promise<void> {
    spareServiceAccount(handle, user);
    // The server has no answer for who asks for one that is not there (contract 1.9).
    const isGone = () =>
      isUnlisted(
        async () => [...(await usersOn(handle)).keys()],
        (other) => other === key,
      );
    await deleting(user, () => handle.client.deleteUser(user), isGone).finally(() => doubtSessions(handle.name, user));
  }

  return {
    create: ({ source, username, password, idempotencyKey }) =>
      attempt(
        'createUser',
        source,
        async () => {
          const handle = requireHandle(handles, source);
          enforceRole(handle, viewer, 'admin', 'create users');
          if (idempotencyKey === undefined) return userAt(keyOf(source, await handle.client.createUser({ username, password })));
          return keyed(intents, {
            idempotencyKey,
            input: { username },
            maker: userMaker(handle, { username, password }),
            read: async (key) => (await usersOn(handle)).get(key),
          });
        },
        ({ key }) => key,
      ),

    delete: (key, { ignoreMissing, dryRun }) =>
      attempt(dryRun ? 'deleteUser (dry run)' : 'deleteUser', key, async () => {
        const { source, id: user } = splitKey(key);
        try {
          const handle = requireHandle(handles, source);
          // With `dryRun` nothing is written, so PaddleFlow would not say that a session may not do this.
          enforceRole(dryRun ? { actsAs: 'service' } : handle, viewer, 'admin', 'delete users');
          if (user === rootName) throw new ForbiddenProblem('root cannot be deleted');
          if (!dryRun) await remove(handle, key, user);
          else if ((await usersOn(handle)).has(key)) return { key, affected: await effectsOfDeleting(db, handle, user) };
          else throw new NotFoundProblem(`There is no user ${user}`);
        } catch (error) {
          const problem = problemOf(error, user);
          if (!(ignoreMissing && problem instanceof NotFoundProblem)) throw problem;
        }
        return { key, affected: dryRun ? noUserEffects : null };
      }),

    changePassword: (key, password) =>
      attempt('changePassword', key, async () => {
        const { source, id: user } = splitKey(key);
        const handle = requireHandle(handles, source);
        enforceOwnership(handle, viewer, user, `The account ${user}`);
        // Operators see everybody's work, and have no account of their own.
        if (viewer.owner === undefined) enforceRole(handle, viewer, 'admin', "change others' passwords");
        if (password === '') throw new InvalidInputProblem('must not be empty', 'password');
        spareServiceAccount(handle, user);
        // Also when the answer is lost: it may have happened.
        await handle.client.setPassword(user, password).finally(() => doubtSessions(source, user));
        return userAt(key);
      }),
  };
}
