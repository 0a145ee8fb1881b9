import { expect, test } from 'vitest';
import { fileSystemFromWire } from '../../../../src/backends/paddleflow/file-system/model.ts';
import { mountCommand } from '../../../../src/backends/paddleflow/file-system/mount.ts';
import { fileSystemSchemes, linkStorageOf, type StorageInput, storageOf } from '../../../../src/backends/paddleflow/file-system/storage.ts';
import { mountedIn } from '../../../../src/backends/paddleflow/file-system/used-by.ts';

const keys = { accessKey: 'AK', secretKey: 'SK' };
const bucket = { bucket: 'b', path: '/p', endpoint: 'http://10.0.0.5:9000', ...keys };
const at = { address: 'h:1', path: '/p' };

test.each<[StorageInput, string, object]>([
  [{ s3: bucket }, 's3://b/p', { ...keys, endpoint: bucket.endpoint }],
  [{ s3: { ...bucket, path: '/', region: 'us' } }, 's3://b/', { ...keys, endpoint: bucket.endpoint, region: 'us' }],
  [
    { bos: { ...bucket, sts: true, durationSeconds: 60 } },
    'bos://b/p',
    { ...keys, endpoint: bucket.endpoint, sts: 'true', duration: '60' },
  ],
  [{ bos: { ...bucket, sts: false } }, 'bos://b/p', { ...keys, endpoint: bucket.endpoint }],
  [{ hdfs: { ...at, user: 'u', group: 'g' } }, 'hdfs://h:1/p', { user: 'u', group: 'g' }],
  [{ hdfs: { ...at, address: 'h1:1,h2:2', kerberos: [{ name: 'realm', value: 'R' }] } }, 'hdfs://h1:1,h2:2/p', { 'kerberos.realm': 'R' }],
  [{ sftp: { ...at, user: 'u', password: 'p' } }, 'sftp://h:1/p', { user: 'u', password: 'p' }],
  [{ cfs: at }, 'cfs://h:1/p', {}],
  [{ afs: { ...at, username: 'u', password: 'p' } }, 'afs://h:1/p', { username: 'u', password: 'p' }],
  [{ glusterfs: { address: 'h', volume: 'v' } }, 'glusterfs://h:v', {}],
  [{ local: { path: '/data/a' } }, 'local://data/a', {}],
  [{ mock: { pvc: 'c', namespace: 'ml', path: '/a/b' } }, 'mock://a/b', { pvc: 'c', namespace: 'ml' }],
  [{ url: { url: 'cfs://h/p', properties: [{ name: 'x', value: 'y' }] } }, 'cfs://h/p', { x: 'y' }],
])('%j becomes %s', (input, url, properties) => {
  expect(storageOf(input, fileSystemSchemes)).toEqual({ url, properties });
});

test('a local link says that it is for debugging', () => {
  expect(linkStorageOf({ local: { path: '/data' } })).toEqual({ url: 'local://data', properties: { debug: 'true' } });
});

test.each<[string, StorageInput]>([
  ['storage.s3.bucket', { s3: { ...bucket, bucket: 'a/b' } }],
  ['storage.s3.path', { s3: { ...bucket, path: 'p' } }],
  ['storage.s3.path', { s3: { ...bucket, path: '/a/../b' } }],
  ['storage.s3.path', { s3: { ...bucket, path: '/a?b' } }],
  ['storage.s3.endpoint', { s3: { ...bucket, endpoint: '' } }],
  ['storage.s3.endpoint', { s3: { ...bucket, endpoint: 'http://AK:SECRET@host' } }],
  ['storage.s3.secretKey', { s3: { ...bucket, secretKey: '' } }],
  ['storage.s3.accessKey', { s3: { ...bucket, accessKey: 'SECRET\n' } }],
  ['storage.bos.durationSeconds', { bos: { ...bucket, sts: true, durationSeconds: 59 } }],
  ['storage.bos.durationSeconds', { bos: { ...bucket, sts: true, durationSeconds: 129_601 } }],
  ['storage.bos.durationSeconds', { bos: { ...bucket, sts: false, durationSeconds: 100 } }],
  ['storage.hdfs', { hdfs: { ...at, user: 'u' } }],
  ['storage.hdfs.kerberos', { hdfs: { ...at, kerberos: [{ name: 'a b', value: 'SECRET' }] } }],
  ['storage.hdfs.address', { hdfs: { ...at, address: 'u:SECRET@h', user: 'u', group: 'g' } }],
  ['storage.sftp.password', { sftp: { ...at, user: 'u', password: '' } }],
  ['storage.sftp.address', { sftp: { ...at, address: '', user: 'u', password: 'p' } }],
  ['storage.glusterfs.address', { glusterfs: { address: 'h:1', volume: 'v' } }],
  ['storage.glusterfs.volume', { glusterfs: { address: 'h', volume: '' } }],
  ['storage.local.path', { local: { path: '/' } }],
  ['storage.local.path', { local: { path: '/root/x' } }],
  ['storage.local.path', { local: { path: '//x' } }],
  ['storage.mock.pvc', { mock: { pvc: '', namespace: 'ml', path: '/a' } }],
  ['storage.mock.path', { mock: { pvc: 'c', namespace: 'ml', path: '/' } }],
  ['storage.url.url', { url: { url: 'ftp://h/p' } }],
  ['storage.url.url', { url: { url: 'local:///x' } }],
  ['storage.url.url', { url: { url: 'sftp://u:SECRET@h/p' } }],
  ['storage.url.properties', { url: { url: 's3://b/p', properties: [{ name: 'accessKey', value: 'SECRET' }] } }],
])('a mistake in %s is named, without repeating a secret', (field, input) => {
  const refused = (() => {
    try {
      return storageOf(input, fileSystemSchemes);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toMatchObject({ name: 'InvalidInputProblem', field });
  expect(String(refused)).not.toContain('SECRET');
});

test('a link leads to fewer kinds of storage', () => {
  expect(() => linkStorageOf({ url: { url: 'cfs://h/p' } })).not.toThrow();
  expect(() => linkStorageOf({ url: { url: 'mock://h/p' } })).toThrow('must begin with');
});

const fileSystem = { owner: 'alice', name: 'data' };
const mount = { fileSystem, path: '/mnt/data', server: '10.0.0.1:8999', user: 'alice', options: [] };

test('the mount command is what the SDK runs, but for the password, which the shell fills in', () => {
  expect(mountCommand(mount)).toBe(
    'nohup "$fuse_env" mount --fs-id=fs-alice-data --mount-point=/mnt/data --server=10.0.0.1:8999 --user-name=alice --password="$PADDLEFLOW_PASSWORD" > mount-data.err.log 2>&1 &',
  );
});

test('nothing in a mount command is more than one word of the shell', () => {
  const odd = '/mnt/it\'s $(rm -rf) `x` "; &';
  const command = mountCommand({ ...mount, path: odd, user: undefined, options: [{ name: 'file-mode', value: '06 44' }] });
  expect(command).toContain(`--mount-point='/mnt/it'\\''s $(rm -rf) \`x\` "; &' --server`);
  expect(command).toContain(`--user-name="$PADDLEFLOW_USERNAME" --password="$PADDLEFLOW_PASSWORD" --file-mode='06 44' > mount-data`);
});

test.each([
  ['an empty path', { path: '' }],
  ['a path of two lines', { path: '/a\n/b' }],
  ['an option that is none', { options: [{ name: 'a b', value: '' }] }],
  ['a second password', { options: [{ name: 'password', value: 'x' }] }],
  ['an option of two lines', { options: [{ name: 'a', value: 'x\ny' }] }],
])('%s makes no mount command', (_what, change) => {
  expect(() => mountCommand({ ...mount, ...change })).toThrow(expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }));
});

test('a workflow mounts its main file system and those of all its steps', () => {
  const yaml = `fs_options: {main_fs: {name: a}, extra_fs: [{name: b}]}
entry_points:
  one: {extra_fs: [{name: c}, {mount_path: x}]}
  dag: {entry_points: {two: {extra_fs: [{name: d}]}}}
`;
  expect([...mountedIn(yaml)].toSorted()).toEqual(['a', 'b', 'c', 'd']);
  expect([...mountedIn(': :')]).toEqual([]);
  expect([...mountedIn('')]).toEqual([]);
});

test.each([
  // As a server has shown them: no host of a mock one, the scheme before the address of an afs one.
  [
    { type: 'mock', serverAddress: '', subPath: '/x' },
    { serverAddress: '', subPath: '/x' },
  ],
  [
    { type: 'afs', serverAddress: 'afs://h:1', subPath: '/x' },
    { serverAddress: 'h:1', subPath: '/x' },
  ],
  [
    { type: 'hdfs', serverAddress: 'u:p@h:1', subPath: '/x' },
    { serverAddress: 'h:1', subPath: '/x' },
  ],
])('%j is shown as it was asked for', (wire, shown) => {
  const rest = { id: 'fs-alice-data', name: 'data', username: 'alice', properties: {}, independentMountProcess: false };
  expect(fileSystemFromWire('prod', { ...rest, ...wire })).toMatchObject(shown);
});
