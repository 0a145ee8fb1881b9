import type { State } from '../state/state.ts';
import { fileSystemOwner } from '../wire/access.ts';
import { decodeBase64, illegalBase64 } from '../wire/base64.ts';
import type { Call } from '../wire/call.ts';
import type { ErrorCode } from '../wire/errors.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import type { WorkflowError } from '../workflow/index.ts';
import { badRunName, parseWorkflow, planRun, RunNameError } from '../workflow/index.ts';
import type { WorkflowRefusal } from '../workflow/types.ts';
import { fileSystemOf, noPermission, noSuchFile, notUtf8, readYamlFile, refusing, requireFileSystems } from './pipeline-source.ts';

const shape = { fsName: 'string', yamlPath: 'string', yamlRaw: 'string', username: 'string', desc: 'string' } as const;

/** What a new pipeline, or a new version of one, is made from. */
export interface PipelineRequest {
  readonly name: string;
  readonly desc: string;
  readonly yaml: string;
  readonly fsName: string;
  readonly yamlPath: string;
}

/** `desc`, arguments, text, then the workflow with every rule of section 7; whether its file systems exist comes in between. */
export function readPipeline(call: Call, state: State, verb: 'create' | 'update'): PipelineRequest {
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
