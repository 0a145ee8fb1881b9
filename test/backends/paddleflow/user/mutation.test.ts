import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toGlobalId, type Bench } from '../../../support/bench.ts';
import { headersOf, passwordOf, startAccounts } from '../accounts.ts';
import { startUpstream, upstreamUser } from '../upstream.ts';

const v1 = '/api/paddleflow/v1';
const idOf = (name: string) => toGlobalId('User', 'prod', name);
const problem = '__typename ... on Problem { message } ... on InvalidInputProblem { field }';
const create = `mutation ($input: CreateUserInput!) { createUser(input: $input) { ${problem} ... on CreateUserPayload { user { id name } } } }`;
const remove = `mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { ${problem}
  ... on DeleteUserPayload { deletedId affected { grantedQueueIds unfinishedRunIds scheduleIds runCount pipelineCount fileSystemCount } } } }`;
const change = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ${problem} ... on ChangePasswordPayload { user { name } } } }`;

let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts();
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());
const ask = async (query: string, input: Record<string, unknown>, who = 'boss') => {
  const headers = await headersOf(bench, who);
  const { data, errors } = await bench.query(query, { input }, headers);
  return Object.values(data ?? {})[0] ?? errors;
};
const canSignIn = async (username: string, password: string) =>
  (await upstreamUser(bench.sandbox('prod').url, username, password)).token !== undefined;
const made = (username: string, password = passwordOf(username)) => ask(create, { source: 'prod', username, password });

describe('createUser', () => {
  test.each([
    ['boss', 'CreateUserPayload', 1],
    ['session:root', 'CreateUserPayload', 1],
    ['ops', 'ForbiddenProblem', 0],
    ['alice', 'ForbiddenProblem', 0],
    ['session:alice', 'ForbiddenProblem', 1],
  ])('by %s is answered with a %s after %i upstream calls', async (who, typename, calls) => {
    const username = `by${who.replace(/\W/g, '')}`;
    expect(await ask(create, { source: 'prod', username, password: 'a-secret-1' }, who)).toMatchObject({ __typename: typename });
    expect(bench.calls()).toEqual(Array.from({ length: calls }, () => `POST ${v1}/user`));
    expect(await canSignIn(username, 'a-secret-1')).toBe(typename === 'CreateUserPayload');
  });

  test('makes a user who is found by the id in the payload', async () => {
    expect(await made('carol')).toEqual({ __typename: 'CreateUserPayload', user: { id: idOf('carol'), name: 'carol' } });
    const found = await bench.query('query ($id: ID!) { user(id: $id) { name } }', { id: idOf('carol') }, await headersOf(bench, 'boss'));
    expect(found.data).toEqual({ user: { name: 'carol' } });
  });

  test.each([
    ['abc', 'username'],
    ['seventeenletters1', 'username'],
    ['with-dash', 'username'],
    ['Root', 'username'],
    ['rOOT', 'username'],
    ['mylogin', 'username'],
    ['MyLogin', 'username'],
  ])('of the name %s is invalid input before anything is sent', async (username, field) => {
    expect(await ask(create, { source: 'prod', username, password: 'a-secret-1' })).toMatchObject({
      __typename: 'InvalidInputProblem',
      field,
    });
    expect(bench.calls()).toEqual([]);
  });

  test.each([`${'a1'.repeat(36)}!`, `a1${'ü'.repeat(36)}`])(
    'with a password over 72 bytes is invalid input, before it is sent: %j',
    async (password) => {
      bench.forgetCalls();
      expect(await ask(create, { source: 'prod', username: 'lengthy', password })).toMatchObject({
        __typename: 'InvalidInputProblem',
        field: 'password',
      });
      expect(await ask(change, { id: idOf('alice'), password })).toMatchObject({ __typename: 'InvalidInputProblem', field: 'password' });
      expect(bench.calls()).toEqual([]);
    },
  );

  test.each(['short', 'nodigits', 'NOLOWER1', ''])('with the weak password %j is invalid input', async (password) => {
    expect(await ask(create, { source: 'prod', username: 'weakling', password })).toMatchObject({
      __typename: 'InvalidInputProblem',
      field: 'password',
    });
  });

  test('of a name that is taken is a conflict', async () => {
    expect(await made('alice')).toMatchObject({ __typename: 'ConflictProblem' });
  });

  test('on a source that is not there finds nothing', async () => {
    expect(await ask(create, { source: 'moon', username: 'carol', password: 'a-secret-1' })).toMatchObject({
      __typename: 'NotFoundProblem',
    });
  });
});

describe('changePassword', () => {
  test.each([
    ['boss', 'ChangePasswordPayload'],
    ['session:root', 'ChangePasswordPayload'],
    ['ops', 'ForbiddenProblem'],
    ['alice', 'ChangePasswordPayload'],
    ['bobby', 'ForbiddenProblem'],
    ['session:alice', 'ChangePasswordPayload'],
    ['session:bobby', 'ForbiddenProblem'],
  ])('of alice by %s is answered with a %s', async (who, typename) => {
    const root = await upstreamUser(bench.sandbox('prod').url);
    const password = `changed-by-${who.replace(/\W/g, '')}1`;
    expect(await ask(change, { id: idOf('alice'), password }, who)).toMatchObject({ __typename: typename });
    expect(await canSignIn('alice', password)).toBe(typename === 'ChangePasswordPayload');
    await root.call('PUT', '/user/alice', { password: passwordOf('alice') });
  });

  test.each([
    ['ghost', 'changed-1', { __typename: 'NotFoundProblem' }],
    ['alice', 'weak', { __typename: 'InvalidInputProblem', field: 'password' }],
    ['alice', '', { __typename: 'InvalidInputProblem', field: 'password' }],
    ['../login', 'changed-1', { __typename: 'InvalidInputProblem' }],
    ['superlogin', 'changed-1', { __typename: 'InvalidInputProblem' }],
  ])('of %s to %j is answered by what is wrong with it', async (name, password, answer) => {
    expect(await ask(change, { id: idOf(name), password })).toMatchObject(answer);
  });

  test('whose answer is lost may have happened, and the sessions are asked about again', async () => {
    const headers = await headersOf(bench, 'session:bobby');
    bench.control.orderFault({ kind: 'cut', applied: true, times: 1, path: '/user/bobby' });
    expect(await ask(change, { id: idOf('bobby'), password: 'changed-1' })).toMatchObject({ __typename: 'UnconfirmedProblem' });
    bench.control.clearFaults();
    expect(await bench.query('{ viewer { name } }', {}, headers)).toMatchObject({ errors: [{ extensions: { reason: 'SESSION_ENDED' } }] });
    expect(await ask(change, { id: idOf('bobby'), password: passwordOf('bobby') })).toMatchObject({ __typename: 'ChangePasswordPayload' });
  });
});

describe('deleteUser', () => {
  test.each([
    ['boss', 'DeleteUserPayload', 1],
    ['session:root', 'DeleteUserPayload', 1],
    ['ops', 'ForbiddenProblem', 0],
    ['bobby', 'ForbiddenProblem', 0],
    ['session:bobby', 'ForbiddenProblem', 1],
  ])('by %s is answered with a %s after %i upstream calls', async (who, typename, calls) => {
    const username = `del${who.replace(/\W/g, '')}`;
    await made(username);
    const headers = await headersOf(bench, who);
    bench.forgetCalls();
    const { data } = await bench.query(remove, { input: { id: idOf(username) } }, headers);
    expect(data?.deleteUser).toMatchObject({ __typename: typename });
    expect(bench.calls()).toEqual(Array.from({ length: calls }, () => `DELETE ${v1}/user/${username}`));
    expect(await canSignIn(username, passwordOf(username))).toBe(typename !== 'DeleteUserPayload');
  });

  test.each([
    ['ghost', {}, { __typename: 'NotFoundProblem' }],
    ['ghost', { ignoreMissing: true }, { __typename: 'DeleteUserPayload', deletedId: idOf('ghost'), affected: null }],
    ['ghost', { dryRun: true }, { __typename: 'NotFoundProblem' }],
    ['ghost', { dryRun: true, ignoreMissing: true }, { __typename: 'DeleteUserPayload', deletedId: null, affected: { runCount: 0 } }],
    ['root', {}, { __typename: 'ForbiddenProblem' }],
    ['root', { dryRun: true }, { __typename: 'ForbiddenProblem' }],
    ['superlogin', {}, { __typename: 'InvalidInputProblem' }],
  ])('of %s with %j is answered by %j', async (name, options, answer) => {
    expect(await ask(remove, { id: idOf(name), ...options })).toMatchObject(answer);
  });

  test('with dryRun says what would go and what would stay, and writes nothing', async () => {
    const runId = await startUpstream(bench, 'name: long\ndocker_env: a\nentry_points:\n  a:\n    command: sleep 100\n');
    const headers = await headersOf(bench, 'session:alice');
    const yaml = 'name: hers\ndocker_env: a\nentry_points:\n  a:\n    command: sleep 100\n';
    const own = await bench.run('CreateRun', { input: { source: 'prod', from: { yaml } } }, headers);
    bench.forgetCalls();
    const answer = await ask(remove, { id: idOf('alice'), dryRun: true });
    expect(answer).toEqual({
      __typename: 'DeleteUserPayload',
      deletedId: null,
      affected: {
        grantedQueueIds: [toGlobalId('Queue', 'prod', 'train')],
        unfinishedRunIds: [own.data?.createRun?.run?.id],
        scheduleIds: [],
        runCount: 2,
        pipelineCount: 0,
        fileSystemCount: 0,
      },
    });
    expect(runId).not.toBe('');
    expect(bench.calls().every((call) => call.startsWith('GET '))).toBe(true);
    expect(bench.calls()).toHaveLength(2 + 3 * 3); // the three lists that are empty are not believed at once
    expect(await canSignIn('alice', passwordOf('alice'))).toBe(true);
  });

  test('whose answer is lost is looked after', async () => {
    await made('vanish');
    bench.control.orderFault({ kind: 'cut', applied: true, times: 1, path: '/user/vanish' });
    expect(await ask(remove, { id: idOf('vanish') })).toMatchObject({ __typename: 'DeleteUserPayload' });
    bench.control.clearFaults();
  });
});

test('who did what is written down, with the identity of who signed in', async () => {
  await ask(change, { id: idOf('bobby'), password: 'weak' }, 'session:root');
  const db = bench.gateways[0]?.db;
  const rows = await db?.execute(
    sql`select viewer, action, target, outcome from audit where action = 'changePassword' order by id desc limit 1`,
  );
  expect(rows?.rows).toEqual([
    { viewer: 'session:prod:root', action: 'changePassword', target: 'prod:bobby', outcome: 'InvalidInputProblem' },
  ]);
});
