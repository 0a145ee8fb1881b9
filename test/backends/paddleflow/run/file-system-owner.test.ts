import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Bench } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';
import { base64, upstreamUser } from '../upstream.ts';

const yaml = `name: hers
docker_env: busybox
entry_points:
  main: {command: echo}
`;
let bench: Bench;
beforeAll(async () => {
  bench = await startAccounts({
    async prepare({ prod }) {
      if (prod === undefined) throw new Error('there is no prod');
      const root = await upstreamUser(prod.url);
      await root.post('/fs', { name: 'data', url: 'local://mnt/data', username: 'alice' });
      prod.control.putFile('fs-alice-data', 'run.yaml', yaml);
      await root.post('/pipeline', { yamlRaw: base64(yaml) });
    },
  });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const create = `mutation ($input: CreateRunInput!) { createRun(input: $input) {
  __typename
  ... on CreateRunPayload { run { runId owner { name } fileSystemName dockerEnv } }
  ... on Problem { message }
} }`;
const created = async (who: string, input: object) =>
  (await bench.query(create, { input: { source: 'prod', ...input } }, await headersOf(bench, who))).data?.createRun;
const api = '/api/paddleflow/v1';

test.each<[string, object]>([
  ['as text', { from: { yaml }, fileSystemName: 'data' }],
  ['at a path', { from: { path: { fileSystemName: 'data', path: './run.yaml' } } }],
])('a workflow %s runs on the file system of a user, in the name of who started it', async (_where, input) => {
  const answer = await created('ops', { ...input, fileSystemOwnerName: 'alice' });
  expect(answer).toMatchObject({ __typename: 'CreateRunPayload', run: { owner: { name: 'root' }, fileSystemName: 'data' } });
  const runId = String(answer?.run?.runId);
  expect(bench.calls()).toEqual([`POST ${api}/run`, `GET ${api}/run/${runId}`]);
  bench.control.advance(10_000);
  const { body } = await (await upstreamUser(bench.sandbox('prod').url)).get(`/run/${runId}`);
  expect(body).toMatchObject({ runtime: { main: [{ env: { PF_USER_NAME: 'alice' } }] } });
});

test('whoever has no right to a user’s file systems does not come to them by naming that user', async () => {
  const input = { from: { yaml }, fileSystemName: 'data', fileSystemOwnerName: 'alice' };
  expect(await created('bobby', input)).toMatchObject({ __typename: 'ForbiddenProblem' });
  expect(bench.calls()).toEqual([]);
  const bobby = 'session:bobby';
  expect(await created(bobby, input)).toMatchObject({ __typename: 'ForbiddenProblem' });
  expect(bench.calls()).toEqual([`POST ${api}/run`]);
  expect(await created('session:alice', input)).toMatchObject({ __typename: 'CreateRunPayload', run: { owner: { name: 'alice' } } });
});

test('the image named in a request is shown with the run, and otherwise that of the YAML', async () => {
  expect(await created('ops', { from: { yaml }, dockerEnv: 'python:3.12' })).toMatchObject({ run: { dockerEnv: 'python:3.12' } });
  expect(await created('ops', { from: { yaml } })).toMatchObject({ run: { dockerEnv: 'busybox' } });
  const without = 'name: bare\nentry_points:\n  main: {command: echo, docker_env: alpine}\n';
  expect(await created('ops', { from: { yaml: without } })).toMatchObject({ run: { dockerEnv: null } });
  expect(bench.calls().filter((call) => call.startsWith('POST'))).toHaveLength(3);
});
