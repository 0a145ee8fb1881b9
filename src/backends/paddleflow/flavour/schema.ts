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

const FlavourFilter = builder.inputType('FlavourFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    clusterId: t.globalID({
      for: ClusterRef,
      required: false,
      description: 'Global id of a cluster on the same source: what fits it, bound to it or to none.',
    }),
    nameContains: t.string({ required: false, description: 'Text that the name holds.' }),
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
    description: 'A flavour, also of those bound to a cluster; null when it is not there.',
    args: { id: t.arg.globalID({ for: FlavourRef, description: 'Global id of a Flavour, not its name.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  flavours: t.connection(
    {
      type: FlavourRef,
      nullable: true, // one dead source never blanks the page
      description:
        'Flavours of one source, forward only: those bound to no cluster, unless the filter names one. Asked there, so null with an error while it cannot be reached.',
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        filter: t.arg({ type: FlavourFilter, required: false, description: 'Left out: all that are bound to no cluster.' }),
      },
      resolve: (_root, { source, filter, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        const place = filter?.clusterId ? splitKey(filter.clusterId.id) : undefined;
        if (place && place.source !== source) throw new BadInputError('The cluster is on another source');
        const wanted = { clusterName: place?.id, name: filter?.nameContains ?? undefined };
        return resolveMarkerConnection(args, (at) => context.paddleflow.flavours(source).page({ ...at, ...wanted }), {
          source,
          list: keyOf('flavours', source),
          peek: lookAhead(info).has('pageInfo.hasNextPage'),
        });
      },
    },
    FlavourConnection,
  ),
}));
