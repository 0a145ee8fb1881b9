import type { z } from 'zod';
import { csvParameter, describing, segment, present } from '../wire/validate.ts';
import { checkWorkflow } from './refuse-deadly.ts';
import { WireCreatedPipeline, WireCreatedVersion, WirePipelineDetail, WirePipelinePage, WirePipelineVersionDetail } from '../wire/wire.ts';
import { InvalidCallError } from '../../../upstream/errors.ts';
import { anything, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';

/** Where the YAML is: in hand, or in a file system. */
export interface PipelineBody {
  /** Plain text; it is sent as base64 in `yamlRaw`. Excludes `fsName` and `yamlPath`. */
  readonly yaml?: string | undefined;
  /** Only says where to read from, and does not become the pipeline's main file system (2.10). */
  readonly fsName?: string | undefined;
  /** Default `./run.yaml`. */
  readonly yamlPath?: string | undefined;
  /** Root only: owner of the file system. */
  readonly username?: string | undefined;
  /** At most 256 bytes. */
  readonly desc?: string | undefined;
}

function toWire({ yaml, ...body }: PipelineBody) {
  describing('desc', body.desc);
  if (yaml === undefined) return { ...body, fsName: present('fsName', body.fsName) };
  if (body.fsName || body.yamlPath) throw new InvalidCallError('yaml', 'excludes fsName and yamlPath');
  checkWorkflow('yaml', yaml);
  return { ...body, yamlRaw: Buffer.from(yaml, 'utf8').toString('base64') };
}

export const pipelineCalls = (http: PaddleFlowHttp) => ({
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

  /** Named by its YAML, uniquely per user: `DuplicatedName`. A YAML with artifacts must name its main file system itself (2.10). */
  async createPipeline(body: PipelineBody, { deadline }: Until = {}): Promise<z.output<typeof WireCreatedPipeline>> {
    return http.send({ call: 'createPipeline', method: 'POST', path: '/pipeline', body: toWire(body), deadline }, WireCreatedPipeline);
  },

  /**
   * A new version each time, so it is not to be repeated (1.10). Its YAML must bear the pipeline's name. `desc` takes the place of the
   * pipeline's, and leaving it out would blank that: hence it must be given. A bad YAML is told before `PipelineNotFound` (2.10).
   */
  async createPipelineVersion(
    pipelineID: string,
    body: PipelineBody & { readonly desc: string },
    { deadline }: Until = {},
  ): Promise<z.output<typeof WireCreatedVersion>> {
    const path = `/pipeline/${segment(pipelineID)}`;
    return http.send({ call: 'createPipelineVersion', method: 'POST', path, body: toWire(body), deadline }, WireCreatedVersion);
  },

  /** `ActionNotAllowed` while a running schedule uses it. */
  async deletePipeline(pipelineID: string): Promise<void> {
    await http.send({ call: 'deletePipeline', method: 'DELETE', path: `/pipeline/${segment(pipelineID)}` }, anything);
  },

  /** `ActionNotAllowed` while a running schedule uses it, and for the last one: delete the pipeline instead. */
  async deletePipelineVersion(pipelineID: string, versionID: string): Promise<void> {
    const path = `/pipeline/${segment(pipelineID)}/${segment(versionID)}`;
    await http.send({ call: 'deletePipelineVersion', method: 'DELETE', path }, anything);
  },
});
