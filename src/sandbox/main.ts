/** The sandboxes by themselves: `npm run sandbox`. Whatever is not set has a default; a port of 0 takes a free one. */
import { parseSwitches, startDataStorySandbox } from './datastory/index.ts';
import { startPaddleFlowSandbox } from './paddleflow/index.ts';

const { env } = process;
const { SANDBOX_DATA, HOST = '127.0.0.1', SANDBOX_ZONE, SANDBOX_DATASTORY = '', SANDBOX_DATASTORY_TOKEN } = env;
/** Whoever wants free ports for one wants them for all. */
const free = env['SANDBOX_PORT'] === '0';
const usualPorts: Readonly<Record<string, string>> = {
  SANDBOX_PORT: '8999',
  SANDBOX_CONTROL_PORT: '8998',
  SANDBOX_DATASTORY_PORT: free ? '0' : '8997',
  SANDBOX_DATASTORY_CONTROL_PORT: free ? '0' : '8996',
};

const print = (line: string) => void process.stdout.write(`${line}\n`);

function oneOf<const T extends string>(name: string, words: readonly [T, ...T[]]): T {
  const value = env[name];
  const word = value === undefined || value === '' ? words[0] : words.find((candidate) => candidate === value);
  if (word === undefined) throw new Error(`${name} is one of ${words.join(', ')}`);
  return word;
}

/** Undefined where the environment has none. */
const wordIfAny = <const T extends string>(name: string, words: readonly [T, ...T[]]): T | undefined =>
  env[name] ? oneOf(name, words) : undefined;

const portText = (name: string): string => env[name] || (usualPorts[name] ?? '0');
function port(name: string): number {
  const text = portText(name);
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error(`${name} is not a port, which is a number from 0 to 65535`);
  return Number(text);
}

function switches() {
  try {
    return parseSwitches(SANDBOX_DATASTORY);
  } catch (error) {
    throw new Error(`SANDBOX_DATASTORY: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** A port that cannot be had is a matter of who starts it: told with what to do. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, port: taken } = error as NodeJS.ErrnoException & { port?: number };
  if (syscall !== 'listen') return error.message;
  const name = Object.keys(usualPorts).find((known) => portText(known) === String(taken)) ?? 'SANDBOX_PORT';
  const why = code === 'EADDRINUSE' ? 'another program listens there' : `the system refuses it (${code})`;
  return `The sandbox cannot listen on ${HOST}:${taken}: ${why}. Set ${name} to another port, or to 0 for any free one.`;
}

await using started = new AsyncDisposableStack();
try {
  const clock = oneOf('SANDBOX_CLOCK', ['real', 'manual']);
  const seed = oneOf('SANDBOX_SEED', ['demo', 'empty']);
  const common = { clock, seed, host: HOST, ...(SANDBOX_DATA && { dataDir: SANDBOX_DATA }), ...(SANDBOX_ZONE && { zone: SANDBOX_ZONE }) };
  const database = wordIfAny('SANDBOX_DATABASE', ['mysql']);
  const clusters = wordIfAny('SANDBOX_CLUSTERS', ['several']);
  const version = wordIfAny('SANDBOX_VERSION', ['v0.13']);
  const paddleflow = started.use(
    await startPaddleFlowSandbox({
      ...common,
      port: port('SANDBOX_PORT'),
      controlPort: port('SANDBOX_CONTROL_PORT'),
      ...(database && { database }),
      ...(clusters && { clusters }),
      ...(version && { version }),
    }),
  );
  const datastory = started.use(
    await startDataStorySandbox({
      ...common,
      port: port('SANDBOX_DATASTORY_PORT'),
      controlPort: port('SANDBOX_DATASTORY_CONTROL_PORT'),
      switches: switches(),
      ...(SANDBOX_DATASTORY_TOKEN && { token: SANDBOX_DATASTORY_TOKEN }),
    }),
  );
  const kept = started.move();
  const { pid } = process;
  const { token } = datastory;
  // One line for a parent process, then some for people.
  const place = ({ url, controlUrl }: { url: string; controlUrl: string }) => ({ url, controlUrl, pid });
  const credentials = { user: 'root', password: 'paddleflow' };
  print(JSON.stringify({ paddleflow: { ...place(paddleflow), ...credentials }, datastory: { ...place(datastory), token } }));
  print(`PaddleFlow sandbox at ${paddleflow.url} (root / paddleflow), control port at ${paddleflow.controlUrl}`);
  print(`DataStory sandbox at ${datastory.url} (token ${token}), control port at ${datastory.controlUrl}`);
  if (seed === 'demo') print('Demo accounts of PaddleFlow: alice / alice123, bobby / bobby123');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void kept.disposeAsync());
} catch (error) {
  process.stderr.write(`${whyNot(error)}\n`);
  process.exitCode = 1;
}
