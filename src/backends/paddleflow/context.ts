import { createArtifactSource } from './artifact/source.ts';
import { createClusterSource } from './cluster/source.ts';
import { createClusterWriter } from './cluster/write.ts';
import { createFileSystemSource } from './file-system/source.ts';
import { createFileSystemWriter } from './file-system/write.ts';
import { createFlavourSource } from './flavour/source.ts';
import { createFlavourWriter } from './flavour/write.ts';
import { createGrantSource } from './grant/source.ts';
import { createGrantWriter } from './grant/write.ts';
import { createPipelineSource } from './pipeline/source.ts';
import { createPipelineWriter } from './pipeline/write.ts';
import { createQueueSource } from './queue/source.ts';
import { createQueueWriter } from './queue/write.ts';
import { createRunCacheSource } from './run-cache/source.ts';
import { createRunCacheWriter } from './run-cache/write.ts';
import { createLogFeed } from './run-log/feed.ts';
import { createSubmitLogSource } from './run-log/submit-log.ts';
import { createServerClock } from './run/server-clock.ts';
import { createRunSource } from './run/source.ts';
import { createRunWriter } from './run/write.ts';
import { createScheduleSource } from './schedule/source.ts';
import { createScheduleWriter } from './schedule/write.ts';
import { createSignIn } from './session/sign-in.ts';
import { handlesOf } from './source/own-handles.ts';
import { createStatisticsSource } from './statistics/source.ts';
import { createUserSource } from './user/source.ts';
import { createUserWriter } from './user/write.ts';
import { createIntents, type Intents } from '../../execution/intent/intents.ts';
import { lazily } from '../../core/lazily.ts';
import type { OperationTools } from '../../source/backend.ts';
import type { PaddleFlowSource } from './source/configured.ts';
import type { SourceHandle, SourceHandles } from './source/handle.ts';
import { requireHandle, requireSource } from './source/require.ts';

declare module '../../context.ts' {
  interface Context {
    readonly paddleflow: PaddleFlowContext;
  }
}

/** The Sources and Writers of PaddleFlow, each made when it is first asked. */
export function createPaddleFlowContext(tools: OperationTools, sources: readonly PaddleFlowSource[]) {
  const { viewer, caller, client, authorization, db, hub, heavy, identity, audit, attempt, pageBytes, logError, signal } = tools;
  let own: SourceHandles | undefined;
  let ofViewer: Intents | undefined;
  const intents = () => (ofViewer ??= createIntents(db, viewer, logError));
  const handles = () => (own ??= handlesOf(viewer, sources, caller));
  /** For queries and subscriptions: throws BAD_USER_INPUT for a name that is none of these. */
  const sourceOf = (name: string): SourceHandle => {
    requireSource(handles(), name);
    return requireHandle(handles(), name);
  };
  return lazily({
    /** Throws BAD_USER_INPUT for a name that is no PaddleFlow of this viewer's. */
    requireSource: () => (name: string) => requireSource(handles(), name),
    /** Of those that this viewer sees. */
    sourceNames: () => [...handles().keys()],
    /** The server says of which version it is. Null when it does not, or nobody answers. */
    versionOf: () => async (name: string) => (await handles().get(name)?.client.version(signal))?.gitVersion || null,
    /** Its service account is root, and so sees every user's runs. */
    seesAllRuns: () => (name: string) => handles().get(name)?.seesAll ?? false,
    logFeed: () => createLogFeed(db, hub, viewer, pageBytes),
    runs: () => createRunSource({ db, handles: handles(), viewer, heavy, signal }),
    // Without the signal: what a write has done is read and recorded even when its client has left.
    runWriter: () =>
      createRunWriter({
        db,
        handles: handles(),
        reads: createRunSource({ db, handles: handles(), viewer, heavy }),
        viewer,
        attempt,
        intents: intents(),
        logError,
      }),
    serverClock: () => createServerClock(db),
    submitLogs: () => createSubmitLogSource(handles(), signal),
    runCaches: () => (name: string) => createRunCacheSource(sourceOf(name), viewer, signal),
    runCacheWriter: () => createRunCacheWriter(handles(), viewer, attempt),
    artifacts: () => (name: string) => createArtifactSource(sourceOf(name), viewer, signal),
    statistics: () => (name: string) => createStatisticsSource(sourceOf(name), signal),
    signIn: () =>
      createSignIn({
        identity,
        upstream: (name) => sources.find((source) => source.name === name),
        viewer,
        caller,
        client,
        authorization,
        audit,
        signal,
      }),
    users: () => (name: string) => createUserSource(sourceOf(name), signal),
    userWriter: () =>
      createUserWriter({ db, handles: handles(), viewer, attempt, intents: intents(), doubtSessions: identity.sessions.doubt }),
    grants: () => (name: string) => createGrantSource(sourceOf(name), signal),
    grantWriter: () => createGrantWriter(handles(), viewer, attempt, intents()),
    pipelines: () => (name: string) => createPipelineSource(db, sourceOf(name), viewer, signal),
    pipelineWriter: () => createPipelineWriter({ db, handles: handles(), viewer, attempt, intents: intents(), heavy }),
    schedules: () => (name: string) => createScheduleSource(sourceOf(name), viewer, signal),
    scheduleWriter: () => createScheduleWriter({ db, handles: handles(), viewer, attempt, intents: intents() }),
    queues: () => (name: string) => createQueueSource(sourceOf(name), viewer, signal),
    queueWriter: () => createQueueWriter({ db, handles: handles(), viewer, attempt, intents: intents() }),
    clusters: () => (name: string) => createClusterSource(sourceOf(name), viewer, signal),
    clusterWriter: () => createClusterWriter({ db, handles: handles(), viewer, attempt, intents: intents() }),
    flavours: () => (name: string) => createFlavourSource(sourceOf(name), signal),
    flavourWriter: () => createFlavourWriter(handles(), viewer, attempt, intents()),
    fileSystems: () => (name: string) => createFileSystemSource(sourceOf(name), viewer, signal),
    fileSystemWriter: () => createFileSystemWriter({ db, handles: handles(), viewer, attempt, intents: intents() }),
  });
}
export type PaddleFlowContext = ReturnType<typeof createPaddleFlowContext>;
