import type { PipelineVersionRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { pipelineView, refuseScheduled, requirePipeline, versionView } from './pipelines.ts';

export const pipelineVersions: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/pipeline/:pipelineID/:versionID',
    handle(call, state) {
      const pipeline = requirePipeline(call, state, 'get', param(call, 'versionID'));
      const version = require(call, state, 'get');
      return ok({ pipeline: pipelineView(pipeline, state), pipelineVersion: versionView(version, state) });
    },
  },
  {
    method: 'DELETE',
    path: '/pipeline/:pipelineID/:versionID',
    handle(call, state) {
      const pipeline = requirePipeline(call, state, 'delete', param(call, 'versionID'));
      const version = require(call, state, 'delete');
      refuseScheduled(pipeline.pipelineID, version.versionID, state);
      const others = state.pipelineVersions.find((row) => row.pipelineID === pipeline.pipelineID && row !== version);
      if (others === undefined)
        throw new ApiError(
          'ActionNotAllowed',
          `delete pipeline[${pipeline.pipelineID}] version[${version.versionID}] failed. only one pipeline version left, pls delete pipeline instead`,
        );
      state.pipelineVersions.delete(version);
      return okEmpty;
    },
  },
];

export const findVersion = (pipelineID: string, versionID: string, state: State): PipelineVersionRow | undefined =>
  state.pipelineVersions.find((row) => row.pipelineID === pipelineID && row.versionID === versionID);

function require(call: Call, state: State, verb: string): PipelineVersionRow {
  const [pipelineID, versionID] = [param(call, 'pipelineID'), param(call, 'versionID')];
  const version = findVersion(pipelineID, versionID, state);
  if (version === undefined)
    throw new ApiError(
      'PipelineNotFound',
      `${verb} pipeline[${pipelineID}] version[${versionID}] failed. err:pipeline[${pipelineID}] version[${versionID}] not exist`,
    );
  return version;
}
