import type { MarkerPage } from '../../../core/page.ts';
import { segment } from '../wire/validate.ts';
import { WireCreatedFlavour, WireFlavour, WireFlavourPage } from '../wire/wire.ts';
import { anything, explained, hasCode, meaning, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';

export interface UpdateFlavourBody {
  readonly cpu?: string | undefined;
  /** Spelt so in answers, too. */
  readonly mem?: string | undefined;
  /** Merged into what is there: entries can be changed and not removed (2.4). */
  readonly scalarResources?: Readonly<Record<string, string>> | undefined;
  /** Must be the one it is bound to, and absent for one that is bound to none. */
  readonly clusterName?: string | undefined;
}
export interface CreateFlavourBody extends UpdateFlavourBody {
  readonly name: string;
  readonly cpu: string;
  readonly mem: string;
}

export function flavourCalls(http: PaddleFlowHttp) {
  /** `FlavourNotFound`. */
  const getFlavour = async (flavourName: string, signal?: AbortSignal): Promise<WireFlavour> =>
    http.send({ call: 'getFlavour', path: `/flavour/${segment(flavourName)}`, signal }, WireFlavour);

  return {
    getFlavour,

    /** Those bound to no cluster and, with `clusterName`, that cluster's; an unknown cluster is code `""`. `name`: a part of the name (2.4). */
    listFlavours: async (
      query: PageQuery & { readonly clusterName?: string | undefined; readonly name?: string | undefined },
      signal?: AbortSignal,
    ): Promise<MarkerPage<WireFlavour>> =>
      http.send(
        {
          call: 'listFlavours',
          path: '/flavour',
          query: { clusterName: query.clusterName, name: query.name, ...pageQuery(query) },
          signal,
        },
        WireFlavourPage,
      ),

    /** Open to everybody; `DuplicatedName`, `FlavourInvalidField`, `ClusterNameNotFound`. */
    async createFlavour(body: CreateFlavourBody, { deadline }: Until = {}): Promise<string> {
      segment(body.name); // must be one that can be asked for later
      return (await http.send({ call: 'createFlavour', method: 'POST', path: '/flavour', body, deadline }, WireCreatedFlavour)).name;
    },

    /** Root only, since nobody else is ever noted as its owner (2.4). `""` with 500 mostly means another cluster than the stored one. */
    async updateFlavour(flavourName: string, body: UpdateFlavourBody): Promise<WireFlavour> {
      const path = `/flavour/${segment(flavourName)}`;
      const updating = http.send({ call: 'updateFlavour', method: 'PUT', path, body }, WireFlavour);
      return explained([''], updating, async (refusal) => {
        const missing: unknown = await getFlavour(flavourName).then(
          () => undefined,
          (error: unknown) => error,
        );
        return hasCode(missing, 'FlavourNotFound') ? meaning(refusal, 'FlavourNotFound', 'there is no such flavour') : undefined;
      });
    },

    /** Root only. `FlavourNotFound`. */
    async deleteFlavour(flavourName: string): Promise<void> {
      await http.send({ call: 'deleteFlavour', method: 'DELETE', path: `/flavour/${segment(flavourName)}` }, anything);
    },
  };
}
