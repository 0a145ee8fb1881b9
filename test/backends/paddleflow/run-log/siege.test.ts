import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { WireFault } from '../../../../src/sandbox/paddleflow/index.ts';
import { eventually, startBench, type Bench } from '../../../support/bench.ts';
import { ask, createRun, follow, gapsOf, textsOf } from '../../../live/helpers.ts';
import { advanceUntil, archivedOf, jobOf, logCalls, looks, plain, sleeper, yamlOf } from './steps.ts';

const html = '<html><body>302 Found</body></html>';
const faults: [string, WireFault][] = [
  ['empty pages', { kind: 'empty-pages' }],
  ['jobs without containers', { kind: 'no-containers' }],
  ['no job', { kind: 'empty-list' }],
  ['HTML', { kind: 'garbage' }],
  ['a redirect to a page', { kind: 'status', status: 302, body: html }],
  ['nothing', { kind: 'empty-body' }],
  ['an unclassified failure', { kind: 'status', status: 500, code: '' }],
  ['that there is no such run', { kind: 'status', status: 404, code: 'RunNotFound' }],
  ['half of an answer', { kind: 'cut-body' }],
  ['an overload', { kind: 'status', status: 503, code: 'InternalError' }],
];

const told = (items: Awaited<ReturnType<typeof follow>>['items']) => items.filter(({ __typename }) => __typename !== 'LogLines');

/** Until these runs have ended for good. */
async function endOf(bench: Bench, ...ids: readonly string[]): Promise<void> {
  interface Ended {
    readonly runs: { readonly nodes: { readonly events: { readonly nodes: { readonly kind: string }[] } }[] };
  }
  const query = 'query ($ids: [ID!]) { runs(first: 100, filter: { ids: $ids }) { nodes { events(first: 100) { nodes { kind } } } } }';
  await bench.whileTimePasses(2_000, async () => {
    const { runs } = await ask<Ended>(bench, query, { ids });
    return runs.nodes.length === ids.length && runs.nodes.every(({ events }) => events.nodes.some(({ kind }) => kind === 'SETTLED'));
  });
}

test('2,000 lines are told whole of each log, whatever its call answers from before the end of the step until long after it', async () => {
  await using bench = await startBench();
  await using followers = new AsyncDisposableStack();
  await bench.synced();
  const each = <T>(work: (fault: (typeof logs)[number]) => Promise<T>) => Promise.all(logs.map(work));
  const runs = await Promise.all(faults.map(() => createRun(bench, sleeper)));
  const logs = await Promise.all(
    faults.map(async ([what, fault], index) => {
      const { id, runId } = runs[index] as (typeof runs)[number]; // there is one for each
      const jobId = await jobOf(bench, id);
      return { what, fault, id, runId, jobId, log: followers.use(await follow(bench, 'runLog', { id })) };
    }),
  );
  for (const { runId, jobId } of logs) bench.control.writeLog({ runID: runId, jobID: jobId, count: 1_199 });
  await each(({ log }) => log.until(() => textsOf(log.items).length === 1_200));
  for (const { fault, runId } of logs) bench.control.orderFault({ ...fault, path: `/log/run/${runId}` });
  await each(({ runId }) => looks(bench, runId, 5)); // more than were once enough to give a log up
  for (const { runId, jobId } of logs) {
    bench.control.writeLog({ runID: runId, jobID: jobId, count: 800 });
    bench.control.finishJob(jobId, 'succeeded');
  }
  await endOf(bench, ...logs.map(({ id }) => id));
  await each(({ runId }) => looks(bench, runId, 10));
  const named = async <T>(valueOf: (log: (typeof logs)[number]) => Promise<T>) =>
    Object.fromEntries(await each(async (one) => [one.what, await valueOf(one)] as const));
  const ofEach = <T>(value: T) => Object.fromEntries(faults.map(([what]) => [what, value]));
  expect(await named(({ id }) => archivedOf(bench, id))).toEqual(ofEach('PENDING'));
  bench.control.clearFaults();
  await each(({ log }) => log.toEnd());
  for (const { what, runId, jobId, log } of logs)
    expect([what, textsOf(log.items)]).toEqual([what, plain(bench.control.logOf(runId, jobId))]);
  const completed = [{ __typename: 'StreamEnd', cursor: expect.any(String), endReason: 'COMPLETED' }];
  expect(await named(async ({ log }) => told(log.items))).toEqual(ofEach(completed));
  expect(await named(({ id }) => archivedOf(bench, id))).toEqual(ofEach('COMPLETE'));
});

test('one answer between good ones ends nothing either, whenever it comes', async () => {
  await using bench = await startBench();
  await bench.synced();
  for (const kind of ['empty-pages', 'no-containers', 'empty-list'] as const) {
    const { id, runId } = await createRun(bench, sleeper);
    const jobId = await jobOf(bench, id);
    await using log = await follow(bench, 'runLog', { id });
    bench.control.writeLog({ runID: runId, jobID: jobId, count: 900 });
    await log.until(() => textsOf(log.items).length === 901);
    // Every other call from here on.
    let end = false;
    const striking = eventually(async () => {
      bench.control.orderFault({ kind, path: `/log/run/${runId}`, times: 1 });
      await looks(bench, runId, 2);
      return end;
    });
    bench.control.writeLog({ runID: runId, jobID: jobId, count: 600 });
    bench.control.finishJob(jobId, 'failed');
    await endOf(bench, id);
    end = true;
    await Promise.race([striking, log.toEnd()]);
    bench.control.clearFaults();
    await archiveIsDone(bench, id);
    await using whole = await follow(bench, 'runLog', { id });
    await whole.toEnd();
    expect(textsOf(whole.items)).toEqual(plain(bench.control.logOf(runId, jobId)));
    expect(gapsOf(whole.items)).toEqual([]);
    expect(await archivedOf(bench, id)).toBe('COMPLETE');
  }
});
const archiveIsDone = (bench: Bench, id: string) => eventually(async () => (await archivedOf(bench, id)) !== 'PENDING');

test('a walk back from the end goes on at the page that failed: 30,000 lines, none missing, none of its good pages read twice', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  let lines = 1;
  const burst = async (count: number) => {
    bench.control.writeLog({ runID: runId, jobID: jobId, count, bytes: 100 });
    lines += count;
    await log.until(() => textsOf(log.items).length === lines);
  };
  for (let bursts = 0; bursts < 6; bursts += 1) await burst(4_200); // behind the ceiling of the beginning from the second one on
  const page = (pageNo: number) =>
    logCalls(bench, runId).filter((path) => path.includes(`pageNo=${pageNo}&pageSize=100&logFilePosition=end`)).length;
  const before = page(5);
  bench.control.orderFault({ kind: 'empty-pages', path: `/log/run/${runId}.*pageNo=40&pageSize=100&logFilePosition=end`, times: 4 });
  bench.control.orderFault({ kind: 'garbage', path: `/log/run/${runId}.*pageNo=30&pageSize=100&logFilePosition=end`, times: 7 });
  await burst(4_900);
  expect(page(5) - before).toBe(1);
  expect(page(30)).toBeGreaterThan(7);
  await burst(100);
  bench.control.finishJob(jobId, 'succeeded');
  await advanceUntil(bench, log.toEnd());
  expect(textsOf(log.items)).toEqual(plain(bench.control.logOf(runId, jobId)));
  expect(gapsOf(log.items)).toEqual([]);
  expect(await archivedOf(bench, id)).toBe('COMPLETE');
});

test('an empty page in the middle of a log is not taken for a rotation, nor for its end', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.next();
  // From the beginning nothing can be read for a while; from the end the newest 5,000 of 5,300 lines can.
  bench.control.orderFault({ kind: 'empty-pages', path: 'logFilePosition=begin', times: 12 });
  bench.control.writeLog({ runID: runId, jobID: jobId, count: 5_300, bytes: 40 });
  await log.until(() => textsOf(log.items).length === 5_301);
  bench.control.finishJob(jobId, 'succeeded');
  await advanceUntil(bench, log.toEnd());
  expect(gapsOf(log.items)).toEqual([]);
  expect(textsOf(log.items)).toEqual(plain(bench.control.logOf(runId, jobId)));
});

const quick = { intervalMs: 20, maxIntervalMs: 40, finalMs: 30, silentMs: 400 };

/** A run that writes and goes on, and whose log can be read until something is done about that. */
async function startLoud(bench: Bench): Promise<{ readonly id: string; readonly runId: string; readonly jobId: string }> {
  const loud = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, loud.id);
  await using log = await follow(bench, 'runLog', { id: loud.id });
  await log.next();
  return { ...loud, jobId };
}
const fromTheEnd = (bench: Bench, runId: string) => logCalls(bench, runId).filter((path) => path.includes('logFilePosition=end')).length;

test('a step that writes nothing ends complete while the log of another one shows its lines', async () => {
  await using bench = await startBench({ source: { logs: quick } });
  await bench.synced();
  await startLoud(bench);
  const { id, runId } = await createRun(bench, yamlOf('sleep 1'));
  await using log = await follow(bench, 'runLog', { id });
  await advanceUntil(bench, log.toEnd());
  expect(log.items).toEqual([{ __typename: 'StreamEnd', cursor: expect.any(String), endReason: 'COMPLETED' }]);
  expect(await archivedOf(bench, id)).toBe('COMPLETE');
  expect(fromTheEnd(bench, runId)).toBeGreaterThanOrEqual(4); // asked for from both sides, time and again
});

test.each([
  ['wrote nothing', 'sleep 1', false],
  ['wrote two lines that nobody could read', 'echo one; echo two', true],
])('of a step that %s, and no other to compare with, nobody is told that its log is complete', async (_what, command, hidden) => {
  // Several looks must fit before it, on a busy machine too.
  const retention = { succeededMs: 6_000, failedMs: 6_000 };
  await using bench = await startBench({ source: { logs: { ...quick, retention } } });
  await bench.synced();
  if (hidden) bench.control.orderFault({ kind: 'empty-pages', path: '/log/run/' });
  const { id, runId } = await createRun(bench, yamlOf(command));
  await endOf(bench, id);
  const [before, endedAt] = [fromTheEnd(bench, runId), performance.now()];
  await eventually(() => fromTheEnd(bench, runId) >= before + 4 && performance.now() > endedAt + 2 * quick.silentMs);
  expect(await archivedOf(bench, id)).toBe('PENDING');
  // The pod is there for longer than the configuration says.
  await using log = await follow(bench, 'runLog', { id });
  await log.toEnd();
  expect([textsOf(log.items), gapsOf(log.items)]).toEqual([[], ['UNREADABLE']]);
  expect(await archivedOf(bench, id)).toBe('GAPS');
});

test('a step without a line waits for another log to compare with, also for one that is met later', async () => {
  await using bench = await startBench({ source: { logs: quick } });
  await bench.synced();
  const { id, runId } = await createRun(bench, yamlOf('sleep 1'));
  await endOf(bench, id);
  const before = fromTheEnd(bench, runId);
  await eventually(() => fromTheEnd(bench, runId) >= before + 12);
  expect(await archivedOf(bench, id)).toBe('PENDING');
  await startLoud(bench);
  await archiveIsDone(bench, id);
  expect(await archivedOf(bench, id)).toBe('COMPLETE');
});

test('a step of which no line was ever seen is not believed to be silent while another log cannot be read', async () => {
  await using bench = await startBench({ source: { logs: quick } });
  await bench.synced();
  const loud = await startLoud(bench);
  bench.control.orderFault({ kind: 'empty-pages', path: '/log/run/' });
  const { id, runId } = await createRun(bench, yamlOf('echo one; echo two'));
  await endOf(bench, id);
  const probes = () => logCalls(bench, loud.runId).filter((path) => path.includes('pageSize=1&logFilePosition=begin')).length;
  const before = probes();
  await eventually(() => probes() >= before + 2); // it would have ended by now, twice
  expect(await archivedOf(bench, id)).toBe('PENDING');
  bench.control.clearFaults();
  await using log = await follow(bench, 'runLog', { id });
  await log.toEnd();
  expect([textsOf(log.items), gapsOf(log.items)]).toEqual([['one', 'two'], []]);
  expect(logCalls(bench, runId).length).toBeGreaterThan(4);
  bench.control.finishJob(loud.jobId, 'succeeded');
});

test('a step is not believed to be silent when logs become readable between a look at it and the comparison with another', async () => {
  await using bench = await startBench({ source: { logs: quick } });
  await bench.synced();
  const loud = await startLoud(bench);
  bench.control.finishJob(loud.jobId, 'succeeded');
  await endOf(bench, loud.id);
  await archiveIsDone(bench, loud.id); // from here on its log is only asked for to compare with
  const { id } = await createRun(bench, yamlOf('echo one; echo two'));
  bench.control.orderFault({ kind: 'empty-pages', path: '/log/run/' });
  const lift = (message: unknown) => {
    const { url = '' } = (message as { readonly request: IncomingMessage }).request; // Node's documented shape
    if (url.includes(`/log/run/${loud.runId}?`)) bench.control.clearFaults();
  };
  subscribe('http.server.request.start', lift);
  onTestFinished(() => void unsubscribe('http.server.request.start', lift));
  await endOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.toEnd();
  expect([textsOf(log.items), gapsOf(log.items)]).toEqual([['one', 'two'], []]);
  expect(await archivedOf(bench, id)).toBe('COMPLETE');
});

test('a job that was stopped before it had a container has a complete log without a line', async () => {
  await using bench = await startBench({
    source: { logs: quick },
    sandboxes: { prod: { pace: { toPending: 1_000, toRunning: 100_000_000 } } },
  });
  await bench.synced();
  const { id } = await createRun(bench, sleeper);
  await jobOf(bench, id, 'QUEUED');
  await using log = await follow(bench, 'runLog', { id });
  await ask(bench, 'mutation ($id: ID!) { stopRun(input: { id: $id, force: true }) { __typename } }', { id });
  await advanceUntil(bench, log.toEnd());
  expect(told(log.items)).toEqual([{ __typename: 'StreamEnd', cursor: expect.any(String), endReason: 'COMPLETED' }]);
  expect(await archivedOf(bench, id)).toBe('COMPLETE');
});

test('a step that was stopped, and whose pod was deleted with it, ends with a gap and does not wait for an hour', async () => {
  await using bench = await startBench({ source: { logs: quick } });
  await bench.synced();
  const { id } = await createRun(bench, sleeper);
  await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.next();
  bench.control.orderFault({ kind: 'no-containers', path: '/log/run/' });
  await ask(bench, 'mutation ($id: ID!) { stopRun(input: { id: $id, force: true }) { __typename } }', { id });
  await advanceUntil(bench, log.toEnd());
  expect([textsOf(log.items), gapsOf(log.items)]).toEqual([['begin'], ['RETENTION']]);
  expect(await archivedOf(bench, id)).toBe('GAPS');
});

test('pods that the source itself has outlived are gone, however short we have waited', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.next();
  bench.control.orderFault({ kind: 'empty-pages', path: '/log/run/' });
  bench.control.finishJob(jobId, 'succeeded');
  await endOf(bench, id);
  bench.control.advance(700_000);
  bench.control.clearFaults();
  await createRun(bench, sleeper); // and runs: the source has written something
  await advanceUntil(bench, log.toEnd());
  expect([textsOf(log.items), gapsOf(log.items)]).toEqual([['begin'], ['RETENTION']]);
});

test('a run that is deleted before its log was read says what is missing', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.next();
  bench.control.orderFault({ kind: 'garbage', path: '/log/run/' });
  bench.control.finishJob(jobId, 'succeeded');
  await endOf(bench, id);
  await ask(bench, 'mutation ($id: ID!) { deleteRun(input: { id: $id }) { __typename } }', { id });
  await log.toEnd();
  expect(log.items.slice(1).map(({ gapReason, endReason }) => gapReason ?? endReason)).toEqual(['RETENTION', 'DELETED']);
  await using again = await follow(bench, 'runLog', { id });
  await again.toEnd();
  expect(again.items.length).toBe(3);
  expect(await archivedOf(bench, id)).toBe('GAPS');
});
