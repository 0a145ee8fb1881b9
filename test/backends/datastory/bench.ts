import { createDataStoryClient, type DataStoryClient } from '../../../src/backends/datastory/client/client.ts';
import { DataStorySourceConfig, type AlgorithmConfig } from '../../../src/backends/datastory/config.ts';
import type { WireSubmission } from '../../../src/backends/datastory/wire/wire.ts';
import { startBench, type BenchOptions } from '../../support/bench.ts';
import { startDataStorySandbox, type DataStorySandboxOptions } from '../../../src/sandbox/datastory/index.ts';

export const startAt = Date.parse('2026-01-02T11:04:05+08:00');
export const token = 'ds-token-of-acme';
export const cosmetics = { name: 'triple-cosmetics', submitPath: '/api/algorithm/triple/cosmetics/add' };

/** A configuration as its file has it, with what a test says otherwise. */
export const readConfig = (change: object = {}): DataStorySourceConfig =>
  DataStorySourceConfig.parse({ name: 'lab', kind: 'datastory', token, algorithms: [cosmetics], ...change });

export function algorithmOf({ algorithms }: DataStorySourceConfig, name = cosmetics.name): AlgorithmConfig {
  const found = algorithms.find((algorithm) => algorithm.name === name);
  if (found === undefined) throw new Error(`there is no algorithm ${name}`);
  return found;
}

/** Retries wait for nothing worth mentioning. */
export function openClient(url: string, change: object = {}): AsyncDisposable & DataStoryClient & { algorithm: AlgorithmConfig } {
  const config = readConfig({ url, ...change });
  const client = createDataStoryClient({ ...config, retry: { baseMs: 1 } });
  return { ...client, algorithm: algorithmOf(config), [Symbol.asyncDispose]: client.close };
}

/** The platform, standing still, and a client of it. */
export async function startPlatform(options: Partial<DataStorySandboxOptions> = {}, change: object = {}) {
  const stack = new AsyncDisposableStack();
  const sandbox = stack.use(await startDataStorySandbox({ clock: 'manual', startAt, token, ...options }));
  const client = stack.use(openClient(sandbox.url, change));
  return { sandbox, control: sandbox.control, client, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

export const hdfs = { fileSystemType: 'HDFS', host: 'nn1.hadoop.example', port: '9870', userName: 'analytics' } as const;
export const ceph = {
  fileSystemType: 'CEPH',
  host: 'ceph.storage.example',
  port: '7480',
  userName: 'AK-7f3e-bucket',
  password: 'SK-9b2d-bucket',
} as const;
export const submission: WireSubmission = {
  inputFileSystemInfo: { ...hdfs, inputPath: '/data/in/posts.txt' },
  outputFileSystemInfo: { ...hdfs, outputPath: '/data/out/posts' },
  mailAddress: 'ops@acme.example',
};

/** File systems as a configuration has them: the keys of the second one must be seen nowhere. */
export const storage = [
  { name: 'lake', type: 'HDFS', host: hdfs.host, port: hdfs.port, userName: hdfs.userName },
  { name: 'texts', type: 'CEPH', host: ceph.host, port: ceph.port, userName: 'AK-profile-51c8', password: 'SK-profile-e07a' },
];

export interface TaskBenchOptions extends Omit<BenchOptions, 'sandboxes' | 'others'> {
  readonly platform?: Partial<DataStorySandboxOptions>;
  /** More of the configuration of the source, which is called `lab`. */
  readonly config?: object;
  /** The way to the platform; default: straight. */
  readonly urlOf?: (url: string) => string;
  readonly sandboxes?: BenchOptions['sandboxes'];
}

/** Input and output by profile. */
export const locations = (name = 'posts.txt') => ({
  input: { profile: { name: 'lake', path: `/data/in/${name}` } },
  output: { profile: { name: 'texts', path: `nlp-out#${name}` } },
});

/** A gateway with one platform, which stands still until its clock is moved; tasks are asked for all the time. */
export async function startTaskBench({
  platform = {},
  config = {},
  urlOf = (url) => url,
  sandboxes = {},
  ...options
}: TaskBenchOptions = {}) {
  const stack = new AsyncDisposableStack();
  try {
    const sandbox = stack.use(await startDataStorySandbox({ clock: 'manual', startAt, token, ...platform }));
    const poll = { intervalMs: 20, maxIntervalMs: 30 };
    const source = { name: 'lab', kind: 'datastory', url: urlOf(sandbox.url), token, algorithms: [cosmetics], storage, poll, ...config };
    const bench = stack.use(await startBench({ sandboxes, others: [source], ...options }));
    const { control } = sandbox;
    return {
      ...bench,

      /** The fake platform itself. */
      sandboxOfTasks: sandbox,
      platform: control,
      submit: (change: object = {}, headers: Record<string, string> = {}, gateway = 0) =>
        bench.query<SubmitData>(
          submitTask,
          { input: { source: 'lab', algorithm: cosmetics.name, email: 'ops@acme.example', ...locations(), ...change } },
          headers,
          gateway,
        ),
      /** Calls of the platform by who made them, `GET /api/…` without the number of the task. */
      callsOf: (lane: 'leader' | 'viewer') =>
        control
          .calls()
          .filter(({ requestId }) => requestId.startsWith(`${lane}-`))
          .map(({ method, path }) => `${method} ${path}`),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
export type TaskBench = Awaited<ReturnType<typeof startTaskBench>>;

interface SubmitData {
  readonly submitTask: {
    readonly __typename: string;
    readonly message?: string;
    readonly field?: string | null;
    readonly executionId?: string | null;
    readonly task?: { readonly id: string; readonly taskId: string | null; readonly state: string; readonly submission: string };
  } | null;
}
const submitTask = `mutation ($input: SubmitTaskInput!) {
  submitTask(input: $input) {
    __typename
    ... on SubmitTaskPayload { task { id taskId state submission } }
    ... on InvalidInputProblem { field }
    ... on UnconfirmedProblem { executionId }
    ... on Problem { message }
  }
}`;
