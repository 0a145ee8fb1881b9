import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../../../src/graphql/global-id.ts';
import { startBench, toGlobalId, type Bench } from '../../../support/bench.ts';

const at = (time: string) => Date.parse(`2024-03-04T${time}:00Z`);
let bench: Bench;

/** prod: alice's a1…a4 at 00:00, 00:02, … 00:06, bobby's b5 at 01:00 · lab: five of root's at 00:01, 00:03, … 00:09, one that goes on at 02:00. */
beforeAll(async () => {
  bench = await startBench({
    sandboxes: { prod: {}, lab: { zone: 'Europe/Berlin' } },
    prepare: ({ prod, lab }) => {
      const of = { durationSeconds: 30, createTimeStepSeconds: 120 };
      prod?.control.insertRuns({ ...of, count: 4, name: 'nightly', owner: 'alice', firstCreatedAt: at('00:00'), source: 'ppl-000007-2' });
      prod?.control.insertRuns({
        ...of,
        count: 1,
        name: 'fit',
        owner: 'bobby',
        status: 'failed',
        firstCreatedAt: at('01:00'),
        fsName: 'data',
      });
      lab?.control.insertRuns({ ...of, count: 5, name: 'trial', firstCreatedAt: at('00:01'), status: 'terminated' });
      lab?.control.insertRuns({ ...of, count: 1, name: 'trial', firstCreatedAt: at('02:00'), status: 'running' });
    },
  });
  await bench.synced();
  bench.forgetCalls();
});
afterAll(() => bench[Symbol.asyncDispose]());

const newestFirst = ['lab 6', 'prod 5', 'lab 5', 'lab 4', 'prod 4', 'lab 3', 'prod 3', 'lab 2', 'prod 2', 'lab 1', 'prod 1'];
type Page = {
  runs: {
    totalCount: number;
    nodes: { sourceName: string; runId: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  };
};
const pageQuery = `query ($filter: RunFilter, $first: Int, $last: Int, $after: Cursor, $before: Cursor) {
  runs(filter: $filter, first: $first, last: $last, after: $after, before: $before) {
    totalCount nodes { sourceName runId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const shortOf = ({ sourceName, runId }: { sourceName: string; runId: string }) => `${sourceName} ${Number(runId.slice(4))}`;

async function page(variables: Record<string, unknown>) {
  const { data, errors } = await bench.query<Page>(pageQuery, variables);
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no data');
  const { nodes, pageInfo, totalCount } = data.runs;
  return { runs: nodes.map(shortOf), ...pageInfo, totalCount };
}

test('runs of two sources come newest first, with a total, from the catalog alone', async () => {
  expect(await page({})).toMatchObject({ runs: newestFirst, totalCount: 11, hasNextPage: false, hasPreviousPage: false });
  const { data } = await bench.query('{ runs(first: 0) { complete totalCount nodes { id } pageInfo { hasNextPage endCursor } } }');
  expect(data).toEqual({ runs: { complete: true, totalCount: 11, nodes: [], pageInfo: { hasNextPage: true, endCursor: null } } });
  expect([...bench.calls('prod'), ...bench.calls('lab')]).toEqual([]);
});

test('the list is walked forward from its start and backward from its end, nothing twice and nothing left out', async () => {
  const forward: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const read = await page({ first: 3, after });
    expect(read.hasPreviousPage).toBe(after !== null);
    forward.push(...read.runs);
    ({ endCursor: after, hasNextPage: more } = read);
  }
  expect(forward).toEqual(newestFirst);
  const backward: string[] = [];
  for (let before: string | null = null, more = true; more;) {
    const read = await page({ last: 4, before });
    expect(read.hasNextPage).toBe(before !== null);
    backward.unshift(...read.runs);
    ({ startCursor: before, hasPreviousPage: more } = read);
  }
  expect(backward).toEqual(newestFirst);
});

test('a page between two cursors says what lies on either side', async () => {
  const whole = await page({ first: 2 });
  const end = await page({ last: 2 });
  const between = await page({ first: 3, after: whole.endCursor, before: end.startCursor });
  expect(between).toMatchObject({ runs: newestFirst.slice(2, 5), hasNextPage: true, hasPreviousPage: true });
  const last = await page({ last: 3, after: whole.endCursor, before: end.startCursor });
  expect(last).toMatchObject({ runs: newestFirst.slice(6, 9), hasNextPage: true, hasPreviousPage: true });
  // Without a size, `before` alone reads up to it.
  expect((await page({ before: end.startCursor })).runs).toEqual(newestFirst.slice(0, 9));
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['sources', { sources: ['prod'] }, ['prod 5', 'prod 4', 'prod 3', 'prod 2', 'prod 1']],
  ['no source at all', { sources: [] }, []],
  ['owners', { ownerNames: ['bobby', 'root'] }, ['lab 6', 'prod 5', 'lab 5', 'lab 4', 'lab 3', 'lab 2', 'lab 1']],
  ['states', { states: ['FAILED', 'RUNNING'] }, ['lab 6', 'prod 5']],
  ['no state at all', { states: [] }, []],
  ['names', { names: ['nightly'] }, ['prod 4', 'prod 3', 'prod 2', 'prod 1']],
  ['a part of a name', { names: ['night'] }, []],
  ['a name with U+0000', { names: ['night\0ly'] }, []],
  ['file systems', { fileSystemNames: ['data'] }, ['prod 5']],
  ['pipelines', { pipelineIds: [toGlobalId('Pipeline', 'prod', 'ppl-000007')] }, ['prod 4', 'prod 3', 'prod 2', 'prod 1']],
  ['a pipeline of the other source', { pipelineIds: [toGlobalId('Pipeline', 'lab', 'ppl-000007')] }, []],
  ['schedules', { scheduleIds: [toGlobalId('Schedule', 'prod', 'schedule-000001')] }, []],
  [
    'ids',
    { ids: [toGlobalId('Run', 'prod', 'run-000002'), toGlobalId('Run', 'lab', 'run-000009'), toGlobalId('Run', 'lab', 'run-000006')] },
    ['lab 6', 'prod 2'],
  ],
  ['a time range', { createdFrom: '2024-03-04T00:02:00Z', createdBefore: '2024-03-04T08:05:00+08:00' }, ['prod 3', 'lab 2', 'prod 2']],
  ['several conditions', { sources: ['prod'], ownerNames: ['alice'], createdFrom: '2024-03-04T00:06:00Z' }, ['prod 4']],
  ['nothing', {}, newestFirst],
])('the filter by %s finds what it should, and counts it', async (_what, filter, expected) => {
  expect(await page({ filter })).toMatchObject({ runs: expected, totalCount: expected.length, hasNextPage: false });
});

test('a filter may be as long as a request', async () => {
  const many = Array.from({ length: 15_000 }, (_, index) => String(index));
  const filters = {
    ownerNames: ['alice', ...many],
    pipelineIds: ['7', ...many].map((number) => toGlobalId('Pipeline', 'prod', `ppl-${number.padStart(6, '0')}`)),
    ids: many.map((number) => toGlobalId('Run', 'prod', `run-${number.padStart(6, '0')}`)),
  };
  expect((await page({ filter: { ownerNames: filters.ownerNames } })).totalCount).toBe(4);
  expect((await page({ filter: { pipelineIds: filters.pipelineIds } })).totalCount).toBe(4);
  expect((await page({ filter: { ids: filters.ids } })).totalCount).toBe(5);
});

test('a filter goes along from page to page', async () => {
  const filter = { ownerNames: ['alice'] };
  const first = await page({ filter, first: 3 });
  expect(first).toMatchObject({ runs: ['prod 4', 'prod 3', 'prod 2'], totalCount: 4, hasNextPage: true });
  expect(await page({ filter, first: 3, after: first.endCursor })).toMatchObject({ runs: ['prod 1'], totalCount: 4, hasNextPage: false });
});

const queueCursor = Buffer.from(JSON.stringify(['queues:prod', '', 1])).toString('base64url');
const cursorOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
test.each<[string, Record<string, unknown>]>([
  ['a negative size', { first: -1 }],
  ['a size beyond the limit', { first: 1001 }],
  ['a size beyond the limit, from the end', { last: 1001 }],
  ['both ends at once', { first: 1, last: 1 }],
  ['a cursor of another list', { after: queueCursor }],
  ['a cursor that is none', { after: 'x' }],
  ['an empty object as cursor', { before: Buffer.from('{}').toString('base64url') }],
  ['a cursor at no time', { after: cursorOf('runs', 1e300, 'prod', 1) }],
  ['a cursor at no place', { after: cursorOf('runs', 0, 'prod', 1.5) }],
  ['a cursor of an impossible source', { after: cursorOf('runs', 0, 'pr\0od', 1) }],
  ['a source that is not configured', { filter: { sources: ['nope'] } }],
  ['an id of another type', { filter: { pipelineIds: [toGlobalId('Run', 'prod', 'run-000001')] } }],
  ['a schedule that is none', { filter: { scheduleIds: [toGlobalId('Run', 'prod', 'run-000001')] } }],
  ['garbage for an id', { filter: { ids: ['garbage'] } }],
  ['a time without zone', { filter: { createdFrom: '2024-03-04T00:00:00' } }],
  ['a time before all times', { filter: { createdFrom: '0000-01-01T00:00:00Z' } }],
])('%s is the fault of who asks', async (_what, variables) => {
  const { data, errors } = await bench.query(pageQuery, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(data ?? null).toBeNull();
});

test('executions are the same work under what all kinds have in common', async () => {
  const { data, errors } = await bench.query(`{
    executions(first: 2, filter: { states: [RUNNING, FAILED] }) {
      totalCount complete
      edges { cursor node { __typename sourceName state rawState createdAt startedAt endedAt durationSeconds ... on Run { name owner { name sourceName } } } }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    executions: {
      totalCount: 2,
      complete: true,
      edges: [
        {
          cursor: expect.any(String),
          node: {
            __typename: 'Run',
            sourceName: 'lab',
            name: 'trial',
            state: 'RUNNING',
            rawState: 'running',
            owner: {
              name: 'root',
              sourceName: 'lab',
            },
            createdAt: '2024-03-04T02:00:00.000Z',
            startedAt: '2024-03-04T02:00:01.000Z',
            endedAt: null,
            durationSeconds: expect.any(Number),
          },
        },
        {
          cursor: expect.any(String),
          node: {
            __typename: 'Run',
            sourceName: 'prod',
            name: 'fit',
            state: 'FAILED',
            rawState: 'failed',
            owner: {
              name: 'bobby',
              sourceName: 'prod',
            },
            createdAt: '2024-03-04T01:00:00.000Z',
            startedAt: '2024-03-04T01:00:01.000Z',
            endedAt: '2024-03-04T01:00:30.000Z',
            durationSeconds: 29,
          },
        },
      ],
    },
  });
});

test('run and node give the same run without asking its source', async () => {
  bench.forgetCalls();
  const id = toGlobalId('Run', 'prod', 'run-000002');
  const { data } = await bench.query('query ($id: ID!) { run(id: $id) { runId name id } node(id: $id) { id ... on Run { runId name } } }', {
    id,
  });
  const run = { id, runId: 'run-000002', name: 'nightly' };
  expect(data).toEqual({ run, node: run });
  expect(bench.calls('prod')).toEqual([]);
});

test('runs that the catalog does not know are looked for with one list per source', async () => {
  bench.forgetCalls();
  const ids = ['run-000020', 'run-000021', 'run-000001'].flatMap((id) => [toGlobalId('Run', 'prod', id), toGlobalId('Run', 'lab', id)]);
  const { data, errors } = await bench.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ nodes: [null, null, null, null, { id: ids[4] }, { id: ids[5] }] });
  // An empty list is not believed at once.
  const list = 'GET /api/paddleflow/v1/run?runFilter=run-000020%2Crun-000021&maxKeys=100';
  expect(bench.calls('prod')).toEqual([list, list, list]);
  expect(bench.calls('lab')).toEqual([list, list, list]);
  bench.forgetCalls();
  expect((await bench.query('query ($id: ID!) { run(id: $id) { id } }', { id: ids[0] })).data).toEqual({ run: null });
  expect(bench.calls('prod')).toEqual(['GET /api/paddleflow/v1/run/run-000020']);
});

test.each(['run-1', 'run-0000001', 'run-000000', 'RUN-000001', 'run-000001/x', 'run-000001\0', '..', 'login'])(
  '%j is no run, and is not asked for',
  async (runId) => {
    bench.forgetCalls();
    const id = encodeGlobalId('Run', `prod:${runId}`);
    expect(await bench.query('query ($id: ID!) { run(id: $id) { id } node(id: $id) { id } }', { id })).toEqual({
      data: { run: null, node: null },
    });
    expect(bench.calls('prod')).toEqual([]);
  },
);

test('a page of executions costs one statement, and one more for the runs of each source; their sources one for all', async () => {
  let statements = 0;
  bench.gateways[0]?.pool.on('acquire', () => (statements += 1));
  const cost = async (query: string) => {
    statements = 0;
    const { errors } = await bench.query(query);
    expect(errors).toBeUndefined();
    return statements;
  };
  expect(await cost('{ executions(first: 5) { nodes { id name state } } }')).toBe(3); // of prod and of lab
  expect(await cost('{ executions(first: 5) { totalCount nodes { id source { name health } } } }')).toBe(5);
  expect(await cost('{ runs(first: 5) { nodes { id name } } }')).toBe(1);
  expect(await cost('{ runs(first: 5) { nodes { source { name health } } } }')).toBe(2);
  expect(bench.calls()).toEqual([]);
});
