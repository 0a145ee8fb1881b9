import { createHash } from 'node:crypto';
import type { OpenMap } from '../../kit/json-value.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created } from '../wire/call.ts';
import { decodeBase64, illegalBase64 } from '../wire/base64.ts';
import { ApiError } from '../wire/errors.ts';
import type { Decoded } from '../wire/json.ts';
import { readBody } from '../wire/json.ts';
import { parseWorkflow, planRun, settleNames } from '../workflow/index.ts';
import type { RunOverrides, RunPlan } from '../workflow/types.ts';
import { noSuchFile, notUtf8, readYamlFile, refusing, requireFileSystems } from './pipeline-source.ts';
import { findVersion } from './pipeline-versions.ts';
import { addRun, rowOf, startRun } from './run-start.ts';

const shape = {
  fsName: 'string',
  username: 'string',
  name: 'string',
  desc: 'string',
  parameters: 'object',
  dockerEnv: 'string',
  disabled: 'string',
  failureOptions: { strategy: 'string' },
  runYamlRaw: 'string',
  pipelineID: 'string',
  pipelineVersionID: 'string',
  runYamlPath: 'string',
  scheduleID: 'string',
  scheduledAt: 'string',
} as const;
type RunRequest = Decoded<typeof shape>;

/** `POST /run` (2.7), with its checks in the contract's order. */
export const runCreate: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/run',
    handle(call, state) {
      const request = readBody(call.body, shape, 'decoder-text', { streaming: true });
      const fsUser = fileSystemOwner(call.user, request.username);
      const { yaml, source } = readSource(call, request, fsUser, state);
      const workflow = refusing(() => parseWorkflow(yaml, { duplicateKeys: 'refuse' }));
      const overrides = overridesOf(request, state);
      refusing(() => settleNames(workflow, overrides));
      const scheduledTime = request.scheduledAt ?? '';
      if (scheduledTime !== '' && state.zone.parse(scheduledTime) === undefined)
        throw new ApiError('InternalError', `scheduledAt[${scheduledTime}] format not correct, should be YYYY-MM-DD hh:mm:ss`);
      const plan = refusing(() => planRun(workflow, overrides));
      refuseFileAsMount(state, fsUser, plan);
      requireFileSystems(state, fsUser, workflow, { requested: request.fsName ?? '' });
      const facts = {
        source,
        owner: call.user,
        fsUser,
        description: request.desc ?? '',
        scheduleID: request.scheduleID ?? '',
        scheduledTime,
        parameters: request.parameters ?? null,
        disabled: request.disabled ?? '',
      };
      if (call.quirk?.kind !== 'empty-run-id') return created({ runID: startRun(state, plan, facts).runID });
      // After a panic inside of the start the row stays as it was written.
      addRun(state, rowOf(plan, facts, state));
      return created({ runID: '' });
    },
  },
];

/** Raw before pipeline before path. */
function readSource(call: Call, request: RunRequest, fsUser: string, state: State): { yaml: string; source: string } {
  const { runYamlRaw = '', pipelineID = '', pipelineVersionID = '', fsName = '' } = request;
  if (runYamlRaw !== '') {
    const found = decodeBase64(runYamlRaw);
    if ('badByte' in found) throw new ApiError('MalformedYaml', illegalBase64(found.badByte));
    if (!found.sound) throw new ApiError('InvalidPipeline', notUtf8);
    return { yaml: found.text, source: createHash('md5').update(found.text).digest('hex') };
  }
  if (pipelineID !== '') {
    const pipeline = state.pipelines.find((row) => row.pipelineID === pipelineID);
    if (pipeline === undefined) throw new ApiError('PipelineNotFound', `pipeline[${pipelineID}] not exist`);
    requireOwner(call.user, pipeline.owner, 'pipeline', pipelineID);
    const latest = state.pipelineVersions.all().findLast((row) => row.pipelineID === pipelineID);
    const version = pipelineVersionID === '' ? latest : findVersion(pipelineID, pipelineVersionID, state);
    if (version === undefined) throw new ApiError('PipelineNotFound', `pipeline[${pipelineID}] version[${pipelineVersionID}] not exist`);
    // `ppl-000001-` when the version was left empty.
    return { yaml: version.yaml, source: `${pipelineID}-${pipelineVersionID}` };
  }
  if (fsName === '') throw new ApiError('InvalidArguments', 'can not get runYaml without fs');
  const path = request.runYamlPath || './run.yaml';
  const yaml = readYamlFile(state, fsUser, fsName, path);
  if (yaml === undefined) throw new ApiError('ReadYamlFileFailed', noSuchFile);
  return { yaml, source: path };
}

/** The main file system's `sub_path` has to be a directory, or nothing yet. */
function refuseFileAsMount(state: State, owner: string, { fsName, definition }: RunPlan): void {
  const { subPath } = definition.mainFs;
  const fs = state.fileSystems.find((row) => row.owner === owner && row.name === fsName);
  if (subPath !== '' && fs?.files.has(subPath)) throw new ApiError('InvalidArguments', `sub_path[${subPath}] of fs[${fsName}] is a file`);
}

function overridesOf({ name, fsName, parameters, dockerEnv, disabled, failureOptions }: RunRequest, state: State): RunOverrides {
  return {
    ...(name ? { name } : {}),
    ...(fsName ? { fsName } : {}),
    ...(parameters ? { parameters: walked(parameters, state) } : {}),
    ...(dockerEnv ? { dockerEnv } : {}),
    ...(disabled ? { disabled } : {}),
    ...(failureOptions ? { failureOptions } : {}),
  };
}

/** The server goes through them in no order, so that of `p` and `step.p` now the one wins, now the other (7.6). */
function walked(parameters: OpenMap, state: State): OpenMap {
  const place = (key: string) => state.hex(`parameter ${key} at ${state.now} after ${state.runs.lastNumber()}`, 16);
  return new Map([...parameters].toSorted(([a], [b]) => (place(a) < place(b) ? -1 : 1)));
}
