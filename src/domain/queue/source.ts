import type { MarkerPage } from '../../page.ts';
import { outageOf } from '../problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { queueFromWire, type Queue } from './model.ts';

/** All that the schema may ask about the queues of one source. Made per operation. */
export interface QueueSource {
  page(at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<Queue>>;
  /** In any order, without those that do not exist. No proof of absence: a database failure also gives an empty list (contract 2.7). */
  byNames(names: readonly string[]): Promise<Queue[]>;
}

const wholeList = 1000;

export function createQueueSource({ name: source, client, readTime }: SourceHandle, signal?: AbortSignal): QueueSource {
  const page: QueueSource['page'] = async ({ marker, limit }) => {
    const { items, nextMarker } = await client
      .listQueues({ marker, maxKeys: limit }, signal)
      .catch((error: unknown) => Promise.reject(outageOf(error)));
    return { items: items.map((wire) => queueFromWire(source, wire, readTime)), nextMarker };
  };
  return {
    page,
    // One list for all: the filter takes a single name (contract 3.4), and every read of one queue asks the cluster about pods.
    async byNames(names) {
      const found: Queue[] = [];
      let marker: string | undefined;
      do {
        const { items, nextMarker } = await page({ marker, limit: wholeList });
        found.push(...items.filter(({ name }) => names.includes(name)));
        marker = nextMarker;
      } while (marker !== undefined && found.length < names.length);
      return found;
    },
  };
}
