import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stopPostmaster } from '../../src/db/embedded-postmaster.ts';
import { inspectProcess } from '../../src/process/inspect.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const npmStart = ['npm', 'start'] as const;
const main = [process.execPath, join(root, 'src/main.ts')] as const;

interface Launch extends Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> {
  readonly env?: NodeJS.ProcessEnv;
  /** Through npm, as people do it; otherwise the program that npm would start. */
  readonly npm?: boolean;
}

/** Without the settings of whoever runs the tests. */
const {
  PORT: _port,
  HOST: _host,
  DATABASE_URL: _url,
  DATABASE_DIRECT_URL: _direct,
  TRIBUTARY_CONFIG: _file,
  TRIBUTARY_DATA: _data,
  SANDBOX_PORT: _sandboxPort,
  SANDBOX_CONTROL_PORT: _controlPort,
  ...surroundings
} = process.env;

export function launch({ env, npm = false, ...options }: Launch) {
  const [command, ...args] = npm ? npmStart : main;
  const child = spawn(command, args, {
    cwd: root,
    ...options,
    env: { ...surroundings, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as in a terminal
  });
  const complaints = text(child.stderr);
  const ended = once(child, 'close').then(async ([code]: unknown[]) => ({ code, complaints: await complaints }));
  return { child, ended };
}

/** A gateway that is ready. Rejects with what it wrote when it ends before that. */
export async function startGateway(options: Launch) {
  const { child, ended } = launch(options);
  const lines: string[] = [];
  const ready = (async () => {
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      const url = /http:\S+\/graphql/.exec(line)?.[0];
      if (url) return url;
    }
    throw new Error(`it ended: ${lines.join('\n')}\n${(await ended).complaints}`);
  })();
  const url = await ready;
  child.stdout.resume();
  return {
    pid: child.pid ?? 0,
    /** What it has written on its output until it was ready. */
    lines,
    url,
    ended,
    async query(query: string, variables: Record<string, unknown> = {}) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return ((await answer.json()) as { data: any }).data; // eslint-disable-line typescript/no-explicit-any -- answers of all shapes
    },
    /** To the process alone, or to its whole group as Ctrl-C in a terminal does. */
    async end(signal: NodeJS.Signals, { group = false } = {}) {
      if (child.exitCode === null && child.signalCode === null) process.kill((child.pid ?? 0) * (group ? -1 : 1), signal);
      return ended;
    },
    async [Symbol.asyncDispose]() {
      await this.end('SIGTERM');
    },
  };
}

/** A data folder that only its owner may enter, and the processes that live on it. What is left of them ends with it. */
export async function makeDataFolder() {
  const folder = await makeTemporaryFolder('tributary-start');
  const data = join(folder.path, 'data');
  const pidIn = async (file: string, read: (content: string) => number) => {
    const pid = await readFile(join(data, file), 'utf8').then(read, () => 0);
    return pid > 0 && (await inspectProcess(pid)) ? pid : undefined;
  };
  const living = async () => ({
    postgres: await pidIn('postgres/cluster/postmaster.pid', (content) => Number(content.split('\n')[0])),
    sandbox: await pidIn('sandbox/sandbox.json', (content) => (JSON.parse(content) as { pid: number }).pid),
  });
  return {
    path: folder.path,
    env: { TRIBUTARY_DATA: data },
    living,
    async [Symbol.asyncDispose]() {
      const { postgres, sandbox } = await living();
      if (sandbox !== undefined) process.kill(sandbox, 'SIGKILL');
      if (postgres !== undefined) await stopPostmaster(join(data, 'postgres/cluster'), postgres);
      await folder[Symbol.asyncDispose]();
    },
  };
}
