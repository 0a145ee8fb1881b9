import type { MarkerPage } from '../../../core/page.ts';
import { dnsLabel, segment } from '../wire/validate.ts';
import { WireCreatedQueue, WireQueue, WireQueuePage } from '../wire/wire.ts';
import { anything, explained, hasCode, meaning, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';

/** Kubernetes quantities: `500m`, `20Gi`. As in answers; on the way in the server wants `mem`, which is seen to here (2.3). */
export interface QueueResources {
  readonly cpu: string;
  readonly memory: string;
  readonly scalarResources?: Readonly<Record<string, string>> | undefined;
}

export interface UpdateQueueBody {
  readonly maxResources?: QueueResources | undefined;
  /** Means something for `elasticQuota` only, and must not exceed the maximum. */
  readonly minResources?: QueueResources | undefined;
  /** More entries come back than were sent. */
  readonly location?: Readonly<Record<string, string>> | undefined;
  /** On update an entry that ends in `-` removes that policy. */
  readonly schedulingPolicy?: readonly string[] | undefined;
}

export interface CreateQueueBody extends UpdateQueueBody {
  readonly name: string;
  readonly namespace: string;
  /** Absent: `default-cluster`, on servers of a single cluster. */
  readonly clusterName?: string | undefined;
  /** Default `elasticQuota`. */
  readonly quotaType?: 'elasticQuota' | 'volcanoCapabilityQuota' | undefined;
  readonly maxResources: QueueResources;
}

const toWire = (resources: QueueResources | undefined) =>
  resources && { cpu: resources.cpu, mem: resources.memory, scalarResources: resources.scalarResources };
const bodyOf = <T extends UpdateQueueBody>(body: T) => ({
  ...body,
  maxResources: toWire(body.maxResources),
  minResources: toWire(body.minResources),
});

/** A bad or negative quantity, or a minimum over the maximum, is refused with a 500 (2.3). */
const refusingResources = <T>(work: Promise<T>): Promise<T> =>
  explained(['InvalidComputeResource'], work, async (refusal) => meaning(refusal, 'InvalidComputeResource', 'quantities that do not fit'));

export const queueCalls = (http: PaddleFlowHttp) => ({
  /** Accounts other than root see those granted to them. No proof of absence, as with runs (2.7). `name` filters exactly. */
  listQueues: async (query: PageQuery & { readonly name?: string | undefined }, signal?: AbortSignal): Promise<MarkerPage<WireQueue>> =>
    http.send({ call: 'listQueues', path: '/queue', query: { name: query.name, ...pageQuery(query) }, signal }, WireQueuePage),

  /** With used and idle resources, which cost a listing of pods (8.2). Missing: `QueueNameNotFound`, or `ActionNotAllowed` if not root. */
  getQueue: async (queueName: string, signal?: AbortSignal): Promise<WireQueue> =>
    http.send({ call: 'getQueue', path: `/queue/${segment(queueName)}`, slow: true, signal }, WireQueue),

  /** The new queue's name. Root only. A missing namespace is made on the cluster. It may take 30 s to be usable (8.1). */
  async createQueue(body: CreateQueueBody, { deadline }: Until = {}): Promise<string> {
    segment(dnsLabel('name', body.name)); // must be one that can be asked for later
    dnsLabel('namespace', body.namespace);
    const creating = http.send({ call: 'createQueue', method: 'POST', path: '/queue', body: bodyOf(body), deadline }, WireCreatedQueue);
    return (await refusingResources(creating)).name;
  },

  /**
   * What is left out stays. The answer shows what was sent: a list of policies that was emptied is not stored (2.3). Without used and idle resources.
   * Missing: `RecordNotFound`. Root only.
   */
  async updateQueue(queueName: string, body: UpdateQueueBody): Promise<WireQueue> {
    const path = `/queue/${segment(queueName)}`;
    return refusingResources(http.send({ call: 'updateQueue', method: 'PUT', path, body: bodyOf(body) }, WireQueue));
  },

  /**
   * Stops a queue from taking work, on servers before v0.14.1. Later ones have no such call: there the same request reaches the update,
   * which refuses it for want of a body and changes nothing (2.3).
   */
  async closeQueue(queueName: string): Promise<'closing' | 'unsupported'> {
    const path = `/queue/${segment(queueName)}`;
    try {
      await http.send({ call: 'closeQueue', method: 'PUT', path, query: { action: 'close' } }, anything);
      return 'closing';
    } catch (error) {
      if (hasCode(error, 'MalformedJSON')) return 'unsupported';
      throw error;
    }
  },

  /** Takes the grants on it along. `QueueIsInUse` while it has unfinished jobs; `QueueNameNotFound`. Root only. */
  async deleteQueue(queueName: string): Promise<void> {
    await http.send({ call: 'deleteQueue', method: 'DELETE', path: `/queue/${segment(queueName)}` }, anything);
  },
});
