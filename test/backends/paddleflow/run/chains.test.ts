import { afterAll, beforeAll, expect, test } from 'vitest';
import { as, eventually } from '../../../support/bench.ts';
import { runKey, startLeavings, type LeavingsBench } from '../leavings.ts';
import { base64, startUpstream } from '../upstream.ts';

let bench: LeavingsBench;
beforeAll(async () => {
  bench = await startLeavings();
});
afterAll(() => bench[Symbol.asyncDispose]());

const yaml = 'name: chain\ndocker_env: busybox\nentry_points:\n  good: {command: echo good}\n  bad: {deps: good, command: exit 1}\n';
const chain = `query ($ids: [ID!]) { runs(filter: {ids: $ids}) { nodes { runId state settled retryOf { runId } retries { runId } } } }`;
interface Chain {
  readonly runs: {
    readonly nodes: readonly {
      runId: string;
      state: string;
      settled: boolean;
      retryOf: { runId: string } | null;
      retries: { runId: string }[];
    }[];
  };
}
/** The chain once all of it has ended, oldest first; undefined before. A retry shows the old end first, so it may seem to have ended before it began. */
async function chainOf(ids: readonly string[], who = 'boss') {
  bench.control.advance(5000);
  bench.forgetCalls();
  const { data } = await bench.query<Chain>(chain, { ids: ids.map(runKey) }, as(who));
  const nodes = data?.runs.nodes.toReversed() ?? [];
  if (nodes.length < ids.length || nodes.some(({ state, settled }) => state !== 'FAILED' || !settled)) return undefined;
  return nodes.map(({ runId, retryOf, retries }) => [runId, retryOf?.runId ?? null, retries.map((run) => run.runId)]);
}
const ended = (ids: readonly string[]) => eventually(() => chainOf(ids));
const patience = { interval: 10, timeout: 120_000 };

test('a chain of retries is known, whoever retried, and costs no call', async () => {
  const first = await startUpstream(bench, yaml);
  await ended([first]);
  const answer = await bench.run('RetryRun', { input: { id: runKey(first) } }, as('boss'));
  const second = String(answer.data?.retryRun?.run?.runId);
  await ended([first, second]);
  const { body } = await bench.root.call('PUT', `/run/${first}?action=retry`);
  const third = body.runID;
  await expect
    .poll(() => chainOf([first, second, third]), patience)
    .toEqual([
      [first, null, [second, third]],
      [second, first, []],
      [third, first, []],
    ]);
  expect(bench.calls()).toEqual([]);
});

test('a retry made here is known at once, even where nothing is carried over', async () => {
  const hopeless = 'name: chain\ndocker_env: busybox\nentry_points:\n  bad: {command: exit 1}\n';
  const first = await startUpstream(bench, hopeless);
  await ended([first]);
  const retry = `mutation ($id: ID!) { retryRun(input: {id: $id}) { ... on RetryRunPayload { run { runId retryOf { runId } } } } }`;
  const { data } = await bench.query(retry, { id: runKey(first) }, as('boss'));
  expect(data?.retryRun?.run?.retryOf).toEqual({ runId: first });
  await ended([first, String(data?.retryRun?.run?.runId)]);
});

test('of a chain of retries seen from outside, the newest run that is carried on counts', async () => {
  const three =
    'name: chain\ndocker_env: busybox\nentry_points:\n  a: {command: echo a}\n  b: {deps: a, command: sleep 600}\n  c: {deps: b, command: exit 1}\n';
  const first = await startUpstream(bench, three);
  const jobOf = async (runId: string, step: string) =>
    eventually(async () => {
      bench.control.advance(1000);
      const { body } = await bench.root.get(`/run/${runId}`);
      const [entry] = body.runtime[step] ?? [];
      return entry?.['status'] === 'running' ? entry.jobID : undefined;
    });
  bench.control.finishJob(await jobOf(first, 'b'), 'failed');
  await ended([first]);
  const retried = async (runId: string) => (await bench.root.call('PUT', `/run/${runId}?action=retry`)).body.runID;
  const second = await retried(first);
  bench.control.finishJob(await jobOf(second, 'b'), 'succeeded');
  await ended([first, second]);
  const third = await retried(second);
  await expect
    .poll(() => chainOf([first, second, third]), patience)
    .toEqual([
      [first, null, [second]],
      [second, first, [third]],
      [third, second, []],
    ]);
});

test('who took over results, and from whom, comes from the catalog', async () => {
  bench.forgetCalls();
  const query = `{ runs(filter: {names: ["flow"]}) { nodes { runId cachedRuns { runId } steps { name ... on Step { cachedFrom { runId run { runId owner { name } } } } } } } }`;
  const { data } = await bench.query(query, {}, as('boss'));
  const { first, second, alices } = bench.runs;
  expect(data?.runs?.nodes?.map(({ runId, cachedRuns }) => [runId, cachedRuns])).toEqual([
    [alices, []],
    [second, []],
    [first, [{ runId: second }]],
  ]);
  const hit = data?.runs?.nodes?.[1]?.steps?.find(({ name }) => String(name) === 'prep');
  expect(hit?.cachedFrom).toEqual({ runId: first, run: { runId: first, owner: { name: 'root' } } });
  expect(bench.calls()).toEqual([]);
});

test('everything that a run has left is one operation', async () => {
  const { data, errors } = await bench.run('RunLeavings', { id: runKey(bench.runs.first) }, as('boss'));
  expect(errors).toBeUndefined();
  expect(data?.run).toMatchObject({
    runId: bench.runs.first,
    stuckSince: null,
    retryOf: null,
    retries: [],
    cachedRuns: [{ runId: bench.runs.second }],
    caches: [{ cacheId: 'cch-000001' }],
    artifacts: [expect.anything(), expect.anything()],
  });
});

test('a deletion that is only asked about says what it would do and writes nothing', async () => {
  const { first, second, alices } = bench.runs;
  const dry = async (id: string, more: object = {}, who = 'boss') =>
    (await bench.run('DeleteRun', { input: { id: runKey(id), dryRun: true, ...more } }, as(who))).data?.deleteRun;
  bench.forgetCalls();
  expect(await dry(first)).toEqual({
    __typename: 'DeleteRunPayload',
    deletedId: null,
    affected: {
      obstacles: ['CACHE_IN_USE'],
      cacheUsers: [{ id: runKey(second), runId: second }],
      filesDeleted: [expect.stringMatching(`^\\.pipeline/${first}/flow/prep-0-[0-9a-f]{32}/clean$`)],
      filesLeft: [],
    },
  });
  expect(bench.calls()).toEqual([`GET /api/paddleflow/v1/run/${first}`]);
  expect((await dry(first, { checkCache: false }))?.affected).toMatchObject({ obstacles: [], cacheUsers: [{ runId: second }] });
  // The artifact of a cache hit lies with the run that made it.
  expect((await dry(second))?.affected).toEqual({ obstacles: [], cacheUsers: [], filesDeleted: [], filesLeft: [] });
  const running = await startUpstream(bench, yaml.replace('echo good', 'sleep 6000'));
  expect((await dry(running))?.affected).toMatchObject({ obstacles: ['NOT_ENDED'] });

  expect((await dry(alices, {}, 'alice'))?.affected).toMatchObject({ obstacles: [], filesDeleted: [expect.any(String)] });
  expect(await dry(alices, {}, 'bobby')).toMatchObject({ __typename: 'ForbiddenProblem' });
  expect(await dry('run-009999')).toMatchObject({ __typename: 'NotFoundProblem' });
  expect(await dry('run-009999', { ignoreMissing: true })).toMatchObject({ deletedId: null, affected: { obstacles: [] } });
  for (const id of [first, second, alices]) expect((await bench.root.get(`/run/${id}`)).status).toBe(200);
  const audits = (await bench.gateways[0]?.db.query.audits.findMany()) ?? [];
  expect(audits.map(({ action }) => action)).toContain('retryRun');
  expect(audits.map(({ action }) => action)).not.toContain('deleteRun');
});

test('with a sub-path of the file system the artifacts are left behind', async () => {
  const nested = `name: nested
docker_env: busybox
fs_options: {main_fs: {name: scratch, sub_path: deep}}
entry_points:
  main: {command: 'echo 1 > {{out}}', artifacts: {output: [out]}}
`;
  const { body } = await bench.root.post('/run', { runYamlRaw: base64(nested) });
  bench.control.advance(600_000);
  const affected = await eventually(async () => {
    const { data } = await bench.run('DeleteRun', { input: { id: runKey(body.runID), dryRun: true } }, as('boss'));
    return data?.deleteRun?.affected;
  });
  expect(affected).toMatchObject({ filesDeleted: [], filesLeft: [expect.stringMatching(`^deep/\\.pipeline/${body.runID}/`)] });
});
