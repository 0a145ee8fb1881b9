/** `npm start`: reads the environment and the configuration, starts what they ask for, and ends it again. */
import './production.ts';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { readSessionKey } from './auth/session.ts';
import { keepSessionKey } from './auth/session-key.ts';
import { backends } from './backends.ts';
import { parseConfig, type Config } from './config.ts';
import { placeOf } from './db/database-error.ts';
import { makeDataFolder } from './db/embedded-cluster.ts';
import { startEmbeddedPostgres } from './db/embedded.ts';
import { demoConfig, demoWords, startDemoSandbox, startDemoWork } from './demo.ts';
import { readExamples } from './graphiql/examples.ts';
import { createLog } from './log.ts';
import { listenFailure, StartError, startFailure } from './start-error.ts';
import { startTributary } from './tributary.ts';

const { env } = process;
const log = createLog();
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Aborted by a signal that comes while it starts: whatever is waited for then may never come. */
const starting = new AbortController();

/** What has been started, ended in reverse order. */
const started: { readonly name: string; close(): Promise<void> }[] = [];

const dataDir = resolve(env['TRIBUTARY_DATA'] || '.tributary');

/** How long to wait for the newest runs before saying that all is ready, in milliseconds. A gateway serves before that, too. */
const firstPageMs = 15_000;

async function start(): Promise<void> {
  let config = await readConfiguration();
  const { host, port, healthPort = 0 } = config.server;
  await requireFreePort({ host, port }, 'Set PORT to');
  await requireFreePort({ host, port: healthPort }, 'Set server.healthPort to');
  if (config.database.url === undefined || config.sources.length === 0) await makeDataFolder(dataDir);

  const helpers = [
    config.database.url === undefined ? startPostgres() : undefined,
    config.sources.length === 0 ? startSandbox() : undefined,
  ] as const;
  await Promise.allSettled(helpers); // when one fails, the other must still be known, to be closed
  const [postgres, sandbox] = await Promise.all(helpers);
  if (sandbox) config = demoConfig(config, sandbox, await demoSessionKey());

  const tributary = await startTributary({
    config,
    databaseUrl: config.database.url ?? postgres?.connectionString ?? '',
    directUrl: config.database.directUrl,
    examples: await readExamples(),
    demo: sandbox !== undefined,
    logError: log.error,
    logInfo: log.info,
    logChange: log.info,
    signal: starting.signal,
  }).catch((error: unknown) => {
    throw listenFailure(error, config.server);
  });
  started.push({ name: 'the gateway', close: tributary.close });
  if (sandbox && config.auth.mode === 'open') started.push({ name: "the demo's work", close: startDemoWork(tributary.url).close });
  const pages = await tributary.hasRuns(firstPageMs);
  say('Tributary is ready.');
  for (const { name, problem } of pages) if (problem !== null) say(`  Source ${name} cannot be read: ${problem}`);
  for (const line of configured(config)) say(`  ${line}`);
  say(`  GraphQL and GraphiQL: ${tributary.url} (POST, GET, SSE, WebSocket)`);
  for (const line of sandbox ? demoWords(sandbox) : []) say(`  ${line}`);
  if (postgres || sandbox) say(`  Data: ${dataDir}`);
}

/** That of the file, if there is one. Without sources it is for the demo. */
async function readConfiguration(): Promise<Config> {
  const named = env['TRIBUTARY_CONFIG'];
  const file = named || 'tributary.yaml';
  if (!named && !existsSync(file)) return parseConfig('', env, 'the environment');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      ENOTDIR: 'there is no such file',
      EACCES: 'this user has no right to read it',
      EPERM: 'this user has no right to read it',
      EISDIR: 'it is a folder',
    };
    const advice = named ? 'TRIBUTARY_CONFIG must name a file that can be read' : 'Make it readable, or name another in TRIBUTARY_CONFIG';
    throw new StartError(`The configuration ${resolve(file)} cannot be read: ${reasons[error.code ?? ''] ?? error.message}. ${advice}.`);
  });
  return parseConfig(text, env, file);
}

/** What this gateway was told to do, a line each and without secrets. */
function configured({ auth, database, sources }: Config): string[] {
  const signIn = auth.sessionKey === undefined ? 'nobody can sign in' : 'people can sign in with an account of a source';
  const who = auth.mode === 'open' ? 'whoever reaches it is an admin' : `${auth.tokens.length} tokens`;
  return [
    `Database: ${database.url === undefined ? 'an embedded PostgreSQL' : placeOf(database.url).at}`,
    `Access: ${auth.mode} (${who}), ${signIn}`,
    ...sources.map((source) => `Source ${source.name}: ${backends.find(({ kind }) => kind === source.kind)?.describe(source)}`),
  ];
}

/** Told before anything heavy starts. */
async function requireFreePort({ port, host }: Pick<Config['server'], 'host' | 'port'>, where: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  const { promise, resolve: free, reject } = Promise.withResolvers<void>();
  probe.once('error', reject).listen(port, host, free);
  await promise.catch((error: unknown) => {
    throw listenFailure(error, { host, port }, where);
  });
  await new Promise((closed) => probe.close(closed));
}

async function startPostgres() {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'postgres'),
    logError: (error) => log.error(error, {}, 'PostgreSQL'),
    signal: starting.signal,
  });
  started.push({ name: 'PostgreSQL', close: postgres.close });
  return postgres;
}

async function startSandbox() {
  const sandbox = await startDemoSandbox(join(dataDir, 'sandbox'), env, starting.signal);
  started.push({ name: 'the sandbox', close: sandbox.close });
  return sandbox;
}

/** A file that somebody has damaged would switch sessions off without a word. */
async function demoSessionKey(): Promise<string> {
  const file = join(dataDir, 'session-key');
  const key = await keepSessionKey(file);
  if (readSessionKey(key) !== undefined) return key;
  throw new StartError(`${file} holds no key of 32 bytes. Remove the file: another is made, and whoever has signed in has to do so again.`);
}

async function closeAll(): Promise<void> {
  for (const { name, close } of started.toReversed()) await close().catch((error: unknown) => log.error(error, {}, `closing ${name}`));
}

let askedToEndAt: number | undefined;
/** Whoever asks again after a second does not want to wait. What then lives on is adopted by the next start. */
async function end(signal: NodeJS.Signals): Promise<void> {
  if (askedToEndAt !== undefined) {
    // npm passes a Ctrl-C on that the terminal has sent here as well.
    if (performance.now() - askedToEndAt > 1000) process.exit(1);
    return;
  }
  askedToEndAt = performance.now();
  say(`${signal}: closing …`);
  starting.abort();
  await ready.catch(() => {});
  await closeAll();
  process.exit();
}

process.on('unhandledRejection', (error) => log.error(error, {}, 'unhandled rejection'));
// Node itself would write the error as it is, with all that libraries have hung on it.
process.on('uncaughtException', (error) => {
  log.error(error, {}, 'uncaught exception');
  process.exit(1);
});
const ready = start();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(signal));
try {
  await ready;
} catch (error) {
  // Who was asked to end says nothing about a start that did not come to its end, and is closing already.
  if (askedToEndAt === undefined) {
    log.plain(startFailure(error, dataDir));
    process.exitCode = 1;
    await closeAll();
    process.exit();
  }
}
