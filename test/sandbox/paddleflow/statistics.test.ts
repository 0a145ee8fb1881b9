import { describe, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { base64, startBench } from './bench.ts';

const job = {
  id: 'mine',
  schedulingPolicy: { queue: 'default-queue' },
  image: 'busybox:1.36',
  command: 'sleep 300',
  flavour: { name: 'flavour2' },
};
const metrics = [
  'cpu_usage_rate',
  'memory_usage_rate',
  'memory_usage',
  'disk_usage',
  'net_receive_bytes',
  'net_send_bytes',
  'disk_read_rate',
  'disk_write_rate',
  'gpu_util',
  'gpu_memory_util',
  'gpu_memory_usage',
];
/** Of the container's start, in Unix seconds; it begins some milliseconds later. */
const begun = Date.parse('2024-03-05T02:00:00Z') / 1000;

async function running(more: object = {}): Promise<Bench> {
  const bench = await startBench({ pace: { toPending: 0, toRunning: 0, engineLag: 0 } });
  const made = await bench.root.post('/job/single', { ...job, ...more });
  expect(made.status).toBe(200);
  bench.control.advance(60_000);
  return bench;
}

interface Detail {
  readonly truncated: boolean;
  readonly result: readonly {
    readonly taskName: string;
    readonly taskInfo: readonly { readonly metric: string; readonly values: readonly [number, number][] }[];
  }[];
}
const detail = async (bench: Bench, query = '') => (await bench.root.get(`/statistics/jobDetail/mine?${query}`)).body as unknown as Detail;
/** First time, last time and number of points of the first series. */
async function span(bench: Bench, query = ''): Promise<(number | boolean | undefined)[]> {
  const { result, truncated } = await detail(bench, query);
  const values = result[0]?.taskInfo[0]?.values ?? [];
  return [(values[0]?.[0] ?? NaN) - begun, (values.at(-1)?.[0] ?? NaN) - begun, values.length, truncated];
}

describe('what a job uses now', () => {
  test('is eleven texts with their units', async () => {
    await using bench = await running();
    const { metricsInfo } = (await bench.root.get('/statistics/job/mine')).body as unknown as { metricsInfo: Record<string, string> };
    expect(Object.keys(metricsInfo)).toEqual(metrics.toSorted());
    for (const [name, text] of Object.entries(metricsInfo)) {
      const unit = name.endsWith('_usage') ? 'Bytes' : /^(net|disk)/.test(name) ? 'B/s' : undefined;
      expect([name, text]).toEqual([
        name,
        expect.stringMatching(unit === undefined ? /^\d+\.\d\d%$/ : new RegExp(`^\\d+\\.\\d\\d\\(${unit}\\)$`)),
      ]);
    }
    expect((await bench.root.get('/statistics/job/mine')).body).toEqual({ metricsInfo }); // again the same
  });

  test('misses cards where there are none, and everything some minutes after the end', async () => {
    await using bench = await running({ flavour: { name: 'flavour1' } });
    const names = async () => Object.keys((await bench.root.get('/statistics/job/mine')).body['metricsInfo'] as object);
    expect(await names()).toEqual(metrics.filter((name) => !name.startsWith('gpu')).toSorted());
    bench.control.advance(300_000);
    expect(await names()).toHaveLength(8);
    bench.control.advance(300_000);
    expect(await names()).toEqual([]);
  });
});

describe('what a job has used', () => {
  test('is a point each minute from its start, for ten minutes while it runs', async () => {
    await using bench = await running({ command: 'sleep 3000' });
    bench.control.advance(1_200_000);
    const { result, truncated } = await detail(bench);
    expect([result.map(({ taskName }) => taskName), result[0]?.taskInfo.map(({ metric }) => metric), truncated]).toEqual([
      ['mine'],
      metrics,
      false,
    ]);
    expect(await span(bench)).toEqual([0, 600, 11, false]);
  });

  test.each([
    ['', [0, 300, 6, false]], // to the end of the job
    ['step=1', [0, 300, 301, false]],
    [`start=${begun + 30}&end=${begun + 90}&step=30`, [30, 90, 3, false]],
    [`end=${begun + 60}`, [0, 60, 2, false]],
    [`start=${begun - 600}&end=${begun + 9000}&step=60`, [0, 300, 6, false]], // nothing before and after its life
    [`start=${begun}&end=${begun + 3000}&step=1`, [0, 300, 301, true]],
    [`start=${begun - 900}&end=${begun + 100}&step=1`, [0, 99, 100, true]], // the first thousand
    [`start=${begun - 899}&end=${begun + 100}&step=1`, [0, 100, 101, false]],
  ])('with ?%s it is %j', async (query, expected) => {
    await using bench = await running();
    bench.control.advance(600_000);
    expect(await span(bench, query)).toEqual(expected);
  });

  test.each([
    ['step=0', 'Invalid params, step should to be greater than 0'],
    ['step=-1', 'Invalid params, step should to be greater than 0'],
    ['step=x', 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['start=5', 'Invalid params, start should not to be greater than end'],
    ['start=5&end=4', 'Invalid params, start should not to be greater than end'],
  ])('?%s is refused, even before the job is looked for', async (query, message) => {
    await using bench = await startBench();
    const answer = await bench.root.get(`/statistics/jobDetail/none?${query}`);
    expect([answer.status, answer.body.code, answer.body.message]).toEqual([400, 'InvalidURI', message]);
  });

  test('a job that has not begun has no points', async () => {
    await using bench = await startBench();
    await bench.root.post('/job/single', job);
    expect(await detail(bench)).toEqual({ result: [], truncated: false });
  });

  test('a distributed job has a series for each pod', async () => {
    await using bench = await startBench();
    const members = [{ role: 'worker', replicas: 2, image: 'x' }];
    await bench.root.post('/job/distributed', { ...job, framework: 'mpi', members });
    bench.control.advance(60_000);
    expect((await detail(bench)).result.map(({ taskName }) => taskName)).toEqual(['mine-worker-0', 'mine-worker-1']);
  });

  test('one sample that is no number leaves a 200 without a body, until faults are cleared', async () => {
    await using bench = await running();
    bench.control.orderFault({ kind: 'nan-sample', jobID: 'mine' });
    const answer = await bench.root.get('/statistics/jobDetail/mine');
    expect([answer.status, answer.text]).toEqual([200, '']);
    bench.control.clearFaults();
    expect((await detail(bench)).result).toHaveLength(1);
    expect(() => bench.control.orderFault({ kind: 'nan-sample', jobID: 'none' })).toThrow('no job none');
  });
});

describe('statistics are refused', () => {
  test.each(['job', 'jobDetail'])('by %s for what is missing, foreign, or on a cluster of another type', async (path) => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await bench.root.post('/cluster', { clusterName: 'edge', endpoint: 'x', clusterType: 'K3S', credential: base64('apiVersion: v1') });
    await bench.root.post('/queue', { name: 'far', namespace: 'x', clusterName: 'edge', maxResources: { cpu: '1', mem: '1Gi' } });
    await bench.root.post('/job/single', { ...job, schedulingPolicy: { queue: 'far' } });
    const answers = [
      bench.root.get(`/statistics/${path}/none`),
      alice.get(`/statistics/${path}/mine`),
      bench.root.get(`/statistics/${path}/mine`),
    ];
    expect((await Promise.all(answers)).map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'JobNotFound'],
      [403, 'AccessDenied'],
      [500, ''],
    ]);
  });
});

describe('card times', () => {
  const day = { startTime: '2024-03-05 02:01:00', endTime: '2024-03-05 03:00:00' }; // UTC

  test('are seconds times cards within the span, by queue and user', async () => {
    await using bench = await running({ flavour: { name: 'flavour3' } });
    await bench.root.post('/job/single', { ...job, id: 'plain', flavour: { name: 'flavour1' } });
    bench.control.advance(3_600_000);
    const expected = {
      data: [
        {
          queueName: 'default-queue',
          cardTime: 480, // four of its five minutes, with two cards
          deviceType: 'nvidia.com/gpu',
          detail: [
            {
              userName: 'root',
              jobInfoList: [
                {
                  jobId: 'mine',
                  cardTime: 480,
                  createTime: '2024-03-05 10:00:00',
                  startTime: '2024-03-05 10:00:00',
                  finishTime: '2024-03-05 10:05:00',
                  deviceCount: 2,
                },
                {
                  jobId: 'plain',
                  cardTime: 0,
                  createTime: expect.any(String),
                  startTime: expect.any(String),
                  finishTime: expect.any(String),
                  deviceCount: 0,
                },
              ],
              jobCount: 2,
              totalCardTime: 480,
            },
          ],
        },
      ],
    };
    expect((await bench.root.get(`/statistics/cardTime/default-queue?${new URLSearchParams(day)}`)).body).toEqual(expected);
    expect((await bench.root.post('/statistics/cardTime', { ...day, queueNames: ['default-queue'] })).body).toEqual(expected);
  });

  test('have an entry for each queue that exists, and times of another form or a bad body are unclassified', async () => {
    await using bench = await startBench();
    expect((await bench.root.post('/statistics/cardTime', { ...day, queueNames: ['none', 'default-queue'] })).body).toEqual({
      data: [{ queueName: 'default-queue', cardTime: 0, deviceType: '', detail: null }],
    });
    const bad = [{ ...day, endTime: 'today' }, { startTime: day.endTime, endTime: day.startTime }, '{'];
    for (const body of bad) expect(await bench.root.post('/statistics/cardTime', body)).toMatchObject({ status: 500, body: { code: '' } });
    expect((await bench.root.post('/statistics/cardTime', { ...day, endTime: '' })).body.message).toBe('');
    expect((await bench.root.post('/statistics/cardTime', { ...day, queueNames: ['none'] })).body).toEqual({ data: null });
  });
});
