import { expect, test } from 'vitest';
import { openJournal } from '../../../src/sandbox/kit/journal.ts';
import type { Entry } from '../../../src/sandbox/paddleflow/entry.ts';
import { openCore } from '../../../src/sandbox/paddleflow/open-core.ts';
import { createDemoTurn } from '../../../src/sandbox/paddleflow/seed/driver.ts';
import { startBench, temporaryFolder } from './bench.ts';

test('the demo has a history of runs that ended in every way, some that go on, and everything they need', async () => {
  await using bench = await startBench({ seed: 'demo', pace: { toPending: 500, toRunning: 1500, engineLag: 2000 } });
  const { runList } = (await bench.root.get('/run?maxKeys=1000')).body;
  const count = (status: string) => runList.filter((run) => run.status === status).length;
  expect(runList.length).toBeGreaterThanOrEqual(40);
  expect([count('succeeded') > 15, count('failed') > 5, count('terminated') > 1, count('running') > 0]).toEqual([true, true, true, true]);
  expect(new Set(runList.map((run) => run['username']))).toEqual(new Set(['root', 'alice', 'bobby']));
  const names = async (path: string, list: string) =>
    ((await bench.root.get(path)).body[list] as { name: string }[]).map(({ name }) => name);
  expect(await names('/queue', 'queueList')).toEqual(expect.arrayContaining(['default-queue', 'train-queue']));
  expect(await names('/pipeline', 'pipelineList')).toContain('demo');
  expect(await names('/fs', 'fsList')).toEqual(expect.arrayContaining(['data', 'scratch']));
  expect(await names('/flavour?clusterName=gpu-a', 'flavourList')).toEqual(expect.arrayContaining(['cpu-large', 'a100-pair']));
  const alice = await bench.login('alice', 'alice123');
  expect((await alice.get('/link/data')).body['linkList']).toHaveLength(2);
  expect((await alice.get('/fsCache/data')).status).toBe(200);
  expect((await alice.get('/runCache')).body['runCacheList']).toHaveLength(1);
  const { artifactEventList } = (await alice.get('/artifact')).body as unknown as { artifactEventList: { type: string }[] };
  expect(new Set(artifactEventList.map(({ type }) => type))).toEqual(new Set(['input', 'output']));
  expect((await alice.post('/run', { fsName: 'scratch' })).status).toBe(201);
});

test('the demo has schedules that go on, that were stopped, and that have ended, with the runs they made', async () => {
  await using bench = await startBench({ seed: 'demo' });
  const { scheduleList } = (await bench.root.get('/schedule')).body as unknown as {
    scheduleList: { status: string; scheduleID: string }[];
  };
  expect(scheduleList.map(({ status }) => status)).toEqual(['running', 'running', 'running', 'success', 'terminated']);
  const hourly = (await bench.root.get(`/schedule/${scheduleList[0]?.scheduleID}?maxKeys=1000`)).body['runs'] as { runList: unknown[] };
  expect(hourly.runList).toHaveLength(72);
});

test('logs of the running demo pipeline grow while one looks', async () => {
  await using bench = await startBench({ seed: 'demo', pace: { toPending: 500, toRunning: 1500, engineLag: 2000 } });
  const { runList } = (await bench.root.get('/run?statusFilter=running')).body;
  const runID = runList.find((run) => String(run['name']).startsWith('demo-'))?.runID ?? '';
  const lines = async () => {
    const { runLog } = (await bench.root.get(`/log/run/${runID}`)).body;
    return runLog.flatMap(({ taskList }) => taskList).flatMap(({ logInfo }) => logInfo.logContent.split('\n').slice(0, -1)).length;
  };
  const before = await lines();
  bench.control.advance(10_000);
  expect(await lines()).toBeGreaterThan(before + 3);
});

test('the demo goes on for ever with a bounded journal, and a restart finds what it kept', async () => {
  await using folder = await temporaryFolder();
  const options = { clock: 'manual', seed: 'demo', zone: 'UTC', startAt: 1_709_604_000_000 } as const;
  const open = () => {
    const journal = openJournal<Entry>(folder.path, 'paddleflow.jsonl');
    return { journal, core: openCore(journal, options) };
  };
  const first = open();
  const entries: number[] = [];
  const started: (string | undefined)[] = [];
  const turn = createDemoTurn(first.core, { kept: 4, rewriteAfter: 10 });
  for (let index = 0; index < 60; index += 1) {
    turn();
    started.push(first.core.demoRuns.at(-1));
    first.core.advance(120_000);
    entries.push(first.journal.read().length);
  }
  expect(first.core.demoRuns).toEqual(started.slice(-4)); // schedules have started others in between
  // Between two rewrites a turn adds three entries: the run, the end of an older one, the clock.
  expect(Math.max(...entries) - (entries[0] ?? 0)).toBeLessThan(3 * (10 + 4 + 2));
  first.journal.close();
  const second = open();
  expect(second.core.demoRuns).toEqual(first.core.demoRuns);
  const rows = (core: typeof first.core) => core.state.runs.all().map(({ runID, name }) => [runID, name]);
  expect(rows(second.core)).toEqual(rows(first.core));
  expect(second.core.state.runs.takeNumber()).toBe(first.core.state.runs.takeNumber());
  second.journal.close();
});

test('what was done to the jobs of a forgotten run is forgotten with it', async () => {
  await using folder = await temporaryFolder();
  const options = { clock: 'manual', seed: 'demo', zone: 'UTC', startAt: 1_709_604_000_000 } as const;
  const journal = openJournal<Entry>(folder.path, 'paddleflow.jsonl');
  const core = openCore(journal, options);
  createDemoTurn(core, { kept: 4, rewriteAfter: 10 })();
  const [runID = ''] = core.demoRuns;
  core.advance(20_000);
  const { jobID } = core.state.jobs.rows.all().find((row) => row.runID === runID) ?? { jobID: '' };
  core.call({ user: 'root', method: 'PUT', path: `/job/${jobID}?action=modify`, body: '{"labels": {"a": "b"}}' });
  core.advance(600_000);
  core.call({ user: 'root', method: 'DELETE', path: `/job/${jobID}`, body: '' });
  core.forgetDemoRun(runID);
  core.compactJournal();
  journal.close();
  const again = openJournal<Entry>(folder.path, 'paddleflow.jsonl');
  const reopened = openCore(again, options);
  expect(reopened.state.run(runID)).toBeUndefined();
  expect(reopened.state.runs.lastNumber()).toBe(core.state.runs.lastNumber());
  again.close();
});
