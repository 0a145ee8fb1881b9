import type { PaddleFlowHttp } from './calls.ts';
import { clusterCalls } from './clusters.ts';
import { fileSystemCalls } from './file-systems.ts';
import { flavourCalls } from './flavours.ts';
import { grantCalls } from './grants.ts';
import { jobCalls } from './jobs.ts';
import { linkCalls } from './links.ts';
import { logCalls } from './logs.ts';
import { pipelineCalls } from './pipelines.ts';
import { queueCalls } from './queues.ts';
import { runCacheCalls } from './run-caches.ts';
import { runCalls } from './runs.ts';
import { scheduleCalls } from './schedules.ts';
import { statisticsCalls } from './statistics.ts';
import { userCalls } from './users.ts';
import { WireVersion } from '../wire/wire.ts';

export type { PaddleFlowHttp, PageQuery } from './calls.ts';
export type { ClusterUsages, CreateClusterBody, UpdateClusterBody } from './clusters.ts';
export type { CreateFileSystemBody } from './file-systems.ts';
export type { CreateFlavourBody, UpdateFlavourBody } from './flavours.ts';
export type { Grant } from './grants.ts';
export type { CreateLinkBody } from './links.ts';
export type { RunLogQuery } from './logs.ts';
export type { PipelineBody } from './pipelines.ts';
export type { CreateQueueBody, QueueResources, UpdateQueueBody } from './queues.ts';
export type { CreateRunBody, RunFilters } from './runs.ts';
export type { CreateScheduleBody, ScheduleFilters } from './schedules.ts';
export type { WholeList } from './time-pages.ts';

/**
 * PaddleFlow's REST API: one method per endpoint, wire shapes in and out, no opinion about runs.
 *
 * All methods throw `UpstreamError`, and `InvalidCallError` for arguments that must not be sent. Reads end with fault `aborted`
 * when their signal fires. Writes take no signal: a client that leaves does not cut a write in half; they are never repeated,
 * and after a lost answer the error says `outcomeUnknown`. Answers may be shared between callers: do not change them.
 *
 * Where the server's code says the wrong thing or nothing (`""`, 1.7), the method reads what tells more and throws with the code of the
 * table that fits, fault `rejected`; its description names that code.
 */
export const createPaddleFlowClient = (http: PaddleFlowHttp) => ({
  version: async (signal?: AbortSignal): Promise<WireVersion> => http.send({ call: 'version', path: '/version', signal }, WireVersion),
  ...userCalls(http),
  ...grantCalls(http),
  ...queueCalls(http),
  ...flavourCalls(http),
  ...clusterCalls(http),
  ...fileSystemCalls(http),
  ...linkCalls(http),
  ...runCalls(http),
  ...runCacheCalls(http),
  ...logCalls(http),
  ...pipelineCalls(http),
  ...scheduleCalls(http),
  ...jobCalls(http),
  ...statisticsCalls(http),
});
export type PaddleFlowClient = ReturnType<typeof createPaddleFlowClient>;
