import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../../src/db/embedded.ts';
import { startFaultProxy, startForwarder } from './proxy.ts';

const program = (path: string) => fileURLToPath(new URL(`../../../src/${path}`, import.meta.url));
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const tokenOf = (name: string) => `the-token-of-${name}`;
export const as = (name: string) => ({ authorization: `Bearer ${tokenOf(name)}` });
/** Operators see all logs; `mallory` is a viewer. */
const roles = { boss: 'admin', bystander: 'operator', mallory: 'viewer' };

/** A process that can be killed and started again. */
interface Revived {
  readonly name: string;
  pid(): number;
  /** Ends at once, as by `kill -9`, and comes back; resolves when it works again. */
  killAndRevive(): Promise<void>;
}

export interface Gateway extends Revived {
  /** Undefined while it is down. */
  url(): string | undefined;
  /** In MiB. */
  memory(): Promise<number>;
}

/** What a gateway is given in place of its defaults: only what makes the siege shorter. */
const source = `budgets: { readMs: 3000, slowReadMs: 4000, writeMs: 4000, lateWriteMs: 4000 }, poll: { intervalMs: 1000, settleMs: 3000 }, logs: { intervalMs: 500, maxIntervalMs: 2000, finalMs: 2000 }`;

/** PostgreSQL, a sandbox behind a proxy of faults, and two gateways: processes of their own, each of which may die at any time. */
export async function startSiegeWorld() {
  await using starting = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'tributary-siege-'));
  starting.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const postgres = await startDatabase(join(folder, 'postgres'));
  starting.defer(() => postgres.close());
  const sandbox = await startSandbox(join(folder, 'sandbox'));
  starting.defer(() => sandbox.close());
  const proxy = starting.use(await startFaultProxy(sandbox.url));
  const forwarder = starting.use(await startForwarder(postgres.url));
  const tokens = Object.entries(roles).map(
    ([name, role]) => `{ name: ${name}, sha256: ${hash(tokenOf(name))}, role: ${role}, owner: root }`,
  );
  const config = join(folder, 'tributary.yaml');
  await writeFile(
    config,
    `server: { port: 0 }\nauth: { mode: tokens, sessionKey: ${hash('the siege')}, tokens: [${tokens.join(', ')}] }\nsources:\n  - { name: prod, kind: paddleflow, url: '${proxy.url}', username: root, password: paddleflow, timeZone: Asia/Shanghai, ${source} }\n`,
  );
  const address = postgres.url();
  address.port = String(forwarder.port);
  const env = { ...process.env, TRIBUTARY_CONFIG: config, DATABASE_URL: address.href, TRIBUTARY_DATA: folder };
  const gateways: Gateway[] = [];
  for (const name of ['the first gateway', 'the second gateway']) {
    const gateway = await startGateway(name, env);
    starting.defer(() => gateway.close());
    gateways.push(gateway);
  }
  const stack = starting.move();
  return { gateways, postgres, sandbox, proxy, databaseUrl: address.href, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
export type SiegeWorld = Awaited<ReturnType<typeof startSiegeWorld>>;

async function kill(pid: number): Promise<void> {
  if (pid <= 0) throw new Error('there is no such process to kill'); // 0 would be our own group
  process.kill(pid, 'SIGKILL');
  while (isThere(pid)) await delay(20);
}
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function startDatabase(dataDir: string) {
  let running = await startEmbeddedPostgres({ dataDir, durable: false });
  return {
    name: 'PostgreSQL',
    pid: () => running.pid,
    url: () => new URL(running.connectionString),
    async killAndRevive() {
      await kill(running.pid);
      await running.close().catch(() => {});
      for (;;) {
        const next = await startEmbeddedPostgres({ dataDir, durable: false }).catch(() => undefined);
        if (next !== undefined) return void (running = next);
        await delay(500);
      }
    },
    close: () => running.close().catch(() => {}),
  };
}

/** Starts a program and reads its output until a line tells where it is. */
async function launch(
  path: string,
  env: NodeJS.ProcessEnv,
  found: (line: string) => string | undefined,
  stderr: 'inherit' | 'ignore' | number,
) {
  const child = spawn(process.execPath, [program(path)], { env, stdio: ['ignore', 'pipe', stderr] });
  if (child.stdout === null) throw new Error('stdout is a pipe'); // for the types
  for await (const line of createInterface(child.stdout)) {
    const url = found(line);
    if (url === undefined) continue;
    child.stdout.resume();
    return { child, url };
  }
  throw new Error(`${path} did not start`);
}
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function startSandbox(dataDir: string) {
  const env = {
    ...process.env,
    SANDBOX_PORT: '0',
    SANDBOX_CONTROL_PORT: '0',
    SANDBOX_DATA: dataDir,
    SANDBOX_CLOCK: 'real',
    SANDBOX_SEED: 'empty',
  };
  const start = () => launch('sandbox/main.ts', env, (line) => (line.startsWith('{') ? line : undefined), 'inherit');
  let running = await start();
  const place = () => (JSON.parse(running.url) as { paddleflow: { url: string; controlUrl: string } }).paddleflow;
  return {
    name: 'the sandbox',
    pid: () => running.child.pid ?? 0,
    url: () => place().url,
    controlUrl: () => place().controlUrl,
    async killAndRevive() {
      await stop(running.child);
      running = await start();
    },
    close: () => stop(running.child),
  };
}

async function startGateway(name: string, env: NodeJS.ProcessEnv): Promise<Gateway & { close(): Promise<void> }> {
  const start = () => launch('main.ts', env, (line) => /(http:\/\/\S+)\/graphql/.exec(line)?.[1], 'ignore');
  let running: Awaited<ReturnType<typeof start>> | undefined = await start();
  let child = running.child;
  const rss = async () =>
    Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => ''))?.[1] ?? 0) / 1024;
  return {
    name,
    pid: () => child.pid ?? 0,
    url: () => running?.url,
    memory: rss,
    async killAndRevive() {
      running = undefined;
      await stop(child);
      running = await start();
      child = running.child;
    },
    close: () => stop(child),
  };
}
