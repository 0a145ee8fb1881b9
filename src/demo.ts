import { spawn } from 'node:child_process';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { demoSource, submitDemoTasks } from './backends/datastory/demo.ts';
import { readSource, type Config } from './config.ts';
import { aloneAt } from './process/folder-lock.ts';
import { inspectProcess } from './process/inspect.ts';
import { StartError } from './start-error.ts';

const zone = 'Asia/Shanghai';

/** The demo's sources. Its sessions have a key of their own, where the configuration gives none. The addresses are only known once the sandbox runs. */
export const demoConfig = (config: Config, { url, datastory }: Pick<DemoSandbox, 'url' | 'datastory'>, sessionKey: string): Config => ({
  ...config,
  auth: { ...config.auth, sessionKey: config.auth.sessionKey ?? sessionKey },
  sources: [
    readSource({ name: 'demo', kind: 'paddleflow', url, username: 'root', password: 'paddleflow', timeZone: zone }),
    readSource(demoSource(datastory.url, zone)),
  ],
});

/** Work that only comes about through a gateway, and goes on until it is closed. `url`: of the graph, where nobody is asked for a token. */
export function startDemoWork(url: string): { close(): Promise<void> } {
  const closing = new AbortController();
  const working = submitDemoTasks(url, closing.signal);
  return {
    close: () => {
      closing.abort();
      return working;
    },
  };
}

/** For who has started it. */
export const demoWords = ({ url, controlUrl, datastory }: Omit<DemoSandbox, 'pid' | 'close'>): string[] => [
  `Demo: a PaddleFlow sandbox at ${url} (root / paddleflow), with its control port at ${controlUrl}`,
  `Demo: a DataStory sandbox at ${datastory.url}, with its control port at ${datastory.controlUrl}`,
];

/** The demo's fake backends: a process of its own, so that it lives on when the gateway is killed. */
export interface DemoSandbox {
  readonly url: string;
  readonly controlUrl: string;
  readonly datastory: { readonly url: string; readonly controlUrl: string };
  readonly pid: number;
  /** Ends the sandbox, unless another gateway on the same data folder uses it too. */
  close(): Promise<void>;
}

const program = fileURLToPath(new URL('./sandbox/main.ts', import.meta.url));
const startWithinMs = 20_000;
const endWithinMs = 5_000;

/**
 * Finds or starts the sandbox of a data folder. It takes free ports, unless the environment names them: then those or none. An aborted start
 * leaves none behind. Throws `StartError` where it cannot have the port that was asked for.
 */
export async function startDemoSandbox(dataDir: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<DemoSandbox> {
  const ports = { port: portOf(env, 'SANDBOX_PORT'), controlPort: portOf(env, 'SANDBOX_CONTROL_PORT') };
  const users = join(dataDir, 'users');
  const mark = join(users, String(process.pid));
  const lock = join(dataDir, 'lock'); // who joins and who is last to leave must not look at the same time
  await mkdir(users, { recursive: true });
  const running = await aloneAt(lock, async () => {
    const left = await findRunning(dataDir);
    const found = left && (await adopt(left, ports, () => hasUsers(users))) ? left : await launch(dataDir, ports, env, signal);
    await writeFile(mark, await commandOf(process.pid));
    return found;
  });
  const close = () =>
    aloneAt(lock, async () => {
      await rm(mark, { force: true });
      if (!(await hasUsers(users))) await endProcess(running.pid);
    });
  return { ...running, close };
}

interface Ports {
  readonly port: number;
  readonly controlPort: number;
}

/** 0, any free one, where the environment has none. */
function portOf(env: NodeJS.ProcessEnv, name: string): number {
  const text = env[name] || '0';
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new StartError(`${name} is not a port, which is a number from 0 to 65535.`);
  return Number(text);
}

const fits = (asked: number, at: string) => asked === 0 || asked === Number(new URL(at).port || 80);

/** Whether a sandbox that runs will do. One on other ports than those that are asked for is ended, when nobody else uses it. */
async function adopt({ url, controlUrl, pid }: Running, { port, controlPort }: Ports, isUsed: () => Promise<boolean>): Promise<boolean> {
  if (fits(port, url) && fits(controlPort, controlUrl)) return true;
  if (await isUsed()) {
    const advice = 'Ask for those in SANDBOX_PORT and SANDBOX_CONTROL_PORT or for none, or name another folder in TRIBUTARY_DATA.';
    throw new StartError(
      `Another gateway on this data folder has its sandbox at ${url}, with its control port at ${controlUrl}. ${advice}`,
    );
  }
  await endProcess(pid);
  return false;
}

type Running = Omit<DemoSandbox, 'close'>;

/** The sandbox of another gateway, or one that a killed gateway has left behind, if it still answers. */
async function findRunning(dataDir: string): Promise<Running | undefined> {
  try {
    const { url, controlUrl, pid } = await readPlace(dataDir, 'sandbox.json');
    const datastory = await readPlace(dataDir, 'datastory.json');
    const answer = await fetch(`${controlUrl}/state`, { signal: AbortSignal.timeout(2_000) });
    const state = (await answer.json()) as { pid?: number };
    // Else its port is another's by now.
    return state.pid === pid && datastory.pid === pid ? { url, controlUrl, pid, datastory } : undefined;
  } catch {
    return undefined;
  }
}

type Place = Pick<DemoSandbox, 'url' | 'controlUrl' | 'pid'>;
/** The sandbox's own file. */
const readPlace = async (dataDir: string, name: string) => JSON.parse(await readFile(join(dataDir, name), 'utf8')) as Place;

/** In a process of its own. Throws `StartError` when it does not come up. */
async function launch(dataDir: string, { port, controlPort }: Ports, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Running> {
  const logFile = join(dataDir, 'sandbox.log');
  const log = await open(logFile, 'a');
  const { size: before } = await log.stat();
  const place = { HOST: '127.0.0.1', SANDBOX_PORT: String(port), SANDBOX_CONTROL_PORT: String(controlPort), SANDBOX_DATA: dataDir };
  const ofDataStory = {
    SANDBOX_DATASTORY_PORT: env['SANDBOX_DATASTORY_PORT'] || '0',
    SANDBOX_DATASTORY_CONTROL_PORT: env['SANDBOX_DATASTORY_CONTROL_PORT'] || '0',
    SANDBOX_DATASTORY_TOKEN: '', // the one that the demo's source has
  };
  const settings = { ...place, ...ofDataStory, SANDBOX_SEED: 'demo', SANDBOX_CLOCK: 'real', SANDBOX_ZONE: zone };
  const child = spawn(process.execPath, [program], {
    detached: true, // Ctrl-C in a terminal is for the gateway, which then ends the sandbox in its turn
    stdio: ['ignore', log.fd, log.fd],
    env: { ...env, ...settings },
  });
  child.unref();
  const ended = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)).once('error', () => resolve(true)));
  await log.close();
  const deadline = performance.now() + startWithinMs;
  const waiting = () => performance.now() < deadline && signal?.aborted !== true;
  while (waiting()) {
    const running = await findRunning(dataDir);
    if (running) return running;
    if (await Promise.race([ended, delay(30, false)])) break;
  }
  if (child.pid !== undefined) await endProcess(child.pid);
  signal?.throwIfAborted();
  const said = (await readFile(logFile)).subarray(before).toString().trim().split('\n').slice(-5).join('\n');
  throw new StartError(`The sandbox of the demo did not start: ${said || `it said nothing within ${startWithinMs / 1000} seconds`}`);
}

/** A pid alone may belong to another program by now: a gateway that was killed leaves its mark behind. */
async function hasUsers(folder: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    const mark = join(folder, name);
    const command = await commandOf(Number(name));
    if (command !== '' && command === (await readFile(mark, 'utf8'))) return true;
    await rm(mark, { force: true });
  }
  return false;
}

/** Empty when there is no such process. */
const commandOf = async (pid: number) => (await inspectProcess(pid))?.command.join(' ') ?? '';

async function endProcess(pid: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const deadline = performance.now() + endWithinMs; performance.now() < deadline; await delay(20)) {
      if (!(await inspectProcess(pid))) return;
      sendSignal(pid, signal); // a second one changes nothing
    }
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended since we looked
  }
}
