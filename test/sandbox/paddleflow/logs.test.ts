import { describe, expect, test } from 'vitest';
import type { Bench, LogInfo } from './bench.ts';
import { startBench, stepYaml } from './bench.ts';

/** A step that is running, with so many lines of 100 bytes each with their time stamp and end. */
async function runningStep(bench: Bench, count: number): Promise<{ runID: string; jobID: string }> {
  const runID = await bench.run('name: quiet\ndocker_env: busybox:1.36\nentry_points:\n  main:\n    command: sleep 100000\n');
  bench.control.advance(1000);
  const jobID = (await bench.root.get(`/run/${runID}`)).body.runtime['main']?.[0]?.jobID ?? '';
  if (count > 0) bench.control.writeLog({ runID, step: 'main', count, bytes: 68 });
  return { runID, jobID };
}

const page = async (bench: Bench, runID: string, query: string): Promise<LogInfo | undefined> =>
  (await bench.root.get(`/log/run/${runID}?${query}`)).body.runLog[0]?.taskList[0]?.logInfo;

/** The running numbers of a page's lines. */
const numbers = (info: LogInfo | undefined): number[] =>
  [...(info?.logContent ?? '').matchAll(/line (\d+) /g)].map(([, number]) => Number(number));
const range = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('pages of a log', () => {
  test('lines have a time stamp with nine digits, content ends with a line end', async () => {
    await using bench = await startBench();
    const { runID } = await runningStep(bench, 2);
    const { logContent } = (await page(bench, runID, 'pageSize=1')) ?? { logContent: '' };
    expect(logContent).toMatch(/^2024-03-05T02:00:0\d\.\d{9}Z line 1 x+\n$/);
    expect(logContent).toHaveLength(100);
  });

  test('the end comes first, page by page backwards, in order inside a page', async () => {
    await using bench = await startBench();
    const { runID } = await runningStep(bench, 250);
    const first = await page(bench, runID, '');
    expect([numbers(first), first?.hasNextPage, first?.truncated]).toEqual([range(150, 249), true, false]);
    const third = await page(bench, runID, 'pageNo=3');
    expect([numbers(third), third?.hasNextPage, third?.truncated]).toEqual([range(0, 49), false, false]);
    expect(await page(bench, runID, 'pageNo=4')).toEqual({ logContent: '', hasNextPage: false, truncated: false });
  });

  test('the beginning goes forwards', async () => {
    await using bench = await startBench();
    const { runID } = await runningStep(bench, 25);
    const second = await page(bench, runID, 'logFilePosition=begin&pageSize=10&pageNo=2');
    expect([numbers(second), second?.hasNextPage]).toEqual([range(10, 19), true]);
    const third = await page(bench, runID, 'logFilePosition=begin&pageSize=10&pageNo=3');
    expect([numbers(third), third?.hasNextPage]).toEqual([range(20, 24), false]);
    expect(numbers(await page(bench, runID, 'pageNo=0&pageSize=0&logFilePosition=begin'))).toHaveLength(25);
  });

  test('from the end 5000 lines can be reached, and the last page says that there was more', async () => {
    await using bench = await startBench();
    const { runID } = await runningStep(bench, 5010);
    const last = await page(bench, runID, 'pageNo=50');
    expect([numbers(last), last?.hasNextPage, last?.truncated]).toEqual([range(10, 109), false, true]);
    expect((await page(bench, runID, 'pageNo=49'))?.truncated).toBe(false);
    expect((await page(bench, runID, 'pageNo=51'))?.logContent).toBe('');
  });

  test('from the beginning 500,000 bytes can be reached, and the ceiling cuts into a line', async () => {
    await using bench = await startBench();
    const { runID } = await runningStep(bench, 0);
    bench.control.writeLog({ runID, step: 'main', count: 1, bytes: 18 }); // 50 bytes with stamp and end
    bench.control.writeLog({ runID, step: 'main', count: 6000, bytes: 68 }); // 100 bytes each
    const before = await page(bench, runID, 'logFilePosition=begin&pageNo=50');
    expect([before?.hasNextPage, before?.truncated]).toEqual([true, false]);
    const last = await page(bench, runID, 'logFilePosition=begin&pageNo=51');
    expect([last?.hasNextPage, last?.truncated, last?.logContent.length]).toEqual([false, true, 51]);
  });

  test.each([
    ['pageNo=x', 400, 'InvalidURI'],
    ['pageSize=101', 400, 'InvalidURI'],
    ['logFilePosition=middle', 400, 'InvalidURI'],
  ])('?%s is refused before the run is looked up', async (query, status, code) => {
    await using bench = await startBench();
    const answer = await bench.root.get(`/log/run/run-000099?${query}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('the shape of a log answer', () => {
  test('every job has an element, a job that is not yet on the cluster has no task', async () => {
    await using bench = await startBench({ pace: { toPending: 1000, toRunning: 1000, engineLag: 0 } });
    const runID = await bench.run(stepYaml().replace('    command', '    loop_argument: [1, 2, 3]\n    command'));
    bench.control.advance(2500);
    expect((await bench.root.get(`/log/run/${runID}`)).body.runLog.map(({ taskList }) => taskList)).toEqual([[], [], []]);
    bench.control.advance(1000);
    const { body } = await bench.root.get(`/log/run/${runID}`);
    expect(Object.keys(body).toSorted()).toEqual(['runID', 'runLog', 'submitLog']);
    expect(body.runLog[2]).toEqual({
      jobID: expect.stringMatching(/^job-run-000001-main-2-[0-9a-f]{8}$/),
      taskList: [
        {
          taskID: expect.stringMatching(/^[0-9a-f-]{36}_run-000001-main-2$/),
          logInfo: { logContent: '', hasNextPage: false, truncated: false },
        },
      ],
      name: '',
      type: '',
      eventList: null,
    });
    expect((await bench.root.get(`/log/run/${runID}?jobID=job-none`)).body.runLog).toEqual([]);
    expect((await bench.root.get(`/log/run/${runID}?jobID=${body.runLog[1]?.jobID}`)).body.runLog).toEqual([body.runLog[1]]);
  });

  test('the submit log has the lines of the run for two hours after its end', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(1));
    const read = async () => (await bench.root.get(`/log/run/${runID}`)).body.submitLog;
    expect(await read()).toMatch(/^\[2024-03-05 10:00:00\.24\] \[INFO\] run-000001 /);
    bench.control.advance(7_190_000);
    expect(await read()).toMatch(/^\[2024/);
    bench.control.advance(20_000);
    expect(await read()).toBe('get trace log failed. runID[run-000001]');
    expect((await bench.root.get(`/log/run/${runID}?jobID=j`)).body.submitLog).toBe('get trace log failed. runID[run-000001] jobID[j]');
  });

  test('a run on two clusters is read job by job', async () => {
    await using bench = await startBench();
    await bench.root.post('/cluster', { clusterName: 'other', endpoint: 'x', clusterType: 'Kubernetes', version: '1.20' });
    await bench.root.post('/queue', { name: 'far', namespace: 'ml', clusterName: 'other', maxResources: { cpu: '1', mem: '1Gi' } });
    const runID = await bench.run(`${stepYaml()}  second:\n    command: sleep 5\n    env: {PF_JOB_QUEUE_NAME: far}\n`);
    bench.control.advance(1000);
    const whole = await bench.root.get(`/log/run/${runID}`);
    expect([whole.status, whole.body.code]).toEqual([500, '']);
    const jobID = (await bench.root.get(`/run/${runID}`)).body.runtime['second']?.[0]?.jobID;
    expect((await bench.root.get(`/log/run/${runID}?jobID=${jobID}`)).body.runLog).toHaveLength(1);
  });
});

describe('how long a log lasts', () => {
  test.each([
    ['succeeded', 600_000],
    ['failed', 3_600_000],
  ] as const)('after a job has %s, its log stays for %d ms', async (result, kept) => {
    await using bench = await startBench();
    const { runID, jobID } = await runningStep(bench, 3);
    bench.control.finishJob(jobID, result);
    bench.control.advance(kept - 1);
    expect(numbers(await page(bench, runID, ''))).toEqual([0, 1, 2]);
    bench.control.advance(1);
    expect((await bench.root.get(`/log/run/${runID}`)).body.runLog).toMatchObject([{ jobID, taskList: [] }]);
    expect(bench.control.logOf(runID, jobID).split('\n')).toHaveLength(4);
  });

  test('jobs that a retry carried over are only found under the old run', async () => {
    await using bench = await startBench();
    const yaml = `${stepYaml(1)}  bad:\n    deps: main\n    command: exit 1\n`;
    const runID = await bench.run(yaml);
    bench.control.advance(60_000);
    const retried = (await bench.root.call('PUT', `/run/${runID}?action=retry`)).body.runID;
    bench.control.advance(60_000);
    const { runtime } = (await bench.root.get(`/run/${retried}`)).body;
    expect(runtime['main']?.[0]?.jobID).toContain(runID);
    expect((await bench.root.get(`/log/run/${retried}`)).body.runLog.map(({ jobID }) => jobID)).toEqual([runtime['bad']?.[0]?.jobID]);
    expect((await bench.root.get(`/log/run/${runID}?jobID=${runtime['main']?.[0]?.jobID}`)).body.runLog).toHaveLength(1);
  });
});
