import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { audits } from '../../../../src/db/tables.ts';
import { eventually, toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, passwordOf, startAccounts } from '../accounts.ts';
import { base64, upstreamUser } from '../upstream.ts';

let bench: Bench;
const s3 = (bucket: string) => ({
  bucket,
  path: '/p',
  endpoint: 'http://10.0.0.5:9000',
  region: 'us',
  accessKey: 'VERY-SECRET-AK',
  secretKey: 'VERY-SECRET-SK',
});
const wire = {
  url: 's3://b/p',
  properties: { accessKey: 'VERY-SECRET-AK', secretKey: 'VERY-SECRET-SK', endpoint: 'http://10.0.0.5:9000' },
};

beforeAll(async () => {
  bench = await startAccounts();
  for (const user of ['alice', 'bobby']) {
    const caller = await upstreamUser(bench.sandbox('prod').url, user, passwordOf(user));
    for (const name of ['data', `${user}s`]) {
      await caller.post('/fs', { name, ...wire });
      bench.sandbox('prod').control.advance(2000);
    }
  }
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.sandbox('prod').control.clearFaults();
  bench.forgetCalls();
});

const v1 = '/api/paddleflow/v1';
const newest = 'maxKeys=1000&marker=2037-12-31+23%3A59%3A59';
const problem = '... on Problem { message } ... on InvalidInputProblem { field } ... on UpstreamRejectedProblem { code }';
const shown = 'id fsId name owner { name } type serverAddress subPath independentMountProcess properties { name value }';
const create = `mutation ($input: CreateFileSystemInput!) { createFileSystem(input: $input) { __typename ${problem} ... on CreateFileSystemPayload { fileSystem { ${shown} } } } }`;
const del = `mutation ($input: DeleteFileSystemInput!) { deleteFileSystem(input: $input) { __typename ${problem}
  ... on DeleteFileSystemPayload { deletedId affected { linkPaths scheduleIds unfinishedRunIds } } } }`;
const list = `query ($ownerName: String, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  fileSystems(source: "prod", filter: { ownerName: $ownerName }, first: $first, after: $after, last: $last, before: $before) {
    totalCount complete nodes { fsId } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`;
const as = async (who: string, query: string, variables: Record<string, unknown> = {}) =>
  bench.query(query, variables, await headersOf(bench, who));
const write = (who: string, query: string, input: object) => as(who, query, { input });
const idOf = (fsId: string) => toGlobalId('FileSystem', 'prod', fsId);
const wanted = { source: 'prod', name: 'new', storage: { s3: s3('new') } };

test.each([
  ['boss', {}, ['fs-bobby-bobbys', 'fs-bobby-data', 'fs-alice-alices', 'fs-alice-data'], ''],
  ['ops', { ownerName: 'alice' }, ['fs-alice-alices', 'fs-alice-data'], 'username=alice&'],
  ['boss', { ownerName: 'root' }, [], 'username=root&'],
  ['alice', {}, ['fs-alice-alices', 'fs-alice-data'], 'username=alice&'],
  ['alice', { ownerName: 'alice' }, ['fs-alice-alices', 'fs-alice-data'], 'username=alice&'],
  ['alice', { ownerName: 'bobby' }, [], null],
  ['session:alice', {}, ['fs-alice-alices', 'fs-alice-data'], ''],
  ['session:alice', { ownerName: 'bobby' }, [], 'username=bobby&'],
  ['session:root', { ownerName: 'bobby' }, ['fs-bobby-bobbys', 'fs-bobby-data'], 'username=bobby&'],
])('%s asks with %j for %j, newest first, with one call', async (who, variables, ids, query) => {
  const { data, errors } = await as(who, list, variables);
  expect(errors).toBeUndefined();
  expect(data?.fileSystems).toMatchObject({ totalCount: ids.length, complete: true, nodes: ids.map((fsId) => ({ fsId })) });
  expect(bench.calls()).toEqual(query === null ? [] : [`GET ${v1}/fs?${query}${newest}`]);
});

test('the list is paged in both directions, nothing twice and nothing left out', async () => {
  const all = ['fs-bobby-bobbys', 'fs-bobby-data', 'fs-alice-alices', 'fs-alice-data'];
  const first = (await as('boss', list, { first: 3 })).data?.fileSystems;
  expect(first).toMatchObject({
    nodes: all.slice(0, 3).map((fsId) => ({ fsId })),
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
  });
  const second = (await as('boss', list, { first: 3, after: first?.pageInfo?.endCursor })).data?.fileSystems;
  expect(second).toMatchObject({ nodes: [{ fsId: all[3] }], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
  const back = (await as('boss', list, { last: 2, before: second?.pageInfo?.startCursor })).data?.fileSystems;
  expect(back).toMatchObject({ nodes: all.slice(1, 3).map((fsId) => ({ fsId })), pageInfo: { hasNextPage: true, hasPreviousPage: true } });
});

const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
test.each([
  ["2024-03-05 10:00:00' OR 1=1 --"],
  [cursor('fileSystems:lab', 'prod:fs-alice-data', 0)],
  [cursor('fileSystems:prod', 'prod:fs-alice-data', -1)],
  [cursor('fileSystems:prod', 7, 0)],
])('%j is no cursor of this list', async (after) => {
  const { data, errors } = await as('boss', list, { after });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(data).toEqual({ fileSystems: null });
});

test('whatever a cursor holds, no text of it gets into a query of the backend', async () => {
  const after = cursor('fileSystems:prod', "prod:x' OR 1=1 --", 1);
  expect((await as('boss', list, { after, first: 1 })).data?.fileSystems).toMatchObject({ nodes: [{ fsId: 'fs-bobby-data' }] });
  expect(bench.calls()).toEqual([`GET ${v1}/fs?${newest}`]);
});

const item = (name: string) => ({ id: `fs-alice-${name}`, name, username: 'alice', type: 'local', properties: {} });
const page = (names: string[], nextMarker: string) => JSON.stringify({ marker: '', truncated: true, nextMarker, fsList: names.map(item) });
test('pages of the backend that overlap are put together, each file system once', async () => {
  const { control } = bench.sandbox('prod');
  control.orderFault({ kind: 'status', status: 200, path: '/fs\\?', times: 1, body: page(['c', 'b'], '2024-03-05 10:00:01') });
  control.orderFault({ kind: 'status', status: 200, path: '/fs\\?', times: 1, body: page(['b', 'a'], '') });
  expect((await as('boss', list)).data?.fileSystems).toMatchObject({
    totalCount: 3,
    complete: true,
    nodes: ['c', 'b', 'a'].map((name) => ({ fsId: `fs-alice-${name}` })),
  });
  expect(bench.calls()).toEqual([`GET ${v1}/fs?${newest}`, `GET ${v1}/fs?maxKeys=1000&marker=2024-03-05+10%3A00%3A01`]);
  control.orderFault({ kind: 'status', status: 200, path: '/fs\\?', times: 2, body: page(['c', 'b'], '2024-03-05 10:00:01') });
  expect((await as('boss', list)).data?.fileSystems).toMatchObject({ totalCount: 2, complete: false });
});

test.each([
  ['boss', true],
  ['alice', true],
  ['session:alice', true],
  ['bobby', false],
  ['session:bobby', false], // the backend would show bobby's own one of that name
])('%s looks at a file system of alice: %s', async (who, visible) => {
  const { data, errors } = await as(who, `query ($id: ID!) { fileSystem(id: $id) { fsId } node(id: $id) { id } }`, {
    id: idOf('fs-alice-data'),
  });
  expect(errors).toBeUndefined();
  expect(data).toEqual(
    visible ? { fileSystem: { fsId: 'fs-alice-data' }, node: { id: idOf('fs-alice-data') } } : { fileSystem: null, node: null },
  );
});

test.each(['fs-alice-gone', 'fs-alice', 'data', 'fs-alice-da ta', 'fs-alice-../x'])('there is no file system %j', async (fsId) => {
  expect(await as('boss', 'query ($id: ID!) { fileSystem(id: $id) { name } }', { id: idOf(fsId) })).toEqual({ data: { fileSystem: null } });
});

test.each([
  ['boss', {}, 'fs-root-mine'],
  ['ops', { ownerName: 'alice' }, 'fs-alice-mine'],
  ['bobby', {}, 'fs-bobby-mine'],
  ['bobby', { name: 'mine2', ownerName: 'bobby' }, 'fs-bobby-mine2'],
  ['session:alice', { name: 'mine3' }, 'fs-alice-mine3'],
  ['session:root', { name: 'mine4', ownerName: 'bobby' }, 'fs-bobby-mine4'],
])('%s makes a file system with %j, which shows no secret: %s', async (who, change, fsId) => {
  const { data, errors } = await write(who, create, {
    ...wanted,
    name: 'mine',
    storage: { s3: s3(`b-${who.replace(':', '-')}`) },
    ...change,
  });
  expect(errors).toBeUndefined();
  const fileSystem = data?.createFileSystem?.fileSystem;
  expect(fileSystem).toMatchObject({
    id: idOf(fsId),
    fsId,
    owner: { name: fsId.split('-')[1] },
    type: 's3',
    serverAddress: '10.0.0.5:9000',
    subPath: '/p',
  });
  expect(fileSystem?.properties).toHaveLength(3);
  expect(fileSystem?.properties).toEqual(
    expect.arrayContaining(['bucket', 'endpoint', 'region'].map((property) => expect.objectContaining({ name: property }))),
  );
  const [owner, name] = fsId.split('-').slice(1);
  expect(bench.calls()).toEqual([`POST ${v1}/fs`, `GET ${v1}/fs/${name}?username=${owner}`]);
});

test.each([
  ['name', { name: 'a b' }],
  ['name', { name: 'x'.repeat(64) }],
  ['name', { name: 'x'.repeat(58), ownerName: 'alice' }],
  ['name', { name: 'mylogin' }],
  ['ownerName', { ownerName: 'Root' }],
  ['ownerName', { ownerName: 'a-b' }],
  ['ownerName', { ownerName: 'xlogin' }],
  ['storage.s3.secretKey', { storage: { s3: { ...s3('b'), secretKey: '' } } }],
  ['storage.url.url', { storage: { url: { url: 'nfs://x/y' } } }],
])('a file system with a mistake in %s is refused before anything is sent: %j', async (field, change) => {
  expect((await write('boss', create, { ...wanted, ...change })).data?.createFileSystem).toMatchObject({
    __typename: 'InvalidInputProblem',
    field,
  });
  expect(bench.calls()).toEqual([]);
});

test('exactly one kind of storage is to be given', async () => {
  const { errors } = await write('boss', create, { ...wanted, storage: { s3: s3('b'), local: { path: '/x' } } });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test.each([
  ['ConflictProblem', { name: 'data', ownerName: 'alice' }, {}],
  [
    'UpstreamRejectedProblem',
    { storage: { sftp: { address: 'far.invalid', path: '/x', user: 'u', password: 'VERY-SECRET-PW' } } },
    { code: 'ConnectivityFailed' },
  ],
  ['NotFoundProblem', { source: 'nope' }, {}],
])('what the backend refuses is a %s: %j', async (__typename, change, more) => {
  expect((await write('boss', create, { ...wanted, ...change })).data?.createFileSystem).toMatchObject({ __typename, ...more });
});

test.each([
  ['InvalidInputProblem', { code: 'FileSystemNameFormatError', status: 400 }, 'name'],
  ['InvalidInputProblem', { code: 'InvalidFileSystemParamsURL', status: 400 }, 'storage'],
  ['InvalidInputProblem', { code: 'InvalidFileSystemParamsProperties', status: 400 }, 'storage'],
  ['UpstreamRejectedProblem', { code: 'FileSystemDataBaseError', status: 500 }, undefined],
])('a %s is made of %j', async (__typename, answer, field) => {
  bench
    .sandbox('prod')
    .control.orderFault({ kind: 'status', method: 'POST', path: '/fs$', times: 1, ...answer, message: 'bad VERY-SECRET-SK here' });
  const { data } = await write('boss', create, { ...wanted, name: 'never' });
  expect(data?.createFileSystem).toMatchObject({ __typename, ...(field && { field }) });
  expect(JSON.stringify(data)).not.toContain('VERY-SECRET');
});

test('a mount command is for the person who asks, and holds no secret', async () => {
  const query = 'query ($id: ID!) { fileSystem(id: $id) { mountCommand(path: "/mnt/d", options: [{name: "block-size", value: "20"}]) } }';
  const server = new URL(bench.sandbox('prod').url).host;
  const commandOf = (user: string) =>
    `nohup "$fuse_env" mount --fs-id=fs-alice-data --mount-point=/mnt/d --server=${server} --user-name=${user} --password="$PADDLEFLOW_PASSWORD" --block-size=20 > mount-data.err.log 2>&1 &`;
  const id = idOf('fs-alice-data');
  for (const [who, user] of [
    ['alice', 'alice'],
    ['session:alice', 'alice'],
    ['session:root', 'root'],
    ['boss', '"$PADDLEFLOW_USERNAME"'],
  ] as const)
    expect((await as(who, query, { id })).data?.fileSystem?.mountCommand).toBe(commandOf(user));
  const bad = await as('alice', 'query ($id: ID!) { fileSystem(id: $id) { name mountCommand(path: "") } }', { id });
  expect(bad).toMatchObject({
    data: { fileSystem: { name: 'data', mountCommand: null } },
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('what hangs on a file system is told first; a running schedule keeps it', async () => {
  const alice = await upstreamUser(bench.sandbox('prod').url, 'alice', passwordOf('alice'));
  await alice.post('/fs', { name: 'used', ...wire, url: 's3://used/p' });
  await alice.post('/link', { fsName: 'used', fsPath: '/ext', url: 'cfs://h/p' });
  const yaml = 'name: on_used\ndocker_env: busybox\nfs_options: {main_fs: {name: used}}\nentry_points: {main: {command: "echo"}}\n';
  const made = await alice.post('/pipeline', { yamlRaw: base64(yaml) });
  const { pipelineID, pipelineVersionID } = made.body as unknown as Record<string, string>;
  const schedule = await alice.post('/schedule', { name: 'nightly', pipelineID, pipelineVersionID, crontab: '0 2 * * *' });
  const scheduleId = toGlobalId('Schedule', 'prod', String(schedule.body['scheduleID']));
  const id = idOf('fs-alice-used');
  const affected = { linkPaths: ['/ext'], scheduleIds: [scheduleId], unfinishedRunIds: [] };
  for (const who of ['boss', 'alice', 'session:alice'])
    expect((await write(who, del, { id, dryRun: true })).data?.deleteFileSystem).toEqual({
      __typename: 'DeleteFileSystemPayload',
      deletedId: null,
      affected,
    });
  expect(bench.calls().filter((call) => !call.startsWith('GET'))).toEqual([]);
  expect((await write('alice', del, { id })).data?.deleteFileSystem).toMatchObject({ __typename: 'ConflictProblem' });
  await alice.call('PUT', `/schedule/${String(schedule.body['scheduleID'])}`);
  bench.forgetCalls();
  expect((await write('alice', del, { id })).data?.deleteFileSystem).toEqual({
    __typename: 'DeleteFileSystemPayload',
    deletedId: id,
    affected: null,
  });
  expect(bench.calls()).toEqual([`GET ${v1}/fs/used?username=alice`, `DELETE ${v1}/fs/used?username=alice`]);
  expect((await write('alice', del, { id })).data?.deleteFileSystem).toMatchObject({ __typename: 'NotFoundProblem' });
  expect((await write('alice', del, { id, ignoreMissing: true })).data?.deleteFileSystem).toMatchObject({ deletedId: id });
});

test('a run that mounts a file system in one of its steps only is told of, as it keeps it from being deleted', async () => {
  const alice = await upstreamUser(bench.sandbox('prod').url, 'alice', passwordOf('alice'));
  await alice.post('/fs', { name: 'aside', ...wire, url: 's3://aside/p' });
  const run = (fs: string) =>
    alice.post('/run', {
      runYamlRaw: base64(`name: r\ndocker_env: busybox\nentry_points: {main: {command: "sleep 60", extra_fs: [{name: ${fs}}]}}\n`),
    });
  const started = (await run('aside')).body.runID;
  await run('data');
  bench.sandbox('prod').control.advance(5000);
  const id = idOf('fs-alice-aside');
  // Until the catalog has its workflow.
  await eventually(async () => {
    const { data } = await write('boss', del, { id, dryRun: true });
    return JSON.stringify(data?.deleteFileSystem?.affected?.unfinishedRunIds) !== '[]';
  });
  for (const who of ['boss', 'alice', 'session:alice']) {
    bench.forgetCalls();
    expect((await write(who, del, { id, dryRun: true })).data?.deleteFileSystem).toMatchObject({
      affected: { unfinishedRunIds: [toGlobalId('Run', 'prod', started)] },
    });
    expect(bench.calls()).toEqual([
      `GET ${v1}/fs/aside?username=alice`,
      // Empty lists are not believed at once.
      ...Array.from({ length: 3 }, () => expect.stringMatching(/^GET .*\/link\/aside\?/)),
      ...Array.from({ length: 3 }, () => `GET ${v1}/schedule?statusFilter=running&maxKeys=1000`),
    ]);
  }
  expect((await write('alice', del, { id })).data?.deleteFileSystem).toMatchObject({
    __typename: 'ConflictProblem',
    message: expect.stringContaining('is mounted'),
  });
});

test('no key and no password is in an answer, an error, a log or the audit', async () => {
  const told = JSON.stringify([
    await as(
      'boss',
      `{ fileSystems(source: "prod") { nodes { ${shown} mountCommand(path: "/x") links { nodes { properties { value } } } } } }`,
    ),
    bench.errors.map((error) => (error instanceof Error ? [error.message, error.stack, { ...error }] : error)),
    await bench.gateways[0]?.db.select().from(audits),
  ]);
  expect(told).not.toMatch(/VERY-SECRET|accessKey|secretKey|"password"/);
  expect(bench.errors).toEqual([]);
});
