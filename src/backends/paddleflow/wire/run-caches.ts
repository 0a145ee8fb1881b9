import { z } from 'zod';
import { freeText, pageOf, text } from './parts.ts';

export const WireRunCache = z.object({
  cacheID: z.string().min(1),
  firstFp: text,
  secondFp: text,
  runID: text,
  source: text,
  jobID: text,
  /** Spelt with a small n here (2.8). */
  fsname: text,
  /** Owner of the file systems, not always of the run. */
  username: text,
  /** Seconds, `-1` is never. */
  expiredTime: text,
  strategy: text,
  custom: text,
  createTime: text,
  updateTime: text,
});
export type WireRunCache = z.output<typeof WireRunCache>;
export const WireRunCachePage = pageOf('runCacheList', WireRunCache);

/** One event, without an id. `artifactPath` of a looped step holds several paths joined by commas (2.9). */
export const WireArtifact = z.object({
  runID: z.string().min(1),
  fsname: text,
  username: text,
  artifactPath: text,
  step: text,
  jobID: text,
  /** `input` or `output`. */
  type: text,
  artifactName: text,
  meta: freeText,
  createTime: text,
  updateTime: text,
});
export type WireArtifact = z.output<typeof WireArtifact>;
export const WireArtifactPage = pageOf('artifactEventList', WireArtifact);
