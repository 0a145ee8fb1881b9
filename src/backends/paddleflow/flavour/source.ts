import type { MarkerPage } from '../../../core/page.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { BadInputError } from '../../../problem/problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { flavourFromWire, type Flavour } from './model.ts';

export interface FlavourPageQuery {
  readonly marker?: string | undefined;
  readonly limit: number;
  /** Undefined: only those that are bound to no cluster. */
  readonly clusterName?: string | undefined;
  /** A part of the name. */
  readonly name?: string | undefined;
}

/** All that the schema may ask about the flavours of one source. Everybody may see them. */
export interface FlavourSource {
  page(at: FlavourPageQuery): Promise<MarkerPage<Flavour>>;
  /** In any order, without those that do not exist. One is read by itself; of several, those bound to no cluster come from one list. */
  byNames(names: readonly string[]): Promise<Flavour[]>;
}

const hasCode = (error: unknown, code: string) => error instanceof UpstreamError && error.code === code;
const wholeList = 1000;

export function createFlavourSource({ name: source, client, readTime }: SourceHandle, signal?: AbortSignal): FlavourSource {
  const page: FlavourSource['page'] = async ({ marker, limit, clusterName, name }) => {
    const query = { marker, maxKeys: limit, clusterName, name: name || undefined };
    const { items, nextMarker } = await client.listFlavours(query, signal).catch((error: unknown) => {
      // Of the two things that the backend answers like this, markers are checked before they are sent (contract 2.4).
      if (clusterName !== undefined && hasCode(error, '')) throw new BadInputError(`There is no cluster ${clusterName}`);
      throw error;
    });
    return { items: items.map((wire) => flavourFromWire(source, wire, readTime)), nextMarker };
  };

  async function single(name: string): Promise<Flavour[]> {
    try {
      return [flavourFromWire(source, await client.getFlavour(name, signal), readTime)];
    } catch (error) {
      if (hasCode(error, 'FlavourNotFound')) return [];
      throw error;
    }
  }

  return {
    page,
    async byNames(names) {
      const [first] = names;
      if (first === undefined) return [];
      if (names.length === 1) return single(first);
      const { items } = await page({ limit: wholeList });
      const found = items.filter(({ flavourName }) => names.includes(flavourName));
      const others = names.filter((name) => !found.some(({ flavourName }) => flavourName === name));
      return [...found, ...(await Promise.all(others.map(single))).flat()];
    },
  };
}
