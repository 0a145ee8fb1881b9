/** Where a workflow's text comes from, and whether what it names exists: shared by runs and pipelines. */
import type { State } from '../state/state.ts';
import { ApiError, isErrorCode, statusOf } from '../wire/errors.ts';
import { WorkflowError } from '../workflow/index.ts';
import type { Workflow } from '../workflow/types.ts';

/** Standard, padded base64, nothing else (2.7). Undefined: not so. */
export function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/[\r\n]/g, ''); // Go skips them
  const sound = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return sound ? Buffer.from(compact, 'base64').toString() : undefined;
}

/** Throws `ReadYamlFileFailed` when the file system or the file is missing. */
export function readYamlFile(state: State, owner: string, fsName: string, path: string): string {
  const text = fileSystemOf(state, owner, fsName)?.files.get(path.replace(/^(\.?\/)+/, ''));
  if (text === undefined)
    throw new ApiError('ReadYamlFileFailed', `readFileFromFs from fsID[fs-${owner}-${fsName}] at path[${path}] failed`);
  return text;
}

/** Every file system that the run would mount must be there (2.7: last of all checks on a run). */
export function requireFileSystems(state: State, owner: string, workflow: Workflow, requested = ''): void {
  for (const name of [requested, ...workflow.fsNames]) {
    if (name !== '' && fileSystemOf(state, owner, name) === undefined)
      throw new ApiError('InvalidArguments', `file system[fs-${owner}-${name}] does not exist`);
  }
}

/** The engine's refusals, as the wire has them. */
export function refusing<T>(work: () => T, rename: (code: string) => string = (code) => code): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    const code = rename(error.code);
    throw new ApiError(isErrorCode(code) ? code : '', error.message, statusOf(code));
  }
}

const fileSystemOf = (state: State, owner: string, name: string) =>
  state.fileSystems.find((row) => row.owner === owner && row.name === name);
