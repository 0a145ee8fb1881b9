import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBench, toGlobalId, type Bench } from '../support/bench.ts';
import { startUpstream, upstreamUser } from '../backends/paddleflow/upstream.ts';

let bench: Bench;
let run: string;
const yaml = 'name: one\ndocker_env: busybox\nentry_points:\n  main: {command: echo}\n';
beforeAll(async () => {
  bench = await startBench();
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/pipeline', { yamlRaw: Buffer.from(yaml).toString('base64') });
  run = toGlobalId('Run', 'prod', await startUpstream(bench, yaml));
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const sides = ['after', 'before'] as const;
const refused = [{ extensions: { code: 'BAD_USER_INPUT' } }];

test.each(['runs', 'executions'].flatMap((list) => sides.map((side) => [side, list])))(
  'an empty cursor as %s of %s is refused like any other foreign one',
  async (side, list) => {
    for (const cursor of ['', 'nonsense'])
      expect(await bench.query(`query ($c: Cursor) { ${list}(first: 5, ${side}: $c) { edges { cursor } } }`, { c: cursor })).toMatchObject({
        errors: refused,
      });
    expect(bench.calls()).toEqual([]);
    const { errors } = await bench.query(`query ($c: Cursor) { ${list}(first: 5, ${side}: $c) { edges { cursor } } }`, { c: null });
    expect(errors).toBeUndefined();
  },
);

const upstream = ['artifacts', 'clusters', 'fileSystems', 'flavours', 'pipelines', 'queues', 'runCaches', 'schedules', 'users'];
test.each(upstream.flatMap((list) => sides.map((side) => [side, list])))('an empty cursor as %s of %s is refused', async (side, list) => {
  const query = `query ($c: Cursor) { ${list}(source: "prod", first: 5, ${side}: $c) { edges { cursor } } }`;
  expect(await bench.query(query, { c: '' })).toMatchObject({ errors: refused });
  expect(bench.calls()).toHaveLength(list === 'fileSystems' ? 1 : 0); // of which the cursor names an item, so the list is read first
});

test.each(['events', 'log'].flatMap((list) => sides.map((side) => [side, list])))(
  'an empty cursor as %s of the %s of a run is refused',
  async (side, list) => {
    const query = `query ($id: ID!, $c: Cursor) { run(id: $id) { ${list}(first: 5, ${side}: $c) { pageInfo { hasNextPage } } } }`;
    expect(await bench.query(query, { id: run, c: '' })).toMatchObject({ errors: refused });
    expect(bench.calls()).toEqual([]);
  },
);
