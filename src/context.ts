import type { Caller } from './auth/caller.ts';
import type { Viewer } from './auth/viewer.ts';
import type { ArtifactSource } from './domain/artifact/source.ts';
import type { ClusterSource } from './domain/cluster/source.ts';
import type { ClusterWriter } from './domain/cluster/write.ts';
import type { FileSystemSource } from './domain/file-system/source.ts';
import type { FileSystemWriter } from './domain/file-system/write.ts';
import type { FlavourSource } from './domain/flavour/source.ts';
import type { FlavourWriter } from './domain/flavour/write.ts';
import type { PipelineSource } from './domain/pipeline/source.ts';
import type { PipelineWriter } from './domain/pipeline/write.ts';
import type { QueueSource } from './domain/queue/source.ts';
import type { QueueWriter } from './domain/queue/write.ts';
import type { GrantSource } from './domain/grant/source.ts';
import type { GrantWriter } from './domain/grant/write.ts';
import type { LogFeed } from './domain/run-log/feed.ts';
import type { SubmitLogSource } from './domain/run-log/submit-log.ts';
import type { RunCacheSource } from './domain/run-cache/source.ts';
import type { RunCacheWriter } from './domain/run-cache/write.ts';
import type { RunFeed } from './domain/run/feed.ts';
import type { RunSource } from './domain/run/source.ts';
import type { ServerClock } from './domain/run/server-clock.ts';
import type { RunWriter } from './domain/run/write.ts';
import type { SignIn } from './domain/session/sign-in.ts';
import type { ScheduleSource } from './domain/schedule/source.ts';
import type { ScheduleWriter } from './domain/schedule/write.ts';
import type { SourceDirectory } from './domain/source/directory.ts';
import type { StatisticsSource } from './domain/statistics/source.ts';
import type { UserSource } from './domain/user/source.ts';
import type { UserWriter } from './domain/user/write.ts';

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
