import { expect, test } from 'vitest';
import { ConflictProblem, ForbiddenProblem, NotFoundProblem, problemOf } from '../../src/domain/problem.ts';
import { conflicts, forbidden, missing } from '../../src/domain/refusal-words.ts';
import { UpstreamError } from '../../src/upstream/errors.ts';

const refusal = (code: string, operation: string) =>
  new UpstreamError(
    {
      source: 'prod',
      operation,
      fault: 'rejected',
      status: 400,
      code,
      upstreamMessage: 'raw: Duplicate entry for key in table user_secret',
    },
    'answered 400',
  );

const codes = [
  ...Object.keys(missing).map((code) => ({ code, kind: NotFoundProblem })),
  ...Object.keys(forbidden).map((code) => ({ code, kind: ForbiddenProblem })),
  ...Object.keys(conflicts).map((code) => ({ code, kind: ConflictProblem })),
];

test.each(codes)('$code is told in words of ours', ({ code, kind }) => {
  const problem = problemOf(refusal(code, 'POST /queue'), 'the thing');
  expect(problem).toBeInstanceOf(kind);
  const { message } = problem as Error; // just checked
  expect(message).toMatch(/^the thing: [a-z]/);
  expect(message).not.toContain('raw');
  expect(message).not.toContain(code);
});

test.each([
  ['PUT /run/run-000012', 'tried again'],
  ['DELETE /run/run-000012', 'has not ended'],
  ['DELETE /pipeline/ppl-000001/2', 'last version'],
  ['PUT /schedule/schedule-000001', 'stopped before'],
  ['DELETE /schedule/schedule-000001', 'still running'],
  ['DELETE /fs/data', 'mounted'],
])('ActionNotAllowed of %s says what that means there', (operation, word) => {
  expect(String(problemOf(refusal('ActionNotAllowed', operation), 'it'))).toContain(word);
});
