import type { QueueRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { difference, isUnfinished, jobsOfQueues, usageOf } from '../state/usage.ts';
import { openMap } from '../../kit/write-json.ts';
import { requireRoot } from '../wire/access.ts';
import { flawOfLabel } from '../wire/dns-label.ts';
import type { Answer, Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { emptyEnvelope, readPaging, takePage } from '../wire/paging.ts';
import { hasQueueGrant } from './grants.ts';
import { noResources, readResources, resourcesShape, resourcesView } from './queue-resources.ts';
import { clusterFor, isCrossed, isolationKey, parentKey, policiesAfter, refuseNamespace, refuseOffline } from './queue-rules.ts';

const changeable = {
  maxResources: resourcesShape,
  minResources: resourcesShape,
  location: 'string-map',
  schedulingPolicy: 'strings',
} as const;
/** Contract 2.3. */
export const queues: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/queue',
    handle(call, state) {
      const shape = { ...changeable, name: 'string', namespace: 'string', clusterName: 'string', quotaType: 'string' } as const;
      const body = readBody(call.body, shape, 'default-message');
      requireRoot(call.user, 'create request failed');
      const { name = '', namespace = '', location = {} } = body;
      const quotaType = body.quotaType || 'elasticQuota';
      if (name === '') throw new ApiError('QueueNameNotFound', 'queueName is not found.');
      const cluster = clusterFor(body.clusterName ?? '', state);
      refuseNamespace(namespace, cluster);
      const flaw = flawOfLabel(name);
      if (flaw !== undefined) throw new ApiError('InvalidNamePattern', `name[${name}] of queue is invalid, err: ${flaw}`);
      if (name === 'default' || find(name, state)) throw new ApiError('QueueNameDuplicated', 'request name duplicated');
      const elastic = quotaType === 'elasticQuota';
      if (!elastic && quotaType !== 'volcanoCapabilityQuota')
        throw new ApiError('QueueQuotaTypeIsNotSupported', 'quota type is not supported');
      const maxResources = readResources(body.maxResources ?? {});
      const minResources = elastic ? readResources(body.minResources ?? {}) : noResources;
      if (isCrossed(minResources, maxResources)) throw new ApiError('InvalidComputeResource', 'maxResources less than minResources');
      if (elastic && !['logical', 'physical'].includes(location[isolationKey] ?? 'logical'))
        throw new ApiError('', `elastic quota type[${location[isolationKey]}] is not supported`);
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
        location: elastic ? { [isolationKey]: 'logical', [parentKey]: 'root', ...location } : location,
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
      const paging = readPaging(call.query, state.cipher, 'default-message');
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
      requireRoot(call.user, 'update request failed');
      const queue = find(param(call, 'queueName'), state);
      if (queue === undefined) throw new ApiError('RecordNotFound', 'record not found');
      const maxResources = readResources(body.maxResources ?? {}, queue.maxResources);
      const elastic = queue.quotaType === 'elasticQuota';
      const minResources = elastic ? readResources(body.minResources ?? {}, queue.minResources) : queue.minResources;
      if (isCrossed(minResources, maxResources))
        throw new ApiError('InvalidComputeResource', 'minResource cannot be larger than maxResource');
      refuseOffline(state.clusters.find(({ clusterName }) => clusterName === queue.clusterName));
      const location = Object.fromEntries(Object.entries({ ...queue.location, ...body.location }).filter(([, value]) => value !== ''));
      Object.assign(queue, { maxResources, minResources, location, updatedAt: state.now });
      const schedulingPolicy = policiesAfter(queue.schedulingPolicy, body.schedulingPolicy ?? []);
      const shown = view({ ...queue, schedulingPolicy }, state);
      // An empty list is never stored: the answer shows the last policy gone, the next read has it again.
      if (schedulingPolicy.length > 0) queue.schedulingPolicy = schedulingPolicy;
      return ok(shown);
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
    location: openMap(location),
    ...(schedulingPolicy.length > 0 ? { schedulingPolicy } : {}),
    status: queueStatus(queue, state),
  };
}
