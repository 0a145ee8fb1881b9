import type { Viewer } from './auth/viewer.ts';
import type { ClusterSource } from './domain/cluster/source.ts';
import type { PipelineSource } from './domain/pipeline/source.ts';
import type { QueueSource } from './domain/queue/source.ts';
import type { QueueWriter } from './domain/queue/write.ts';
import type { LogFeed } from './domain/run-log/feed.ts';
import type { SubmitLogSource } from './domain/run-log/submit-log.ts';
import type { RunFeed } from './domain/run/feed.ts';
import type { RunSource } from './domain/run/source.ts';
import type { RunWriter } from './domain/run/write.ts';
import type { SourceDirectory } from './domain/source/directory.ts';

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
  readonly pipelines: (source: string) => PipelineSource;
  readonly queues: (source: string) => QueueSource;
  readonly queueWriter: QueueWriter;
  readonly clusters: (source: string) => ClusterSource;
}
