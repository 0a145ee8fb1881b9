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
const cacheId = (id: string) => toGlobalId('RunCache', 'prod', id);
const ask = (query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = as('boss')) =>
  bench.query(query, variables, headers);
const ids = 'query ($filter: RunCacheFilter) { runCaches(source: "prod", filter: $filter) { nodes { cacheId } } }';
const idsOf = (answer: Awaited<ReturnType<typeof ask>>) => answer.data?.runCaches?.nodes?.map((node) => String(node?.cacheId));

test('the records of a source come page by page, with their runs from the catalog', async () => {
  const first = await bench.run('RunCaches', { source: 'prod', first: 1 }, as('boss'));
  expect(first.errors).toBeUndefined();
  expect(first.data?.runCaches?.nodes).toEqual([
    {
      id: cacheId('cch-000001'),
      cacheId: 'cch-000001',
      runId: bench.runs.first,
      run: { name: 'flow', state: 'SUCCEEDED' },
      jobId: expect.stringMatching(`^job-${bench.runs.first}-prep-`),
      origin: expect.stringMatching(/^[0-9a-f]{32}$/),
      fileSystemName: 'scratch',
      ownerName: 'root',
      expiresAt: null,
      registeredAt: '2024-03-05T02:00:01.000Z',
    },
  ]);
  expect(bench.calls()).toEqual([`GET ${v1}/runCache?maxKeys=2`]);
  const second = await bench.run('RunCaches', { source: 'prod', first: 5, after: first.data?.runCaches?.pageInfo?.endCursor }, as('boss'));
  expect(second.data?.runCaches).toMatchObject({
    nodes: [{ runId: bench.runs.alices, ownerName: 'alice' }],
    pageInfo: { hasNextPage: false },
  });
});

test('the file systems of a page of records and artifacts cost one call', async () => {
  const read = `{ runCaches(source: "prod") { nodes { fileSystem { id name } } }
    artifacts(source: "prod", filter: { runIds: ["${runKey(bench.runs.first)}"] }) { nodes { fileSystem { name } } } }`;
  const { data, errors } = await ask(read);
  expect(errors).toBeUndefined();
  expect(data?.runCaches?.nodes).toEqual([
    { fileSystem: { id: toGlobalId('FileSystem', 'prod', 'fs-root-scratch'), name: 'scratch' } },
    { fileSystem: { id: toGlobalId('FileSystem', 'prod', 'fs-alice-hers'), name: 'hers' } },
  ]);
  expect(data?.artifacts?.nodes).toEqual([1, 2].map(() => ({ fileSystem: { name: 'scratch' } })));
  expect(bench.calls().filter((call) => call.includes('/fs'))).toEqual([`GET ${v1}/fs?maxKeys=1000&marker=2037-12-31+23%3A59%3A59`]);
});

test.each<[string, object, string[], string?]>([
  ['owners', { ownerNames: ['alice', 'nobody'] }, ['cch-000002'], 'userFilter=alice%2Cnobody'],
  ['file systems', { fileSystemNames: ['scratch'] }, ['cch-000001'], 'fsFilter=scratch'],
  ['no owner at all', { ownerNames: [] }, []],
])('they are filtered by %s', async (_what, filter, found, query) => {
  expect(idsOf(await ask(ids, { filter }))).toEqual(found);
  expect(bench.calls()).toEqual(query === undefined ? [] : [`GET ${v1}/runCache?${query}&maxKeys=20`]);
});

test('they are filtered by runs of that source, and by no others', async () => {
  expect(idsOf(await ask(ids, { filter: { runIds: [runKey(bench.runs.alices)] } }))).toEqual(['cch-000002']);
  const elsewhere = await ask(ids, { filter: { runIds: [toGlobalId('Run', 'lab', 'run-000001')] } });
  expect(elsewhere).toMatchObject({ data: { runCaches: null }, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  const comma = await ask(ids, { filter: { fileSystemNames: ['a,b'] } });
  expect(comma).toMatchObject({
    data: { runCaches: null },
    errors: [{ message: expect.stringMatching(/^fileSystemNames /), extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('viewers see the records of their own file systems', async () => {
  expect(idsOf(await ask(ids, {}, as('alice')))).toEqual(['cch-000002']);
  expect(idsOf(await ask(ids, {}, as('bobby')))).toEqual([]);
  expect(bench.calls()).toEqual(['alice', 'bobby'].map((user) => `GET ${v1}/runCache?userFilter=${user}&maxKeys=20`));
  bench.forgetCalls();
  expect(idsOf(await ask(ids, { filter: { ownerNames: ['root'] } }, as('alice')))).toEqual([]);
  expect(bench.calls()).toEqual([]);
  const session = await bench.signIn('alice', 'alice-secret1');
  expect(idsOf(await ask(ids, { filter: { ownerNames: ['bobby'] } }, session))).toEqual([]);
  expect(bench.calls()).toEqual([]);
  expect(idsOf(await ask(ids, {}, session))).toEqual(['cch-000002']);
});

test.each([
  ['boss', 'cch-000001', true],
  ['alice', 'cch-000002', true],
  ['alice', 'cch-000001', false],
  ['boss', 'cch-000099', false],
])('%s asks for the record %s: %s', async (who, id, visible) => {
  const answer = await bench.run('RunCache', { id: cacheId(id) }, as(who));
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.runCache?.cacheId ?? null).toBe(visible ? id : null);
  expect(bench.calls()).toEqual([`GET ${v1}/runCache/${id}`]);
});

test('an id that is none of PaddleFlow’s is not asked for', async () => {
  expect(await bench.run('RunCache', { id: cacheId('login') }, as('boss'))).toEqual({ data: { runCache: null } });
  expect(bench.calls()).toEqual([]);
});

test('the records of a page of runs cost one call', async () => {
  const { data } = await ask('{ runs { nodes { runId caches { cacheId run { runId } } } } }');
  expect(data?.runs?.nodes).toEqual([
    { runId: bench.runs.alices, caches: [{ cacheId: 'cch-000002', run: { runId: bench.runs.alices } }] },
    { runId: bench.runs.second, caches: [] },
    { runId: bench.runs.first, caches: [{ cacheId: 'cch-000001', run: { runId: bench.runs.first } }] },
  ]);
  expect(bench.calls()).toEqual([
    `GET ${v1}/runCache?runFilter=${[bench.runs.alices, bench.runs.second, bench.runs.first].join('%2C')}&maxKeys=1000`,
  ]);
});

test('a source that fails leaves the rest of the page', async () => {
  bench.control.orderFault({ kind: 'status', status: 403, code: 'AccessDenied', path: '/runCache', times: 2 });
  const { data, errors } = await ask(
    '{ runs(first: 1) { nodes { runId caches { cacheId } } } runCaches(source: "prod") { nodes { cacheId } } }',
  );
  expect(data).toEqual({ runs: { nodes: [{ runId: bench.runs.alices, caches: null }] }, runCaches: null });
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});

test.each([
  ['operator', 'boss', 'cch-000003', 'DeleteRunCachePayload', ['DELETE']],
  ['owner', 'alice', 'cch-000004', 'DeleteRunCachePayload', ['GET', 'DELETE']],
  ['somebody else', 'bobby', 'cch-000002', 'ForbiddenProblem', ['GET']],
  ['viewer, of what is not there', 'bobby', 'cch-000099', 'NotFoundProblem', ['GET']],
  ['signed-in owner', 'session:alice', 'cch-000005', 'DeleteRunCachePayload', ['DELETE']],
  ['signed-in somebody else', 'session:bobby', 'cch-000002', 'ForbiddenProblem', ['DELETE']],
  ['operator, of no such id', 'boss', 'nonsense', 'NotFoundProblem', []],
])('a record is deleted by its %s', async (_who, caller, id, __typename, methods) => {
  const name = caller.replace('session:', '');
  const headers = name === caller ? as(name) : await bench.signIn(name, `${name}-secret1`);
  for (let count = 3; count <= 5; count += 1) await extraRecord(count);
  bench.forgetCalls();
  const answer = await bench.run('DeleteRunCache', { input: { id: cacheId(id) } }, headers);
  expect(answer).toMatchObject({ data: { deleteRunCache: { __typename } } });
  expect(answer.data?.deleteRunCache?.deletedId).toBe(__typename === 'DeleteRunCachePayload' ? cacheId(id) : undefined);
  expect(bench.calls()).toEqual(methods.map((method) => `${method} ${v1}/runCache/${id}`));
  expect((await bench.root.get('/runCache/cch-000002')).status).toBe(200);
});

/** So many records at least, the later ones of alice. */
async function extraRecord(count: number): Promise<void> {
  const { body } = await bench.root.get(`/runCache/cch-${String(count).padStart(6, '0')}`);
  if (body['cacheID'] !== undefined || made.has(count)) return;
  made.add(count);
  await bench.alice.post('/run', { runYamlRaw: Buffer.from(yamlOf(count)).toString('base64') });
  bench.control.advance(600_000);
}
const made = new Set<number>();
const yamlOf = (count: number) => `name: extra
docker_env: busybox
fs_options: {main_fs: {name: hers}}
entry_points:
  main: {command: 'echo ${count}', cache: {enable: true}}
`;

const typed = (__typename: string) => ({ data: { deleteRunCache: { __typename } } });

test('a record that is gone is no mistake where that is allowed, and a lost answer is judged by what is there', async () => {
  const remove = (input: object) => bench.run('DeleteRunCache', { input }, as('boss'));
  expect(await remove({ id: cacheId('cch-000099') })).toMatchObject(typed('NotFoundProblem'));
  expect(await remove({ id: cacheId('cch-000099'), ignoreMissing: true })).toMatchObject(typed('DeleteRunCachePayload'));
  bench.control.orderFault({ kind: 'cut', method: 'DELETE', times: 1 });
  expect(await remove({ id: cacheId('cch-000002') })).toMatchObject(typed('UnconfirmedProblem'));
  bench.control.orderFault({ kind: 'cut', method: 'DELETE', times: 1, applied: true });
  expect(await remove({ id: cacheId('cch-000002') })).toMatchObject(typed('DeleteRunCachePayload'));
});
