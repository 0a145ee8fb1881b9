import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountRows } from './rows-accounts.ts';
import { pipelineRows } from './rows-pipelines.ts';
import { resourceRows } from './rows-resources.ts';
import { runRows } from './rows-runs.ts';
import { storageRows } from './rows-storage.ts';
import { watchingRows } from './rows-watching.ts';
import { pageRows as table } from './page.ts';
import { take } from './walk.ts';
import { startWorld, type World } from './world.ts';

const rows = [...accountRows, ...resourceRows, ...storageRows, ...runRows, ...pipelineRows, ...watchingRows];

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Operations of the happy path, by the row, when all of that row was as stated. */
const worked = new Map<string, Set<string>>();
const walked = { happy: 0, refused: 0 };

test.each(rows)('$call', async ({ call, steps }) => {
  const wrong: string[] = [];
  const done = new Set<string>();
  for (const step of await steps(world)) {
    const { answer, value } = await take(world, step);
    const title = `${step.operation}: ${step.documented ?? 'the happy path'}${step.as ? ` as ${step.as}` : ''}`;
    expect.soft(answer, `${title}: ${String(JSON.stringify(value)).slice(0, 200)}`).toBe(step.answer);
    expect.soft(value ?? {}, title).toMatchObject(step.shows ?? {});
    if (answer !== step.answer) wrong.push(title);
    if (step.documented === undefined) done.add(step.operation);
    walked[step.documented === undefined ? 'happy' : 'refused'] += 1;
  }
  if (wrong.length === 0) worked.set(call, done);
});

test('every row of the table is walked, with each of its examples', () => {
  const complete = table.filter(({ call, operations }) => operations.every((operation) => worked.get(call)?.has(operation)));
  console.log(
    `PaddleFlow table: ${complete.length} / ${table.length} rows done, ${walked.happy} happy paths and ${walked.refused} documented errors`,
  );
  expect(rows.map(({ call }) => call).toSorted()).toEqual(table.map(({ call }) => call).toSorted());
  expect(complete.map(({ call }) => call)).toEqual(table.map(({ call }) => call));
});
