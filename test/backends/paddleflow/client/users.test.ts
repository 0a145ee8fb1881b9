import { expect, test } from 'vitest';
import { errorOf } from '../../../upstream/bench.ts';
import { give, inspected, route, say, startBench } from './bench.ts';

const marker = '0123456789abcdef0123456789abcdef';
const later = 'fedcba9876543210fedcba9876543210';
const password = 'hunter2x';
const users = (names: readonly string[], nextMarker?: string) => ({
  maxKeys: 0,
  isTruncated: nextMarker !== undefined,
  nextMarker,
  userList: names.map((name) => ({ name, createTime: '2024-03-02T09:15:04.123+08:00' })),
});

test.each([
  { maxKeys: 0, isTruncated: false, userList: null },
  { maxKeys: 0, isTruncated: false, userList: [] },
])('no users: %j', async (answer) => {
  await using bench = await startBench(route({ 'GET /user': give(answer) }));
  expect(await bench.prod.as('viewer').listUsers({ maxKeys: 50 })).toEqual({ items: [], nextMarker: undefined });
});

test('a name that is taken is told as such also by a server that calls it an internal error', async () => {
  await using bench = await startBench(
    route({
      'POST /user': say(500, 'InternalError'),
      'GET /user?maxKeys=1000': give(users(['bobby'], marker)),
      [`GET /user?maxKeys=1000&marker=${marker}`]: give(users([], later)),
      [`GET /user?maxKeys=1000&marker=${later}`]: give(users(['alice'])),
    }),
  );
  const error = await errorOf(bench.prod.as('viewer').createUser({ username: 'alice', password }));
  expect(error).toMatchObject({
    fault: 'rejected',
    code: 'UserNameDuplicated',
    status: 500,
    outcomeUnknown: false,
    operation: 'POST /user',
  });
  expect(bench.calls).toHaveLength(4);
});

test.each([
  ['the name is free', give(users(['bobby']))],
  ['the list fails, too', say(403, 'AccessDenied')],
  ['the marker stands still', give(users(['bobby'], marker))],
])('an internal error stays one when %s', async (_name, list) => {
  await using bench = await startBench(route({ 'POST /user': say(500, 'InternalError'), 'GET /user': list }));
  const error = await errorOf(bench.prod.as('viewer').createUser({ username: 'alice', password }));
  expect(error).toMatchObject({ fault: 'unavailable', code: 'InternalError', outcomeUnknown: true });
  expect(bench.calls.length).toBeLessThanOrEqual(3);
});

test('another refusal is not looked into', async () => {
  await using bench = await startBench(route({ 'POST /user': say(403, 'UserNameDuplicated') }));
  expect(await errorOf(bench.prod.as('viewer').createUser({ username: 'alice', password }))).toMatchObject({
    fault: 'rejected',
    code: 'UserNameDuplicated',
  });
  expect(bench.calls).toEqual(['POST /user']);
});

test('a password is not repeated by an error, even where the server does', async () => {
  const tricky = 'a"b\\7hunter';
  const quoted = `cannot store ${tricky} or ${JSON.stringify(tricky)} of alice`;
  await using bench = await startBench(
    route({ 'POST /user': say(400, 'UserPasswordWeak', quoted), 'PUT /user/alice': say(400, 'UserPasswordWeak', quoted) }),
  );
  const client = bench.prod.as('viewer');
  for (const work of [client.createUser({ username: 'alice', password: tricky }), client.setPassword('alice', tricky)]) {
    const error = await errorOf(work);
    expect(error).toMatchObject({ code: 'UserPasswordWeak', upstreamMessage: '(withheld: it repeats a secret)' });
    expect(inspected(error)).not.toContain('hunter');
  }
});

test('a password that happens to be a part of the usual text is not told by a gap in it', async () => {
  await using bench = await startBench(route({ 'PUT /user/alice': say(400, 'UserPasswordWeak', 'at least one number and one letter') }));
  const error = await errorOf(bench.prod.as('viewer').setPassword('alice', 'number'));
  expect(error).toMatchObject({ code: 'UserPasswordWeak', upstreamMessage: '(withheld: it repeats a secret)' });
});

test('a text without the password stays', async () => {
  await using bench = await startBench(route({ 'PUT /user/alice': say(400, 'UserPasswordWeak', 'at least one number and one letter') }));
  const error = await errorOf(bench.prod.as('viewer').setPassword('alice', password));
  expect(error.upstreamMessage).toBe('at least one number and one letter');
});

test('an empty list of grants', async () => {
  await using bench = await startBench(route({ 'GET /grant': give({ maxKeys: 50, isTruncated: false, grantList: [] }) }));
  expect(await bench.prod.as('viewer').listGrants({ maxKeys: 50 })).toEqual({ items: [], nextMarker: undefined });
});
