import { keyOf } from '../../key.ts';
import type { WireQueue } from '../../upstream/paddleflow/wire.ts';

type ReadTime = (serverTime: string) => Date | null;

/** Every source has queues of its own, so the key is `prod:train`. */
export const queueFromWire = (source: string, wire: WireQueue, readTime: ReadTime) => ({
  key: keyOf(source, wire.name),
  source,
  name: wire.name,
  namespace: wire.namespace,
  clusterName: wire.clusterName,
  quotaType: wire.quotaType,
  rawState: wire.status,
  minResources: wire.minResources,
  maxResources: wire.maxResources,
  usedResources: wire.usedResources,
  idleResources: wire.idleResources,
  schedulingPolicies: wire.schedulingPolicy,
  createdAt: readTime(wire.createTime),
  updatedAt: readTime(wire.updateTime),
});
export type Queue = Readonly<ReturnType<typeof queueFromWire>>;
