import type { Caller } from './auth/caller.ts';
import type { Viewer } from './auth/viewer.ts';
import type { ArtifactSource } from './backends/paddleflow/artifact/source.ts';
import type { ClusterSource } from './backends/paddleflow/cluster/source.ts';
import type { ClusterWriter } from './backends/paddleflow/cluster/write.ts';
import type { FileSystemSource } from './backends/paddleflow/file-system/source.ts';
import type { FileSystemWriter } from './backends/paddleflow/file-system/write.ts';
import type { FlavourSource } from './backends/paddleflow/flavour/source.ts';
import type { FlavourWriter } from './backends/paddleflow/flavour/write.ts';
import type { PipelineSource } from './backends/paddleflow/pipeline/source.ts';
import type { PipelineWriter } from './backends/paddleflow/pipeline/write.ts';
import type { QueueSource } from './backends/paddleflow/queue/source.ts';
import type { QueueWriter } from './backends/paddleflow/queue/write.ts';
import type { GrantSource } from './backends/paddleflow/grant/source.ts';
import type { GrantWriter } from './backends/paddleflow/grant/write.ts';
import type { LogFeed } from './backends/paddleflow/run-log/feed.ts';
import type { SubmitLogSource } from './backends/paddleflow/run-log/submit-log.ts';
import type { RunCacheSource } from './backends/paddleflow/run-cache/source.ts';
import type { RunCacheWriter } from './backends/paddleflow/run-cache/write.ts';
import type { RunFeed } from './backends/paddleflow/run/feed.ts';
import type { RunSource } from './backends/paddleflow/run/source.ts';
import type { ServerClock } from './backends/paddleflow/run/server-clock.ts';
import type { RunWriter } from './backends/paddleflow/run/write.ts';
import type { SignIn } from './backends/paddleflow/session/sign-in.ts';
import type { ScheduleSource } from './backends/paddleflow/schedule/source.ts';
import type { ScheduleWriter } from './backends/paddleflow/schedule/write.ts';
import type { SourceDirectory } from './source/directory.ts';
import type { StatisticsSource } from './backends/paddleflow/statistics/source.ts';
import type { UserSource } from './backends/paddleflow/user/source.ts';
import type { UserWriter } from './backends/paddleflow/user/write.ts';

/** What resolvers get: who asks, and the Sources to ask. Made per operation, so that a reader who leaves cancels only what is theirs. */
export interface Context {
  readonly viewer: Viewer;
  readonly caller: Caller;
  /** For what keeps the loop busy, such as reading a workflow: by turns with everybody else's. */
  readonly heavy: <T>(work: () => T) => Promise<T>;
  readonly signal: AbortSignal;
  /** The cursor that a reconnecting `EventSource` has seen last: it counts instead of `after`. */
  readonly lastEventId?: string | undefined;
  readonly sources: SourceDirectory;
  readonly runs: RunSource;
  readonly runWriter: RunWriter;
  readonly serverClock: ServerClock;
  readonly runFeed: RunFeed;
  readonly logFeed: LogFeed;
  readonly submitLogs: SubmitLogSource;
  readonly runCaches: (source: string) => RunCacheSource;
  readonly runCacheWriter: RunCacheWriter;
  readonly artifacts: (source: string) => ArtifactSource;
  readonly statistics: (source: string) => StatisticsSource;
  readonly signIn: SignIn;
  readonly users: (source: string) => UserSource;
  readonly userWriter: UserWriter;
  readonly grants: (source: string) => GrantSource;
  readonly grantWriter: GrantWriter;
  readonly pipelines: (source: string) => PipelineSource;
  readonly pipelineWriter: PipelineWriter;
  readonly schedules: (source: string) => ScheduleSource;
  readonly scheduleWriter: ScheduleWriter;
  readonly queues: (source: string) => QueueSource;
  readonly queueWriter: QueueWriter;
  readonly clusters: (source: string) => ClusterSource;
  readonly clusterWriter: ClusterWriter;
  readonly flavours: (source: string) => FlavourSource;
  readonly flavourWriter: FlavourWriter;
  readonly fileSystems: (source: string) => FileSystemSource;
  readonly fileSystemWriter: FileSystemWriter;
}
