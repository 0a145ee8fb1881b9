import { expect, test } from 'vitest';
import { errorOf } from '../../../upstream/bench.ts';
import type { Respond } from '../../../upstream/server.ts';
import { give, inspected, route, say, startBench } from './bench.ts';
import { fileSystem, link } from './samples.ts';

/** As the client asks for the first page: without a marker, the server would hide what was made in this very second (3.3). */
const first = 'marker=2037-12-31+23%3A59%3A59';
const allLinks = `GET /link/data?username=alice&maxKeys=1000&${first}`;
const oneLink = `GET /link/data?fsPath=%2Fext&username=alice&maxKeys=1&${first}`;
const nine = '2024-03-02 09:00:00';
const eight = '2024-03-02 08:00:00';
const fsPage = (fsList: unknown[] | null, nextMarker = '') => give({ marker: '', truncated: nextMarker !== '', nextMarker, fsList });
const linkPage = (linkList: unknown[] | null, nextMarker = '') => give({ marker: '', truncated: nextMarker !== '', nextMarker, linkList });
const shown = { ...fileSystem, properties: { bucket: 'bucket-a', endpoint: 'http://10.0.0.5:9000', region: 'us' } };
const called = (name: string) => ({ ...fileSystem, id: `fs-alice-${name}`, name });
const missing = say(404, 'RecordNotFound');

test('a file system is shown without its secrets, encrypted as they may be', async () => {
  await using bench = await startBench(
    route({ 'GET /fs/data?username=alice': give(fileSystem), 'GET /fs/data': give({ ...fileSystem, properties: null }) }),
  );
  expect(await bench.prod.as('viewer').getFileSystem('data', { username: 'alice' })).toEqual(shown);
  expect(await bench.prod.as('viewer').getFileSystem('data')).toEqual({ ...shown, properties: {} });
});

test('a page of file systems is asked for by time, and holds each once', async () => {
  await using bench = await startBench(route({ 'GET /fs': fsPage([fileSystem, called('raw'), fileSystem], eight) }));
  const page = await bench.prod.as('viewer').listFileSystems({ username: 'alice', fsName: 'data', maxKeys: 3, marker: nine });
  expect(page.items.map(({ name }) => name)).toEqual(['data', 'raw']);
  expect(page.items[0]).toEqual(shown);
  expect(page.nextMarker).toBe(eight);
  expect(bench.calls).toEqual(['GET /fs?username=alice&fsName=data&maxKeys=3&marker=2024-03-02+09%3A00%3A00']);
});

test('no file systems, no links', async () => {
  await using bench = await startBench(route({ 'GET /fs': fsPage(null), 'GET /link/data': linkPage(null) }));
  const client = bench.prod.as('viewer');
  expect(await client.listFileSystems({ maxKeys: 10 })).toEqual({ items: [], nextMarker: undefined });
  expect(await client.listLinks('data', { maxKeys: 10 })).toEqual({ items: [], nextMarker: undefined });
});

test('all file systems are read over pages that overlap', async () => {
  await using bench = await startBench(
    route({
      [`GET /fs?username=alice&maxKeys=1000&${first}`]: fsPage([called('a'), called('b')], nine),
      'GET /fs?username=alice&maxKeys=1000&marker=2024-03-02+09%3A00%3A00': fsPage([called('b'), called('c')], eight),
      'GET /fs?username=alice&maxKeys=1000&marker=2024-03-02+08%3A00%3A00': fsPage([called('c'), called('d')]),
    }),
  );
  const { items, complete } = await bench.prod.as('viewer').allFileSystems({ username: 'alice' });
  expect(items.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  expect(complete).toBe(true);
});

test.each([nine, '2024-03-02 09:30:00'])(
  'a marker that does not go back in time (%s) ends the reading, and that is told',
  async (again) => {
    await using bench = await startBench(
      route({
        [`GET /fs?maxKeys=1000&${first}`]: fsPage([called('a')], nine),
        'GET /fs?maxKeys=1000&marker=2024-03-02+09%3A00%3A00': fsPage([called('a'), called('b')], again),
      }),
    );
    const { items, complete } = await bench.prod.as('viewer').allFileSystems();
    expect(items.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(complete).toBe(false);
    expect(bench.calls).toHaveLength(2);
  },
);

const properties = { accessKey: 'AKIAX', secretKey: 'wJalrXUtn', endpoint: 'http://10.0.0.5:9000', region: 'us', empty: '' };

test.each([
  ['cannot sign as AKIAX at http://10.0.0.5:9000', '(withheld: it repeats a secret)'],
  ['cannot sign {"secretKey":"wJalrXUtn"}', '(withheld: it repeats a secret)'],
  ['cannot reach http://10.0.0.5:9000 in us', 'cannot reach http://10.0.0.5:9000 in us'],
])('a secret of a storage is not repeated by an error, while harmless properties are: %s', async (quoted, upstreamMessage) => {
  const refusal = say(400, 'ConnectivityFailed', quoted);
  await using bench = await startBench(route({ 'POST /fs': refusal, 'POST /link': refusal }));
  const client = bench.prod.as('viewer');
  for (const work of [
    () => client.createFileSystem({ name: 'data', url: 's3://bucket/a', properties }),
    () => client.createLink({ fsName: 'data', fsPath: '/a', url: 's3://bucket/a', properties }),
  ]) {
    const error = await errorOf(work());
    expect(error).toMatchObject({ code: 'ConnectivityFailed', upstreamMessage });
    expect(inspected(error)).not.toMatch(/AKIAX|wJalr/);
  }
});

test('a glusterfs with host and volume may be sent', async () => {
  await using bench = await startBench(route({ 'POST /fs': give({ fsName: 'data', fsID: 'fs-root-data' }, 201) }));
  const made = bench.prod.as('viewer').createFileSystem({ name: 'data', url: 'glusterfs://10.0.0.1:volume' });
  expect(await made).toEqual({ fsName: 'data', fsID: 'fs-root-data' });
});

test('one link is read by its path', async () => {
  await using bench = await startBench(route({ [oneLink]: linkPage([{ ...link, properties: { password: 'x', user: 'hd' } }]) }));
  expect(await bench.prod.as('viewer').getLink('data', '/ext', { username: 'alice' })).toEqual({ ...link, properties: { user: 'hd' } });
  expect(bench.calls).toHaveLength(1);
});

const refused = (code: string) => ({ fault: 'rejected', code, outcomeUnknown: false });
const other = { ...link, fsPath: '/other' };

test.each<[string, Respond, object]>([
  ['is not in the list', linkPage([other]), refused('LinkNotExist')],
  ['is one of no file system', missing, refused('LinkFileSystemNotExist')],
  ['is in the list', linkPage([other, link]), { fault: 'unavailable', code: '' }],
  ['is asked about in vain', say(500, 'LinkModelError'), { fault: 'unavailable', code: '' }],
])('an unclassified error for a link that %s', async (_name, list, error) => {
  await using bench = await startBench(route({ [oneLink.replace('ext', 'ext%2F')]: say(500, '', 'record not found'), [allLinks]: list }));
  const reading = bench.prod.as('viewer').getLink('data', '/ext/', { username: 'alice' });
  expect(await errorOf(reading)).toMatchObject({ ...error, operation: 'GET /link/data' });
});

test('an empty list in place of the link is none, either', async () => {
  await using bench = await startBench(route({ 'GET /link/data': linkPage(null) }));
  expect(await errorOf(bench.prod.as('viewer').getLink('data', '/ext'))).toMatchObject({ fault: 'rejected', code: 'LinkNotExist' });
});

test('a list that could not be read to its end proves nothing', async () => {
  await using bench = await startBench(
    route({ [oneLink.replace('&username=alice', '')]: say(500, ''), 'GET /link/data': linkPage([other], nine) }),
  );
  expect(await errorOf(bench.prod.as('viewer').getLink('data', '/ext'))).toMatchObject({ fault: 'unavailable', code: '' });
});

test.each<[string, Respond, Respond, object]>([
  ['FileSystemNotExist means that the link exists', say(403, 'FileSystemNotExist'), give(fileSystem), refused('LinkPathExist')],
  ['LinkModelError without the file system', say(500, 'LinkModelError'), missing, refused('LinkFileSystemNotExist')],
  [
    'LinkModelError with it is what it says',
    say(500, 'LinkModelError'),
    give(fileSystem),
    { fault: 'unavailable', code: 'LinkModelError', outcomeUnknown: true },
  ],
  [
    'LinkModelError while that cannot be known',
    say(500, 'LinkModelError'),
    say(500, 'LinkModelError'),
    { fault: 'unavailable', code: 'LinkModelError' },
  ],
  ['other codes stay', say(400, 'LinkPathMustBeEmpty'), give(fileSystem), refused('LinkPathMustBeEmpty')],
])('creating a link: %s', async (_name, create, read, error) => {
  await using bench = await startBench(route({ 'POST /link': create, 'GET /fs/data?username=alice': read }));
  const creating = bench.prod.as('viewer').createLink({ fsName: 'data', fsPath: '/ext', url: 'local://a', username: 'alice' });
  expect(await errorOf(creating)).toMatchObject({ ...error, operation: 'POST /link' });
});

const deletion = 'DELETE /link/data?fsPath=%2Fext&username=alice';

test.each<[string, Respond, object]>([
  ['the link is missing', linkPage([other]), refused('LinkNotExist')],
  ['the file system is missing', missing, refused('LinkFileSystemNotExist')],
  ['both are there', linkPage([link]), { fault: 'unavailable', code: 'LinkModelError', outcomeUnknown: true }],
])('deleting a link, LinkModelError: %s', async (_name, list, error) => {
  await using bench = await startBench(
    route({ 'GET /fs/data?username=alice': give(fileSystem), [deletion]: say(500, 'LinkModelError'), [allLinks]: list }),
  );
  const deleting = bench.prod.as('viewer').deleteLink('data', '/ext', { username: 'alice' });
  expect(await errorOf(deleting)).toMatchObject({ ...error, operation: 'DELETE /link/data' });
});

test('a link is deleted', async () => {
  await using bench = await startBench(route({ 'DELETE /link/data?fsPath=%2Fext': give() }));
  await bench.prod.as('viewer').deleteLink('data', '/ext');
  expect(bench.calls).toHaveLength(1);
});

// To whoever is not root, a name in the query means nothing: what is read is the own file system of that name, if there is one.
test.each<[string, Respond, object]>([
  ['when there is an own one of that name', give({ ...fileSystem, username: 'bobby' }), { fault: 'invalid', field: 'username' }],
  ['when there is none', missing, refused('LinkFileSystemNotExist')],
  ['when that cannot be known', say(500, 'FileSystemDataBaseError'), { code: 'FileSystemDataBaseError' }],
])("a link in somebody else's file system is not deleted, which the server would do: %s", async (_name, read, error) => {
  await using bench = await startBench(route({ 'GET /fs/data?username=alice': read, [deletion]: give() }));
  await expect(bench.prod.as('viewer').deleteLink('data', '/ext', { username: 'alice' })).rejects.toMatchObject(error);
  expect(bench.calls).not.toContain(deletion);
});
