import { createShelf, loadAhead } from '../../graphql/ahead.ts';
import { builder } from '../../graphql/builder.ts';
import { lookAhead } from '../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../graphql/pagination.ts';
import { loadPerSource } from '../../graphql/per-source.ts';
import { idDescription } from '../../graphql/relay-descriptions.ts';
import { keyOf } from '../../key.ts';
import { ClusterRef, clustersAhead, loadClusters } from '../cluster/schema.ts';
import { requireSource } from '../source/require.ts';
import type { Context } from '../../context.ts';
import type { Queue } from './model.ts';

const Resources = builder.objectRef<NonNullable<Queue['maxResources']>>('Resources').implement({
  description: 'Amounts as Kubernetes writes them: cpu `20` or `500m`; memory binary (`20Gi`) or, when divisible by 1000, decimal (`20G`).',
  fields: (t) => ({
    cpu: t.exposeString('cpu', { description: 'Cores; `m` means thousandths.' }),
    memory: t.exposeString('memory', { description: 'Bytes with a suffix.' }),
    scalar: t.field({
      type: 'JSON',
      description: 'Countable devices by resource name, such as `{"nvidia.com/gpu": "4"}`; empty when there are none.',
      resolve: ({ scalarResources }) => scalarResources ?? {},
    }),
  }),
});

export const QueueRef = builder.loadableNodeRef('Queue', {
  id: { description: idDescription, resolve: (queue: Queue) => queue.key },
  load: (keys: string[], context: Context) => loadPerSource(context, keys, (source, names) => context.queues(source).byNames(names)), // one call per source
  toKey: (queue: Queue) => queue.key,
});
QueueRef.implement({
  description: 'A share of a cluster, in which the steps of runs wait for resources.',
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'quotaType' in value,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique on its source; steps name it in `PF_JOB_QUEUE_NAME`.' }),
    source: t.exposeString('source', { description: 'Name of the source it belongs to.' }),
    namespace: t.exposeString('namespace', { description: 'Kubernetes namespace in which its pods run.' }),
    cluster: t.field({
      type: ClusterRef,
      nullable: true,
      description: 'Where its work runs. Null when the cluster is gone or not visible to the service account.',
      resolve: ({ source, clusterName }, _args, context) =>
        clusterName === '' ? null : clustersAhead.orKey(context, keyOf(source, clusterName)),
    }),
    open: t.boolean({ description: 'It takes new work.', resolve: ({ rawState }) => rawState === 'open' }),
    rawState: t.exposeString('rawState', {
      description: "The backend's own word: creating, open, updating, closing, closed, unavailable.",
    }),
    quotaType: t.exposeString('quotaType', { description: 'What enforces the limits: elasticQuota or volcanoCapabilityQuota.' }),
    minResources: t.expose('minResources', { type: Resources, nullable: true, description: 'Guaranteed. Null on rows of old servers.' }),
    maxResources: t.expose('maxResources', {
      type: Resources,
      nullable: true,
      description: 'Never exceeded. Null on rows of old servers.',
    }),
    schedulingPolicies: t.exposeStringList('schedulingPolicies', {
      description: 'Policies of the batch scheduler, in order; mostly empty.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true, description: 'Null on rows that the installer wrote.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true, description: 'Last change of its limits or state.' }),
  }),
});

export const queuesAhead = createShelf<Queue>('Queue');

/** Queues of a page of runs, and if need be their clusters, ahead of the fields that show them. */
export async function loadQueues(context: Context, keys: readonly string[], { withClusters }: { withClusters: boolean }): Promise<void> {
  const queues = await loadAhead(queuesAhead, context, keys, (source, names) => context.queues(source).byNames(names));
  if (withClusters) await loadClusters(context, clusterKeysOf(queues));
}

const clusterKeysOf = (queues: readonly Queue[]): string[] =>
  queues.flatMap(({ source, clusterName }) => (clusterName === '' ? [] : [keyOf(source, clusterName)]));

const QueueConnection = builder.connectionObject(
  { type: QueueRef, name: 'QueueConnection', description: 'A page of queues, oldest first as the backend lists them.' },
  { name: 'QueueEdge', description: 'A queue with its place in the list.' },
);

builder.queryFields((t) => ({
  queue: t.field({
    type: QueueRef,
    nullable: true,
    description: 'One queue; null when it is not there.',
    args: { id: t.arg.globalID({ for: QueueRef, description: 'Global id of a Queue, not its name.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  queues: t.connection(
    {
      type: QueueRef,
      nullable: true, // one dead source never blanks the page
      description: 'Queues of one source, forward only. Asked there, so null with an error while it cannot be reached.',
      args: { source: t.arg.string({ description: 'Name of the source.' }) },
      resolve: async (_root, { source, ...args }, context, info) => {
        requireSource(context, source);
        const selected = lookAhead(info);
        const page = await resolveMarkerConnection(args, (at) => context.queues(source).page(at), {
          list: keyOf('queues', source),
          peek: selected.has('pageInfo.hasNextPage'),
        });
        if (selected.has('cluster')) await loadClusters(context, clusterKeysOf(page.edges.map(({ node }) => node)));
        return page;
      },
    },
    QueueConnection,
  ),
}));
