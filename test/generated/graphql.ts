/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A directory of AFS. */
export type AfsStorageInput = {
  /** Host, with its port where it needs one: `10.0.0.5:9000`. */
  address: string;
  /** The secret can be written only: no query shows it. */
  password: string;
  /** Directory there that counts as the top, absolute. */
  path?: string;
  /** Name of the account there; it is shown. */
  username: string;
};

/** What a step did with an artifact. */
export type ArtifactDirection =
  /** The step read it. */
  | 'INPUT'
  /** The step made it. */
  | 'OUTPUT';

/** All conditions must hold; each list means "one of these". */
export type ArtifactFilter = {
  /** Read, or made. */
  directions?: Array<ArtifactDirection> | null | undefined;
  /** Names of the file systems on which they lie. */
  fileSystemNames?: Array<string> | null | undefined;
  /** Users who own the file systems. */
  ownerNames?: Array<string> | null | undefined;
  /** Exact paths. Those with a comma, as looped steps have, cannot be asked for. */
  paths?: Array<string> | null | undefined;
  /** Global ids of runs, on the same source. */
  runIds?: Array<string | number> | null | undefined;
};

/** A bucket of Baidu Object Storage. */
export type BosStorageInput = {
  /** The secret can be written only: no query shows it. */
  accessKey: string;
  /** Name of the bucket. */
  bucket: string;
  /** Life of the keys that are handed out, 60 to 129600; left out: 43200. With `sts` only. */
  durationSeconds?: number | null | undefined;
  /** URL of the service, without a user or a password. */
  endpoint: string;
  /** Directory there that counts as the top, absolute. */
  path?: string;
  /** Left out: `bj`. */
  region?: string | null | undefined;
  /** The secret can be written only: no query shows it. */
  secretKey: string;
  /** Hand out keys that expire. */
  sts?: boolean;
};

/** A key of a bucket on CEPH, with everything that is needed to reach it. Its host must be allowed by the configuration. */
export type CephLocationInput = {
  /** Access key of the bucket. It is sent to the platform, and neither kept nor shown. */
  accessKey: string;
  /** Host name, without scheme or port. */
  host: string;
  /** `bucket#key`; the first `#` is the split. */
  path: string;
  /** The port, as a text: `7480`. */
  port: string;
  /** Secret key of the bucket. It is sent to the platform, and neither kept nor shown. */
  secretKey: string;
};

/** A directory of Baidu Cloud File Storage. */
export type CfsStorageInput = {
  /** Host, with its port where it needs one: `10.0.0.5:9000`. */
  address: string;
  /** Directory there that counts as the top, absolute. */
  path: string;
};

/** A new password for a user. */
export type ChangePasswordInput = {
  /** Global id of the user. */
  id: string | number;
  /** The new password. At least 6 bytes with a digit and a lower case letter. It is passed on, and kept nowhere in the gateway. */
  password: string;
};

/** Whether calls to a source are sent at all. */
export type CircuitState =
  /** Calls are sent. */
  | 'CLOSED'
  /** A single call is tried, and decides. */
  | 'HALF_OPEN'
  /** The source failed too often: calls fail at once, for a while. */
  | 'OPEN';

/** Why the resources of a cluster are not known. The backend passes most of these over in silence. */
export type ClusterResourcesGap =
  /** The backend left it out of its answer: its nodes could not be listed. */
  | 'LEFT_OUT'
  /** None of the clusters that were asked about could be read. */
  | 'NONE_READ'
  /** The backend cannot talk to it: mostly its credential is at fault. */
  | 'NO_CLIENT'
  /** The backend knows no node of it: mostly its API has not answered. */
  | 'NO_NODES'
  /** The cluster is set offline, so it is not asked. */
  | 'OFFLINE';

/** What happens to a run that is due while as many are active as may be. */
export type ConcurrencyPolicy =
  /** The oldest is stopped, gently, and it takes its place. */
  | 'REPLACE'
  /** The run is recorded as skipped. */
  | 'SKIP'
  /** The run waits until one of them has ended. */
  | 'SUSPEND';

/** A cluster to register. */
export type CreateClusterInput = {
  /** A kubeconfig as plain text. It can be written only: no query shows it. Needed with the type `K3S`. */
  credential?: string | null | undefined;
  /** For people. */
  description?: string | null | undefined;
  /** URL of the cluster's API server. */
  endpoint: string;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Letters, digits, `_` and inner `-`, 2 to 255; unique on its source. */
  name: string;
  /** Namespaces that queues may use; empty: any. */
  namespaces?: Array<string> | null | undefined;
  /** Whether it is to be used: the backend does not probe. Queues are only created on an online cluster. */
  online?: boolean;
  /** Where it comes from, a word of yours. */
  provider?: string;
  /** Settings, plain text. Put no secrets there: it is shown. */
  setting?: string | null | undefined;
  /** Name of the source that is to know it. */
  source: string;
  /** `Kubernetes` or `K3S`. */
  type?: string;
  /** Kubernetes version such as `1.20`; needed with the type `Kubernetes`. */
  version?: string | null | undefined;
};

/** A file system to make. */
export type CreateFileSystemInput = {
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Each pod mounts it by a process of its own. */
  independentMountProcess?: boolean;
  /** Letters, digits, `_` and `-`; together with its owner at most 59. Unique per owner. */
  name: string;
  /** User it is to belong to; somebody else than oneself is for operators. Left out: one's own, for operators the service account's. */
  ownerName?: string | null | undefined;
  /** Name of the source that is to know it. */
  source: string;
  /** Where it lies. */
  storage: FileSystemStorageInput;
};

/** A flavour to make. */
export type CreateFlavourInput = {
  /** The cluster it is bound to. Left out: it fits all of them. */
  clusterId?: string | number | null | undefined;
  /** Cores, more than none: `4`, or `500m` for half a core. */
  cpu: string;
  /** GPUs and the like. */
  devices?: Array<DeviceQuantityInput> | null | undefined;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Bytes, more than none: `8Gi`. */
  memory: string;
  /** Unique on its source, over all clusters; not `customFlavour`. */
  name: string;
  /** Name of the source that is to have it. */
  source: string;
};

/** Other storage to show inside of a file system. */
export type CreateLinkInput = {
  /** Where it is to show; not a local one. */
  fileSystemId: string | number;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** An empty directory there, such as `/ext`; neither inside of another link nor around one. */
  path: string;
  /** What is to show there. */
  storage: LinkStorageInput;
};

/** A pipeline to store. Its name is that of its YAML. */
export type CreatePipelineInput = {
  /** For people, at most 256 bytes. */
  description?: string | null | undefined;
  /** User whose file systems are meant, for the account `root` only. Left out: the owner of the pipeline. */
  fileSystemOwnerName?: string | null | undefined;
  /** Workflow of the first version. */
  from: PipelineFromInput;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Name of the source that is to have it. */
  source: string;
};

/** A new version of a pipeline. */
export type CreatePipelineVersionInput = {
  /** Takes the place of the description of the pipeline, at most 256 bytes; an empty one removes it. Left out: it stays as it is. */
  description?: string | null | undefined;
  /** User whose file systems are meant, for the account `root` only. Left out: the owner of the pipeline. */
  fileSystemOwnerName?: string | null | undefined;
  /** Workflow of the new version. */
  from: PipelineFromInput;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Global id of the pipeline, whose name the YAML must bear. */
  pipelineId: string | number;
};

/** A queue to make. */
export type CreateQueueInput = {
  /** An online cluster of the source. Left out: `default-cluster`, on servers of a single cluster. */
  clusterId?: string | number | null | undefined;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Settings of the quota, an open map. The backend adds entries of its own. */
  location?: Array<NameValueInput> | null | undefined;
  /** Never exceeded. */
  maxResources: ResourcesInput;
  /** Guaranteed; for `elasticQuota` only, and not over the maximum. */
  minResources?: ResourcesInput | null | undefined;
  /** Lower case letters, digits and inner `-`, at most 63. `default` is reserved. */
  name: string;
  /** Kubernetes namespace for its pods, one of those the cluster allows; made when it is missing. */
  namespace: string;
  /** `elasticQuota` or `volcanoCapabilityQuota`. */
  quotaType?: string;
  /** Policies of the batch scheduler. */
  schedulingPolicies?: Array<string> | null | undefined;
  /** Name of the source that is to have it. */
  source: string;
};

/** What to run: exactly one of these. */
export type CreateRunFromInput =
  {   /** A file, which becomes the place of the run too: its file system is the main one. */
  path: WorkflowPathInput; pipeline?: never; yaml?: never; }
  |  { path?: never;   /** A stored pipeline. */
  pipeline: RunFromPipelineInput; yaml?: never; }
  |  { path?: never; pipeline?: never;   /** The workflow itself, as plain text, at most 65,535 bytes. Checked before it is sent. */
  yaml: string; };

/** A run to start. */
export type CreateRunInput = {
  /** For people; shown with the run. */
  description?: string | null | undefined;
  /** Full names of components to leave out. */
  disabled?: Array<string> | null | undefined;
  /** Shown as `Run.dockerEnv` instead of the YAML's, and nothing more: a step's image is what the YAML says. */
  dockerEnv?: string | null | undefined;
  /** Instead of the YAML's. */
  failureStrategy?: FailureStrategy | null | undefined;
  /** Main file system; must be the YAML's own where that names one. */
  fileSystemName?: string | null | undefined;
  /** User whose file systems are meant, for the account `root` only. The run stays with the account that starts it; its jobs, cached results and artifacts belong to that user. Left out: that account. */
  fileSystemOwnerName?: string | null | undefined;
  /** The workflow, and where it comes from. */
  from: CreateRunFromInput;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Instead of the YAML's name; need not be unique. `[A-Za-z_][A-Za-z0-9_-]{0,127}`. */
  name?: string | null | undefined;
  /** Overrides by name: `{"epoch": 10, "train.lr": 0.1}`. One that the workflow does not declare is refused. Numbers are sent as they are written. */
  parameters?: unknown;
  /** Name of the source that is to run it. */
  source: string;
};

/** A schedule to make, on the source of its pipeline. */
export type CreateScheduleInput = {
  /** Kept by PaddleFlow for show: it has no effect. */
  catchUp?: boolean;
  /** Number of its runs that may be active at a time; left out or 0: any number. */
  concurrency?: number | null | undefined;
  /** What happens at that limit. */
  concurrencyPolicy?: ConcurrencyPolicy;
  /** Five fields, `@daily` and its like, or `@every 10m`, by the backend's clock; `CRON_TZ=` may stand in front. See `nextFireTimes`. */
  crontab: string;
  /** For people, at most 256 bytes; its runs get it too. */
  description?: string | null | undefined;
  /** In the future and after `startAt`; left out: without end. */
  endAt?: string | null | undefined;
  /** Skip what could not start within this time; left out or 0: never. */
  expireAfterSeconds?: number | null | undefined;
  /** User whose file systems its runs use, for the account `root` only. Left out: the owner of the schedule. */
  fileSystemOwnerName?: string | null | undefined;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** A letter or `_`, then 1 to 49 letters, digits and `_`. Unique per owner. */
  name: string;
  /** Global id of the version that is to run. */
  pipelineVersionId: string | number;
  /** In the future; nothing is due before. Left out: from now on. */
  startAt?: string | null | undefined;
};

/** An account to be made. */
export type CreateUserInput = {
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** At least 6 bytes with a digit and a lower case letter. It is passed on, and kept nowhere in the gateway. */
  password: string;
  /** Name of the source. */
  source: string;
  /** 4 to 16 letters and digits; neither `root` in any case nor anything ending in `login`. */
  username: string;
};

/** The cluster that is to go. */
export type DeleteClusterInput = {
  /** Only say what would go with it, and write nothing. */
  dryRun?: boolean;
  /** Global id of the cluster. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The file system that is to go. */
export type DeleteFileSystemInput = {
  /** Only say what hangs on it, and write nothing. */
  dryRun?: boolean;
  /** Global id of the file system. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The flavour that is to go. */
export type DeleteFlavourInput = {
  /** Global id of the flavour. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The link that is to go. */
export type DeleteLinkInput = {
  /** Global id of the link. */
  id: string | number;
  /** Count it as success when it, or its file system, is not there. */
  ignoreMissing?: boolean;
};

/** The pipeline to delete, with all its versions. */
export type DeletePipelineInput = {
  /** Only say what hangs on it, and write nothing. */
  dryRun?: boolean;
  /** Global id of the pipeline. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The version that is to go. */
export type DeletePipelineVersionInput = {
  /** Only say what hangs on it, and write nothing. */
  dryRun?: boolean;
  /** Global id of a version that is not the last one. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The queue that is to go. */
export type DeleteQueueInput = {
  /** Only say what hangs on it, and write nothing. */
  dryRun?: boolean;
  /** Global id of the queue. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The cache record to delete. */
export type DeleteRunCacheInput = {
  /** Global id of the record, not its `cacheId`. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The run to delete, and what would prevent it. */
export type DeleteRunInput = {
  /** Refuse while another run uses results of this one. */
  checkCache?: boolean;
  /** Say what it would do, and write nothing. */
  dryRun?: boolean;
  /** Global id of a run that has ended. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The schedule that is to go. */
export type DeleteScheduleInput = {
  /** Only say what hangs on it, and write nothing. */
  dryRun?: boolean;
  /** Global id of a schedule that has ended or was stopped. */
  id: string | number;
  /** Count it as success when it is not there. */
  ignoreMissing?: boolean;
};

/** The account to delete. */
export type DeleteUserInput = {
  /** Only say what hangs on them. Costs a few calls. */
  dryRun?: boolean;
  /** Global id of the user. */
  id: string | number;
  /** Count it as success when there is no such user. */
  ignoreMissing?: boolean;
};

/** A device, and how many of it are meant. */
export type DeviceQuantityInput = {
  /** Kubernetes' name of the resource, such as `nvidia.com/gpu`. */
  name: string;
  /** Number of pieces, such as `4`. */
  quantity: string;
};

/** What happened to a piece of work. */
export type ExecutionEventKind =
  /** The work was deleted on the backend. */
  | 'DELETED'
  /** The gateway saw it for the first time. */
  | 'DISCOVERED'
  /** The state of some of its parts, or its message, changed. */
  | 'PROGRESSED'
  /** Against expectation it changed after its end. */
  | 'REOPENED'
  /** The end was seen twice: nothing more is expected. */
  | 'SETTLED'
  /** The state went from one `ExecutionState`, or word of the backend, to another. */
  | 'STATE_CHANGED'
  /** The backend cannot read its record any more. */
  | 'UNREADABLE';

/** All conditions must hold; each list means "one of these". What is left out does not matter. */
export type ExecutionFilter = {
  /** Created before this moment. */
  createdBefore?: string | null | undefined;
  /** Created at this moment or later. */
  createdFrom?: string | null | undefined;
  /** Names of types that implement `Execution`, such as `Run`. */
  kinds?: Array<string> | null | undefined;
  /** Names of work, exactly. */
  names?: Array<string> | null | undefined;
  /** Names of accounts on the backends. */
  ownerNames?: Array<string> | null | undefined;
  /** Names of sources. */
  sources?: Array<string> | null | undefined;
  /** States; in a stream, the state of the event. */
  states?: Array<ExecutionState> | null | undefined;
};

/** The state of work of every kind, in one vocabulary; `rawState` has the backend's own word. */
export type ExecutionState =
  /** Ended because somebody, or a failure elsewhere, stopped it. */
  | 'CANCELLED'
  /** Ended badly. */
  | 'FAILED'
  /** Accepted; waits for its turn or for resources. */
  | 'QUEUED'
  /** Being worked on. */
  | 'RUNNING'
  /** Never meant to run: disabled, its condition false, or its time missed. */
  | 'SKIPPED'
  /** Asked to stop; may take long. */
  | 'STOPPING'
  /** Ended well; results taken from a cache count too. */
  | 'SUCCEEDED'
  /** The backend used a word we do not know, or its record cannot be read. */
  | 'UNKNOWN';

/** What becomes of the rest when a step fails. */
export type FailureStrategy =
  /** What does not depend on it goes on. */
  | 'CONTINUE'
  /** Everything is stopped. */
  | 'FAIL_FAST';

/** A condition for file systems. */
export type FileSystemFilter = {
  /** Name of the user they belong to. Somebody else has none for a viewer. */
  ownerName?: string | null | undefined;
};

/** Where a file system lies: exactly one of these. */
export type FileSystemStorageInput =
  {   /** A directory of the file system that Baidu calls AFS. */
  afs: AfsStorageInput; bos?: never; cfs?: never; glusterfs?: never; hdfs?: never; local?: never; mock?: never; s3?: never; sftp?: never; url?: never; }
  |  { afs?: never;   /** Baidu Object Storage. */
  bos: BosStorageInput; cfs?: never; glusterfs?: never; hdfs?: never; local?: never; mock?: never; s3?: never; sftp?: never; url?: never; }
  |  { afs?: never; bos?: never;   /** Cloud File Storage. */
  cfs: CfsStorageInput; glusterfs?: never; hdfs?: never; local?: never; mock?: never; s3?: never; sftp?: never; url?: never; }
  |  { afs?: never; bos?: never; cfs?: never;   /** A volume of a Gluster cluster. */
  glusterfs: GlusterFsStorageInput; hdfs?: never; local?: never; mock?: never; s3?: never; sftp?: never; url?: never; }
  |  { afs?: never; bos?: never; cfs?: never; glusterfs?: never;   /** A directory of a Hadoop cluster. */
  hdfs: HdfsStorageInput; local?: never; mock?: never; s3?: never; sftp?: never; url?: never; }
  |  { afs?: never; bos?: never; cfs?: never; glusterfs?: never; hdfs?: never;   /** A directory of the machines themselves. */
  local: LocalStorageInput; mock?: never; s3?: never; sftp?: never; url?: never; }
  |  { afs?: never; bos?: never; cfs?: never; glusterfs?: never; hdfs?: never; local?: never;   /** A volume claim. */
  mock: MockStorageInput; s3?: never; sftp?: never; url?: never; }
  |  { afs?: never; bos?: never; cfs?: never; glusterfs?: never; hdfs?: never; local?: never; mock?: never;   /** S3 and the like. */
  s3: S3StorageInput; sftp?: never; url?: never; }
  |  { afs?: never; bos?: never; cfs?: never; glusterfs?: never; hdfs?: never; local?: never; mock?: never; s3?: never;   /** A directory of a machine that is reached over SSH. */
  sftp: SftpStorageInput; url?: never; }
  |  { afs?: never; bos?: never; cfs?: never; glusterfs?: never; hdfs?: never; local?: never; mock?: never; s3?: never; sftp?: never;   /** Anything else, as a URL with properties. */
  url: UrlStorageInput; };

/** All conditions must hold. */
export type FlavourFilter = {
  /** Global id of a cluster on the same source: what fits it, bound to it or to none. */
  clusterId?: string | number | null | undefined;
  /** Text that the name holds. */
  nameContains?: string | null | undefined;
};

/** A volume of GlusterFS. */
export type GlusterFsStorageInput = {
  /** Host, without a port. */
  address: string;
  /** Name of the volume. */
  volume: string;
};

/** A user, and the queue that they are to see. Both are of one source. */
export type GrantQueueInput = {
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
  /** Global id of the queue. */
  queueId: string | number;
  /** Global id of the user; `root` needs no grants, and gets none. */
  userId: string | number;
};

/** A path on HDFS, with everything that is needed to reach it. Its hosts must be allowed by the configuration. */
export type HdfsLocationInput = {
  /** Host name of the HTTP service of the NameNode, without scheme or port. */
  host: string;
  /** Begins with `/`. */
  path: string;
  /** The port, as a text: `9870`. */
  port: string;
  /** Host name of the SecondaryNameNode. Left out: there is none. */
  spareHost?: string | null | undefined;
  /** User who owns the files. */
  userName: string;
};

/** A directory of HDFS; with a user and a group, or with Kerberos. */
export type HdfsStorageInput = {
  /** Host and port of the name node, or several, with commas. */
  address: string;
  /** Needed without Kerberos. */
  group?: string | null | undefined;
  /** The properties that the backend calls `kerberos.*`, without that beginning: `principal`, `keyTabData`, … The secret can be written only: no query shows it. */
  kerberos?: Array<NameValueInput> | null | undefined;
  /** Directory there that counts as the top, absolute. */
  path: string;
  /** Needed without Kerberos. */
  user?: string | null | undefined;
};

/** How certain a refusal is. */
export type IssueSeverity =
  /** The backend refuses it; what holds such a one is not even sent. */
  | 'ERROR'
  /** The backend may refuse it, or it will not do what it seems to say. */
  | 'WARNING';

/** What became of asking a job to stop. */
export type JobStopOutcome =
  /** The backend tries again to end it. */
  | 'ASKED'
  /** The job has ended meanwhile, or is not there any more: there was nothing to stop. */
  | 'ENDED'
  /** The backend refused, or could not be reached; see the message. */
  | 'FAILED'
  /** The answer was lost. Asking again does no harm. */
  | 'UNCONFIRMED';

/** What a link leads to: exactly one of these. */
export type LinkStorageInput =
  {   /** Cloud File Storage. */
  cfs: CfsStorageInput; hdfs?: never; local?: never; s3?: never; sftp?: never; url?: never; }
  |  { cfs?: never;   /** A directory of a Hadoop cluster. */
  hdfs: HdfsStorageInput; local?: never; s3?: never; sftp?: never; url?: never; }
  |  { cfs?: never; hdfs?: never;   /** A directory of the machines themselves. */
  local: LocalStorageInput; s3?: never; sftp?: never; url?: never; }
  |  { cfs?: never; hdfs?: never; local?: never;   /** S3 and the like. */
  s3: S3StorageInput; sftp?: never; url?: never; }
  |  { cfs?: never; hdfs?: never; local?: never; s3?: never;   /** A directory of a machine that is reached over SSH. */
  sftp: SftpStorageInput; url?: never; }
  |  { cfs?: never; hdfs?: never; local?: never; s3?: never; sftp?: never;   /** Storage of one of these kinds, as a URL with properties. */
  url: UrlStorageInput; };

/** A directory of the machines themselves. */
export type LocalStorageInput = {
  /** Absolute; neither `/` nor below `/root`. */
  path: string;
};

/** Whether the log of a run is in the gateway's hands, where it outlives the pods. */
export type LogArchiveState =
  /** Copied to the last line. */
  | 'COMPLETE'
  /** Ended, with something missing, or maybe missing; the log says where and why. */
  | 'GAPS'
  /** Being copied, or not asked for yet. */
  | 'PENDING';

/** What a number counts. */
export type MetricUnit =
  /** An amount, such as memory in use. */
  | 'BYTES'
  /** A rate, such as network traffic. */
  | 'BYTES_PER_SECOND'
  /** A share of what there is, mostly 0 to 100. */
  | 'PERCENT';

/** A volume claim of Kubernetes. */
export type MockStorageInput = {
  /** Namespace of the claim. */
  namespace: string;
  /** Absolute; the top itself cannot be told. */
  path: string;
  /** Name of the claim. */
  pvc: string;
};

/** An entry of a map whose keys the backend leaves open. */
export type NameValueInput = {
  /** Of several entries of one name the last one counts. */
  name: string;
  /** Plain text. */
  value: string;
};

/** Why one node needs another. */
export type PipelineEdgeKind =
  /** The node reads an artifact that the other one writes. */
  | 'ARTIFACT'
  /** The node waits for the end of the other one: `deps`. */
  | 'DEPENDENCY'
  /** The node takes over the value of a parameter. */
  | 'PARAMETER';

/** Where the workflow comes from: exactly one of these. */
export type PipelineFromInput =
  {   /** A file. That only says where it is read: its file system does not become the main one. */
  path: WorkflowPathInput; yaml?: never; }
  |  { path?: never;   /** The workflow as plain text, at most 65,535 bytes. Checked before it is sent. */
  yaml: string; };

/** What a node of a drawing stands for. */
export type PipelineNodeKind =
  /** A group: the nodes that have it as parent. */
  | 'DAG'
  /** A container, or one for each turn of its loop. */
  | 'STEP';

/** What a YAML is to become: the rules differ a little. */
export type PipelineUse =
  /** A stored pipeline: it needs a name of its own, and with artifacts a main file system; repeated keys pass. */
  | 'PIPELINE'
  /** A run: the request may add name and main file system; repeated keys are refused. */
  | 'RUN';

/** A path on a file system that the gateway knows. */
export type ProfileLocationInput = {
  /** Name of the storage profile, see `DataStorySource.storageProfiles`. */
  name: string;
  /** On HDFS it begins with `/`, on CEPH it is `bucket#key`. */
  path: string;
};

/** Amounts in the notation of Kubernetes. A mistake is an `InvalidInputProblem` that names the field; nothing is sent then. */
export type ResourcesInput = {
  /** Cores: `4`, or `500m` for half a core. */
  cpu: string;
  /** GPUs and the like. */
  devices?: Array<DeviceQuantityInput> | null | undefined;
  /** Bytes: `20Gi` is 20 × 1024³, `20G` is 20 × 1000³. */
  memory: string;
};

/** A run to try again. */
export type RetryRunInput = {
  /** Global id of a failed or cancelled run. */
  id: string | number;
  /** Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it. */
  idempotencyKey?: string | null | undefined;
};

/** A user, and the queue that they are no longer to see. */
export type RevokeQueueInput = {
  /** Count it as success when there is no such grant, nor such a user or queue. */
  ignoreMissing?: boolean;
  /** Global id of the queue. */
  queueId: string | number;
  /** Global id of the user. */
  userId: string | number;
};

/** What a viewer may do. Each includes the ones before it. */
export type Role =
  /** May change users, queues and clusters too. */
  | 'ADMIN'
  /** Sees everybody's work, starts and stops it. */
  | 'OPERATOR'
  /** Sees and changes what is their own. */
  | 'VIEWER';

/** All conditions must hold; each list means "one of these". */
export type RunCacheFilter = {
  /** Names of main file systems. */
  fileSystemNames?: Array<string> | null | undefined;
  /** Users who own the file systems. */
  ownerNames?: Array<string> | null | undefined;
  /** Global ids of runs, on the same source. */
  runIds?: Array<string | number> | null | undefined;
};

/** Why the backend would refuse to delete a run. */
export type RunDeletionObstacle =
  /** A later run took over results of it. Without `checkCache` that does not count. */
  | 'CACHE_IN_USE'
  /** The run has not ended. */
  | 'NOT_ENDED';

/** All conditions must hold; each list means "one of these". What is left out does not matter. */
export type RunFilter = {
  /** Created before this moment. */
  createdBefore?: string | null | undefined;
  /** Created at this moment or later. */
  createdFrom?: string | null | undefined;
  /** Names of main file systems. */
  fileSystemNames?: Array<string> | null | undefined;
  /** Global ids: those runs and no others. */
  ids?: Array<string | number> | null | undefined;
  /** Names of runs, exactly. */
  names?: Array<string> | null | undefined;
  /** Names of users. */
  ownerNames?: Array<string> | null | undefined;
  /** Global ids of pipelines of which they are runs. */
  pipelineIds?: Array<string | number> | null | undefined;
  /** Global ids of schedules that made them. */
  scheduleIds?: Array<string | number> | null | undefined;
  /** Names of sources. */
  sources?: Array<string> | null | undefined;
  /** States; in a stream, the state of the event. */
  states?: Array<ExecutionState> | null | undefined;
};

/** A version of a stored pipeline. */
export type RunFromPipelineInput = {
  /** Id of the pipeline, on the source that the run is for. */
  id: string | number;
  /** Version, such as `1`. Left out: the latest, and the run then does not say which that was. */
  version?: string | null | undefined;
};

/** A bucket of S3, or of a service that speaks like it. */
export type S3StorageInput = {
  /** The secret can be written only: no query shows it. */
  accessKey: string;
  /** Name of the bucket. */
  bucket: string;
  /** URL of the service, without a user or a password. */
  endpoint: string;
  /** Directory there that counts as the top, absolute. */
  path?: string;
  /** Left out: none. */
  region?: string | null | undefined;
  /** The secret can be written only: no query shows it. */
  secretKey: string;
};

/** All conditions must hold; each list means "one of these", and what is left out does not matter. */
export type ScheduleFilter = {
  /** Exact matches. */
  names?: Array<string> | null | undefined;
  /** Names of users. */
  ownerNames?: Array<string> | null | undefined;
  /** Global ids of pipelines on the same source. */
  pipelineIds?: Array<string | number> | null | undefined;
  /** UNKNOWN matches nothing: the backend filters by its own words. */
  statuses?: Array<ScheduleStatus> | null | undefined;
  /** Versions such as `1`, of whatever pipeline. */
  versions?: Array<string> | null | undefined;
};

/** Whether a schedule still fires. */
export type ScheduleStatus =
  /** The end time has come; PaddleFlow calls that success. */
  | 'ENDED'
  /** PaddleFlow knows the word and never uses it. */
  | 'FAILED'
  /** The schedule makes runs when they are due. */
  | 'RUNNING'
  /** Somebody has ended it. */
  | 'STOPPED'
  /** A word that the gateway does not know: see `rawState`. */
  | 'UNKNOWN';

/** A directory over SFTP. */
export type SftpStorageInput = {
  /** Host, with its port where it needs one: `10.0.0.5:9000`. */
  address: string;
  /** The secret can be written only: no query shows it. */
  password: string;
  /** Directory there that counts as the top, absolute. */
  path: string;
  /** Name of the account there; it is shown. */
  user: string;
};

/** An account of a backend. */
export type SignInInput = {
  /** Passed on to the backend, and kept nowhere. */
  password: string;
  /** Name of the source: the session is for it alone. */
  source: string;
  /** The backend's own name of the user. */
  username: string;
};

/** Whether the mirror of a source is being kept. */
export type SourceHealth =
  /** Read within the last few intervals. */
  | 'HEALTHY'
  /** Not read for a while, and not for a fault of its own: no gateway reads it, or the database did not answer. */
  | 'STALE'
  /** Never read yet, and nothing has failed so far. */
  | 'STARTING'
  /** The source cannot be read, and has not been for a while: lists show what was known then, see `observedAt`. `problem` says why. */
  | 'UNREACHABLE';

/** What software a source runs. */
export type SourceKind =
  /** DataStory: platform for offline algorithm tasks on files of HDFS and CEPH. */
  | 'DATASTORY'
  /** PaddleFlow: workflow engine with pipelines, runs, queues and clusters. */
  | 'PADDLEFLOW';

/** Why there are no series although there may be samples. */
export type StatisticsGap =
  /** A sample of the range is not a number, and the backend then gives none at all. Another range may do. */
  | 'NOT_A_NUMBER';

/** The queue that is to take no more work. */
export type StopQueueInput = {
  /** Global id of the queue. */
  id: string | number;
};

/** The run to stop, and how. */
export type StopRunInput = {
  /** Leave out the closing step too. */
  force?: boolean;
  /** Global id of the run, not its `runId`. */
  id: string | number;
};

/** The schedule that is to fire no more. */
export type StopScheduleInput = {
  /** Global id of the schedule. */
  id: string | number;
};

/** A kind of file system that a DataStory platform reads and writes. */
export type StorageKind =
  /** Ceph object storage: paths are `bucket#key`. */
  | 'CEPH'
  /** Hadoop: paths begin with `/`. */
  | 'HDFS';

/** Where files lie: exactly one of these. */
export type StorageLocationInput =
  {   /** On CEPH, by value. */
  ceph: CephLocationInput; hdfs?: never; profile?: never; }
  |  { ceph?: never;   /** On HDFS, by value. */
  hdfs: HdfsLocationInput; profile?: never; }
  |  { ceph?: never; hdfs?: never;   /** On a file system that the gateway knows: no secrets needed. */
  profile: ProfileLocationInput; };

/** Why a stream has ended. */
export type StreamEndReason =
  /** There is nothing more to come: the end was seen twice. */
  | 'COMPLETED'
  /** The work was deleted on the backend. */
  | 'DELETED';

/** Why something is missing. */
export type StreamGapReason =
  /** More came at once than the backend's call can serve. */
  | 'CEILING'
  /** The cursor belongs to another database or lies ahead of this one: the stream is told from its start. */
  | 'RESET'
  /** The backend had thrown it away before it could be copied. */
  | 'RETENTION'
  /** The backend could not read it; or it never showed a line, and no other log did that would tell a step without lines from one that cannot be read. */
  | 'UNREADABLE';

/** What a DataStory platform is to work on, and with what. */
export type SubmitTaskInput = {
  /** Name of the algorithm, see `DataStorySource.algorithms`. */
  algorithm: string;
  /** Address to which the platform writes when the task goes wrong or is cancelled: one, at most 254 characters, of a domain that the configuration allows. Left out: the one of the configuration, if it has one. */
  email?: string | null | undefined;
  /** Any text of yours, unique per viewer, 1 to 255 characters. The same key always leads to the same task, also after a lost answer: one that may have been submitted is never submitted again. With other input it is a conflict. */
  idempotencyKey?: string | null | undefined;
  /** File or folder to read. The platform reads it there: nothing is uploaded. */
  input: StorageLocationInput;
  /** Folder for the result; it may be on another kind of file system. */
  output: StorageLocationInput;
  /** Parameters of the algorithm by name; refused for an algorithm that takes none. Numbers are sent as they are written. */
  parameters?: unknown;
  /** Name of the DataStory source that is to work on it. */
  source: string;
};

/** How far the mirror of the runs has come. */
export type SyncPhase =
  /** Reading history, newest first. */
  | 'BACKFILL'
  /** Every run is in the catalog. */
  | 'COMPLETE'
  /** Looking for what is running and for the newest run. */
  | 'STARTING';

/** All conditions must hold; each list means "one of these". What is left out does not matter. */
export type TaskFilter = {
  /** Names of algorithms. */
  algorithms?: Array<string> | null | undefined;
  /** Submitted before this moment. */
  createdBefore?: string | null | undefined;
  /** Submitted at this moment or later. */
  createdFrom?: string | null | undefined;
  /** Identities of those who submitted them through the gateway. */
  creators?: Array<string> | null | undefined;
  /** Global ids: those tasks and no others. */
  ids?: Array<string | number> | null | undefined;
  /** Names of sources. */
  sources?: Array<string> | null | undefined;
  /** States; in a stream, the state of the event. */
  states?: Array<ExecutionState> | null | undefined;
  /** What is known of their submission. */
  submissions?: Array<TaskSubmission> | null | undefined;
  /** The platform's own ids of tasks, not global ids. */
  taskIds?: Array<string> | null | undefined;
};

/** What is known of the submission of a task. */
export type TaskSubmission =
  /** The platform has taken it, and said its id. */
  | 'ACCEPTED'
  /** The submission is under way. */
  | 'SENDING'
  /** No id came back, so the platform may or may not have taken it, and nobody can look for it there. It is never sent again: a mail of the platform, or its people, may tell. */
  | 'UNCONFIRMED';

/** A run that does not come to its end. */
export type UnblockRunInput = {
  /** Global id of a run that is being stopped. */
  id: string | number;
};

/** What is to change of a cluster; what is left out stays. No text can be made empty: the backend takes that for "keep". */
export type UpdateClusterInput = {
  /** A kubeconfig as plain text. It can be written only: no query shows it. */
  credential?: string | null | undefined;
  /** For people. */
  description?: string | null | undefined;
  /** URL of the cluster's API server. */
  endpoint?: string | null | undefined;
  /** Global id of the cluster. */
  id: string | number;
  /** Namespaces that queues may use. One that a queue uses cannot be dropped, and the list cannot be emptied. */
  namespaces?: Array<string> | null | undefined;
  /** Whether it is to be used: the backend does not probe. Queues are only created on an online cluster. */
  online?: boolean | null | undefined;
  /** Where it comes from, a word of yours. */
  provider?: string | null | undefined;
  /** Settings, plain text. Put no secrets there: it is shown. */
  setting?: string | null | undefined;
  /** `Kubernetes` or `K3S`. */
  type?: string | null | undefined;
  /** Kubernetes version such as `1.20`; needed with the type `Kubernetes`. */
  version?: string | null | undefined;
};

/** What is to change of a flavour; what is left out stays. */
export type UpdateFlavourInput = {
  /** The cluster it is bound to, which cannot be changed: needed if there is one, and left out if there is none. */
  clusterId?: string | number | null | undefined;
  /** Cores, more than none. */
  cpu?: string | null | undefined;
  /** GPUs and the like to set. The backend removes none that is there already; its amount can be made `0`. */
  devices?: Array<DeviceQuantityInput> | null | undefined;
  /** Global id of the flavour. */
  id: string | number;
  /** Bytes, more than none. */
  memory?: string | null | undefined;
};

/** What is to change of a queue; what is left out stays. */
export type UpdateQueueInput = {
  /** Policies to add to those it has. */
  addSchedulingPolicies?: Array<string> | null | undefined;
  /** Global id of the queue. */
  id: string | number;
  /** Settings of the quota, an open map. */
  location?: Array<NameValueInput> | null | undefined;
  /** Never exceeded. */
  maxResources?: ResourcesInput | null | undefined;
  /** Guaranteed; for `elasticQuota` only, and not over the maximum. */
  minResources?: ResourcesInput | null | undefined;
  /** Policies to take from it. */
  removeSchedulingPolicies?: Array<string> | null | undefined;
};

/** Storage in the backend's own terms, for what the others do not cover. */
export type UrlStorageInput = {
  /** As the kind of storage needs them. The secret can be written only: no query shows it. */
  properties?: Array<NameValueInput> | null | undefined;
  /** Such as `s3://bucket/path`; without a user or a password. */
  url: string;
};

/** A YAML file on a file system, which only the backend reads: what is in it is not checked before it is sent, so a workflow that never ends is not noticed either. */
export type WorkflowPathInput = {
  /** Name of the one on which the file lies, unique per owner. */
  fileSystemName: string;
  /** Path of the file there. */
  path?: string;
};

export type ArtifactsQueryVariables = Exact<{
  source: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ArtifactFilter | null | undefined;
}>;


export type ArtifactsQuery = { artifacts: { nodes: Array<{ name: string, direction: ArtifactDirection | null, paths: Array<string>, fileSystemName: string, ownerName: string, runId: string, stepName: string, jobId: string | null, registeredAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword:
    | { __typename: 'ChangePasswordPayload', user: { name: string } }
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type ClusterDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type ClusterDetailQuery = { cluster: { name: string, type: string, version: string, endpoint: string, online: boolean, namespaces: Array<string> } | null };

export type ClusterResourcesQueryVariables = Exact<{
  source: string;
}>;


export type ClusterResourcesQuery = { clusters: { nodes: Array<{ name: string, online: boolean, resources: { observedAt: string, gap: ClusterResourcesGap | null, total: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null } } | null, remaining: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null } } | null, nodes: Array<{ name: string, schedulable: boolean }> | null } | null }> } | null };

export type ClustersAndQueuesQueryVariables = Exact<{
  source: string;
}>;


export type ClustersAndQueuesQuery = { clusters: { nodes: Array<{ name: string, type: string, version: string, online: boolean }> } | null, queues: { nodes: Array<{ name: string, open: boolean, maxResources: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null }, devices: Array<{ name: string, quantity: { value: number | null } }> } | null, cluster: { name: string } | null }> } | null };

export type CreateClusterMutationVariables = Exact<{
  input: CreateClusterInput;
}>;


export type CreateClusterMutation = { createCluster:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateClusterPayload', cluster: { id: string, name: string, type: string, online: boolean } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreateFileSystemMutationVariables = Exact<{
  input: CreateFileSystemInput;
}>;


export type CreateFileSystemMutation = { createFileSystem:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateFileSystemPayload', fileSystem: { id: string, fsId: string, type: string, properties: Array<{ name: string, value: string }> } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreateFlavourMutationVariables = Exact<{
  input: CreateFlavourInput;
}>;


export type CreateFlavourMutation = { createFlavour:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateFlavourPayload', flavour: { id: string, name: string, size: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null } } } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreateLinkMutationVariables = Exact<{
  input: CreateLinkInput;
}>;


export type CreateLinkMutation = { createLink:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateLinkPayload', link: { id: string, path: string, type: string } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreatePipelineMutationVariables = Exact<{
  input: CreatePipelineInput;
}>;


export type CreatePipelineMutation = { createPipeline:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreatePipelinePayload', pipeline: { id: string, name: string, description: string, owner: { name: string } | null }, version: { id: string, version: string } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string, issues: Array<{ line: number, column: number, message: string, path: Array<string> }> }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreatePipelineVersionMutationVariables = Exact<{
  input: CreatePipelineVersionInput;
}>;


export type CreatePipelineVersionMutation = { createPipelineVersion:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreatePipelineVersionPayload', pipeline: { id: string, description: string, changedAt: string | null }, version: { id: string, version: string, yaml: string | null } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string, issues: Array<{ line: number, column: number, message: string, path: Array<string> }> }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreateQueueMutationVariables = Exact<{
  input: CreateQueueInput;
}>;


export type CreateQueueMutation = { createQueue:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateQueuePayload', queue: { id: string, name: string, open: boolean, maxResources: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null } } | null } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreateRunMutationVariables = Exact<{
  input: CreateRunInput;
}>;


export type CreateRunMutation = { createRun:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateRunPayload', run: { id: string, runId: string, name: string, state: ExecutionState, createdAt: string } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreateScheduleMutationVariables = Exact<{
  input: CreateScheduleInput;
}>;


export type CreateScheduleMutation = { createSchedule:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateSchedulePayload', schedule: { id: string, scheduleId: string, status: ScheduleStatus, nextRunAt: string | null, nextRuns: Array<string> } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string, field: string | null }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'CreateUserPayload', user: { id: string, name: string } }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteClusterMutationVariables = Exact<{
  input: DeleteClusterInput;
}>;


export type DeleteClusterMutation = { deleteCluster:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteClusterPayload', deletedId: string | null, affected: { queueIds: Array<string>, unfinishedRunIds: Array<string>, grantedUserNames: Array<string> } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteFileSystemMutationVariables = Exact<{
  input: DeleteFileSystemInput;
}>;


export type DeleteFileSystemMutation = { deleteFileSystem:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteFileSystemPayload', deletedId: string | null, affected: { linkPaths: Array<string>, scheduleIds: Array<string>, unfinishedRunIds: Array<string> } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteFlavourMutationVariables = Exact<{
  input: DeleteFlavourInput;
}>;


export type DeleteFlavourMutation = { deleteFlavour:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteFlavourPayload', deletedId: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteLinkMutationVariables = Exact<{
  input: DeleteLinkInput;
}>;


export type DeleteLinkMutation = { deleteLink:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteLinkPayload', deletedId: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeletePipelineMutationVariables = Exact<{
  input: DeletePipelineInput;
}>;


export type DeletePipelineMutation = { deletePipeline:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeletePipelinePayload', deletedId: string | null, affected: { unfinishedRunIds: Array<string>, scheduleIds: Array<string> } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeletePipelineVersionMutationVariables = Exact<{
  input: DeletePipelineVersionInput;
}>;


export type DeletePipelineVersionMutation = { deletePipelineVersion:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeletePipelineVersionPayload', deletedId: string | null, affected: { unfinishedRunIds: Array<string>, scheduleIds: Array<string> } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteQueueMutationVariables = Exact<{
  input: DeleteQueueInput;
}>;


export type DeleteQueueMutation = { deleteQueue:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteQueuePayload', deletedId: string | null, affected: { unfinishedRunIds: Array<string>, grantedUserNames: Array<string> } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteRunMutationVariables = Exact<{
  input: DeleteRunInput;
}>;


export type DeleteRunMutation = { deleteRun:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteRunPayload', deletedId: string | null, affected: { obstacles: Array<RunDeletionObstacle>, filesDeleted: Array<string>, filesLeft: Array<string>, cacheUsers: Array<{ id: string, runId: string }> } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteRunCacheMutationVariables = Exact<{
  input: DeleteRunCacheInput;
}>;


export type DeleteRunCacheMutation = { deleteRunCache:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteRunCachePayload', deletedId: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteScheduleMutationVariables = Exact<{
  input: DeleteScheduleInput;
}>;


export type DeleteScheduleMutation = { deleteSchedule:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteSchedulePayload', deletedId: string | null, affected: { unfinishedRunIds: Array<string> } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { deleteUser:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'DeleteUserPayload', deletedId: string | null, affected: { grantedQueueIds: Array<string>, unfinishedRunIds: Array<string>, scheduleIds: Array<string>, runCount: number, pipelineCount: number, fileSystemCount: number } | null }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type FileSystemDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type FileSystemDetailQuery = { fileSystem: { name: string, type: string, serverAddress: string, subPath: string, independentMountProcess: boolean, owner: { name: string } | null } | null };

export type FileSystemLinkQueryVariables = Exact<{
  id: string | number;
  path: string;
}>;


export type FileSystemLinkQuery = { fileSystem: { link: { id: string, type: string, serverAddress: string, subPath: string, properties: Array<{ name: string, value: string }> } | null } | null };

export type FileSystemsQueryVariables = Exact<{
  source: string;
  filter?: FileSystemFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FileSystemsQuery = { fileSystems: { totalCount: number, nodes: Array<{ id: string, name: string, type: string, serverAddress: string, subPath: string, owner: { name: string } | null, properties: Array<{ name: string, value: string }>, links: { nodes: Array<{ id: string, path: string, type: string }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type FlavoursQueryVariables = Exact<{
  source: string;
  filter?: FlavourFilter | null | undefined;
}>;


export type FlavoursQuery = { flavours: { nodes: Array<{ id: string, name: string, size: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null }, devices: Array<{ name: string, quantity: { value: number | null } }> } }> } | null };

export type FollowExecutionsSubscriptionVariables = Exact<{
  id?: string | number | null | undefined;
  filter?: ExecutionFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowExecutionsSubscription = { executionChanged:
    | { __typename: 'ExecutionChange', cursor: string, event: { kind: ExecutionEventKind, at: string, state: ExecutionState }, execution:
        | { __typename: 'Run', id: string, name: string, sourceName: string, state: ExecutionState }
        | { __typename: 'Task', id: string, name: string, sourceName: string, state: ExecutionState }
       | null }
    | { __typename: 'StreamEnd', cursor: string, endReason: StreamEndReason }
    | { __typename: 'StreamGap', cursor: string, gapReason: StreamGapReason }
   };

export type FollowRunSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type FollowRunSubscription = { runChanged:
    | { __typename: 'RunChange', cursor: string, event: { kind: ExecutionEventKind, at: string, state: ExecutionState, rawState: string, message: string, steps: Array<string> }, run: { id: string, state: ExecutionState, observedAt: string } }
    | { __typename: 'StreamEnd', cursor: string, endReason: StreamEndReason }
    | { __typename: 'StreamGap', cursor: string, gapReason: StreamGapReason, missingLines: number | null }
   };

export type FollowRunLogSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type FollowRunLogSubscription = { runLog:
    | { __typename: 'LogLines', cursor: string, stepPath: string, lines: Array<{ number: number, at: string | null, text: string, cut: boolean }> }
    | { __typename: 'StreamEnd', cursor: string, endReason: StreamEndReason }
    | { __typename: 'StreamGap', cursor: string, gapReason: StreamGapReason, fromTime: string | null, toTime: string | null, missingLines: number | null }
   };

export type FollowRunsSubscriptionVariables = Exact<{
  filter?: RunFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowRunsSubscription = { runChanged:
    | { __typename: 'RunChange', cursor: string, event: { kind: ExecutionEventKind, at: string, state: ExecutionState }, run: { id: string, runId: string, name: string, state: ExecutionState, owner: { name: string } | null } }
    | { __typename: 'StreamEnd', cursor: string }
    | { __typename: 'StreamGap', cursor: string, gapReason: StreamGapReason }
   };

export type FollowStepLogSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type FollowStepLogSubscription = { stepLog:
    | { __typename: 'LogLines', cursor: string, lines: Array<{ number: number, at: string | null, text: string, cut: boolean }> }
    | { __typename: 'StreamEnd', cursor: string, endReason: StreamEndReason }
    | { __typename: 'StreamGap', cursor: string, gapReason: StreamGapReason, missingLines: number | null }
   };

export type FollowTaskSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type FollowTaskSubscription = { taskChanged:
    | { __typename: 'StreamEnd', cursor: string, endReason: StreamEndReason }
    | { __typename: 'StreamGap', cursor: string, gapReason: StreamGapReason }
    | { __typename: 'TaskChange', cursor: string, event: { kind: ExecutionEventKind, at: string, state: ExecutionState, rawState: string, message: string }, task: { id: string, state: ExecutionState, endedAt: string | null } | null }
   };

export type FollowTasksSubscriptionVariables = Exact<{
  filter?: TaskFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowTasksSubscription = { taskChanged:
    | { __typename: 'StreamEnd', cursor: string }
    | { __typename: 'StreamGap', cursor: string, gapReason: StreamGapReason }
    | { __typename: 'TaskChange', cursor: string, event: { kind: ExecutionEventKind, at: string, state: ExecutionState }, task: { id: string, taskId: string | null, algorithm: string, state: ExecutionState } | null }
   };

export type GrantQueueMutationVariables = Exact<{
  input: GrantQueueInput;
}>;


export type GrantQueueMutation = { grantQueue:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'GrantQueuePayload', grant: { id: string, grantedAt: string | null } }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type MountCommandQueryVariables = Exact<{
  id: string | number;
  path: string;
}>;


export type MountCommandQuery = { fileSystem: { name: string, mountCommand: string | null } | null };

export type NewestExecutionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ExecutionFilter | null | undefined;
}>;


export type NewestExecutionsQuery = { executions: { totalCount: number, nodes: Array<
      | { __typename: 'Run', id: string, name: string, sourceName: string, state: ExecutionState, rawState: string, message: string, createdAt: string, durationSeconds: number | null }
      | { __typename: 'Task', id: string, name: string, sourceName: string, state: ExecutionState, rawState: string, message: string, createdAt: string, durationSeconds: number | null }
    >, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type NewestRunsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type NewestRunsQuery = { runs: { totalCount: number, complete: boolean, nodes: Array<{ id: string, runId: string, name: string, sourceName: string, state: ExecutionState, rawState: string, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, owner: { name: string } | null, pipeline: { id: string, name: string } | null, queues: Array<{ name: string, cluster: { name: string } | null } | null> | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type NewestTasksQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: TaskFilter | null | undefined;
}>;


export type NewestTasksQuery = { tasks: { totalCount: number, nodes: Array<{ id: string, taskId: string | null, algorithm: string, sourceName: string, state: ExecutionState, rawState: string, submission: TaskSubmission, creator: string | null, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type NextFireTimesQueryVariables = Exact<{
  source: string;
  crontab: string;
  count?: number;
}>;


export type NextFireTimesQuery = { nextFireTimes: { problem: string | null, timeZone: string, times: Array<string> } };

export type PipelineGraphQueryVariables = Exact<{
  id: string | number;
}>;


export type PipelineGraphQuery = { pipeline: { name: string, versions: { nodes: Array<{ id: string, version: string, graphUnreadable: string | null, graph: { parallelism: number, failureStrategy: FailureStrategy, fileSystemName: string | null, nodes: Array<{ path: string, parentPath: string | null, kind: PipelineNodeKind, templateName: string | null, condition: string | null, queueName: string | null, isPostProcess: boolean, disabled: boolean, cached: boolean, loop: { items: unknown, from: string | null } | null }>, edges: Array<{ kind: PipelineEdgeKind, from: string, to: string, names: Array<string> }> } | null }> } | null } | null };

export type PipelineVersionDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type PipelineVersionDetailQuery = { node:
    | { version: string, yaml: string | null, graph: { nodes: Array<{ path: string, kind: PipelineNodeKind }>, edges: Array<{ from: string, to: string }> } | null }
    | Record<PropertyKey, never>
   | null };

export type PipelinesQueryVariables = Exact<{
  source: string;
  first?: number | null | undefined;
}>;


export type PipelinesQuery = { pipelines: { nodes: Array<{ id: string, name: string, description: string, owner: { name: string } | null, versions: { nodes: Array<{ id: string, version: string, yaml: string | null }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type QueueDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type QueueDetailQuery = { queue: { name: string, namespace: string, open: boolean, schedulingPolicies: Array<string>, cluster: { name: string } | null, grants: { nodes: Array<{ grantedAt: string | null, user: { name: string } }> } | null } | null };

export type QueueGrantsQueryVariables = Exact<{
  userId: string | number;
}>;


export type QueueGrantsQuery = { queueGrants: { nodes: Array<{ id: string, grantedAt: string | null, user: { name: string }, queue: { id: string, name: string } | null }> } | null };

export type QueueUsageQueryVariables = Exact<{
  id: string | number;
}>;


export type QueueUsageQuery = { queue: { name: string, rawState: string, usageObservedAt: string | null, maxResources: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null }, devices: Array<{ name: string, quantity: { value: number | null } }> } | null, usedResources: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null }, devices: Array<{ name: string, quantity: { value: number | null } }> } | null, idleResources: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null }, devices: Array<{ name: string, quantity: { value: number | null } }> } | null } | null };

export type AmountsFragment = { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null }, devices: Array<{ name: string, quantity: { value: number | null } }> };

export type RetryRunMutationVariables = Exact<{
  input: RetryRunInput;
}>;


export type RetryRunMutation = { retryRun:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'RetryRunPayload', run: { id: string, runId: string, state: ExecutionState } }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type RevokeQueueMutationVariables = Exact<{
  input: RevokeQueueInput;
}>;


export type RevokeQueueMutation = { revokeQueue:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'RevokeQueuePayload', deletedId: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type RunCacheQueryVariables = Exact<{
  id: string | number;
}>;


export type RunCacheQuery = { runCache: { id: string, cacheId: string, runId: string, jobId: string | null, origin: string, fileSystemName: string | null, ownerName: string, firstFingerprint: string, secondFingerprint: string, strategy: string, expiresAt: string | null, registeredAt: string | null, changedAt: string | null } | null };

export type RunCachesQueryVariables = Exact<{
  source: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: RunCacheFilter | null | undefined;
}>;


export type RunCachesQuery = { runCaches: { nodes: Array<{ id: string, cacheId: string, runId: string, jobId: string | null, origin: string, fileSystemName: string | null, ownerName: string, expiresAt: string | null, registeredAt: string | null, run: { name: string, state: ExecutionState } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type RunDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type RunDetailQuery = { run: { id: string, runId: string, name: string, description: string, sourceName: string, state: ExecutionState, rawState: string, message: string, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, observedAt: string, settled: boolean, logArchived: LogArchiveState, parameters: unknown, owner: { name: string } | null, pipeline: { id: string, name: string } | null, queues: Array<{ name: string } | null> | null, steps: Array<
      | { __typename: 'Dag', name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, steps: Array<
          | { __typename: 'Dag', name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, steps: Array<
              | { __typename: 'Dag', name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, resolvedParameters: Array<{ name: string, value: string }> }
              | { __typename: 'Step', id: string, jobId: string | null, command: string, image: string, name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, env: Array<{ name: string, value: string }>, cachedFrom: { runId: string, jobId: string } | null, resolvedParameters: Array<{ name: string, value: string }> }
            >, resolvedParameters: Array<{ name: string, value: string }> }
          | { __typename: 'Step', id: string, jobId: string | null, command: string, image: string, name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, env: Array<{ name: string, value: string }>, cachedFrom: { runId: string, jobId: string } | null, resolvedParameters: Array<{ name: string, value: string }> }
        >, resolvedParameters: Array<{ name: string, value: string }> }
      | { __typename: 'Step', id: string, jobId: string | null, command: string, image: string, name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, env: Array<{ name: string, value: string }>, cachedFrom: { runId: string, jobId: string } | null, resolvedParameters: Array<{ name: string, value: string }> }
    > | null, postProcess: { __typename: 'Step', id: string, jobId: string | null, command: string, image: string, name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, env: Array<{ name: string, value: string }>, cachedFrom: { runId: string, jobId: string } | null, resolvedParameters: Array<{ name: string, value: string }> } | null } | null };

type ComponentFields_Dag_Fragment = { __typename: 'Dag', name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, resolvedParameters: Array<{ name: string, value: string }> };

type ComponentFields_Step_Fragment = { __typename: 'Step', id: string, jobId: string | null, command: string, image: string, name: string, path: string, iteration: number, state: ExecutionState, rawState: string, message: string, startedAt: string | null, endedAt: string | null, dependsOn: Array<string>, env: Array<{ name: string, value: string }>, cachedFrom: { runId: string, jobId: string } | null, resolvedParameters: Array<{ name: string, value: string }> };

export type ComponentFieldsFragment =
  | ComponentFields_Dag_Fragment
  | ComponentFields_Step_Fragment
;

export type RunLeavingsQueryVariables = Exact<{
  id: string | number;
}>;


export type RunLeavingsQuery = { run: { id: string, runId: string, state: ExecutionState, stuckSince: string | null, retryOf: { id: string, runId: string, state: ExecutionState } | null, retries: Array<{ id: string, runId: string, state: ExecutionState }>, cachedRuns: Array<{ id: string, runId: string, state: ExecutionState }> | null, caches: Array<{ id: string, cacheId: string, jobId: string | null, expiresAt: string | null }> | null, artifacts: Array<{ name: string, direction: ArtifactDirection | null, paths: Array<string>, stepName: string }> | null } | null };

export type RunLogQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RunLogQuery = { run: { id: string, logArchived: LogArchiveState, log: { ended: boolean, edges: Array<{ cursor: string, stepPath: string, node: { number: number, at: string | null, text: string, cut: boolean } }>, gaps: Array<{ gapReason: StreamGapReason, missingLines: number | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type RunWorkflowQueryVariables = Exact<{
  id: string | number;
}>;


export type RunWorkflowQuery = { run: { origin: string, parameters: unknown, disabled: Array<string> | null, failureStrategy: FailureStrategy | null, yaml: string | null, pipelineVersion: { version: string } | null, steps: Array<
      | { path: string }
      | { path: string, queue: { name: string } | null }
    > | null } | null };

export type ScheduleDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type ScheduleDetailQuery = { schedule: { name: string, description: string, crontab: string, timeZone: string, status: ScheduleStatus, rawState: string, concurrency: number | null, concurrencyPolicy: ConcurrencyPolicy | null, expireAfterSeconds: number | null, catchUp: boolean, startAt: string | null, endAt: string | null, nextRunAt: string | null, nextRuns: Array<string>, owner: { name: string } | null, runs: { totalCount: number, nodes: Array<{ id: string, runId: string, state: ExecutionState, scheduledAt: string | null }> } } | null };

export type SchedulesQueryVariables = Exact<{
  source: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ScheduleFilter | null | undefined;
}>;


export type SchedulesQuery = { schedules: { nodes: Array<{ id: string, name: string, crontab: string, status: ScheduleStatus, nextRunAt: string | null, pipeline: { name: string } | null, pipelineVersion: { version: string } | null, runs: { totalCount: number, nodes: Array<{ runId: string, state: ExecutionState, scheduledAt: string | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'InvalidCredentialsProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'NotSupportedProblem', message: string }
    | { __typename: 'RateLimitedProblem', waitSeconds: number, message: string }
    | { __typename: 'SignInPayload', token: string, expiresAt: string, viewer: { name: string, role: Role, sourceName: string | null } }
   | null };

export type SourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourcesQuery = { viewer: { name: string, role: Role }, sources: Array<
    | { name: string, kind: SourceKind, health: SourceHealth, problem: string | null, since: string | null, circuit: CircuitState, syncedAt: string | null, lagSeconds: number }
    | { version: string | null, name: string, kind: SourceKind, health: SourceHealth, problem: string | null, since: string | null, circuit: CircuitState, syncedAt: string | null, lagSeconds: number, sync: { phase: SyncPhase, doneShare: number, newestId: string | null } }
  > };

export type StepLogQueryVariables = Exact<{
  id: string | number;
  last?: number | null | undefined;
}>;


export type StepLogQuery = { node:
    | { path: string, log: { ended: boolean, nodes: Array<{ number: number, at: string | null, text: string }> } }
    | Record<PropertyKey, never>
   | null };

export type StepStatisticsQueryVariables = Exact<{
  id: string | number;
}>;


export type StepStatisticsQuery = { run: { steps: Array<
      | { path: string }
      | { id: string, path: string, statistics: { observedAt: string, cpuPercent: number | null, memoryPercent: number | null, memoryBytes: number | null, diskBytes: number | null, networkReceivedBytesPerSecond: number | null, networkSentBytesPerSecond: number | null, diskReadBytesPerSecond: number | null, diskWrittenBytesPerSecond: number | null, gpuPercent: number | null, gpuMemoryPercent: number | null, gpuMemoryBytes: number | null } | null }
    > | null } | null };

export type StepStatisticsSeriesQueryVariables = Exact<{
  id: string | number;
  start?: string | null | undefined;
  end?: string | null | undefined;
  stepSeconds?: number;
}>;


export type StepStatisticsSeriesQuery = { node:
    | { path: string, statisticsSeries: { observedAt: string, startedAt: string | null, stepSeconds: number, truncated: boolean, gap: StatisticsGap | null, tasks: Array<{ name: string, metrics: Array<{ metric: string, unit: MetricUnit | null, values: Array<number | null> }> }> | null } | null }
    | Record<PropertyKey, never>
   | null };

export type StopQueueMutationVariables = Exact<{
  input: StopQueueInput;
}>;


export type StopQueueMutation = { stopQueue:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'NotSupportedProblem', message: string }
    | { __typename: 'StopQueuePayload', queue: { id: string, open: boolean, rawState: string } }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type StopRunMutationVariables = Exact<{
  input: StopRunInput;
}>;


export type StopRunMutation = { stopRun:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'StopRunPayload', run: { id: string, runId: string, state: ExecutionState, rawState: string } }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type StopScheduleMutationVariables = Exact<{
  input: StopScheduleInput;
}>;


export type StopScheduleMutation = { stopSchedule:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'StopSchedulePayload', schedule: { id: string, status: ScheduleStatus, nextRunAt: string | null } }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type SubmitTaskMutationVariables = Exact<{
  input: SubmitTaskInput;
}>;


export type SubmitTaskMutation = { submitTask:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'SubmitTaskPayload', task: { id: string, taskId: string | null, state: ExecutionState, createdAt: string } }
    | { __typename: 'UnconfirmedProblem', executionId: string | null, message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type TaskDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type TaskDetailQuery = { task: { id: string, taskId: string | null, algorithm: string, state: ExecutionState, rawState: string, message: string, submission: TaskSubmission, email: string, parameters: unknown, createdAt: string, addedAt: string | null, startedAt: string | null, endedAt: string | null, observedAt: string, input: { uri: string, profile: string | null }, output: { kind: StorageKind, host: string, port: string, bucket: string | null, path: string, uri: string } } | null };

export type UnblockRunMutationVariables = Exact<{
  input: UnblockRunInput;
}>;


export type UnblockRunMutation = { unblockRun:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnblockRunPayload', run: { id: string, runId: string, state: ExecutionState, stuckSince: string | null }, jobs: Array<{ path: string, jobId: string, outcome: JobStopOutcome, message: string | null }> }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type UpdateClusterMutationVariables = Exact<{
  input: UpdateClusterInput;
}>;


export type UpdateClusterMutation = { updateCluster:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpdateClusterPayload', cluster: { id: string, description: string, online: boolean, namespaces: Array<string> } }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type UpdateFlavourMutationVariables = Exact<{
  input: UpdateFlavourInput;
}>;


export type UpdateFlavourMutation = { updateFlavour:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpdateFlavourPayload', flavour: { id: string, name: string, size: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null } } } }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type UpdateQueueMutationVariables = Exact<{
  input: UpdateQueueInput;
}>;


export type UpdateQueueMutation = { updateQueue:
    | { __typename: 'ConflictProblem', message: string }
    | { __typename: 'ForbiddenProblem', message: string }
    | { __typename: 'InvalidInputProblem', field: string | null, message: string }
    | { __typename: 'NotFoundProblem', message: string }
    | { __typename: 'NotSupportedProblem', message: string }
    | { __typename: 'UnconfirmedProblem', message: string }
    | { __typename: 'UpdateQueuePayload', queue: { id: string, schedulingPolicies: Array<string>, maxResources: { cpu: { text: string, value: number | null }, memory: { text: string, value: number | null } } | null } }
    | { __typename: 'UpstreamRejectedProblem', message: string }
   | null };

export type UserDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type UserDetailQuery = { user: { id: string, name: string, sourceName: string, registeredAt: string | null, runs: { totalCount: number, nodes: Array<{ id: string, name: string, state: ExecutionState }> } } | null };

export type UsersQueryVariables = Exact<{
  source: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type UsersQuery = { users: { nodes: Array<{ id: string, name: string, registeredAt: string | null, queueGrants: { nodes: Array<{ grantedAt: string | null, queue: { name: string } | null }> } | null, runs: { totalCount: number, nodes: Array<{ name: string, state: ExecutionState }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ValidatePipelineQueryVariables = Exact<{
  yaml: string;
  use?: PipelineUse;
}>;


export type ValidatePipelineQuery = { validatePipeline: { valid: boolean, issues: Array<{ severity: IssueSeverity, line: number, column: number, message: string, path: Array<string> }> } };

export const AmountsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Amounts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Resources"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]} as unknown as DocumentNode<AmountsFragment, unknown>;
export const ComponentFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ComponentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Component"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"iteration"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dependsOn"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedParameters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Step"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"command"}},{"kind":"Field","name":{"kind":"Name","value":"image"}},{"kind":"Field","name":{"kind":"Name","value":"env"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cachedFrom"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}}]}}]}}]}}]} as unknown as DocumentNode<ComponentFieldsFragment, unknown>;
export const ArtifactsDocument = {"__meta__":{"hash":"sha256:5a67a5669cf771f32178006c787dde1aa95acbdbd6d197ec02c8cb74de181cb5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Artifacts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ArtifactFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artifacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"paths"}},{"kind":"Field","name":{"kind":"Name","value":"fileSystemName"}},{"kind":"Field","name":{"kind":"Name","value":"ownerName"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"stepName"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ArtifactsQuery, ArtifactsQueryVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:8284ce89b67ad7997bb13b4109f43419ee2d8d0e684398376c2295f22dbc966c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const ClusterDetailDocument = {"__meta__":{"hash":"sha256:6f1d41d452f9358abbf05fccf987bc2c3685a6bdedc35f4167279bab16acb778"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClusterDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"endpoint"}},{"kind":"Field","name":{"kind":"Name","value":"online"}},{"kind":"Field","name":{"kind":"Name","value":"namespaces"}}]}}]}}]} as unknown as DocumentNode<ClusterDetailQuery, ClusterDetailQueryVariables>;
export const ClusterResourcesDocument = {"__meta__":{"hash":"sha256:719c3af1c235a3553be59054cf6d066ab03ce71e4c51429fdac7547745cb8ba3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClusterResources"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clusters"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"online"}},{"kind":"Field","name":{"kind":"Name","value":"resources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"gap"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"remaining"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"schedulable"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ClusterResourcesQuery, ClusterResourcesQueryVariables>;
export const ClustersAndQueuesDocument = {"__meta__":{"hash":"sha256:6801a1732bbae12bc4fa515bde45ee518f2aa48b89be49b12dacc6b1e28c2078"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClustersAndQueues"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clusters"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"queues"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"maxResources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ClustersAndQueuesQuery, ClustersAndQueuesQueryVariables>;
export const CreateClusterDocument = {"__meta__":{"hash":"sha256:6e8000f833e742f3d23e2845c587f92e7af078911f33629304d97c7f8e1f38ec"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCluster"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateClusterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createCluster"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateClusterPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateClusterMutation, CreateClusterMutationVariables>;
export const CreateFileSystemDocument = {"__meta__":{"hash":"sha256:c44ec86cdfde27db221b2859304492afc59df30b48c086922775e678de874403"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateFileSystem"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateFileSystemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createFileSystem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateFileSystemPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileSystem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fsId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"properties"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateFileSystemMutation, CreateFileSystemMutationVariables>;
export const CreateFlavourDocument = {"__meta__":{"hash":"sha256:1119cfca96dcbb5dc6b0500eec5c6ea9c536dc94d42a2cd9e5519646f6d17d78"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateFlavour"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateFlavourInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createFlavour"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateFlavourPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"flavour"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"size"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateFlavourMutation, CreateFlavourMutationVariables>;
export const CreateLinkDocument = {"__meta__":{"hash":"sha256:ddf3e0f944ff99e4b6bfb8eadbe014bea43041d9a9f648d1e40f0ef07f53fc5e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateLinkPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateLinkMutation, CreateLinkMutationVariables>;
export const CreatePipelineDocument = {"__meta__":{"hash":"sha256:fc6103ef2f9669889a2371dec07a195f5c686644e62ede2967734ea7e0b261b7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePipeline"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePipelineInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPipeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePipelinePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreatePipelineMutation, CreatePipelineMutationVariables>;
export const CreatePipelineVersionDocument = {"__meta__":{"hash":"sha256:f0e650b63e5d6af68a8fbef5bf67f437886ac97aa894f998dfed0732d01c49ac"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePipelineVersion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePipelineVersionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPipelineVersion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePipelineVersionPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"yaml"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreatePipelineVersionMutation, CreatePipelineVersionMutationVariables>;
export const CreateQueueDocument = {"__meta__":{"hash":"sha256:9a1ca066237c3d54e96bf6f430ad2f5ad0912ddbd821f08e2e5ddac6342047ea"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateQueueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateQueuePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"maxResources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateQueueMutation, CreateQueueMutationVariables>;
export const CreateRunDocument = {"__meta__":{"hash":"sha256:b926e4d213ddc6c628076c7115b34499a2b8593e405216f7c22d05011e8ea27b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateRunMutation, CreateRunMutationVariables>;
export const CreateScheduleDocument = {"__meta__":{"hash":"sha256:194b07f2584cbf00c72071f2d47e36cd1991800e61ca626280b10d1a58f7ec0f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateSchedule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateScheduleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSchedule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateSchedulePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"scheduleId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"count"},"value":{"kind":"IntValue","value":"5"}}]}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<CreateScheduleMutation, CreateScheduleMutationVariables>;
export const CreateUserDocument = {"__meta__":{"hash":"sha256:8f2932e8f7270b0b2da8ea2c0fcdb8fcba6f7282bb687d74ea0798fe85fb74cc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateUserPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateUserMutation, CreateUserMutationVariables>;
export const DeleteClusterDocument = {"__meta__":{"hash":"sha256:5cb98ef8d944c3fea0290a8d795e6269e91847fb491c7a3fff2a176b3f461553"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteCluster"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteClusterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteCluster"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteClusterPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queueIds"}},{"kind":"Field","name":{"kind":"Name","value":"unfinishedRunIds"}},{"kind":"Field","name":{"kind":"Name","value":"grantedUserNames"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteClusterMutation, DeleteClusterMutationVariables>;
export const DeleteFileSystemDocument = {"__meta__":{"hash":"sha256:eb908aec3013b873effd35c083650658fd1389ce898d2e4be12d58ee293ebc2f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteFileSystem"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteFileSystemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteFileSystem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteFileSystemPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"linkPaths"}},{"kind":"Field","name":{"kind":"Name","value":"scheduleIds"}},{"kind":"Field","name":{"kind":"Name","value":"unfinishedRunIds"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteFileSystemMutation, DeleteFileSystemMutationVariables>;
export const DeleteFlavourDocument = {"__meta__":{"hash":"sha256:4ebbf5b30a3a97c788a27d51fd08a2169dfecae456c3681bd24931a2c6a29e7d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteFlavour"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteFlavourInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteFlavour"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteFlavourPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteFlavourMutation, DeleteFlavourMutationVariables>;
export const DeleteLinkDocument = {"__meta__":{"hash":"sha256:63711632ae16b334ed9669d5c031014792294b2061cb742f9ba6fcb2c09a83d9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteLinkPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteLinkMutation, DeleteLinkMutationVariables>;
export const DeletePipelineDocument = {"__meta__":{"hash":"sha256:7b53af54e9793a1b4f8043343953ac16ff3cf861f96780ed87a94c8de5b8cd15"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeletePipeline"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeletePipelineInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletePipeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeletePipelinePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unfinishedRunIds"}},{"kind":"Field","name":{"kind":"Name","value":"scheduleIds"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeletePipelineMutation, DeletePipelineMutationVariables>;
export const DeletePipelineVersionDocument = {"__meta__":{"hash":"sha256:4bda6e4bf14bcb780f7147ac6e6fef2b83f77b72db79892a1d2562b62029360a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeletePipelineVersion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeletePipelineVersionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletePipelineVersion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeletePipelineVersionPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unfinishedRunIds"}},{"kind":"Field","name":{"kind":"Name","value":"scheduleIds"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeletePipelineVersionMutation, DeletePipelineVersionMutationVariables>;
export const DeleteQueueDocument = {"__meta__":{"hash":"sha256:d8f6914cec087c69a1affc6ab0cdb1f4aa5a01b62ed4a119ecb98bf990de8e3e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteQueueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteQueuePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unfinishedRunIds"}},{"kind":"Field","name":{"kind":"Name","value":"grantedUserNames"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteQueueMutation, DeleteQueueMutationVariables>;
export const DeleteRunDocument = {"__meta__":{"hash":"sha256:8a45b52e4cc67584b13946a69a98026378fd8663bfa20601f43061039e88dc4b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"obstacles"}},{"kind":"Field","name":{"kind":"Name","value":"cacheUsers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"filesDeleted"}},{"kind":"Field","name":{"kind":"Name","value":"filesLeft"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteRunMutation, DeleteRunMutationVariables>;
export const DeleteRunCacheDocument = {"__meta__":{"hash":"sha256:623e433e20ec581420add6efe2722bcabb06f5857d20f3fdfd2b75a96e65887d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteRunCache"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteRunCacheInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteRunCache"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteRunCachePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteRunCacheMutation, DeleteRunCacheMutationVariables>;
export const DeleteScheduleDocument = {"__meta__":{"hash":"sha256:d4c910fc75fa0ddd4c52557d55de8103061425185099282cada86157089dd48e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteSchedule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteScheduleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteSchedule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteSchedulePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unfinishedRunIds"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteScheduleMutation, DeleteScheduleMutationVariables>;
export const DeleteUserDocument = {"__meta__":{"hash":"sha256:7d6ced40f99ebd1d8b185c8fd77845d93c1c5b9873c498e58eb33cc756a098c0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteUserPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"affected"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"grantedQueueIds"}},{"kind":"Field","name":{"kind":"Name","value":"unfinishedRunIds"}},{"kind":"Field","name":{"kind":"Name","value":"scheduleIds"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"pipelineCount"}},{"kind":"Field","name":{"kind":"Name","value":"fileSystemCount"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteUserMutation, DeleteUserMutationVariables>;
export const FileSystemDetailDocument = {"__meta__":{"hash":"sha256:ea5d796848007129f3ba3e9f153fb677dda7889398fd6de42c90f5482585a56e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FileSystemDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileSystem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"serverAddress"}},{"kind":"Field","name":{"kind":"Name","value":"subPath"}},{"kind":"Field","name":{"kind":"Name","value":"independentMountProcess"}}]}}]}}]} as unknown as DocumentNode<FileSystemDetailQuery, FileSystemDetailQueryVariables>;
export const FileSystemLinkDocument = {"__meta__":{"hash":"sha256:86efdd85c6938f4d2b7c4ef49d9df6e5bec6cb35c7e61784bcecf7d9ed70d4e3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FileSystemLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"path"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileSystem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"link"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"path"},"value":{"kind":"Variable","name":{"kind":"Name","value":"path"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"serverAddress"}},{"kind":"Field","name":{"kind":"Name","value":"subPath"}},{"kind":"Field","name":{"kind":"Name","value":"properties"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FileSystemLinkQuery, FileSystemLinkQueryVariables>;
export const FileSystemsDocument = {"__meta__":{"hash":"sha256:1176c5051f25c5eb7e783e514e9474708ca8ba99d0d2475c27ddd78707067b94"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FileSystems"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"FileSystemFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileSystems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"serverAddress"}},{"kind":"Field","name":{"kind":"Name","value":"subPath"}},{"kind":"Field","name":{"kind":"Name","value":"properties"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<FileSystemsQuery, FileSystemsQueryVariables>;
export const FlavoursDocument = {"__meta__":{"hash":"sha256:02e7ea09eaf78e1afc0e7c095085c9b603e3cdfa4b10465cfb95d617a1adba70"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Flavours"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"FlavourFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"flavours"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"size"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FlavoursQuery, FlavoursQueryVariables>;
export const FollowExecutionsDocument = {"__meta__":{"hash":"sha256:fa8da11b635a4a50de67cd217bb29fe06c6527c9dd84a506df6251a8499c205e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowExecutions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executionChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"execution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}}]}}]}}]} as unknown as DocumentNode<FollowExecutionsSubscription, FollowExecutionsSubscriptionVariables>;
export const FollowRunDocument = {"__meta__":{"hash":"sha256:cd4311b84271bcb37fad12f750ef89df1921fade6b9bb023089c8ce13482d9ed"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"steps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}},{"kind":"Field","name":{"kind":"Name","value":"missingLines"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}}]}}]}}]} as unknown as DocumentNode<FollowRunSubscription, FollowRunSubscriptionVariables>;
export const FollowRunLogDocument = {"__meta__":{"hash":"sha256:9c93300b86fb259a59fdb2ba602591a83f255392a276cdc5001ce3290c009f94"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowRunLog"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runLog"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LogLines"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stepPath"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"cut"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}},{"kind":"Field","name":{"kind":"Name","value":"fromTime"}},{"kind":"Field","name":{"kind":"Name","value":"toTime"}},{"kind":"Field","name":{"kind":"Name","value":"missingLines"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}}]}}]}}]} as unknown as DocumentNode<FollowRunLogSubscription, FollowRunLogSubscriptionVariables>;
export const FollowRunsDocument = {"__meta__":{"hash":"sha256:329a488b489ed2ff90373efe1ad673fa6eac8a48c84e1a0ca3ebba2db5bc676f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RunFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}}]}}]}}]}}]} as unknown as DocumentNode<FollowRunsSubscription, FollowRunsSubscriptionVariables>;
export const FollowStepLogDocument = {"__meta__":{"hash":"sha256:d3a4d7e3f5c16243fea42309698be10765b9d97b84e5c18bb707fbd628dfe59f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowStepLog"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stepLog"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LogLines"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"cut"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}},{"kind":"Field","name":{"kind":"Name","value":"missingLines"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}}]}}]}}]} as unknown as DocumentNode<FollowStepLogSubscription, FollowStepLogSubscriptionVariables>;
export const FollowTaskDocument = {"__meta__":{"hash":"sha256:4b4b7e43415e80e94e968fc853acc9d53cb55a7a6c6ff12f27e91a136ae3be86"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taskChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}}]}}]}}]}}]} as unknown as DocumentNode<FollowTaskSubscription, FollowTaskSubscriptionVariables>;
export const FollowTasksDocument = {"__meta__":{"hash":"sha256:15fa86745abdd6fb3b8ce24e4a68beb00721b2a71922a4210bd1eda2a6aa7b2a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TaskFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taskChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TaskChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}},{"kind":"Field","name":{"kind":"Name","value":"algorithm"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}}]}}]}}]}}]} as unknown as DocumentNode<FollowTasksSubscription, FollowTasksSubscriptionVariables>;
export const GrantQueueDocument = {"__meta__":{"hash":"sha256:4860b603c132cdb4e0235716c739c22cd696a25acaca59fd3ec5b2970da696bb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"GrantQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GrantQueueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"grantQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantQueuePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"grant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"grantedAt"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<GrantQueueMutation, GrantQueueMutationVariables>;
export const MountCommandDocument = {"__meta__":{"hash":"sha256:12394159144f45d426529da3766da32c590dd188ff4eb31a937e043b3a67f113"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MountCommand"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"path"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileSystem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mountCommand"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"path"},"value":{"kind":"Variable","name":{"kind":"Name","value":"path"}}}]}]}}]}}]} as unknown as DocumentNode<MountCommandQuery, MountCommandQueryVariables>;
export const NewestExecutionsDocument = {"__meta__":{"hash":"sha256:edea8fa61050655a00ec0fe2e40061087d2952ebfac0621533803d9c500153ae"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NewestExecutions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ExecutionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<NewestExecutionsQuery, NewestExecutionsQueryVariables>;
export const NewestRunsDocument = {"__meta__":{"hash":"sha256:82ce63115a2d304eeef9280338ee7adae71e4d37da7bb249665b792a5662f8fa"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NewestRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<NewestRunsQuery, NewestRunsQueryVariables>;
export const NewestTasksDocument = {"__meta__":{"hash":"sha256:b32049f2061ad1586842d0fd7f37467d00a405193664b8eadbaf1abd499e7441"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NewestTasks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TaskFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tasks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}},{"kind":"Field","name":{"kind":"Name","value":"algorithm"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"submission"}},{"kind":"Field","name":{"kind":"Name","value":"creator"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<NewestTasksQuery, NewestTasksQueryVariables>;
export const NextFireTimesDocument = {"__meta__":{"hash":"sha256:fad77bf5fa3898e4643e54a391e1acd50e90aeabe27e974dd03fda21706f4c1c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NextFireTimes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"crontab"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"count"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextFireTimes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"crontab"},"value":{"kind":"Variable","name":{"kind":"Name","value":"crontab"}}},{"kind":"Argument","name":{"kind":"Name","value":"count"},"value":{"kind":"Variable","name":{"kind":"Name","value":"count"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"times"}}]}}]}}]} as unknown as DocumentNode<NextFireTimesQuery, NextFireTimesQueryVariables>;
export const PipelineGraphDocument = {"__meta__":{"hash":"sha256:fdd064d6c78f428dca5953afee05ffbd621fc8e09330d0643a61c4f41a3e0a5c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PipelineGraph"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"versions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"graphUnreadable"}},{"kind":"Field","name":{"kind":"Name","value":"graph"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parallelism"}},{"kind":"Field","name":{"kind":"Name","value":"failureStrategy"}},{"kind":"Field","name":{"kind":"Name","value":"fileSystemName"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"parentPath"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"templateName"}},{"kind":"Field","name":{"kind":"Name","value":"condition"}},{"kind":"Field","name":{"kind":"Name","value":"loop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"items"}},{"kind":"Field","name":{"kind":"Name","value":"from"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queueName"}},{"kind":"Field","name":{"kind":"Name","value":"isPostProcess"}},{"kind":"Field","name":{"kind":"Name","value":"disabled"}},{"kind":"Field","name":{"kind":"Name","value":"cached"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"names"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PipelineGraphQuery, PipelineGraphQueryVariables>;
export const PipelineVersionDetailDocument = {"__meta__":{"hash":"sha256:5c518a88b8c32454d2e35719cb368b7183fcca190f9bf700bbbadb36a5a224c4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PipelineVersionDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PipelineVersion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"yaml"}},{"kind":"Field","name":{"kind":"Name","value":"graph"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PipelineVersionDetailQuery, PipelineVersionDetailQueryVariables>;
export const PipelinesDocument = {"__meta__":{"hash":"sha256:89cf48a53b4ac40f42e5edca2c1b64c20260d1e9f6be03f6dca9673d7b92fc52"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Pipelines"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipelines"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"versions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"yaml"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<PipelinesQuery, PipelinesQueryVariables>;
export const QueueDetailDocument = {"__meta__":{"hash":"sha256:30d4949da6bd10b6859b278e48b491b54ae47c5554a722b25f61e9c275108348"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"QueueDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"namespace"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"schedulingPolicies"}},{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grantedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<QueueDetailQuery, QueueDetailQueryVariables>;
export const QueueGrantsDocument = {"__meta__":{"hash":"sha256:99f6e2295ff0ca906b0b3b15e26732d8b1cca5f39884f80bb2c1c8122a24578b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"QueueGrants"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queueGrants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grantedAt"}}]}}]}}]}}]} as unknown as DocumentNode<QueueGrantsQuery, QueueGrantsQueryVariables>;
export const QueueUsageDocument = {"__meta__":{"hash":"sha256:39650f75b862d8603a0482b3bb1b56a22937eba90d03cb8fdcc2ad3cbcb80ebb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"QueueUsage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"maxResources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Amounts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usedResources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Amounts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"idleResources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Amounts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usageObservedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Amounts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Resources"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]} as unknown as DocumentNode<QueueUsageQuery, QueueUsageQueryVariables>;
export const RetryRunDocument = {"__meta__":{"hash":"sha256:719a4a73379b1b4aeab94356f39980c5c6b5d59b9141c0e59f7131b756ca8ece"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RetryRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RetryRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetryRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RetryRunMutation, RetryRunMutationVariables>;
export const RevokeQueueDocument = {"__meta__":{"hash":"sha256:7503b3a6491f2f2ba85363123fad22773049cf357952038f77acf2ae2d6df668"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeQueueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeQueuePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RevokeQueueMutation, RevokeQueueMutationVariables>;
export const RunCacheDocument = {"__meta__":{"hash":"sha256:c7315bdd07f0a9b85bf182c877e0ae7b627f84fda719c4e35be8a414e5719a10"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunCache"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runCache"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cacheId"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"fileSystemName"}},{"kind":"Field","name":{"kind":"Name","value":"ownerName"}},{"kind":"Field","name":{"kind":"Name","value":"firstFingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"secondFingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}}]}}]}}]} as unknown as DocumentNode<RunCacheQuery, RunCacheQueryVariables>;
export const RunCachesDocument = {"__meta__":{"hash":"sha256:d827191d14e3bda44227d928c32a3eeb0a330b73f26a0742c9308b1c58608266"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunCaches"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RunCacheFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runCaches"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cacheId"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"fileSystemName"}},{"kind":"Field","name":{"kind":"Name","value":"ownerName"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<RunCachesQuery, RunCachesQueryVariables>;
export const RunDetailDocument = {"__meta__":{"hash":"sha256:4e66f9721094ef170a5f12d3f788a653abbe64ff4e7b6db82fd17d19e3b05e37"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"settled"}},{"kind":"Field","name":{"kind":"Name","value":"logArchived"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"parameters"}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ComponentFields"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Dag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ComponentFields"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Dag"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ComponentFields"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"postProcess"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ComponentFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ComponentFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Component"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"iteration"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dependsOn"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedParameters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Step"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"command"}},{"kind":"Field","name":{"kind":"Name","value":"image"}},{"kind":"Field","name":{"kind":"Name","value":"env"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cachedFrom"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}}]}}]}}]}}]} as unknown as DocumentNode<RunDetailQuery, RunDetailQueryVariables>;
export const RunLeavingsDocument = {"__meta__":{"hash":"sha256:1649fe178d4a877fd13a404f8d58eb1e51b9ad6aaac8df518689581b05e436df"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunLeavings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stuckSince"}},{"kind":"Field","name":{"kind":"Name","value":"retryOf"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"retries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cachedRuns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"caches"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cacheId"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"artifacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"paths"}},{"kind":"Field","name":{"kind":"Name","value":"stepName"}}]}}]}}]}}]} as unknown as DocumentNode<RunLeavingsQuery, RunLeavingsQueryVariables>;
export const RunLogDocument = {"__meta__":{"hash":"sha256:60b32010b56e9a7fa37836a451fab967d270026d774b74cb3aa9677d6fbc57d9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunLog"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"100"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"logArchived"}},{"kind":"Field","name":{"kind":"Name","value":"log"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"stepPath"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"cut"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"gaps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gapReason"}},{"kind":"Field","name":{"kind":"Name","value":"missingLines"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ended"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RunLogQuery, RunLogQueryVariables>;
export const RunWorkflowDocument = {"__meta__":{"hash":"sha256:3bbba2c21485c5c9ce83762eb033614d893ac16cb0baab887416d8ec86873965"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunWorkflow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"pipelineVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"parameters"}},{"kind":"Field","name":{"kind":"Name","value":"disabled"}},{"kind":"Field","name":{"kind":"Name","value":"failureStrategy"}},{"kind":"Field","name":{"kind":"Name","value":"yaml"}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Step"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<RunWorkflowQuery, RunWorkflowQueryVariables>;
export const ScheduleDetailDocument = {"__meta__":{"hash":"sha256:0c50afdba57f31ca3dac1ffea2461e228eb6e0a4587da22d2d96f89d2cb09bec"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ScheduleDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schedule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"crontab"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"concurrency"}},{"kind":"Field","name":{"kind":"Name","value":"concurrencyPolicy"}},{"kind":"Field","name":{"kind":"Name","value":"expireAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"catchUp"}},{"kind":"Field","name":{"kind":"Name","value":"startAt"}},{"kind":"Field","name":{"kind":"Name","value":"endAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"count"},"value":{"kind":"IntValue","value":"5"}}]},{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ScheduleDetailQuery, ScheduleDetailQueryVariables>;
export const SchedulesDocument = {"__meta__":{"hash":"sha256:f01f77f12201cfd70b4c2a5750550ccf3ee530612d75d23277420e4c7268d7f2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Schedules"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ScheduleFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schedules"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"crontab"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}},{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pipelineVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<SchedulesQuery, SchedulesQueryVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:4485fe2bab8c9b91697fae9fbc103383a054c7cb50bda79cc512e9b68393f98e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignInPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"waitSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SourcesDocument = {"__meta__":{"hash":"sha256:989a4a28364408684bdbdcfc61641d1b0b12563b397d7c856bd619e840c9a0fa"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"health"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"circuit"}},{"kind":"Field","name":{"kind":"Name","value":"syncedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PaddleFlowSource"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sync"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"doneShare"}},{"kind":"Field","name":{"kind":"Name","value":"newestId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]} as unknown as DocumentNode<SourcesQuery, SourcesQueryVariables>;
export const StepLogDocument = {"__meta__":{"hash":"sha256:7182c03c8e933d6ec0d5fff4c915627378d6e99d25a47780b8a19306d2d1d9ea"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StepLog"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Step"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"log"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ended"}}]}}]}}]}}]}}]} as unknown as DocumentNode<StepLogQuery, StepLogQueryVariables>;
export const StepStatisticsDocument = {"__meta__":{"hash":"sha256:ba4ec2f04c091176559edf9b8231e498f76dc145201364776ae2530f1e008c50"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StepStatistics"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Step"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"statistics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"cpuPercent"}},{"kind":"Field","name":{"kind":"Name","value":"memoryPercent"}},{"kind":"Field","name":{"kind":"Name","value":"memoryBytes"}},{"kind":"Field","name":{"kind":"Name","value":"diskBytes"}},{"kind":"Field","name":{"kind":"Name","value":"networkReceivedBytesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"networkSentBytesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"diskReadBytesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"diskWrittenBytesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"gpuPercent"}},{"kind":"Field","name":{"kind":"Name","value":"gpuMemoryPercent"}},{"kind":"Field","name":{"kind":"Name","value":"gpuMemoryBytes"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<StepStatisticsQuery, StepStatisticsQueryVariables>;
export const StepStatisticsSeriesDocument = {"__meta__":{"hash":"sha256:863e31162e653ad54004e8fecd0211eabaf207773bec85648068fa29aa41333e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StepStatisticsSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"start"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"end"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"stepSeconds"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"60"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Step"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"statisticsSeries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"start"},"value":{"kind":"Variable","name":{"kind":"Name","value":"start"}}},{"kind":"Argument","name":{"kind":"Name","value":"end"},"value":{"kind":"Variable","name":{"kind":"Name","value":"end"}}},{"kind":"Argument","name":{"kind":"Name","value":"stepSeconds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"stepSeconds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"stepSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"truncated"}},{"kind":"Field","name":{"kind":"Name","value":"gap"}},{"kind":"Field","name":{"kind":"Name","value":"tasks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metric"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<StepStatisticsSeriesQuery, StepStatisticsSeriesQueryVariables>;
export const StopQueueDocument = {"__meta__":{"hash":"sha256:b2699e3a71c548277c239c28f8be548d3fc50d4a1da9a4d050d08fa591aa5d8d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StopQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StopQueueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StopQueuePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<StopQueueMutation, StopQueueMutationVariables>;
export const StopRunDocument = {"__meta__":{"hash":"sha256:bfbf24630f0ed5909748c217a344c9f20b6ca431705beae5ea27612927507924"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StopRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StopRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StopRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<StopRunMutation, StopRunMutationVariables>;
export const StopScheduleDocument = {"__meta__":{"hash":"sha256:e361ca1b4bbe1e94b215a6e162df068d196eb49c7d35604b04c28a532aa6203f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StopSchedule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StopScheduleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopSchedule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StopSchedulePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<StopScheduleMutation, StopScheduleMutationVariables>;
export const SubmitTaskDocument = {"__meta__":{"hash":"sha256:75f3ce18b5d5e2204f73ea60b1a9db4b0a1cec5986633ab9808fa5b20ae7cfcb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SubmitTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SubmitTaskInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submitTask"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SubmitTaskPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UnconfirmedProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"executionId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SubmitTaskMutation, SubmitTaskMutationVariables>;
export const TaskDetailDocument = {"__meta__":{"hash":"sha256:167fb3605946b39da40da612fb0a5b4af841a3726d2ab2c4affebcc1f4ed552f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TaskDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"task"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"taskId"}},{"kind":"Field","name":{"kind":"Name","value":"algorithm"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"rawState"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"submission"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"parameters"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"input"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uri"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}}]}},{"kind":"Field","name":{"kind":"Name","value":"output"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"bucket"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"uri"}}]}}]}}]}}]} as unknown as DocumentNode<TaskDetailQuery, TaskDetailQueryVariables>;
export const UnblockRunDocument = {"__meta__":{"hash":"sha256:d05b1fe2e92fa7ac883e587ee340012d77b6063b3f4c5c06003d582752b7c1e2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnblockRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnblockRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unblockRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UnblockRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stuckSince"}}]}},{"kind":"Field","name":{"kind":"Name","value":"jobs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UnblockRunMutation, UnblockRunMutationVariables>;
export const UpdateClusterDocument = {"__meta__":{"hash":"sha256:ee80d725bad4608a9e0ac864edb3f327377d1dff4068a3976daa3721a40dcb02"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateCluster"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateClusterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateCluster"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateClusterPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"online"}},{"kind":"Field","name":{"kind":"Name","value":"namespaces"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateClusterMutation, UpdateClusterMutationVariables>;
export const UpdateFlavourDocument = {"__meta__":{"hash":"sha256:9590f6e13261122333b62f34a317f54a2e41b35ab493e6440cc9e3763bd5a219"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateFlavour"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateFlavourInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateFlavour"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateFlavourPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"flavour"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"size"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateFlavourMutation, UpdateFlavourMutationVariables>;
export const UpdateQueueDocument = {"__meta__":{"hash":"sha256:2c2eb1a7b925bddd6b8a90fb13d1d0d234499a13bd17bef5fbecb577279c70d5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateQueueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateQueuePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"schedulingPolicies"}},{"kind":"Field","name":{"kind":"Name","value":"maxResources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpu"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"memory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateQueueMutation, UpdateQueueMutationVariables>;
export const UserDetailDocument = {"__meta__":{"hash":"sha256:2738424177a2f22c8a14c6a16f0be38a0d81e5e5771a3f5f8e9704149c3d2e4a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UserDetailQuery, UserDetailQueryVariables>;
export const UsersDocument = {"__meta__":{"hash":"sha256:461cb1eb598c9797b49ddbf620814f50c45246f287babd723059ddfba89c0760"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Users"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"queueGrants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grantedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const ValidatePipelineDocument = {"__meta__":{"hash":"sha256:2abe34f6304393797909fce7909486f208ab243dafefed5c66c9b3d91d29d182"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ValidatePipeline"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"yaml"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"use"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PipelineUse"}}},"defaultValue":{"kind":"EnumValue","value":"PIPELINE"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"validatePipeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"yaml"},"value":{"kind":"Variable","name":{"kind":"Name","value":"yaml"}}},{"kind":"Argument","name":{"kind":"Name","value":"use"},"value":{"kind":"Variable","name":{"kind":"Name","value":"use"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"valid"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ValidatePipelineQuery, ValidatePipelineQueryVariables>;