import { expect, test } from 'vitest';
import { errorOf } from '../../../upstream/bench.ts';
import type { Respond } from '../../../upstream/server.ts';
import { give, route, say, startBench } from './bench.ts';
import { job } from './samples.ts';

const { logURL: _never, ...pod } = job.runtime;

test.each([
  ['a single job has one pod', job, [pod]],
  [
    'a distributed job has several',
    { ...job, runtime: undefined, distributedRuntime: { runtimes: [job.runtime, job.runtime] } },
    [pod, pod],
  ],
  ['a job that waits has none', { ...job, runtime: null }, []],
  ['a workflow shows none', { ...job, runtime: undefined, workflowRuntime: { nodes: [] } }, []],
])('%s', async (_name, answer, runtimes) => {
  await using bench = await startBench(route({ 'GET /job/job-1': give(answer) }));
  expect((await bench.prod.as('viewer').getJob('job-1')).runtimes).toEqual(runtimes);
});

test('what is odd about a job costs that much of it and no more', async () => {
  await using bench = await startBench(
    route({ 'GET /job/job-1': give({ id: 'job-1', status: 'dreaming', message: null, flavour: 7, env: null }) }),
  );
  expect(await bench.prod.as('viewer').getJob('job-1')).toMatchObject({
    id: 'job-1',
    status: 'dreaming',
    message: '',
    flavour: null,
    env: {},
  });
});

test.each<[string, Respond, object]>([
  ['has ended', give({ ...job, status: 'succeeded' }), { fault: 'rejected', code: 'ActionNotAllowed', outcomeUnknown: false }],
  ['was preempted', give({ ...job, status: 'preempted' }), { fault: 'rejected', code: 'ActionNotAllowed', outcomeUnknown: false }],
  ['is terminating', give({ ...job, status: 'terminating' }), { fault: 'unavailable', code: '', outcomeUnknown: true }],
  ['cannot be read', say(403, 'ActionNotAllowed'), { fault: 'unavailable', code: '', outcomeUnknown: true }],
])('an unclassified error when stopping a job that %s', async (_name, read, error) => {
  await using bench = await startBench(
    route({ 'PUT /job/job-1?action=stop': say(500, '', 'stop job failed, err: x'), 'GET /job/job-1': read }),
  );
  expect(await errorOf(bench.prod.as('viewer').stopJob('job-1'))).toMatchObject({ ...error, operation: 'PUT /job/job-1' });
});

test('statistics come as the texts they are, and some may be missing', async () => {
  const metricsInfo = { cpu_usage_rate: '45.20%', net_receive_bytes: '10.00(B/s)' };
  await using bench = await startBench(
    route({
      'GET /statistics/job/job-1': give({ metricsInfo }),
      'GET /statistics/job/job-2': give({ metricsInfo: null }),
      'GET /statistics/job/job-3': give({}),
    }),
  );
  const client = bench.prod.as('viewer');
  expect(await client.jobStatistics('job-1')).toEqual(metricsInfo);
  expect(await client.jobStatistics('job-2')).toEqual({});
  expect(await client.jobStatistics('job-3')).toEqual({});
});

test('a series has its samples by task and metric', async () => {
  const values = [
    [1_709_600_410, 45.2],
    [1_709_600_470, 46],
  ];
  const result = [
    {
      taskName: 'job-1',
      taskInfo: [
        { metric: 'cpu_usage_rate', values },
        { metric: 'gpu_util', values: null },
      ],
    },
  ];
  await using bench = await startBench(route({ 'GET /statistics/jobDetail/job-1': give({ result, truncated: true }) }));
  expect(await bench.prod.as('viewer').jobStatisticsSeries('job-1', { range: { start: 0, end: 1_709_600_470 }, step: 60 })).toEqual({
    kind: 'series',
    truncated: true,
    result: [
      {
        taskName: 'job-1',
        taskInfo: [
          {
            metric: 'cpu_usage_rate',
            values: [
              { at: 1_709_600_410, value: 45.2 },
              { at: 1_709_600_470, value: 46 },
            ],
          },
          { metric: 'gpu_util', values: [] },
        ],
      },
    ],
  });
  expect(bench.calls).toEqual(['GET /statistics/jobDetail/job-1?start=0&end=1709600470&step=60']);
});

test('an empty body stands for a sample that is not a number', async () => {
  await using bench = await startBench(route({ 'GET /statistics/jobDetail/job-1': give() }));
  expect(await bench.prod.as('viewer').jobStatisticsSeries('job-1')).toEqual({ kind: 'not-a-number' });
  expect(bench.calls).toEqual(['GET /statistics/jobDetail/job-1']);
  expect(bench.prod.health()).toMatchObject({ lastError: undefined });
});

test.each([
  ['an empty body where it means nothing', 'jobStatistics', give()],
  ['null', 'jobStatisticsSeries', give(null)],
  ['a sample without a value', 'jobStatisticsSeries', give({ result: [{ taskName: 'a', taskInfo: [{ metric: 'm', values: [[1]] }] }] })],
  ['HTML', 'jobStatisticsSeries', ((_request, response) => response.end('<html>')) satisfies Respond],
] as const)('%s is no statistics', async (_name, call, answer) => {
  await using bench = await startBench(answer);
  expect(await errorOf(bench.prod.as('viewer')[call]('job-1'))).toMatchObject({ fault: 'garbage' });
});

test('no monitoring, no statistics', async () => {
  await using bench = await startBench(say(500, ''));
  expect(await errorOf(bench.prod.as('viewer').jobStatistics('job-1'))).toMatchObject({ fault: 'unavailable', code: '' });
});
