import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, passwordOf, startAccounts } from '../accounts.ts';
import { upstreamUser } from '../upstream.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  for (const user of ['alice', 'bobby']) {
    const caller = await upstreamUser(bench.sandbox('prod').url, user, passwordOf(user));
    await caller.post('/fs', { name: 'data', url: 'cfs://h/data' });
    await caller.post('/fs', { name: 'disk', url: 'local://data/disk' });
    await caller.post('/link', {
      fsName: 'data',
      fsPath: '/old',
      url: 'hdfs://h:9000/w',
      properties: { user: 'hd', group: 'hd', password: 'VERY-SECRET' },
    });
  }
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.sandbox('prod').control.clearFaults();
  bench.forgetCalls();
});

const v1 = '/api/paddleflow/v1';
const newest = (maxKeys: number) => `maxKeys=${maxKeys}&marker=2037-12-31+23%3A59%3A59`;
const problem = '... on Problem { message } ... on InvalidInputProblem { field } ... on UpstreamRejectedProblem { code }';
const shown = 'id path type serverAddress subPath properties { name value }';
const create = `mutation ($input: CreateLinkInput!) { createLink(input: $input) { __typename ${problem} ... on CreateLinkPayload { link { ${shown} } } } }`;
const del = `mutation ($input: DeleteLinkInput!) { deleteLink(input: $input) { __typename ${problem} ... on DeleteLinkPayload { deletedId } } }`;
const as = async (who: string, query: string, variables: Record<string, unknown> = {}) =>
  bench.query(query, variables, await headersOf(bench, who));
const write = (who: string, query: string, input: object) => as(who, query, { input });
const fileSystemId = toGlobalId('FileSystem', 'prod', 'fs-alice-data');
const idOf = (path: string, fsId = 'fs-alice-data') => toGlobalId('FileSystemLink', 'prod', `${fsId}:${path}`);
const wanted = { fileSystemId, path: '/new', storage: { cfs: { address: 'h', path: '/new' } } };

test('links are listed without their secrets, with one call per file system', async () => {
  const query = `query ($id: ID!) { fileSystem(id: $id) { links { totalCount complete nodes { ${shown} fileSystem { name } } pageInfo { hasNextPage } } } }`;
  const { data, errors } = await as('alice', query, { id: fileSystemId });
  expect(errors).toBeUndefined();
  expect(data?.fileSystem?.links).toEqual({
    totalCount: 1,
    complete: true,
    pageInfo: { hasNextPage: false },
    nodes: [
      {
        id: idOf('/old'),
        path: '/old',
        type: 'hdfs',
        serverAddress: 'h:9000',
        subPath: '/w',
        fileSystem: { name: 'data' },
        properties: [
          { name: 'group', value: 'hd' },
          { name: 'user', value: 'hd' },
        ],
      },
    ],
  });
  expect(bench.calls()).toEqual([`GET ${v1}/fs/data?username=alice`, `GET ${v1}/link/data?username=alice&${newest(1000)}`]);
});

test.each([
  ['/old', '/old'],
  ['old/', '/old'],
  ['/gone', null],
  ['/', null],
  ['/old/../old', null],
])('at %j lies %j', async (path, found) => {
  const query = 'query ($id: ID!, $path: String!) { fileSystem(id: $id) { link(path: $path) { path } } }';
  expect(await as('session:alice', query, { id: fileSystemId, path })).toEqual({
    data: { fileSystem: { link: found && { path: found } } },
  });
});

test.each([
  ['alice', true],
  ['boss', true],
  ['session:alice', true],
  ['bobby', false],
  ['session:bobby', false],
])('%s looks up a link of alice by its id: %s', async (who, visible) => {
  const id = idOf('/old');
  expect(await as(who, 'query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ data: { node: visible ? { id } : null } });
});

test('many links that are asked for by their ids cost one list for each file system', async () => {
  const ids = ['/old', '/gone', '/old/deeper'].map((path) => idOf(path));
  const others = ['fs-bobby-data', 'fs-alice-nowhere'].map((fsId) => idOf('/old', fsId));
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on FileSystemLink { path } } }';
  const old = { path: '/old' };
  expect(await as('boss', query, { ids: [...ids, ...others] })).toEqual({ data: { nodes: [old, null, null, old, null] } });
  const single = (fs: string, owner: string) => `GET ${v1}/link/${fs}?fsPath=%2Fold&username=${owner}&${newest(1)}`;
  expect(bench.calls().toSorted()).toEqual(
    [`GET ${v1}/link/data?username=alice&${newest(1000)}`, single('data', 'bobby'), single('nowhere', 'alice')].toSorted(),
  );
  bench.forgetCalls();
  expect(await as('alice', query, { ids: others })).toEqual({ data: { nodes: [null, null] } });
  expect(bench.calls()).toEqual([single('nowhere', 'alice')]);
});

test.each([
  ['alice', '/by-alice', { local: { path: '/data/x' } }, 'local'],
  ['boss', 'by/boss/', { s3: { bucket: 'b', endpoint: 'http://10.0.0.7', accessKey: 'VERY-SECRET', secretKey: 'VERY-SECRET' } }, 's3'],
  ['session:alice', '/by-session', { sftp: { address: 'h', path: '/x', user: 'u', password: 'VERY-SECRET' } }, 'sftp'],
])('%s makes a link at %s, and takes it away', async (who, path, storage, type) => {
  const { data, errors } = await write(who, create, { fileSystemId, path, storage });
  expect(errors).toBeUndefined();
  const clean = `/${path.split('/').filter(Boolean).join('/')}`;
  expect(data?.createLink).toMatchObject({ __typename: 'CreateLinkPayload', link: { id: idOf(clean), path: clean, type } });
  expect(JSON.stringify(data)).not.toContain('VERY-SECRET');
  expect(bench.calls()).toEqual([
    `GET ${v1}/fs/data?username=alice`,
    `POST ${v1}/link`,
    `GET ${v1}/link/data?fsPath=${encodeURIComponent(clean)}&username=alice&${newest(1)}`,
  ]);
  bench.forgetCalls();
  const id = idOf(clean);
  expect((await write(who, del, { id })).data).toEqual({ deleteLink: { __typename: 'DeleteLinkPayload', deletedId: id } });
  expect(bench.calls().at(-1)).toBe(`DELETE ${v1}/link/data?fsPath=${encodeURIComponent(clean)}&username=alice`);
  expect((await write(who, del, { id })).data?.deleteLink).toMatchObject({ __typename: 'NotFoundProblem' });
  expect((await write(who, del, { id, ignoreMissing: true })).data?.deleteLink).toMatchObject({ deletedId: id });
});

test.each([
  ['path', { path: '/' }],
  ['path', { path: '/a/../b' }],
  ['storage.cfs.path', { storage: { cfs: { address: 'h', path: 'x' } } }],
  ['storage.url.url', { storage: { url: { url: 'bos://b/p' } } }],
])('a link with a mistake in %s is refused before anything is sent', async (field, change) => {
  expect((await write('boss', create, { ...wanted, ...change })).data?.createLink).toMatchObject({
    __typename: 'InvalidInputProblem',
    field,
  });
  expect(bench.calls()).toEqual([]);
});

test.each([
  ['ConflictProblem', 'there is one already, for which the code says that something is missing', { path: '/old' }, {}],
  ['InvalidInputProblem', 'it would lie inside of another', { path: '/old/deeper' }, { field: 'path' }],
  [
    'InvalidInputProblem',
    'a local file system holds no links',
    { fileSystemId: toGlobalId('FileSystem', 'prod', 'fs-alice-disk') },
    { field: 'fileSystemId' },
  ],
  ['NotFoundProblem', 'there is no such file system', { fileSystemId: toGlobalId('FileSystem', 'prod', 'fs-alice-gone') }, {}],
  ['ConflictProblem', 'the directory is not empty', { path: '/full' }, {}],
  [
    'UpstreamRejectedProblem',
    'the storage cannot be reached',
    { storage: { cfs: { address: 'x.invalid', path: '/p' } } },
    { code: 'ConnectivityFailed' },
  ],
])('createLink answers a %s when %s', async (__typename, _when, change, more) => {
  bench.sandbox('prod').control.putFile('fs-alice-data', '/full/file', 'x');
  expect((await write('boss', create, { ...wanted, ...change })).data?.createLink).toMatchObject({ __typename, ...more });
});

test.each([
  ['path', '/old/deeper', { cfs: { address: 'elsewhere', path: '/x' } }],
  ['storage', '/beside', { cfs: { address: 'h', path: '/data' } }], // the file system itself
])('a refusal that may be about either names the %s, after a look at the links', async (field, path, storage) => {
  const { data } = await write('alice', create, { fileSystemId, path, storage });
  expect(data?.createLink).toMatchObject({ __typename: 'InvalidInputProblem', field });
  expect(bench.calls()).toEqual([
    `GET ${v1}/fs/data?username=alice`,
    `POST ${v1}/link`,
    `GET ${v1}/link/data?username=alice&${newest(1000)}`,
  ]);
});

test.each([
  ['InvalidInputProblem', { code: 'InvalidLinkURL', status: 400 }],
  ['InvalidInputProblem', { code: 'InvalidLinkProperties', status: 400 }],
  ['InvalidInputProblem', { code: 'LinkFileSystemPathNotExist', status: 400 }],
  ['ConflictProblem', { code: 'LinkPathMustBeEmpty', status: 400 }],
  ['UpstreamRejectedProblem', { code: 'FuseClientError', status: 500 }],
  ['UpstreamRejectedProblem', { code: 'LinkMetaPersistError', status: 400 }],
  ['UpstreamRejectedProblem', { code: 'LinkModelError', status: 500 }], // the file system is there
])('a %s is made of %j', async (__typename, answer) => {
  bench.sandbox('prod').control.orderFault({ kind: 'status', method: 'POST', path: '/link$', times: 1, ...answer });
  expect((await write('alice', create, wanted)).data?.createLink).toMatchObject({ __typename });
});

test.each(['nonsense', 'fs-alice-data', 'fs-alice-data:'])('%j is no link', async (id) => {
  const link = toGlobalId('FileSystemLink', 'prod', id);
  expect((await write('boss', del, { id: link })).data?.deleteLink).toMatchObject({ __typename: 'NotFoundProblem' });
  expect(bench.calls()).toEqual([]);
});
