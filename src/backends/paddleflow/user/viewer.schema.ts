import { ViewerRef } from '../../../viewer/schema.ts';
import { keyOf } from '../../../core/key.ts';
import { builder } from '../../../graphql/builder.ts';
import { UserRef } from './schema.ts';
import { userAt } from './model.ts';

builder.objectField(ViewerRef, 'user', (t) =>
  t.field({
    type: UserRef,
    nullable: true,
    description: 'The account they have signed in with. Null without a session.',
    resolve: ({ session }) => (session ? userAt(keyOf(session.source, session.user)) : null),
  }),
);
