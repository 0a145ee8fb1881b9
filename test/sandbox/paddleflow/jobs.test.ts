import { describe, expect, test } from 'vitest';
import type { Bench, Caller, WireBody } from './bench.ts';
import { startBench, stepYaml } from './bench.ts';

const single = {
  schedulingPolicy: { queue: 'default-queue' },
  image: 'busybox:1.36',
  command: 'for i in 1 2 3; do echo line $i; sleep 1; done',
};
const member = { role: 'worker', replicas: 2, image: 'busybox:1.36', command: 'sleep 3' };
const distributed = { ...single, framework: 'paddle', members: [{ ...member, role: 'pserver', replicas: 1 }, member] };

const listed = async (caller: Caller, query = ''): Promise<{ id: string; status: string }[]> =>
  (await caller.get(`/job?${query}`)).body['jobList'] as { id: string; status: string }[];
const jobOf = async (bench: Bench, runID: string, step = 'main'): Promise<string> =>
  (await bench.root.get(`/run/${runID}`)).body.runtime[step]?.[0]?.jobID ?? '';
const answered = ({ status, body }: { status: number; body: WireBody }) => [status, body.code];

describe('a job is refused', () => {
  test.each([
    ['single', '', 'MalformedJSON'],
    ['single', { port: 'x' }, 'MalformedJSON'],
    ['single', { ...single, id: 'Upper' }, 'JobCreateFailed'],
    ['single', { ...single, id: 'taken' }, 'JobCreateFailed'],
    ['single', { ...single, name: 'x'.repeat(513) }, 'JobCreateFailed'],
    ['single', { ...single, schedulingPolicy: {} }, 'JobCreateFailed'],
    ['single', { ...single, schedulingPolicy: { queue: 'none' } }, 'JobCreateFailed'],
    ['single', { ...single, schedulingPolicy: { queue: 'default-queue', priority: 'VERY_HIGH' } }, 'JobCreateFailed'],
    ['single', { ...single, flavour: { name: 'none' } }, 'JobCreateFailed'],
    ['single', { ...single, flavour: { name: 'customFlavour', cpu: '0', mem: '1Gi' } }, 'JobCreateFailed'],
    ['single', { ...single, fs: { name: 'none' } }, 'JobCreateFailed'],
    ['single', { ...single, image: '' }, 'JobCreateFailed'],
    ['distributed', { ...distributed, framework: 'none' }, 'JobCreateFailed'],
    ['distributed', { ...distributed, members: [] }, 'JobCreateFailed'],
    ['distributed', { ...distributed, members: [{ ...member, replicas: 0 }] }, 'JobCreateFailed'],
    ['distributed', { ...distributed, members: {} }, 'MalformedJSON'],
    ['workflow', single, 'JobCreateFailed'],
  ])('%s %j by %s', async (kind, body, code) => {
    await using bench = await startBench();
    await bench.root.post('/job/single', { ...single, id: 'taken' });
    expect(answered(await bench.root.post(`/job/${kind}`, body))).toEqual([400, code]);
  });

  test('while its queue or its cluster does not take any', async () => {
    await using bench = await startBench();
    bench.control.setQueueStatus('default-queue', 'closed');
    expect((await bench.root.post('/job/single', single)).body.code).toBe('JobCreateFailed');
  });
});

describe('a job by itself', () => {
  test('goes from init to its end, and is shown with its pod while it has one', async () => {
    await using bench = await startBench();
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    const asked = {
      ...single,
      name: 'count',
      labels: { a: 'b' },
      schedulingPolicy: { queue: 'default-queue', priority: 'low' },
      flavour: { name: 'flavour1' },
      fs: { name: 'data', readOnly: true },
      env: { X: '1' },
    };
    const made = await bench.root.post('/job/single', asked);
    expect([made.status, made.body]).toEqual([200, { id: expect.stringMatching(/^job-[0-9a-f]{16}$/) }]);
    const id = String(made.body['id']);
    const shown = {
      id,
      name: 'count',
      UserName: 'root',
      labels: { a: 'b' },
      annotations: null,
      schedulingPolicy: { queue: 'default-queue', priority: 'LOW' },
      flavour: { cpu: '1', mem: '1Gi', name: 'flavour1' },
      limitFlavour: { cpu: '', mem: '', name: '' },
      fs: { name: 'data', type: 'local', id: 'fs-root-data', mountPath: '/home/paddleflow/storage/mnt/fs-root-data', readOnly: true },
      extraFS: null,
      image: 'busybox:1.36',
      env: { PF_JOB_MODE: '', PF_JOB_NAMESPACE: 'default', X: '1' },
      command: single.command,
      args: null,
      port: 0,
      extensionTemplate: null,
      framework: 'standalone',
      members: [expect.objectContaining({ id: '', role: 'worker', replicas: 1, queueName: 'default-queue', labels: { a: 'b' } })],
      status: 'init',
      message: '',
      acceptTime: '2024-03-05 10:00:00',
      startTime: '',
      finishTime: '',
    };
    expect((await bench.root.get(`/job/${id}`)).body).toEqual(shown);
    bench.control.advance(1000);
    const running = (await bench.root.get(`/job/${id}`)).body;
    expect(running).toEqual({
      ...shown,
      status: 'running',
      message: 'job is running',
      startTime: '2024-03-05 10:00:00',
      runtime: {
        name: id,
        namespace: 'default',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        status: expect.stringContaining('{"phase":"Running",'),
        nodeName: expect.stringMatching(/^default-cluster-node-[12]$/),
        role: 'worker',
        index: 0,
        logURL: expect.stringMatching(new RegExp(`/v1/containers/[0-9a-f]{64}/log\\?jobID=${id}&token=[0-9a-f]{32}&t=\\d+&clusterID=`)),
      },
    });
    const { runtime: _detailOnly, ...inList } = running;
    expect(await listed(bench.root)).toEqual([inList]);
    bench.control.advance(10_000);
    expect((await bench.root.get(`/job/${id}`)).body).toMatchObject({ status: 'succeeded', finishTime: '2024-03-05 10:00:03' });
  });

  test.each([
    [
      'distributed',
      distributed,
      'distributedRuntime',
      {
        runtimes: [
          { role: 'pserver', index: 0 },
          { role: 'worker', index: 0 },
          { role: 'worker', index: 1 },
        ],
      },
    ],
    ['workflow', { ...single, extensionTemplate: { kind: 'Workflow' } }, 'workflowRuntime', { nodes: [{ index: 0 }] }],
  ])('a %s one has a runtime of its own kind', async (kind, body, key, runtime) => {
    await using bench = await startBench();
    const { id } = (await bench.root.post(`/job/${kind}`, body)).body;
    bench.control.advance(1000);
    const shown = (await bench.root.get(`/job/${String(id)}`)).body;
    expect(shown[key]).toMatchObject({ name: id, namespace: 'default', status: expect.any(String), ...runtime });
    expect([shown['framework'], 'runtime' in shown]).toEqual([kind === 'distributed' ? 'paddle' : undefined, false]);
  });

  test('is stopped once, deleted when it has ended, and changed by modify', async () => {
    await using bench = await startBench();
    await bench.root.post('/job/single', { ...single, id: 'mine', command: 'sleep 100' });
    const put = (query: string, body?: unknown) => bench.root.call('PUT', `/job/mine?${query}`, body);
    expect(answered(await put(''))).toEqual([403, 'ActionNotAllowed']);
    expect(answered(await put('action=modify', { priority: 'TOP' }))).toEqual([400, 'InvalidArguments']);
    expect(answered(await put('action=modify'))).toEqual([400, 'MalformedJSON']);
    expect((await put('action=modify', { priority: 'very_high', labels: { a: 'b' } })).text).toBe('');
    expect((await bench.root.get('/job/mine')).body).toMatchObject({ schedulingPolicy: { priority: 'VERY_HIGH' }, labels: { a: 'b' } });
    bench.control.advance(1000);
    const late = await put('action=modify', { priority: 'LOW' });
    expect(late.body.message).toBe('update job failed, err: the status of job mine is running, job priority cannot be updated');
    expect((await put('action=modify', { labels: { c: 'd' } })).text).toBe('');
    expect(answered(await bench.root.call('DELETE', '/job/mine'))).toEqual([403, 'ActionNotAllowed']);
    expect((await put('action=stop')).text).toBe('');
    expect((await bench.root.get('/job/mine')).body.status).toBe('terminating');
    bench.control.advance(1000);
    expect((await bench.root.get('/job/mine')).body.status).toBe('terminated');
    const again = await put('action=stop');
    expect([again.status, again.body.code, again.body.message]).toEqual([
      500,
      '',
      'stop job failed, err: job mine status is already terminated, and job cannot be stopped',
    ]);
    expect((await bench.root.call('DELETE', '/job/mine')).text).toBe('');
    expect(answered(await bench.root.get('/job/mine'))).toEqual([404, 'JobNotFound']);
  });

  test('with members works as the first of them that says what to do, and has no more pods than fit anywhere (2.15)', async () => {
    await using bench = await startBench();
    const create = (replicas: number) =>
      bench.root.post('/job/distributed', {
        schedulingPolicy: { queue: 'default-queue' },
        framework: 'paddle',
        members: [{ ...member, command: 'sleep 60', replicas }],
      });
    expect((await create(1_000_000_000)).body.code).toBe('JobCreateFailed');
    const { id } = (await create(2)).body;
    bench.control.advance(30_000);
    expect((await bench.root.get(`/job/${String(id)}`)).body.status).toBe('running');
  });

  test('keeps its queue in use', async () => {
    await using bench = await startBench();
    await bench.root.post('/queue', {
      name: 'train',
      namespace: 'ml',
      maxResources: { cpu: '8', mem: '16Gi', scalarResources: { 'nvidia.com/gpu': '4' } },
    });
    await bench.root.post('/job/single', { ...single, schedulingPolicy: { queue: 'train' }, flavour: { name: 'flavour2' } });
    bench.control.advance(1000);
    expect((await bench.root.get('/queue/train')).body).toMatchObject({
      usedResources: { cpu: '4', memory: '8Gi', scalarResources: { 'nvidia.com/gpu': '1' } },
      idleResources: { cpu: '4', memory: '8Gi', scalarResources: { 'nvidia.com/gpu': '3' } },
    });
    expect(answered(await bench.root.call('DELETE', '/queue/train'))).toEqual([400, 'QueueIsInUse']);
    bench.control.advance(10_000);
    expect((await bench.root.call('DELETE', '/queue/train')).text).toBe('');
  });

  test('its strangers are refused', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await bench.root.post('/job/single', { ...single, id: 'mine' });
    const calls = [alice.get('/job/mine'), alice.call('PUT', '/job/mine?action=stop'), alice.call('DELETE', '/job/mine')];
    for (const answer of await Promise.all(calls)) expect(answered(answer)).toEqual([403, 'ActionNotAllowed']);
    expect(await listed(alice)).toEqual([]);
  });
});

describe('jobs of steps', () => {
  test('are ordinary jobs, and outlive their run', async () => {
    await using bench = await startBench();
    const runID = await bench.run(
      stepYaml(3).replace("command: 'for", "env: {PF_JOB_FLAVOUR: flavour2, PF_JOB_PRIORITY: high}\n    command: 'for"),
    );
    bench.control.advance(1000);
    const id = await jobOf(bench, runID);
    expect((await bench.root.get(`/job/${id}`)).body).toMatchObject({
      name: `${runID}-main`,
      schedulingPolicy: { queue: 'default-queue', priority: 'HIGH' },
      flavour: { cpu: '4', mem: '8Gi', name: 'flavour2', scalarResources: { 'nvidia.com/gpu': '1' } },
      env: { PF_RUN_ID: runID },
      status: 'running',
    });
    bench.control.advance(10_000);
    await bench.root.call('DELETE', `/run/${runID}`);
    expect((await listed(bench.root)).map((job) => [job.id, job.status])).toEqual([[id, 'succeeded']]);
  });

  test.each([
    ['low', 'running'],
    ['VERY_HIGH', 'failed'],
    ['urgent', 'failed'],
  ])('a step whose priority is %s is %s (2.15)', async (priority, status) => {
    await using bench = await startBench();
    const runID = await bench.run(`${stepYaml(60)}    env: {PF_JOB_PRIORITY: ${priority}}\n`);
    bench.control.advance(10_000);
    expect((await bench.root.get(`/run/${runID}`)).body.runtime['main']?.[0]?.['status']).toBe(status);
  });

  test('stopping one makes its run fail', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(60));
    bench.control.advance(1000);
    await bench.root.call('PUT', `/job/${await jobOf(bench, runID)}?action=stop`);
    bench.control.advance(1000);
    expect((await bench.root.get(`/run/${runID}`)).body.status).toBe('failed');
  });

  test('a run that is stuck terminating gets free when each unfinished job is asked to stop once more', async () => {
    await using bench = await startBench();
    const runID = await bench.run(`${stepYaml(60)}  other:\n    command: sleep 60\n`);
    bench.control.advance(1000);
    bench.control.orderFault({ kind: 'stuck-terminating', runID });
    await bench.root.call('PUT', `/run/${runID}?action=stop`);
    bench.control.advance(3_600_000);
    const status = async () => (await bench.root.get(`/run/${runID}`)).body.status;
    expect(await status()).toBe('terminating');
    expect((await bench.root.call('PUT', `/job/${await jobOf(bench, runID)}?action=stop`)).status).toBe(200);
    bench.control.advance(60_000);
    expect(await status()).toBe('terminating');
    expect((await bench.root.call('PUT', `/job/${await jobOf(bench, runID, 'other')}?action=stop`)).status).toBe(200);
    bench.control.advance(60_000);
    expect(await status()).toBe('terminated');
  });

  test('a deleted one has no log any more', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(1));
    bench.control.advance(10_000);
    await bench.root.call('DELETE', `/job/${await jobOf(bench, runID)}`);
    expect((await bench.root.get(`/log/run/${runID}`)).body.runLog).toEqual([]);
  });
});

async function three(): Promise<Bench> {
  const bench = await startBench();
  for (const id of ['one', 'two', 'three']) {
    await bench.root.post('/job/single', { ...single, id, ...(id === 'three' ? { command: 'exit 1' } : {}) });
    bench.control.advance(60_000);
  }
  return bench;
}

describe('lists of jobs', () => {
  test('are newest first, and the second page goes back to newer ones', async () => {
    await using bench = await three();
    const first = (await bench.root.get('/job?maxKeys=2')).body;
    expect(first).toMatchObject({ maxKeys: 2, isTruncated: true, jobList: [{ id: 'three' }, { id: 'two' }] });
    const next = (await bench.root.get(`/job?maxKeys=2&marker=${first.nextMarker}`)).body;
    expect(next).toEqual({ maxKeys: 2, isTruncated: false, jobList: [expect.objectContaining({ id: 'three' })] });
  });

  test.each([
    ['status=failed', ['three']],
    ['status=failed,succeeded', []],
    ['queue=default-queue', ['three', 'two', 'one']],
    [`timestamp=${Date.parse('2024-03-05T02:01:00Z') / 1000}`, ['three', 'two']],
    ['startTime=2024-03-05 10:02:00', ['three']],
    ['labels={}', []],
  ])('GET /job?%s gives %j', async (query, ids) => {
    await using bench = await three();
    expect((await listed(bench.root, query)).map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ['queue=none', 'QueueNameNotFound'],
    ['timestamp=today', 'InvalidURI'],
    ['startTime=today', 'InvalidURI'],
    ['labels=[', 'InvalidURI'],
    ['maxKeys=0', 'InvalidURI'],
    ['marker=xyz', 'InvalidMarker'],
  ])('GET /job?%s is refused by %s', async (query, code) => {
    await using bench = await startBench();
    expect((await bench.root.get(`/job?${query}`)).body.code).toBe(code);
  });
});

describe('the log of a pod', () => {
  const pod = 'clusterName=default-cluster&namespace=default&type=pod&name=mine';

  test('is read by its name, from the head or the tail, by anybody', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await bench.root.post('/job/single', { ...single, id: 'mine' });
    bench.control.advance(60_000);
    const { body } = await alice.get(`/log/job?${pod}`);
    expect(body).toEqual({
      jobID: '',
      taskList: [
        {
          taskID: expect.stringMatching(/^mine_[0-9a-f-]{36}\/mine$/),
          logInfo: { logContent: expect.stringMatching(/^(\S+Z line \d\n){3}$/), hasNextPage: false, truncated: false },
        },
      ],
      name: 'mine',
      type: 'pod',
      eventList: null,
    });
    const part = async (query: string) => {
      const [task] = (await alice.get(`/log/job?${pod}&${query}`)).body['taskList'] as {
        logInfo: { logContent: string; truncated: boolean };
      }[];
      return [task?.logInfo.logContent.match(/line \d/g), task?.logInfo.truncated];
    };
    expect(await part('lineLimit=2')).toEqual([['line 1', 'line 2'], true]);
    expect(await part('lineLimit=2&readFromTail=true')).toEqual([['line 2', 'line 3'], true]);
    expect(await part('lineLimit=0&sizeLimit=2G')).toEqual([['line 1', 'line 2', 'line 3'], false]);
    expect(await part('sizeLimit=40')).toEqual([['line 1'], true]);
    bench.control.advance(600_000);
    expect((await alice.get(`/log/job?${pod}`)).status).toBe(500); // the pod was collected
    const deployment = (await alice.get(`/log/job?${pod.replace('pod', 'deployment')}`)).body;
    expect(deployment).toMatchObject({ taskList: [], type: 'deployment' });
  });

  test.each([
    ['', 400, 'InvalidURI'],
    ['clusterName=none&jobID=mine', 400, 'InvalidURI'],
    ['clusterName=default-cluster', 400, 'InvalidURI'],
    [pod.replace('pod', 'service'), 400, 'InvalidURI'],
    [`${pod}&lineLimit=x`, 400, 'InvalidURI'],
    [`${pod}&sizeLimit=x`, 400, 'InvalidURI'],
    [`${pod}&readFromTail=x`, 400, 'InvalidURI'],
    [pod.replace('=mine', '=none'), 500, ''],
    ['clusterName=default-cluster&jobID=none', 400, 'InvalidURI'],
    ['clusterName=default-cluster&jobID=mine', 400, 'InvalidArguments'],
    ['clusterName=default-cluster&jobID=mine&framework=mpi', 400, 'InvalidArguments'],
  ])('GET /log/job?%s is refused by %d %s', async (query, status, code) => {
    await using bench = await startBench();
    await bench.root.post('/job/single', { ...single, id: 'mine' });
    expect(answered(await bench.root.get(`/log/job?${query}`))).toEqual([status, code]);
  });

  test('with a job id it is an empty stub', async () => {
    await using bench = await startBench();
    await bench.root.post('/job/single', { ...single, id: 'mine' });
    const answer = await bench.root.get('/log/job?clusterName=default-cluster&jobID=mine&framework=standalone');
    expect(answer.body).toEqual({ jobID: '', taskList: null, name: '', type: '', eventList: null });
  });
});
