import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { as, eventually, startBench, toGlobalId, type Bench } from '../support/bench.ts';
import { base64, upstreamUser } from '../backends/paddleflow/upstream.ts';

const yaml = 'name: flow\ndocker_env: busybox\nentry_points:\n  main: {command: echo secret-line; sleep 900}\n';
const mine = toGlobalId('Run', 'prod', 'run-000001');
const theirs = toGlobalId('Run', 'prod', 'run-000002');
const password = 'pa55word-of-root';
let bench: Bench;

/** alice and bobby each have a pipeline and a run of it that goes on, with a log. */
beforeAll(async () => {
  bench = await startBench({
    tokens: {
      alice: { role: 'viewer' },
      'robot-7': { role: 'viewer', owner: 'bobby' },
      traveller: { role: 'viewer', owner: 'nobodys', accounts: { prod: 'bobby' } },
      oper: { role: 'operator' },
      chief: { role: 'admin' },
    },
  });
  const { url } = bench.sandbox('prod');
  const root = await upstreamUser(url);
  for (const username of ['alice', 'bobby']) {
    await root.post('/user', { username, password: 'secret1' });
    const user = await upstreamUser(url, username, 'secret1');
    await user.post('/pipeline', { yamlRaw: base64(yaml) });
    await user.post('/run', { pipelineID: username === 'alice' ? 'ppl-000001' : 'ppl-000002', pipelineVersionID: '1' });
  }
  bench.control.advance(20_000);
  await bench.synced();
  await eventually(
    async () => (await bench.query<{ run: { log: { nodes: unknown[] } } }>(logOf, { id: theirs }, as('oper'))).data?.run.log.nodes.length,
  );
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const logOf = 'query ($id: ID!) { run(id: $id) { log(first: 10) { nodes { __typename } } } }';

test('without a valid token there is nothing, and the answer says what is missing', async () => {
  const { url } = bench.gateways[0] ?? { url: '' };
  for (const headers of [{}, as('nobody'), { authorization: 'Basic YWxpY2U6' }, { authorization: 'alice' }]) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query": "{ viewer { name } }"}',
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  }
});

test.each([
  ['alice', 'VIEWER', 'alice'],
  ['robot-7', 'VIEWER', 'bobby'],
  ['oper', 'OPERATOR', null],
  ['chief', 'ADMIN', null],
])('%s is told who they are', async (name, role, owner) => {
  expect(await bench.query('{ viewer { name role ownerName } }', {}, as(name))).toEqual({
    data: { viewer: { name, role, ownerName: owner } },
  });
});

test('an open gateway knows one viewer, who may do everything', async () => {
  await using open = await startBench();
  expect(await open.query('{ viewer { name role ownerName } }')).toEqual({
    data: { viewer: { name: 'local', role: 'ADMIN', ownerName: null } },
  });
});

test.each([
  ['alice', ['run-000001'], ['ppl-000001']],
  ['robot-7', ['run-000002'], ['ppl-000002']],
  ['oper', ['run-000002', 'run-000001'], ['ppl-000001', 'ppl-000002']],
])('%s sees in every list what is theirs', async (name, runs, pipelines) => {
  const filter = { ownerNames: ['alice', 'bobby'] };
  const { data, errors } = await bench.query(
    `query ($filter: RunFilter) { runs { totalCount nodes { runId pipeline { name } pipelineVersion { version } } } executions { totalCount }
      filtered: runs(filter: $filter) { totalCount } pipelines(source: "prod", filter: { ownerNames: ["alice", "bobby"] }) { nodes { id owner { name } versions { nodes { version } } } } }`,
    { filter },
    as(name),
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    runs: {
      totalCount: runs.length,
      nodes: runs.map((runId) => ({ runId, pipeline: { name: 'flow' }, pipelineVersion: { version: '1' } })),
    },
    executions: { totalCount: runs.length },
    filtered: { totalCount: runs.length },
    pipelines: {
      nodes: pipelines.map((id) => ({
        id: toGlobalId('Pipeline', 'prod', id),
        owner: { name: id === 'ppl-000001' ? 'alice' : 'bobby' },
        versions: { nodes: [{ version: '1' }] },
      })),
    },
  });
});

test("somebody else's things are not there, under whatever id, and cost no call that could tell", async () => {
  const ids = [
    theirs,
    toGlobalId('Step', 'prod', 'run-000002/main'),
    toGlobalId('Pipeline', 'prod', 'ppl-000002'),
    toGlobalId('PipelineVersion', 'prod', 'ppl-000002/1'),
  ];
  const query =
    'query ($ids: [ID!]!, $run: ID!, $pipeline: ID!) { nodes(ids: $ids) { id } run(id: $run) { id } pipeline(id: $pipeline) { id } }';
  const ask = (name: string) => bench.query(query, { ids, run: theirs, pipeline: ids[2] }, as(name));
  expect(await ask('alice')).toEqual({ data: { nodes: [null, null, null, null], run: null, pipeline: null } });
  expect((await ask('robot-7')).data?.nodes).toEqual(ids.map((id) => ({ id })));
  expect(bench.calls().filter((call) => call.includes('/run'))).toEqual([]);
});

test.each([
  ['StopRun', 'stopRun'],
  ['RetryRun', 'retryRun'],
  ['DeleteRun', 'deleteRun'],
])("%s of somebody else's run is refused, and sends nothing", async (operation, field) => {
  const answer = await bench.run(operation, { input: { id: theirs } }, as('alice'));
  expect(answer).toMatchObject({ data: { [field]: { __typename: 'ForbiddenProblem' } } });
  expect(bench.calls()).toEqual([]);
});

test('keys are each viewer’s own', async () => {
  const input = { source: 'prod', from: { yaml }, idempotencyKey: 'shared' };
  const [one, other] = [await bench.run('CreateRun', { input }, as('oper')), await bench.run('CreateRun', { input }, as('chief'))];
  expect(one.data?.createRun?.run?.id).not.toEqual(other.data?.createRun?.run?.id);
});

test.each(['runChanged', 'runLog'])("%s of somebody else's run does not begin", async (field) => {
  await using socket = await bench.socket(as('alice'));
  const stream = socket.start({ query: `subscription ($id: ID!) { ${field}(id: $id) { __typename } }`, variables: { id: theirs } });
  const message = await stream.message();
  expect(JSON.stringify(message)).toContain('BAD_USER_INPUT');
  expect(JSON.stringify(message)).not.toContain('secret-line');
});

test('the events of a viewer’s own runs are the only ones that reach them', async () => {
  await using socket = await bench.socket(as('alice'));
  const all = await bench.query<{ run: { events: { nodes: { kind: string }[]; pageInfo: { endCursor: string } } } }>(
    'query ($id: ID!) { run(id: $id) { events(first: 1) { nodes { kind } pageInfo { endCursor } } } }',
    { id: mine },
    as('alice'),
  );
  expect(all.data?.run.events.nodes).toEqual([{ kind: 'DISCOVERED' }]);
  const stream = socket.start({
    query: 'subscription ($after: Cursor) { runChanged(after: $after) { ... on RunChange { run { id } } } }',
    variables: { after: all.data?.run.events.pageInfo.endCursor },
  });
  await bench.run('StopRun', { input: { id: theirs } }, as('robot-7'));
  await bench.run('StopRun', { input: { id: mine } }, as('alice'));
  for (let count = 0; count < 2; count += 1) expect((await stream.next()).data).toEqual({ runChanged: { run: { id: mine } } });
});

test('neither token nor password comes out, in answers or in the log', async () => {
  await using strange = await startBench({ source: { password }, tokens: { 'token-of-oper': { role: 'operator' } } });
  const answers = [
    await strange.query(
      '{ sources { name health } queues(source: "prod") { nodes { name } } clusters(source: "prod") { nodes { name } } viewer { name } }',
      {},
      as('token-of-oper'),
    ),
    await strange.run('CreateRun', { input: { source: 'prod', from: { yaml } } }, as('token-of-oper')),
  ];
  expect(answers[0]?.errors).toMatchObject([
    { extensions: { source: 'prod', fault: 'unauthenticated' } },
    { extensions: { source: 'prod', fault: 'unauthenticated' } },
  ]);
  expect(answers[1]?.errors).toMatchObject([
    { path: ['createRun'], extensions: { code: 'UPSTREAM_UNAVAILABLE', fault: 'unauthenticated' } },
  ]);
  const logged = strange.errors.map((error) => (error instanceof Error ? `${error.stack} ${JSON.stringify(error)}` : String(error)));
  expect(JSON.stringify([answers, logged])).not.toContain(password);
});

test('who has another account on a source sees what that one has, in lists, by ids and in streams', async () => {
  const asked =
    '{ runs(first: 9) { totalCount nodes { runId } } executions(first: 9) { totalCount } pipelines(source: "prod") { nodes { name } } }';
  const bobbys = await bench.query<{ runs: { totalCount: number } }>(asked, {}, as('robot-7'));
  expect(bobbys.data?.runs.totalCount).toBe(1);
  expect(await bench.query(asked, {}, as('traveller'))).toEqual(bobbys);
  const ofRun = 'query ($id: ID!) { run(id: $id) { runId log(first: 1) { nodes { __typename } } } }';
  expect(await bench.query(ofRun, { id: theirs }, as('traveller'))).toMatchObject({ data: { run: { runId: 'run-000002' } } });
  expect(await bench.query(ofRun, { id: mine }, as('traveller'))).toEqual({ data: { run: null } });
});
