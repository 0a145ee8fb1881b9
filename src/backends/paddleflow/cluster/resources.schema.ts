import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import type { Kept } from '../../../core/kept-reads.ts';
import { ResourcesRef } from '../resources/schema.ts';
import type { Cluster } from './model.ts';
import type { ClusterUsage, NodeResources } from './resources.ts';
import { ClusterRef } from './schema.ts';

const ResourcesGap = builder.enumType('ClusterResourcesGap', {
  description: 'Why the resources of a cluster are not known. The backend passes most of these over in silence.',
  values: {
    OFFLINE: { description: 'The cluster is set offline, so it is not asked.' },
    LEFT_OUT: { description: 'The backend left it out of its answer: its nodes could not be listed.' },
    NO_CLIENT: { description: 'The backend cannot talk to it: mostly its credential is at fault.' },
    NO_NODES: { description: 'The backend knows no node of it: mostly its API has not answered.' },
    NONE_READ: { description: 'None of the clusters that were asked about could be read.' },
  },
} as const);

const NodeRef = builder.objectRef<NodeResources>('ClusterNode').implement({
  description: 'A machine of a cluster.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As Kubernetes knows it.' }),
    schedulable: t.exposeBoolean('schedulable', { description: 'The machine takes new pods.' }),
    total: t.expose('total', { type: ResourcesRef, nullable: true, description: 'What it has. Null when the backend does not say.' }),
    remaining: t.expose('remaining', {
      type: ResourcesRef,
      nullable: true,
      description: 'What pods have not taken. Null when the backend does not say.',
    }),
  }),
});

const ClusterResourcesRef = builder.objectRef<Kept<ClusterUsage>>('ClusterResources').implement({
  description: 'What a cluster has, and what is left of it.',
  fields: (t) => ({
    observedAt: t.expose('observedAt', { type: 'DateTime', description: 'When it was asked for: answers are kept for half a minute.' }),
    total: t.field({
      type: ResourcesRef,
      nullable: true,
      description: 'Of all nodes together. Null when it is not known, see `gap`.',
      resolve: ({ value }) => value.total,
    }),
    remaining: t.field({
      type: ResourcesRef,
      nullable: true,
      description: 'What pods have not taken of it. Null when it is not known, see `gap`.',
      resolve: ({ value }) => value.remaining,
    }),
    nodes: t.field({
      type: [NodeRef],
      nullable: true,
      description: 'Machines of the cluster. Null when they are not known, see `gap`.',
      resolve: ({ value }) => value.nodes && [...value.nodes],
    }),
    gap: t.field({
      type: ResourcesGap,
      nullable: true,
      description: 'Why nothing is known. Null when it is.',
      resolve: ({ value }) => value.gap,
    }),
  }),
});

/** One call per source for all clusters of a page. */
async function load(clusters: readonly Cluster[], context: Context): Promise<(Kept<ClusterUsage> | Error | null)[]> {
  const bySource = Map.groupBy(clusters, ({ source }) => source);
  const answers = new Map(
    await Promise.all(
      [...bySource].map(async ([source, some]) => {
        const answer = await context.paddleflow
          .clusters(source)
          .usage(some)
          .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
        return [source, answer] as const;
      }),
    ),
  );
  return clusters.map(({ source, key }) => {
    const answer = answers.get(source);
    return answer instanceof Error ? answer : (answer?.get(key) ?? null);
  });
}

builder.objectField(ClusterRef, 'resources', (t) =>
  t.loadable({
    type: ClusterResourcesRef,
    nullable: true,
    description:
      'Total and remaining resources, with those of each node. Costly, so kept for half a minute. Null with an error while the backend cannot be reached.',
    load,
    loaderOptions: { cacheKeyFn: ({ key }: Cluster) => key },
    resolve: (cluster) => cluster,
  }),
);
