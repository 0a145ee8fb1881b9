import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import {
  ConflictProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
  UnconfirmedProblem,
  UpstreamRejectedProblem,
} from '../../../problem/problem.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import type { UserEffects } from './effects.ts';
import type { User } from './model.ts';
import { UserRef } from './schema.ts';
import type { UserDeletion } from './write.ts';

const problems = {
  types: [NotFoundProblem, ForbiddenProblem, ConflictProblem, InvalidInputProblem, UpstreamRejectedProblem, UnconfirmedProblem],
};
const passwordRule = 'At least 6 bytes with a digit and a lower case letter. It is passed on, and kept nowhere in the gateway.';

const userPayload = (name: string, description: string, userDescription: string) =>
  builder.objectRef<{ readonly user: User }>(name).implement({
    description,
    fields: (t) => ({ user: t.expose('user', { type: UserRef, description: userDescription }) }),
  });

const ids = (typename: string, keys: readonly string[]) => keys.map((key) => encodeGlobalId(typename, key));
const UserDeletionEffects = builder.objectRef<UserEffects>('UserDeletionEffects').implement({
  description: 'What hangs on a user. Their grants go along; all else stays, and only `root` can get at it from then on.',
  fields: (t) => ({
    grantedQueueIds: t.idList({
      description: 'Queues on which their grants go along.',
      resolve: ({ grantedQueues }) => ids('Queue', grantedQueues),
    }),
    unfinishedRunIds: t.idList({
      description: 'Runs of theirs that have not ended, oldest first: they go on.',
      resolve: ({ unfinishedRuns }) => ids('Run', unfinishedRuns),
    }),
    scheduleIds: t.idList({
      description: 'Running schedules of theirs, which go on making runs.',
      resolve: ({ schedules }) => ids('Schedule', schedules),
    }),
    runCount: t.exposeInt('runCount', { description: 'Number of runs of theirs that stay, as far as the catalog knows.' }),
    pipelineCount: t.exposeInt('pipelineCount', { description: 'Number of pipelines of theirs that stay.' }),
    fileSystemCount: t.exposeInt('fileSystemCount', { description: 'Number of file systems of theirs that stay.' }),
  }),
});
const DeleteUserPayload = builder.objectRef<UserDeletion>('DeleteUserPayload').implement({
  description: 'The user is gone or, with `dryRun`, untouched.',
  fields: (t) => ({
    deletedId: t.id({
      nullable: true,
      description: 'Global id of the user who is gone, for the caches of clients. Null with `dryRun`.',
      resolve: ({ key, affected }) => (affected === null ? encodeGlobalId('User', key) : null),
    }),
    affected: t.expose('affected', {
      type: UserDeletionEffects,
      nullable: true,
      description: 'What hangs on them; only with `dryRun`, otherwise null.',
    }),
  }),
});

const CreateUserInput = builder.inputType('CreateUserInput', {
  description: 'An account to be made.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source.' }),
    username: t.string({ description: '4 to 16 letters and digits; neither `root` in any case nor anything ending in `login`.' }),
    password: t.string({ description: passwordRule }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const DeleteUserInput = builder.inputType('DeleteUserInput', {
  description: 'The account to delete.',
  fields: (t) => ({
    id: t.globalID({ for: UserRef, description: 'Global id of the user.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when there is no such user.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only say what hangs on them. Costs a few calls.' }),
  }),
});
const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: 'A new password for a user.',
  fields: (t) => ({
    id: t.globalID({ for: UserRef, description: 'Global id of the user.' }),
    password: t.string({ description: `The new password. ${passwordRule}` }),
  }),
});

const CreateUserPayload = userPayload('CreateUserPayload', 'The account was made.', 'The new user, who can sign in from now on.');
const ChangePasswordPayload = userPayload(
  'ChangePasswordPayload',
  'The password was changed. All sessions of this user have ended, the one that asked included where it was their own.',
  'The user, who has to sign in again.',
);

builder.mutationFields((t) => ({
  createUser: t.field({
    type: CreateUserPayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description: 'Makes an account; for admins. `ConflictProblem` when the name is taken.',
    errors: problems,
    args: { input: t.arg({ type: CreateUserInput, description: 'Where, and for whom.' }) },
    resolve: async (_root, { input }, { paddleflow: { userWriter } }) => ({
      user: await userWriter.create({ ...input, idempotencyKey: input.idempotencyKey ?? undefined }),
    }),
  }),
  deleteUser: t.field({
    type: DeleteUserPayload,
    nullable: true,
    description:
      "Deletes an account, with its grants and sessions; for admins. What the user has made stays. `ForbiddenProblem` for `root`, `ConflictProblem` for the gateway's own account.",
    errors: problems,
    args: { input: t.arg({ type: DeleteUserInput, description: 'The user, or the question what hangs on them.' }) },
    resolve: (_root, { input }, { paddleflow: { userWriter } }) => userWriter.delete(input.id.id, input),
  }),
  changePassword: t.field({
    type: ChangePasswordPayload,
    nullable: true,
    description:
      "Sets a password: one's own, or as an admin anybody's. The old one is not asked for. It ends all sessions of that user: UNAUTHENTICATED with the reason SESSION_ENDED. `ConflictProblem` for the gateway's own account, whose password its configuration has.",
    errors: problems,
    args: { input: t.arg({ type: ChangePasswordInput, description: 'The user, and the new password.' }) },
    resolve: async (_root, { input }, { paddleflow: { userWriter } }) => ({
      user: await userWriter.changePassword(input.id.id, input.password),
    }),
  }),
}));
