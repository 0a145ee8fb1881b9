import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { ClusterRef } from '../cluster/schema.ts';
import { BadInputError } from '../../../problem/problem.ts';
import { ResourcesRef } from '../resources/schema.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import type { Flavour } from './model.ts';

export const FlavourRef = builder.loadableNodeRef('Flavour', {
  id: { description: idDescription, resolve: (flavour: Flavour) => flavour.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, names) => context.paddleflow.flavours(source).byNames(names)),
  toKey: (flavour: Flavour) => flavour.key,
});
FlavourRef.implement({
  description: 'A size under a name, in which steps are cut (`PF_JOB_FLAVOUR`). Everybody sees all of them.',
  isTypeOf: isKind('Flavour'),
  fields: (t) => ({
    name: t.exposeString('flavourName', { description: 'Unique on its source.' }),
    ...sourceFields(t, (flavour: Flavour) => flavour.source),
    size: t.expose('resources', { type: ResourcesRef, description: 'What a pod of this size gets.' }),
    registeredAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was made. Null when the backend does not say.',
    }),
    changedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last changed. Null when the backend does not say.',
    }),
  }),
});

const FlavourConnection = builder.connectionObject(
  { type: FlavourRef, name: 'FlavourConnection', description: 'A page of flavours, oldest first as the backend lists them.' },
  { name: 'FlavourEdge', description: 'A flavour with its place in the list.' },
);

builder.queryFields((t) => ({
  flavour: t.field({
    type: FlavourRef,
    nullable: true,
    description: 'One flavour, also of those bound to a cluster; null when it is not there.',
    args: { id: t.arg.globalID({ for: FlavourRef, description: 'Global id of a Flavour, not its name.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  flavours: t.connection(
    {
      type: FlavourRef,
      nullable: true, // one dead source never blanks the page
      description:
        'Flavours of one source, forward only: those bound to no cluster and, with `cluster`, those of that cluster too. Asked there, so null with an error while it cannot be reached.',
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        cluster: t.arg.globalID({ for: ClusterRef, required: false, description: 'Also the flavours that are bound to this cluster.' }),
        name: t.arg.string({ required: false, description: 'Only names that hold this text.' }),
      },
      resolve: (_root, { source, cluster, name, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        const place = cluster ? splitKey(cluster.id) : undefined;
        if (place && place.source !== source) throw new BadInputError('The cluster is on another source');
        const filter = { clusterName: place?.id, name: name ?? undefined };
        return resolveMarkerConnection(args, (at) => context.paddleflow.flavours(source).page({ ...at, ...filter }), {
          source,
          list: keyOf('flavours', source),
          peek: lookAhead(info).has('pageInfo.hasNextPage'),
        });
      },
    },
    FlavourConnection,
  ),
}));
