import { z } from 'zod';
import { flag, freeText, freeWord, listOf, pageOf, resources, text } from './parts.ts';

/** Without `credential`, which the server hands out in full with every read (2.12): what is not named here is dropped by the parser. */
export const WireCluster = z.object({
  id: text,
  clusterName: z.string().min(1),
  description: text,
  /** Somebody may have put a user and a password into it. */
  endpoint: freeText,
  source: text,
  clusterType: text,
  version: text,
  status: freeWord,
  setting: freeText,
  namespaceList: listOf(z.string()),
  createTime: text,
  updateTime: text,
});
export type WireCluster = z.output<typeof WireCluster>;
export const WireClusterPage = pageOf('clusterList', WireCluster);

const WireShare = z.object({ total: resources, idle: resources });
/** A cluster whose client could not be built has an `errMsg` and no nodes (2.12). Nulls where the server left something out. */
export const WireClusterUsage = z.object({
  nodeList: listOf(z.object({ nodeName: z.string(), schedulable: flag, total: resources, idle: resources })),
  summary: WireShare.nullish().transform((summary) => summary ?? null),
  errMsg: freeText,
});
export type WireClusterUsage = z.output<typeof WireClusterUsage>;
/** By cluster name. A `Map`, since names are chosen by people and may be those of built-in properties. */
export const WireClusterUsages = z
  .record(z.string(), WireClusterUsage)
  .transform((usages): ReadonlyMap<string, WireClusterUsage> => new Map(Object.entries(usages)));
