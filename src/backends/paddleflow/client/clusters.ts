import { paddleFlowErrors } from '../errors/errors.ts';
import { againIfEmpty } from '../../../core/again.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { InvalidCallError, UpstreamError } from '../../../upstream/errors.ts';
import { csvParameter, dnsLabel, newName, present, segment } from '../wire/validate.ts';
import { WireCluster, WireClusterPage, type WireClusterUsage, WireClusterUsages } from '../wire/wire.ts';
import { anything, explained, meaning, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';
import { partsOf, withholding } from './secrets.ts';

/** On update what is left out stays, and `""` is refused here: the server would take it for "keep" (2.12). */
export interface UpdateClusterBody {
  readonly endpoint?: string | undefined;
  /** Also on update a `Kubernetes` needs its `version`. `Local` would make the server drop the connection (1.9). */
  readonly clusterType?: 'Kubernetes' | 'K3S' | undefined;
  readonly version?: string | undefined;
  /** A kubeconfig, plain; it is sent as base64. Never read back, though the server hands it out. */
  readonly credential?: string | undefined;
  readonly source?: string | undefined;
  readonly status?: 'online' | 'offline' | undefined;
  readonly description?: string | undefined;
  readonly setting?: string | undefined;
  /** Empty: any namespace, on creation only. */
  readonly namespaceList?: readonly string[] | undefined;
}
export interface CreateClusterBody extends UpdateClusterBody {
  readonly clusterName: string;
  readonly endpoint: string;
  readonly clusterType: 'Kubernetes' | 'K3S';
}

export interface ClusterUsages {
  /** By cluster name; online clusters only. One with an `errMsg` could not be asked. */
  readonly usages: ReadonlyMap<string, WireClusterUsage>;
  /** Asked for by name and left out of the answer: offline, unknown, or its nodes could not be listed. */
  readonly missing: readonly string[];
}

function toWire<T extends UpdateClusterBody>({ credential, ...body }: T) {
  if (body.clusterType !== undefined && body.clusterType !== 'Kubernetes' && body.clusterType !== 'K3S')
    throw new InvalidCallError('clusterType', 'must be Kubernetes or K3S');
  if (body.clusterType === 'Kubernetes') present('version', body.version);
  for (const namespace of body.namespaceList ?? []) dnsLabel('namespaceList', namespace);
  return { ...body, credential: credential && Buffer.from(credential, 'utf8').toString('base64') };
}
const secretsOf = (credential = '') => [Buffer.from(credential, 'utf8').toString('base64'), ...partsOf(credential)];

/** Root only: `OnlyRootAllowed`, from the single read `AccessDenied`. */
export function clusterCalls(http: PaddleFlowHttp) {
  /** The credential is not read. */
  const listClusters = async (
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
    );

  const clusterExists = async (clusterName: string, signal?: AbortSignal): Promise<boolean> => {
    const { items } = await againIfEmpty(() => listClusters({ clusterNames: [clusterName], maxKeys: 1000 }, signal), signal);
    return items.some((cluster) => cluster.clusterName === clusterName);
  };

  return {
    listClusters,

    /** `ClusterNotFound` when it is missing, which the server calls an unclassified error (2.12): then the list is asked too. */
    async getCluster(clusterName: string, signal?: AbortSignal): Promise<WireCluster> {
      const reading = http.send({ call: 'getCluster', path: `/cluster/${clusterSegment(clusterName)}`, signal }, WireCluster);
      return explained([''], reading, async (refusal) =>
        (await clusterExists(clusterName, signal)) ? undefined : meaning(refusal, 'ClusterNotFound', 'there is no such cluster'),
      );
    },

    /**
     * `DuplicatedName` where the name is taken and the server minds, which it calls an unclassified error; others make a second cluster of that name,
     * unless `lookFirst` asks the list before. Bad fields are `InternalError` there (2.12). `InvalidClusterCredential`. It may take 30 s to be usable (8.1).
     */
    async createCluster(
      body: CreateClusterBody,
      { lookFirst = false, deadline }: Until & { readonly lookFirst?: boolean } = {},
    ): Promise<WireCluster> {
      clusterSegment(newName('clusterName', body.clusterName, /^\w[\w-]{0,253}\w$/, 'must be 2 to 255 letters, digits, "_" or inner "-"'));
      present('endpoint', body.endpoint);
      const wire = toWire(body);
      if (lookFirst && (await clusterExists(body.clusterName).catch(onlyRefused))) throw nameTaken(http.source);
      const creating = http.send({ call: 'createCluster', method: 'POST', path: '/cluster', body: wire, deadline }, WireCluster);
      return explained(['', 'InternalError'], withholding(secretsOf(body.credential), creating), async (refusal) => {
        const exists = await clusterExists(body.clusterName);
        if (exists) return refusal.code === '' ? meaning(refusal, 'DuplicatedName', 'there is a cluster of that name') : undefined;
        return meaning(refusal, refusal.code ?? '', 'and made no cluster');
      });
    },

    /** `InvalidClusterProperties` for whatever is wrong with it, a namespace that a queue still uses included; `ClusterNameNotFound`. */
    async updateCluster(clusterName: string, body: UpdateClusterBody): Promise<WireCluster> {
      const path = `/cluster/${segment(clusterName)}`;
      for (const [field, value] of Object.entries(body)) if (value === '') throw new InvalidCallError(field, 'cannot be blanked');
      // Answered with a 200, and kept as it was.
      if (body.namespaceList?.length === 0)
        throw new InvalidCallError('namespaceList', 'cannot be emptied: name those that are to be allowed');
      const updating = http.send({ call: 'updateCluster', method: 'PUT', path, body: toWire(body) }, WireCluster);
      return withholding(secretsOf(body.credential), updating);
    },

    /** Its queues go first, then the cluster, not in one piece (2.12). `QueueIsInUse`, `ClusterNotFound`. */
    async deleteCluster(clusterName: string): Promise<void> {
      await http.send({ call: 'deleteCluster', method: 'DELETE', path: `/cluster/${segment(clusterName)}` }, anything);
    },

    /** Walks the nodes and pods of every cluster asked for: keep the answer for half a minute (8.2). `""` with 500: none could be read. */
    async clusterUsages(clusterNames?: readonly string[], signal?: AbortSignal): Promise<ClusterUsages> {
      const query = { clusterNames: csvParameter('clusterNames', clusterNames) };
      const usages = await http.send({ call: 'clusterUsages', path: '/cluster/resource', query, slow: true, signal }, WireClusterUsages);
      return { usages, missing: (clusterNames ?? []).filter((name) => !usages.has(name)) };
    },
  };
}

/** Who may not read the list may not make a cluster either: that is for the server to say. */
function onlyRefused(error: unknown): false {
  if (error instanceof UpstreamError && error.fault === 'rejected') return false;
  throw error;
}

const nameTaken = (source: string) =>
  new UpstreamError(
    { source, operation: 'POST /cluster', fault: 'rejected', code: 'DuplicatedName', errors: paddleFlowErrors },
    'was not sent: there is a cluster of that name',
  );

/** `GET /cluster/resource` is another call (2.12). */
function clusterSegment(clusterName: string): string {
  if (clusterName === 'resource') throw new InvalidCallError('clusterName', 'must not be "resource": such a cluster cannot be read');
  return segment(clusterName);
}
