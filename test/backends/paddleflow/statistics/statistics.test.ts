import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { as, eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { startUpstream, upstreamUser } from '../upstream.ts';
import { kubeconfig } from '../../../support/kubeconfig.ts';

const yaml = `name: measured
docker_env: busybox
parallelism: 20
entry_points:
  plain: {command: sleep 300, env: {PF_JOB_FLAVOUR: flavour1}}
  cards: {command: sleep 300, env: {PF_JOB_FLAVOUR: flavour2}}
  far: {command: sleep 300, env: {PF_JOB_QUEUE_NAME: far}}
  odd: {command: sleep 300}
  later: {deps: plain, condition: "1 == 2", command: echo}
`;
const began = '2024-03-05T02:00:';
let bench: Bench;
let runId: string;
beforeAll(async () => {
  bench = await startBench({ tokens: { boss: { role: 'operator' }, root: { role: 'viewer' }, bobby: { role: 'viewer' } } });
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/cluster', { clusterName: 'edge', endpoint: 'x', clusterType: 'K3S', credential: kubeconfig });
  await root.post('/queue', { name: 'far', namespace: 'x', clusterName: 'edge', maxResources: { cpu: '20', mem: '20Gi' } });
  runId = await startUpstream(bench, yaml);
  bench.control.advance(1_200_000);
  await eventually(async () => {
    bench.forgetCalls();
    const { data } = await bench.query(`{ runs { nodes { state settled steps { name } } } }`, {}, as('boss'));
    const [run] = data?.runs?.nodes ?? [];
    return Boolean(run?.settled) && run?.steps?.length === 5 && bench.calls().length === 0;
  });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.control.clearFaults();
  bench.forgetCalls();
});
const stepId = (path: string) => toGlobalId('Step', 'prod', `${runId}/${path}`);
const fields = `cpuPercent memoryPercent memoryBytes diskBytes networkReceivedBytesPerSecond networkSentBytesPerSecond diskReadBytesPerSecond
  diskWrittenBytesPerSecond gpuPercent gpuMemoryPercent gpuMemoryBytes`;
const now = `query ($id: ID!) { node(id: $id) { ... on Step { statistics { ${fields} } } } }`;
const statisticsOf = (path: string, who = 'boss') => bench.query(now, { id: stepId(path) }, as(who));
const answerOnce = (path: string, body: unknown) =>
  bench.control.orderFault({ kind: 'status', status: 200, times: 1, path, body: JSON.stringify(body) });
const jobOf = async (path: string) =>
  String(
    (await bench.query('query ($id: ID!) { node(id: $id) { ... on Step { jobId } } }', { id: stepId(path) }, as('boss'))).data?.node?.jobId,
  );
const calls = () => bench.calls().map((call) => call.replace(/job-run-\d+-(\w+)-\w+/, '<$1>'));
const series = (path: string, variables: object = {}, who = 'boss') =>
  bench.run('StepStatisticsSeries', { id: stepId(path), ...variables }, as(who));

test('texts with units become numbers, and what is missing or no number is null', async () => {
  answerOnce('/statistics/job/', {
    metricsInfo: {
      cpu_usage_rate: '45.20%',
      memory_usage_rate: '12.00%',
      memory_usage: '1073741824.00(Bytes)',
      net_receive_bytes: '10.50(B/s)',
      disk_read_rate: '0.00(B/s)',
      disk_write_rate: '5.00%',
      gpu_util: 'NaN%',
      gpu_memory_usage: '+Inf(Bytes)',
      some_new_metric: '1.00(K)',
    },
  });
  expect(await statisticsOf('plain')).toEqual({
    data: {
      node: {
        statistics: {
          cpuPercent: 45.2,
          memoryPercent: 12,
          memoryBytes: 1073741824,
          diskBytes: null,
          networkReceivedBytesPerSecond: 10.5,
          networkSentBytesPerSecond: null,
          diskReadBytesPerSecond: 0,
          diskWrittenBytesPerSecond: null,
          gpuPercent: null,
          gpuMemoryPercent: null,
          gpuMemoryBytes: null,
        },
      },
    },
  });
  expect(calls()).toEqual(['GET /api/paddleflow/v1/statistics/job/<plain>']);
  bench.forgetCalls();
  expect((await statisticsOf('plain')).data?.node?.statistics?.cpuPercent).toBe(45.2);
  expect(calls()).toEqual([]); // kept for some seconds
});

test('a step without a job has no statistics, and nobody is asked', async () => {
  expect(await statisticsOf('later')).toEqual({ data: { node: { statistics: null } } });
  expect(await series('later')).toEqual({ data: { node: { path: 'later', statisticsSeries: null } } });
  expect(bench.calls()).toEqual([]);
});

test('the statistics of a run are for who may see the run', async () => {
  expect(await statisticsOf('cards', 'bobby')).toEqual({ data: { node: null } });
  expect(bench.calls()).toEqual([]);
  expect((await statisticsOf('cards', 'root')).data?.node?.statistics).toBeTruthy();
});

test('the steps of a run are asked for one by one, and one that fails leaves the others', async () => {
  const { data, errors } = await bench.run('StepStatistics', { id: toGlobalId('Run', 'prod', runId) }, as('boss'));
  const found = Object.fromEntries(data?.run?.steps?.map(({ path, statistics }) => [String(path), statistics === null]) ?? []);
  expect(found).toEqual({ plain: false, cards: false, far: true, odd: false, later: true });
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'STATISTICS_UNAVAILABLE', source: 'prod' }]);
});

test('a source without monitoring says so, is not asked again at once, and goes on to be asked other things', async () => {
  await statisticsOf('far');
  bench.forgetCalls();
  const answer = await statisticsOf('far');
  expect(answer).toMatchObject({
    data: { node: { statistics: null } },
    errors: [{ path: ['node', 'statistics'], extensions: { code: 'STATISTICS_UNAVAILABLE', source: 'prod' } }],
  });
  expect(await series('far')).toMatchObject({ errors: [{ extensions: { code: 'STATISTICS_UNAVAILABLE' } }] });
  expect(calls().every((call) => call.includes('jobDetail'))).toBe(true);
  const { data } = await bench.query('{ source(name: "prod") { circuit } }', {}, as('boss'));
  expect(data).toEqual({ source: { circuit: 'CLOSED' } });
});

test('a job that is gone has no statistics', async () => {
  bench.control.orderFault({ kind: 'status', status: 404, code: 'JobNotFound', path: '/statistics/', times: 1 });
  expect((await series('odd', { stepSeconds: 77 })).data).toEqual({ node: { path: 'odd', statisticsSeries: null } });
});

test.each([
  [{ kind: 'status', status: 403, code: 'AccessDenied' }, 'FORBIDDEN'],
  [{ kind: 'garbage' }, 'UPSTREAM_UNAVAILABLE'],
  [{ kind: 'status', status: 500, code: 'InternalError' }, 'UPSTREAM_UNAVAILABLE'],
] as const)('%j is null with %s', async (fault, code) => {
  bench.control.orderFault({ ...fault, path: '/statistics/' });
  expect(await series('odd', { stepSeconds: 78 })).toMatchObject({
    data: { node: { statisticsSeries: null } },
    errors: [{ extensions: { code } }],
  });
});

test('a series has a value for each moment of the life of a job, with the unit of its metric', async () => {
  const { data, errors } = await series('cards');
  expect(errors).toBeUndefined();
  const found = data?.node?.statisticsSeries;
  expect(found).toMatchObject({ startedAt: expect.stringContaining(began), stepSeconds: 60, truncated: false, gap: null });
  const [task, ...others] = found?.tasks ?? [];
  expect(others).toEqual([]);
  expect(task?.name).toBe(await jobOf('cards'));
  expect(task?.metrics?.map(({ metric, unit, values }) => `${metric} ${unit} ${values?.length}`)).toEqual(
    expect.arrayContaining(['cpu_usage_rate PERCENT 6', 'memory_usage BYTES 6', 'net_receive_bytes BYTES_PER_SECOND 6']),
  );
  for (const { values } of task?.metrics ?? []) expect(values).toEqual(Array.from({ length: 6 }, () => expect.any(Number)));
  expect(calls()[0]).toBe('GET /api/paddleflow/v1/statistics/jobDetail/<cards>?step=60');
});

const at = (seconds: number) => Date.parse('2024-03-05T03:00:00Z') / 1000 + seconds;

test('before and after its life, and where a sample is missing, there is null', async () => {
  answerOnce('/statistics/jobDetail', {
    result: [
      {
        taskName: 'pod',
        taskInfo: [
          {
            metric: 'cpu_usage_rate',
            values: [
              [at(60), 1],
              [at(90), 2],
              [at(150), 4],
            ],
          },
          { metric: 'brand_new', values: null },
        ],
      },
    ],
    truncated: false,
  });
  const answer = await series('odd', { start: '2024-03-05T03:00:00Z', end: '2024-03-05T04:03:30+01:00', stepSeconds: 30 });
  expect(answer.data?.node?.statisticsSeries).toMatchObject({
    startedAt: '2024-03-05T03:00:00.000Z',
    stepSeconds: 30,
    tasks: [
      {
        metrics: [
          { metric: 'cpu_usage_rate', unit: 'PERCENT', values: [null, null, 1, 2, null, 4, null, null] },
          { metric: 'brand_new', unit: null, values: Array.from({ length: 8 }, () => null) },
        ],
      },
    ],
  });
  expect(calls()).toEqual([`GET /api/paddleflow/v1/statistics/jobDetail/<odd>?start=${at(0)}&end=${at(210)}&step=30`]);
});

test('a range of more than a thousand moments is cut, and says so', async () => {
  const { data } = await series('odd', { start: '2024-03-05T02:00:00Z', end: '2024-03-05T03:00:00Z', stepSeconds: 1 });
  const found = data?.node?.statisticsSeries;
  expect(found).toMatchObject({ truncated: true, startedAt: '2024-03-05T02:00:00.000Z' });
  expect(Number(found?.tasks?.[0]?.metrics?.[0]?.values?.length)).toBeLessThanOrEqual(1000);
});

test('one sample that is no number leaves no series, which is no error', async () => {
  bench.control.orderFault({ kind: 'nan-sample', jobID: await jobOf('odd') });
  expect(await series('odd', { stepSeconds: 59 })).toMatchObject({
    data: { node: { statisticsSeries: { startedAt: null, tasks: null, gap: 'NOT_A_NUMBER', truncated: false } } },
  });
});

test('nothing measured is an empty list', async () => {
  const empty = { start: '2024-03-04T00:00:00Z', end: '2024-03-04T00:10:00Z' };
  expect((await series('odd', empty)).data?.node?.statisticsSeries).toMatchObject({ startedAt: null, tasks: [], gap: null });
});

test.each([
  ['a start alone', { start: '2024-03-05T02:00:00Z' }],
  ['an end alone', { end: '2024-03-05T02:00:00Z' }],
  ['a range that goes backwards', { start: '2024-03-05T02:00:01Z', end: '2024-03-05T02:00:00Z' }],
  ['a range before 1970', { start: '1960-01-01T00:00:00Z', end: '2024-03-05T02:00:00Z' }],
  ['a step of nothing', { stepSeconds: 0 }],
  ['a step backwards', { stepSeconds: -60 }],
])('%s is refused before anything is sent', async (_what, variables) => {
  expect(await series('odd', variables)).toMatchObject({
    data: { node: { statisticsSeries: null } },
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
  expect(bench.calls()).toEqual([]);
});
