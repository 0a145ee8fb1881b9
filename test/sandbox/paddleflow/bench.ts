import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaddleFlowSandbox, SandboxOptions } from '../../../src/sandbox/paddleflow/index.ts';
import { startPaddleFlowSandbox } from '../../../src/sandbox/paddleflow/index.ts';

/** What tests look into. The types are only there to read on; what is really there is what a test checks. */
export interface WireBody {
  readonly authorization: string;
  readonly code: string;
  readonly message: string;
  readonly requestID: string;
  readonly maxKeys: number;
  readonly isTruncated: boolean;
  readonly nextMarker: string;
  readonly runID: string;
  readonly status: string;
  readonly runList: readonly { readonly runID: string; readonly status: string; readonly [key: string]: unknown }[];
  readonly runtime: Readonly<Record<string, readonly { readonly jobID: string; readonly [key: string]: unknown }[]>>;
  readonly submitLog: string;
  readonly runLog: readonly {
    readonly jobID: string;
    readonly taskList: readonly { readonly taskID: string; readonly logInfo: LogInfo }[];
  }[];
  readonly [key: string]: unknown;
}

export interface LogInfo {
  readonly logContent: string;
  readonly hasNextPage: boolean;
  readonly truncated: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** An empty object when the text is no JSON. */
  readonly body: WireBody;
}

export interface Caller {
  readonly token: string;
  /** `path` is below the base path; a text goes out as it is, anything else as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<WireAnswer>;
  get(path: string): Promise<WireAnswer>;
  post(path: string, body: unknown): Promise<WireAnswer>;
}

export interface Bench extends AsyncDisposable {
  readonly sandbox: PaddleFlowSandbox;
  readonly control: PaddleFlowSandbox['control'];
  readonly root: Caller;
  login(username: string, password: string): Promise<Caller>;
  /** Makes the account and logs in. */
  user(username: string): Promise<Caller>;
  /** A run of root's from its YAML; returns the id. */
  run(yaml: string, more?: object, caller?: Caller): Promise<string>;
}

export const startAt = Date.parse('2024-03-05T02:00:00Z'); // 10:00 in Shanghai

/** An empty server that stands still and has no delays, unless told otherwise. */
export async function startBench(options: Partial<SandboxOptions> = {}): Promise<Bench> {
  const sandbox = await startPaddleFlowSandbox({
    clock: 'manual',
    startAt,
    pace: { toPending: 10, toRunning: 10, engineLag: 10 },
    ...options,
  });
  const login = async (username: string, password: string) => {
    const answer = await callerOf(sandbox.url, '').post('/login', { username, password });
    return callerOf(sandbox.url, answer.body.authorization);
  };
  const root = await login('root', 'paddleflow');
  return {
    sandbox,
    control: sandbox.control,
    root,
    login,
    async user(username) {
      await root.post('/user', { username, password: 'secret1' });
      return login(username, 'secret1');
    },
    async run(yaml, more = {}, caller = root) {
      const answer = await caller.post('/run', { runYamlRaw: base64(yaml), ...more });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body.runID;
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

export function callerOf(url: string, token: string): Caller {
  const call: Caller['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}/api/paddleflow/v1${path}`, {
      method,
      headers: { ...(token === '' ? {} : { 'x-pf-authorization': token }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return { token, call, get: (path) => call('GET', path), post: (path, body) => call('POST', path, body) };
}

function parsed(text: string): WireBody {
  try {
    return JSON.parse(text) as WireBody;
  } catch {
    return {} as WireBody;
  }
}

/** A folder that goes with the scope. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'sandbox-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** One step that runs for `seconds` and says so each second. */
export const stepYaml = (seconds = 5, name = 'work'): string =>
  `name: ${name}\ndocker_env: busybox:1.36\nentry_points:\n  main:\n    command: 'for i in $(seq 1 ${seconds}); do echo line $i; sleep 1; done'\n`;
