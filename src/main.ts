/** `npm start`: reads the environment and the configuration, starts what they ask for, and ends it again. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { keepSessionKey } from './auth/session-key.ts';
import { ConfigError, parseConfig, type Config } from './config.ts';
import { EmbeddedPostgresError } from './db/embedded-error.ts';
import { startEmbeddedPostgres } from './db/embedded.ts';
import { demoConfig, startDemoSandbox } from './demo.ts';
import { errorForLog } from './error-log.ts';
import { readExamples } from './graphiql/examples.ts';
import { startTributary } from './tributary.ts';

const { env } = process;
const logger = pino({ serializers: { err: (error: unknown) => errorForLog(error) } }, pino.destination({ dest: 2, sync: true }));
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Mistakes of whoever starts it: told without a stack. */
class StartError extends Error {
  override name = 'StartError';
}

/** Aborted by a signal that comes while it starts: whatever is waited for then may never come. */
const starting = new AbortController();

/** What has been started, ended in reverse order. */
const started: { readonly name: string; close(): Promise<void> }[] = [];

async function start(): Promise<void> {
  const file = await readConfiguration();
  let config = file ?? parseConfig(demoConfig('http://127.0.0.1'), env, 'the environment');
  await requireFreePort(config.server);
  const dataDir = resolve(env['TRIBUTARY_DATA'] || '.tributary');

  const helpers = [
    config.database.url === undefined ? startPostgres(dataDir) : undefined,
    file ? undefined : startSandbox(dataDir),
  ] as const;
  await Promise.allSettled(helpers); // when one fails, the other must still be known, to be closed
  const [postgres, sandbox] = await Promise.all(helpers);
  if (sandbox) config = parseConfig(demoConfig(sandbox.url, await keepSessionKey(join(dataDir, 'session-key'))), env, 'the environment');

  const tributary = await startTributary({
    config,
    databaseUrl: config.database.url ?? postgres?.connectionString ?? '',
    directUrl: config.database.directUrl,
    examples: await readExamples(),
    logError: (error, about) => logger.error({ ...about, err: error }),
    logInfo: (text, about) => logger.info({ ...about }, text),
    signal: starting.signal,
  });
  started.push({ name: 'the gateway', close: tributary.close });
  say('Tributary is ready.');
  say(`  GraphQL and GraphiQL: ${tributary.url} (POST, GET, SSE, WebSocket)`);
  if (sandbox) say(`  Demo: a PaddleFlow sandbox at ${sandbox.url} (root / paddleflow), with its control port at ${sandbox.controlUrl}`);
  if (postgres || sandbox) say(`  Data: ${dataDir}`);
}

/** Undefined: there is none, so this is the demo. */
async function readConfiguration(): Promise<Config | undefined> {
  const named = env['TRIBUTARY_CONFIG'];
  const file = named || 'tributary.yaml';
  if (!named && !existsSync(file)) return undefined;
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new StartError(`The configuration cannot be read: ${error.message}`);
  });
  return parseConfig(text, env, file);
}

/** Told before anything heavy starts. */
async function requireFreePort({ port, host }: Config['server']): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  const { promise, resolve: free, reject } = Promise.withResolvers<void>();
  probe.once('error', reject).listen(port, host, free);
  await promise.catch((error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      EADDRINUSE: 'another program listens there',
      EACCES: 'it needs rights that this user does not have',
    };
    const reason = reasons[error.code ?? ''] ?? error.message;
    throw new StartError(`Cannot listen on ${host}:${port}: ${reason}. Set PORT to another port, or to 0 for any free one.`);
  });
  await new Promise((closed) => probe.close(closed));
}

async function startPostgres(dataDir: string) {
  await mkdir(dataDir, { recursive: true });
  const postgres = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'postgres'),
    logError: (error) => logger.error({ err: error }, 'PostgreSQL'),
    signal: starting.signal,
  });
  started.push({ name: 'PostgreSQL', close: postgres.close });
  return postgres;
}

async function startSandbox(dataDir: string) {
  const sandbox = await startDemoSandbox(join(dataDir, 'sandbox'), env, starting.signal);
  started.push({ name: 'the sandbox', close: sandbox.close });
  return sandbox;
}

async function closeAll(): Promise<void> {
  for (const { name, close } of started.toReversed())
    await close().catch((error: unknown) => logger.error({ err: error }, `closing ${name}`));
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

process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
const ready = start();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(signal));
try {
  await ready;
} catch (error) {
  // Who was asked to end says nothing about a start that did not come to its end, and is closing already.
  if (askedToEndAt === undefined) {
    const plain = error instanceof ConfigError || error instanceof StartError || error instanceof EmbeddedPostgresError;
    const text = error instanceof Error ? (plain ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
    await closeAll();
    process.exit();
  }
}
