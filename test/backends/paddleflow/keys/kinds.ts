import { toGlobalId, type Bench } from '../../../support/bench.ts';
import { kubeconfig } from '../../../support/kubeconfig.ts';
import { base64, type Caller } from '../upstream.ts';

/** Of the mutation that is called so, or by the word before a comma: it makes something, and this is how the backend tells how many there are. */
export interface Kind {
  /** Fields of its payload by which one thing is told from another. */
  readonly made: string;
  /** What to ask for, so that it is another thing for each name; `name` is a lower case word of at most 12 letters and digits. */
  input(name: string, prepared: string): Record<string, unknown>;
  /** Of the same thing with something else about it. */
  readonly other: Record<string, unknown>;
  /** Of the same thing with another secret, which is not compared. */
  readonly secret?: Record<string, unknown>;
  /** The path of the one call that makes it. */
  readonly path: string;
  /** Default POST. */
  readonly method?: string;
  /** What has to be there before. */
  prepare?(root: Caller, name: string, bench: Bench): Promise<string>;
  /** The server says of one that it is not there, so its lists do not matter. */
  readonly isReadAlone?: true;
  /** There may be several that are the same. */
  readonly isNumbered?: true;
  /** How many calls it costs, and how many when it is asked again. */
  readonly calls: readonly [number, number];
  /** How many there are upstream. */
  count(root: Caller, name: string, prepared: string): Promise<number>;
}

/** How many items of a list of the backend are it. */
async function counted(root: Caller, path: string, isIt: (item: Record<string, unknown>) => boolean): Promise<number> {
  const { body } = await root.get(path);
  const all = body as unknown as Record<string, unknown>; // as the sandbox writes it
  const within = (all['pplVersions'] ?? all) as Record<string, Record<string, unknown>[] | null>;
  return (Object.entries(within).find(([key]) => key.endsWith('List'))?.[1] ?? []).filter(isIt).length;
}

const yamlOf = (name: string, word = 'a') => `name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: echo ${word}}\n`;
/** Its id upstream. */
const pipelineOf = async (root: Caller, name: string) =>
  String((await root.post('/pipeline', { yamlRaw: base64(yamlOf(name)) })).body.pipelineID);
const pipelinesOf = (root: Caller, name: string) => counted(root, `/pipeline?nameFilter=${name}`, (item) => item['name'] === name);

const afs = (password: string) => ({ afs: { address: 'h:1', path: '/x', username: 'u', password } });

export const kinds: Readonly<Record<string, Kind>> = {
  createUser: {
    calls: [3, 1],
    made: 'user { id }',
    input: (name) => ({ source: 'prod', username: name, password: 'a-secret-1' }),
    other: { username: 'somebody' },
    secret: { password: 'b-secret-2' },
    path: '/user$',
    count: (root, name) => counted(root, '/user?maxKeys=1000', (item) => item['name'] === name),
  },
  grantQueue: {
    calls: [5, 1],
    made: 'grant { id }',
    input: (name) => ({ userId: toGlobalId('User', 'prod', name), queueId: toGlobalId('Queue', 'prod', 'infer') }),
    other: { queueId: toGlobalId('Queue', 'prod', 'train') },
    path: '/grant$',
    prepare: async (root, name) => (await root.post('/user', { username: name, password: 'a-secret-1' })).text,
    count: (root, name) => counted(root, `/grant?username=${name}`, (item) => item['resourceID'] === 'infer'),
  },
  createQueue: {
    calls: [3, 1],
    made: 'queue { id }',
    input: (name) => ({
      source: 'prod',
      name,
      namespace: 'ml',
      clusterId: toGlobalId('Cluster', 'prod', 'default-cluster'),
      maxResources: { cpu: '2', memory: '2Gi' },
    }),
    other: { maxResources: { cpu: '3', memory: '2Gi' } },
    path: '/queue$',
    isReadAlone: true,
    count: (root, name) => counted(root, `/queue?name=${name}`, (item) => item['name'] === name),
  },
  createFlavour: {
    calls: [3, 1],
    made: 'flavour { id }',
    input: (name) => ({ source: 'prod', name, cpu: '2', memory: '2Gi' }),
    other: { cpu: '3' },
    path: '/flavour$',
    isReadAlone: true,
    count: (root, name) => counted(root, '/flavour?maxKeys=1000', (item) => item['name'] === name),
  },
  createCluster: {
    calls: [6, 1],
    made: 'cluster { id }',
    input: (name) => ({ source: 'prod', name, endpoint: 'https://10.0.0.1:6443', version: '1.20' }),
    other: { endpoint: 'https://10.0.0.2:6443' },
    secret: { credential: Buffer.from(kubeconfig, 'base64').toString() },
    path: '/cluster$',
    count: (root, name) => counted(root, `/cluster?clusterNames=${name}`, (item) => item['clusterName'] === name),
  },
  createFileSystem: {
    calls: [3, 1],
    made: 'fileSystem { id }',
    input: (name) => ({ source: 'prod', name, storage: afs('a-secret-1') }),
    other: { independentMountProcess: true },
    secret: { storage: afs('b-secret-2') },
    path: '/fs$',
    isReadAlone: true,
    count: (root, name) => counted(root, `/fs?fsName=${name}&marker=2037-12-31+23:59:59`, (item) => item['name'] === name),
  },
  createLink: {
    calls: [4, 2],
    made: 'link { id }',
    input: (name, fsId) => ({
      fileSystemId: toGlobalId('FileSystem', 'prod', fsId),
      path: `/${name}`,
      storage: { cfs: { address: 'h', path: '/new' } },
    }),
    other: { storage: { cfs: { address: 'h', path: '/other' } } },
    path: '/link$',
    prepare: async (root, name) => String((await root.post('/fs', { name, url: 'cfs://h/data' })).body.fsID),
    count: (root, name) => counted(root, `/link/${name}?marker=2037-12-31+23:59:59`, (item) => item['fsPath'] === `/${name}`),
  },
  createPipeline: {
    calls: [3, 1],
    made: 'pipeline { id } version { id }',
    input: (name) => ({ source: 'prod', from: { yaml: yamlOf(name) } }),
    other: { description: 'another' },
    path: '/pipeline$',
    count: pipelinesOf,
  },
  'createPipeline, from a file': {
    calls: [3, 1],
    made: 'pipeline { id } version { id }',
    input: (name) => ({ source: 'prod', from: { path: { fileSystemName: name } } }),
    other: { description: 'another' },
    path: '/pipeline$',
    async prepare(root, name, bench) {
      const fsID = String((await root.post('/fs', { name, url: `local://mnt/${name}` })).body.fsID);
      bench.control.putFile(fsID, 'run.yaml', yamlOf(name));
      return fsID;
    },
    count: pipelinesOf,
  },
  createPipelineVersion: {
    isNumbered: true,
    calls: [4, 2],
    made: 'version { id }',
    input: (name, pipelineId) => ({ pipelineId: toGlobalId('Pipeline', 'prod', pipelineId), from: { yaml: yamlOf(name, 'b') } }),
    other: { description: 'another' },
    path: '/pipeline/ppl-[0-9]+$',
    isReadAlone: true,
    prepare: pipelineOf,
    count: async (root, _name, pipelineId) => (await counted(root, `/pipeline/${pipelineId}`, () => true)) - 1,
  },
  retryRun: {
    isNumbered: true,
    calls: [2, 1],
    made: 'run { id }',
    input: (_name, runId) => ({ id: toGlobalId('Run', 'prod', runId) }),
    other: { id: toGlobalId('Run', 'prod', 'run-000001') },
    path: '/run/run-[0-9]+.action=retry$',
    method: 'PUT',
    async prepare(root, name, bench) {
      const { runID } = (await root.post('/run', { runYamlRaw: base64(yamlOf(name).replace('echo a', 'exit 1')) })).body;
      bench.control.advance(600_000);
      await bench.synced();
      return String(runID);
    },
    count: async (root, name) => (await counted(root, `/run?nameFilter=${name}`, () => true)) - 1,
  },
  createSchedule: {
    calls: [4, 1],
    made: 'schedule { id }',
    input: (name, pipelineId) => ({
      pipelineVersionId: toGlobalId('PipelineVersion', 'prod', `${pipelineId}/1`),
      name,
      crontab: '0 2 * * *',
    }),
    other: { crontab: '0 3 * * *' },
    path: '/schedule$',
    prepare: pipelineOf,
    count: (root, name) => counted(root, `/schedule?nameFilter=${name}`, (item) => item['name'] === name),
  },
};
