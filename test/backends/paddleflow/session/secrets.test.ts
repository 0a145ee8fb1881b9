import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { startAccounts } from '../accounts.ts';
import { as, toGlobalId } from '../../../support/bench.ts';
import { wholeDatabase } from '../../../support/whole-database.ts';

const secret = 'very-secret-pass1';

test('no password and no token of the upstream is in an answer, the log or the database, whatever went wrong', async () => {
  await using bench = await startAccounts({ sandboxes: { prod: {} } });
  const answers: unknown[] = [];
  const ask = async (query: string, variables: Record<string, unknown>, token = 'boss') =>
    void answers.push(await bench.query(query, variables, as(token)));
  const signIn =
    'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Problem { message } ... on SignInPayload { viewer { name } } } }';
  const create = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { __typename ... on Problem { message } } }';
  const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename ... on Problem { message } } }';
  const id = toGlobalId('User', 'prod', 'carol');

  await ask(create, { input: { source: 'prod', username: 'carol', password: secret, idempotencyKey: 'carol' } });
  await ask(create, { input: { source: 'prod', username: 'carol', password: secret } });
  await ask(create, { input: { source: 'prod', username: 'carol-too-long-for-a-name', password: secret } });
  await ask(create, { input: { source: 'prod', username: 'carol', password: secret } }, 'alice');
  await ask(change, { input: { id, password: secret } });
  await ask(change, { input: { id: toGlobalId('User', 'prod', 'ghost'), password: secret } });
  await ask(signIn, { input: { source: 'prod', username: 'carol', password: secret } });
  await ask(signIn, { input: { source: 'prod', username: 'alice', password: secret } });
  await ask(signIn, { input: { source: 'prod', username: secret, password: 'oops' } }); // in the wrong box
  // What graphql-js says about variables that do not fit repeats them.
  await ask(signIn, { input: { source: 'prod', password: secret } });
  await ask(signIn, { input: { source: 'prod', username: 'alice', password: [secret] } });
  await ask(signIn, { input: { source: 'prod', username: 'alice', password: secret, extra: 1 } });
  await ask(create, { input: { username: 'carol', password: { [secret]: 1 } } });
  bench.control.orderFault({ kind: 'garbage' });
  await ask(change, { input: { id, password: secret } });
  bench.control.clearFaults();

  expect(answers.map((answer) => JSON.stringify(answer)).filter((answer) => answer.includes(secret))).toEqual([]);
  expect(inspect(bench.errors, { depth: 20, showHidden: true })).not.toContain(secret);
  const kept = await wholeDatabase(bench);
  expect(kept).toContain('createUser'); // it looks in the right place
  expect(kept).not.toContain(secret);
  expect(kept).not.toMatch(/eyJ[\w-]+\./); // neither PaddleFlow's tokens nor ours
});
