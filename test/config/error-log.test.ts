import { DrizzleQueryError } from 'drizzle-orm';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { errorForLog } from '../../src/error-log.ts';

test('the log gets what an error says, its code and its causes, and nothing else that a library hung on it', () => {
  const lost = Object.assign(new Error('terminated'), { code: '57P01', client: { password: 'geheim', secretKey: 4711 } });
  const failed = new Error('query failed', { cause: lost });
  const logged = errorForLog(failed);
  expect(logged).toMatchObject({ type: 'Error', message: 'query failed', cause: { message: 'terminated', code: '57P01' } });
  expect(JSON.stringify(logged)).not.toMatch(/geheim|4711/);
  expect(errorForLog({ password: 'geheim' })).toBe('a thrown object');
});

const lost = Object.assign(new Error('Connection terminated'), { code: '57P01' });
const query = 'update "run" set "detail" = $1';
/** What was to be written looks like a line of a stack in one place. */
const failedQuery = () => new DrizzleQueryError(query, [`command: geheim\n    at geheim (geheim.ts:1:1)`, 'geheim'], lost);

test('of a failed statement the log gets its text, its cause and where it came from, and never what was to be written', () => {
  const logged = errorForLog(failedQuery());
  expect(logged).toMatchObject({
    message: `Failed query: ${query}`,
    stack: expect.stringMatching(/ at failedQuery .*error-log\.test\.ts/),
    cause: { message: 'Connection terminated', code: '57P01' },
  });
  expect(JSON.stringify(logged)).not.toContain('geheim');
});

test.each<[string, (error: Error) => Error]>([
  ['a resolver’s', (error) => new GraphQLError(error.message, { originalError: error })],
  ['one that repeats it', (error) => new Error(`run-000001: ${error.message}`, { cause: error })],
  ['a deep chain', (error) => Array.from({ length: 10 }).reduce<Error>((cause) => new Error(cause.message, { cause }), error)],
  [
    'one whose stack is of before its message',
    (error) => Object.assign(error, { message: `Failed query: ${query}\nparams: geheim, other` }),
  ],
])('nor does it get it from the error around it: %s', (_what, around) => {
  const logged = errorForLog(around(failedQuery()));
  expect(logged).toMatchObject({ message: expect.stringContaining(`Failed query: ${query}`) });
  expect(JSON.stringify(logged)).not.toContain('geheim');
});
