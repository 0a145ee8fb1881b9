import { z } from 'zod';
import { freeWord, pageOf, resources, text, texts } from './parts.ts';

export const WireQueue = z.object({
  id: text,
  name: z.string().min(1),
  namespace: text,
  clusterName: text,
  quotaType: text,
  /** Null on rows of old servers. */
  minResources: resources,
  maxResources: resources,
  /** Open map: the server adds entries of its own (2.3). */
  location: texts,
  schedulingPolicy: z.array(z.string()).catch([]),
  /** `closing` and `closed` come from servers before v0.14.1 only. */
  status: freeWord,
  createTime: text,
  updateTime: text,
  /** Only in the read of a single queue, null in lists. */
  usedResources: resources,
  idleResources: resources,
});
export type WireQueue = z.output<typeof WireQueue>;
export const WireQueuePage = pageOf('queueList', WireQueue);

export const WireCreatedQueue = z.object({ name: z.string().min(1) });
