import { InvalidCallError, UpstreamError } from '../../../upstream/errors.ts';
import { csvParameter, segment } from '../wire/validate.ts';
import { checkWorkflow } from './refuse-deadly.ts';
import { WireCreatedRun, WireRetriedRun, WireRunDetail } from '../wire/wire.ts';
import { type RunPage, WireRunPage } from '../wire/run-page.ts';
import { anything, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';

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

export const runCalls = (http: PaddleFlowHttp) => ({
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

  /** The new run's id. `deadline` (`performance.now()`) ends the call earlier than its budget. Fault `garbage` with `outcomeUnknown` also when the server's id is empty: it panicked half way (2.7). */
  async createRun({ runYaml, ...body }: CreateRunBody, { deadline }: Until = {}): Promise<string> {
    // An empty one counts as none.
    if (body.name && !/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/.test(body.name))
      throw new InvalidCallError('name', 'must be a letter or "_", then at most 127 letters, digits, "_" or "-"');
    checkWorkflow('runYaml', runYaml);
    const runYamlRaw = runYaml === undefined ? undefined : Buffer.from(runYaml, 'utf8').toString('base64');
    const request = { call: 'createRun', method: 'POST', path: '/run', body: { ...body, runYamlRaw }, deadline } as const;
    const { runID } = await http.send(request, WireCreatedRun);
    return runID;
  },

  /** Accepted, not done: `terminating` may last (4.1). Without `force` a `post_process` step still runs. `ActionNotAllowed`: already final. */
  async stopRun(runID: string, { force = false }: { force?: boolean } = {}): Promise<void> {
    const path = `/run/${segment(runID)}`;
    await http.send({ call: 'stopRun', method: 'PUT', path, query: { action: 'stop' }, body: { stopForce: force } }, anything);
  },

  /** The id of the **new** run. Only from `failed` or `terminated`; else `ActionNotAllowed`. */
  async retryRun(runID: string, { deadline }: Until = {}): Promise<string> {
    const path = `/run/${segment(runID)}`;
    const retried = await http.send({ call: 'retryRun', method: 'PUT', path, query: { action: 'retry' }, deadline }, WireRetriedRun);
    if (retried.runID !== '') return retried.runID;
    const details = { source: http.source, operation: `PUT ${path}`, fault: 'rejected', status: 200 } as const;
    throw new UpstreamError(details, 'gave no new run; the old one may now read failed with another message');
  },

  /** `checkCache` (the server's own default): refused while another run uses this one's cache. Removes its files on the main fs too. */
  async deleteRun(runID: string, { checkCache = true }: { checkCache?: boolean } = {}): Promise<void> {
    await http.send({ call: 'deleteRun', method: 'DELETE', path: `/run/${segment(runID)}`, body: { checkCache } }, anything);
  },
});
