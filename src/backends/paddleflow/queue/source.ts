import { accountOn, type Viewer } from '../../../auth/viewer.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { Kept } from '../../../core/kept-reads.ts';
import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';
import { queuesGrantedTo } from './grants.ts';
import { queueFromWire, usageFromWire, type Queue, type QueueUsage } from './model.ts';

/** All that the schema may ask about the queues of one source. Made per operation. */
export interface QueueSource {
  /** For those who see all. */
  page(at: { marker?: string | undefined; limit: number; name?: string | null | undefined }): Promise<MarkerPage<Queue>>;
  /** In any order, without those that do not exist. An empty list is looked at again: a database failure gives one, too (contract 2.7). */
  byNames(names: readonly string[]): Promise<Queue[]>;
  /** The queues granted to this viewer, where it is on the gateway to hide the others; undefined: the backend's own list will do. */
  granted(): Promise<Queue[] | undefined>;
  /** Undefined when there is no such queue. Costs a listing of pods, so it is kept for a while (contract 8.2). */
  usage(name: string): Promise<Kept<QueueUsage> | undefined>;
}

/** As long as usage is kept, in milliseconds. */
const usageKeptMs = 10_000;

export function createQueueSource(handle: SourceHandle, viewer: Viewer, signal?: AbortSignal): QueueSource {
  const { name: source, client, readTime, kept, identity, actsAs } = handle;
  const account = accountOn(viewer, source);
  const page: QueueSource['page'] = async ({ marker, limit, name }) => {
    const { items, nextMarker } = await client.listQueues({ marker, maxKeys: limit, name: name || undefined }, signal);
    return { items: items.map((wire) => queueFromWire(source, wire, readTime)), nextMarker };
  };

  /** Undefined: whatever the backend tells may be shown. */
  const visibleNames = async (): Promise<ReadonlySet<string> | undefined> =>
    actsAs === 'viewer' || account === undefined ? undefined : queuesGrantedTo(handle, account, signal);

  // One list for all: the filter takes a single name (contract 3.4), and every read of one queue asks the cluster about pods.
  async function find(names: ReadonlySet<string>): Promise<Queue[]> {
    const areAmong = (some: readonly Queue[]) => some.filter(({ name }) => names.has(name));
    return areAmong(await wholeList({ source, page, isEnough: (found) => areAmong(found).length === names.size, signal }));
  }

  return {
    page,
    async byNames(names) {
      const visible = await visibleNames();
      const wanted = new Set(visible ? names.filter((name) => visible.has(name)) : names);
      return wanted.size === 0 ? [] : find(wanted);
    },
    async granted() {
      const visible = await visibleNames();
      return visible && (visible.size === 0 ? [] : find(visible));
    },
    async usage(name) {
      const key = JSON.stringify([identity, 'queue', name]);
      const answers = await kept.readAll([key], usageKeptMs, signal, async (_missing, flight) => {
        const wire = await client.getQueue(name, flight).catch((error: unknown) => {
          if (error instanceof UpstreamError && error.code === 'QueueNameNotFound') return undefined;
          throw error;
        });
        return new Map(wire && [[key, usageFromWire(wire)]]);
      });
      return answers.get(key);
    },
  };
}
