import { z } from 'zod';
import type { MarkerPage } from '../../page.ts';
import { UpstreamError } from '../errors.ts';
import type { JsonRequest } from '../http.ts';
import { csvParameter, logPageParameters, markerParameter, maxKeysParameter, segment } from './validate.ts';
import { WireCluster, WireClusterPage, WirePipelineDetail, WirePipelinePage, WirePipelineVersionDetail } from './wire.ts';
import { WireCreatedRun, WireQueue, WireQueuePage, WireRetriedRun, WireRunDetail, WireRunLog, WireVersion } from './wire.ts';
import { type RunPage, WireRunPage } from './wire-run-page.ts';

/** `JsonHttp` with the caller's identity already in it. Paths are below `/api/paddleflow/v1`. */
export interface PaddleFlowHttp {
  readonly source: string;
  send<T>(request: JsonRequest, schema: z.ZodType<T>): Promise<T>;
}

/** `marker` absent: the first page. `maxKeys` 1 to 1000: anything else is refused here. */
export interface PageQuery {
  readonly marker?: string | undefined;
  readonly maxKeys: number;
}

/** Exact matches; several values of one filter mean "any of them", several filters "all of them". An empty array is refused. */
export interface RunFilters {
  /** For an account other than root the server silently puts its own name here (2.7). */
  readonly userFilter?: readonly string[] | undefined;
  readonly fsFilter?: readonly string[] | undefined;
  /** Run ids. */
  readonly runFilter?: readonly string[] | undefined;
  readonly nameFilter?: readonly string[] | undefined;
  readonly statusFilter?: readonly string[] | undefined;
}

/** What a run can be started from, in the server's precedence: YAML, pipeline, path (2.7). */
export interface CreateRunBody {
  /** Plain text; it is sent as base64 in `runYamlRaw`. */
  readonly runYaml?: string | undefined;
  readonly pipelineID?: string | undefined;
  /** Empty or absent: the latest one. */
  readonly pipelineVersionID?: string | undefined;
  /** Inside the file system; needs `fsName`. */
  readonly runYamlPath?: string | undefined;
  readonly fsName?: string | undefined;
  /** Not unique on the server, and the only handle by which a run whose answer was lost can be found again (1.10). */
  readonly name?: string | undefined;
  readonly desc?: string | undefined;
  /** Root only: owner of the file systems. The run still belongs to root (2.7). */
  readonly username?: string | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** Shown on the run, without effect on its steps (2.7). */
  readonly dockerEnv?: string | undefined;
  /** Comma separated full component names; overrides the YAML. */
  readonly disabled?: string | undefined;
  readonly failureOptions?: { readonly strategy: 'fail_fast' | 'continue' } | undefined;
}

export interface RunLogQuery {
  readonly runID: string;
  /** Absent: all jobs of the run, at the price of one Kubernetes read per container (8.2). */
  readonly jobID?: string | undefined;
  /** From 1, counted from `position`; applies to every task separately. */
  readonly pageNo: number;
  /** 1 to 100 lines. */
  readonly pageSize: number;
  /** `end`: page 1 is the newest. Only 5000 lines from the end and 500,000 bytes from the beginning can be reached (2.13). */
  readonly position: 'begin' | 'end';
}

/** For answers with an empty body. Should one ever hold something, it must still be JSON, else it is not PaddleFlow that answered. */
const anything = z.unknown();

const pageQuery = ({ marker, maxKeys }: PageQuery) => ({ maxKeys: maxKeysParameter(maxKeys), marker: markerParameter(marker) });

/**
 * PaddleFlow's REST API: one method per endpoint, wire shapes in and out, no opinion about runs.
 *
 * All methods throw `UpstreamError`, and `InvalidCallError` for arguments that must not be sent. Reads end with fault `aborted`
 * when their signal fires. Writes take no signal: a client that leaves does not cut a write in half; they are never repeated,
 * and after a lost answer the error says `outcomeUnknown`. Answers may be shared between callers: do not change them.
 */
export const createPaddleFlowClient = (http: PaddleFlowHttp) => ({
  version: async (signal?: AbortSignal): Promise<WireVersion> => http.send({ call: 'version', path: '/version', signal }, WireVersion),

  /**
   * Oldest first; there is no other order (3.1). Rows that cannot be read are in `unreadable`.
   * **An empty page proves nothing:** when one of its rows does not decode in the server, or its database fails, the answer is the
   * same 200 with an empty list (2.7), which nobody can tell apart here. Nor does an empty page ever carry a `nextMarker`.
   */
  listRuns: async (query: RunFilters & PageQuery, signal?: AbortSignal): Promise<RunPage> =>
    http.send(
      {
        call: 'listRuns',
        path: '/run',
        query: {
          userFilter: csvParameter('userFilter', query.userFilter),
          fsFilter: csvParameter('fsFilter', query.fsFilter),
          runFilter: csvParameter('runFilter', query.runFilter),
          nameFilter: csvParameter('nameFilter', query.nameFilter),
          statusFilter: csvParameter('statusFilter', query.statusFilter),
          ...pageQuery(query),
        },
        signal,
      },
      WireRunPage,
    ),

  /** Absent only if the error's code is `RunNotFound`. Code `""` with 500: the stored row does not decode (2.7). */
  getRun: async (runID: string, signal?: AbortSignal): Promise<WireRunDetail> =>
    http.send({ call: 'getRun', path: `/run/${segment(runID)}`, signal }, WireRunDetail),

  /** The new run's id. Fault `garbage` with `outcomeUnknown` also when the server's id is empty: it panicked half way (2.7). */
  async createRun({ runYaml, ...body }: CreateRunBody): Promise<string> {
    const runYamlRaw = runYaml === undefined ? undefined : Buffer.from(runYaml, 'utf8').toString('base64');
    const { runID } = await http.send({ call: 'createRun', method: 'POST', path: '/run', body: { ...body, runYamlRaw } }, WireCreatedRun);
    return runID;
  },

  /** Accepted, not done: `terminating` may last (4.1). Without `force` a `post_process` step still runs. `ActionNotAllowed`: already final. */
  async stopRun(runID: string, { force = false }: { force?: boolean } = {}): Promise<void> {
    const path = `/run/${segment(runID)}`;
    await http.send({ call: 'stopRun', method: 'PUT', path, query: { action: 'stop' }, body: { stopForce: force } }, anything);
  },

  /** The id of the **new** run. Only from `failed` or `terminated`; else `ActionNotAllowed`. */
  async retryRun(runID: string): Promise<string> {
    const path = `/run/${segment(runID)}`;
    const retried = await http.send({ call: 'retryRun', method: 'PUT', path, query: { action: 'retry' } }, WireRetriedRun);
    if (retried.runID !== '') return retried.runID;
    const details = { source: http.source, operation: `PUT ${path}`, fault: 'rejected', status: 200 } as const;
    throw new UpstreamError(details, 'gave no new run; the old one may now read failed with another message');
  },

  /** `checkCache` (the server's own default): refused while another run uses this one's cache. Removes its files on the main fs too. */
  async deleteRun(runID: string, { checkCache = true }: { checkCache?: boolean } = {}): Promise<void> {
    await http.send({ call: 'deleteRun', method: 'DELETE', path: `/run/${segment(runID)}`, body: { checkCache } }, anything);
  },

  /** `userFilter` from an account other than root is `AccessDenied`, unlike runs (3.4). */
  listPipelines: async (
    query: PageQuery & { readonly userFilter?: readonly string[] | undefined; readonly nameFilter?: readonly string[] | undefined },
    signal?: AbortSignal,
  ): Promise<z.output<typeof WirePipelinePage>> =>
    http.send(
      {
        call: 'listPipelines',
        path: '/pipeline',
        query: {
          userFilter: csvParameter('userFilter', query.userFilter),
          nameFilter: csvParameter('nameFilter', query.nameFilter),
          ...pageQuery(query),
        },
        signal,
      },
      WirePipelinePage,
    ),

  /** The pipeline with one page of its versions; marker and `maxKeys` are theirs. */
  getPipeline: async (
    pipelineID: string,
    query: PageQuery & { readonly fsFilter?: readonly string[] | undefined },
    signal?: AbortSignal,
  ): Promise<z.output<typeof WirePipelineDetail>> =>
    http.send(
      {
        call: 'getPipeline',
        path: `/pipeline/${segment(pipelineID)}`,
        query: { fsFilter: csvParameter('fsFilter', query.fsFilter), ...pageQuery(query) },
        signal,
      },
      WirePipelineDetail,
    ),

  /** Versions never change once made. */
  getPipelineVersion: async (
    pipelineID: string,
    versionID: string,
    signal?: AbortSignal,
  ): Promise<z.output<typeof WirePipelineVersionDetail>> =>
    http.send(
      { call: 'getPipelineVersion', path: `/pipeline/${segment(pipelineID)}/${segment(versionID)}`, signal },
      WirePipelineVersionDetail,
    ),

  /** Root only (`OnlyRootAllowed`). The credential is not read. */
  listClusters: async (
    query: PageQuery & { readonly clusterNames?: readonly string[] | undefined; readonly clusterStatus?: string | undefined },
    signal?: AbortSignal,
  ): Promise<MarkerPage<WireCluster>> =>
    http.send(
      {
        call: 'listClusters',
        path: '/cluster',
        query: {
          clusterNames: csvParameter('clusterNames', query.clusterNames),
          clusterStatus: query.clusterStatus,
          ...pageQuery(query),
        },
        signal,
      },
      WireClusterPage,
    ),

  /** A missing cluster is code `""` with 500 (2.12): where that matters, ask the list. A cluster named `resource` cannot be read. */
  getCluster: async (clusterName: string, signal?: AbortSignal): Promise<WireCluster> =>
    http.send({ call: 'getCluster', path: `/cluster/${segment(clusterName)}`, signal }, WireCluster),

  /** Accounts other than root see those granted to them. No proof of absence, as with runs (2.7). `name` filters exactly. */
  listQueues: async (query: PageQuery & { readonly name?: string | undefined }, signal?: AbortSignal): Promise<MarkerPage<WireQueue>> =>
    http.send({ call: 'listQueues', path: '/queue', query: { name: query.name, ...pageQuery(query) }, signal }, WireQueuePage),

  /** With used and idle resources, which cost a listing of pods (8.2). Missing: `QueueNameNotFound`, or `ActionNotAllowed` if not root. */
  getQueue: async (queueName: string, signal?: AbortSignal): Promise<WireQueue> =>
    http.send({ call: 'getQueue', path: `/queue/${segment(queueName)}`, slow: true, signal }, WireQueue),

  /** Copied live from Kubernetes: nothing is left once the pod is collected. Steps carried over by a retry are found under the old run (2.13). */
  runLog: async ({ runID, jobID, pageNo, pageSize, position }: RunLogQuery, signal?: AbortSignal): Promise<WireRunLog> =>
    http.send(
      {
        call: 'runLog',
        path: `/log/run/${segment(runID)}`,
        query: { jobID, ...logPageParameters(pageNo, pageSize), logFilePosition: position },
        slow: true,
        signal,
      },
      WireRunLog,
    ),
});
export type PaddleFlowClient = ReturnType<typeof createPaddleFlowClient>;
