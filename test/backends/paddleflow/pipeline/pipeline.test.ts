import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { base64, upstreamUser } from '../upstream.ts';

const yamlOf = (name: string, word = name) => `name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: echo ${word}}\n`;
let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
  const { url } = bench.sandbox('prod');
  const root = await upstreamUser(url);
  await root.post('/user', { username: 'alice', password: 'secret1' });
  const alice = await upstreamUser(url, 'alice', 'secret1');
  for (const name of ['one', 'two', 'three']) await root.post('/pipeline', { yamlRaw: base64(yamlOf(name)), desc: `about ${name}` });
  await alice.post('/pipeline', { yamlRaw: base64(yamlOf('one', 'hers')) });
  bench.control.advance(60_000);
  for (const word of ['second', 'third']) await root.post('/pipeline/ppl-000001', { yamlRaw: base64(yamlOf('one', word)), desc: word });
  await root.call('DELETE', '/pipeline/ppl-000001/2');
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const v1 = 'GET /api/paddleflow/v1';
const one = toGlobalId('Pipeline', 'prod', 'ppl-000001');

test('a pipeline is read with one call, its versions with one more, and afterwards they are known', async () => {
  const query = `query ($id: ID!) { pipeline(id: $id) { name description sourceName owner { name } registeredAt changedAt
    versions(first: 5) { nodes { id version yaml fileSystemName yamlPath createdAt owner { name } pipeline { id } } pageInfo { hasNextPage } } } }`;
  const { data, errors } = await bench.query(query, { id: one });
  expect(errors).toBeUndefined();
  const version = (number: string, word: string, createdAt: string) => ({
    id: toGlobalId('PipelineVersion', 'prod', `ppl-000001/${number}`),
    version: number,
    yaml: yamlOf('one', word),
    createdAt,
    fileSystemName: null,
    yamlPath: null,
    owner: { name: 'root' },
    pipeline: { id: one },
  });
  expect(data).toEqual({
    pipeline: {
      name: 'one',
      description: 'third',
      sourceName: 'prod',
      owner: { name: 'root' },
      registeredAt: '2024-03-05T02:00:00.000Z',
      changedAt: '2024-03-05T02:01:00.000Z',
      versions: {
        nodes: [version('1', 'one', '2024-03-05T02:00:00.000Z'), version('3', 'third', '2024-03-05T02:01:00.000Z')],
        pageInfo: { hasNextPage: false },
      },
    },
  });
  expect(bench.calls()).toEqual([`${v1}/pipeline/ppl-000001?maxKeys=1`, `${v1}/pipeline/ppl-000001?maxKeys=6`]);
  bench.forgetCalls();
  const again = await bench.query('query ($id: ID!) { node(id: $id) { ... on PipelineVersion { version yaml } } }', {
    id: toGlobalId('PipelineVersion', 'prod', 'ppl-000001/3'),
  });
  expect(again.data).toEqual({ node: { version: '3', yaml: yamlOf('one', 'third') } });
  expect(bench.calls()).toEqual([]);
});

test('a version that was never seen costs one call, whichever others are asked for with it', async () => {
  const ids = ['ppl-000002/1', 'ppl-000002/7', 'ppl-000003/1', 'ppl-000099/1'].map((id) => toGlobalId('PipelineVersion', 'prod', id));
  const { data, errors } = await bench.query(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PipelineVersion { version pipeline { name } } } }',
    { ids },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ nodes: [{ version: '1', pipeline: { name: 'two' } }, null, { version: '1', pipeline: { name: 'three' } }, null] });
  expect(bench.calls()).toEqual([
    ...['ppl-000002', 'ppl-000003', 'ppl-000099'].map((id) => `${v1}/pipeline/${id}?maxKeys=1000`),
    `${v1}/pipeline?maxKeys=1000`, // their pipelines
  ]);
});

test('the versions of a page of pipelines lead back to them without another call', async () => {
  const query = '{ pipelines(source: "prod") { nodes { name versions { nodes { pipeline { name description } } } } } }';
  const { data, errors } = await bench.query(query);
  expect(errors).toBeUndefined();
  const nodes = data?.pipelines?.nodes ?? [];
  const shown = nodes.map(({ name, versions }) => [name, ...(versions?.nodes ?? []).map(({ pipeline }) => pipeline?.name)]);
  expect(shown).toEqual([['one', 'one', 'one'], ...['two', 'three', 'one'].map((name) => [name, name])]);
  const ids = ['ppl-000001', 'ppl-000002', 'ppl-000003', 'ppl-000004'];
  expect(bench.calls().toSorted()).toEqual([`${v1}/pipeline?maxKeys=20`, ...ids.map((id) => `${v1}/pipeline/${id}?maxKeys=20`)].toSorted());
});

test.each<[object, string[]]>([
  [{}, ['root one', 'root two', 'root three', 'alice one']],
  [{ names: ['one'] }, ['root one', 'alice one']],
  [{ ownerNames: ['alice'] }, ['alice one']],
  [{ names: ['one', 'two'], ownerNames: ['root'] }, ['root one', 'root two']],
  [{ names: [] }, []],
  [{ names: ['on'] }, []],
])('pipelines filtered by %j', async (filter, expected) => {
  const query = `query ($filter: PipelineFilter) { pipelines(source: "prod", filter: $filter) { nodes { name owner { name } } } }`;
  const { data, errors } = await bench.query(query, { filter });
  expect(errors).toBeUndefined();
  expect(data?.pipelines?.nodes?.map(({ name, owner }) => `${owner?.name} ${name}`)).toEqual(expected);
});

test.each([[['a,b']], [['']]])('names %j would be taken for others, and are refused', async (names) => {
  const { errors } = await bench.query(
    'query ($names: [String!]) { pipelines(source: "prod", filter: { names: $names }) { nodes { name } } }',
    {
      names,
    },
  );
  const message = 'names holds an empty value or a comma';
  expect(errors).toMatchObject([{ message, path: ['pipelines'], extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(bench.calls()).toEqual([]);
});

test('pages of pipelines, and of versions, lie side by side', async () => {
  const names: unknown[] = [];
  for (let after: unknown = null, more: unknown = true; more;) {
    const { data } = await bench.query(
      'query ($after: Cursor) { pipelines(source: "prod", first: 3, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    names.push(...(data?.pipelines?.nodes ?? []).map(({ name }) => name));
    [after, more] = [data?.pipelines?.pageInfo?.endCursor, data?.pipelines?.pageInfo?.hasNextPage];
  }
  expect(names).toEqual(['one', 'two', 'three', 'one']);
  const versions = `query ($id: ID!, $after: Cursor) { pipeline(id: $id) { versions(first: 1, after: $after) { nodes { version } pageInfo { hasNextPage endCursor } } } }`;
  const first = (await bench.query(versions, { id: one })).data?.pipeline?.versions;
  expect(first).toMatchObject({ nodes: [{ version: '1' }], pageInfo: { hasNextPage: true } });
  const second = (await bench.query(versions, { id: one, after: first?.pageInfo?.endCursor })).data?.pipeline?.versions;
  expect(second).toMatchObject({ nodes: [{ version: '3' }], pageInfo: { hasNextPage: false } });
  const other = await bench.query(versions, { id: toGlobalId('Pipeline', 'prod', 'ppl-000002'), after: first?.pageInfo?.endCursor });
  expect(other.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
