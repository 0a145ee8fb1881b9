import { Client } from 'pg';
import { expect, test } from 'vitest';
import { eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { startUpstream } from '../upstream.ts';

const minutes = 60_000;
const yaml = 'name: long\ndocker_env: busybox\nentry_points:\n  main: {command: sleep 6000}\n';

/** Until the run is in the stream of events, which says when it was seen. */
const seen = (bench: Bench, runId: string) =>
  eventually(async () => {
    const query = 'query ($id: ID!) { run(id: $id) { events(first: 1) { edges { cursor } } } }';
    return (await bench.query(query, { id: toGlobalId('Run', 'prod', runId) })).data?.run?.events?.edges?.length;
  });

/** As if what was seen of runs until now had been seen so many minutes earlier: the clock of the sandbox is put forward, ours is not. */
async function asIfBefore(bench: Bench, ago: number): Promise<void> {
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  await client.query('update event set at = at - make_interval(mins => $1)', [ago]);
  await client.end();
}

test.each([
  ['our own', 0],
  ['another, eight minutes ahead', 8],
])('the series of a step that still runs goes on until now, by %s clock, in one call that is shared', async (_whose, ahead) => {
  await using bench = await startBench({ sandboxes: { prod: { startAt: Date.now() + (ahead - 45) * minutes } } });
  await bench.synced();
  const runId = await startUpstream(bench, yaml);
  await seen(bench, runId);
  bench.control.advance(45 * minutes);
  await asIfBefore(bench, 45);
  const id = toGlobalId('Step', 'prod', `${runId}/main`);
  const step = await eventually(async () => {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Step { state jobId startedAt } } }';
    const found = (await bench.query<{ node: { state: string; jobId: string; startedAt: string } | null }>(query, { id })).data?.node;
    return found?.state === 'RUNNING' ? found : undefined;
  });
  bench.forgetCalls();

  const { data, errors } = await bench.run('StepStatisticsSeries', { id });
  expect(errors).toBeUndefined();
  const series = data?.node?.statisticsSeries;
  expect(series).toMatchObject({ truncated: false, gap: null });
  for (const { values } of series?.tasks?.[0]?.metrics ?? []) expect(Number(values?.length)).toBeGreaterThan(40);
  expect(Number(series?.tasks?.[0]?.metrics?.length)).toBeGreaterThan(0);

  const [call = '', ...others] = bench.calls();
  expect(others).toEqual([]);
  const [, path, start, end] = /^GET (.*)\?start=(\d+)&end=(\d+)&step=60$/.exec(call) ?? [];
  expect(path).toBe(`/api/paddleflow/v1/statistics/jobDetail/${step.jobId}`);
  expect(Number(start)).toBe(Date.parse(step.startedAt) / 1000);
  expect(Math.abs(Number(end) - (Date.now() / 1000 + ahead * 60))).toBeLessThan(60);

  await bench.run('StepStatisticsSeries', { id });
  expect(bench.calls()).toHaveLength(1);
});

test('of a step that has run for longer than one answer can tell, the series says that it is cut', async () => {
  await using bench = await startBench({ sandboxes: { prod: { startAt: Date.now() - 45 * minutes } } });
  const runId = await startUpstream(bench, yaml);
  bench.control.advance(45 * minutes);
  const id = toGlobalId('Step', 'prod', `${runId}/main`);
  await eventually(async () => {
    const { data } = await bench.query('query ($id: ID!) { node(id: $id) { ... on Step { state } } }', { id });
    return String(data?.node?.state) === 'RUNNING';
  });
  const { data } = await bench.run('StepStatisticsSeries', { id, stepSeconds: 1 });
  expect(data?.node?.statisticsSeries).toMatchObject({ truncated: true, stepSeconds: 1 });
});
