import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { GraphQLError } from 'graphql';
import { createIdentity } from './auth/identity.ts';
import { useSessionEnds } from './auth/session-streams.ts';
import type { Config, PaddleFlowSourceConfig } from './config.ts';
import type { Context } from './context.ts';
import { createDatabase, type Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { createArtifactSource } from './domain/artifact/source.ts';
import { createAttempt } from './domain/audit/attempt.ts';
import { createAudit } from './domain/audit/audit.ts';
import { createClusterSource } from './domain/cluster/source.ts';
import { createClusterWriter } from './domain/cluster/write.ts';
import { createFileSystemSource } from './domain/file-system/source.ts';
import { createFileSystemWriter } from './domain/file-system/write.ts';
import { createFlavourSource } from './domain/flavour/source.ts';
import { createFlavourWriter } from './domain/flavour/write.ts';
import { createGrantSource } from './domain/grant/source.ts';
import { createGrantWriter } from './domain/grant/write.ts';
import { createKeptReads } from './domain/kept-reads.ts';
import { createPipelineSource } from './domain/pipeline/source.ts';
import { createPipelineWriter } from './domain/pipeline/write.ts';
import { createQueueSource } from './domain/queue/source.ts';
import { createQueueWriter } from './domain/queue/write.ts';
import { createRunCacheSource } from './domain/run-cache/source.ts';
import { createRunCacheWriter } from './domain/run-cache/write.ts';
import { createLogArchive } from './domain/run-log/archive.ts';
import { createLogFeed } from './domain/run-log/feed.ts';
import { createSubmitLogSource } from './domain/run-log/submit-log.ts';
import { createRunFeed } from './domain/run/feed.ts';
import { mirrorRuns } from './domain/run/mirror/mirror.ts';
import { readTimesOf } from './domain/run/mirror/times.ts';
import { createRunSource } from './domain/run/source.ts';
import { createRunWriter } from './domain/run/write.ts';
import { createSignIn } from './domain/session/sign-in.ts';
import { createScheduleSource } from './domain/schedule/source.ts';
import { createScheduleWriter } from './domain/schedule/write.ts';
import { createSourceDirectory } from './domain/source/directory.ts';
import type { SourceHandle, SourceHandles } from './domain/source/handle.ts';
import { handlesOf } from './domain/source/own-handles.ts';
import { createUserSource } from './domain/user/source.ts';
import { createUserWriter } from './domain/user/write.ts';
import { createStatisticsSource } from './domain/statistics/source.ts';
import type { Example } from './graphiql/graphiql.ts';
import type { Logs } from './live/complaint.ts';
import { createHub, type Hub } from './live/hub.ts';
import { startLeader } from './live/leader.ts';
import type { Lease, LeaseTimes } from './live/lease.ts';
import { createSchema } from './schema.ts';
import { createGateway, type GatewayOptions } from './server.ts';
import { createPaddleFlow, type PaddleFlow } from './upstream/paddleflow/paddleflow.ts';

export interface TributaryOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  /** For LISTEN and migrations, where `databaseUrl` goes through a transaction pooler. */
  readonly directUrl?: string | undefined;
  readonly examples?: readonly Example[];
  readonly logError: (error: unknown, about?: Record<string, unknown>) => void;
  /** What has become good again. */
  readonly logInfo?: (text: string, about?: Record<string, unknown>) => void;
  /** Limits of the server that tests narrow. */
  readonly server?: Partial<Pick<GatewayOptions<Context>, 'stallMs' | 'keepAliveMs' | 'drainMs' | 'limits'>>;
  readonly leaseTimes?: LeaseTimes;
}

const addressOf = ({ hostname, port, protocol }: URL) => `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;

/** A source that was down for long is met again this soon. */
const maxBlindMs = 5_000;

const handleOf = (config: PaddleFlowSourceConfig, paddleflow: PaddleFlow): SourceHandle => ({
  name: config.name,
  kind: 'PADDLEFLOW',
  address: addressOf(new URL(config.url)),
  client: paddleflow.as('viewer'),
  actsAs: 'service',
  serviceAccount: config.username,
  identity: `account:${config.username}`,
  reader: paddleflow.as('viewer', { share: false }),
  kept: createKeptReads(),
  readTime: readTimesOf(config.timeZone),
  timeZone: config.timeZone,
  settleMs: config.poll.settleMs,
  intervalMs: config.poll.intervalMs,
  seesAll: config.username === 'root',
  health: () => paddleflow.health(),
});

/** What the leader of a PaddleFlow does: mirrors its runs, and copies their logs after each turn and in a rhythm of its own. */
async function lead(lease: Lease, { config, paddleflow, db, hub, logError, logInfo }: Logs & { config: PaddleFlowSourceConfig; paddleflow: PaddleFlow; db: Database; hub: Hub }) {
  const { poll, logs } = config;
  const client = paddleflow.as('leader', { share: false });
  const archive = createLogArchive({ ...logs, db, client, lease, logError });
  await mirrorRuns({
    ...{ db, client, lease, hub, archive, logError, logInfo },
    readTime: readTimesOf(config.timeZone),
    seesAll: config.username === 'root',
    settleMs: poll.settleMs,
    intervalMs: poll.intervalMs,
    logIntervalMs: logs.intervalMs,
    auditPauseMs: poll.auditMs,
    auditEveryMs: poll.auditEveryMs,
  });
}

/** The gateway on a database and its sources: everything but the configuration and the demo. Closes in the order in which it can. */
export async function startTributary({ config, databaseUrl, directUrl = databaseUrl, examples = [], logError, logInfo, server = {}, leaseTimes }: TributaryOptions) {
  await migrate(directUrl);
  const { db, close: closeDatabase } = createDatabase(databaseUrl, { max: config.database.poolSize, logError });
  const hub = createHub({ db, directUrl, logError, logInfo });
  const upstreams = config.sources.map((source) => ({ config: source, paddleflow: createPaddleFlow({ ...source, source: source.name, circuit: { maxOpenMs: maxBlindMs } }) }));
  const shared: SourceHandles = new Map(upstreams.map(({ config: source, paddleflow }) => [source.name, handleOf(source, paddleflow)]));
  const upstreamOf = (name: string) => upstreams.find(({ config: source }) => source.name === name)?.paddleflow;
  const holder = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const leaders = upstreams.map((upstream) => {
    const source = upstream.config.name;
    const logs: Logs = { logError: (error) => logError(error, { source }), logInfo: (text) => logInfo?.(text, { source }) };
    return startLeader({ db, source, holder, ...(leaseTimes && { times: leaseTimes }), ...logs, lead: (lease) => lead(lease, { ...upstream, ...logs, db, hub }) });
  });

  const identity = createIdentity({
    auth: config.auth,
    isSource: (name) => shared.has(name),
    ask: async ({ source, token }) => upstreamOf(source)?.asUser(token).version(),
  });
  const audit = createAudit(db);
  const runFeed = createRunFeed(db, hub);
  const logFeed = createLogFeed(db, hub);
  const gateway = createGateway<Context>({
    ...{ schema: createSchema(), examples, origins: config.server.origins, hosts: config.server.hosts, ...server },
    plugins: [useSessionEnds(identity.sessions)],
    ready: async () => void (await db.execute('select 1')),
    logError: (errorId, error) => logError(error, { errorId }),
    context: async ({ headers, signal, lastEventId }) => {
      const viewer = await identity.authenticate(headers.authorization);
      const handles = handlesOf(viewer, shared, upstreamOf);
      const sourceOf = (name: string): SourceHandle => {
        const handle = handles.get(name);
        if (handle === undefined) throw new GraphQLError(`There is no source ${name}`, { extensions: { code: 'BAD_USER_INPUT' } });
        return handle;
      };
      const runs = createRunSource(db, handles, viewer, signal);
      const attempt = createAttempt(viewer, audit);
      return {
        ...{ viewer, signal, lastEventId, runs, runFeed, logFeed },
        sources: createSourceDirectory(db, handles, signal),
        // Without the signal: what a write has done is read and recorded even when its client has left.
        runWriter: createRunWriter(db, handles, createRunSource(db, handles, viewer), viewer, audit),
        submitLogs: createSubmitLogSource(handles, signal),
        runCaches: (name) => createRunCacheSource(sourceOf(name), viewer, signal),
        runCacheWriter: createRunCacheWriter(handles, viewer, attempt),
        artifacts: (name) => createArtifactSource(sourceOf(name), viewer, signal),
        statistics: (name) => createStatisticsSource(sourceOf(name), signal),
        signIn: createSignIn({ identity, upstream: upstreamOf, viewer, audit, signal }),
        users: (name) => createUserSource(sourceOf(name), signal),
        userWriter: createUserWriter({ db, handles, viewer, attempt, doubtSessions: identity.sessions.doubt }),
        grants: (name) => createGrantSource(sourceOf(name), signal),
        grantWriter: createGrantWriter(handles, viewer, attempt),
        pipelines: (name) => createPipelineSource(db, sourceOf(name), viewer, signal),
        pipelineWriter: createPipelineWriter(db, handles, viewer, attempt),
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
    },
  });

  let closed: Promise<void> | undefined;
  const close = () => (closed ??= closeAll());
  async function closeAll(): Promise<void> {
    await gateway.close();
    await Promise.all(leaders.map((leader) => leader.close()));
    await hub.close();
    await Promise.all(upstreams.map(({ paddleflow }) => paddleflow.close()));
    await closeDatabase();
  }
  try {
    await hub.ready;
    const url = await gateway.listen(config.server.port, config.server.host);
    return { url: `${url}/graphql`, db, hub, close, isLeading: (source: string) => leaders[config.sources.findIndex(({ name }) => name === source)]?.isLeading() ?? false };
  } catch (error) {
    await close();
    throw error;
  }
}
export type Tributary = Awaited<ReturnType<typeof startTributary>>;
