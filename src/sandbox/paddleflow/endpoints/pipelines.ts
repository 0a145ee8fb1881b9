import type { PipelineRow, PipelineVersionRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner, isRoot, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created, ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { readPaging, takePage, trimmedCsvFilter } from '../wire/paging.ts';
import { parseWorkflow, planRun } from '../workflow/index.ts';
import { decodeBase64, readYamlFile, refusing, requireFileSystems } from './pipeline-source.ts';

const shape = { fsName: 'string', yamlPath: 'string', yamlRaw: 'string', username: 'string', desc: 'string' } as const;

/** Contract 2.10, without what concerns a single version. */
export const pipelines: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/pipeline',
    handle(call, state) {
      const request = readPipeline(call, state);
      const { name, desc } = request;
      if (state.pipelines.find((row) => row.owner === call.user && row.name === name))
        throw new ApiError('DuplicatedName', `CreatePipeline failed: user[${call.user}] already has pipeline[${name}]`);
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
      const request = readPipeline(call, state);
      const pipeline = requirePipeline(call, state, 'update');
      if (request.name !== pipeline.name)
        throw new ApiError('InvalidArguments', `pipeline name[${request.name}] in yaml differs from name[${pipeline.name}]`);
      pipeline.desc = request.desc; // an omitted one blanks it
      pipeline.updatedAt = state.now;
      return created({ pipelineID: pipeline.pipelineID, pipelineVersionID: addVersion(pipeline, call.user, request, state) });
    },
  },
  {
    method: 'GET',
    path: '/pipeline',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher);
      const users = trimmedCsvFilter(call.query, 'userFilter');
      if (users !== undefined && !isRoot(call.user))
        throw new ApiError('AccessDenied', 'only root user can set userFilter to list pipeline');
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
      const paging = readPaging(call.query, state.cipher);
      const pipeline = requirePipeline(call, state, 'get');
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

/** On a pipeline a bad name counts like every other flaw (7.1). */
const asPipeline = (code: string): string => (code === 'InvalidNamePattern' ? 'InvalidPipeline' : code);

interface PipelineRequest {
  readonly name: string;
  readonly desc: string;
  readonly yaml: string;
  readonly fsName: string;
  readonly yamlPath: string;
}

/** `desc`, arguments, text, then the workflow with every rule of section 7; whether its file systems exist comes in between. */
function readPipeline(call: Call, state: State): PipelineRequest {
  const body = readBody(call.body, shape, 'invalid-http-request');
  const { desc = '', fsName = '', yamlRaw = '' } = body;
  const owner = fileSystemOwner(call.user, body.username);
  if (Buffer.byteLength(desc) > 256) throw new ApiError('InvalidArguments', `desc too long, should be less than 256`);
  if (yamlRaw !== '' && (fsName !== '' || (body.yamlPath ?? '') !== ''))
    throw new ApiError('InvalidArguments', 'you cannot specify yamlPath or fsName while specifying yamlRaw');
  if (yamlRaw === '' && fsName === '') throw new ApiError('InvalidArguments', 'fsName is required without yamlRaw');
  const yamlPath = yamlRaw === '' ? body.yamlPath || './run.yaml' : '';
  const yaml = yamlRaw === '' ? readYamlFile(state, owner, fsName, yamlPath) : decodeBase64(yamlRaw);
  if (yaml === undefined) throw new ApiError('Decode base64');
  const workflow = refusing(() => parseWorkflow(yaml, { duplicateKeys: 'last-wins' }));
  requireFileSystems(state, owner, workflow);
  refusing(() => planRun(workflow, {}), asPipeline);
  return { name: workflow.name, desc, yaml, fsName, yamlPath };
}

function addVersion(pipeline: PipelineRow, owner: string, { yaml, fsName, yamlPath }: PipelineRequest, state: State): string {
  pipeline.versionsMade += 1;
  const versionID = String(pipeline.versionsMade);
  const number = state.pipelineVersions.takeNumber();
  state.pipelineVersions.add({ number, versionID, pipelineID: pipeline.pipelineID, fsName, yamlPath, yaml, owner, createdAt: state.now });
  return versionID;
}

export function requirePipeline(call: Call, state: State, verb: string): PipelineRow {
  const id = param(call, 'pipelineID');
  const pipeline = state.pipelines.find(({ pipelineID }) => pipelineID === id);
  if (pipeline === undefined) throw new ApiError('PipelineNotFound', `${verb} pipeline[${id}] failed, err: record not found`);
  requireOwner(call.user, pipeline.owner, 'pipeline', id, `${verb} pipeline[${id}] failed, err: `);
  return pipeline;
}

/** Throws while a running schedule uses the pipeline, or this version of it. */
export function refuseScheduled(pipelineID: string, versionID: string | undefined, state: State): void {
  const users = state.schedules
    .all()
    .filter((row) => row.status === 'running' && row.pipelineID === pipelineID && (versionID ?? row.versionID) === row.versionID);
  if (users.length === 0) return;
  const ids = users.map(({ scheduleID }) => scheduleID).join(',');
  throw new ApiError('ActionNotAllowed', `delete pipeline[${pipelineID}] failed, there are running schedules[${ids}] using it`);
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
