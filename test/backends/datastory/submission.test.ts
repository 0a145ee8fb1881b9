import { describe, expect, test } from 'vitest';
import { DataStorySourceConfig } from '../../../src/backends/datastory/config.ts';
import { isEmail, maskedEmail } from '../../../src/backends/datastory/task/email.ts';
import type { LocationInput } from '../../../src/backends/datastory/task/location.ts';
import { pauseMs } from '../../../src/backends/datastory/task/rhythm.ts';
import { stateFromWire } from '../../../src/backends/datastory/task/state.ts';
import { readSubmission, type SubmissionInput } from '../../../src/backends/datastory/task/submission.ts';
import { numberOf } from '../../../src/core/exact-number.ts';
import { InvalidCallError } from '../../../src/upstream/errors.ts';
import { cosmetics, readConfig } from './bench.ts';

const storage = [
  { name: 'lake', type: 'HDFS', host: 'nn1.acme.example', port: '9870', spareHost: 'nn2.acme.example', userName: 'analytics' },
  {
    name: 'texts',
    type: 'CEPH',
    host: 'ceph.acme.example',
    port: '7480',
    userName: 'AK-1',
    password: 'SK-1',
    paths: ['nlp-in#', 'nlp-out#2026'],
  },
];
const algorithms = [
  cosmetics,
  { name: 'flat', submitPath: '/api/flat', paramsMode: 'flat' },
  { name: 'nested', submitPath: '/api/nested', paramsMode: 'nested' },
];
const config = readConfig({ storage, algorithms, hosts: ['*.hadoop.example', 'one.example:9870'] });
const lake: LocationInput = { profile: 'lake', path: '/data/in/posts.txt' };
const texts: LocationInput = { profile: 'texts', path: 'nlp-out#2026/01/02' };
const asked: SubmissionInput = { algorithm: 'triple-cosmetics', input: lake, output: texts, email: 'ops@acme.example' };
const hdfs = (change: object = {}) => ({ hdfs: { host: 'nn1.hadoop.example', port: '9870', userName: 'a', path: '/data', ...change } });
const ceph = (change: object = {}) => ({
  ceph: { host: 's3.hadoop.example', port: '7480', accessKey: 'AK-2', secretKey: 'SK-2', path: 'in#a', ...change },
});

/** What is refused: field and reason. */
function refusal(change: Partial<SubmissionInput>, rules = config): string {
  try {
    readSubmission({ ...asked, ...change }, rules);
  } catch (error) {
    if (error instanceof InvalidCallError) return error.message;
    throw error;
  }
  return 'nothing';
}

test('locations by profile, of two kinds: the profile has the secrets, what is kept has none', () => {
  const { wire, input, output } = readSubmission(asked, config);
  expect(wire).toEqual({
    inputFileSystemInfo: {
      fileSystemType: 'HDFS',
      host: 'nn1.acme.example',
      port: '9870',
      spareHost: 'nn2.acme.example',
      userName: 'analytics',
      inputPath: '/data/in/posts.txt',
    },
    outputFileSystemInfo: {
      fileSystemType: 'CEPH',
      host: 'ceph.acme.example',
      port: '7480',
      userName: 'AK-1',
      password: 'SK-1',
      outputPath: 'nlp-out#2026/01/02',
    },
    mailAddress: 'ops@acme.example',
  });
  expect(input).toMatchObject({ kind: 'HDFS', profile: 'lake', userName: 'analytics', bucket: null, path: '/data/in/posts.txt' });
  expect(output).toMatchObject({ kind: 'CEPH', profile: 'texts', userName: null, bucket: 'nlp-out', path: '2026/01/02' });
  expect(JSON.stringify([input, output])).not.toMatch(/AK-1|SK-1/);
});

test('locations by value: a second NameNode may be missing, a key may hold a second #', () => {
  const { wire, input, output } = readSubmission({ ...asked, input: hdfs(), output: ceph({ path: 'out#a#b' }) }, config);
  expect(wire.inputFileSystemInfo).toEqual({
    fileSystemType: 'HDFS',
    host: 'nn1.hadoop.example',
    port: '9870',
    userName: 'a',
    inputPath: '/data',
  });
  expect(wire.outputFileSystemInfo).toMatchObject({ userName: 'AK-2', password: 'SK-2', outputPath: 'out#a#b' });
  expect([input.profile, output.bucket, output.path, output.userName]).toEqual([null, 'out', 'a#b', null]);
});

describe('where the platform would be sent to', () => {
  test.each([
    ['nn1.hadoop.example', 'nothing'],
    ['NN1.Hadoop.Example', 'nothing'],
    ['one.example', 'nothing'],
    ['nn2.acme.example', 'nothing'], // of a profile, at the port of the profile
    ['hadoop.example', 'not among the hosts'],
    ['evil-hadoop.example', 'not among the hosts'],
    ['nn1.hadoop.example.evil.example', 'not among the hosts'],
    ['127.0.0.1', 'not among the hosts'],
    ['2130706433', 'not among the hosts'],
    ['metadata.google.internal', 'not among the hosts'],
    ['nn1.hadoop.example.', 'a bare host name'],
    ['a..hadoop.example', 'a bare host name'],
    ['-a.hadoop.example', 'a bare host name'],
    ['http://nn1.hadoop.example', 'a bare host name'],
    ['nn1.hadoop.example/x', 'a bare host name'],
    ['user@nn1.hadoop.example', 'a bare host name'],
    ['nn1.hadoop.example:80', 'a bare host name'],
    ['[::1]', 'a bare host name'],
    ['x\n.hadoop.example', 'a bare host name'],
    ['ⅹ.hadoop.example', 'a bare host name'],
    ['', 'a bare host name'],
  ])('host %j: %s', (host, words) => {
    expect(refusal({ input: hdfs({ host }) })).toContain(words);
    expect(refusal({ output: hdfs({ spareHost: host }) })).toContain(words);
  });

  test.each(['0', '00', '65536', '-1', '9870x', '', ' 9870', '1e3', '٣'])('port %j is none', (port) => {
    expect(refusal({ input: hdfs({ port }) })).toBe('input.hdfs.port must be a port, from 1 to 65535');
    expect(refusal({ output: ceph({ port }) })).toBe('output.ceph.port must be a port, from 1 to 65535');
  });

  test('a rule may be for one port', () => {
    expect(refusal({ input: hdfs({ host: 'one.example', port: '22' }) })).toContain('not among the hosts');
    expect(refusal({ input: hdfs({ host: 'nn1.acme.example', port: '22' }) })).toContain('not among the hosts');
    expect(refusal({ input: hdfs({ port: '22' }) })).toBe('nothing');
  });

  test('without a list nobody names hosts of their own', () => {
    expect(refusal({ input: hdfs() }, readConfig())).toContain('input.hdfs.host is not among the hosts');
    expect(refusal({ input: lake }, readConfig())).toBe('input.profile.name is none of the storage profiles: there are none');
  });
});

describe('paths', () => {
  test.each([
    ['/data/../etc', 'must not hold'],
    ['/data/..', 'must not hold'],
    ['/data/%2e%2E/etc', 'must not hold'],
    ['/data/..%2fetc', 'must not hold'],
    ['/data/..\\etc', 'must not hold'],
    ['data/in', 'must begin with /'],
    ['', '1 to 4096 characters'],
    ['/a\0b', '1 to 4096 characters'],
    ['/a\u0085b', '1 to 4096 characters'],
    [`/${'a'.repeat(4096)}`, '1 to 4096 characters'],
    ['/data/..hidden/a..b', 'nothing'],
    ['/', 'nothing'],
  ])('on HDFS %j: %s', (path, words) => expect(refusal({ input: { profile: 'lake', path } })).toContain(words));

  test.each([
    ['nlp-in#a', 'nothing'],
    ['nlp-out#2026', 'nothing'],
    ['nlp-out#2026/a', 'nothing'],
    ['nlp-out#20261', 'none of the folders'],
    ['nlp-inner#a', 'none of the folders'],
    ['nlp-in', 'none of the folders'],
    ['nlp-in#', 'must be bucket#path'],
    ['nlp-in#../other', 'must not hold'],
    ['nlp-in#a/../../b', 'must not hold'],
  ])('in folders of a profile %j: %s', (path, words) => expect(refusal({ input: { profile: 'texts', path } })).toContain(words));

  test.each(['#a', 'a', '/a', 'a#'])('on CEPH %j is not bucket#path', (path) =>
    expect(refusal({ input: ceph({ path }) })).toBe('input.ceph.path must be bucket#path on CEPH'),
  );
});

describe('whom the platform writes to', () => {
  const strict = readConfig({ storage, email: { default: 'team@acme.example', domains: ['acme.example'] } });
  test.each([
    ['ops@acme.example', 'nothing'],
    ['Ops@ACME.Example', 'nothing'],
    [undefined, 'nothing'],
    ['ops@sub.acme.example', 'a domain that the configuration does not allow'],
    ['ops@acme.example.evil.example', 'a domain that'],
    ['ops@evil.example', 'a domain that'],
    ['a@evil.example,ops@acme.example', 'no e-mail address'],
    ['Ops <ops@acme.example>', 'no e-mail address'],
    ['ops@acme.example\r\nBcc: a@b.example', 'no e-mail address'],
    ['a@b@acme.example', 'no e-mail address'],
    ['', 'no e-mail address'],
    [`${'a'.repeat(250)}@acme.example`, 'no e-mail address'],
  ])('%j: %s', (email, words) => expect(refusal({ email }, strict)).toContain(words));

  test('it is a must, and is kept in part only', () => {
    expect(refusal({ email: undefined })).toBe('email is missing, and the configuration has none');
    expect(readSubmission({ ...asked, email: undefined }, strict).wire['mailAddress']).toBe('team@acme.example');
    expect(maskedEmail('ops@acme.example')).toBe('o…@acme.example');
    expect(isEmail('ops@acme.example')).toBe(true);
  });

  test('its key is what the configuration says', () => {
    const { wire } = readSubmission(asked, readConfig({ storage, emailKey: 'noticeMail' }));
    expect([wire['noticeMail'], Object.keys(wire)]).toEqual([
      'ops@acme.example',
      ['inputFileSystemInfo', 'outputFileSystemInfo', 'noticeMail'],
    ]);
  });
});

describe('parameters', () => {
  const parameters = { depth: numberOf('1.0'), words: ['a', null] };
  const sent = (algorithm: string, given: unknown = parameters) =>
    JSON.stringify(readSubmission({ ...asked, algorithm, parameters: given }, config).wire);

  test('go nowhere, beside the other keys, or below one, exactly as they were given', () => {
    expect(refusal({ parameters })).toBe('parameters cannot be given: triple-cosmetics takes none');
    expect(refusal({ parameters: {} })).toBe('nothing');
    expect(sent('flat')).toContain('{"depth":1.0,"words":["a",null],"inputFileSystemInfo"');
    expect(sent('nested')).toContain('{"params":{"depth":1.0,"words":["a",null]},"inputFileSystemInfo"');
  });

  test.each(['inputFileSystemInfo', 'outputFileSystemInfo', 'mailAddress'])('beside the other keys none may be called %s', (name) => {
    const words = `parameters must not have the name ${name}, which is a key of the submission itself`;
    expect(refusal({ algorithm: 'flat', parameters: { [name]: {} } })).toBe(words);
    expect(refusal({ algorithm: 'nested', parameters: { [name]: {} } })).toBe('nothing');
  });

  test('a name that objects of the language have by themselves is a name', () => {
    expect(sent('flat', JSON.parse('{"__proto__": 1, "constructor": 2}'))).toContain(
      '{"__proto__":1,"constructor":2,"inputFileSystemInfo"',
    );
  });

  test.each([[[1]], ['a'], [1], [true]])('%j is no object', (given) =>
    expect(refusal({ algorithm: 'flat', parameters: given })).toBe('parameters must be an object of names and values'),
  );

  test('there is a bound to their size', () =>
    expect(refusal({ algorithm: 'flat', parameters: { a: 'x'.repeat(65_536) } })).toContain('must not have more than 65536 bytes'));
});

test('an algorithm is one of the configuration', () =>
  expect(refusal({ algorithm: 'toString' })).toBe('algorithm is none of those of lab: triple-cosmetics, flat, nested'));

test.each([
  ['INITIALING', 'QUEUED'],
  ['Initializing', 'QUEUED'],
  ['running', 'RUNNING'],
  ['FINISHED', 'SUCCEEDED'],
  ['ERROR', 'FAILED'],
  ['CANCELED', 'CANCELLED'],
  ['cancelled', 'CANCELLED'],
  [' FINISHED\n', 'SUCCEEDED'],
  ['PAUSED', 'UNKNOWN'],
  ['constructor', 'UNKNOWN'],
  ['', 'UNKNOWN'],
])('the word %j means %s', (word, state) => expect(stateFromWire(word)).toBe(state));

const middle = () => 0.5;
describe('the rhythm of asking', () => {
  const { poll } = readConfig();
  const hour = 3_600_000;

  test('5 s, half as long again each time, up to a minute; after a day once an hour', () => {
    expect([0, 1, 2, 6, 7, 500].map((times) => pauseMs(poll, times, 0, middle))).toEqual([
      5_000, 7_500, 11_250, 56_953.125, 60_000, 60_000,
    ]);
    expect([24 * hour, 24 * hour + 1, 900 * hour].map((ageMs) => pauseMs(poll, 9, ageMs, middle))).toEqual([60_000, hour, hour]);
    expect(pauseMs(readConfig({ poll: { giveUpHours: 0.5 } }).poll, 0, hour, middle)).toBe(hour);
  });

  test('up to a fifth more or less, so that not all are asked for together', () => {
    expect([0, 1 - Number.EPSILON].map((random) => Math.round(pauseMs(poll, 0, 0, () => random)))).toEqual([4_000, 6_000]);
  });

  test('a longest pause below the first one is the first one', () => {
    const odd = readConfig({ poll: { intervalMs: 10_000, maxIntervalMs: 1_000 } }).poll;
    expect([0, 1].map((times) => pauseMs(odd, times, 0, middle))).toEqual([10_000, 10_000]);
  });
});

test.each([
  ['algorithms', [], 'Too small'],
  ['algorithms', [cosmetics, cosmetics], 'a name of its own'],
  ['algorithms', [{ name: 'a', submitPath: 'http://evil.example/' }], 'must begin with /'],
  ['algorithms', [{ name: 'a', submitPath: '/a/../b' }], 'must hold no query, fragment or dots'],
  [
    'algorithms',
    [{ name: 'a', submitPath: '/a', paramsMode: 'nested', paramsKey: 'inputFileSystemInfo' }],
    'a key of the submission already',
  ],
  ['storage', [storage[0], storage[0]], 'a name of its own'],
  ['storage', [{ ...storage[0], password: 'x' }], 'Unrecognized key'],
  ['email', { default: 'nobody' }, 'is no e-mail address'],
  ['timeZone', 'Mars/Olympus', 'is not an IANA time zone'],
  ['token', 'Bearer x', 'must be one word'],
  ['hosts', ['http://a'], 'must be a host name'],
  ['url', 'https://user:pw@host', 'must hold no user'],
])('a configuration whose %s is %j is refused', (key, value, words) => {
  const result = DataStorySourceConfig.safeParse({ name: 'lab', kind: 'datastory', token: 't', algorithms: [cosmetics], [key]: value });
  expect(result.error?.issues.map(({ message }) => message).join()).toContain(words);
});
