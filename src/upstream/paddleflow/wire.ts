import { z } from 'zod';

export { WireRunDetail } from './wire-run-detail.ts';
export type { WireArtifacts, WireComponent, WireComponents, WireDag, WireMount, WireStep } from './wire-run-detail.ts';

/** A text that may be missing, null (old servers, old rows) or, once in a while, of another type: never worth losing its row. */
const text = z.string().catch('');

/** Markers decide whether data is missed, so they are strict: a marker of another type is an error, not the end of the list. */
const nextMarker = z
  .string()
  .nullish()
  .transform((marker) => marker || undefined);

/** `null` and a missing key stand for an empty list: which lists do that differs from call to call (3.2). */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

/** The list envelope (2). `isTruncated` is left out: it ignores filters and ownership (3.1). */
const pageOf = <T extends z.ZodType>(key: string, item: T) =>
  z
    .object({ [key]: listOf(item), nextMarker })
    // The computed key makes zod forget which property is which.
    .transform((page) => ({ items: page[key] as z.output<T>[], nextMarker: page.nextMarker as string | undefined }));

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

/** A row of `GET /run` (2.7). `status` stays a string: one new word must not cost the row. Times have no zone; `""` is "not yet". */
export const WireRun = z.object({
  runID: z.string().min(1),
  status: z.string(),
  name: text,
  /** MD5 of the YAML, `<pipelineID>-<versionID>` (version empty when latest was asked), or a path. */
  source: text,
  username: text,
  fsName: text,
  description: text,
  scheduleID: text,
  runMsg: text,
  /** Only in lists; the detail does not have it (5). */
  scheduledTime: text,
  createTime: text,
  activateTime: text,
  updateTime: text,
});
export type WireRun = z.output<typeof WireRun>;

/** `""` as answer to a retry means that it failed (2.7), so the emptiness is the caller's to judge. */
export const WireRetriedRun = z.object({ runID: z.string() });
/** `""` after a panic in the server: nobody knows whether the run exists (2.7). */
export const WireCreatedRun = z.object({ runID: z.string().min(1) });

export const WirePipeline = z.object({
  pipelineID: z.string().min(1),
  name: z.string(),
  desc: text,
  username: text,
  createTime: text,
  updateTime: text,
});
export type WirePipeline = z.output<typeof WirePipeline>;
export const WirePipelinePage = pageOf('pipelineList', WirePipeline);

export const WirePipelineVersion = z.object({
  /** Decimal string, counting deleted versions too (2.10). */
  pipelineVersionID: z.string().min(1),
  pipelineID: z.string(),
  fsName: text,
  yamlPath: text,
  /** Plain text, not base64. */
  pipelineYaml: text,
  username: text,
  createTime: text,
  updateTime: text,
});
export type WirePipelineVersion = z.output<typeof WirePipelineVersion>;

/** The page is one of versions; the pipeline is repeated on each. */
export const WirePipelineDetail = z
  .object({ pipeline: WirePipeline, pplVersions: pageOf('pplVersionList', WirePipelineVersion) })
  .transform(({ pipeline, pplVersions }) => ({ pipeline, versions: pplVersions }));
export const WirePipelineVersionDetail = z
  .object({ pipeline: WirePipeline, pipelineVersion: WirePipelineVersion })
  .transform(({ pipeline, pipelineVersion }) => ({ pipeline, version: pipelineVersion }));

/** Kubernetes quantities as strings. Requests say `mem`, answers `memory` (2.3). */
const WireResources = z.object({ cpu: text, memory: text, scalarResources: z.record(z.string(), z.string()).nullish().catch(undefined) });
export type WireResources = z.output<typeof WireResources>;
const resources = WireResources.nullish().transform((value) => value ?? null);

export const WireQueue = z.object({
  id: text,
  name: z.string().min(1),
  namespace: text,
  clusterName: text,
  quotaType: text,
  /** Null on rows of old servers. */
  minResources: resources,
  maxResources: resources,
  location: z.record(z.string(), z.string()).catch({}),
  schedulingPolicy: z.array(z.string()).catch([]),
  /** `closing` and `closed` come from servers before v0.14.1 only. */
  status: z.string(),
  createTime: text,
  updateTime: text,
  /** Only in the read of a single queue, null in lists. */
  usedResources: resources,
  idleResources: resources,
});
export type WireQueue = z.output<typeof WireQueue>;
export const WireQueuePage = pageOf('queueList', WireQueue);

/** Without `credential`, which the server hands out in full with every read (2.12): what is not named here is dropped by the parser. */
export const WireCluster = z.object({
  id: text,
  clusterName: z.string().min(1),
  description: text,
  endpoint: text,
  source: text,
  clusterType: text,
  version: text,
  status: z.string(),
  setting: text,
  namespaceList: listOf(z.string()),
  createTime: text,
  updateTime: text,
});
export type WireCluster = z.output<typeof WireCluster>;
export const WireClusterPage = pageOf('clusterList', WireCluster);

/**
 * One container's page of lines. Empty content means no log yet, no more, or unreadable alike (2.13). Strict, unlike most: a default
 * in the place of an odd value would look like the end of the log.
 */
const WireTaskLog = z.object({
  taskID: z.string(),
  logInfo: z.object({ logContent: z.string(), hasNextPage: z.boolean(), truncated: z.boolean().default(false) }),
});
export type WireTaskLog = z.output<typeof WireTaskLog>;
const WireJobLog = z.object({ jobID: z.string(), taskList: listOf(WireTaskLog) });
export type WireJobLog = z.output<typeof WireJobLog>;
/** An unknown job gives an empty `runLog`; `taskList` is empty for ever once the pod is gone (2.13). */
export const WireRunLog = z.object({ runID: text, submitLog: text, runLog: listOf(WireJobLog) });
export type WireRunLog = z.output<typeof WireRunLog>;
