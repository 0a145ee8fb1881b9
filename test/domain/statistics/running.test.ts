import { expect, test } from 'vitest';
import { eventually, startBench, toGlobalId } from '../../support/bench.ts';
import { startUpstream } from '../upstream.ts';

const minutes = 60_000;
const yaml = 'name: long\ndocker_env: busybox\nentry_points:\n  main: {command: sleep 6000}\n';

test('the series of a step that still runs goes on until now, in one call that is shared', async () => {
  await using bench = await startBench({ sandboxes: { prod: { startAt: Date.now() - 45 * minutes } } });
  const runId = await startUpstream(bench, yaml);
  bench.control.advance(45 * minutes);
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
  expect(Math.abs(Number(end) - Date.now() / 1000)).toBeLessThan(60);

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
  const { data } = await bench.run('StepStatisticsSeries', { id, step: 1 });
  expect(data?.node?.statisticsSeries).toMatchObject({ truncated: true, stepSeconds: 1 });
});
