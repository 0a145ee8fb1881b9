import type { MarkerPage } from '../../../core/page.ts';
import { csvParameter, segment } from '../wire/validate.ts';
import { type WireArtifact, WireArtifactPage, WireRunCache, WireRunCachePage } from '../wire/wire.ts';
import { anything, type PageQuery, type PaddleFlowHttp, pageQuery } from './calls.ts';

/** As of runs: any of the values, all of the filters. `userFilter` of an account other than root is silently its own (3.4). */
interface LeavingsFilters {
  readonly userFilter?: readonly string[] | undefined;
  readonly fsFilter?: readonly string[] | undefined;
  /** Run ids. */
  readonly runFilter?: readonly string[] | undefined;
}
const leavingsQuery = (query: LeavingsFilters & PageQuery) => ({
  userFilter: csvParameter('userFilter', query.userFilter),
  fsFilter: csvParameter('fsFilter', query.fsFilter),
  runFilter: csvParameter('runFilter', query.runFilter),
  ...pageQuery(query),
});

/** What runs leave behind. Empty pages are no proof of absence (2.7). */
export const runCacheCalls = (http: PaddleFlowHttp) => ({
  listRunCaches: async (query: LeavingsFilters & PageQuery, signal?: AbortSignal): Promise<MarkerPage<WireRunCache>> =>
    http.send({ call: 'listRunCaches', path: '/runCache', query: leavingsQuery(query), signal }, WireRunCachePage),

  /** `RunCacheNotFound`, `AccessDenied`. */
  getRunCache: async (cacheID: string, signal?: AbortSignal): Promise<WireRunCache> =>
    http.send({ call: 'getRunCache', path: `/runCache/${segment(cacheID)}`, signal }, WireRunCache),

  async deleteRunCache(cacheID: string): Promise<void> {
    await http.send({ call: 'deleteRunCache', method: 'DELETE', path: `/runCache/${segment(cacheID)}` }, anything);
  },

  /** A path that holds several, as those of looped steps do, cannot be filtered by: the comma that joins them parts the filter's values. */
  listArtifacts: async (
    query: LeavingsFilters &
      PageQuery & {
        readonly typeFilter?: readonly ('input' | 'output')[] | undefined;
        readonly pathFilter?: readonly string[] | undefined;
      },
    signal?: AbortSignal,
  ): Promise<MarkerPage<WireArtifact>> =>
    http.send(
      {
        call: 'listArtifacts',
        path: '/artifact',
        query: {
          typeFilter: csvParameter('typeFilter', query.typeFilter),
          pathFilter: csvParameter('pathFilter', query.pathFilter),
          ...leavingsQuery(query),
        },
        signal,
      },
      WireArtifactPage,
    ),
});
