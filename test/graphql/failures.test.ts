import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WireFault } from '../../src/sandbox/paddleflow/control/orders.ts';
import { eventually, startBench, toGlobalId, type Bench } from '../support/bench.ts';

/** What is ordered of a sandbox. */
type Fault = Omit<WireFault, 'path'>;
let bench: Bench;
beforeAll(async () => {
  bench = await startBench({
    sandboxes: { prod: {}, lab: {} },
    source: { budgets: { readMs: 1500 } },
    prepare: ({ prod, lab }) => {
      for (const sandbox of [prod, lab]) sandbox?.control.insertRuns({ count: 2, name: 'old', source: 'ppl-000009-1' });
    },
  });
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
afterEach(() => bench.sandbox('lab').control.clearFaults());

const id = (type: string, source: string, of: string) => toGlobalId(type, source, of);
const page = `query ($queue: ID!, $labQueue: ID!, $pipeline: ID!) {
  runs(first: 10) { totalCount nodes { sourceName runId pipeline { name } } }
  up: queues(source: "prod") { nodes { name cluster { name } } }
  queues(source: "lab") { nodes { name cluster { name } } }
  clusters(source: "lab") { nodes { name } }
  pipelines(source: "lab") { nodes { name } }
  theirs: queue(id: $queue) { name }
  queue(id: $labQueue) { name }
  pipeline(id: $pipeline) { name }
  source(name: "lab") { name ... on PaddleFlowSource { version } }
}`;
const variables = {
  queue: id('Queue', 'prod', 'default-queue'),
  labQueue: id('Queue', 'lab', 'default-queue'),
  pipeline: id('Pipeline', 'lab', 'ppl-000009'),
};
const labFields = ['clusters', 'pipeline', 'pipelines', 'queue', 'queues', 'runs', 'source'];
const old = (source: string) => ['run-000002', 'run-000001'].map((runId) => ({ sourceName: source, runId, pipeline: null }));

/** What the page looks like while one source fails: its fields are null, each with an error that names it; everything else is there. */
const withoutLab = {
  data: {
    runs: { totalCount: 4, nodes: expect.arrayContaining([...old('prod'), ...old('lab')]) },
    up: { nodes: [{ name: 'default-queue', cluster: { name: 'default-cluster' } }] },
    theirs: { name: 'default-queue' },
    queues: null,
    clusters: null,
    pipelines: null,
    queue: null,
    pipeline: null,
    source: { name: 'lab', version: null },
  },
  fields: labFields,
  blamed: ['UPSTREAM_UNAVAILABLE lab'],
};
async function pageWhileFailing() {
  const { data, errors = [] } = await bench.query(page, variables);
  const fields = [...new Set(errors.map(({ path }) => path?.[0]))].toSorted();
  const blamed = [...new Set(errors.map(({ message, extensions }) => `${extensions?.['code']} ${message.split(' ')[0]}`))];
  return { data, fields, blamed, faults: [...new Set(errors.map(({ extensions }) => extensions?.['fault']))] };
}

test.each<[string, string, Fault]>([
  ['400 with a code', 'rejected', { kind: 'status', status: 400, code: 'InvalidState' }],
  ['404 of the call itself', 'rejected', { kind: 'status', status: 404, code: 'PathNotFound' }],
  ['404 that is not in its words', 'garbage', { kind: 'status', status: 404, body: '<html>no such page</html>' }],
  ['garbage', 'garbage', { kind: 'garbage' }],
  ['an empty body', 'garbage', { kind: 'empty-body' }],
  ['another shape', 'garbage', { kind: 'status', status: 200, body: '[]' }],
  ['an unclassified 500', 'unavailable', { kind: 'status', status: 500, code: '' }],
])('%s from one source leaves the page of the others as it is', async (_what, fault, order) => {
  bench.sandbox('lab').control.orderFault({ ...order, path: '/(queue|cluster|pipeline|version)' });
  expect(await pageWhileFailing()).toEqual({ ...withoutLab, faults: [fault] });
});

test('a source that takes too long costs its own fields only', async () => {
  bench.sandbox('lab').control.orderFault({ kind: 'latency', ms: 5000, path: '/(queue|cluster|pipeline|version)' });
  const { faults, ...rest } = await pageWhileFailing();
  expect(rest).toEqual(withoutLab);
  expect(['timeout', 'circuit-open']).toEqual(expect.arrayContaining(faults));
});

test('what an account may not see is forbidden, not down', async () => {
  await using other = await startBench();
  other.control.orderFault({ kind: 'status', status: 403, code: 'OnlyRootAllowed', path: '/cluster' });
  const { data, errors } = await other.query('{ clusters(source: "prod") { nodes { name } } sources { name } }');
  expect(data).toEqual({ clusters: null, sources: [{ name: 'prod' }] });
  expect(errors).toMatchObject([{ path: ['clusters'], extensions: { code: 'FORBIDDEN' } }]);
});

test.each([
  ['503', { kind: 'status', status: 503 }],
  ['a cut connection', { kind: 'cut' }],
  ['a connection cut in the middle', { kind: 'cut-body' }],
  ['an unclassified 500', { kind: 'status', status: 500, code: '' }],
] as const)('%s once is not noticed by who reads', async (_what, fault) => {
  await using other = await startBench();
  other.control.orderFault({ ...fault, path: '/queue', times: 1 });
  const { data, errors } = await other.query('{ queues(source: "prod") { nodes { name } } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({ queues: { nodes: [{ name: 'default-queue' }] } });
  expect(other.calls()).toHaveLength(2);
});

test.each<[string, string, Fault]>([
  ['503', 'unavailable', { kind: 'status', status: 503, code: 'InternalError' }],
  ['cut connections', 'cut', { kind: 'cut' }],
  ['cut bodies', 'cut', { kind: 'cut-body' }],
])('%s for good are asked three times and then named', async (_what, fault, order) => {
  await using other = await startBench();
  await other.synced();
  other.control.orderFault({ ...order, path: '/queue' });
  const { data, errors } = await other.query('{ queues(source: "prod") { nodes { name } } viewer { name } }');
  expect(data).toEqual({ queues: null, viewer: { name: 'local' } });
  expect(errors).toMatchObject([{ path: ['queues'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod', fault } }]);
  expect(other.calls()).toHaveLength(3);
});

test('a run that is not in the catalog while its source fails is an outage, not an absence; one that is there is shown as it was', async () => {
  const query = 'query ($a: ID!, $b: ID!, $c: ID!) { a: run(id: $a) { runId } b: run(id: $b) { runId } node(id: $c) { id } }';
  bench.sandbox('lab').control.orderFault({ kind: 'status', status: 400, code: 'InvalidState', path: '/run' });
  const { data, errors } = await bench.query(query, {
    a: id('Run', 'lab', 'run-000001'),
    b: id('Run', 'lab', 'run-000077'),
    c: id('Step', 'lab', 'run-000077/x'),
  });
  expect(data).toEqual({ a: { runId: 'run-000001' }, b: null, node: null });
  expect(errors?.map(({ path, extensions }) => [path?.[0], extensions?.code, extensions?.source]).toSorted()).toEqual([
    ['b', 'UPSTREAM_UNAVAILABLE', 'lab'],
    ['node', 'UPSTREAM_UNAVAILABLE', 'lab'],
  ]);
});

test('a run whose record no longer decodes is UNKNOWN, keeps its place, and says that its steps cannot be read', async () => {
  await using other = await startBench({
    prepare({ prod }) {
      const { first } = prod?.control.insertRuns({ count: 30, name: 'old' }) ?? { first: '' };
      prod?.control.orderFault({ kind: 'undecodable-run', runID: first });
    },
  });
  // The first row spoils every page that it is on, so the others take a while to be found.
  await eventually(
    async () => (await other.query<{ runs: { totalCount: number } }>('{ runs { totalCount } }')).data?.runs.totalCount === 30,
  );
  const { data, errors } = await other.query(
    'query ($id: ID!) { runs(last: 2) { nodes { runId } } run(id: $id) { state rawState owner { name } steps { name } yaml parameters failureStrategy } }',
    {
      id: id('Run', 'prod', 'run-000001'),
    },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    runs: { nodes: [{ runId: 'run-000002' }, { runId: 'run-000001' }] },
    run: { state: 'UNKNOWN', rawState: '', owner: null, steps: null, yaml: null, parameters: null, failureStrategy: null },
  });
});

test('a source that is gone altogether says so, and its runs stay', async () => {
  await bench.sandbox('lab').close();
  const { faults, ...rest } = await pageWhileFailing();
  expect(rest).toEqual(withoutLab);
  expect(['refused', 'cut', 'circuit-open']).toEqual(expect.arrayContaining(faults));
});

test('no outage has been taken for a bug', () => {
  expect(bench.errors.filter((error) => !(error instanceof Error && ['UpstreamError', 'SourceTroubleError'].includes(error.name)))).toEqual(
    [],
  );
});
