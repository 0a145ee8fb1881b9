import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { ConfigError, parseConfig, type Config } from './config.ts';
import { EmbeddedPostgresError } from './db/embedded-error.ts';
import { startEmbeddedPostgres } from './db/embedded.ts';
import { startDemoSandbox } from './demo.ts';
import type { Example } from './graphiql/graphiql.ts';
import { startTributary } from './tributary.ts';

const { env } = process;
const logger = pino({ level: env['LOG_LEVEL'] ?? 'info' }, pino.destination({ dest: 2, sync: true }));
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Mistakes of whoever starts it: told without a stack. */
class StartError extends Error {
  override name = 'StartError';
}

/** What has been started, ended in reverse order. */
const started: { name: string; close: () => Promise<void> }[] = [];
let closing: Promise<void> | undefined;
const closeAll = () =>
  (closing ??= (async () => {
    for (const { name, close } of started.toReversed()) await close().catch((error: unknown) => logger.error({ err: error }, `closing ${name}`));
  })());

async function readConfiguration(): Promise<Config | undefined> {
  const file = env['TRIBUTARY_CONFIG'] ?? 'tributary.yaml';
  if (!existsSync(file)) {
    if (env['TRIBUTARY_CONFIG']) throw new StartError(`TRIBUTARY_CONFIG names ${file}, which is not there`);
    return undefined;
  }
  return parseConfig(await readFile(file, 'utf8'), env, file);
}

/** Told before anything heavy starts. */
async function requireFreePort({ port, host }: Config['server']): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  const { promise, resolve: free, reject } = Promise.withResolvers<void>();
  probe.once('error', reject).listen(port, host, free);
  await promise.catch((error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = { EADDRINUSE: 'another program listens there', EACCES: 'it needs rights that this user does not have' };
    const reason = reasons[error.code ?? ''] ?? error.message;
    throw new StartError(`Cannot listen on ${host}:${port}: ${reason}. Set PORT to another port, or to 0 for any free one.`);
  });
  await new Promise((closed) => probe.close(closed));
}

/** The operations of the documentation are the first tabs of GraphiQL. */
async function readExamples(): Promise<Example[]> {
  const folder = fileURLToPath(new URL('../schema/operations', import.meta.url));
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).toSorted();
  return Promise.all(files.map(async (file) => ({ title: file.replace('.graphql', ''), query: await readFile(join(folder, file), 'utf8') })));
}

const demoConfig = (sandboxUrl: string) => `
sources:
  - name: demo
    kind: paddleflow
    url: ${sandboxUrl}
    username: root
    password: paddleflow
    timeZone: Asia/Shanghai
`;

async function start(): Promise<void> {
  const written = await readConfiguration();
  const settings = written ?? parseConfig(demoConfig('http://127.0.0.1'), env, 'the environment');
  await requireFreePort(settings.server);
  const dataDir = resolve(env['TRIBUTARY_DATA'] ?? '.tributary');

  const starting = [settings.database.url === undefined ? startPostgres(dataDir) : undefined, written ? undefined : startSandbox(dataDir)] as const;
  await Promise.allSettled(starting); // when one fails, what the other has started must still be known to be closed
  const [postgres, sandbox] = await Promise.all(starting);
  const config = sandbox ? parseConfig(demoConfig(sandbox.url), env) : settings;
  const databaseUrl = config.database.url ?? postgres?.connectionString ?? '';
  const tributary = await startTributary({
    ...{ config, databaseUrl, directUrl: config.database.directUrl, examples: await readExamples() },
    logError: (error, about) => logger.error({ ...about, err: error }),
  });
  started.push({ name: 'the gateway', close: tributary.close });
  say(`Tributary is ready.`);
  say(`  GraphQL, GraphiQL, SSE and WebSocket: ${tributary.url}`);
  if (sandbox) say(`  Demo: PaddleFlow sandbox at ${sandbox.url} (root / paddleflow), its control port at ${sandbox.controlUrl}`);
  if (postgres) say(`  Data: ${dataDir}`);
}

async function startPostgres(dataDir: string) {
  const folder = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  const postgres = await startEmbeddedPostgres({ dataDir: folder, logError: (error) => logger.error({ err: error }, 'PostgreSQL') });
  started.push({ name: 'PostgreSQL', close: postgres.close });
  return postgres;
}

async function startSandbox(dataDir: string) {
  const folder = join(dataDir, 'sandbox');
  await mkdir(folder, { recursive: true });
  const sandbox = await startDemoSandbox(folder, env);
  started.push({ name: 'the sandbox', close: sandbox.close });
  return sandbox;
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (closing) return; // npm passes a Ctrl-C on that the terminal has sent as well
  say(`${signal}: closing …`);
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
  const plain = error instanceof ConfigError || error instanceof StartError || error instanceof EmbeddedPostgresError;
  process.stderr.write(`${plain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
  await closeAll();
  process.exit();
}
