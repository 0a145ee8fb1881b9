import { readFile } from 'node:fs/promises';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/graphql/global-id.ts';
import { eventually, startBench, toGlobalId, type Answer, type Bench } from '../support/bench.ts';
import { openSocket } from '../support/socket.ts';
import { base64, startUpstream, upstreamUser } from '../backends/paddleflow/upstream.ts';

const yaml = `name: flow
docker_env: busybox
entry_points:
  first: {command: echo one}
  group:
    deps: first
    entry_points:
      inner: {command: echo two}
`;
let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ sandboxes: { prod: {}, lab: {} } });
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/user', { username: 'alice', password: 'secret1' });
  await root.post('/pipeline', { yamlRaw: base64(yaml) });
  await startUpstream(bench, yaml);
  bench.control.advance(60_000);
  await bench.synced();
  await eventually(
    async () =>
      (await bench.query<{ run: { state: string } }>('query ($id: ID!) { run(id: $id) { state } }', { id: run })).data?.run.state ===
      'SUCCEEDED',
  );
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const run = toGlobalId('Run', 'prod', 'run-000001');
const ids = {
  Run: run,
  Step: toGlobalId('Step', 'prod', 'run-000001/group/inner'),
  Queue: toGlobalId('Queue', 'prod', 'default-queue'),
  Cluster: toGlobalId('Cluster', 'prod', 'default-cluster'),
  Pipeline: toGlobalId('Pipeline', 'prod', 'ppl-000001'),
  PipelineVersion: toGlobalId('PipelineVersion', 'prod', 'ppl-000001/1'),
  User: toGlobalId('User', 'prod', 'alice'),
};
const query = `query ($ids: [ID!]!) { nodes(ids: $ids) {
  __typename id
  ... on Run { runId } ... on Step { path } ... on Queue { name } ... on Cluster { name }
  ... on Pipeline { pipelineName: name } ... on PipelineVersion { version } ... on User { userName: name sourceName }
} }`;

test('every kind of node is found by its id, with one call for each kind that lives upstream', async () => {
  const { data, errors } = await bench.query(query, { ids: Object.values(ids) });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    nodes: [
      { __typename: 'Run', id: ids.Run, runId: 'run-000001' },
      { __typename: 'Step', id: ids.Step, path: 'group/inner' },
      { __typename: 'Queue', id: ids.Queue, name: 'default-queue' },
      { __typename: 'Cluster', id: ids.Cluster, name: 'default-cluster' },
      { __typename: 'Pipeline', id: ids.Pipeline, pipelineName: 'flow' },
      { __typename: 'PipelineVersion', id: ids.PipelineVersion, version: '1' },
      { __typename: 'User', id: ids.User, userName: 'alice', sourceName: 'prod' },
    ],
  });
  expect(bench.calls().toSorted()).toEqual([
    'GET /api/paddleflow/v1/cluster?clusterNames=default-cluster&maxKeys=1',
    'GET /api/paddleflow/v1/pipeline/ppl-000001?maxKeys=1',
    'GET /api/paddleflow/v1/pipeline/ppl-000001?maxKeys=1000',
    'GET /api/paddleflow/v1/queue?maxKeys=1000',
    'GET /api/paddleflow/v1/user?maxKeys=1000',
  ]);
});

test('what is not there is null, in its place, whatever it is', async () => {
  const missing = Object.entries({
    Run: 'run-000099',
    Step: 'run-000001/nope',
    Queue: 'nope',
    Cluster: 'nope',
    Pipeline: 'ppl-000099',
    PipelineVersion: 'ppl-000001/9',
    User: 'nobody',
  });
  const asked = [...missing.map(([type, id]) => toGlobalId(type, 'prod', id)), ids.Run];
  expect(await bench.query(query, { ids: asked })).toEqual({
    data: { nodes: [...missing.map(() => null), { __typename: 'Run', id: ids.Run, runId: 'run-000001' }] },
  });
});

test('ids of a source that is not configured lead nowhere, and to no call', async () => {
  const asked = Object.keys(ids).map((type) => toGlobalId(type, 'gone', 'run-000001/x'));
  expect(await bench.query(query, { ids: asked })).toEqual({ data: { nodes: asked.map(() => null) } });
  expect([...bench.calls('prod'), ...bench.calls('lab')]).toEqual([]);
});

test.each([
  ['Step', 'run-000001'],
  ['Step', 'run-000001/'],
  ['Step', '/first'],
  ['Step', 'run-000001/group'], // a dag is no node
  ['Step', 'x/y'],
  ['Pipeline', '..'],
  ['Pipeline', 'ppl-000001login'],
  ['Pipeline', 'ppl-1'],
  ['PipelineVersion', 'ppl-000001'],
  ['PipelineVersion', '/1'],
  ['PipelineVersion', 'ppl-000001/1/2'],
  ['PipelineVersion', 'ppl-000001/x'],
  ['Cluster', 'a,b'],
  ['Cluster', 'default-cluster\0'],
  ['Queue', 'a\0b'],
])('the %s %j cannot be there: it is null, and no such thing is asked for', async (type, id) => {
  expect(await bench.query(query, { ids: [toGlobalId(type, 'prod', id)] })).toEqual({ data: { nodes: [null] } });
  expect(bench.calls().filter((call) => !call.endsWith('/queue?maxKeys=1000'))).toEqual([]);
});

test.each([
  ['garbage', 'garbage'],
  ['an empty text', ''],
  ['an id without a source', encodeGlobalId('Run', 'run-000001')],
  ['an id in another base64', `${run}!`],
  ['a type that does not exist', toGlobalId('Nothing', 'prod', 'x')],
  ['a type that is no node', toGlobalId('Viewer', 'prod', 'x')],
  ['a type without ids', toGlobalId('ExecutionEvent', 'prod', '1')],
  ['a type of the language', toGlobalId('__Schema', 'prod', 'x')],
])('%s is no id', async (_what, id) => {
  const { data, errors } = await bench.query('query ($id: ID!) { node(id: $id) { id } viewer { name } }', { id });
  expect(errors).toMatchObject([{ path: ['node'], extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(data).toEqual({ node: null, viewer: { name: 'local' } });
});

const recorded = JSON.parse(await readFile(new URL('../cases/queries/nodes.json', import.meta.url), 'utf8')) as {
  query: string;
  variables: { i: string[] };
};
/** The ids of one that is there among others that are none. */
const mixed = [recorded.variables.i[1] ?? '', 'garbage', ids.Run, '', toGlobalId('Run', 'prod', 'run-000099'), ids.Queue];

test.each(['application/json', 'text/event-stream', 'ws'])(
  'over %s, ids that are none fail in their places, and the others are answered',
  async (how) => {
    const operation = { query: recorded.query, variables: { i: mixed } };
    const { url = '' } = bench.gateways[0] ?? {};
    let answer: Answer | ExecutionResult;
    if (how === 'ws') {
      await using socket = await openSocket(url.replace(/\/graphql$/, ''));
      answer = await socket.start(operation).next();
    } else {
      const headers = { 'content-type': 'application/json', accept: how };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(operation) });
      answer = JSON.parse((await response.text()).replace(/^[^{]*/, '').replace(/\n[^]*$/, '')) as Answer;
    }
    expect(answer.data).toEqual({ nodes: [null, null, { id: ids.Run }, null, null, { id: ids.Queue }] });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions])).toEqual(
      [0, 1, 3].map((place) => [['nodes', place], { code: 'BAD_USER_INPUT' }]),
    );
  },
);

test('a dead source fails in its places, and the others are answered', async () => {
  bench.sandbox('lab').control.orderFault({ kind: 'status', status: 503, path: '/queue' });
  const { data, errors } = await bench.query(query, { ids: [toGlobalId('Queue', 'lab', 'default-queue'), ids.Run, ids.User] });
  bench.sandbox('lab').control.clearFaults();
  expect(data?.nodes).toMatchObject([null, { id: ids.Run }, { id: ids.User }]);
  expect(errors).toMatchObject([{ path: ['nodes', 0], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'lab' } }]);
  bench.sandbox('prod').control.orderFault({ kind: 'status', status: 503, path: '/user' });
  const again = await bench.query(query, { ids: [ids.User, ids.Run] });
  bench.sandbox('prod').control.clearFaults();
  expect(again.data?.nodes).toMatchObject([null, { id: ids.Run }]);
  expect(again.errors).toMatchObject([{ path: ['nodes', 0], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod' } }]);
});

test.each(['run', 'queue', 'cluster', 'pipeline'])('%s takes ids of its own kind only', async (field) => {
  const { data, errors } = await bench.query(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id: ids.User });
  expect(errors).toMatchObject([{ path: [field], extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(data).toEqual({ [field]: null });
});

test('mutations take ids of their own kind only', async () => {
  const { data, errors } = await bench.run('StopRun', { input: { id: ids.Queue } });
  expect(errors).toMatchObject([{ path: ['stopRun'], extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(data).toEqual({ stopRun: null });
});

test('things of one kind asked for one by one cost one call, and a dead source fails only its own', async () => {
  bench.sandbox('lab').control.orderFault({ kind: 'status', status: 503, path: '/queue' });
  const asked = { a: ids.Queue, b: toGlobalId('Queue', 'prod', 'nope'), c: toGlobalId('Queue', 'lab', 'default-queue') };
  const { data, errors } = await bench.query(
    'query ($a: ID!, $b: ID!, $c: ID!) { a: queue(id: $a) { name } b: queue(id: $b) { name } c: queue(id: $c) { name } again: node(id: $a) { id } }',
    asked,
  );
  bench.sandbox('lab').control.clearFaults();
  expect(data).toEqual({ a: { name: 'default-queue' }, b: null, c: null, again: { id: ids.Queue } });
  expect(errors).toMatchObject([{ path: ['c'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'lab', fault: 'unavailable' } }]);
  expect(bench.calls('prod')).toEqual(['GET /api/paddleflow/v1/queue?maxKeys=1000']);
});

test('no id has been a bug', () => expect(bench.errors).toEqual([]));
