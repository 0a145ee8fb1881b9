import type { Context } from '../../../context.ts';
import { createShelf, loadAhead } from '../../../graphql/ahead.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { keyOf } from '../../../core/key.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import type { Cluster } from './model.ts';

export const ClusterRef = builder.loadableNodeRef('Cluster', {
  id: { description: idDescription, resolve: (cluster: Cluster) => cluster.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, names) => context.paddleflow.clusters(source).byNames(names)),
  toKey: (cluster: Cluster) => cluster.key,
});
ClusterRef.implement({
  description: 'A Kubernetes cluster on which queues run their work. Only operators see it. Its credential can be set, never read.',
  isTypeOf: isKind('Cluster'),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique on its source.' }),
    ...sourceFields(t, (cluster: Cluster) => cluster.source),
    description: t.exposeString('description', { description: 'Description by whoever registered it; may be empty.' }),
    endpoint: t.exposeString('endpoint', { description: "URL of the cluster's API server." }),
    type: t.exposeString('clusterType', { description: 'Kubernetes, K3S or Local.' }),
    version: t.exposeString('version', { description: 'Kubernetes version as configured, such as `1.20`; the backend does not check it.' }),
    online: t.boolean({
      description: 'Set by hand on the backend, which does not probe. Queues are only created on an online cluster.',
      resolve: ({ rawState }) => rawState === 'online',
    }),
    rawState: t.exposeString('rawState', { description: "The backend's own word: online or offline." }),
    provider: t.exposeString('provider', { description: 'Where it comes from, a word such as `OnPremise`; may be empty.' }),
    setting: t.exposeString('setting', { description: 'Settings for it, plain text that the backend does not look at; may be empty.' }),
    namespaces: t.exposeStringList('namespaces', { description: 'Namespaces that queues may use; empty: any.' }),
    registeredAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was registered. Null when the backend does not say.',
    }),
    changedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Last change of its registration. Null when the backend does not say.',
    }),
  }),
});

export const clustersAhead = createShelf<Cluster>('Cluster');

/** Clusters of a page, ahead of the fields that show them. */
export async function loadClusters(context: Context, keys: readonly string[]): Promise<void> {
  await loadAhead(clustersAhead, context, keys, (source, names) => context.paddleflow.clusters(source).byNames(names));
}

const ClusterConnection = builder.connectionObject(
  { type: ClusterRef, name: 'ClusterConnection', description: 'A page of clusters, oldest first as the backend lists them.' },
  { name: 'ClusterEdge', description: 'A cluster with its place in the list.' },
);

builder.queryFields((t) => ({
  cluster: t.field({
    type: ClusterRef,
    nullable: true,
    description: 'A cluster; null when it is not there, or for viewers: the backend itself shows clusters to its admins only.',
    args: { id: t.arg.globalID({ for: ClusterRef, description: 'Global id of a Cluster, not its name.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  clusters: t.connection(
    {
      type: ClusterRef,
      nullable: true,
      description:
        'Clusters of one source, forward only; for operators, `FORBIDDEN` to others. Asked there, so null with an error while it cannot be reached.',
      args: { source: t.arg.string({ description: 'Name of the source.' }) },
      resolve: (_root, { source, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        return resolveMarkerConnection(args, (at) => context.paddleflow.clusters(source).page(at), {
          source,
          list: keyOf('clusters', source),
          peek: lookAhead(info).has('pageInfo.hasNextPage'),
        });
      },
    },
    ClusterConnection,
  ),
}));
