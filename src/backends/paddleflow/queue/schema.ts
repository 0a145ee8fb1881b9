import { createShelf, loadAhead } from '../../../graphql/ahead.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { entriesOf, NameValueRef } from '../../../graphql/name-value.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { pageOfWhole } from '../../../graphql/whole-list.ts';
import { keyOf } from '../../../core/key.ts';
import { ClusterRef, clustersAhead, loadClusters } from '../cluster/schema.ts';
import { ResourcesRef } from '../resources/schema.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import type { Context } from '../../../context.ts';
import type { Queue } from './model.ts';

export const QueueRef = builder.loadableNodeRef('Queue', {
  id: { description: idDescription, resolve: (queue: Queue) => queue.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, names) => context.paddleflow.queues(source).byNames(names)), // one call per source
  toKey: (queue: Queue) => queue.key,
});
const costly =
  'Asked for each queue by itself and kept for 10 s, as the backend lists pods for it: select it for few queues. Null with an error while it cannot be asked.';
const usageOf = ({ source, name }: Queue, context: Context) => context.paddleflow.queues(source).usage(name);

QueueRef.implement({
  description: 'A share of a cluster, in which the steps of runs wait for resources. Viewers see those that are granted to them.',
  isTypeOf: isKind('Queue'),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique on its source; steps name it in `PF_JOB_QUEUE_NAME`.' }),
    ...sourceFields(t, (queue: Queue) => queue.source),
    namespace: t.exposeString('namespace', { description: 'Kubernetes namespace in which its pods run.' }),
    cluster: t.field({
      type: ClusterRef,
      nullable: true,
      description: 'Where its work runs. Null when the cluster is gone or not visible to the service account.',
      resolve: ({ source, clusterName }, _args, context) =>
        clusterName === '' ? null : clustersAhead.orKey(context, keyOf(source, clusterName)),
    }),
    open: t.boolean({ description: 'The queue takes new work.', resolve: ({ rawState }) => rawState === 'open' }),
    rawState: t.exposeString('rawState', {
      description: "The backend's own word: creating, open, updating, closing, closed, unavailable.",
    }),
    quotaType: t.exposeString('quotaType', { description: 'What enforces the limits: elasticQuota or volcanoCapabilityQuota.' }),
    minResources: t.expose('minResources', { type: ResourcesRef, nullable: true, description: 'Guaranteed. Null on rows of old servers.' }),
    maxResources: t.expose('maxResources', {
      type: ResourcesRef,
      nullable: true,
      description: 'Never exceeded. Null on rows of old servers.',
    }),
    usedResources: t.field({
      type: ResourcesRef,
      nullable: true,
      description: `What running steps take at the moment. ${costly}`,
      resolve: async (queue, _args, context) => (await usageOf(queue, context))?.value.used ?? null,
    }),
    idleResources: t.field({
      type: ResourcesRef,
      nullable: true,
      description: `What is left of the maximum. ${costly}`,
      resolve: async (queue, _args, context) => (await usageOf(queue, context))?.value.idle ?? null,
    }),
    usageObservedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: `When used and idle resources were read. ${costly}`,
      resolve: async (queue, _args, context) => (await usageOf(queue, context))?.observedAt ?? null,
    }),
    location: t.field({
      type: [NameValueRef],
      description: 'Settings of the quota, an open map: the backend adds entries of its own.',
      resolve: ({ location }) => entriesOf(location),
    }),
    schedulingPolicies: t.exposeStringList('schedulingPolicies', {
      description: 'Policies of the batch scheduler, in order; mostly empty.',
    }),
    registeredAt: t.expose('createdAt', { type: 'DateTime', nullable: true, description: 'Null on rows that the installer wrote.' }),
    changedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Last change of its limits or state. Null when the backend does not say.',
    }),
  }),
});

export const queuesAhead = createShelf<Queue>('Queue');

/** Queues of a page of runs, and if need be their clusters, ahead of the fields that show them. */
export async function loadQueues(context: Context, keys: readonly string[], { withClusters }: { withClusters: boolean }): Promise<void> {
  const queues = await loadAhead(queuesAhead, context, keys, (source, names) => context.paddleflow.queues(source).byNames(names));
  if (withClusters) await loadClusters(context, clusterKeysOf(queues));
}

const clusterKeysOf = (queues: readonly Queue[]): string[] =>
  queues.flatMap(({ source, clusterName }) => (clusterName === '' ? [] : [keyOf(source, clusterName)]));

const QueueFilter = builder.inputType('QueueFilter', {
  description: 'A condition for queues.',
  fields: (t) => ({ name: t.string({ required: false, description: 'The whole name, which is unique on the source.' }) }),
});

const QueueConnection = builder.connectionObject(
  { type: QueueRef, name: 'QueueConnection', description: 'A page of queues, oldest first as the backend lists them.' },
  { name: 'QueueEdge', description: 'A queue with its place in the list.' },
);

builder.queryFields((t) => ({
  queue: t.field({
    type: QueueRef,
    nullable: true,
    description: 'A queue; null when it is not there.',
    args: { id: t.arg.globalID({ for: QueueRef, description: 'Global id of a Queue, not its name.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  queues: t.connection(
    {
      type: QueueRef,
      nullable: true, // one dead source never blanks the page
      description:
        'Queues of one source, forward only: all of them for operators, those granted to them for viewers. Asked there, so null with an error while it cannot be reached.',
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        filter: t.arg({ type: QueueFilter, required: false, description: 'Left out: all that this viewer may see.' }),
      },
      resolve: async (_root, { source, filter, ...args }, context, info) => {
        const name = filter?.name ?? undefined;
        context.paddleflow.requireSource(source);
        const selected = lookAhead(info);
        const list = keyOf('queues', source);
        const granted = await context.paddleflow.queues(source).granted();
        const page = granted
          ? pageOfWhole(args, name ? granted.filter((queue) => queue.name === name) : granted, list)
          : await resolveMarkerConnection(args, (at) => context.paddleflow.queues(source).page({ ...at, name }), {
              source,
              list,
              peek: selected.has('pageInfo.hasNextPage'),
            });
        if (selected.has('cluster')) await loadClusters(context, clusterKeysOf(page.edges.map(({ node }) => node)));
        return page;
      },
    },
    QueueConnection,
  ),
}));
