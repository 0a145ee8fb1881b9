import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepSessionKey } from '../../src/auth/session-key.ts';
import { createSeal, readSessionKey } from '../../src/auth/session.ts';
import { withoutSecrets } from '../../src/graphql/redact.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const key = Buffer.alloc(32, 7);

test.each([key.toString('hex'), key.toString('hex').toUpperCase(), key.toString('base64'), key.toString('base64url')])(
  'a key of 32 bytes is read from %s',
  (text) => expect(readSessionKey(text)).toEqual(key),
);
test.each(['', 'secret', key.toString('hex').slice(2), key.subarray(1).toString('base64'), `${key.toString('hex')} `])(
  '%j is no key',
  (text) => expect(readSessionKey(text)).toBeUndefined(),
);

test('what a sealed session holds cannot be read in it', async () => {
  const seal = createSeal(key, 1);
  const { sealed, session } = await seal.seal({ source: 'prod', user: 'alice', token: 'upstream-token' });
  const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  for (const word of ['prod', 'alice', 'upstream-token']) expect(readable.join()).not.toContain(word);
  expect(await seal.open(sealed)).toEqual(session);
});

test('a session that is over still tells whose it was, and one of another key does not', async () => {
  const { sealed } = await createSeal(key, -24).seal({ source: 'prod', user: 'alice', token: 'upstream-token' });
  const seal = createSeal(key, 1);
  await expect(seal.open(sealed)).rejects.toThrow('expired');
  expect(await seal.recognise(sealed)).toEqual({ source: 'prod', user: 'alice' });
  expect(await createSeal(Buffer.alloc(32, 8), 1).recognise(sealed)).toBeUndefined();
  const { sealed: ancient } = await createSeal(key, -100 * 24).seal({ source: 'prod', user: 'alice', token: 'upstream-token' });
  expect(await seal.recognise(ancient)).toBeUndefined();
  expect(await seal.recognise('no token')).toBeUndefined();
});

test('the key of the demo is made once, for its owner alone', async () => {
  await using folder = await makeTemporaryFolder('session-key');
  const file = join(folder.path, 'data', 'session-key');
  const [first, second] = await Promise.all([keepSessionKey(file), keepSessionKey(file)]);
  expect(readSessionKey(first)).toHaveLength(32);
  expect(second).toBe(first);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each([
  [
    'Variable "$input" got invalid value { source: "prod", password: "a; b" }; Field "username" of required type "String!" was not provided.',
    'Variable "$input" got an invalid value at "input"; Field "username" of required type "String!" was not provided.',
  ],
  [
    'Variable "$input" got invalid value 1234 at "input.password"; String cannot represent a non string value: 1234',
    'Variable "$input" got an invalid value at "input.password"; String cannot represent a non string value',
  ],
  ['Variable "$first" got invalid value "x"; Int cannot represent non-integer value: "x"', undefined],
  ['Cannot query field "password" on type "User".', undefined],
])('of %s clients learn what holds no secret', (message, told = message) => expect(withoutSecrets(message)).toBe(told));
