import { describe, expect, test } from 'vitest';
import { eventually, toGlobalId } from '../../support/bench.ts';
import { locations, startTaskBench, type TaskBench } from './bench.ts';

const idOf = (number: number) => toGlobalId('Task', 'lab', `task-${String(number).padStart(6, '0')}`);
const submitAll = async (bench: TaskBench, names: readonly string[]) => {
  for (const name of names) await bench.submit(locations(name));
};
const states = async (bench: TaskBench) => {
  const { data } = await bench.query<{ tasks: { nodes: { state: string; input: { path: string } }[] } }>(
    '{ tasks { nodes { state input { path } } } }',
  );
  return Object.fromEntries((data?.tasks.nodes ?? []).map(({ state, input }) => [input.path.replace('/data/in/', ''), state]));
};

test('tasks of all ends are told, with the times of the platform and what to do about a failure', async () => {
  await using bench = await startTaskBench();
  await submitAll(bench, ['posts.txt', 'fail-posts', 'cancel-posts', 'stuck-posts']);
  bench.platform.advance(60_000);
  const ended = { 'posts.txt': 'SUCCEEDED', 'fail-posts': 'FAILED', 'cancel-posts': 'FAILED', 'stuck-posts': 'QUEUED' };
  await eventually(
    async () => JSON.stringify(Object.entries(await states(bench)).toSorted()) === JSON.stringify(Object.entries(ended).toSorted()),
  );
  const text = `query ($id: ID!) { task(id: $id) { message rawState addedAt startedAt endedAt durationSeconds settled } }`;
  await eventually(async () => (await bench.query(text, { id: idOf(2) })).data?.task?.settled);
  expect((await bench.query(text, { id: idOf(2) })).data?.task).toEqual({
    message: 'The platform gives no reason here. It writes to o…@acme.example when a task goes wrong or is cancelled: see that mail.',
    rawState: 'ERROR',
    addedAt: '2026-01-02T03:04:05.000Z',
    startedAt: '2026-01-02T03:04:07.000Z',
    endedAt: '2026-01-02T03:04:35.000Z',
    durationSeconds: 28,
    settled: true,
  });
  // What has ended is not asked for any more.
  await eventually(async () => (await bench.query(text, { id: idOf(1) })).data?.task?.settled);
  bench.platform.clearCalls();
  await eventually(() => bench.callsOf('leader').length > 5);
  expect(new Set(bench.callsOf('leader'))).toEqual(new Set(['GET /api/algorithm/task/get?taskId=4120080']));
});

test('a word that nobody knows is told as it is, and the task is asked for further', async () => {
  await using bench = await startTaskBench();
  await bench.submit();
  bench.platform.setRawStatus(4120077, 'PAUSED');
  const text = `{ tasks { nodes { state rawState endedAt } } }`;
  await eventually(async () => (await bench.query(text)).data?.tasks?.nodes?.[0]?.rawState?.toString() === 'PAUSED');
  expect((await bench.query(text)).data?.tasks?.nodes).toEqual([{ state: 'UNKNOWN', rawState: 'PAUSED', endedAt: null }]);
  bench.platform.setRawStatus(4120077, 'canceled');
  await eventually(async () => (await bench.query(text)).data?.tasks?.nodes?.[0]?.state?.toString() === 'CANCELLED');
});

test('a task that the platform no longer tells of is in doubt after three looks, and is told again when it is back', async () => {
  await using bench = await startTaskBench();
  await bench.submit();
  await eventually(async () => (await states(bench))['posts.txt'] === 'QUEUED');
  bench.platform.orderFault({ kind: 'status', status: 404, method: 'GET', times: 3 });
  const message = async () => (await bench.query('{ tasks { nodes { message } } }')).data?.tasks?.nodes?.[0]?.message?.toString();
  const { data } = await eventually(async () => {
    const answer = await bench.query('{ tasks { nodes { id events { nodes { kind state message } } } } }');
    return JSON.stringify(answer).includes('knows no such task') ? answer : undefined;
  });
  expect(JSON.stringify(data)).toContain('"state":"UNKNOWN"');
  await eventually(async () => (await message()) === '');
  expect((await states(bench))['posts.txt']).toBe('QUEUED');
});

describe('the list', () => {
  test('is newest first, pages both ways, counts and filters, one statement a page, and asks the platform nothing', async () => {
    await using bench = await startTaskBench();
    await submitAll(bench, ['a', 'fail-b', 'c', 'd']);
    bench.platform.orderFault({ kind: 'cut', method: 'POST', times: 1 });
    await submitAll(bench, ['e']);
    bench.platform.advance(60_000);
    await eventually(async () => (await states(bench))['fail-b'] === 'FAILED');
    bench.platform.clearCalls();
    let statements = 0;
    bench.gateways[0]?.pool.on('acquire', () => (statements += 1));
    interface List {
      readonly totalCount?: number;
      readonly nodes: { input: { path: string } }[];
      readonly pageInfo: { hasNextPage: boolean; endCursor: string; startCursor: string };
    }
    const list = async (args: string, more = '') => {
      statements = 0;
      const { data, errors } = await bench.query<{ tasks: List }>(
        `{ tasks(${args}) { ${more} nodes { input { path } } pageInfo { hasNextPage endCursor startCursor } } }`,
      );
      expect(errors).toBeUndefined();
      return { ...data?.tasks, names: data?.tasks.nodes.map(({ input }) => input.path.slice(-1)).join('') };
    };
    const first = await list('first: 2', 'totalCount');
    expect([first.names, first.totalCount, first.pageInfo?.hasNextPage, statements]).toEqual(['ed', 5, true, 2]);
    const second = await list(`first: 2, after: "${first.pageInfo?.endCursor}"`);
    expect([second.names, statements]).toEqual(['cb', 1]);
    expect((await list(`last: 2, before: "${second.pageInfo?.startCursor}"`)).names).toBe('ed');
    expect((await list('last: 2')).names).toBe('ba');
    const filters: [string, string][] = [
      ['states: [FAILED]', 'b'],
      ['submissions: [UNCONFIRMED]', 'e'],
      ['taskIds: ["4120077", "12"]', 'a'],
      [`ids: ["${idOf(3)}", "${idOf(99)}"]`, 'c'],
      ['algorithms: ["other"]', ''],
      ['algorithms: ["triple-cosmetics"], submissions: [ACCEPTED], states: [SUCCEEDED]', 'dca'],
      ['creators: ["local"], sources: ["lab"]', 'edcba'],
      ['creators: ["somebody"]', ''],
      ['createdBefore: "2001-01-01T00:00:00Z"', ''],
      ['states: []', ''],
    ];
    for (const [filter, names] of filters) expect([filter, (await list(`filter: { ${filter} }`)).names]).toEqual([filter, names]);
    expect(bench.callsOf('viewer')).toEqual([]);
  });

  test('a source that is none of DataStory is a mistake, and cursors of others are none', async () => {
    await using bench = await startTaskBench({ sandboxes: { prod: {} } });
    const mistake = async (args: string) => (await bench.query(`{ tasks(${args}) { totalCount } }`)).errors?.[0];
    expect(await mistake('filter: { sources: ["prod"] }')).toMatchObject({
      message: 'There is no source "prod"; there are: lab',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await mistake('after: "x"')).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

test('tasks and runs are one list of work, newest first', async () => {
  await using bench = await startTaskBench({ sandboxes: { prod: {} } });
  await bench.submit();
  const yaml = 'name: talk\ndocker_env: busybox\nentry_points:\n  speak: {command: echo a}\n';
  await bench.run('CreateRun', { input: { source: 'prod', from: { yaml } } });
  const text = `{ executions { totalCount nodes { __typename name sourceName ... on Task { taskId } } } }`;
  const { data } = await eventually(async () => {
    const answer = await bench.query(text);
    return answer.data?.executions?.nodes?.length === 2 ? answer : undefined;
  });
  const nodes = data?.executions?.nodes as unknown as { __typename: string }[];
  expect(new Set(nodes.map(({ __typename }) => __typename))).toEqual(new Set(['Task', 'Run']));
  expect(nodes).toContainEqual({ __typename: 'Task', name: 'triple-cosmetics', sourceName: 'lab', taskId: '4120077' });
});

test('the source tells what can be submitted to it', async () => {
  await using bench = await startTaskBench({ config: { email: { default: 'ops@acme.example' } } });
  const text = `{ sources { name kind health ... on DataStorySource {
    algorithms { name takesParameters } storageProfiles { name kind paths } hasDefaultEmail } } }`;
  expect((await bench.query(text)).data?.sources).toEqual([
    {
      name: 'lab',
      kind: 'DATASTORY',
      health: 'STARTING', // nothing was ever asked of it
      algorithms: [{ name: 'triple-cosmetics', takesParameters: false }],
      storageProfiles: [
        { name: 'lake', kind: 'HDFS', paths: [] },
        { name: 'texts', kind: 'CEPH', paths: [] },
      ],
      hasDefaultEmail: true,
    },
  ]);
  const health = async () => (await bench.query('{ sources { health syncedAt } }')).data?.sources?.[0];
  expect(await health()).toEqual({ health: 'STARTING', syncedAt: null });
  await bench.submit();
  await eventually(async () => (await health())?.health?.toString() === 'HEALTHY');
});
