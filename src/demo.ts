import { spawn } from 'node:child_process';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { aloneAt } from './process/folder-lock.ts';
import { inspectProcess } from './process/inspect.ts';

const zone = 'Asia/Shanghai';

/** What runs without a configuration file. The address is only known once the sandbox runs. */
export const demoConfig = (url: string, sessionKey?: string) => `
auth: { mode: open${sessionKey === undefined ? '' : `, sessionKey: "${sessionKey}"`} }
sources:
  - { name: demo, kind: paddleflow, url: ${url}, username: root, password: paddleflow, timeZone: ${zone} }
`;

/** The demo's fake PaddleFlow: a process of its own, so that it lives on when the gateway is killed. */
export interface DemoSandbox {
  readonly url: string;
  readonly controlUrl: string;
  readonly pid: number;
  /** Ends the sandbox, unless another gateway on the same data folder uses it too. */
  close(): Promise<void>;
}

const program = fileURLToPath(new URL('./sandbox/main.ts', import.meta.url));
const startWithinMs = 20_000;
const endWithinMs = 5_000;

/** Finds or starts the sandbox of a data folder. It takes PaddleFlow's own port when that is free, so that its SDK finds it. An aborted start leaves none behind. */
export async function startDemoSandbox(dataDir: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<DemoSandbox> {
  const users = join(dataDir, 'users');
  const mark = join(users, String(process.pid));
  const lock = join(dataDir, 'lock'); // who joins and who is last to leave must not look at the same time
  await mkdir(users, { recursive: true });
  const running = await aloneAt(lock, async () => {
    const found = (await findRunning(dataDir)) ?? (await launch(dataDir, env, signal));
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

type Running = Omit<DemoSandbox, 'close'>;

/** The sandbox of another gateway, or one that a killed gateway has left behind, if it still answers. */
async function findRunning(dataDir: string): Promise<Running | undefined> {
  try {
    const { url, controlUrl, pid } = JSON.parse(await readFile(join(dataDir, 'sandbox.json'), 'utf8')) as Running; // the sandbox's own file
    const answer = await fetch(`${controlUrl}/state`, { signal: AbortSignal.timeout(2_000) });
    const state = (await answer.json()) as { pid?: number };
    return state.pid === pid ? { url, controlUrl, pid } : undefined; // else its port is another's by now
  } catch {
    return undefined;
  }
}

async function launch(dataDir: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Running> {
  let failure = '';
  for (const port of ['8999', '0']) {
    const answer = await launchOn(port, dataDir, env, signal);
    signal?.throwIfAborted();
    if (typeof answer !== 'string') return answer;
    failure = answer;
  }
  throw new Error(`The PaddleFlow sandbox did not start: ${failure}`);
}

/** The sandbox, or why it did not come up. */
async function launchOn(port: string, dataDir: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Running | string> {
  const logFile = join(dataDir, 'sandbox.log');
  const log = await open(logFile, 'a');
  const place = { HOST: '127.0.0.1', SANDBOX_PORT: port, SANDBOX_CONTROL_PORT: '0', SANDBOX_DATA: dataDir };
  const settings = { ...place, SANDBOX_SEED: 'demo', SANDBOX_CLOCK: 'real', SANDBOX_ZONE: zone };
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
  return (await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join('\n');
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
