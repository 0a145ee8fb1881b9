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
import { splitKey } from '../../../core/key.ts';
import { QueueRef } from '../queue/schema.ts';
import { UserRef } from '../user/schema.ts';
import { keyOfGrant, type QueueGrant } from './model.ts';
import { QueueGrantRef } from './schema.ts';
import type { GrantPlace } from './write.ts';
import { userAt } from '../user/model.ts';

const problems = {
  types: [NotFoundProblem, ForbiddenProblem, ConflictProblem, InvalidInputProblem, UpstreamRejectedProblem, UnconfirmedProblem],
};

const GrantQueueInput = builder.inputType('GrantQueueInput', {
  description: 'A user, and the queue that they are to see. Both are of one source.',
  fields: (t) => ({
    userId: t.globalID({ for: UserRef, description: 'Global id of the user; `root` needs no grants, and gets none.' }),
    queueId: t.globalID({ for: QueueRef, description: 'Global id of the queue.' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const RevokeQueueInput = builder.inputType('RevokeQueueInput', {
  description: 'A user, and the queue that they are no longer to see.',
  fields: (t) => ({
    userId: t.globalID({ for: UserRef, description: 'Global id of the user.' }),
    queueId: t.globalID({ for: QueueRef, description: 'Global id of the queue.' }),
    ignoreMissing: t.boolean({
      defaultValue: false,
      description: 'Count it as success when there is no such grant, nor such a user or queue.',
    }),
  }),
});

const GrantQueuePayload = builder.objectRef<{ readonly grant: QueueGrant }>('GrantQueuePayload').implement({
  description: 'The user sees the queue from now on.',
  fields: (t) => ({ grant: t.expose('grant', { type: QueueGrantRef, description: 'The new grant.' }) }),
});
const RevokeQueuePayload = builder.objectRef<GrantPlace>('RevokeQueuePayload').implement({
  description: 'The grant is gone.',
  fields: (t) => ({
    deletedId: t.id({
      description: 'Global id of the grant that is gone, for the caches of clients.',
      resolve: ({ user, queue }) => encodeGlobalId('QueueGrant', keyOfGrant(splitKey(queue).source, splitKey(user).id, splitKey(queue).id)),
    }),
    user: t.field({
      type: UserRef,
      description: 'The user who had the grant.',
      resolve: ({ user }) => userAt(user),
    }),
  }),
});

builder.mutationFields((t) => ({
  grantQueue: t.field({
    type: GrantQueuePayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description: 'Lets a user see a queue; for admins. `ConflictProblem` when they do already.',
    errors: problems,
    args: { input: t.arg({ type: GrantQueueInput, description: 'The user who is to see it, and the queue.' }) },
    resolve: async (_root, { input }, { paddleflow: { grantWriter } }) => ({
      grant: await grantWriter.grant(
        { user: input.userId.id, queue: input.queueId.id },
        { idempotencyKey: input.idempotencyKey ?? undefined },
      ),
    }),
  }),
  revokeQueue: t.field({
    type: RevokeQueuePayload,
    nullable: true,
    description: 'Takes a grant back; for admins. Runs on that queue go on.',
    errors: problems,
    args: { input: t.arg({ type: RevokeQueueInput, description: 'The user who has it, and the queue.' }) },
    resolve: async (_root, { input }, { paddleflow: { grantWriter } }) => {
      const place = { user: input.userId.id, queue: input.queueId.id };
      await grantWriter.revoke(place, input);
      return place;
    },
  }),
}));
