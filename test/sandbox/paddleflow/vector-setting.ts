import type { Bindings } from '../../support/pattern.ts';
import type { Bench, Caller } from './bench.ts';
import { base64, startBench } from './bench.ts';

/** Every recorded request, as `vectors/paddleflow.json` has it. */
export interface Vector {
  readonly call: string;
  readonly given?: string;
  /** Whose token is sent; null: none. */
  readonly as?: string | null;
  readonly token?: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly yaml?: string;
  /** Null: the connection was closed without an answer. */
  readonly status: number | null;
  readonly response: unknown;
}

const kubeconfig = base64('apiVersion: v1\nkind: Config\nclusters: []\n');
const endpoint = 'http://k3s:6443';

/** A server as the recorded one was: SQLite, clusters of type K3S, several of them, UTC. */
export async function startSetting(): Promise<{ bench: Bench; alice: Caller; known: Bindings }> {
  const bench = await startBench({ zone: 'UTC', clusters: 'several', startAt: Date.parse('2026-03-05T02:00:00.500Z') });
  const { post } = bench.root;
  await post('/user', { username: 'wdalice', password: 'Alice123' });
  const cluster = { clusterType: 'K3S', endpoint, credential: kubeconfig };
  await post('/cluster', { ...cluster, clusterName: 'wdk' });
  await post('/cluster', {
    ...cluster,
    clusterName: 'wdk2',
    endpoint: 'x',
    description: 'neu',
    source: 'AWS',
    version: '1.25',
    setting: '{}',
    namespaceList: ['default'],
  });
  await post('/cluster', { ...cluster, clusterName: 'wdoff', status: 'offline' });
  const max = { cpu: '4', mem: '8Gi' };
  await post('/queue', { name: 'wdq', namespace: 'default', clusterName: 'wdk', maxResources: max });
  const known: Bindings = new Map([
    ['cluster', 'k3s'],
    ['base64 kubeconfig', kubeconfig],
  ]);
  bench.control.advance(1000); // lists of file systems do not show the present second
  return { bench, alice: await bench.login('wdalice', 'Alice123'), known };
}

type Prepare = (bench: Bench, known: Bindings, vector: Vector) => Promise<unknown>;

const queue2: Prepare = ({ root }) =>
  root.post('/queue', { name: 'wdq2', namespace: 'default', clusterName: 'wdk', maxResources: { cpu: '4', mem: '8Gi' } });
const queue3: Prepare = ({ root }) =>
  root.post('/queue', {
    name: 'wdq3',
    namespace: 'default',
    clusterName: 'wdk2',
    quotaType: 'volcanoCapabilityQuota',
    minResources: { cpu: '1', mem: '1G' },
    maxResources: { cpu: '1500m', mem: '2G', scalarResources: { 'nvidia.com/gpu': '2' } },
    location: { room: '1' },
    schedulingPolicy: ['priority', 'drf'],
  });
const data: Prepare = ({ root }) => root.post('/fs', { name: 'wddata', url: 'local://tmp/wddata' });
const pipelineYaml = 'name: wdflow\ndocker_env: busybox:1.36\nentry_points:\n  a: {command: echo}\n';
const pipeline: Prepare = async ({ root }, known) => {
  const { body } = await root.post('/pipeline', { yamlRaw: base64(pipelineYaml) });
  known.set('pipeline', String(body['pipelineID']));
};
const schedule: Prepare = async (bench, known, vector) => {
  await pipeline(bench, known, vector);
  const wish = { name: 'wdsched', desc: 'täglich', pipelineID: known.get('pipeline'), pipelineVersionID: '1', crontab: '0 3 * * *' };
  known.set('schedule', String((await bench.root.post('/schedule', wish)).body['scheduleID']));
};

/** A run of the YAML, moved on by so many seconds. */
const run =
  (yaml: string, seconds: number, more: object = {}): Prepare =>
  async (bench, known) => {
    const runID = await bench.run(yaml, more);
    known.set('run', runID);
    bench.control.advance(seconds * 1000);
    const [job] = (await bench.root.get(`/job?maxKeys=1`)).body['jobList'] as { id: string }[];
    if (job !== undefined) known.set('job', job.id);
  };

const oneStep =
  "name: wdok\ndocker_env: 'busybox:1.36'\nentry_points:\n  one: {command: 'echo hi', env: {PF_JOB_QUEUE_NAME: wdq, PF_JOB_FLAVOUR: flavour1}}\n";
const yamlOf = ({ response }: Vector): string => (response as { runYaml: string }).runYaml;

const both =
  (...all: Prepare[]): Prepare =>
  async (bench, known, vector) => {
    for (const prepare of all) await prepare(bench, known, vector);
  };

const stopped =
  (force: boolean): Prepare =>
  async (bench, known) => {
    await bench.root.call('PUT', `/run/${known.get('run')}?action=stop`, { stopForce: force });
    bench.control.advance(5000);
  };

const cached: Prepare = async (bench, known, vector) => {
  await data(bench, known, vector);
  const yaml = vector.path === '/run/<run>' && vector.method === 'GET' ? yamlOf(vector) : cacheYaml;
  known.set('old run', await bench.run(yaml));
  bench.control.advance(20_000);
  known.set('run', await bench.run(yaml, { desc: 'again' }));
  bench.control.advance(20_000);
};
const cacheYaml =
  'name: wdart\ndocker_env: "busybox:1.36"\nentry_points:\n  make: {command: "echo 42 > {{o}}", artifacts: {output: [o]}, cache: {enable: true}, env: {PF_JOB_QUEUE_NAME: wdq}}\n  take: {deps: make, command: "cat {{i}}", artifacts: {input: {i: "{{make.o}}"}}, env: {PF_JOB_QUEUE_NAME: wdq}}\nfs_options: {main_fs: {name: wddata}}\n';

/** What had happened before, by the request. Of those that are not here: nothing but the setting. */
export const givens: Readonly<Record<string, Prepare>> = {
  'GET /run/none own request id': async () => {},
  'PUT /flavour/wdfl5 update as another user': async ({ login }) =>
    (await login('wdalice', 'Alice123')).post('/flavour', { name: 'wdfl5', cpu: '1', mem: '1Gi' }),
  'POST /cluster create, duplicate name': ({ root }) =>
    root.post('/cluster', { clusterName: 'wddup', clusterType: 'K3S', endpoint, credential: kubeconfig }),
  'PUT /cluster/wdk2 update, drops the namespace of a queue': queue3,
  'GET /queue/wdq2 read, elastic': queue2,
  'GET /queue/wdq3 read, volcano': queue3,
  'PUT /queue/wdq2 update, half a maximum': both(queue2, ({ root }) => root.call('PUT', '/queue/wdq2', { maxResources: { cpu: '6' } })),
  'PUT /queue/wdq2 update, removes the last policy': both(queue2, ({ root }) =>
    root.call('PUT', '/queue/wdq2', {
      maxResources: { cpu: '6' },
      minResources: { cpu: '1', mem: '1Gi' },
      location: { floor: '2' },
      schedulingPolicy: ['drf'],
    }),
  ),
  'POST /grant create': queue2,
  'DELETE /grant delete, missing': queue3,
  'POST /fs create, duplicate': data,
  'GET /fs/wddata read, local': data,
  'GET /fs/wdmock read, mock': ({ root }) =>
    root.post('/fs', { name: 'wdmock', url: 'mock://x', properties: { pvc: 'p', namespace: 'default' } }),
  'GET /fs list, marker that is no time': both(data, async ({ login, control }) => {
    control.advance(1000);
    await (await login('wdalice', 'Alice123')).post('/fs', { name: 'own', url: 'local://tmp/own' });
  }),
  'POST /link create on a mock fs': ({ root }) =>
    root.post('/fs', { name: 'wdmock', url: 'mock://x', properties: { pvc: 'p', namespace: 'default' } }),
  'POST /link create on a cfs fs that cannot be mounted': ({ root }) => root.post('/fs', { name: 'wdcfs', url: 'cfs://nowhere.invalid/x' }),
  'GET /link/wddata read, link missing': data,
  'DELETE /link/wddata delete, missing': data,
  'POST /fsCache create, bad metaDriver': both(data, ({ root }) =>
    root.post('/fsCache', { fsName: 'wddata', cacheDir: '/tmp/cache', metaDriver: 'mem' }),
  ),
  'GET /fsCache/wddata read': both(data, ({ root }) =>
    root.post('/fsCache', { fsName: 'wddata', cacheDir: '/tmp/cache', metaDriver: 'mem', blockSize: 4096 }),
  ),
  'POST /pipeline create from a missing file': data,
  'GET /pipeline/<pipeline>/9 version missing': pipeline,
  'DELETE /pipeline/<pipeline>/1 delete the last version': pipeline,
  'GET /run/<run> the run above, 5 s after a forced stop': both(
    (bench, known, vector) => run(yamlOf(vector), 5)(bench, known, vector),
    stopped(true),
  ),
  'GET /run/<run> detail, a step failed': (bench, known, vector) => run(yamlOf(vector), 20, { desc: 'fails' })(bench, known, vector),
  'GET /run/<run> detail, stopped': both((bench, known, vector) => run(yamlOf(vector), 5)(bench, known, vector), stopped(false)),
  'GET /run/<run> detail, empty loop': (bench, known, vector) => run(yamlOf(vector), 20, { desc: 'emptyloop' })(bench, known, vector),
  'GET /run/<run> detail, retried': async (bench, known, vector) => {
    await run(yamlOf(vector), 20, { desc: 'fails' })(bench, known, vector);
    const { body } = await bench.root.call('PUT', `/run/${known.get('run')}?action=retry`);
    known.set('old run', known.get('run') ?? '');
    known.set('run', body.runID);
    bench.control.advance(20_000);
  },
  'PUT /run/<run> stop, ended': run(oneStep, 20),
  'DELETE /run/<run> delete, running': run(oneStep.replace('echo hi', 'sleep 100'), 5),
  'GET /log/run/<run> log of a job': async (bench, known, vector) => {
    await run(
      "name: wdlog\ndocker_env: 'busybox:1.36'\nentry_points:\n  mm: {command: 'printf no-newline', env: {PF_JOB_QUEUE_NAME: wdq}}\n",
      20,
    )(bench, known, vector);
  },
  'GET /log/run/<run> page too large': run(oneStep, 20),
  'GET /statistics/job/<job> statistics on K3S': run(oneStep, 20),
  'GET /job/<job> read': run(oneStep, 20),
  'PUT /job/<job> stop, ended': run(oneStep, 20),
  'GET /run/<run> detail, cache hit': cached,
  'GET /artifact list after the cache hit': cached,
  'DELETE /run/<run> delete a run whose cache was used': async (bench, known, vector) => {
    await cached(bench, known, vector);
    known.set('other run', known.get('run') ?? '');
    known.set('run', known.get('old run') ?? '');
  },
  'POST /schedule create, bad crontab': pipeline,
  'DELETE /schedule/<schedule> delete, not the owner': schedule,
  'GET /schedule/<schedule> read': schedule,
};
