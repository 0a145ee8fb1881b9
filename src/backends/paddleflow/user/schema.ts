import { accountOn, isAtLeast } from '../../../auth/viewer.ts';
import type { Context } from '../../../context.ts';
import { createShelf } from '../../../graphql/ahead.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import { namePattern, rootName, type User, userAt } from './model.ts';

export const UserRef = builder.objectRef<User>('User');
builder.node(UserRef, {
  description: 'A user of a backend: the owner of runs and pipelines there.',
  id: { description: idDescription, resolve: ({ key }) => key },
  isTypeOf: isKind('User'),
  loadOne: (key, context) => find(context, key),
  fields: (t) => ({
    name: t.string({ description: 'The name they sign in with.', resolve: ({ key }) => splitKey(key).id }),
    ...sourceFields(t, ({ key }: User) => splitKey(key).source),
    registeredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the account was made. Asked there, for admins; null for everybody else, for `root`, which no list shows, and for accounts that are gone.',
      resolve: async ({ key, createdAt }, _args, context) => {
        if (createdAt !== undefined) return createdAt;
        if (!isAtLeast(context.viewer, 'admin')) return null;
        return (await accountOf(context, key))?.createdAt ?? null;
      },
    }),
  }),
});

/** The user whom a record names: its empty name is nobody's. */
export const userOf = (source: string, name: string): User | null => (name === '' ? null : userAt(keyOf(source, name)));

/** Of a source, however many fields ask: one call, as a single user cannot be asked for (contract 1.9). */
const accountsAhead = createShelf<Promise<ReadonlyMap<string, User>>>('Accounts');

async function accountOf(context: Context, key: string): Promise<User | undefined> {
  const { source } = splitKey(key);
  if (!context.sources.has(source)) return undefined;
  const accounts = accountsAhead.get(context, source) ?? context.paddleflow.users(source).all();
  accountsAhead.set(context, source, accounts);
  return (await accounts).get(key);
}

/**
 * A user who is looked for, as against one whom a relation names. The backend lists its users for root alone, so an admin's question is one list;
 * others know themselves, and whoever has runs that they see, from the catalog.
 */
async function find(context: Context, key: string): Promise<User | null> {
  const { source, id: name } = splitKey(key);
  if (!context.sources.has(source) || !namePattern.test(name)) return null;
  if (name === accountOn(context.viewer, source)) return userAt(key);
  if (isAtLeast(context.viewer, 'admin')) return name === rootName ? userAt(key) : ((await accountOf(context, key)) ?? null);
  const [theirs] = await context.paddleflow.runs.page({ sources: [source], owners: [name] }, { limit: 1, inverted: false });
  return theirs ? userAt(key) : null;
}

const UserConnection = builder.connectionObject(
  { type: UserRef, name: 'UserConnection', description: 'A page of users, oldest first as the backend lists them.' },
  { name: 'UserEdge', description: 'A user with their place in the list.' },
);

builder.queryFields((t) => ({
  user: t.field({
    type: UserRef,
    nullable: true,
    description: 'A user. Null when there is none. Admins find every account; others themselves, and the owners of runs that they may see.',
    args: { id: t.arg.globalID({ for: UserRef, description: 'Global id of a User, not their name.' }) },
    resolve: (_root, { id }, context) => find(context, id.id),
  }),
  users: t.connection(
    {
      type: UserRef,
      nullable: true, // one dead source never blanks the page
      description:
        'Users of one source but `root`, forward only; for admins. Asked there, so null with an error while it cannot be reached.',
      authScopes: { admin: true },
      args: { source: t.arg.string({ description: 'Name of the source.' }) },
      resolve: (_root, { source, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        return resolveMarkerConnection(args, (at) => context.paddleflow.users(source).page(at), {
          source,
          list: keyOf('users', source),
          peek: lookAhead(info).has('pageInfo.hasNextPage'),
        });
      },
    },
    UserConnection,
  ),
}));
