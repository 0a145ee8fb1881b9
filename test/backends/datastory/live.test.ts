import { Client } from 'pg';
import { expect, test } from 'vitest';
import { as, eventually, toGlobalId } from '../../support/bench.ts';
import { startTaskBench, type TaskBench } from './bench.ts';

const idOf = (number: number) => toGlobalId('Task', 'lab', `task-${String(number).padStart(6, '0')}`);
const taskChanged = `subscription ($id: ID, $filter: TaskFilter, $after: Cursor) { taskChanged(id: $id, filter: $filter, after: $after) {
  __typename ... on StreamItem { cursor } ... on TaskChange { event { kind state rawState } task { id state } } ... on StreamEnd { endReason }
} }`;
interface Item {
  readonly __typename: string;
  readonly cursor: string;
  readonly event?: { readonly kind: string; readonly state: string; readonly rawState: string };
  readonly task?: { readonly id: string } | null;
  readonly endReason?: string;
}

async function follow(bench: TaskBench, variables: Record<string, unknown>, viewer?: string, gateway = 0) {
  const socket = await bench.socket(viewer === undefined ? undefined : as(viewer), gateway);
  const operation = socket.start({ query: taskChanged, variables });
  const items: Item[] = [];
  return {
    items,
    async until(holds: (item: Item) => boolean): Promise<string[]> {
      for (;;) {
        const { payload } = await operation.message();
        const item = (payload as { data?: { taskChanged: Item } }).data?.taskChanged;
        if (item === undefined) throw new Error(JSON.stringify(payload));
        items.push(item);
        if (holds(item))
          return items.map(({ __typename, event, endReason }) => (event ? `${event.kind} ${event.state}` : `${__typename} ${endReason}`));
      }
    },
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  };
}
/** The platform's first word may be told with the task itself, or after it. */
const isNews = (told: string) => told !== 'STATE_CHANGED QUEUED';
const atEnd = ({ __typename }: Item) => __typename === 'StreamEnd';

test('the story of a task is told from its beginning to its end, live and again, and leaves nothing behind', async () => {
  await using bench = await startTaskBench();
  await bench.submit();
  const story = ['DISCOVERED QUEUED', 'STATE_CHANGED RUNNING', 'STATE_CHANGED SUCCEEDED', 'SETTLED SUCCEEDED', 'StreamEnd COMPLETED'];
  {
    await using live = await follow(bench, { id: idOf(1) });
    await live.until(({ event }) => event?.rawState === 'INITIALING');
    bench.platform.advance(2_000);
    await live.until(({ event }) => event?.state === 'RUNNING');
    bench.platform.advance(60_000);
    const told = await live.until(atEnd);
    expect(told.filter(isNews)).toEqual(story);
    await using rest = await follow(bench, { id: idOf(1), after: live.items[2]?.cursor });
    expect(await rest.until(atEnd)).toEqual(told.slice(3));
  }
  await eventually(() => bench.gateways[0]?.hub.watchers() === 0);
  expect(bench.callsOf('viewer')).toHaveLength(1);
  const { data } = await bench.query(`query ($id: ID!) { task(id: $id) { events { nodes { kind state } } } }`, { id: idOf(1) });
  const events = data?.task?.events?.nodes as unknown as { kind: string; state: string }[];
  expect(events.map(({ kind, state }) => `${kind} ${state}`).filter(isNews)).toEqual(story.slice(0, -1));
});

test('what a viewer submits through one gateway is told through the other, to those who may see it', async () => {
  await using bench = await startTaskBench({
    gateways: 2,
    tokens: { alice: { role: 'viewer' }, bob: { role: 'viewer' }, boss: { role: 'operator' } },
  });
  const begun = () => eventually(() => bench.gateways[1]?.hub.watchers() === 1);
  await using boss = await follow(bench, {}, 'boss', 1);
  await begun();
  await using bob = await follow(bench, {}, 'bob', 1);
  await bench.submit({}, as('alice'), 0);
  await bench.submit({}, as('bob'), 0);
  await boss.until(({ task }) => task?.id === idOf(2));
  await bob.until(({ task }) => task?.id === idOf(2));
  expect(boss.items.some(({ task }) => task?.id === idOf(1))).toBe(true);
  expect(bob.items.some(({ task }) => task?.id !== idOf(2))).toBe(false);
  await using lost = await follow(bench, { id: idOf(1) }, 'bob', 1);
  await expect(lost.until(atEnd)).rejects.toThrow('There is no task task-000001 on lab');
});

test('a stream of a filter tells of what matches, and nothing of what was refused', async () => {
  await using bench = await startTaskBench();
  await using failed = await follow(bench, { filter: { states: ['FAILED'], algorithms: ['triple-cosmetics'] } });
  await eventually(() => bench.gateways[0]?.hub.watchers() === 1);
  bench.platform.orderFault({ kind: 'status', status: 400, method: 'POST', times: 1 });
  await bench.submit();
  await bench.submit();
  await bench.submit({ input: { profile: { name: 'lake', path: '/data/in/fail-posts' } } });
  const words = async () =>
    (await bench.query<{ tasks: { nodes: { rawState: string }[] } }>('{ tasks { nodes { rawState } } }')).data?.tasks.nodes;
  await eventually(async () => (await words())?.every(({ rawState }) => rawState === 'INITIALING'));
  bench.platform.advance(60_000);
  expect(await failed.until(({ event }) => event?.kind === 'SETTLED')).toEqual(['STATE_CHANGED FAILED', 'SETTLED FAILED']);
  expect(new Set(failed.items.map(({ task }) => task?.id))).toEqual(
    new Set([bench.platform.tasks().length === 2 ? failed.items[0]?.task?.id : '']),
  );
});

test('a task whose gateway died over its submission is shown as unconfirmed', async () => {
  await using bench = await startTaskBench();
  await bench.submit();
  // As a process leaves it that was killed between writing it down and the answer.
  const database = new Client({ connectionString: bench.database.url });
  await database.connect();
  await database.query(
    `update datastory_task set submission = 'SENDING', task_id = null, ask_at = null, sent_at = sent_at - interval '1 hour'`,
  );
  await database.end();
  const text = '{ tasks { nodes { submission state message } } }';
  const { data } = await eventually(async () => {
    const answer = await bench.query(text);
    return answer.data?.tasks?.nodes?.[0]?.submission?.toString() === 'UNCONFIRMED' ? answer : undefined;
  });
  expect(data?.tasks?.nodes?.[0]).toMatchObject({ state: 'UNKNOWN', message: expect.stringContaining('the gateway that sent it ended') });
});
