import { z } from 'zod';
import { text } from './parts.ts';

export * from './clusters.ts';
export * from './file-systems.ts';
export * from './flavours.ts';
export * from './jobs.ts';
export * from './logs.ts';
export { WireResources } from './parts.ts';
export * from './pipelines.ts';
export * from './queues.ts';
export * from './run-caches.ts';
export * from './runs.ts';
export * from './schedules.ts';
export * from './statistics.ts';
export * from './users.ts';
export { WireRunDetail } from './run-detail.ts';
export type { WireArtifacts, WireComponent, WireComponents, WireDag, WireMount, WireStep } from './run-detail.ts';

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
