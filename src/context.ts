import type { Caller } from './auth/caller.ts';
import type { Viewer } from './auth/viewer.ts';
import type { ExecutionFeed } from './execution/feed.ts';
import type { ExecutionSource } from './execution/list.ts';
import type { SourceDirectory } from './source/directory.ts';

/**
 * What resolvers get: who asks, and the Sources to ask. Made per operation, so that a reader who leaves cancels only what is theirs. Each backend adds
 * one member to it, named after itself (by declaration merging, see its `context.ts`).
 */
export interface Context {
  readonly viewer: Viewer;
  readonly caller: Caller;
  /** For what keeps the loop busy, such as reading a workflow: by turns with everybody else's. */
  readonly heavy: <T>(work: () => T) => Promise<T>;
  readonly signal: AbortSignal;
  /** The cursor that a reconnecting `EventSource` has seen last: it counts instead of `after`. */
  readonly lastEventId?: string | undefined;
  readonly sources: SourceDirectory;
  /** Work of every kind, as far as the viewer may see it. */
  readonly executions: ExecutionSource;
  readonly executionFeed: ExecutionFeed;
}
