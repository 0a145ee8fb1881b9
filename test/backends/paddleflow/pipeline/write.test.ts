import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import type { JsonView } from '../../../support/json.ts';
import { base64, startUpstream, upstreamUser } from '../upstream.ts';
import type { Caller } from '../../../sandbox/paddleflow/bench.ts';

let bench: Bench;
let root: Caller;
let alice: Caller;
beforeAll(async () => {
  bench = await startBench({ tokens: { chief: { role: 'operator' }, alice: { role: 'viewer' }, bobby: { role: 'viewer' } } });
  const { url } = bench.sandbox('prod');
  root = await upstreamUser(url);
  await root.post('/user', { username: 'alice', password: 'secret1' });
  alice = await upstreamUser(url, 'alice', 'secret1');
  await alice.post('/fs', { name: 'hers', url: 'local://mnt/hers' });
  await root.post('/fs', { name: 'data', url: 'local://mnt/data' });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const api = '/api/paddleflow/v1';
const yamlOf = (name: string, word = 'hello') => `name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: echo ${word}}\n`;
const idOf = (pipelineId: unknown) => toGlobalId('Pipeline', 'prod', String(pipelineId));
const versionOf = (pipelineId: unknown, version = '1') => toGlobalId('PipelineVersion', 'prod', `${String(pipelineId)}/${version}`);
const runKey = (runId: string) => toGlobalId('Run', 'prod', runId);
async function ask(name: string, input: object, who = 'chief'): Promise<JsonView | undefined> {
  const { data, errors } = await bench.run(name, { input }, as(who));
  expect(errors).toBeUndefined();
  return data?.[`${name[0]?.toLowerCase()}${name.slice(1)}`];
}
async function stored(name: string, caller = root, desc = 'old'): Promise<string> {
  const { text, status, body } = await caller.post('/pipeline', { yamlRaw: base64(yamlOf(name)), desc });
  if (status !== 201) throw new Error(text);
  return String(body['pipelineID']);
}
async function scheduled(pipelineID: string, name: string, pipelineVersionID = '1'): Promise<string> {
  const { text, status, body } = await root.post('/schedule', { name, pipelineID, pipelineVersionID, crontab: '0 2 * * *' });
  if (status !== 201) throw new Error(text);
  return String(body['scheduleID']);
}

describe('createPipeline', () => {
  test('stores a YAML under the name that it bears: one write, one read', async () => {
    const answer = await ask('CreatePipeline', { source: 'prod', from: { yaml: yamlOf('fresh') }, description: 'new' });
    expect(answer).toMatchObject({
      __typename: 'CreatePipelinePayload',
      pipeline: { name: 'fresh', description: 'new', owner: { name: 'root' } },
      version: { version: '1' },
    });
    const [post, get, ...others] = bench.calls();
    expect([post, get]).toEqual([`POST ${api}/pipeline`, expect.stringMatching(/^GET .*\/pipeline\/ppl-\d+\/1$/)]);
    expect(others).toEqual([]);
  });

  test('reads the YAML from a file system, of another user too', async () => {
    bench.control.putFile('fs-alice-hers', './flows/a.yaml', yamlOf('from_hers'));
    const from = { path: { fileSystemName: 'hers', path: './flows/a.yaml' } };
    expect(await ask('CreatePipeline', { source: 'prod', from, fileSystemOwnerName: 'alice' })).toMatchObject({
      pipeline: { name: 'from_hers' },
    });
    expect(await ask('CreatePipeline', { source: 'prod', from })).toMatchObject({ __typename: 'InvalidInputProblem', field: 'from' });
  });

  test('refuses what is wrong with line and column, without a call', async () => {
    const from = { yaml: 'name: bad\nentry_points:\n  main:\n    comand: echo\n' };
    expect(await ask('CreatePipeline', { source: 'prod', from })).toMatchObject({
      __typename: 'InvalidInputProblem',
      field: 'from.yaml',
      issues: [
        {
          line: 4,
          column: 5,
          path: ['entry_points', 'main', 'comand'],
        },
      ],
    });
    for (const input of [
      { from: { yaml: '' } },
      { from: { yaml: `${yamlOf('long')}# ${'x'.repeat(66_000)}` } },
      { from: { yaml: yamlOf('my_Login') } },
      { from: { yaml: yamlOf('wordy') }, description: 'ä'.repeat(129) },
      { from: { path: { fileSystemName: '' } } },
    ]) {
      expect(await ask('CreatePipeline', { source: 'prod', ...input })).toMatchObject({ __typename: 'InvalidInputProblem' });
    }
    expect(await ask('CreatePipeline', { source: 'nowhere', from: { yaml: yamlOf('x') } })).toMatchObject({
      __typename: 'NotFoundProblem',
    });
    expect(bench.calls()).toEqual([]);
  });

  test('tells a taken name, and a file system that is not there', async () => {
    await stored('taken');
    expect(await ask('CreatePipeline', { source: 'prod', from: { yaml: yamlOf('taken') } })).toMatchObject({
      __typename: 'ConflictProblem',
    });
    const yaml = `${yamlOf('far')}fs_options: {main_fs: {name: nowhere}}\n`;
    expect(await ask('CreatePipeline', { source: 'prod', from: { yaml } })).toMatchObject({ __typename: 'InvalidInputProblem' });
  });

  test('finds what was made when the answer is lost, and says so when nothing was', async () => {
    bench.control.orderFault({ kind: 'cut', method: 'POST', path: '/pipeline$', times: 1, applied: true });
    const made = { source: 'prod', from: { yaml: yamlOf('lost') } };
    expect(await ask('CreatePipeline', made)).toMatchObject({ __typename: 'CreatePipelinePayload', pipeline: { name: 'lost' } });
    expect(await ask('CreatePipeline', made)).toMatchObject({ __typename: 'ConflictProblem' });
    bench.control.orderFault({ kind: 'cut', method: 'POST', path: '/pipeline$', times: 1 });
    expect(await ask('CreatePipeline', { source: 'prod', from: { yaml: yamlOf('never') } })).toMatchObject({
      __typename: 'UnconfirmedProblem',
    });
  });
});

describe('createPipelineVersion', () => {
  test('from a file of another name is refused by the backend, and the problem names where it comes from', async () => {
    const pipelineID = await stored('filed');
    bench.control.putFile('fs-root-data', './other.yaml', yamlOf('other'));
    bench.forgetCalls();
    const from = { path: { fileSystemName: 'data', path: './other.yaml' } };
    const answer = await ask('CreatePipelineVersion', { pipelineId: idOf(pipelineID), from, description: 'new' });
    expect(answer).toMatchObject({ __typename: 'InvalidInputProblem', field: 'from' });
    expect(bench.calls()).toEqual([`POST ${api}/pipeline/${pipelineID}`]);
  });

  test('keeps the description unless another one is given, an empty one too', async () => {
    const id = await stored('described');
    const add = (more: object) =>
      ask('CreatePipelineVersion', { pipelineId: idOf(id), from: { yaml: yamlOf('described', 'again') }, ...more });
    expect(await add({})).toMatchObject({
      pipeline: { description: 'old' },
      version: { version: '2', yaml: yamlOf('described', 'again') },
    });
    expect(bench.calls()).toEqual([`GET ${api}/pipeline/${id}?maxKeys=1`, `POST ${api}/pipeline/${id}`, `GET ${api}/pipeline/${id}/2`]);
    bench.forgetCalls();
    expect(await add({ description: 'next' })).toMatchObject({ pipeline: { description: 'next' }, version: { version: '3' } });
    expect(bench.calls()).toEqual([`POST ${api}/pipeline/${id}`, `GET ${api}/pipeline/${id}/3`]);
    expect(await add({ description: '' })).toMatchObject({ pipeline: { description: '' } });
  });

  test('tells a YAML of another name, and a pipeline that is not there', async () => {
    const id = await stored('named');
    const from = { yaml: yamlOf('other') };
    expect(await ask('CreatePipelineVersion', { pipelineId: idOf(id), from })).toMatchObject({
      __typename: 'InvalidInputProblem',
      field: 'from.yaml',
    });
    expect(await ask('CreatePipelineVersion', { pipelineId: idOf(id), from, description: 'x' })).toMatchObject({
      __typename: 'InvalidInputProblem',
    });
    for (const more of [{}, { description: 'x' }]) {
      expect(await ask('CreatePipelineVersion', { pipelineId: idOf('ppl-009999'), from, ...more })).toMatchObject({
        __typename: 'NotFoundProblem',
      });
    }
  });

  test("adds to one's own pipeline with one's own file systems, and to nobody else's", async () => {
    const id = await stored('own', alice);
    bench.control.putFile('fs-alice-hers', './own.yaml', yamlOf('own', 'file'));
    const input = { pipelineId: idOf(id), from: { path: { fileSystemName: 'hers', path: './own.yaml' } } };
    expect(await ask('CreatePipelineVersion', input, 'alice')).toMatchObject({ version: { version: '2' } });
    expect(await ask('CreatePipelineVersion', input)).toMatchObject({ version: { version: '3' } });
    expect(await ask('CreatePipelineVersion', input, 'bobby')).toMatchObject({ __typename: 'ForbiddenProblem' });
    expect(bench.calls().filter((call) => call.startsWith('POST'))).toHaveLength(2);
  });

  test('is unconfirmed after a lost answer, and sent once', async () => {
    const id = await stored('once');
    bench.control.orderFault({ kind: 'cut', method: 'POST', path: `/pipeline/${id}$`, times: 1, applied: true });
    const answer = await ask('CreatePipelineVersion', { pipelineId: idOf(id), from: { yaml: yamlOf('once') }, description: '' });
    expect(answer).toMatchObject({ __typename: 'UnconfirmedProblem' });
    expect(bench.calls()).toEqual([`POST ${api}/pipeline/${id}`]);
  });
});

describe('deletePipeline', () => {
  test('deletes with one call, says what is missing, and forgives that when asked to', async () => {
    const id = idOf(await stored('going'));
    expect(await ask('DeletePipeline', { id })).toEqual({
      __typename: 'DeletePipelinePayload',
      deletedId: id,
      affected: null,
    });
    expect(bench.calls()).toHaveLength(1);
    expect(await ask('DeletePipeline', { id })).toMatchObject({ __typename: 'NotFoundProblem' });
    expect(await ask('DeletePipeline', { id, ignoreMissing: true })).toMatchObject({ deletedId: id });
    expect((await bench.query('query ($id: ID!) { pipeline(id: $id) { name } }', { id }, as('chief'))).data).toEqual({ pipeline: null });
  });

  test('with dryRun says which runs and schedules use it, and writes nothing', async () => {
    const pipelineID = await stored('used');
    const schedule = await scheduled(pipelineID, 'uses_it');
    const run = await startUpstream(bench, '', { runYamlRaw: undefined, pipelineID, pipelineVersionID: '1' });
    await bench.synced();
    bench.forgetCalls();
    const id = idOf(pipelineID);
    expect(await ask('DeletePipeline', { id, dryRun: true })).toEqual({
      __typename: 'DeletePipelinePayload',
      deletedId: null,
      affected: {
        unfinishedRunIds: [toGlobalId('Run', 'prod', run)],
        scheduleIds: [toGlobalId('Schedule', 'prod', schedule)],
      },
    });
    expect(bench.calls()).toEqual([
      `GET ${api}/pipeline/${pipelineID}?maxKeys=1`,
      `GET ${api}/schedule?pplFilter=${pipelineID}&statusFilter=running&maxKeys=1000`,
    ]);
    expect(await ask('DeletePipeline', { id })).toMatchObject({ __typename: 'ConflictProblem' });
    const missing = { id: idOf('ppl-009999'), dryRun: true };
    expect(await ask('DeletePipeline', missing)).toMatchObject({ __typename: 'NotFoundProblem' });
    expect(await ask('DeletePipeline', { ...missing, ignoreMissing: true })).toMatchObject({ affected: { scheduleIds: [] } });
  });

  test("is for one's own; after a lost answer the pipeline is looked for", async () => {
    const [own, others] = [idOf(await stored('hers_to_go', alice)), idOf(await stored('not_hers'))];
    for (const dryRun of [true, false])
      expect(await ask('DeletePipeline', { id: others, dryRun }, 'alice')).toMatchObject({ __typename: 'ForbiddenProblem' });
    bench.control.orderFault({ kind: 'cut', method: 'DELETE', path: '/pipeline/', times: 1, applied: true });
    expect(await ask('DeletePipeline', { id: own }, 'alice')).toMatchObject({ deletedId: own });
    bench.control.orderFault({ kind: 'cut', method: 'DELETE', path: '/pipeline/', times: 1 });
    expect(await ask('DeletePipeline', { id: others })).toMatchObject({ __typename: 'UnconfirmedProblem' });
  });
});

describe('deletePipelineVersion', () => {
  test('with dryRun says which runs took the version, also those that asked for the latest', async () => {
    const pipelineID = await stored('latest');
    const start = (more: object) => startUpstream(bench, '', { runYamlRaw: undefined, pipelineID, ...more });
    const early = await start({});
    await root.post(`/pipeline/${pipelineID}`, { yamlRaw: base64(yamlOf('latest', 'again')) });
    const [late, named] = [await start({}), await start({ pipelineVersionID: '2' })];
    const told = async (version: string) => {
      const answer = await ask('DeletePipelineVersion', { id: versionOf(pipelineID, version), dryRun: true });
      return answer?.affected?.unfinishedRunIds;
    };
    // Until the catalog has all three, and the texts by which two of them are told apart.
    await eventually(async () => JSON.stringify(await told('2')) === JSON.stringify([late, named].map(runKey)));
    bench.forgetCalls();
    expect(await told('2')).toEqual([late, named].map(runKey));
    expect(bench.calls()).toEqual([
      `GET ${api}/pipeline/${pipelineID}/2`,
      `GET ${api}/pipeline/${pipelineID}?maxKeys=2`,
      // An empty list is not believed at once.
      ...Array.from(
        { length: 3 },
        () => `GET ${api}/schedule?pplFilter=${pipelineID}&pplVersionFilter=2&statusFilter=running&maxKeys=1000`,
      ),
    ]);
    expect(await told('1')).toEqual([early].map(runKey));
  });

  test('deletes all but the last and what a running schedule uses', async () => {
    const pipelineID = await stored('versions');
    const last = { id: versionOf(pipelineID) };
    expect(await ask('DeletePipelineVersion', last)).toMatchObject({ __typename: 'ConflictProblem' });
    expect(await ask('DeletePipelineVersion', { ...last, dryRun: true })).toMatchObject({ __typename: 'ConflictProblem' });
    for (const word of ['b', 'c']) await root.post(`/pipeline/${pipelineID}`, { yamlRaw: base64(yamlOf('versions', word)) });
    const schedule = await scheduled(pipelineID, 'uses_second', '2');
    expect(await ask('DeletePipelineVersion', { id: versionOf(pipelineID, '2') })).toMatchObject({ __typename: 'ConflictProblem' });
    expect(await ask('DeletePipelineVersion', { id: versionOf(pipelineID, '2'), dryRun: true })).toMatchObject({
      affected: { scheduleIds: [toGlobalId('Schedule', 'prod', schedule)], unfinishedRunIds: [] },
    });
    bench.forgetCalls();
    expect(await ask('DeletePipelineVersion', { id: versionOf(pipelineID, '3'), dryRun: true })).toMatchObject({ deletedId: null });
    expect(bench.calls()).toHaveLength(2 + 3); // no schedule: that is not believed at once
    bench.forgetCalls();
    expect(await ask('DeletePipelineVersion', { id: versionOf(pipelineID, '3') })).toMatchObject({ deletedId: versionOf(pipelineID, '3') });
    expect(bench.calls()).toEqual([`DELETE ${api}/pipeline/${pipelineID}/3`]);
    expect(await ask('DeletePipelineVersion', { id: versionOf(pipelineID, '3') })).toMatchObject({ __typename: 'NotFoundProblem' });
    expect(await ask('DeletePipelineVersion', { id: versionOf(pipelineID, '3'), ignoreMissing: true })).toMatchObject({ affected: null });
    expect(await ask('DeletePipelineVersion', { id: versionOf(pipelineID, '1') }, 'bobby')).toMatchObject({
      __typename: 'ForbiddenProblem',
    });
  });
});

test('who did what is written down, dry runs not', async () => {
  const id = await stored('audited');
  await ask('DeletePipeline', { id: idOf(id), dryRun: true });
  await ask('DeletePipeline', { id: idOf(id) });
  const db = bench.gateways[0]?.db;
  const { rows } = (await db?.execute(`select viewer, action, outcome from audit where target = 'prod:${id}'`)) ?? { rows: [] };
  expect(rows).toEqual([{ viewer: 'chief', action: 'deletePipeline', outcome: 'done' }]);
});
