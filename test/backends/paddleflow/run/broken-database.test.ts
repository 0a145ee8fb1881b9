import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { createTestDatabase } from '../../../support/database.ts';
import { startProxy, type Proxy } from '../../../support/proxy.ts';
import { startUpstream } from '../upstream.ts';

const yaml = 'name: flow\ndocker_env: busybox\nentry_points:\n  main: {command: sleep 600}\n';
const failing = 'name: failing\ndocker_env: busybox\nentry_points:\n  bad: {command: exit 1}\n';

const stack = new AsyncDisposableStack();
let bench: Bench;
let proxy: Proxy;
beforeAll(async () => {
  const url = new URL(stack.use(await createTestDatabase()).url);
  proxy = stack.use(await startProxy(url));
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  bench = stack.use(await startBench({ options: { databaseUrl: url.href } }));
  await bench.synced();
});
afterAll(() => stack.disposeAsync());
afterEach(() => {
  bench.forgetCalls();
  bench.errors.length = 0;
});

const idOf = (runId: string) => toGlobalId('Run', 'prod', runId);
const answer = '__typename ... on Problem { message } ... on UnconfirmedProblem { executionId }';
const create = `mutation ($input: CreateRunInput!) { createRun(input: $input) { ${answer} ... on CreateRunPayload { run { id } } } }`;
const created = async (more: object = {}) => bench.query(create, { input: { source: 'prod', from: { yaml }, ...more } });
const posts = () => bench.calls().filter((call) => call.startsWith('POST'));
const newest = async () => (await bench.query('{ runs(first: 1) { nodes { id } } }')).data?.runs?.nodes?.[0]?.id;
/** Once it is listed: only then its row can be lost sight of. */
async function reach(runId: string, state: string): Promise<void> {
  await eventually(async () => {
    bench.control.advance(5000);
    return String((await bench.query('query ($id: ID!) { run(id: $id) { state } }', { id: idOf(runId) })).data?.run?.state) === state;
  });
}

test('a run that was made and cannot be read back is unconfirmed, and named', async () => {
  proxy.cutAt('tributary_poke'); // the last of what follows; the leader, who reads the run as well, never sends it
  const { data, errors } = await created();
  expect(errors).toBeUndefined();
  expect(data?.createRun).toMatchObject({ __typename: 'UnconfirmedProblem', message: expect.stringContaining('accepted') });
  await eventually(async () => (await newest()) === data?.createRun?.executionId);
  expect(posts()).toHaveLength(1);
  expect(bench.errors).not.toEqual([]); // what has failed is in the log, and in no answer
  expect(JSON.stringify(data)).not.toContain('pg_notify');
});

test.each([
  ['insert into "audit"', {}],
  ['update "intent"', { idempotencyKey: 'kept' }],
])('a run that was made is answered though %s has failed, which the log gets', async (statement, more) => {
  proxy.cutAt(statement);
  const { data } = await created(more);
  expect(data?.createRun).toMatchObject({ __typename: 'CreateRunPayload' });
  expect(posts()).toHaveLength(1);
  expect(bench.errors.map(String).join('\n')).toContain(statement);
});

test('a key whose intent could not be settled leads to the run that was made', async () => {
  proxy.cutAt('update "intent"');
  const first = (await created({ idempotencyKey: 'unsettled' })).data?.createRun;
  const again = (await created({ idempotencyKey: 'unsettled' })).data?.createRun;
  expect(again?.run?.id).toBe(first?.run?.id);
  expect(posts()).toHaveLength(1);
});

test('what the backend has refused is told though its intent cannot be settled', async () => {
  proxy.cutAt('update "intent"');
  const { data } = await created({
    from: { yaml: 'name: x\ndocker_env: b\nfs_options: {main_fs: {name: gone}}\nentry_points: {a: {}}' },
    idempotencyKey: 'refused',
  });
  expect(data?.createRun).toMatchObject({ __typename: 'InvalidInputProblem' });
});

test('a run that was tried again and cannot be linked to the old one is unconfirmed, and named', async () => {
  const runId = await startUpstream(bench, failing);
  await reach(runId, 'FAILED');
  proxy.cutAt('update "paddleflow_run" set "retry_of"');
  const retry = `mutation ($id: ID!) { retryRun(input: {id: $id}) { ${answer} } }`;
  const { data } = await bench.query(retry, { id: idOf(runId) });
  expect(data?.retryRun).toMatchObject({ __typename: 'UnconfirmedProblem', executionId: expect.any(String) });
  expect(data?.retryRun?.executionId).not.toBe(idOf(runId));
});

test('a run that is gone and cannot be noted as such is unconfirmed', async () => {
  const runId = await startUpstream(bench, failing);
  await reach(runId, 'FAILED');
  proxy.cutAt('"deleted_upstream" = $');
  const { data } = await bench.query(`mutation ($id: ID!) { deleteRun(input: {id: $id}) { ${answer} } }`, { id: idOf(runId) });
  expect(data?.deleteRun).toMatchObject({ __typename: 'UnconfirmedProblem', executionId: idOf(runId) });
});
