import { z } from 'zod';
import { text } from './wire/parts.ts';

export * from './wire/clusters.ts';
export * from './wire/file-systems.ts';
export * from './wire/flavours.ts';
export * from './wire/jobs.ts';
export * from './wire/logs.ts';
export { WireResources } from './wire/parts.ts';
export * from './wire/pipelines.ts';
export * from './wire/queues.ts';
export * from './wire/run-caches.ts';
export * from './wire/runs.ts';
export * from './wire/schedules.ts';
export * from './wire/statistics.ts';
export * from './wire/users.ts';
export { WireRunDetail } from './wire-run-detail.ts';
export type { WireArtifacts, WireComponent, WireComponents, WireDag, WireMount, WireStep } from './wire-run-detail.ts';

/** Body of every error, always with all three keys (1.6). `code` may be empty. */
export const WireError = z.object({ code: z.string(), message: text, requestID: text });

export const WireLogin = z.object({ authorization: z.string().min(1) });

/** All strings, `""` where the build did not say (2.16). */
export const WireVersion = z.object({
  gitVersion: text,
  gitCommit: text,
  gitBranch: text,
  buildDate: text,
  goVersion: text,
  platform: text,
});
export type WireVersion = z.output<typeof WireVersion>;
