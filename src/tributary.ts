import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createIdentity } from './auth/identity.ts';
import { createInFlight } from './auth/in-flight.ts';
import { useSessionEnds } from './auth/session-streams.ts';
import type { Config } from './config.ts';
import { createContextMaker } from './context-maker.ts';
import type { Context } from './context.ts';
import { createHeavyWork } from './core/heavy.ts';
import { awaitDatabase } from './db/await-database.ts';
import { databaseMistake } from './db/database-error.ts';
import { createDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import type { Example } from './graphiql/graphiql.ts';
import { createComplaint, type Logs } from './core/complaint.ts';
import { firstPages } from './source/first-page.ts';
import { createHub } from './live/hub.ts';
import { startLeader } from './live/leader.ts';
import { createLeaseKeeper } from './live/keeper.ts';
import { leaseTimes, type LeaseTimes } from './live/renewal.ts';
import { outageOf } from './problem/problem.ts';
import { backends as allBackends } from './backends.ts';
import { keepSecretsOf } from './redact/of-config.ts';
import { createSchema } from './schema.ts';
import type { Backend } from './source/backend.ts';
import { openSources } from './source/kind-of-sources.ts';
import { createGateway, type GatewayOptions } from './server.ts';

export interface TributaryOptions {
  readonly config: Config;
  /** Kinds of backends, of which `config` may name sources. Default: all that there are. */
  readonly backends?: readonly Backend[];
  readonly databaseUrl: string;
  /** For LISTEN and migrations, where `databaseUrl` goes through a transaction pooler. */
  readonly directUrl?: string | undefined;
  readonly examples?: readonly Example[];
  /** The sources are a sandbox: GraphiQL may start runs by itself. */
  readonly demo?: boolean;
  readonly logError: (error: unknown, about?: Record<string, unknown>) => void;
  /** What has become good again. */
  readonly logInfo?: (text: string, about?: Record<string, unknown>) => void;
  /** What has changed and is no failure, such as who leads. */
  readonly logChange?: (text: string, about?: Record<string, unknown>) => void;
  /** Limits of the server that tests narrow. */
  readonly server?: Partial<Pick<GatewayOptions<Context>, 'stallMs' | 'keepAliveMs' | 'drainMs' | 'limits' | 'strangers'>>;
  readonly leaseTimes?: Partial<LeaseTimes>;
  /** Ends the start, which then throws its reason and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

/** Less than `pullStream` is patient for: it asks again on another connection. */
const viewerTimes = { statementMs: 20_000, silenceMs: 25_000 };

/** The gateway on a database and its sources: everything but the configuration and the demo. Closes in the order in which it can. */
export async function startTributary(options: TributaryOptions) {
  const {
    config,
    backends = allBackends,
    databaseUrl,
    directUrl = databaseUrl,
    examples = [],
    logError,
    logInfo,
    logChange,
    server = {},
    signal,
  } = options;
  keepSecretsOf({ config, databaseUrl, directUrl });
  const { waitMs } = config.database;
  for (const url of new Set([directUrl, databaseUrl])) await awaitDatabase(url, { waitMs, logInfo, signal });
  await migrate(directUrl, signal).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw databaseMistake(error, directUrl);
  });
  const viewing = createDatabase(databaseUrl, { ...viewerTimes, max: config.database.poolSize, logError });
  // Of its own: what viewers ask, however much it is, must not keep a leader from renewing its lease.
  const leading = createDatabase(databaseUrl, { max: 2 + config.sources.length, logError });
  const { host, healthPort } = config.server;
  const keeper = createLeaseKeeper({
    databaseUrl,
    times: { ...leaseTimes, stuckMs: config.leases.stuckMs, ...options.leaseTimes },
    health: healthPort === undefined ? undefined : { host, port: healthPort },
    logError,
    logInfo,
  });
  const hub = createHub({ db: leading.db, directUrl, logError, logInfo });
  const kinds = openSources(backends, config.sources);
  const sources = kinds.flatMap((kind) => kind.sources);
  const heavyWork = createHeavyWork();
  const accountsOf = (name: string) => sources.find((source) => source.name === name)?.accounts;
  const holder = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const leaders = sources.map((led) => {
    const source = led.name;
    const logs: Logs = {
      logError: (error) => logError(error, { source }),
      logInfo: (text) => logInfo?.(text, { source }),
      logChange: (text) => logChange?.(text, { source }),
    };
    return startLeader({
      database: leading,
      keeper,
      source,
      holder,
      ...logs,
      lead: (lease) => led.lead(lease, { ...logs, db: leading.db, hub, heavyWork }),
    });
  });
  const identity = createIdentity({
    auth: config.auth,
    accountsOf,
    store: viewing.queryAs('attempts', 'strangers'),
    logError,
  });
  const inFlight = createInFlight(config.server.limits);
  const asking = createComplaint({ logError, logInfo }, 'The database answers again');
  /** Strangers hear that it does not answer; what it says is for the log. */
  async function askDatabase(): Promise<void> {
    await leading.db.execute('select 1').catch((error: unknown) => {
      asking.failed(error);
      throw new Error('the database does not answer');
    });
    asking.over();
  }
  const gateway = createGateway<Context>({
    schema: createSchema(backends),
    examples,
    about: {
      mode: config.auth.mode,
      signIn: config.auth.sessionKey === undefined ? [] : sources.filter(({ accounts }) => accounts).map(({ name }) => name),
      demo: options.demo ?? false,
    },
    origins: config.server.origins,
    hosts: config.server.hosts,
    localPages: config.auth.mode === 'open', // which is on a loopback address, and asks nobody for a token
    proxies: config.server.proxies,
    introspection: config.server.introspection,
    idleMs: config.server.idleMs,
    strangers: config.server.strangers,
    maxConnections: config.server.limits.connections,
    intake: config.server.limits,
    ...server,
    limits: { ...config.server.limits, ...server.limits },
    plugins: [inFlight.plugin, useSessionEnds(identity.sessions)],
    ready: askDatabase,
    identify: ({ authorization }) => identity.authenticate(authorization),
    logError: (errorId, error) => logError(error, { errorId }),
    translate: outageOf,
    context: createContextMaker({ database: viewing, heavyWork, hub, identity, kinds, pageBytes: inFlight.pageBytes, logError }),
  });

  let closed: Promise<void> | undefined;
  const close = () => (closed ??= closeAll());
  async function closeAll(): Promise<void> {
    keeper.leaving();
    await gateway.close();
    await Promise.all(leaders.map((leader) => leader.close()));
    identity.signing?.attempts.close();
    await hub.close();
    await Promise.all(sources.map((source) => source.close()));
    await Promise.all([viewing.close(), leading.close(), keeper.close()]);
  }
  try {
    await unlessAborted(hub.ready, signal);
    const health = await keeper.started;
    const url = await gateway.listen(config.server.port, config.server.host);
    const isLeading = (name: string) => leaders[sources.findIndex((source) => source.name === name)]?.isLeading() ?? false;
    const names = config.sources.map(({ name }) => name);
    const hasRuns = (withinMs: number) => firstPages(leading.db, names, withinMs, signal);
    return { url: `${url}/graphql`, hasRuns, healthPort: health.healthPort, db: viewing.db, pool: viewing.pool, hub, close, isLeading };
  } catch (error) {
    await close();
    throw error;
  }
}
export type Tributary = Awaited<ReturnType<typeof startTributary>>;

async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<void>();
  signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  await Promise.race([work, aborted]);
}
