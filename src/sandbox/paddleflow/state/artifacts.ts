import type { RunRow } from './rows.ts';
import type { State } from './state.ts';

/** What a step has read or made. `jobID` is `""` for what it found in the cache. */
export interface StepArtifacts {
  readonly stepName: string;
  readonly jobID: string;
  readonly paths: Readonly<Record<string, string>>;
  readonly type: 'input' | 'output';
  readonly at: number;
}

export function addArtifacts(run: RunRow, { stepName, jobID, paths, type, at }: StepArtifacts, state: State): void {
  for (const [artifactName, artifactPath] of Object.entries(paths)) {
    state.artifacts.add({
      number: state.artifacts.takeNumber(),
      runID: run.runID,
      fsName: run.fsName,
      userName: run.fsUser,
      artifactPath,
      step: stepName,
      jobID,
      type,
      artifactName,
      createdAt: at,
    });
  }
}
