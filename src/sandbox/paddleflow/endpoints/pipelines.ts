import type { PipelineRow, PipelineVersionRow, ScheduleRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created, ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readPaging, takePage, trimmedCsvFilter } from '../wire/paging.ts';
import { type PipelineRequest, readPipeline } from './pipeline-request.ts';

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
