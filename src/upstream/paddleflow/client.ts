import type { PaddleFlowHttp } from './client/calls.ts';
import { clusterCalls } from './client/clusters.ts';
import { fileSystemCalls } from './client/file-systems.ts';
import { flavourCalls } from './client/flavours.ts';
import { grantCalls } from './client/grants.ts';
import { jobCalls } from './client/jobs.ts';
import { linkCalls } from './client/links.ts';
import { logCalls } from './client/logs.ts';
import { pipelineCalls } from './client/pipelines.ts';
import { queueCalls } from './client/queues.ts';
import { runCacheCalls } from './client/run-caches.ts';
import { runCalls } from './client/runs.ts';
import { scheduleCalls } from './client/schedules.ts';
import { statisticsCalls } from './client/statistics.ts';
import { userCalls } from './client/users.ts';
import { WireVersion } from './wire.ts';

export type { PaddleFlowHttp, PageQuery } from './client/calls.ts';
export type { ClusterUsages, CreateClusterBody, UpdateClusterBody } from './client/clusters.ts';
export type { CreateFileSystemBody } from './client/file-systems.ts';
export type { CreateFlavourBody, UpdateFlavourBody } from './client/flavours.ts';
export type { Grant } from './client/grants.ts';
export type { CreateLinkBody } from './client/links.ts';
export type { RunLogQuery } from './client/logs.ts';
export type { PipelineBody } from './client/pipelines.ts';
export type { CreateQueueBody, QueueResources, UpdateQueueBody } from './client/queues.ts';
export type { CreateRunBody, RunFilters } from './client/runs.ts';
export type { CreateScheduleBody, ScheduleFilters } from './client/schedules.ts';
export type { WholeList } from './client/time-pages.ts';

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
