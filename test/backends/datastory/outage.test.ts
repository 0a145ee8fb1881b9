import { expect, test } from 'vitest';
import { eventually } from '../../support/bench.ts';
import { startTaskBench } from './bench.ts';

const yaml = 'name: talk\ndocker_env: busybox\nentry_points:\n  speak: {command: echo a}\n';
const runsPage = `{ runs(first: 10) { totalCount nodes { name state queues { name } } } queues(source: "prod") { nodes { name } } sources { name } }`;
const tasksPage = `{ tasks(first: 10) { totalCount nodes { state output { uri } } } executions { totalCount } sources { name } }`;
const troubleOf = (name: string) => `{ source(name: "${name}") { health problem } }`;

test('while DataStory hangs the pages of runs and of tasks are there, and say what is wrong', async () => {
  await using bench = await startTaskBench({ sandboxes: { prod: {} }, config: { budgets: { readMs: 200, writeMs: 60_000 } } });
  await bench.submit();
  await bench.run('CreateRun', { input: { source: 'prod', from: { yaml } } });
  await bench.synced();
  bench.platform.orderFault({ kind: 'latency', ms: 600_000 });
  const hanging = bench.submit();
  await eventually(
    async () => Number((await bench.query('{ tasks(filter: { submissions: [SENDING] }) { totalCount } }')).data?.tasks?.totalCount) === 1,
  );
  const runs = await bench.query(runsPage);
  expect(runs).toMatchObject({
    data: { runs: { totalCount: 1, nodes: [{ name: 'talk' }] }, queues: { nodes: [{ name: 'default-queue' }] } },
  });
  expect(runs.errors).toBeUndefined();
  expect(await bench.query(tasksPage)).toMatchObject({ data: { tasks: { totalCount: 2 }, executions: { totalCount: 3 } } });
  const words = async () => (await bench.query(troubleOf('lab'))).data?.source?.problem?.toString();
  await eventually(async () => (await words())?.includes('does not answer in time'));
  // Nobody else can submit in its place: the platform gets one call of it, whatever becomes of it.
  expect(bench.callsOf('viewer')).toHaveLength(2);
  await bench.sandboxOfTasks.close();
  expect((await hanging).data?.submitTask).toMatchObject({ __typename: 'UnconfirmedProblem' });
});

test('while PaddleFlow hangs tasks are submitted, listed and told of', async () => {
  await using bench = await startTaskBench({ sandboxes: { prod: {} }, source: { budgets: { readMs: 200 } } });
  await bench.synced();
  bench.sandbox('prod').control.orderFault({ kind: 'latency', ms: 600_000 });
  expect((await bench.submit()).data?.submitTask?.__typename).toBe('SubmitTaskPayload');
  bench.platform.advance(60_000);
  await eventually(
    async () => (await bench.query('{ tasks { nodes { state } } }')).data?.tasks?.nodes?.[0]?.state?.toString() === 'SUCCEEDED',
  );
  expect(await bench.query(tasksPage)).toMatchObject({ data: { tasks: { totalCount: 1 } } });
  expect((await bench.query(runsPage)).data).toMatchObject({ runs: { totalCount: 0 }, queues: null });
});

test('a platform that is away is told once, and once that it is back; tasks go on', async () => {
  const told: string[] = [];
  await using bench = await startTaskBench({ options: { logInfo: (text) => told.push(text) } });
  await bench.submit();
  bench.platform.orderFault({ kind: 'status', status: 503, method: 'GET' });
  await eventually(async () => (await bench.query(troubleOf('lab'))).data?.source?.problem);
  bench.platform.advance(60_000);
  bench.platform.clearFaults();
  await eventually(
    async () => (await bench.query('{ tasks { nodes { state } } }')).data?.tasks?.nodes?.[0]?.state?.toString() === 'SUCCEEDED',
  );
  await eventually(async () => (await bench.query(troubleOf('lab'))).data?.source?.problem?.toString() === undefined);
  expect(bench.errors.map(String)).toEqual([expect.stringMatching(/^SourceTroubleError: lab cannot be read\./)]);
  expect(told.filter((text) => text.startsWith('lab'))).toEqual(['lab can be read again']);
});

test('a token that is not accepted any more is said, and the tasks stay as they were', async () => {
  await using bench = await startTaskBench();
  await bench.submit();
  await eventually(
    async () => (await bench.query('{ tasks { nodes { rawState } } }')).data?.tasks?.nodes?.[0]?.rawState?.toString() === 'INITIALING',
  );
  bench.platform.setSwitches({ token: 'ended' });
  const { data } = await eventually(async () => {
    const answer = await bench.query(troubleOf('lab'));
    return answer.data?.source?.problem ? answer : undefined;
  });
  expect(data?.source?.problem?.toString()).toContain('the token of the configuration');
  expect((await bench.query('{ tasks { nodes { state } } }')).data?.tasks?.nodes?.[0]?.state?.toString()).toBe('QUEUED');
});
