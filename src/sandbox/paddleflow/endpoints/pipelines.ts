import type { PipelineRow, PipelineVersionRow, ScheduleRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner, isRoot, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created, ok, okEmpty, param } from '../wire/call.ts';
import { decodeBase64, illegalBase64 } from '../wire/base64.ts';
import type { ErrorCode } from '../wire/errors.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { readPaging, takePage, trimmedCsvFilter } from '../wire/paging.ts';
import type { WorkflowError } from '../workflow/index.ts';
import { badRunName, parseWorkflow, planRun, RunNameError } from '../workflow/index.ts';
import type { WorkflowRefusal } from '../workflow/types.ts';
import { fileSystemOf, noPermission, noSuchFile, notUtf8, readYamlFile, refusing, requireFileSystems } from './pipeline-source.ts';

const shape = { fsName: 'string', yamlPath: 'string', yamlRaw: 'string', username: 'string', desc: 'string' } as const;

/** Contract 2.10, without what concerns a single version. */
export const pipelines: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/pipeline',
    handle(call, state) {
      const request = readPipeline(call, state, 'create');
      const { name, desc } = request;
      if (state.pipelines.find((row) => row.owner === call.user && row.name === name))
        throw new ApiError(
          'DuplicatedName',
          `CreatePipeline failed: user[${call.user}] already has pipeline[${name}], cannot create again, use update instead!`,
        );
      const number = state.pipelines.takeNumber();
      const times = { createdAt: state.now, updatedAt: state.now };
      const pipelineID = `ppl-${String(number).padStart(6, '0')}`;
      const pipeline = state.pipelines.add({ ...times, number, pipelineID, name, desc, owner: call.user, versionsMade: 0 });
      return created({ pipelineID, pipelineVersionID: addVersion(pipeline, call.user, request, state), name });
    },
  },
  {
    method: 'POST',
    path: '/pipeline/:pipelineID',
    handle(call, state) {
      // A bad YAML hides that the pipeline does not exist.
      const request = readPipeline(call, state, 'update');
      const pipeline = requirePipeline(call, state, 'update');
      if (request.name !== pipeline.name)
        throw new ApiError(
          'InvalidArguments',
          `update pipeline failed, pplname[${request.name}] in yaml not the same as [${pipeline.name}] of pipeline[${pipeline.pipelineID}]`,
        );
      pipeline.desc = request.desc; // an omitted one blanks it
      pipeline.updatedAt = state.now;
      return created({ pipelineID: pipeline.pipelineID, pipelineVersionID: addVersion(pipeline, call.user, request, state) });
    },
  },
  {
    method: 'GET',
    path: '/pipeline',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher, 'sentence');
      const users = trimmedCsvFilter(call.query, 'userFilter');
      if (users !== undefined && !isRoot(call.user)) throw new ApiError('AccessDenied', 'only root user can set userFilter!');
      const names = trimmedCsvFilter(call.query, 'nameFilter');
      const wanted = (row: PipelineRow) =>
        (isRoot(call.user) ? (users?.has(row.owner) ?? true) : row.owner === call.user) && (names?.has(row.name) ?? true);
      const { rows, envelope } = takePage(state.pipelines, paging, state.cipher, 'exact', wanted);
      return ok({ ...envelope, pipelineList: rows.map((row) => pipelineView(row, state)) });
    },
  },
  {
    method: 'GET',
    path: '/pipeline/:pipelineID',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher, 'sentence');
      const id = param(call, 'pipelineID');
      const pipeline = state.pipelines.find(({ pipelineID }) => pipelineID === id);
      if (pipeline === undefined) throw new ApiError('PipelineNotFound', `get pipeline[${id}] failed, err: record not found`);
      requireOwner(call.user, pipeline.owner, 'pipeline', id);
      const fsNames = trimmedCsvFilter(call.query, 'fsFilter');
      const wanted = (row: PipelineVersionRow) => row.pipelineID === pipeline.pipelineID && (fsNames?.has(row.fsName) ?? true);
      const { rows, envelope } = takePage(state.pipelineVersions, paging, state.cipher, 'exact', wanted);
      return ok({
        pipeline: pipelineView(pipeline, state),
        pplVersions: { ...envelope, pplVersionList: rows.map((row) => versionView(row, state)) },
      });
    },
  },
  {
    method: 'DELETE',
    path: '/pipeline/:pipelineID',
    handle(call, state) {
      const pipeline = requirePipeline(call, state, 'delete');
      refuseScheduled(pipeline.pipelineID, undefined, state);
      state.pipelineVersions.deleteWhere(({ pipelineID }) => pipelineID === pipeline.pipelineID);
      state.pipelines.delete(pipeline);
      return okEmpty;
    },
  },
];

interface PipelineRequest {
  readonly name: string;
  readonly desc: string;
  readonly yaml: string;
  readonly fsName: string;
  readonly yamlPath: string;
}

/** `desc`, arguments, text, then the workflow with every rule of section 7; whether its file systems exist comes in between. */
function readPipeline(call: Call, state: State, verb: 'create' | 'update'): PipelineRequest {
  const body = readBody(call.body, shape, 'invalid-http-request');
  const { desc = '', fsName = '', yamlRaw = '' } = body;
  const owner = fileSystemOwner(call.user, body.username);
  if (Buffer.byteLength(desc) > 256) throw new ApiError('InvalidArguments', `desc too long, should be less than 256`);
  const refuse = (code: ErrorCode, text: string): never => {
    throw new ApiError(code, `${verb} pipeline failed. err:${text}`);
  };
  if (yamlRaw !== '' && (body.yamlPath ?? '') !== '') refuse('InvalidArguments', 'you can only specify one of YamlPath and YamlRaw');
  if (yamlRaw !== '' && fsName !== '') refuse('InvalidArguments', 'you cannot specify FsName while you specified YamlRaw');
  const yamlPath = yamlRaw === '' ? body.yamlPath || './run.yaml' : '';
  if (yamlRaw === '' && fsName === '')
    refuse('InvalidArguments', `cannot get pipeline: fsname shall not be empty while you specified YamlPath[${yamlPath}]`);
  const yaml = yamlRaw === '' ? readFile(state, owner, fsName, yamlPath, refuse) : decoded(yamlRaw, refuse);
  const workflow = refusing(() => parseWorkflow(yaml, { duplicateKeys: 'last-wins' }), ofPipeline);
  requireFileSystems(state, owner, workflow, { prefix: validating });
  refusing(() => planRun(workflow, {}), ofPipeline);
  return { name: workflow.name, desc, yaml, fsName, yamlPath };
}

type Refuse = (code: ErrorCode, text: string) => never;

function decoded(yamlRaw: string, refuse: Refuse): string {
  const found = decodeBase64(yamlRaw);
  if ('text' in found && !found.sound) throw new ApiError('InvalidPipeline', validating + notUtf8);
  if ('text' in found) return found.text;
  return refuse('Decode base64', `Decode raw yaml[${yamlRaw}] failed. err:${illegalBase64(found.badByte)}`);
}

function readFile(state: State, owner: string, fsName: string, path: string, refuse: Refuse): string {
  if (fileSystemOf(state, owner, fsName) === undefined) return refuse('InvalidArguments', noPermission(owner, fsName));
  const text = readYamlFile(state, owner, fsName, path);
  return text ?? refuse('ReadYamlFileFailed', `readFileFromFs[${path}] from fs[fs-${owner}-${fsName}] failed. err:${noSuchFile}`);
}

const validating = 'validateWorkflowForPipeline failed. err:';

/** On a pipeline a bad name counts like every other flaw (7.1), and the server calls the run that it imagines so. */
const ofPipeline = (refusal: WorkflowError): WorkflowRefusal => ({
  code: refusal instanceof RunNameError ? 'InvalidPipeline' : refusal.code,
  message: validating + (refusal instanceof RunNameError ? badRunName(refusal.runName, 'validatePipeline') : refusal.message),
});

function addVersion(pipeline: PipelineRow, owner: string, { yaml, fsName, yamlPath }: PipelineRequest, state: State): string {
  pipeline.versionsMade += 1;
  const versionID = String(pipeline.versionsMade);
  const number = state.pipelineVersions.takeNumber();
  state.pipelineVersions.add({ number, versionID, pipelineID: pipeline.pipelineID, fsName, yamlPath, yaml, owner, createdAt: state.now });
  return versionID;
}

/** `versionID` is for the message. */
export function requirePipeline(call: Call, state: State, verb: 'get' | 'update' | 'delete', versionID?: string): PipelineRow {
  const id = param(call, 'pipelineID');
  const what = `${verb} pipeline[${id}]${versionID === undefined ? '' : ` version[${versionID}]`} failed.`;
  const pipeline = state.pipelines.find(({ pipelineID }) => pipelineID === id);
  if (pipeline === undefined) throw new ApiError('PipelineNotFound', `${what} err:pipeline[${id}] not exist`);
  if (!isRoot(call.user) && pipeline.owner !== call.user)
    throw new ApiError('AccessDenied', `${what} Access denied for user[${call.user}]`);
  return pipeline;
}

/** Throws while a running schedule uses the pipeline, or this version of it; the two ids then stand in each other's place, sic. */
export function refuseScheduled(pipelineID: string, versionID: string | undefined, state: State): void {
  const isUser = (row: ScheduleRow) =>
    row.status === 'running' && row.pipelineID === pipelineID && (versionID ?? row.versionID) === row.versionID;
  if (!state.schedules.find(isUser)) return;
  const what = versionID === undefined ? `pipeline[${pipelineID}]` : `pipeline[${versionID}] version[${pipelineID}]`;
  throw new ApiError('ActionNotAllowed', `delete ${what} failed, there are running schedules, pls stop first`);
}

export const pipelineView = ({ pipelineID, name, desc, owner, createdAt, updatedAt }: PipelineRow, { zone }: State) => ({
  pipelineID,
  name,
  desc,
  username: owner,
  createTime: zone.local(createdAt),
  updateTime: zone.local(updatedAt),
});

export const versionView = ({ versionID, pipelineID, fsName, yamlPath, yaml, owner, createdAt }: PipelineVersionRow, { zone }: State) => ({
  pipelineVersionID: versionID,
  pipelineID,
  fsName,
  yamlPath,
  pipelineYaml: yaml,
  username: owner,
  createTime: zone.local(createdAt),
  updateTime: zone.local(createdAt),
});
