import type { WireArtifact } from '../wire/wire.ts';
import type { ReadTime } from '../run/model.ts';

const directions = { input: 'INPUT', output: 'OUTPUT' } as const;
export type ArtifactDirection = (typeof directions)[keyof typeof directions];
/** The backend's word for a direction. */
export const wordOf = { INPUT: 'input', OUTPUT: 'output' } as const;

export function artifactFromWire(source: string, wire: WireArtifact, readTime: ReadTime) {
  return {
    source,
    runId: wire.runID,
    jobId: wire.jobID,
    name: wire.artifactName,
    stepName: wire.step,
    direction: wire.type === 'input' || wire.type === 'output' ? directions[wire.type] : null,
    rawDirection: wire.type,
    fileSystem: wire.fsname,
    ownerName: wire.username,
    paths: wire.artifactPath.split(',').filter((path) => path !== ''), // a looped step made several (contract 2.9)
    meta: wire.meta,
    createdAt: readTime(wire.createTime),
    updatedAt: readTime(wire.updateTime),
  };
}
export type Artifact = Readonly<ReturnType<typeof artifactFromWire>>;
