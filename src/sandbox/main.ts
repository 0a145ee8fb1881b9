/** The sandbox by itself: `npm run sandbox`. Whatever is not set has a default; a port of 0 takes a free one. */
import type { SandboxOptions } from './paddleflow/index.ts';
import { startPaddleFlowSandbox } from './paddleflow/index.ts';

const {
  SANDBOX_PORT = '8999',
  SANDBOX_CONTROL_PORT = '8998',
  SANDBOX_DATA,
  HOST = '127.0.0.1',
  SANDBOX_CLOCK,
  SANDBOX_SEED,
  SANDBOX_ZONE,
  SANDBOX_VERSION,
  SANDBOX_DATABASE,
  SANDBOX_CLUSTERS,
} = process.env;

const print = (line: string) => void process.stdout.write(`${line}\n`);

function oneOf<const T extends string>(name: string, value: string | undefined, words: readonly [T, ...T[]]): T {
  const word = value === undefined || value === '' ? words[0] : words.find((candidate) => candidate === value);
  if (word === undefined) throw new Error(`${name} is one of ${words.join(', ')}`);
  return word;
}

function port(name: string, value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new Error(`${name} is not a port, which is a number from 0 to 65535`);
  return Number(value);
}

/** A port that cannot be had is a matter of who starts it: told with what to do. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, port: taken } = error as NodeJS.ErrnoException & { port?: number };
  if (syscall !== 'listen') return error.message;
  const name = String(taken) === SANDBOX_CONTROL_PORT ? 'SANDBOX_CONTROL_PORT' : 'SANDBOX_PORT';
  const why = code === 'EADDRINUSE' ? 'another program listens there' : `the system refuses it (${code})`;
  return `The sandbox cannot listen on ${HOST}:${taken}: ${why}. Set ${name} to another port, or to 0 for any free one.`;
}

try {
  const options: SandboxOptions = {
    clock: oneOf('SANDBOX_CLOCK', SANDBOX_CLOCK, ['real', 'manual']),
    seed: oneOf('SANDBOX_SEED', SANDBOX_SEED, ['demo', 'empty']),
    host: HOST,
    port: port('SANDBOX_PORT', SANDBOX_PORT),
    controlPort: port('SANDBOX_CONTROL_PORT', SANDBOX_CONTROL_PORT),
    ...(SANDBOX_DATA ? { dataDir: SANDBOX_DATA } : {}),
    ...(SANDBOX_ZONE ? { zone: SANDBOX_ZONE } : {}),
    ...(SANDBOX_DATABASE ? { database: oneOf('SANDBOX_DATABASE', SANDBOX_DATABASE, ['mysql']) } : {}),
    ...(SANDBOX_CLUSTERS ? { clusters: oneOf('SANDBOX_CLUSTERS', SANDBOX_CLUSTERS, ['several']) } : {}),
    ...(SANDBOX_VERSION ? { version: oneOf('SANDBOX_VERSION', SANDBOX_VERSION, ['v0.13']) } : {}),
  };
  const sandbox = await startPaddleFlowSandbox(options);
  const { url, controlUrl } = sandbox;
  // One line for a parent process, then some for people.
  print(JSON.stringify({ paddleflow: { url, controlUrl, pid: process.pid } }));
  print(`PaddleFlow sandbox at ${url} (root / paddleflow), control port at ${controlUrl}`);
  if (options.seed === 'demo') print('Demo accounts: alice / alice123, bobby / bobby123');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
} catch (error) {
  process.stderr.write(`${whyNot(error)}\n`);
  process.exitCode = 1;
}
