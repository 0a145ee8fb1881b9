import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { as, toGlobalId } from '../../../support/bench.ts';
import { runKey, startLeavings, type LeavingsBench } from '../leavings.ts';

let bench: LeavingsBench;
beforeAll(async () => {
  bench = await startLeavings();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const v1 = '/api/paddleflow/v1';
const brief = `query ($filter: ArtifactFilter) { artifacts(source: "prod", filter: $filter) { nodes { runId stepName direction } } }`;
const listed = async (filter: object | null, headers: Record<string, string> = as('boss')) =>
  (await bench.query(brief, { filter }, headers)).data?.artifacts?.nodes?.map(
    ({ runId, stepName, direction }) => `${runId} ${stepName} ${direction}`,
  );

test('artifacts of a source come with what has read or made them', async () => {
  const filter = { runIds: [runKey(bench.runs.alices)] };
  const { data, errors } = await bench.run('Artifacts', { source: 'prod', first: 5, filter }, as('boss'));
  expect(errors).toBeUndefined();
  const path = expect.stringMatching(`^\\.pipeline/${bench.runs.alices}/flow/prep-0-[0-9a-f]{32}/clean$`);
  const common = { paths: [path], fileSystemName: 'hers', ownerName: 'alice', runId: bench.runs.alices, registeredAt: expect.any(String) };
  expect(data?.artifacts?.nodes).toHaveLength(2);
  expect(data?.artifacts?.nodes).toEqual(
    expect.arrayContaining([
      { ...common, name: 'clean', direction: 'OUTPUT', stepName: 'prep', jobId: expect.stringMatching(/^job-.*-prep-/) },
      { ...common, name: 'table', direction: 'INPUT', stepName: 'train', jobId: expect.stringMatching(/^job-.*-train-/) },
    ]),
  );
  expect(bench.calls()).toEqual([`GET ${v1}/artifact?runFilter=${bench.runs.alices}&maxKeys=6`]);
});

test('they are filtered by direction, path, owner and file system', async () => {
  const { first, alices } = bench.runs;
  expect(await listed({ directions: ['OUTPUT'], fileSystemNames: ['hers', 'scratch'] })).toEqual(
    expect.arrayContaining([`${first} prep OUTPUT`, `${alices} prep OUTPUT`]),
  );
  expect(bench.calls()).toEqual([`GET ${v1}/artifact?typeFilter=output&fsFilter=hers%2Cscratch&maxKeys=20`]);
  const { data } = await bench.query('{ artifacts(source: "prod", first: 1) { nodes { paths runId } } }', {}, as('boss'));
  const [node] = data?.artifacts?.nodes ?? [];
  expect((await listed({ paths: [String(node?.paths?.[0])] }))?.every((line) => line.startsWith(String(node?.runId).slice(0, 4)))).toBe(
    true,
  );
  expect(await listed({ ownerNames: ['alice'] })).toEqual(expect.arrayContaining([`${alices} train INPUT`]));
  bench.forgetCalls();
  expect(await listed({ directions: [] })).toEqual([]);
  expect(bench.calls()).toEqual([]);
});

test('viewers see those of their own file systems', async () => {
  const { alices } = bench.runs;
  expect((await listed(null, as('alice')))?.toSorted()).toEqual([`${alices} prep OUTPUT`, `${alices} train INPUT`]);
  expect(await listed(null, as('bobby'))).toEqual([]);
  expect((await listed(null, await bench.signIn('alice', 'alice-secret1')))?.length).toBe(2);
});

test.each(['token', 'session'])('by %s nobody is given their own artifacts as those of somebody else', async (kind) => {
  const headers = kind === 'token' ? as('alice') : await bench.signIn('alice', 'alice-secret1');
  expect(await listed({ ownerNames: ['bobby'] }, headers)).toEqual([]);
  expect(await listed({ ownerNames: [] }, headers)).toEqual([]);
  expect(bench.calls()).toEqual([]);
  expect(await listed({ ownerNames: ['bobby', 'alice'] }, headers)).toHaveLength(2);
  expect(bench.calls()).toEqual([`GET ${v1}/artifact?userFilter=alice&maxKeys=20`]);
});

test('the artifacts of a page of runs cost one call', async () => {
  const { data } = await bench.query('{ runs { nodes { runId artifacts { stepName paths run { runId } } } } }', {}, as('boss'));
  const nodes = data?.runs?.nodes;
  expect(nodes?.map(({ runId }) => String(runId))).toEqual([bench.runs.alices, bench.runs.second, bench.runs.first]);
  for (const node of nodes ?? []) {
    expect(node.artifacts?.length).toBeGreaterThan(0);
    for (const { run } of node.artifacts ?? []) expect(run).toEqual({ runId: node.runId });
  }
  const filter = [bench.runs.alices, bench.runs.second, bench.runs.first].join('%2C');
  expect(bench.calls()).toEqual([`GET ${v1}/artifact?runFilter=${filter}&maxKeys=1000`]);
});

test('a looped step’s artifact has several paths, and what cannot be asked for is told before asking', async () => {
  bench.control.orderFault({
    kind: 'status',
    status: 200,
    times: 1,
    path: '/artifact',
    body: JSON.stringify({ artifactEventList: [{ runID: 'run-000001', artifactPath: 'a,b', type: 'moved', createTime: '' }] }),
  });
  const query = '{ artifacts(source: "prod") { nodes { paths direction rawDirection jobId registeredAt } } }';
  expect(await bench.query(query, {}, as('boss'))).toEqual({
    data: { artifacts: { nodes: [{ paths: ['a', 'b'], direction: null, rawDirection: 'moved', jobId: null, registeredAt: null }] } },
  });
  bench.forgetCalls();
  for (const filter of [{ paths: ['a,b'] }, { runIds: [toGlobalId('Run', 'lab', 'run-000001')] }]) {
    expect(await bench.query(brief, { filter }, as('boss'))).toMatchObject({
      data: { artifacts: null },
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  }
  expect(bench.calls()).toEqual([]);
});

test('while the backend cannot be reached, the list is null and says which source', async () => {
  bench.control.orderFault({ kind: 'status', status: 500, code: 'InternalError', path: '/artifact', times: 3 });
  expect(await bench.query(brief, {}, as('boss'))).toMatchObject({
    data: { artifacts: null },
    errors: [{ path: ['artifacts'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod' } }],
  });
});
