import { callerOf } from './auth/caller.ts';
import type { Viewer } from './auth/viewer.ts';
import type { Identity } from './auth/identity.ts';
import type { Context } from './context.ts';
import type { createDatabase } from './db/database.ts';
import type { HeavyWork } from './core/heavy.ts';
import { createArtifactSource } from './backends/paddleflow/artifact/source.ts';
import { createAttempt } from './audit/attempt.ts';
import { createAudit, type LogFailure } from './audit/audit.ts';
import { createClusterSource } from './backends/paddleflow/cluster/source.ts';
import { createClusterWriter } from './backends/paddleflow/cluster/write.ts';
import { createFileSystemSource } from './backends/paddleflow/file-system/source.ts';
import { createFileSystemWriter } from './backends/paddleflow/file-system/write.ts';
import { createFlavourSource } from './backends/paddleflow/flavour/source.ts';
import { createFlavourWriter } from './backends/paddleflow/flavour/write.ts';
import { createGrantSource } from './backends/paddleflow/grant/source.ts';
import { createGrantWriter } from './backends/paddleflow/grant/write.ts';
import { createPipelineSource } from './backends/paddleflow/pipeline/source.ts';
import { createPipelineWriter } from './backends/paddleflow/pipeline/write.ts';
import { createQueueSource } from './backends/paddleflow/queue/source.ts';
import { createQueueWriter } from './backends/paddleflow/queue/write.ts';
import { createRunCacheSource } from './backends/paddleflow/run-cache/source.ts';
import { createRunCacheWriter } from './backends/paddleflow/run-cache/write.ts';
import { createLogFeed } from './backends/paddleflow/run-log/feed.ts';
import { createSubmitLogSource } from './backends/paddleflow/run-log/submit-log.ts';
import { createRunFeed } from './backends/paddleflow/run/feed.ts';
import { createServerClock } from './backends/paddleflow/run/server-clock.ts';
import { createRunSource } from './backends/paddleflow/run/source.ts';
import { createRunWriter } from './backends/paddleflow/run/write.ts';
import { createSignIn } from './backends/paddleflow/session/sign-in.ts';
import { createScheduleSource } from './backends/paddleflow/schedule/source.ts';
import { createScheduleWriter } from './backends/paddleflow/schedule/write.ts';
import { createSourceDirectory } from './source/directory.ts';
import type { SourceHandle } from './backends/paddleflow/source/handle.ts';
import { handlesOf, type ConfiguredSource } from './backends/paddleflow/source/own-handles.ts';
import { requireHandle, requireSource } from './source/require.ts';
import { createUserSource } from './backends/paddleflow/user/source.ts';
import { createUserWriter } from './backends/paddleflow/user/write.ts';
import { createStatisticsSource } from './backends/paddleflow/statistics/source.ts';
import type { Hub } from './live/hub.ts';
import type { MakeContext } from './server/operation.ts';
import type { PaddleFlow } from './backends/paddleflow/client/paddleflow.ts';

export interface ContextMakerOptions {
  /** By turns to all callers. */
  readonly database: Pick<ReturnType<typeof createDatabase>, 'as'>;
  readonly heavyWork: HeavyWork;
  readonly hub: Hub;
  readonly identity: Identity;
  readonly sources: readonly (ConfiguredSource & { readonly paddleflow: PaddleFlow })[];
  /** What each subscription of this caller may hold at a time. */
  readonly pageBytes: (caller: string) => number;
  readonly logError: LogFailure;
}

/** Makes the context of each operation: the viewer, and the Sources and Writers that act for them. */
export function createContextMaker(options: ContextMakerOptions): MakeContext<Context> {
  const { database, heavyWork, hub, identity, sources, logError } = options;
  const upstreamOf = (name: string) => sources.find(({ handle }) => handle.name === name)?.paddleflow;

  return async ({ headers, signal, lastEventId, client, visitor, endless = false }) => {
    const viewer = visitor as Viewer; // what `startTributary` identifies callers as
    const caller = callerOf(viewer, client);
    const db = database.as(caller.key, caller.stranger ? 'strangers' : endless ? 'live' : 'asked');
    const pageBytes = () => options.pageBytes(caller.key);
    const heavy = <T>(work: () => T): Promise<T> => heavyWork(caller.key, work);
    const audit = createAudit(db, logError);
    const handles = handlesOf(viewer, sources, caller);
    const directory = createSourceDirectory(db, handles, signal);
    const sourceOf = (name: string): SourceHandle => {
      requireSource({ sources: directory }, name);
      return requireHandle(handles, name);
    };
    const attempt = createAttempt(viewer, audit, logError);
    return {
      viewer,
      caller,
      heavy,
      signal,
      lastEventId,
      runFeed: createRunFeed(db, hub, pageBytes),
      logFeed: createLogFeed(db, hub, pageBytes),
      runs: createRunSource({ db, handles, viewer, heavy, signal }),
      sources: directory,
      // Without the signal: what a write has done is read and recorded even when its client has left.
      runWriter: createRunWriter({ db, handles, reads: createRunSource({ db, handles, viewer, heavy }), viewer, attempt, logError }),
      serverClock: createServerClock(db),
      submitLogs: createSubmitLogSource(handles, signal),
      runCaches: (name) => createRunCacheSource(sourceOf(name), viewer, signal),
      runCacheWriter: createRunCacheWriter(handles, viewer, attempt),
      artifacts: (name) => createArtifactSource(sourceOf(name), viewer, signal),
      statistics: (name) => createStatisticsSource(sourceOf(name), signal),
      signIn: createSignIn({ identity, upstream: upstreamOf, viewer, caller, client, authorization: headers.authorization, audit, signal }),
      users: (name) => createUserSource(sourceOf(name), signal),
      userWriter: createUserWriter({ db, handles, viewer, attempt, doubtSessions: identity.sessions.doubt }),
      grants: (name) => createGrantSource(sourceOf(name), signal),
      grantWriter: createGrantWriter(handles, viewer, attempt),
      pipelines: (name) => createPipelineSource(db, sourceOf(name), viewer, signal),
      pipelineWriter: createPipelineWriter({ db, handles, viewer, attempt, heavy }),
      schedules: (name) => createScheduleSource(sourceOf(name), viewer, signal),
      scheduleWriter: createScheduleWriter(db, handles, viewer, attempt),
      queues: (name) => createQueueSource(sourceOf(name), viewer, signal),
      queueWriter: createQueueWriter(db, handles, viewer, attempt),
      clusters: (name) => createClusterSource(sourceOf(name), viewer, signal),
      clusterWriter: createClusterWriter(db, handles, viewer, attempt),
      flavours: (name) => createFlavourSource(sourceOf(name), signal),
      flavourWriter: createFlavourWriter(handles, viewer, attempt),
      fileSystems: (name) => createFileSystemSource(sourceOf(name), viewer, signal),
      fileSystemWriter: createFileSystemWriter(db, handles, viewer, attempt),
    };
  };
}
