import { keyOf } from '../../../core/key.ts';
import type { WireQueue } from '../wire/wire.ts';
import { resourcesFromWire, type Resources } from '../resources/model.ts';

type ReadTime = (serverTime: string) => Date | null;

const resources = (wire: WireQueue['maxResources']): Resources | null => wire && resourcesFromWire(wire);

/** Every source has queues of its own, so the key is `prod:train`. */
export const queueFromWire = (source: string, wire: WireQueue, readTime: ReadTime) => ({
  kind: 'Queue' as const,
  key: keyOf(source, wire.name),
  source,
  name: wire.name,
  namespace: wire.namespace,
  clusterName: wire.clusterName,
  quotaType: wire.quotaType,
  rawState: wire.status,
  minResources: resources(wire.minResources),
  maxResources: resources(wire.maxResources),
  location: wire.location,
  schedulingPolicies: wire.schedulingPolicy,
  createdAt: readTime(wire.createTime),
  updatedAt: readTime(wire.updateTime),
});
export type Queue = Readonly<ReturnType<typeof queueFromWire>>;

/** Only the read of a single queue tells them; null where the server did not. */
export const usageFromWire = (wire: WireQueue) => ({ used: resources(wire.usedResources), idle: resources(wire.idleResources) });
export type QueueUsage = Readonly<ReturnType<typeof usageFromWire>>;
