import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { base64, upstreamUser, type Caller } from '../upstream.ts';
import { UpstreamError } from '../../../../src/upstream/errors.ts';

const yamlOf = (name: string, queue: string) =>
  `name: ${name}\ndocker_env: busybox\nentry_points:\n  main:\n    command: echo ${name}\n    env: {PF_JOB_QUEUE_NAME: ${queue}}\n`;

/** On each of two sources: three pipelines (the first in two versions), and runs of them that have ended. */
async function prepare(root: Caller): Promise<void> {
  await root.post('/queue', { name: 'train', namespace: 'ml', clusterName: 'default-cluster', maxResources: { cpu: '20', mem: '20Gi' } });
  for (const name of ['one', 'two', 'three'])
    await root.post('/pipeline', { yamlRaw: base64(yamlOf(name, 'train')), desc: `about ${name}` });
  await root.post('/pipeline/ppl-000001', { yamlRaw: base64(yamlOf('one', 'default-queue')) });
  for (let index = 0; index < 12; index += 1) {
    await root.post('/run', { pipelineID: `ppl-00000${(index % 3) + 1}`, pipelineVersionID: index === 3 ? '2' : '1' });
  }
}
let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ sandboxes: { prod: {}, lab: {} } });
  for (const name of ['prod', 'lab']) {
    await prepare(await upstreamUser(bench.sandbox(name).url));
    bench.sandbox(name).control.insertRuns({ count: 20, name: 'old', source: 'ppl-000002-1' });
    bench.sandbox(name).control.advance(120_000);
  }
  await bench.synced();
  // The leader reads details ahead, newest first: the runs of the pipelines are the oldest.
  type Queues = { runs: { nodes: { queues: unknown[] | null }[] } };
  const query = '{ runs(first: 100, filter: { names: ["one", "two", "three"] }) { nodes { queues { name } } } }';
  await eventually(async () => (await bench.query<Queues>(query)).data?.runs.nodes.every(({ queues }) => queues !== null));
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const v1 = 'GET /api/paddleflow/v1';

const rows = `nodes { runId owner { name } pipeline { name description owner { name } } pipelineVersion { version yaml pipeline { name } } queues { name cluster { name } } }`;

test('a page over two sources with all its relations costs one list per concept and source, and versions are asked for only once', async () => {
  const query = `query ($filter: RunFilter) { runs(first: 1000, filter: $filter) { ${rows} } }`;
  const filter = { names: ['one', 'two', 'three'] };
  const first = await bench.query(query, { filter });
  expect(first.errors).toBeUndefined();
  const nodes = first.data?.runs?.nodes;
  expect(nodes).toHaveLength(24);
  expect(nodes?.find(({ runId }) => String(runId) === 'run-000004')).toEqual({
    runId: 'run-000004',
    owner: { name: 'root' },
    pipeline: { name: 'one', description: '', owner: { name: 'root' } },
    pipelineVersion: { version: '2', yaml: yamlOf('one', 'default-queue'), pipeline: { name: 'one' } },
    queues: [{ name: 'default-queue', cluster: { name: 'default-cluster' } }],
  });
  const lists = [`${v1}/cluster?clusterNames=default-cluster&maxKeys=1`, `${v1}/pipeline?maxKeys=1000`, `${v1}/queue?maxKeys=1000`];
  const versions = [1, 2, 3].map((number) => `${v1}/pipeline/ppl-00000${number}?maxKeys=1000`);
  for (const name of ['prod', 'lab']) expect(bench.calls(name).toSorted()).toEqual([...lists, ...versions].toSorted());

  bench.forgetCalls();
  const again = await bench.query(query, { filter });
  expect(again.data).toEqual(first.data);
  for (const name of ['prod', 'lab']) expect(bench.calls(name).toSorted()).toEqual(lists);
});

test('what is not selected is not asked for, under whatever name or fragment it could hide', async () => {
  const query = `query ($no: Boolean = false) { runs(first: 100) { edges { node { ...Row } } } }
    fragment Row on Run { runId queues @include(if: $no) { name } mine: owner { name } ... @skip(if: true) { pipeline { name } } }`;
  expect((await bench.query(query)).errors).toBeUndefined();
  expect(bench.calls()).toEqual([]);
  await bench.query(
    '{ runs(first: 100, filter: {sources: ["prod"], names: ["one"]}) { edges { node { ...Row } } } } fragment Row on Run { theirs: queues { name } }',
  );
  expect(bench.calls()).toEqual([`${v1}/queue?maxKeys=1000`]);
});

test('a source that is down costs each relation of its runs one call, and leaves the others as they are', async () => {
  bench.sandbox('lab').control.orderFault({ kind: 'status', status: 400, code: 'InvalidState', path: '/(queue|pipeline)' });
  const { data, errors } = await bench.query(
    `{ runs(first: 100, filter: { names: ["two"] }) { nodes { sourceName pipeline { name } queues { name } } } }`,
  );
  bench.sandbox('lab').control.clearFaults();
  const nodes = data?.runs?.nodes ?? [];
  expect(nodes).toHaveLength(8);
  for (const node of nodes) {
    const up = String(node.sourceName) === 'prod';
    expect(node).toEqual({ sourceName: node.sourceName, pipeline: up ? { name: 'two' } : null, queues: up ? [{ name: 'train' }] : null });
  }
  expect(errors).toHaveLength(8);
  for (const { extensions } of errors ?? [])
    expect(extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE', source: 'lab', fault: 'rejected', upstreamCode: 'InvalidState' });
  expect(bench.calls('lab').toSorted()).toEqual([`${v1}/pipeline/ppl-000002?maxKeys=1`, `${v1}/queue?maxKeys=1000`]);
});

test('a pipeline or queue that is gone is null, without an error', async () => {
  const root = await upstreamUser(bench.sandbox('lab').url);
  await root.call('DELETE', '/pipeline/ppl-000003');
  await root.call('DELETE', '/queue/train');
  const filter = { sources: ['lab'], names: ['three'] };
  const { data, errors } = await bench.query(
    `query ($filter: RunFilter) { runs(first: 1, filter: $filter) { nodes { pipeline { name } pipelineVersion { version } queues { name } } } }`,
    { filter },
  );
  expect(errors).toBeUndefined();
  // The version was kept when it was seen.
  expect(data).toEqual({ runs: { nodes: [{ pipeline: null, pipelineVersion: { version: '1' }, queues: [null] }] } });
});

test('the steps of a page come from the catalog in one go, with their queues in one call', async () => {
  const filter = { sources: ['prod'], names: ['one', 'two', 'three'] };
  const query = `query ($filter: RunFilter) { runs(first: 100, filter: $filter) { nodes { steps { path ... on Step { queue { name cluster { name } } } } parameters failureStrategy } } }`;
  const { data, errors } = await bench.query(query, { filter });
  expect(errors).toBeUndefined();
  expect(data?.runs?.nodes).toHaveLength(12);
  expect(data?.runs?.nodes?.[0]).toEqual({
    steps: [{ path: 'main', queue: { name: 'train', cluster: { name: 'default-cluster' } } }],
    parameters: null,
    failureStrategy: 'FAIL_FAST',
  });
  expect(bench.calls()).toEqual([`${v1}/queue?maxKeys=1000`, `${v1}/cluster?clusterNames=default-cluster&maxKeys=1`]);
});

test('one run that is asked for by its id names its queues even when nobody has looked into it before', async () => {
  const control = bench.sandbox('prod').control;
  control.insertRuns({ count: 1, name: 'fresh' });
  const id = toGlobalId('Run', 'prod', 'run-000033');
  const { data, errors } = await bench.query('query ($id: ID!) { run(id: $id) { name queues { name } steps { name } } }', { id });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ run: { name: 'fresh', queues: [{ name: 'default-queue' }], steps: [{ name: 'main' }] } });
});

test('a page of runs whose details nobody has read yet does not take the source from the others', async () => {
  // The leader reads details ahead, newest first, and is far from the oldest ones for some seconds.
  await using cold = await startBench({
    prepare({ prod }) {
      prod?.control.insertRuns({ count: 40, name: 'old' });
      prod?.control.orderFault({ kind: 'latency', ms: 200, path: '/run/run-', method: 'GET' });
    },
  });
  await cold.synced();
  cold.forgetCalls();
  const ended: string[] = [];
  const steps = cold.query('{ runs(last: 6) { nodes { steps { name } yaml } } }');
  void steps.then(() => ended.push('steps'));
  await eventually(() => cold.calls().length > 0);
  await cold.query('{ queues(source: "prod") { nodes { name } } }').then(() => ended.push('queues'));
  const { data, errors } = await steps;
  expect(ended).toEqual(['queues', 'steps']);
  expect(errors).toBeUndefined();
  expect(data?.runs?.nodes).toHaveLength(6);
  for (const node of data?.runs?.nodes ?? []) expect(node.steps).toEqual([{ name: 'main' }]);
  expect(cold.calls().filter((call) => call.includes('/run/'))).toHaveLength(6);
  // Once read they are kept.
  cold.forgetCalls();
  expect((await cold.query('{ runs(last: 6) { nodes { steps { name } queues { name } } } }')).data?.runs?.nodes?.[0]?.steps).toEqual([
    { name: 'main' },
  ]);
  expect(cold.calls().filter((call) => call.includes('/run/'))).toEqual([]);
});

/** Of runs that were put there as a long history leaves them, the server knows no jobs, and says so in its own way. */
const isMissingLog = (error: unknown) => error instanceof UpstreamError && error.operation.startsWith('GET /log/run/');

test('nothing of all this was a bug', () => expect(bench.errors.filter((error) => !isMissingLog(error))).toEqual([]));
