import { expect, test } from 'vitest';
import { eventually, startBench } from '../../../support/bench.ts';
import type { JsonView } from '../../../support/json.ts';

const yaml = `name: hello
docker_env: busybox
entry_points:
  greet:
    command: 'echo hello; sleep 2; echo bye'
`;

test('a run that is started through the gateway is pushed from its beginning to its end, with its log', async () => {
  await using bench = await startBench();
  await bench.synced();
  const created = await bench.run('CreateRun', { input: { source: 'prod', from: { yaml } } });
  expect(created).toMatchObject({ data: { createRun: { __typename: 'CreateRunPayload', run: { name: 'hello', state: 'QUEUED' } } } });
  const id = created.data?.createRun?.run?.id;

  const socket = await bench.socket();
  const changes = socket.start({ query: await bench.operation('FollowRun'), variables: { id } });
  const log = socket.start({ query: await bench.operation('FollowRunLog'), variables: { id } });
  const states: string[] = [];
  const lines: unknown[] = [];
  const following = (async () => {
    for (;;) {
      const { data } = await changes.next<JsonView>();
      const item = data?.runChanged;
      if (item?.endReason !== undefined) return item.endReason;
      states.push(`${item?.event?.kind} ${item?.event?.state}`);
    }
  })();
  const logging = (async () => {
    for (;;) {
      const { data } = await log.next<JsonView>();
      const item = data?.runLog;
      if (item?.endReason !== undefined) return item.endReason;
      lines.push(...(item?.lines ?? []).map(({ text }) => text));
    }
  })();
  for (let second = 0; second < 40; second += 1) {
    bench.control.advance(500);
    await eventually(async () => (await bench.query('{ sources { syncedAt } }')).data);
  }
  expect(await following).toBe('COMPLETED');
  expect(await logging).toBe('COMPLETED');
  expect(states[0]).toBe('DISCOVERED QUEUED');
  expect(states.at(-1)).toBe('SETTLED SUCCEEDED');
  expect(lines).toEqual(['hello', 'bye']);
  socket.socket.close();
  await socket.closed;
  await eventually(() => bench.gateways[0]?.hub.watchers() === 0);
  expect(bench.errors).toEqual([]);
});
