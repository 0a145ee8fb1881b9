import { expect, test } from 'vitest';
import {
  ConflictProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
  problemOf,
  UpstreamRejectedProblem,
  type Problem,
} from '../../../src/problem/problem.ts';
import { paddleFlowErrors } from '../../../src/backends/paddleflow/errors/errors.ts';
import { badCursors, conflicts, forbidden, invalid, missing, rejected } from '../../../src/backends/paddleflow/errors/refusal-words.ts';
import { errorCodes } from '../../../src/sandbox/paddleflow/wire/errors.ts';
import { UpstreamError } from '../../../src/upstream/errors.ts';

const raw = 'raw: Duplicate entry for key in table user_secret';
const refusal = (code: string, operation: string, upstreamMessage = raw) =>
  new UpstreamError(
    { source: 'prod', operation, fault: 'rejected', status: 400, code, upstreamMessage, errors: paddleFlowErrors },
    'answered 400',
  );
const problem = (code: string, operation = 'POST /queue', said = raw) => problemOf(refusal(code, operation, said), 'the thing') as Problem; // of a refusal

const kinds = [
  [missing, NotFoundProblem],
  [forbidden, ForbiddenProblem],
  [conflicts, ConflictProblem],
  [invalid, InvalidInputProblem],
  [badCursors, InvalidInputProblem],
  [rejected, UpstreamRejectedProblem],
] as const;
const known = kinds.flatMap(([words, kind]) => Object.keys(words).map((code) => ({ code, kind })));

test('every code of the contract has words of ours, and one kind of answer', () => {
  expect(known.map(({ code }) => code).toSorted()).toEqual(errorCodes.toSorted());
});

test.each(known)('$code is told in words of ours', ({ code, kind }) => {
  const told = problem(code);
  expect(told).toBeInstanceOf(kind);
  expect(told.message).toMatch(/^the thing: [a-z]/);
  expect(told.message).not.toMatch(/raw|secret/);
  expect(told.message).not.toContain(code);
});

test.each([
  ['PUT /run/run-000012', 'ActionNotAllowed', 'tried again'],
  ['DELETE /run/run-000012', 'ActionNotAllowed', 'has not ended'],
  ['DELETE /pipeline/ppl-000001/2', 'ActionNotAllowed', 'last version'],
  ['PUT /schedule/schedule-000001', 'ActionNotAllowed', 'stopped before'],
  ['DELETE /schedule/schedule-000001', 'ActionNotAllowed', 'still running'],
  ['DELETE /fs/data', 'ActionNotAllowed', 'mounted'],
  ['PUT /run/run-000012', 'InternalError', 'started anew'],
  ['DELETE /run/run-000012', 'InternalError', 'nothing was deleted'],
])('%s: %s says what that means there', (operation, code, word) => {
  expect(problem(code, operation).message).toContain(word);
});

// Texts of a server (contract 12.2).
test.each([
  ['validateWorkflowForPipeline failed. err:workflow has no attribute [nonsense]', 'a workflow has no key nonsense'],
  [
    'parse [entry_points] failed, error: parse step[main] failed, step has no attribute [commands]',
    'main is a step, which has no key commands',
  ],
  ['[parallelism] of workflow should be int type', 'parallelism of the workflow must be of type int'],
  ['parse [cache] in workflow failed, error: [cache.enable] should be bool type', 'cache.enable must be of type bool'],
  ['component [b] has an wrong dep [a]', 'b waits for a, which is not beside it'],
  ['invalid type[string] for param[a secret value]. expect type[int]', 'a parameter of the type int has a value of the type string'],
  ['param[nope] not exist', 'no component declares the parameter nope'],
  ['no parameter named [nope] in step [main]', 'main declares no parameter nope'],
  ['invalid reference param {{ a.p }} in component[b]: component[a] not in deps', 'b refers to a.p and does not wait for a'],
  ['disabled component[nope] not existed!', 'there is no component nope to switch off'],
  ["condition[a 'secret'] is invalid, error: Unclosed string literal", 'a condition is no expression'],
  ['yaml: line 7: mapping values are not allowed in this context', 'line 7 of the YAML cannot be read'],
  ['loopArgument [a secret] unmarshal to list failed, error: invalid character', 'a loop_argument is no list in JSON'],
  ['check permission of user[root] fsID[fs-root-nope] failed, err: record not found', 'root has no such file system'],
  ['create schedule failed, starttime[2020-01-01 08:00:00] not after currentTime[2024-03-05 10:00:00]', 'the start lies in the past'],
])('of a text that is known, what it says is told in our words: %s', (said, words) => {
  expect(problem('InvalidPipeline', 'POST /run', said)).toMatchObject({ name: 'InvalidInputProblem', message: `the thing: ${words}` });
});

test.each([
  'param[a secret value] not exist',
  'Duplicate entry for key in table user_secret',
  `workflow has no attribute [${'x'.repeat(200)}]`,
  '',
])('of a text that says nothing known, nothing is repeated: %s', (said) => {
  expect(problem('InvalidPipeline', 'POST /run', said).message).toBe(`the thing: ${invalid['InvalidPipeline']}`);
});

test('of a code that is not known the text of the backend is told as what it is, and cut', () => {
  expect(problem('ANewWord')).toMatchObject({
    name: 'UpstreamRejectedProblem',
    code: 'ANewWord',
    message: `the thing: the backend refused, in words of its own: "${raw}"`,
  });
  expect(problem('ANewWord', 'POST /run', 'long '.repeat(400)).message.length).toBeLessThan(400);
  expect(problem('ANewWord', 'POST /run', 'password: hunter2secret').message).not.toContain('hunter2');
  expect(problem('ANewWord', 'POST /run', '').message).toBe('the thing: the backend refused with the code ANewWord');
  expect(problem('', 'POST /run', '').message).toBe('the thing: the backend refused without a word');
  expect(problem('constructor').name).toBe('UpstreamRejectedProblem');
});
