import { expect, test } from 'vitest';
import { eventually, startBench, toGlobalId } from '../../../support/bench.ts';
import { leaderCalls } from '../mirror/helpers.ts';
import { ask, createRun, follow, gapsOf, linesOf, textsOf } from '../../../live/helpers.ts';
import { advanceUntil, jobOf, plain, sleeper, yamlOf } from './steps.ts';

test('lines of any kind arrive whole, or cut and flagged', async () => {
  await using bench = await startBench({ source: { logs: { intervalMs: 20, maxIntervalMs: 40, finalMs: 50, maxLineBytes: 2_048 } } });
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  const odd = [
    '',
    ' ',
    'with CRLF\r',
    '\u001B[31mred\u001B[0m',
    'NUL \0 here',
    'broken \uFFFD utf-8',
    'progress 1%\rprogress 100%',
    'ünïcödé 漢字 🚀',
    '\u2028',
    `{"json": "x"}`,
  ];
  bench.control.writeLog({ runID: runId, jobID: jobId, lines: [...odd, 'x'.repeat(100_000), `${'é'.repeat(3_000)}`, 'after'] });
  await using log = await follow(bench, 'runLog', { id });
  await log.until(({ lines }) => lines?.some(({ text }) => text === 'after') ?? false);
  const lines = linesOf(log.items);
  expect(lines.map(({ number }) => number)).toEqual(lines.map((_line, index) => index + 1));
  expect(lines.slice(0, odd.length + 1).map(({ text }) => text)).toEqual(['begin', ...odd]);
  const [ascii, twoBytes] = lines.filter(({ cut }) => cut);
  expect(ascii?.text).toMatch(/^x{1900,2048}$/);
  expect(twoBytes?.text).toMatch(/^é{950,1024}$/);
  for (const { at } of lines) expect(at).toMatch(/^2024-03-05T.*Z$/);
  bench.control.finishJob(jobId, 'succeeded');
  await advanceUntil(bench, log.toEnd());
  expect(
    (await ask<{ run: { logArchived: string } }>(bench, 'query ($id: ID!) { run(id: $id) { logArchived } }', { id })).run.logArchived,
  ).toBe('COMPLETE');
});

test('bursts of 4,000 lines, far behind both ceilings, arrive line by line; every cursor goes on from there', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  for (let burst = 1; burst <= 2; burst += 1) {
    bench.control.writeLog({ runID: runId, jobID: jobId, count: 4_000, bytes: 200 });
    await log.until(() => linesOf(log.items).length >= burst * 4_000);
  }
  bench.control.finishJob(jobId, 'failed');
  await advanceUntil(bench, log.toEnd());
  const whole = plain(bench.control.logOf(runId, jobId));
  expect(textsOf(log.items)).toEqual(whole);
  expect(gapsOf(log.items)).toEqual([]);
  for (const index of [0, Math.floor(log.items.length / 2), log.items.length - 2]) {
    await using again = await follow(bench, 'runLog', { id, after: log.items[index]?.cursor });
    await again.toEnd();
    expect(textsOf(again.items)).toEqual(whole.slice(textsOf(log.items.slice(0, index + 1)).length));
  }
});

test('more at once than the call can serve is a gap', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.next();
  bench.control.writeLog({ runID: runId, jobID: jobId, count: 8_000, bytes: 200 });
  bench.control.finishJob(jobId, 'succeeded');
  await advanceUntil(bench, log.toEnd());
  expect(gapsOf(log.items)).toEqual(['CEILING']);
  const whole = plain(bench.control.logOf(runId, jobId));
  const texts = textsOf(log.items);
  expect(texts.at(-1)).toBe(whole.at(-1));
  expect(new Set(texts).size).toBe(texts.length);
  expect(
    (await ask<{ run: { logArchived: string } }>(bench, 'query ($id: ID!) { run(id: $id) { logArchived } }', { id })).run.logArchived,
  ).toBe('GAPS');
});

test('a step that waits is not asked for its log; one that runs is, at once', async () => {
  await using bench = await startBench({ sandboxes: { prod: { pace: { toPending: 1_000, toRunning: 100_000 } } } });
  await bench.synced();
  const { id } = await createRun(bench, sleeper);
  await jobOf(bench, id, 'QUEUED');
  const before = bench.control.calls().length;
  await eventually(() => bench.control.calls().length > before + 20);
  expect(leaderCalls(bench).filter((path) => path.includes('/log/'))).toEqual([]);
  await using log = await follow(bench, 'runLog', { id });
  bench.control.advance(110_000);
  expect(textsOf([await log.next()])).toEqual(['begin']);
});

/** The upstream keeps pods for no longer than this. */
const short = { logs: { intervalMs: 20, maxIntervalMs: 40, finalMs: 50, silentMs: 300, retention: { succeededMs: 500, failedMs: 500 } } };

test('logs that vanished before they were read are a gap, whether the step was seen or not', async () => {
  await using bench = await startBench({ source: short, prepare: ({ prod }) => void prod?.control.insertRuns({ count: 1 }) });
  await bench.synced();
  const id = toGlobalId('Run', 'prod', 'run-000001');
  await using old = await follow(bench, 'runLog', { id });
  await old.toEnd();
  expect(gapsOf(old.items)).toEqual(['RETENTION']);

  const seen = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, seen.id);
  await using log = await follow(bench, 'runLog', { id: seen.id });
  await log.next();
  bench.control.orderFault({ kind: 'cut', path: '/log/run/' });
  bench.control.finishJob(jobId, 'succeeded');
  bench.control.advance(700_000);
  bench.control.clearFaults();
  await advanceUntil(bench, log.toEnd());
  expect(textsOf(log.items)).toEqual(['begin']);
  expect(gapsOf(log.items)).toEqual(['RETENTION']);
});

test('a step that begins and ends while the source is down is copied afterwards', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id } = await createRun(bench, yamlOf('echo one; sleep 1; echo two'));
  bench.control.orderFault({ kind: 'cut' });
  bench.control.advance(30_000);
  await eventually(() => bench.errors.length > 0);
  bench.control.clearFaults();
  await using log = await follow(bench, 'runLog', { id });
  await advanceUntil(bench, log.toEnd());
  expect(textsOf(log.items)).toEqual(['one', 'two']);
  expect(gapsOf(log.items)).toEqual([]);
});

test.each([
  ['an unclassified failure', { kind: 'status', status: 500, code: '', message: 'list pods failed' }],
  ['something that is not JSON', { kind: 'garbage' }],
] as const)('a log whose call answers %s is given up at last, with a gap; the other steps are not', async (_name, fault) => {
  await using bench = await startBench({ source: short });
  await bench.synced();
  const { id } = await createRun(
    bench,
    yamlOf(
      'echo one',
      `  other:
    command: 'echo other'
`,
    ),
  );
  bench.control.orderFault({ ...fault, path: '/log/run/.*-talk-' });
  await using log = await follow(bench, 'runLog', { id });
  await advanceUntil(bench, log.toEnd());
  expect(textsOf(log.items)).toEqual(['other']);
  expect(gapsOf(log.items)).toEqual(['UNREADABLE']);
});

test('what a retry carries over and what a cache hit takes over is read under the run that wrote it, or from the catalog once it is gone there', async () => {
  await using bench = await startBench();
  await bench.synced();
  const yaml = yamlOf(
    'echo good',
    `  bad:
    deps: talk
    command: 'echo bad; exit 1'
`,
  );
  const first = await createRun(bench, yaml);
  await using log = await follow(bench, 'runLog', { id: first.id });
  await advanceUntil(bench, log.toEnd());
  expect(textsOf(log.items).toSorted()).toEqual(['bad', 'good']); // steps are copied side by side
  bench.control.advance(4_000_000); // all pods are collected
  const { retryRun } = await ask<{ retryRun: { run: { id: string } } }>(
    bench,
    'mutation ($input: RetryRunInput!) { retryRun(input: $input) { ... on RetryRunPayload { run { id } } } }',
    { input: { id: first.id } },
  );
  await using again = await follow(bench, 'runLog', { id: retryRun.run.id });
  await advanceUntil(bench, again.toEnd());
  expect(textsOf(again.items).toSorted()).toEqual(['bad', 'good']);
  expect(gapsOf(again.items)).toEqual([]);
  await using step = await follow(bench, 'stepLog', {
    id: toGlobalId('Step', 'prod', `${Buffer.from(retryRun.run.id, 'base64url').toString().split(':')[2]}/talk`),
  });
  await step.toEnd();
  expect(textsOf(step.items)).toEqual(['good']);
});

test('a look at the logs of many old runs holds up none that is being written', async () => {
  const longAgo = Date.parse('2024-02-01T02:00:00Z');
  await using bench = await startBench({
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 25, firstCreatedAt: longAgo, createTimeStepSeconds: 1 });
      prod?.control.insertRuns({ count: 1 });
    },
  });
  await bench.synced();
  const { id, runId } = await createRun(bench, sleeper);
  const jobId = await jobOf(bench, id);
  await using log = await follow(bench, 'runLog', { id });
  await log.next();
  const ofOldRuns = /\/log\/run\/run-0000([01]\d|2[0-5])/;
  expect(leaderCalls(bench).filter((call) => ofOldRuns.test(call))).toEqual([]); // not unasked
  bench.control.orderFault({ kind: 'latency', path: ofOldRuns.source, ms: 4_000 });
  const looks = () => leaderCalls(bench).filter((call) => /\/v1\/run\/run-0000([01]\d|2[0-5])$/.test(call));
  await eventually(() => new Set(looks()).size === 25); // ahead of anybody's wish
  bench.forgetCalls();
  await ask(bench, '{ runs(first: 100) { nodes { log(first: 1) { ended } } } }');
  const slowCalls = () => leaderCalls(bench).filter((call) => ofOldRuns.test(call)).length;
  for (const text of ['one', 'two', 'three']) {
    bench.control.writeLog({ runID: runId, jobID: jobId, lines: [text] });
    await log.until(({ lines }) => lines?.some((line) => line.text === text) ?? false);
  }
  expect(slowCalls()).toBeLessThan(5);
  // Nor does the leader look at each of these runs before all else.
  expect(looks()).toEqual([]);
  // And the old ones get their turns.
  bench.control.clearFaults();
  await eventually(async () => {
    const { runs } = await ask<{ runs: { nodes: { logArchived: string }[] } }>(bench, '{ runs(first: 50) { nodes { logArchived } } }');
    return runs.nodes.filter(({ logArchived }) => logArchived !== 'PENDING').length === 26;
  });
});
