import { Client } from 'pg';
import { expect, test } from 'vitest';
import { as, eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { startUpstream, upstreamUser } from '../upstream.ts';

const yaml = `name: stubborn
docker_env: busybox
parallelism: 5
entry_points:
  one: {command: sleep 6000}
  two: {command: sleep 6000}
  three: {deps: one, command: echo}
`;
const tokens = { boss: { role: 'operator' }, alice: { role: 'viewer' } } as const;
const v1 = '/api/paddleflow/v1';
const idOf = (runId: string) => toGlobalId('Run', 'prod', runId);
const stuck = 'query ($id: ID!) { run(id: $id) { state stuckSince steps { state } } }';
const stop = 'mutation ($id: ID!, $force: Boolean! = false) { stopRun(input: {id: $id, force: $force}) { __typename } }';

async function reach(
  bench: Bench,
  id: string,
  done: (run: { state: string; stuckSince: string | null; steps: { state: string }[] }) => boolean,
) {
  return eventually(async () => {
    const { data } = await bench.query<{ run: { state: string; stuckSince: string | null; steps: { state: string }[] } | null }>(
      stuck,
      { id },
      as('boss'),
    );
    if (data?.run && done(data.run)) return data.run;
    bench.control.advance(500);
    return undefined;
  });
}

/** A run that works, was asked to stop, and does not. */
async function stuckRun(bench: Bench): Promise<{ runId: string; id: string }> {
  const runId = await startUpstream(bench, yaml);
  const id = idOf(runId);
  await reach(bench, id, ({ steps }) => steps.filter(({ state }) => state === 'RUNNING').length === 2);
  bench.control.orderFault({ kind: 'stuck-terminating', runID: runId });
  expect(await bench.query(stop, { id }, as('boss'))).toEqual({ data: { stopRun: { __typename: 'StopRunPayload' } } });
  return { runId, id };
}

/** Until the run is in the stream of events, which says when it was seen. */
const untilTold = (bench: Bench, id: string) =>
  eventually(async () => {
    const query = 'query ($id: ID!) { run(id: $id) { events(first: 1) { edges { cursor } } } }';
    return (await bench.query(query, { id }, as('boss'))).data?.run?.events?.edges?.length;
  });

/** As if all that was seen of runs until now had been seen so much earlier. */
async function letPass(bench: Bench, minutes: number): Promise<void> {
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  await client.query('update event set at = at - make_interval(mins => $1)', [minutes]);
  await client.end();
}

test.each([
  ['as the database', 0],
  ['eight minutes ahead', 8],
  ['a quarter of an hour behind', -15],
])(
  'a run that has not moved for long while it was being stopped is stuck, by a clock %s, and asking its jobs once more frees it',
  async (_how, ahead) => {
    await using bench = await startBench({ tokens, sandboxes: { prod: { startAt: Date.now() + ahead * 60_000 } } });
    const { id } = await stuckRun(bench);
    expect(await reach(bench, id, ({ state }) => state === 'STOPPING')).toMatchObject({ stuckSince: null });
    await untilTold(bench, id);
    await letPass(bench, 4);
    expect(await reach(bench, id, ({ state }) => state === 'STOPPING')).toMatchObject({ stuckSince: null });
    await letPass(bench, 4);
    const run = await reach(bench, id, ({ stuckSince }) => stuckSince !== null);
    const { data: about } = await bench.query('query ($id: ID!) { run(id: $id) { updatedAt } }', { id }, as('boss'));
    expect(run).toMatchObject({ state: 'STOPPING', stuckSince: about?.run?.updatedAt });

    bench.forgetCalls();
    const { data, errors } = await bench.run('UnblockRun', { input: { id } }, as('boss'));
    expect(errors).toBeUndefined();
    expect(data?.unblockRun).toMatchObject({
      __typename: 'UnblockRunPayload',
      run: { id },
      jobs: [
        { path: 'one', outcome: 'ASKED', message: null },
        { path: 'two', outcome: 'ASKED', message: null },
      ],
    });
    const asked = data?.unblockRun?.jobs?.map(({ jobId }) => `PUT ${v1}/job/${jobId}?action=stop`) ?? [];
    expect(
      bench
        .calls()
        .filter((call) => call.startsWith('PUT'))
        .toSorted(),
    ).toEqual(asked.toSorted());
    expect(bench.calls().filter((call) => call.startsWith('GET'))).toHaveLength(2); // before and after
    expect(await reach(bench, id, ({ state }) => state === 'CANCELLED')).toMatchObject({ stuckSince: null });
  },
);

test('a run that was asked to stop just now is not stuck', async () => {
  await using bench = await startBench({ tokens, sandboxes: { prod: { startAt: Date.now() } } });
  const { id } = await stuckRun(bench);
  expect(await reach(bench, id, ({ state }) => state === 'STOPPING')).toMatchObject({ stuckSince: null });
});

test('what becomes of each job is told by itself, and a run that nobody stops is left alone', async () => {
  await using bench = await startBench({ tokens });
  const working = idOf(await startUpstream(bench, yaml));
  await reach(bench, working, ({ state }) => state === 'RUNNING');
  bench.forgetCalls();
  expect(await bench.run('UnblockRun', { input: { id: working } }, as('boss'))).toMatchObject({
    data: { unblockRun: { __typename: 'ConflictProblem' } },
  });
  expect(bench.calls().filter((call) => call.startsWith('PUT'))).toEqual([]);
  expect(await bench.run('UnblockRun', { input: { id: idOf('run-009999') } }, as('boss'))).toMatchObject({
    data: { unblockRun: { __typename: 'NotFoundProblem' } },
  });

  const { id } = await stuckRun(bench);
  const outcomes = async () =>
    (await bench.run('UnblockRun', { input: { id } }, as('boss'))).data?.unblockRun?.jobs?.map(({ outcome }) => String(outcome));
  const path = /\/job\/.*-one-/;
  bench.control.orderFault({ kind: 'cut', method: 'PUT', path, times: 1 });
  expect(await outcomes()).toEqual(['UNCONFIRMED', 'ASKED']);
  bench.control.orderFault({ kind: 'status', status: 403, code: 'ActionNotAllowed', method: 'PUT', path, times: 1 });
  expect(await outcomes()).toEqual(['FAILED', 'ASKED']);
  bench.control.orderFault({ kind: 'status', status: 404, code: 'JobNotFound', method: 'PUT', path, times: 1 });
  expect(await outcomes()).toEqual(['ENDED', 'ASKED']);
});

test('a closing step that still works is neither a sign of being stuck, nor stopped', async () => {
  await using bench = await startBench({ tokens });
  const id = idOf(await startUpstream(bench, `${yaml}post_process:\n  bye: {command: sleep 60000}\n`));
  await reach(bench, id, ({ steps }) => steps.filter(({ state }) => state === 'RUNNING').length === 2);
  await bench.query(stop, { id }, as('boss'));
  const closing = 'query ($id: ID!) { run(id: $id) { state stuckSince postProcess { state } } }';
  const run = await eventually(async () => {
    bench.control.advance(1000);
    const { data } = await bench.query(closing, { id }, as('boss'));
    return String(data?.run?.postProcess?.state) === 'RUNNING' ? data?.run : undefined;
  });
  expect(run).toEqual({ state: 'STOPPING', stuckSince: null, postProcess: { state: 'RUNNING' } });
  expect(await bench.run('UnblockRun', { input: { id } }, as('boss'))).toMatchObject({ data: { unblockRun: { jobs: [] } } });
});

test('a placeholder that a schedule has skipped is a run like any other, without steps', async () => {
  await using bench = await startBench({ tokens });
  await upstreamUser(bench.sandbox('prod').url);
  const { first } = bench.control.insertRuns({ count: 1, status: 'skipped' });
  await bench.synced();
  const query =
    'query ($id: ID!) { run(id: $id) { state rawState durationSeconds postProcess { name } failureStrategy retries { id } stuckSince } }';
  const { data, errors } = await bench.query(query, { id: idOf(first) }, as('boss'));
  expect(errors).toBeUndefined();
  expect(data?.run).toMatchObject({ state: 'SKIPPED', rawState: 'skipped', postProcess: null, retries: [], stuckSince: null });
});
