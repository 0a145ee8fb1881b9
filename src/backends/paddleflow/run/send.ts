import { namingFields } from '../../../problem/input-fields.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { CreateRunBody } from './body.ts';

/** Starts a run, with one call. What is refused names the field of the graph's input, as far as the backend's code leaves no doubt about it. `deadline` in milliseconds of `performance.now()`. */
export const sendRun = (handle: SourceHandle, body: CreateRunBody, deadline?: number): Promise<string> =>
  namingFields(fieldsOf(body), handle.name, () => handle.client.createRun(body, { deadline }));

/** Where the graph's input has what the backend's names and codes are about: one code often stands for several causes (contract 2.7). */
function fieldsOf(body: CreateRunBody): Record<string, string> {
  const from = fromOf(body);
  const found: Record<string, string | undefined> = {
    runYaml: 'from.yaml',
    MalformedYaml: from,
    ReadYamlFileFailed: 'from.path', // the file, or the file system
    InvalidNamePattern: body.name ? 'name' : from,
    InvalidArguments: body.runYamlPath === undefined && body.fsName ? 'fileSystemName' : from,
    InvalidPipeline: refusedPart(body, from),
  };
  return Object.fromEntries(Object.entries(found).flatMap(([name, field]) => (field === undefined ? [] : [[name, field]])));
}

function fromOf({ runYaml, pipelineID }: CreateRunBody): string {
  if (runYaml !== undefined) return 'from.yaml';
  return pipelineID === undefined ? 'from.path' : 'from.pipeline';
}

/**
 * A workflow breaks a rule itself, or only together with what the request puts into it. A text has been checked here, with what is disabled, and a
 * pipeline when it was stored, so what is left are the overrides. A file nobody has seen: undefined, there is no telling.
 */
function refusedPart({ runYaml, pipelineID, parameters, disabled }: CreateRunBody, from: string): string | undefined {
  const overrides = [parameters && Object.keys(parameters).length > 0 && 'parameters', runYaml === undefined && disabled && 'disabled'];
  const [part, another] = overrides.filter((name) => typeof name === 'string' && name !== '');
  if (!part) return from;
  return another || (runYaml === undefined && pipelineID === undefined) ? undefined : part;
}
