import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { base64, startUpstream, upstreamUser, type Caller } from '../upstream.ts';

const yaml = `name: flow
docker_env: busybox
entry_points:
  main:
    command: 'echo {{word}}; sleep 600'
    parameters: {word: hello}
  later:
    deps: main
    command: echo later
post_process:
  bye: {command: echo bye}
`;
const quick = 'name: quick\ndocker_env: busybox\nentry_points:\n  main: {command: echo quick}\n';
const failing = 'name: failing\ndocker_env: busybox\nentry_points:\n  good: {command: echo good}\n  bad: {deps: good, command: exit 1}\n';

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startBench({ sandboxes: { prod: {}, lab: {} } });
  root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/user', { username: 'alice', password: 'secret1' });
  await root.post('/pipeline', { yamlRaw: base64(yaml) });
  await root.post('/pipeline/ppl-000001', { yamlRaw: base64(yaml.replace('hello', 'second')) });
  await root.post('/fs', { name: 'scratch', url: 'local://mnt/scratch', username: 'root' });
  bench.control.putFile('fs-root-scratch', 'flows/run.yaml', quick);
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const create = `mutation ($input: CreateRunInput!) { createRun(input: $input) {
  __typename
  ... on CreateRunPayload { run { id runId name description state rawState fileSystemName origin pipeline { name } pipelineVersion { version }
    parameters disabled failureStrategy yaml steps { name state ... on Step { command } } } }
  ... on Problem { message } ... on InvalidInputProblem { field issues { line } } ... on UpstreamRejectedProblem { code requestId }
} }`;
const created = async (input: object) => (await bench.query(create, { input: { source: 'prod', ...input } })).data?.createRun;
const posts = () => bench.calls().filter((call) => call.startsWith('POST'));
const runsUpstream = async () => (await root.get('/run?maxKeys=1000')).body.runList.length;
const flow = { id: toGlobalId('Pipeline', 'prod', 'ppl-000001') };

test('a run from YAML is started with one call, and shown as it then is', async () => {
  const answer = await created({
    from: { yaml },
    name: 'mine',
    description: 'by hand',
    parameters: { 'main.word': 'moin' },
    disabled: ['later'],
    failureStrategy: 'CONTINUE',
  });
  expect(answer).toMatchObject({
    __typename: 'CreateRunPayload',
    run: { name: 'mine', description: 'by hand', state: 'QUEUED', origin: expect.stringMatching(/^[0-9a-f]{32}$/), pipeline: null, yaml },
  });
  expect(answer?.run).toMatchObject({
    parameters: { 'main.word': 'moin' },
    disabled: ['later'],
    failureStrategy: 'CONTINUE',
    fileSystemName: null,
  });
  expect(bench.calls()).toEqual(['POST /api/paddleflow/v1/run', `GET /api/paddleflow/v1/run/${answer?.run?.runId}`]);
  bench.control.advance(30_000);
  await eventually(async () => {
    const { data } = await bench.query('query ($id: ID!) { run(id: $id) { steps { name state ... on Step { command } } } }', {
      id: answer?.run?.id,
    });
    return data?.run?.steps?.some(({ name, command }) => String(name) === 'main' && String(command) === 'echo moin; sleep 600');
  });
});

test.each<[string, object, object]>([
  ['the latest version of a pipeline', { pipeline: flow }, { origin: 'ppl-000001-', pipeline: { name: 'flow' }, pipelineVersion: null }],
  [
    'a version of a pipeline',
    { pipeline: { ...flow, version: '2' } },
    { origin: 'ppl-000001-2', pipelineVersion: { version: '2' }, yaml: yaml.replace('hello', 'second') },
  ],
  [
    'a path',
    { path: { fileSystemName: 'scratch', path: './flows/run.yaml' } },
    { origin: './flows/run.yaml', fileSystemName: 'scratch', name: 'quick', pipeline: null },
  ],
])('a run from %s', async (_what, from, run) => {
  expect(await created({ from })).toMatchObject({ __typename: 'CreateRunPayload', run });
});

const post = 'POST /api/paddleflow/v1/run';
/** The workflow of a pipeline is looked at before a run of it is asked for: one that never ends must not be started. */
const look = (pipeline: string) => `GET /api/paddleflow/v1/pipeline/${pipeline}?maxKeys=1000`;
test.each<[string, object, string, object?, string[]?]>([
  ['YAML that breaks the rules', { from: { yaml: 'name: x\nentry_points: {}\nnonsense: 1' } }, 'InvalidInputProblem'],
  ['YAML that is none', { from: { yaml: '{' } }, 'InvalidInputProblem'],
  ['an empty YAML', { from: { yaml: '' } }, 'InvalidInputProblem', { field: 'from.yaml' }],
  ['a name that breaks the pattern', { from: { yaml }, name: '1x' }, 'InvalidInputProblem', { field: 'name' }],
  ['a parameter that nobody declares', { from: { yaml }, parameters: { nope: 1 } }, 'InvalidInputProblem', { field: 'parameters' }, [post]],
  ['parameters that are a list', { from: { yaml }, parameters: [1] }, 'InvalidInputProblem', { field: 'parameters' }],
  ['a component that is not there', { from: { yaml }, disabled: ['nope'] }, 'InvalidInputProblem', { field: 'disabled', issues: [] }],
  ['two components in one name', { from: { yaml }, disabled: ['main,later'] }, 'InvalidInputProblem', { field: 'disabled' }],
  [
    'a file system that is not there',
    { from: { yaml }, fileSystemName: 'nope' },
    'InvalidInputProblem',
    { field: 'fileSystemName' },
    [post],
  ],
  [
    'a file that is not there',
    { from: { path: { fileSystemName: 'scratch', path: 'nope.yaml' } } },
    'InvalidInputProblem',
    { field: 'from.path' },
    [post],
  ],
  ['a path on nothing', { from: { path: { fileSystemName: '' } } }, 'InvalidInputProblem', { field: 'from.path.fileSystemName' }],
  ['a name, with a key', { from: { yaml }, name: 'a b', idempotencyKey: 'n' }, 'InvalidInputProblem', { field: 'name' }],
  [
    'a parameter, with a key',
    { from: { yaml }, parameters: { no: 1 }, idempotencyKey: 'p' },
    'InvalidInputProblem',
    { field: 'parameters' },
    [post],
  ],
  [
    'a parameter of a pipeline',
    { from: { pipeline: flow }, parameters: { no: 1 } },
    'InvalidInputProblem',
    { field: 'parameters' },
    [look('ppl-000001'), post],
  ],
  [
    'a component of a pipeline',
    { from: { pipeline: flow }, disabled: ['no'] },
    'InvalidInputProblem',
    { field: 'disabled' },
    [look('ppl-000001'), post],
  ],
  [
    'both of a pipeline',
    { from: { pipeline: flow }, disabled: ['no'], parameters: { no: 1 } },
    'InvalidInputProblem',
    { field: null },
    [look('ppl-000001'), post],
  ],
  [
    'a file system of a pipeline',
    { from: { pipeline: flow }, fileSystemName: 'nope' },
    'InvalidInputProblem',
    { field: 'fileSystemName' },
    [look('ppl-000001'), post],
  ],
  [
    'two file systems',
    { from: { path: { fileSystemName: 'scratch' } }, fileSystemName: 'other' },
    'InvalidInputProblem',
    { field: 'fileSystemName' },
  ],
  [
    'a pipeline that is not there',
    { from: { pipeline: { id: toGlobalId('Pipeline', 'prod', 'ppl-000099') } } },
    'NotFoundProblem',
    {},
    [look('ppl-000099'), post],
  ],
  ['a version that is not there', { from: { pipeline: { ...flow, version: '9' } } }, 'NotFoundProblem', {}, [look('ppl-000001'), post]],
  [
    'a pipeline of another source',
    { from: { pipeline: { id: toGlobalId('Pipeline', 'lab', 'ppl-000001') } } },
    'InvalidInputProblem',
    { field: 'from.pipeline.id' },
  ],
  ['a source that is not there', { source: 'nope', from: { yaml } }, 'NotFoundProblem'],
  ['an empty key', { from: { yaml }, idempotencyKey: '' }, 'InvalidInputProblem', { field: 'idempotencyKey' }],
  ['a key without end', { from: { yaml }, idempotencyKey: 'x'.repeat(5000) }, 'InvalidInputProblem', { field: 'idempotencyKey' }],
  ['a key with U+0000', { from: { yaml }, idempotencyKey: 'a\0b' }, 'InvalidInputProblem', { field: 'idempotencyKey' }],
])('%s is told as what it is, and nothing is started', async (_what, input, __typename, more = {}, calls = []) => {
  const before = await runsUpstream();
  expect(await created(input)).toMatchObject({ __typename, message: expect.stringMatching(/./), ...more });
  expect(bench.calls()).toEqual(calls);
  expect(await runsUpstream()).toBe(before);
});

test.each([
  [{ kind: 'status', status: 403, code: 'AccessDenied' }, 'ForbiddenProblem'],
  [{ kind: 'status', status: 400, code: 'AuthIllegalUser' }, 'ForbiddenProblem'],
  [{ kind: 'status', status: 400, code: 'ReadYamlFileFailed' }, 'InvalidInputProblem'],
  [{ kind: 'status', status: 400, code: 'MalformedYaml' }, 'InvalidInputProblem'],
  [{ kind: 'status', status: 400, code: 'ANewWord' }, 'UpstreamRejectedProblem'],
  [{ kind: 'status', status: 404, code: 'PathNotFound' }, 'UpstreamRejectedProblem'],
  [{ kind: 'status', status: 500, code: 'InternalError' }, 'UpstreamRejectedProblem'],
  [{ kind: 'status', status: 500, code: '' }, 'UnconfirmedProblem'],
  [{ kind: 'status', status: 502, body: '<html>' }, 'UnconfirmedProblem'],
  [{ kind: 'cut' }, 'UnconfirmedProblem'],
  [{ kind: 'cut-body' }, 'UnconfirmedProblem'],
  [{ kind: 'garbage' }, 'UnconfirmedProblem'],
  [{ kind: 'empty-body' }, 'UnconfirmedProblem'],
  [{ kind: 'empty-run-id' }, 'UnconfirmedProblem'],
] as const)('without a key, an answer like %j to createRun is a %s, after one call', async (fault, __typename) => {
  bench.control.orderFault({ ...fault, method: 'POST', path: '/run$', times: 1 });
  expect(await created({ from: { yaml: quick } })).toMatchObject({ __typename });
  expect(posts()).toHaveLength(1);
  bench.control.clearFaults();
});

test.each([
  [{ kind: 'cut' }],
  [{ kind: 'cut-body' }],
  [{ kind: 'garbage' }],
  [{ kind: 'empty-body' }],
  [{ kind: 'status', status: 500, code: '' }],
  [{ kind: 'status', status: 504, body: 'gateway time-out' }],
] as const)('with a key, a run whose answer was lost to %j is found by its mark, which nobody sees', async (fault) => {
  bench.control.orderFault({ ...fault, method: 'POST', path: '/run$', times: 1, ...(fault.kind === 'cut-body' ? {} : { applied: true }) });
  const idempotencyKey = JSON.stringify(fault);
  const input = { from: { yaml: quick }, description: 'found', idempotencyKey };
  const first = await created(input);
  bench.control.clearFaults();
  expect(first).toMatchObject({ __typename: 'CreateRunPayload', run: { name: 'quick', description: 'found' } });
  expect(posts()).toHaveLength(1);
  const again = await created(input);
  expect(again?.run?.id).toBe(first?.run?.id);
  expect(posts()).toHaveLength(1);
});

test('a run whose answer takes longer than there is time for is found by its mark, or else stays unconfirmed', async () => {
  await using slow = await startBench({ source: { budgets: { writeMs: 150 } } });
  await slow.synced();
  slow.control.orderFault({ kind: 'latency', ms: 2000, method: 'POST', path: '/run$', applied: true });
  const input = { source: 'prod', from: { yaml: quick } };
  expect(await slow.run('CreateRun', { input })).toMatchObject({ data: { createRun: { __typename: 'UnconfirmedProblem' } } });
  const answer = await slow.run('CreateRun', { input: { ...input, idempotencyKey: 'slow' } });
  expect(answer).toMatchObject({ data: { createRun: { __typename: 'CreateRunPayload', run: { name: 'quick' } } } });
});

test('with a key, a run that was perhaps never made stays unconfirmed and is never made twice', async () => {
  bench.control.orderFault({ kind: 'cut', method: 'POST', path: '/run$', times: 1 });
  const input = { from: { yaml: quick }, idempotencyKey: 'lost' };
  expect(await created(input)).toMatchObject({ __typename: 'UnconfirmedProblem' });
  expect(await created(input)).toMatchObject({ __typename: 'UnconfirmedProblem' });
  expect(posts()).toHaveLength(1);
});

test('the same key leads to the same run, whoever asks first and in whatever order the input is written; other input is a conflict', async () => {
  const parameters = { 'main.word': 'a' };
  const input = { from: { yaml }, name: 'once', parameters: { ...parameters }, idempotencyKey: 'once' };
  const all = await Promise.all([
    created(input),
    created(input),
    created({ idempotencyKey: 'once', parameters, name: 'once', from: { yaml } }),
    created(input),
  ]);
  expect(new Set(all.map((answer) => String(answer?.run?.id))).size).toBe(1);
  for (const answer of all) expect(answer).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(posts()).toHaveLength(1);
  expect(await created({ ...input, name: 'twice' })).toMatchObject({ __typename: 'ConflictProblem' });
  expect(await created({ ...input, source: 'lab' })).toMatchObject({ __typename: 'ConflictProblem' });
  expect(posts()).toHaveLength(1);
});

test('two at once with a key, of which the first loses its answer, get the one run', async () => {
  bench.control.orderFault({ kind: 'cut', method: 'POST', path: '/run$', times: 1, applied: true });
  const input = { from: { yaml: quick }, idempotencyKey: 'both' };
  const [one, other] = await Promise.all([created(input), created(input)]);
  expect(one).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(other?.run?.id).toBe(one?.run?.id);
  expect(posts()).toHaveLength(1);
});

test('what was refused may be corrected under the same key', async () => {
  const input = {
    from: { yaml: 'name: x\ndocker_env: b\nfs_options: {main_fs: {name: gone}}\nentry_points: {a: {}}' },
    idempotencyKey: 'corrected',
  }; // only the backend minds
  expect(await created(input)).toMatchObject({ __typename: 'InvalidInputProblem' });
  const corrected = { ...input, from: { yaml: quick } };
  const first = await created(corrected);
  expect(first).toMatchObject({ __typename: 'CreateRunPayload' });
  expect((await created(corrected))?.run?.id).toBe(first?.run?.id);
  expect(posts()).toHaveLength(2);
});

test('a run that was made and cannot be read back is not told as an outage: it would be made again', async () => {
  bench.control.orderFault({ kind: 'status', status: 400, code: 'InvalidState', method: 'GET', path: '/run/run-' });
  const { data } = await bench.query(
    'mutation ($input: CreateRunInput!) { createRun(input: $input) { __typename ... on UnconfirmedProblem { message executionId } } }',
    { input: { source: 'prod', from: { yaml: quick } } },
  );
  bench.control.clearFaults();
  expect(data).toEqual({ createRun: { __typename: 'UnconfirmedProblem', message: expect.any(String), executionId: expect.any(String) } });
  const known = await bench.query('query ($id: ID!) { run(id: $id) { name } }', { id: data?.createRun?.executionId });
  expect(known.data).toEqual({ run: { name: 'quick' } });
});

test('an outage in one mutation leaves the answers of the others', async () => {
  await using down = await startBench({ sandboxes: { prod: {}, lab: {} } });
  await down.synced();
  await down.sandbox('lab').close();
  const { data, errors } = await down.query(
    `mutation ($yaml: String!) { a: createRun(input: {source: "prod", from: {yaml: $yaml}}) { __typename } b: createRun(input: {source: "lab", from: {yaml: $yaml}}) { __typename } }`,
    { yaml: quick },
  );
  expect(data).toEqual({ a: { __typename: 'CreateRunPayload' }, b: null });
  // The mirror may have met it first, and often enough for the server to be left alone.
  const fault = expect.stringMatching(/^(refused|circuit-open)$/);
  expect(errors).toMatchObject([{ path: ['b'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'lab', fault } }]);
});

const idOf = (runId: string) => toGlobalId('Run', 'prod', runId);
async function reach(id: string, state: string): Promise<void> {
  await eventually(async () => {
    bench.control.advance(5000);
    return (
      (await bench.query<{ run: { state: string } | null }>('query ($id: ID!) { run(id: $id) { state } }', { id })).data?.run?.state ===
      state
    );
  });
}

test('a run is stopped, and its change is pushed at once', async () => {
  const id = idOf(await startUpstream(bench, yaml));
  await reach(id, 'RUNNING');
  await using socket = await bench.socket();
  const changes = socket.start({ query: await bench.operation('FollowRun'), variables: { id } });
  bench.forgetCalls();
  expect(await bench.run('StopRun', { input: { id } })).toMatchObject({
    data: { stopRun: { __typename: 'StopRunPayload', run: { state: 'STOPPING', rawState: 'terminating' } } },
  });
  expect(bench.calls().map((call) => call.split('/run-')[0])).toEqual(['PUT /api/paddleflow/v1/run', 'GET /api/paddleflow/v1/run']);
  for (let item = ''; item !== 'STOPPING';)
    item = String((await changes.next<{ runChanged: { event: { state: string } } }>()).data?.runChanged.event.state);
  // Once more is no mistake: the state counts.
  expect(await bench.run('StopRun', { input: { id } })).toMatchObject({ data: { stopRun: { __typename: 'StopRunPayload' } } });
  expect(await bench.run('StopRun', { input: { id, force: true } })).toMatchObject({ data: { stopRun: { __typename: 'StopRunPayload' } } });
  await reach(id, 'CANCELLED');
  expect(await bench.run('StopRun', { input: { id } })).toMatchObject({
    data: { stopRun: { __typename: 'StopRunPayload', run: { state: 'CANCELLED' } } },
  });
});

test('what cannot be stopped says why', async () => {
  const ended = idOf(await startUpstream(bench, quick));
  await reach(ended, 'SUCCEEDED');
  expect(await bench.run('StopRun', { input: { id: ended } })).toMatchObject({ data: { stopRun: { __typename: 'ConflictProblem' } } });
  expect(await bench.run('StopRun', { input: { id: idOf('run-009999') } })).toMatchObject({
    data: { stopRun: { __typename: 'NotFoundProblem' } },
  });
  const lost = await startUpstream(bench, yaml);
  await reach(idOf(lost), 'RUNNING');
  bench.control.orderFault({ kind: 'lost-workflow', runID: lost });
  const { data } = await bench.query(
    'mutation ($id: ID!) { stopRun(input: {id: $id}) { __typename ... on UpstreamRejectedProblem { code message } } }',
    { id: idOf(lost) },
  );
  expect(data).toEqual({
    stopRun: {
      __typename: 'UpstreamRejectedProblem',
      code: 'InternalError',
      message: expect.stringContaining('no longer has this run at work'),
    },
  });
  bench.control.clearFaults();
});

test('a stop whose answer was lost is judged by the state', async () => {
  const id = idOf(await startUpstream(bench, yaml));
  await reach(id, 'RUNNING');
  bench.control.orderFault({ kind: 'cut', method: 'PUT', times: 1 });
  expect(await bench.run('StopRun', { input: { id } })).toMatchObject({ data: { stopRun: { __typename: 'UnconfirmedProblem' } } });
  bench.control.orderFault({ kind: 'cut', method: 'PUT', times: 1, applied: true });
  expect(await bench.run('StopRun', { input: { id } })).toMatchObject({
    data: { stopRun: { __typename: 'StopRunPayload', run: { state: 'STOPPING' } } },
  });
});

test('a failed run is tried again as a new run, which lists as new and keeps what had succeeded', async () => {
  const id = idOf(await startUpstream(bench, failing));
  await reach(id, 'FAILED');
  const { data } = await bench.run('RetryRun', { input: { id } });
  expect(data).toMatchObject({ retryRun: { __typename: 'RetryRunPayload', run: { runId: expect.any(String) } } });
  const again = String(data?.retryRun?.run?.id);
  expect(again).not.toBe(id);
  // Its createTime is a copy of the old one's; in the lists it is the newest all the same.
  const listed = await bench.query('{ runs(first: 1, filter: {sources: ["prod"]}) { nodes { id steps { name ... on Step { jobId } } } } }');
  expect(listed.data?.runs?.nodes?.[0]).toMatchObject({ id: again });
  await reach(again, 'FAILED');
  expect(await bench.run('RetryRun', { input: { id: idOf('run-009999') } })).toMatchObject({
    data: { retryRun: { __typename: 'NotFoundProblem' } },
  });
});

test('what cannot be tried again says why, and an empty id of the new run is a failure', async () => {
  const good = idOf(await startUpstream(bench, quick));
  await reach(good, 'SUCCEEDED');
  expect(await bench.run('RetryRun', { input: { id: good } })).toMatchObject({ data: { retryRun: { __typename: 'ConflictProblem' } } });
  const id = idOf(await startUpstream(bench, failing));
  await reach(id, 'FAILED');
  bench.control.orderFault({ kind: 'empty-run-id', method: 'PUT', times: 1 });
  expect(await bench.run('RetryRun', { input: { id } })).toMatchObject({ data: { retryRun: { __typename: 'UpstreamRejectedProblem' } } });
});

test('a deleted run leaves the lists at once, and its id still leads to it', async () => {
  const id = idOf(await startUpstream(bench, quick));
  await reach(id, 'SUCCEEDED');
  expect(await bench.run('DeleteRun', { input: { id } })).toEqual({
    data: { deleteRun: { __typename: 'DeleteRunPayload', deletedId: id, affected: null } },
  });
  const { data } = await bench.query(
    'query ($id: ID!, $ids: [ID!]) { runs(filter: {ids: $ids}) { totalCount } run(id: $id) { deletedUpstream steps { name } } }',
    { id, ids: [id] },
  );
  expect(data).toMatchObject({ runs: { totalCount: 0 }, run: { deletedUpstream: true } });
  expect(await bench.run('DeleteRun', { input: { id } })).toMatchObject({ data: { deleteRun: { __typename: 'NotFoundProblem' } } });
  expect(await bench.run('DeleteRun', { input: { id, ignoreMissing: true } })).toMatchObject({
    data: { deleteRun: { __typename: 'DeleteRunPayload' } },
  });
  expect(await bench.run('DeleteRun', { input: { id: idOf('run-009999'), ignoreMissing: true } })).toMatchObject({
    data: { deleteRun: { __typename: 'DeleteRunPayload' } },
  });
});

test('a delete whose answer was lost is judged by what is there', async () => {
  const id = idOf(await startUpstream(bench, quick));
  await reach(id, 'SUCCEEDED');
  bench.control.orderFault({ kind: 'cut', method: 'DELETE', times: 1 });
  expect(await bench.run('DeleteRun', { input: { id } })).toMatchObject({ data: { deleteRun: { __typename: 'UnconfirmedProblem' } } });
  bench.control.orderFault({ kind: 'cut', method: 'DELETE', times: 1, applied: true });
  expect(await bench.run('DeleteRun', { input: { id } })).toEqual({
    data: { deleteRun: { __typename: 'DeleteRunPayload', deletedId: id, affected: null } },
  });
});

test('a run that goes on, or whose cache is used, is not deleted', async () => {
  const running = idOf(await startUpstream(bench, yaml));
  await reach(running, 'RUNNING');
  expect(await bench.run('DeleteRun', { input: { id: running } })).toMatchObject({
    data: { deleteRun: { __typename: 'ConflictProblem' } },
  });
  const cached = `${quick.replace('quick', 'cached')}fs_options: {main_fs: {name: scratch}}\ncache: {enable: true}\n`;
  const first = await startUpstream(bench, cached);
  await reach(idOf(first), 'SUCCEEDED');
  const second = await startUpstream(bench, cached);
  await reach(idOf(second), 'SUCCEEDED');
  const steps = await bench.query(
    'query ($id: ID!) { run(id: $id) { steps { ... on Step { jobId queue { name } cacheEnabled cachedFrom { runId } } } } }',
    { id: idOf(second) },
  );
  expect(steps.data).toEqual({ run: { steps: [{ jobId: null, queue: null, cacheEnabled: true, cachedFrom: { runId: first } }] } });
  expect(await bench.run('DeleteRun', { input: { id: idOf(first) } })).toMatchObject({
    data: { deleteRun: { __typename: 'ConflictProblem' } },
  });
  expect(await bench.run('DeleteRun', { input: { id: idOf(first), checkCache: false } })).toMatchObject({
    data: { deleteRun: { __typename: 'DeleteRunPayload' } },
  });
});

test('no mutation has been a bug', () =>
  expect(bench.errors.filter((error) => !(error instanceof Error && error.name === 'UpstreamError'))).toEqual([]));
