import type { Viewer } from './auth/viewer.ts';
import type { ClusterSource } from './domain/cluster/source.ts';
import type { PipelineSource } from './domain/pipeline/source.ts';
import type { QueueSource } from './domain/queue/source.ts';
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
  readonly clusters: (source: string) => ClusterSource;
  /** What list resolvers have loaded ahead for the fields below them, by type and key. */
  readonly loaded: Loaded;
}

/** Objects loaded ahead, so that the fields of a page are answered without a promise each. */
export class Loaded {
  readonly #objects = new Map<string, object | null>();
  /** The object, null when it is known not to be there, undefined when nobody has looked. */
  get<T extends object>(type: string, key: string): T | null | undefined {
    return this.#objects.get(`${type}:${key}`) as T | null | undefined; // `set` below is the only writer, by the same type
  }
  set(type: string, key: string, object: object | null): void {
    this.#objects.set(`${type}:${key}`, object);
  }
}
