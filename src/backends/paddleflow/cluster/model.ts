import { keyOf } from '../../../core/key.ts';
import type { WireCluster } from '../wire/wire.ts';

/** The credential never gets this far: the wire shape leaves it out. */
export const clusterFromWire = (source: string, wire: WireCluster, readTime: (serverTime: string) => Date | null) => ({
  kind: 'Cluster' as const,
  key: keyOf(source, wire.clusterName),
  source,
  name: wire.clusterName,
  description: wire.description,
  endpoint: wire.endpoint,
  clusterType: wire.clusterType,
  version: wire.version,
  provider: wire.source,
  setting: wire.setting,
  rawState: wire.status,
  namespaces: wire.namespaceList,
  createdAt: readTime(wire.createTime),
  updatedAt: readTime(wire.updateTime),
});
export type Cluster = Readonly<ReturnType<typeof clusterFromWire>>;
