import { builder } from '../../graphql/builder.ts';
import { idDescription } from '../../graphql/relay-descriptions.ts';
import { splitKey } from '../../key.ts';

/** A user of a source, known by name from what they own; the key is `prod:alice`. */
export const UserRef = builder.objectRef<{ readonly key: string }>('User');
builder.node(UserRef, {
  description: 'A user of a backend: the owner of runs and pipelines there.',
  id: { description: idDescription, resolve: ({ key }) => key },
  isTypeOf: (value) => typeof value === 'object' && value !== null && Object.keys(value).join() === 'key', // nothing but a name is known of it
  loadOne: (key, { sources }) => (sources.has(splitKey(key).source) ? { key } : null),
  fields: (t) => ({
    name: t.string({ description: 'The name they sign in with.', resolve: ({ key }) => splitKey(key).id }),
    source: t.string({ description: 'Name of the source they belong to.', resolve: ({ key }) => splitKey(key).source }),
  }),
});
