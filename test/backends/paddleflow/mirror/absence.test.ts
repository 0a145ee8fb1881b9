import { expect, test } from 'vitest';
import { eventually, startBench, type Bench } from '../../../support/bench.ts';
import { ask, createRun, follow, gapsOf, kindsOf, runIdAt, textsOf } from '../../../live/helpers.ts';
import { advanceUntil, archivedOf, jobOf, sleeper } from '../run-log/steps.ts';
import { leaderCalls } from './helpers.ts';

const detailCalls = (bench: Bench, runId: string) => leaderCalls(bench).filter((path) => path.endsWith(`/run/${runId}`)).length;
async function details(bench: Bench, runId: string, count: number): Promise<void> {
  const before = detailCalls(bench, runId);
  await eventually(() => detailCalls(bench, runId) >= before + count);
}
const isRunning = (bench: Bench, id: string) =>
  bench.whileTimePasses(2_000, async () => {
    const { run } = await ask<{ run: { state: string } }>(bench, 'query ($id: ID!) { run(id: $id) { state } }', { id });
    return run.state === 'RUNNING';
  });

test.each([
  ['garbage', { kind: 'garbage' }],
  ['an unclassified failure', { kind: 'status', status: 500, code: '' }],
  ['a redirect to a page', { kind: 'status', status: 302, body: '<html>' }],
] as const)('%s about a run is asked again at once, and a burst of it delays the run by moments', async (_what, fault) => {
  await using bench = await startBench();
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  await isRunning(bench, id);
  await using following = await follow(bench, 'runChanged', { id });
  // One answer: the next two looks come before anything else is asked about the run, and nobody complains.
  bench.control.orderFault({ ...fault, path: `/run/${runId}$`, times: 2 });
  await details(bench, runId, 4);
  expect(bench.errors).toEqual([]);
  // A burst: the run is read again soon, not after a minute, and nobody was told that it cannot be read.
  bench.control.orderFault({ ...fault, path: `/run/${runId}$`, times: 5 });
  await details(bench, runId, 8);
  const jobId = await jobOf(bench, id);
  bench.control.finishJob(jobId, 'succeeded');
  await advanceUntil(bench, following.toEnd());
  expect(kindsOf(following.items).at(-1)).toBe('SETTLED SUCCEEDED');
  expect(kindsOf(following.items).filter((kind) => kind.startsWith('UNREADABLE'))).toEqual([]);
});

test.each(['garbage', 'empty-body'] as const)('lists that are %s for a moment delay no run either', async (kind) => {
  await using bench = await startBench();
  await bench.synced();
  bench.control.orderFault({ kind, path: '/run\\?', times: 2 });
  const { id } = await createRun(bench, sleeper);
  await isRunning(bench, id);
  expect(bench.errors).toEqual([]);
});

test('a run whose detail has lost its steps keeps those that are known, and its log waits for the truth', async () => {
  await using bench = await startBench({ source: { poll: { intervalMs: 20, settleMs: 1_000, auditMs: 5, auditEveryMs: 3_600_000 } } });
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.next();
  bench.control.orderFault({ kind: 'empty-runtime', path: `/run/${runId}$` });
  bench.control.writeLog({ runID: runId, jobID: jobId, lines: ['last'] });
  bench.control.finishJob(jobId, 'succeeded');
  const state = async () =>
    (
      await ask<{ run: { state: string; steps: { path: string }[] } }>(
        bench,
        'query ($id: ID!) { run(id: $id) { state steps { ... on Step { path } } } }',
        { id },
      )
    ).run;
  await eventually(async () => {
    bench.control.advance(500);
    return (await state()).state === 'SUCCEEDED';
  });
  await details(bench, runId, 10);
  expect((await state()).steps).toEqual([{ path: 'talk' }]);
  expect(await archivedOf(bench, id)).toBe('PENDING');
  bench.control.clearFaults();
  await advanceUntil(bench, log.toEnd());
  expect([textsOf(log.items), gapsOf(log.items)]).toEqual([['begin', 'last'], []]);
  expect(await archivedOf(bench, id)).toBe('COMPLETE');
});

test('a run first seen without its steps, although it has ended, has no log that is complete', async () => {
  await using bench = await startBench({
    source: { poll: { intervalMs: 20, settleMs: 400, auditMs: 5, auditEveryMs: 3_600_000 } },
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 1 });
      prod?.control.orderFault({ kind: 'empty-runtime', path: '/run/run-000001$' });
    },
  });
  await bench.synced();
  await details(bench, 'run-000001', 3);
  expect(await archivedOf(bench, runIdAt(1))).toBe('PENDING');
  bench.control.clearFaults();
  await eventually(async () => (await archivedOf(bench, runIdAt(1))) === 'GAPS'); // its pod is gone long since
});

test('lists that are empty while history is read are no holes in it', async () => {
  await using bench = await startBench({
    gateways: 0,
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 450 });
      prod?.control.orderFault({ kind: 'latency', ms: 2_000, path: 'run-000310', times: 1 }); // the second window of history
    },
  });
  await bench.startGateway();
  type Runs = { runs: { totalCount: number; complete: boolean } };
  const runs = async () => (await ask<Runs>(bench, '{ runs { totalCount complete } }')).runs;
  await eventually(async () => (await runs()).totalCount >= 100);
  bench.control.orderFault({ kind: 'database-down' });
  const windows = () => leaderCalls(bench).filter((path) => path.includes('run-000200')).length;
  await eventually(() => leaderCalls(bench).filter((path) => path.endsWith('runFilter=run-000450&maxKeys=1')).length >= 3);
  expect((await runs()).complete).toBe(false);
  expect(windows()).toBe(0); // nothing behind the window that nobody could read
  bench.control.clearFaults();
  await eventually(async () => (await runs()).complete);
  expect(await runs()).toEqual({ totalCount: 450, complete: true });
});
