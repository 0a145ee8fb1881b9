/** What the fake database holds. Moments are milliseconds since the epoch. */
import type { OpenMap } from '../../kit/json-value.ts';
import type { FsMount } from '../workflow/structure.ts';
import type { Execution } from '../workflow/types.ts';
import type { NotedJobs } from './job-rows.ts';
import type { Row } from './table.ts';

export interface UserRow extends Row {
  readonly name: string;
  passwordHash: string;
  readonly createdAt: number;
}

export interface GrantRow extends Row {
  readonly grantID: string;
  readonly userName: string;
  readonly resourceType: string;
  readonly resourceID: string;
  readonly createdAt: number;
}

/** Thousandths of a core and bytes; the wire has them as text (2.3). */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly scalarResources: Readonly<Record<string, string>>;
}

export interface QueueRow extends Row {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly clusterName: string;
  readonly quotaType: string;
  maxResources: Resources;
  minResources: Resources;
  location: Readonly<Record<string, string>>;
  schedulingPolicy: readonly string[];
  status: string;
  /** When an old server was told to close it. */
  closingAt?: number | undefined;
  readonly createdAt: number;
  updatedAt: number;
}

export interface FlavourRow extends Row {
  readonly id: string;
  readonly name: string;
  /** `""`: bound to no cluster. */
  readonly clusterName: string;
  cpu: string;
  mem: string;
  scalarResources: Readonly<Record<string, string>>;
  readonly createdAt: number;
  updatedAt: number;
}

export interface ClusterRow extends Row {
  readonly id: string;
  readonly clusterName: string;
  description: string;
  endpoint: string;
  source: string;
  clusterType: string;
  version: string;
  status: string;
  credential: string;
  setting: string;
  namespaceList: readonly string[] | null;
  readonly createdAt: number;
  updatedAt: number;
}

export interface FileSystemRow extends Row {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  type: string;
  serverAddress: string;
  subPath: string;
  /** Secrets are encrypted in here already. */
  properties: Readonly<Record<string, string>>;
  independentMountProcess: boolean;
  readonly createdAt: number;
  updatedAt: number;
  /** Text by path without a leading `./` or `/`: enough for the YAML files that runs are made from. */
  readonly files: Map<string, string>;
}

export interface PipelineRow extends Row {
  readonly pipelineID: string;
  readonly name: string;
  desc: string;
  readonly owner: string;
  /** How many versions were ever made, deleted ones included (2.10). */
  versionsMade: number;
  readonly createdAt: number;
  updatedAt: number;
}

export interface PipelineVersionRow extends Row {
  readonly versionID: string;
  readonly pipelineID: string;
  readonly fsName: string;
  readonly yamlPath: string;
  readonly yaml: string;
  readonly owner: string;
  readonly createdAt: number;
}

export interface CacheRow extends Row {
  readonly cacheID: string;
  readonly firstFp: string;
  readonly secondFp: string;
  readonly runID: string;
  readonly source: string;
  readonly jobID: string;
  readonly fsName: string;
  /** Owner of the file systems, not always of the run (2.8). */
  readonly userName: string;
  /** Seconds as text, `-1` for never. */
  readonly expiredTime: string;
  readonly createdAt: number;
}

export interface LinkRow extends Row {
  readonly fsID: string;
  readonly fsPath: string;
  readonly type: string;
  readonly serverAddress: string;
  readonly subPath: string;
  /** Secrets are encrypted in here already. */
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface FsCacheRow extends Row {
  readonly fsID: string;
  /** As it was sent, without `debug`; with every key. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}

export interface ArtifactRow extends Row {
  readonly runID: string;
  readonly fsName: string;
  /** Owner of the file systems, not always of the run (2.7). */
  readonly userName: string;
  readonly artifactPath: string;
  readonly step: string;
  readonly jobID: string;
  readonly type: 'input' | 'output';
  readonly artifactName: string;
  readonly createdAt: number;
}

export interface ScheduleRow extends Row {
  readonly scheduleID: string;
  readonly name: string;
  readonly desc: string;
  readonly owner: string;
  readonly pipelineID: string;
  readonly versionID: string;
  /** Owner of the file systems when it is another user, or `""`. */
  readonly fsUser: string;
  readonly fsIDs: readonly string[];
  readonly crontab: string;
  readonly options: ScheduleOptions;
  readonly startAt: number | undefined;
  readonly endAt: number | undefined;
  readonly createdAt: number;
  updatedAt: number;
  /** The next due time, or the first one that was held back. Undefined: none in the coming years. */
  nextRunAt: number | undefined;
  status: string;
  /** Its runs that have not ended, as far as known. */
  readonly active: Set<RunRow>;
}

export interface ScheduleOptions {
  readonly catchup: boolean;
  /** Seconds; 0: never. */
  readonly expireInterval: number;
  /** 0: unlimited. */
  readonly concurrency: number;
  readonly concurrencyPolicy: 'suspend' | 'replace' | 'skip';
}

/** A run that the engine moves, or a finished one that was only written down, whose steps are made up when somebody asks. */
export type RunLife =
  | { readonly kind: 'engine'; readonly execution: Execution; readonly noted: NotedJobs }
  | { readonly kind: 'record'; status: string; runMsg: string; readonly activatedAt: number | undefined; updatedAt: number };

export interface RunRow extends Row {
  readonly runID: string;
  readonly name: string;
  readonly source: string;
  readonly owner: string;
  /** Owner of the file systems: another than `owner` only when root named one (2.7). */
  readonly fsUser: string;
  readonly fsName: string;
  readonly description: string;
  readonly scheduleID: string;
  readonly scheduledTime: string;
  /** A retry copies its old run's. */
  readonly createdAt: number;
  readonly runYaml: string;
  /** What the YAML says of its main file system. */
  readonly mainFs: FsMount;
  /** As they are shown: numbers keep the form in which they were sent (1.5). */
  readonly parameters: OpenMap | null;
  readonly dockerEnv: string;
  readonly disabled: string;
  readonly failureOptions: { readonly strategy: string };
  life: RunLife;
  /** Later runs that used this run's cache. */
  readonly cachedBy: string[];
  /** A write that no component of the run caused. */
  touchedAt: number;
  /** Ordered faults, see the control port. */
  rawStatus?: string | undefined;
  undecodable?: boolean | undefined;
  lostWorkflow?: boolean | undefined;
  stuckTerminating?: boolean | undefined;
  /** Set when a stop reached a run that is to get stuck: time passes it by. Holds the jobs that were asked to stop once more since. */
  frozen?: Set<string> | undefined;
  /** What the row says while its run goes its own way: a retry's row is first written with the old end (2.7). */
  mask?: { readonly status: string; readonly runMsg: string; readonly until: number } | undefined;
}
