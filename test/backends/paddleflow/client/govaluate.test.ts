import { expect, test } from 'vitest';
import { conditionProblem } from '../../../../src/backends/paddleflow/workflow/condition/condition.ts';
import { recorded } from '../../../support/recorded.ts';

const cases = recorded<{ readonly text: string; readonly error?: string }>('govaluate');

test(`${cases.length} conditions are taken and refused as govaluate takes and refuses them`, () => {
  const wrong = cases.filter(({ text, error }) => {
    const problem = conditionProblem(text);
    return problem?.certain !== false && (problem === undefined) !== (error === undefined);
  });
  expect(wrong).toEqual([]);
  const doubtful = cases.filter(({ text }) => conditionProblem(text)?.certain === false);
  expect(doubtful.length).toBeLessThan(5);
});

test('what would make it read beyond the end is told apart', () => {
  const panics = cases.filter(({ error }) => error?.startsWith('panic'));
  expect(panics.length).toBeGreaterThan(0);
  for (const { text } of cases)
    expect([text, conditionProblem(text)?.deadly ?? false]).toEqual([text, panics.some((one) => one.text === text)]);
});

test.each([
  ['a lookahead', "'{{x}}' =~ '(?=a)'", true],
  ['a reference to a group', "'{{x}}' =~ '(a)\\\\1'", true],
  ['a group that is not closed', "'{{x}}' =~ '(a'", false],
])('a pattern with %s is none to the server', (_what, condition, certain) => {
  expect(conditionProblem(condition)).toEqual({ message: expect.stringMatching(/regular expression/), certain });
});
