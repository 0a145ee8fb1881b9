import { parseMemory } from '../state/quantity.ts';
import type { QueueRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { difference, isUnfinished, jobsOfQueues, usageOf } from '../state/usage.ts';
import { requireRoot } from '../wire/access.ts';
import type { Answer, Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { emptyEnvelope, readPaging, takePage } from '../wire/paging.ts';
import { hasQueueGrant } from './grants.ts';
import { noResources, readResources, resourcesShape, resourcesView } from './queue-resources.ts';

const changeable = {
  maxResources: resourcesShape,
  minResources: resourcesShape,
  location: 'string-map',
  schedulingPolicy: 'strings',
} as const;
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Contract 2.3. */
export const queues: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/queue',
    handle(call, state) {
      const shape = { ...changeable, name: 'string', namespace: 'string', clusterName: 'string', quotaType: 'string' } as const;
      const body = readBody(call.body, shape, 'default-message');
      requireRoot(call.user);
      const { name = '', namespace = '', clusterName = '' } = body;
      const quotaType = body.quotaType || 'elasticQuota';
      if (name === '') throw new ApiError('QueueNameNotFound');
      // Single-cluster mode, as shipped.
      const cluster = state.clusters.find((row) => row.clusterName === (clusterName || 'default-cluster'));
      if (cluster === undefined) throw new ApiError('ClusterNotFound');
      if (cluster.status !== 'online') throw new ApiError('InvalidClusterStatus');
      if (namespace === '' || (cluster.namespaceList?.length && !cluster.namespaceList.includes(namespace)))
        throw new ApiError('NamespaceNotFound');
      if (!dnsLabel.test(name) || !dnsLabel.test(namespace)) throw new ApiError('InvalidNamePattern');
      if (name.toLowerCase() === 'default' || find(name, state)) throw new ApiError('QueueNameDuplicated');
      if (quotaType !== 'elasticQuota' && quotaType !== 'volcanoCapabilityQuota') throw new ApiError('QueueQuotaTypeIsNotSupported');
      const maxResources = readResources(body.maxResources ?? {});
      const minResources = body.minResources === undefined ? noResources : readResources(body.minResources);
      refuseCrossed(minResources, maxResources);
      const number = state.queues.takeNumber();
      state.queues.add({
        number,
        id: `queue-${state.hex(`queue/${number}`, 8)}`,
        name,
        namespace,
        clusterName: cluster.clusterName,
        quotaType,
        maxResources,
        minResources,
        // The real keys of what a server adds to an elastic quota's location are unknown (2.3).
        location:
          quotaType === 'elasticQuota' ? { 'quota-type': 'logical', 'quota-parent': 'root', ...body.location } : { ...body.location },
        schedulingPolicy: body.schedulingPolicy ?? [],
        status: 'open',
        createdAt: state.now,
        updatedAt: state.now,
      });
      return ok({ name });
    },
  },
  {
    method: 'GET',
    path: '/queue',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher);
      if (state.databaseDown) return ok({ ...emptyEnvelope(paging.maxKeys), queueList: [] });
      const name = call.query.get('name') ?? '';
      const { rows, envelope } = takePage(
        state.queues,
        paging,
        state.cipher,
        'misleading',
        (row) => (name === '' || row.name === name) && hasQueueGrant(call.user, row.name, state),
      );
      return ok({ ...envelope, queueList: rows.map((queue) => view(queue, state)) });
    },
  },
  {
    method: 'GET',
    path: '/queue/:queueName',
    handle(call, state) {
      const name = param(call, 'queueName');
      if (!hasQueueGrant(call.user, name, state)) throw new ApiError('ActionNotAllowed');
      const queue = require(name, state);
      const used = usageOf(jobsOfQueues(new Set([name]), state));
      const idle = difference(queue.maxResources, used);
      return ok({ ...view(queue, state), usedResources: resourcesView(used), idleResources: resourcesView(idle) });
    },
  },
  {
    method: 'PUT',
    path: '/queue/:queueName',
    handle(call, state) {
      if (state.birth.era === 'v0.13') return closeQueue(call, state);
      const body = readBody(call.body, changeable, 'default-message');
      requireRoot(call.user);
      const queue = find(param(call, 'queueName'), state);
      if (queue === undefined) throw new ApiError('RecordNotFound');
      const maxResources = body.maxResources === undefined ? queue.maxResources : readResources(body.maxResources);
      const minResources = body.minResources === undefined ? queue.minResources : readResources(body.minResources);
      refuseCrossed(minResources, maxResources);
      const removed = (body.schedulingPolicy ?? []).filter((policy) => policy.endsWith('-')).map((policy) => policy.slice(0, -1));
      const added = (body.schedulingPolicy ?? []).filter((policy) => !policy.endsWith('-'));
      const schedulingPolicy = [...new Set([...queue.schedulingPolicy, ...added])].filter((policy) => !removed.includes(policy));
      Object.assign(queue, {
        maxResources,
        minResources,
        schedulingPolicy,
        location: { ...queue.location, ...body.location },
        updatedAt: state.now,
      });
      return ok(view(queue, state));
    },
  },
  {
    method: 'DELETE',
    path: '/queue/:queueName',
    handle(call, state) {
      requireRoot(call.user);
      const queue = require(param(call, 'queueName'), state);
      if (state.birth.era === 'v0.13' && queueStatus(queue, state) !== 'closed') throw new ApiError('QueueIsNotClosed');
      refuseUsedQueue(queue, state);
      deleteQueue(queue, state);
      return okEmpty;
    },
  },
];

/** Throws while a job of the queue is unfinished. */
export function refuseUsedQueue(queue: QueueRow, state: State): void {
  if (isUsed(queue, state)) throw new ApiError('QueueIsInUse');
}

const isUsed = (queue: QueueRow, state: State): boolean => jobsOfQueues(new Set([queue.name]), state).some(isUnfinished);

/** What an old server does with a `PUT`: it knows no update (2.3). */
function closeQueue(call: Call, state: State): Answer {
  if (call.query.get('action') !== 'close') throw new ApiError('QueueActionIsNotSupported');
  requireRoot(call.user);
  const queue = require(param(call, 'queueName'), state);
  queue.closingAt ??= state.now;
  queue.status = 'closing';
  queue.updatedAt = state.now;
  return okEmpty;
}

/** A queue that was told to close is closed once its jobs have ended, at the earliest a second later. */
function queueStatus(queue: QueueRow, state: State): string {
  const { status, closingAt } = queue;
  const closed = status === 'closing' && closingAt !== undefined && state.now >= closingAt + 1000 && !isUsed(queue, state);
  return closed ? 'closed' : status;
}

/** Takes its grants along. */
export function deleteQueue(queue: QueueRow, state: State): void {
  state.queues.delete(queue);
  state.grants.deleteWhere(({ resourceType, resourceID }) => resourceType === 'queue' && resourceID === queue.name);
}

const find = (name: string, state: State): QueueRow | undefined => state.queues.find((row) => row.name === name);

function require(name: string, state: State): QueueRow {
  const queue = find(name, state);
  if (queue === undefined) throw new ApiError('QueueNameNotFound');
  return queue;
}

function refuseCrossed(min: QueueRow['minResources'], max: QueueRow['maxResources']): void {
  const scalars = Object.entries(min.scalarResources).map(([name, amount]) => [amount, max.scalarResources[name] ?? '0'] as const);
  const crossed = scalars.some(([least, most]) => (parseMemory(least) ?? 0) > (parseMemory(most) ?? 0));
  if (min.cpu > max.cpu || min.memory > max.memory || crossed)
    throw new ApiError('InvalidComputeResource', 'minResources exceed maxResources');
}

function view(queue: QueueRow, state: State) {
  const { id, name, namespace, clusterName, quotaType, location, schedulingPolicy } = queue;
  return {
    id,
    createTime: state.zone.local(queue.createdAt),
    updateTime: state.zone.local(queue.updatedAt),
    name,
    namespace,
    clusterName,
    quotaType,
    minResources: resourcesView(queue.minResources),
    maxResources: resourcesView(queue.maxResources),
    location,
    ...(schedulingPolicy.length > 0 ? { schedulingPolicy } : {}),
    status: queueStatus(queue, state),
  };
}
