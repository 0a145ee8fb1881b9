import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';

const source = { name: 'prod', kind: 'paddleflow', url: 'http://pf:8999', username: 'root', password: 'x', timeZone: 'UTC' };
const parse = (auth: unknown, env: Record<string, string> = {}) => parseConfig(JSON.stringify({ auth, sources: [source] }), env);
const key = createHash('sha256').update('a key of tests').digest();

test('sessions have a key from the environment, twelve hours and a check every ten seconds', () => {
  const { auth } = parse({ mode: 'open', sessionKey: '${SESSION_KEY}' }, { SESSION_KEY: key.toString('base64') });
  expect(auth).toEqual({ mode: 'open', sessionKey: key.toString('base64'), sessionHours: 12, sessionCheckMs: 10_000 });
  expect(parse({ sessionKey: key.toString('hex') }).auth).toMatchObject({ mode: 'open', sessionKey: key.toString('hex') });
  expect(parse(undefined).auth).toMatchObject({ mode: 'open', sessionHours: 12 });
});

test('what is wrong about sessions is told without the key', () => {
  const tokens = [{ name: 'session:prod:alice', sha256: 'ab'.repeat(32) }];
  const attempt = () => parse({ mode: 'tokens', tokens, sessionKey: 'too-short-and-secret', sessionHours: 0 });
  expect(attempt).toThrow(/auth\.sessionKey: must be 32 bytes in base64 or hexadecimal/);
  expect(attempt).toThrow(/auth\.sessionHours/);
  expect(attempt).toThrow(/auth\.tokens\[0\]\.name: must not begin with "session:"/);
  expect(attempt).not.toThrow(/too-short-and-secret/);
});

const parsed = (accounts: unknown) => parse({ mode: 'tokens', tokens: [{ name: 'ci', sha256: key.toString('hex'), accounts }] });
test('an account on a source is one on a source that is there', () => {
  expect(parsed({ prod: 'alice' }).auth).toMatchObject({ tokens: [{ accounts: { prod: 'alice' } }] });
  expect(() => parsed({ lab: 'alice' })).toThrow('auth.tokens[0].accounts: names a source that is not configured');
  expect(() => parsed({ prod: '' })).toThrow('auth.tokens[0].accounts.prod: must not be empty');
});
