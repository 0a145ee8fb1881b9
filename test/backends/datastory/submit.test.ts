import { expect, test } from 'vitest';
import { eventually, toGlobalId } from '../../support/bench.ts';
import { startTaskBench } from './bench.ts';

const idOf = (number: number) => toGlobalId('Task', 'lab', `task-${String(number).padStart(6, '0')}`);

test('a task is submitted with one call, and goes its way to the end', async () => {
  await using bench = await startTaskBench();
  const { data, errors } = await bench.submit();
  expect(errors).toBeUndefined();
  expect(data?.submitTask).toEqual({
    __typename: 'SubmitTaskPayload',
    task: { id: idOf(1), taskId: '4120077', state: 'QUEUED', submission: 'ACCEPTED' },
  });
  expect(bench.callsOf('viewer')).toEqual(['POST /api/algorithm/triple/cosmetics/add']);
  const state = async () => {
    const answer = await bench.query<{ task: { state: string; rawState: string } }>(
      'query ($id: ID!) { task(id: $id) { state rawState } }',
      {
        id: idOf(1),
      },
    );
    return answer.data?.task;
  };
  await eventually(async () => (await state())?.rawState === 'INITIALING');
  bench.platform.advance(2_000);
  await eventually(async () => (await state())?.state === 'RUNNING');
  bench.platform.advance(60_000);
  await eventually(async () => (await state())?.state === 'SUCCEEDED');
  expect(bench.errors).toEqual([]);
});
