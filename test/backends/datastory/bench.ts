import { createDataStoryClient, type DataStoryClient } from '../../../src/backends/datastory/client/client.ts';
import { DataStorySourceConfig, type AlgorithmConfig } from '../../../src/backends/datastory/config.ts';
import type { WireSubmission } from '../../../src/backends/datastory/wire/wire.ts';
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
