import { builder } from '../graphql/builder.ts';
import { encodeGlobalId } from '../graphql/global-id.ts';
import { PipelineIssue } from './issue.schema.ts';
import {
  ConflictProblem,
  ForbiddenProblem,
  InvalidCredentialsProblem,
  InvalidInputProblem,
  NotFoundProblem,
  NotSupportedProblem,
  RateLimitedProblem,
  UnconfirmedProblem,
  UpstreamRejectedProblem,
  type Problem,
} from './problem.ts';

const ProblemRef = builder.interfaceRef<Problem>('Problem').implement({
  description: 'Why a mutation did nothing, in a form that a program can branch on: by type. The message is for people.',
  fields: (t) => ({ message: t.exposeString('message', { description: 'For people; its wording may change at any time.' }) }),
});

builder.objectType(NotFoundProblem, {
  name: 'NotFoundProblem',
  interfaces: [ProblemRef],
  description: 'The thing is not there, or not visible to this viewer.',
});
builder.objectType(ForbiddenProblem, {
  name: 'ForbiddenProblem',
  interfaces: [ProblemRef],
  description: 'The thing is there, and this viewer may not do that.',
});
builder.objectType(ConflictProblem, {
  name: 'ConflictProblem',
  interfaces: [ProblemRef],
  description:
    'The present state of the thing does not allow this: a run that has ended cannot be stopped. Read it again before you try again.',
});
builder.objectType(InvalidInputProblem, {
  name: 'InvalidInputProblem',
  interfaces: [ProblemRef],
  description: 'The input will never be accepted as it is, such as a pipeline that breaks the rules.',
  fields: (t) => ({
    field: t.exposeString('field', { nullable: true, description: 'The input field at fault; null where it is not known.' }),
    issues: t.field({
      type: [PipelineIssue],
      description: 'Where in that field, when it is the YAML of a workflow; otherwise empty.',
      resolve: ({ issues }) => [...issues],
    }),
  }),
});
builder.objectType(UpstreamRejectedProblem, {
  name: 'UpstreamRejectedProblem',
  interfaces: [ProblemRef],
  description:
    'The backend refused for a reason of its own. Told in words of the gateway; only where it does not know the code, it quotes the backend.',
  fields: (t) => ({
    code: t.exposeString('code', { description: "The backend's own code." }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: "Key that finds this call in the backend's log; null when the backend gave none.",
    }),
  }),
});
builder.objectType(InvalidCredentialsProblem, {
  name: 'InvalidCredentialsProblem',
  interfaces: [ProblemRef],
  description: 'There is no such user, or the password is not theirs.',
});
builder.objectType(RateLimitedProblem, {
  name: 'RateLimitedProblem',
  interfaces: [ProblemRef],
  description: 'Too many attempts failed. Nothing was tried this time.',
  fields: (t) => ({ waitSeconds: t.exposeInt('retryAfterSeconds', { description: 'How long to wait before the next attempt.' }) }),
});
builder.objectType(NotSupportedProblem, {
  name: 'NotSupportedProblem',
  interfaces: [ProblemRef],
  description: 'The backend is of a version that cannot do this, or the gateway is not set up for it. Nothing was changed.',
});
builder.objectType(UnconfirmedProblem, {
  name: 'UnconfirmedProblem',
  interfaces: [ProblemRef],
  description:
    'The request was sent and its answer lost, or what came of it could not be read: it may have happened. Look before you repeat it; the message says what to look at. Only what was asked for with an idempotency key may be asked again unseen: with the same key, which never does it twice.',
  fields: (t) => ({
    executionId: t.id({
      nullable: true,
      description: 'Id of the work that was made or changed, or may have been, where so much is known. Null: it is not.',
      resolve: ({ work }) => (work === null ? null : encodeGlobalId(work.type, work.key)),
    }),
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      nullable: true,
      description:
        'How long to wait before asking again with the same idempotency key: by then it can be told whether it happened, and what did not is done. Null for what was asked for without a key.',
    }),
  }),
});
