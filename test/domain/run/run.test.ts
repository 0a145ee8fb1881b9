import { expect, test } from 'vitest';
import { eventually, startBench } from '../../support/bench.ts';

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
  const { id } = created.data.createRun.run;

  const socket = await bench.socket();
  const changes = socket.start({ query: await bench.operation('FollowRun'), variables: { id } });
  const log = socket.start({ query: await bench.operation('FollowRunLog'), variables: { id } });
  const states: string[] = [];
  const lines: string[] = [];
  const following = (async () => {
    for (;;) {
      const { data } = await changes.next<{ runChanged: any }>();
      if (data?.runChanged.__typename === 'StreamEnd') return data.runChanged.endReason;
      states.push(`${data?.runChanged.event.kind} ${data?.runChanged.event.state}`);
    }
  })();
  const logging = (async () => {
    for (;;) {
      const { data } = await log.next<{ runLog: any }>();
      if (data?.runLog.__typename === 'StreamEnd') return data.runLog.endReason;
      lines.push(...data?.runLog.lines.map(({ text }: { text: string }) => text));
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
