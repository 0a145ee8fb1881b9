import type { Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { deadlyInWorkflow } from '../client/deadly-input.ts';
import { InvalidInputProblem } from '../../../problem/problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { createPipelineSource } from './source.ts';

/** Throws an `InvalidInputProblem` for a workflow that is kept elsewhere, and that PaddleFlow would never come to the end of. `where`: whose it is. */
export function refuseDeadly(yaml: string, where: string, field: string): void {
  const found = deadlyInWorkflow(yaml);
  const [first] = found;
  if (first === undefined) return;
  const issues = found.map((issue) => ({ severity: 'ERROR', ...issue }) as const);
  throw new InvalidInputProblem(`${where}, line ${first.line}, column ${first.column}: ${first.message}`, field, issues);
}

/**
 * The same for a version of a pipeline, which may have been stored by others than this gateway. One call for one that it has not met before, and for
 * the latest. What is not there, or not this viewer's, PaddleFlow refuses itself. Throws an outage when that cannot be seen: then nothing is sent.
 */
export async function refuseDeadlyVersion(
  db: Database,
  handle: SourceHandle,
  viewer: Viewer,
  {
    pipelineID,
    pipelineVersionID,
    field,
  }: { readonly pipelineID: string; readonly pipelineVersionID: string | undefined; readonly field: string },
): Promise<void> {
  const pipelines = createPipelineSource(db, handle, viewer);
  const version = pipelineVersionID
    ? (await pipelines.versionsByIds([`${pipelineID}/${pipelineVersionID}`]))[0]
    : await pipelines.latestVersion(pipelineID);
  if (version === undefined || deadlyInWorkflow(version.yaml).length === 0) return;
  // It may be known from others, and what is in it is not everybody's business.
  if (handle.actsAs === 'viewer' && (await pipelines.version(pipelineID, version.versionId)) === undefined) return;
  refuseDeadly(version.yaml, `version ${version.versionId} of ${pipelineID}`, field);
}
