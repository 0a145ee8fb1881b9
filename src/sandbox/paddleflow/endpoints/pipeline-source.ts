/** Where a workflow's text comes from, and whether what it names exists: shared by runs and pipelines. */
import type { FileSystemRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { ApiError, HungRequest, isErrorCode, statusOf } from '../wire/errors.ts';
import { EndlessWorkflow, WorkflowError } from '../workflow/index.ts';
import type { Workflow } from '../workflow/types.ts';

/** What the reader of YAML says of bytes that are none of UTF-8. */
export const notUtf8 = 'yaml: invalid leading UTF-8 octet';

/** What the system says of a file that is not there. */
export const noSuchFile = 'no such file or directory';

export const noPermission = (owner: string, fsName: string): string =>
  `check permission of user[${owner}] fsID[fs-${owner}-${fsName}] failed, err: record not found`;

/** Undefined: there is no such file system, or not that file on it. */
export const readYamlFile = (state: State, owner: string, fsName: string, path: string): string | undefined =>
  fileSystemOf(state, owner, fsName)?.files.get(path.replace(/^(\.?\/)+/, ''));

/** Every file system that the run would mount must be there (2.7: last of all checks on a run). `prefix` stands before the message. */
export function requireFileSystems(
  state: State,
  owner: string,
  workflow: Workflow,
  { requested = '', prefix = '' }: { requested?: string; prefix?: string } = {},
): void {
  for (const name of [requested, ...workflow.fsNames]) {
    if (name !== '' && fileSystemOf(state, owner, name) === undefined)
      throw new ApiError('InvalidArguments', `${prefix}${noPermission(owner, name)}`);
  }
}

/** The engine's refusals, as the wire has them. */
export function refusing<T>(
  work: () => T,
  rename: (refusal: WorkflowError) => { code: string; message: string } = (refusal) => refusal,
): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof EndlessWorkflow) throw new HungRequest(false);
    if (!(error instanceof WorkflowError)) throw error;
    const { code, message } = rename(error);
    throw new ApiError(isErrorCode(code) ? code : '', message, statusOf(code));
  }
}

export const fileSystemOf = (state: State, owner: string, name: string): FileSystemRow | undefined =>
  state.fileSystems.find((row) => row.owner === owner && row.name === name);
