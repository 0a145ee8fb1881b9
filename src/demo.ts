import { spawn } from 'node:child_process';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

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

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

type Running = Pick<DemoSandbox, 'url' | 'controlUrl' | 'pid'>;

/** A sandbox that a killed gateway has left behind, if it still answers. */
async function findRunning(dataDir: string): Promise<Running | undefined> {
  try {
    const { url, controlUrl, pid } = JSON.parse(await readFile(join(dataDir, 'sandbox.json'), 'utf8')) as Running; // the sandbox's own file
    if (!isAlive(pid)) return undefined;
    const answer = await fetch(`${controlUrl}/state`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok ? { url, controlUrl, pid } : undefined;
  } catch {
    return undefined;
  }
}

async function launch(dataDir: string, port: number, environment: NodeJS.ProcessEnv): Promise<Running | { readonly failure: string }> {
  const log = await open(join(dataDir, 'sandbox.log'), 'a');
  const { SANDBOX_CLOCK: _clock, ...env } = environment;
  const child = spawn(process.execPath, [program], {
    detached: true, // Ctrl-C in a terminal is for the gateway, which then ends the sandbox in its turn
    stdio: ['ignore', log.fd, log.fd],
    env: { ...env, HOST: '127.0.0.1', SANDBOX_DATA: dataDir, SANDBOX_SEED: 'demo', SANDBOX_PORT: String(port), SANDBOX_CONTROL_PORT: '0' },
  });
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  await log.close();
  for (const deadline = performance.now() + startWithinMs; performance.now() < deadline && !ended; ) {
    const running = await findRunning(dataDir);
    if (running) return running;
    await delay(50);
  }
  const tail = (await readFile(join(dataDir, 'sandbox.log'), 'utf8')).trim().split('\n').slice(-5).join('\n');
  return { failure: ended ? tail : `it did not answer within ${startWithinMs / 1000} s\n${tail}` };
}

/** Finds or starts the sandbox of a data folder. It takes PaddleFlow's own port when that is free, so that its SDK finds it. */
export async function startDemoSandbox(dataDir: string, environment: NodeJS.ProcessEnv): Promise<DemoSandbox> {
  const users = join(dataDir, 'users');
  await mkdir(users, { recursive: true });
  const mark = join(users, String(process.pid));
  await writeFile(mark, '');
  let running: Running | { readonly failure: string } | undefined = await findRunning(dataDir);
  for (const port of [8999, 0]) if (running === undefined || 'failure' in running) running = await launch(dataDir, port, environment);
  if (running === undefined || 'failure' in running) {
    await rm(mark, { force: true });
    throw new Error(`The PaddleFlow sandbox did not start: ${running?.failure ?? ''}`);
  }
  const { pid } = running;
  return {
    ...running,
    async close() {
      await rm(mark, { force: true });
      const others = (await readdir(users)).map(Number).filter((user) => user !== process.pid && isAlive(user));
      if (others.length > 0 || !isAlive(pid)) return;
      process.kill(pid, 'SIGTERM');
      for (const deadline = performance.now() + 5_000; isAlive(pid) && performance.now() < deadline; ) await delay(20);
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    },
  };
}
