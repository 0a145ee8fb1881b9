import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';

const source = { name: 'prod', kind: 'paddleflow', url: 'http://pf:8999', username: 'root', password: 'p', timeZone: 'UTC' };
const parse =
  (config: object, env: NodeJS.ProcessEnv = {}) =>
  () =>
    parseConfig(JSON.stringify({ sources: [source], ...config }), env);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const withToken = (hash: string) => parse({ auth: { mode: 'tokens', tokens: [{ name: 'ci', sha256: hash }] } });

test.each(
  [
    'test',
    'password',
    'changeme',
    'secret',
    'token',
    'admin',
    'example',
    '',
    'Test1',
    'PASSWORD',
    'secret123',
    '123456',
    'test\n',
    'your-token',
    '$TOKEN',
  ].map((word) => [word, sha256(word)] as const),
)('the hash of %j is refused, with how to make a real one', (_word, hash) => {
  expect(withToken(hash)).toThrow(/auth\.tokens\[0\]\.sha256: .*openssl rand .*sha256sum/);
});

test('so are the samples that this README once had, and those that it has are of no word', async () => {
  expect(withToken('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')).toThrow(/word/);
  expect(withToken('60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752')).toThrow(/word/);
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const hashes = readme.match(/\b[0-9a-f]{64}\b/g) ?? [];
  expect(hashes.length).toBeGreaterThan(0);
  for (const hash of hashes) expect(withToken(hash)).not.toThrow();
  expect(withToken(sha256('a real one: 8d2hWq'))).not.toThrow();
});

const bytes = (make: (at: number) => number) => Buffer.from(Array.from({ length: 32 }, (_, at) => make(at)));
test.each([
  ['zeros', bytes(() => 0)],
  ['one byte over and over', bytes(() => 0xff)],
  ['two bytes over and over', bytes((at) => (at % 2 ? 0xab : 0xcd))],
  ['counted up', bytes((at) => at)],
  ['counted down', bytes((at) => 255 - at)],
  ['letters', Buffer.from('0123456789abcdef0123456789abcdef')],
  ['words', Buffer.from('this-is-a-secret-key-of-32-bytes')],
])('a session key of %s is refused in hexadecimal and in base64, with how to make a real one', (_what, key) => {
  for (const form of ['hex', 'base64', 'base64url'] as const)
    expect(parse({ auth: { mode: 'open', sessionKey: key.toString(form) } })).toThrow(/auth\.sessionKey: .*openssl rand -base64 32/);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('one made of random bytes is taken (%i)', (seed) => {
  const sessionKey = sha256(`key ${seed}`);
  expect(parse({ auth: { mode: 'open', sessionKey } })).not.toThrow();
});

test.each([
  'changeme',
  'CHANGE_ME',
  'change-this',
  '<password>',
  '<the password>',
  'your-password',
  'your_secret_here',
  '…',
  '...',
  '***',
  'xxxx',
  '$PASSWORD',
  '{{ password }}',
  'placeholder',
  'TODO',
])('a password that reads %j was never filled in', (password) => {
  expect(parse({ sources: [{ ...source, password }] })).toThrow(/sources\[0\]\.password: .*placeholder/);
  expect(parse({ sources: [{ ...source, password: '${PF}' }] }, { PF: password })).toThrow(/sources\[0\]\.password: .*placeholder/);
  expect(parse({ database: { url: `postgres://me:${encodeURIComponent(password)}@db/x` } })).toThrow(/database\.url: .*placeholder/);
});

test.each(['paddleflow', 'p', 'x', 'todo-list-9', 'my cat', 'example.com-9x'])('%j may be a password', (password) => {
  expect(parse({ sources: [{ ...source, password }] })).not.toThrow();
});
