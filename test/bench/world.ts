import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { startPaddleFlowSandbox, type PaddleFlowSandbox } from '../../src/sandbox/paddleflow/index.ts';
import { openSocket } from '../support/socket.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface GatewayProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Resident memory in MiB. */
  memory(): Promise<number>;
}

export const operation = (name: string) => readFile(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

export interface WorldOptions {
  /** More of the source's configuration. */
  readonly source?: string;
  /** More of the configuration, such as `auth`. */
  readonly more?: string;
  /** Of the queries that the world asks itself. */
  readonly headers?: Record<string, string>;
}

/** A PostgreSQL, a sandbox on the wall's clock, and as many gateway processes as wanted, all of them ended with the world. */
export async function startWorld({ source = '', more = '', headers = {} }: WorldOptions = {}) {
  await using starting = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
  starting.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = starting.use(await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false }));
  const sandbox: PaddleFlowSandbox = starting.use(await startPaddleFlowSandbox({ clock: 'real' }));
  const config = join(folder, 'tributary.yaml');
  const text = `server: { port: 0 }\nsources:\n  - { name: prod, kind: paddleflow, url: '${sandbox.url}', username: root, password: paddleflow, timeZone: Asia/Shanghai, ${source} }\n${more}\n`;
  await writeFile(config, text);
  const stack = starting.move();

  async function startGateway(): Promise<GatewayProcess> {
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, TRIBUTARY_CONFIG: config, DATABASE_URL: postgres.connectionString, TRIBUTARY_DATA: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    stack.defer(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    });
    if (child.stdout === null) throw new Error('stdout is a pipe'); // for the types
    for await (const line of createInterface(child.stdout)) {
      const url = /(http:\/\/\S+)\/graphql/.exec(line)?.[1];
      if (url === undefined) continue;
      child.stdout.resume();
      return {
        url,
        child,
        memory: async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
      };
    }
    throw new Error('the gateway did not start');
  }

  return {
    sandbox,
    startGateway,
    databaseUrl: postgres.connectionString,
    async query(gateway: GatewayProcess, name: string, variables: Record<string, unknown> = {}) {
      const body = JSON.stringify({ query: await operation(name), variables });
      const answer = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return (await answer.json()) as { data: Record<string, never> };
    },
    /** Starts a run with one step; returns its ids and its job once the container runs. */
    async startRun(gateway: GatewayProcess, command: string): Promise<{ id: string; runId: string; jobId: string }> {
      const yaml = `name: bench\ndocker_env: busybox\nentry_points:\n  main:\n    command: '${command}'\n`;
      const { data } = await this.query(gateway, 'CreateRun', { input: { source: 'prod', from: { yaml } } });
      const { id, runId } = (data as unknown as { createRun: { run: { id: string; runId: string } } }).createRun.run;
      for (;;) {
        const detail = (await this.query(gateway, 'RunDetail', { id })).data as unknown as {
          run: { steps: { state: string; jobId: string }[] | null };
        };
        const step = detail.run.steps?.[0];
        if (step?.state === 'RUNNING') return { id, runId, jobId: step.jobId };
        await pause(100);
      }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
export type World = Awaited<ReturnType<typeof startWorld>>;

export const pause = (milliseconds: number) => new Promise<void>((wake) => void setTimeout(wake, milliseconds));

export interface LogItem {
  readonly __typename: string;
  readonly cursor: string;
  readonly lines?: readonly { readonly number: number; readonly at: string; readonly text: string }[];
  readonly endReason?: string;
  readonly gapReason?: string;
}

/** One subscriber of a run's log; what it has got, and when its stream ended. */
export async function followLog(gateway: GatewayProcess, id: string, after?: string) {
  const socket = await openSocket(gateway.url);
  const stream = socket.start({ query: await operation('FollowRunLog'), variables: { id, after } });
  const texts: string[] = [];
  const gaps: string[] = [];
  let cursor = after;
  let failure: unknown;
  const done = (async () => {
    for (;;) {
      const { data } = await stream.next<{ runLog: LogItem }>();
      if (data == null) throw new Error('no data');
      cursor = data.runLog.cursor;
      texts.push(...(data.runLog.lines ?? []).map(({ at, text }) => `${at} ${text}`));
      if (data.runLog.gapReason) gaps.push(data.runLog.gapReason);
      if (data.runLog.__typename === 'StreamEnd') return data.runLog.endReason;
    }
  })();
  done.catch((error: unknown) => (failure = error));
  return { socket, texts, gaps, done, cursor: () => cursor, failure: () => failure, pause: socket.pause, resume: socket.resume };
}

export const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
export const report = (line: string) => void process.stdout.write(`${line}\n`);
