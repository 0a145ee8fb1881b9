import type { Viewer } from '../auth/viewer.ts';
import { builder } from '../graphql/builder.ts';
import { sourceOf } from '../source/fields.schema.ts';
import { SourceRef } from '../source/schema.ts';

const Role = builder.enumType('Role', {
  description: 'What a viewer may do. Each includes the ones before it.',
  values: {
    VIEWER: { description: 'Sees and changes what is their own.' },
    OPERATOR: { description: "Sees everybody's work, starts and stops it." },
    ADMIN: { description: 'May change users, queues and clusters too.' },
  },
} as const);

const roles = { viewer: 'VIEWER', operator: 'OPERATOR', admin: 'ADMIN' } as const;

export const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The one who asks, as the gateway sees them.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Of the token or of the user who has signed in; `local` where the gateway is open.' }),
    role: t.field({ type: Role, description: 'What this viewer may do.', resolve: ({ role }) => roles[role] }),
    ownerName: t.exposeString('owner', { nullable: true, description: "The backends' user whose things are shown; null: everybody's." }),
    sourceName: t.string({
      nullable: true,
      description: 'Name of the source they have signed in on; they see no other. Null without a session.',
      resolve: ({ session }) => session?.source ?? null,
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description:
        'The source itself, and how it is. Null without a session, and in the answer of `signIn`: it is for who sends the token.',
      resolve: ({ session }, _args, context) => (session === undefined ? null : sourceOf(context, session.source)),
    }),
    sessionExpiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When they have to sign in again. Null without a session.',
      resolve: ({ session }) => session?.expiresAt ?? null,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({ type: ViewerRef, description: 'You, as the gateway sees you.', resolve: (_root, _args, { viewer }) => viewer }),
);
