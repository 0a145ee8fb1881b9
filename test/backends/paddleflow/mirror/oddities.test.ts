import { Client } from 'pg';
import { expect, test } from 'vitest';
import { eventually, startBench, type Bench } from '../../../support/bench.ts';
import { ask, createRun, follow, kindsOf, runIdAt } from '../../../live/helpers.ts';
import { leaderCalls, ordinalsOf, runIds } from './helpers.ts';

const complete = (bench: Bench) =>
  eventually(async () => (await ask<{ runs: { complete: boolean } }>(bench, '{ runs { complete } }')).runs.complete);
const total = async (bench: Bench) => (await ask<{ runs: { totalCount: number } }>(bench, '{ runs { totalCount } }')).runs.totalCount;
interface RunState {
  run: { state: string; rawState: string; deletedUpstream: boolean; message: string; name: string } | null;
}
const stateOf = async (bench: Bench, ordinal: number) =>
  (
    await ask<RunState>(bench, 'query ($id: ID!) { run(id: $id) { state rawState deletedUpstream message name } }', {
      id: runIdAt(ordinal),
    })
  ).run;
/** Several turns of the leader. */
async function turns(bench: Bench, count = 6): Promise<void> {
  const tails = () => leaderCalls(bench).filter((path) => path.includes('runFilter=')).length;
  const before = tails();
  await eventually(() => tails() >= before + count);
}
async function upstream(bench: Bench, method: string, path: string): Promise<unknown> {
  const api = `${bench.sandbox('prod').url}/api/paddleflow/v1`;
  const login = await fetch(`${api}/login`, { method: 'POST', body: JSON.stringify({ username: 'root', password: 'paddleflow' }) });
  const { authorization } = (await login.json()) as { authorization: string };
  const answer = await fetch(`${api}${path}`, { method, headers: { 'x-pf-authorization': authorization } });
  if (!answer.ok) throw new Error(await answer.text());
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}
const failing = `name: failing
docker_env: busybox
entry_points:
  main:
    command: 'exit 1'
`;
async function failed(bench: Bench): Promise<{ id: string; runId: string }> {
  const run = await createRun(bench, failing);
  await using following = await follow(bench, 'runChanged', { id: run.id });
  let ended = false;
  await Promise.race([
    following.toEnd().finally(() => (ended = true)),
    eventually(async () => {
      bench.control.advance(500);
      await turns(bench, 1);
      return ended;
    }),
  ]);
  return run;
}

test('words nobody knows stay readable, and do not end the run', async () => {
  await using bench = await startBench({
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 1, status: 'napping', name: 'odd' });
      prod?.control.insertRuns({ count: 1, status: 'toString' });
    },
  });
  await complete(bench);
  await turns(bench);
  expect(await stateOf(bench, 1)).toMatchObject({ state: 'UNKNOWN', rawState: 'napping' });
  expect(await stateOf(bench, 2)).toMatchObject({ state: 'UNKNOWN', rawState: 'toString' });
  await using following = await follow(bench, 'runChanged', { id: runIdAt(1) });
  await following.next();
  bench.control.setRawStatus('run-000001', 'succeeded');
  await following.toEnd();
  expect(kindsOf(following.items).at(-1)).toBe('SETTLED SUCCEEDED');
});

test('rows that do not decode show as UNKNOWN and hide none of their neighbours, old or new', async () => {
  await using bench = await startBench({
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 130 });
      for (const id of ['run-000001', 'run-000117', 'run-000118', 'run-000130'])
        prod?.control.orderFault({ kind: 'undecodable-run', runID: id });
    },
  });
  await complete(bench);
  await eventually(async () => (await total(bench)) === 130);
  expect(await stateOf(bench, 117)).toMatchObject({ state: 'UNKNOWN', rawState: '', deletedUpstream: false });
  expect(await stateOf(bench, 116)).toMatchObject({ state: 'SUCCEEDED' });
  // One that runs, among others that run.
  bench.control.insertRuns({ count: 4, status: 'running', name: 'going' });
  await eventually(async () => (await total(bench)) === 134);
  bench.control.orderFault({ kind: 'undecodable-run', runID: 'run-000132' });
  await eventually(async () => (await stateOf(bench, 132))?.state === 'UNKNOWN');
  bench.control.setRawStatus('run-000133', 'failed');
  await eventually(async () => (await stateOf(bench, 133))?.state === 'FAILED');
  expect(await stateOf(bench, 132)).toMatchObject({ name: 'going', deletedUpstream: false });
  bench.control.insertRuns({ count: 1 });
  await eventually(async () => (await stateOf(bench, 135))?.state === 'SUCCEEDED');
  expect(await total(bench)).toBe(135);
});

test('a database failure upstream, empty lists everywhere, deletes nothing', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 5, status: 'running' }) });
  await complete(bench);
  bench.control.orderFault({ kind: 'database-down' });
  await turns(bench, 30);
  expect(await total(bench)).toBe(5);
  bench.control.clearFaults();
  bench.control.insertRuns({ count: 1 });
  await eventually(async () => (await total(bench)) === 6);
  for (let ordinal = 1; ordinal <= 5; ordinal += 1)
    expect(await stateOf(bench, ordinal)).toMatchObject({ state: 'RUNNING', deletedUpstream: false });
});

test('a run that was deleted behind our back leaves the lists, and its streams end', async () => {
  await using bench = await startBench({
    source: { poll: { intervalMs: 20, settleMs: 100, auditMs: 1, auditEveryMs: 100 } },
    prepare: ({ prod }) => void prod?.control.insertRuns({ count: 120 }),
  });
  await complete(bench);
  await upstream(bench, 'DELETE', '/run/run-000060'); // settled: noticed by the audit
  await upstream(bench, 'DELETE', '/run/run-000120'); // the newest one
  await eventually(async () => (await total(bench)) === 118);
  for (const ordinal of [60, 120]) {
    expect(await stateOf(bench, ordinal)).toMatchObject({ deletedUpstream: true });
    await using following = await follow(bench, 'runChanged', { id: runIdAt(ordinal) });
    await following.toEnd();
    expect(following.items.at(-1)).toMatchObject({ endReason: 'DELETED' });
    await using log = await follow(bench, 'runLog', { id: runIdAt(ordinal) });
    await log.toEnd();
  }
  expect(ordinalsOf(await runIds(bench, 1))).toEqual([119]);
});

test('our own deletion is told at once, also by another process than the leader', async () => {
  await using bench = await startBench({ gateways: 2, prepare: ({ prod }) => void prod?.control.insertRuns({ count: 2 }) });
  await complete(bench);
  const follower = bench.gateways.findIndex((gateway) => !gateway.isLeading('prod'));
  await using all = await follow(bench, 'runChanged', { filter: {} });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 1);
  await ask(
    bench,
    'mutation ($input: DeleteRunInput!) { deleteRun(input: $input) { __typename } }',
    { input: { id: runIdAt(1) } },
    follower,
  );
  await all.until(({ event, run }) => event?.kind === 'DELETED' && run?.runId === 'run-000001');
  expect(await total(bench)).toBe(1);
});

test('a retry shows the old end first: nobody is told that the new run has ended', async () => {
  await using bench = await startBench({ source: { poll: { intervalMs: 20, settleMs: 5_000, auditMs: 5, auditEveryMs: 3_600_000 } } });
  await bench.synced();
  const { runId } = await failed(bench);
  bench.control.orderFault({ kind: 'retry-slow', method: 'PUT', ms: 60_000, times: 1 });
  const { runID } = (await upstream(bench, 'PUT', `/run/${runId}?action=retry`)) as { runID: string };
  const ordinal = Number(runID.replace('run-', ''));
  await eventually(async () => (await stateOf(bench, ordinal))?.state === 'FAILED');
  await using following = await follow(bench, 'runChanged', { id: runIdAt(ordinal) });
  await following.next();
  bench.control.advance(60_000);
  bench.control.setRawStatus(runID, 'running');
  await following.until(({ event }) => event?.state === 'RUNNING');
  expect(kindsOf(following.items).filter((kind) => kind.startsWith('SETTLED'))).toEqual([]);
  bench.control.setRawStatus(runID, null);
  expect(ordinalsOf(await runIds(bench, 2))).toEqual([ordinal, ordinal - 1]); // in spite of its copied creation time
});

test('a retry that goes wrong rewrites the old run: it is reopened, and ends again', async () => {
  await using bench = await startBench();
  await bench.synced();
  const { id } = await failed(bench);
  bench.control.orderFault({ kind: 'empty-run-id', method: 'PUT', times: 1 });
  await bench.query('mutation ($input: RetryRunInput!) { retryRun(input: $input) { __typename } }', { input: { id } });
  let kinds: string[] = [];
  await eventually(async () => {
    await using following = await follow(bench, 'runChanged', { id });
    kinds = kindsOf(await following.toEnd());
    return kinds.includes('REOPENED FAILED');
  });
  expect(kinds.slice(-2)).toEqual(['REOPENED FAILED', 'SETTLED FAILED']);
});

test('a settled run that changes after all is noticed by the audit', async () => {
  await using bench = await startBench({
    source: { poll: { intervalMs: 20, settleMs: 50, auditMs: 1, auditEveryMs: 100 } },
    prepare: ({ prod }) => void prod?.control.insertRuns({ count: 130 }),
  });
  await complete(bench);
  await using all = await follow(bench, 'runChanged', { filter: { ids: [runIdAt(3)] } });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 1);
  bench.control.setRawStatus('run-000003', 'failed');
  await all.until(({ event }) => event?.kind === 'REOPENED');
  expect(all.items.at(-1)?.event).toMatchObject({ state: 'FAILED', rawState: 'failed' });
});

test('NUL in names and messages is replaced, and stops nothing', async () => {
  await using bench = await startBench({
    prepare: ({ prod }) => {
      prod?.control.insertRuns({ count: 1, name: 'a\0b', description: 'c\0d', status: 'fai\0led', source: 'e\0f' });
      prod?.control.insertRuns({ count: 1, name: 'plain' });
    },
  });
  await complete(bench);
  expect(await stateOf(bench, 1)).toMatchObject({ name: 'a\uFFFDb', state: 'UNKNOWN', rawState: 'fai\uFFFDled' });
  expect(await stateOf(bench, 2)).toMatchObject({ name: 'plain' });
  expect(bench.errors).toEqual([]);
});

test('a database clock that is set back costs no change and no end', async () => {
  await using bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 2 }) });
  await bench.synced();
  const { id, runId } = await createRun(bench, `name: going\ndocker_env: busybox\nentry_points:\n  one:\n    command: 'sleep 3600'\n`);
  await using following = await follow(bench, 'runChanged', { id });
  await bench.whileTimePasses(2_000, async () => (await stateOf(bench, Number(runId.replace('run-', ''))))?.state === 'RUNNING');
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  try {
    // To what was stored before, an hour back looks like an hour ahead.
    await client.query(`update execution set observed_at = observed_at + interval '1 hour', detail_observed_at = detail_observed_at + interval '1 hour',
      final_since = final_since + interval '1 hour', settled_at = settled_at + interval '1 hour'`);
    const stop = 'mutation ($id: ID!) { stopRun(input: { id: $id, force: true }) { __typename } }';
    expect(await ask(bench, stop, { id })).toMatchObject({ stopRun: { __typename: 'StopRunPayload' } });
    let ended = false;
    await Promise.all([
      following.toEnd().finally(() => (ended = true)),
      eventually(async () => {
        bench.control.advance(500);
        await turns(bench, 1);
        return ended;
      }),
    ]);
    expect(kindsOf(following.items).at(-1)).toBe('SETTLED CANCELLED');
    await using log = await follow(bench, 'runLog', { id });
    await log.toEnd();
    // One that had ended before is looked at again by nobody but who asks for it, and stays ended.
    await client.query("select pg_notify('tributary_poke', 'prod:run-000001')");
    await eventually(async () => {
      const { rows } = await client.query(
        'select from execution where ordinal = 1 and detail is not null and observed_at < now() and settled_at < now()',
      );
      return rows.length === 1;
    });
    const { rows } = await client.query("select kind from event where ordinal = 1 and kind not in ('DISCOVERED', 'SETTLED', 'PROGRESSED')");
    expect(rows).toEqual([]);
  } finally {
    await client.end();
  }
});
