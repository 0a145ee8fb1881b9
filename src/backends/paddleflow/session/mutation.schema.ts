import { builder } from '../../../graphql/builder.ts';
import {
  InvalidCredentialsProblem,
  InvalidInputProblem,
  NotFoundProblem,
  NotSupportedProblem,
  RateLimitedProblem,
} from '../../../problem/problem.ts';
import { ViewerRef } from '../../../viewer/schema.ts';
import type { SignedIn } from './sign-in.ts';

const SignInInput = builder.inputType('SignInInput', {
  description: 'An account of a backend.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source: the session is for it alone.' }),
    username: t.string({ description: "The backend's own name of the user." }),
    password: t.string({ description: 'Passed on to the backend, and kept nowhere.' }),
  }),
});

const SignInPayload = builder.objectRef<SignedIn>('SignInPayload').implement({
  description: 'A session has begun.',
  fields: (t) => ({
    token: t.exposeString('token', {
      description:
        'Encrypted. Send it as `Authorization: Bearer …`, over a WebSocket as `authorization` in the payload of `connection_init`.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'From then on it is answered with UNAUTHENTICATED and the reason SESSION_EXPIRED.',
    }),
    viewer: t.expose('viewer', { type: ViewerRef, description: 'The bearer of this token, as the gateway sees them.' }),
  }),
});

builder.mutationField('signIn', (t) =>
  t.field({
    type: SignInPayload,
    nullable: true,
    skipTypeScopes: true, // the one field for those who are not known yet
    description:
      'Begins a session with an account of a backend; needs no token. The viewer then acts as that user there, with what the backend allows them, and sees nothing of other sources. After some wrong passwords attempts from the same place are a `RateLimitedProblem` for a while, on all gateways; with the token of an earlier session of that user, even an expired one, they are counted apart. A change of the password ends it: UNAUTHENTICATED with the reason SESSION_ENDED.',
    errors: { types: [InvalidCredentialsProblem, InvalidInputProblem, NotFoundProblem, NotSupportedProblem, RateLimitedProblem] },
    args: { input: t.arg({ type: SignInInput, description: 'Where, and as whom.' }) },
    resolve: (_root, { input }, { paddleflow: { signIn } }) => signIn(input),
  }),
);
