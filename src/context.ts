import type { Viewer } from './auth/viewer.ts';
import type { ClusterSource } from './domain/cluster/source.ts';
import type { ClusterWriter } from './domain/cluster/write.ts';
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
import type { RunFeed } from './domain/run/feed.ts';
import type { RunSource } from './domain/run/source.ts';
import type { RunWriter } from './domain/run/write.ts';
import type { SignIn } from './domain/session/sign-in.ts';
import type { ScheduleSource } from './domain/schedule/source.ts';
import type { ScheduleWriter } from './domain/schedule/write.ts';
import type { SourceDirectory } from './domain/source/directory.ts';
import type { UserSource } from './domain/user/source.ts';
import type { UserWriter } from './domain/user/write.ts';

/** What resolvers get: who asks, and the Sources to ask. Made per operation, so that a reader who leaves cancels only what is theirs. */
export interface Context {
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  /** The cursor that a reconnecting `EventSource` has seen last: it counts instead of `after`. */
  readonly lastEventId?: string | undefined;
  readonly sources: SourceDirectory;
  readonly runs: RunSource;
  readonly runWriter: RunWriter;
  readonly runFeed: RunFeed;
  readonly logFeed: LogFeed;
  readonly submitLogs: SubmitLogSource;
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
}
