import { expect, test } from 'vitest';
import { InvalidCallError } from '../../../../src/upstream/errors.ts';
import type { PaddleFlowClient } from '../../../../src/backends/paddleflow/client/client.ts';
import { errorOf } from '../../../upstream/bench.ts';
import { json, refuse } from '../../../upstream/server.ts';
import { startBench } from './bench.ts';

const marker = '0123456789abcdef0123456789abcdef';

test.each<[string, (client: PaddleFlowClient) => Promise<unknown>, unknown]>([
  ['GET /version', (client) => client.version(), {}],
  ['GET /run?maxKeys=50', (client) => client.listRuns({ maxKeys: 50 }), { runList: [] }],
  [
    `GET /run?userFilter=alice%2Cbob&runFilter=run-000001%2Crun-000002&statusFilter=failed&maxKeys=100&marker=${marker}`,
    (client) =>
      client.listRuns({
        userFilter: ['alice', 'bob'],
        runFilter: ['run-000001', 'run-000002'],
        statusFilter: ['failed'],
        marker,
        maxKeys: 100,
      }),
    { runList: [] },
  ],
  ['GET /run/run-000012', (client) => client.getRun('run-000012'), { runID: 'run-000012', status: 'running' }],
  ['PUT /run/run-000012?action=stop', (client) => client.stopRun('run-000012'), undefined],
  ['PUT /run/run-000012?action=retry', (client) => client.retryRun('run-000012'), { runID: 'run-000013' }],
  ['DELETE /run/run-000012', (client) => client.deleteRun('run-000012'), undefined],
  [
    'GET /pipeline?nameFilter=train&maxKeys=10',
    (client) => client.listPipelines({ nameFilter: ['train'], maxKeys: 10 }),
    { pipelineList: [] },
  ],
  [
    `GET /pipeline/ppl-000003?fsFilter=data&maxKeys=10&marker=${marker}`,
    (client) => client.getPipeline('ppl-000003', { fsFilter: ['data'], maxKeys: 10, marker }),
    { pipeline: { pipelineID: 'ppl-000003', name: 'train' }, pplVersions: { pplVersionList: [] } },
  ],
  [
    'GET /pipeline/ppl-000003/2',
    (client) => client.getPipelineVersion('ppl-000003', '2'),
    { pipeline: { pipelineID: 'ppl-000003', name: 'train' }, pipelineVersion: { pipelineVersionID: '2', pipelineID: 'ppl-000003' } },
  ],
  [
    'GET /cluster?clusterNames=a%2Cb&clusterStatus=online&maxKeys=10',
    (client) => client.listClusters({ clusterNames: ['a', 'b'], clusterStatus: 'online', maxKeys: 10 }),
    { clusterList: null },
  ],
  ['GET /cluster/gpu-a', (client) => client.getCluster('gpu-a'), { clusterName: 'gpu-a', status: 'online' }],
  ['GET /queue?name=train&maxKeys=1', (client) => client.listQueues({ name: 'train', maxKeys: 1 }), { queueList: [] }],
  ['GET /queue/train', (client) => client.getQueue('train'), { name: 'train', status: 'open' }],
  [
    'GET /log/run/run-000012?jobID=job-1&pageNo=2&pageSize=100&logFilePosition=begin',
    (client) => client.runLog({ runID: 'run-000012', jobID: 'job-1', pageNo: 2, pageSize: 100, position: 'begin' }),
    { runLog: [] },
  ],
])('%s', async (call, ask, answer) => {
  await using bench = await startBench((_request, response) => json(response, answer));
  await ask(bench.prod.as('viewer'));
  expect(bench.calls).toEqual([call]);
});

const bodyOf = async (write: (client: PaddleFlowClient) => Promise<unknown>) => {
  await using bench = await startBench((_request, response) => json(response, { runID: 'run-000001' }));
  await write(bench.prod.as('viewer'));
  const body = bench.server.received.at(-1)?.body ?? '';
  return body === '' ? '' : JSON.parse(body);
};

test('a run is created from YAML as padded base64 of UTF-8, and only with what was given', async () => {
  const body = await bodyOf((client) =>
    client.createRun({ runYaml: 'name: 流', name: 'train', parameters: { epoch: 10 }, desc: undefined }),
  );
  expect(body).toEqual({ runYamlRaw: Buffer.from('name: 流').toString('base64'), name: 'train', parameters: { epoch: 10 } });
});

test('stop and delete say what they mean', async () => {
  expect(await bodyOf((client) => client.stopRun('run-000001'))).toEqual({ stopForce: false });
  expect(await bodyOf((client) => client.stopRun('run-000001', { force: true }))).toEqual({ stopForce: true });
  expect(await bodyOf((client) => client.deleteRun('run-000001'))).toEqual({ checkCache: true });
  expect(await bodyOf((client) => client.deleteRun('run-000001', { checkCache: false }))).toEqual({ checkCache: false });
});

test('ids come from the answers', async () => {
  await using bench = await startBench((_request, response) => json(response, { runID: 'run-000019' }, 201));
  expect(await bench.prod.as('viewer').createRun({ pipelineID: 'ppl-000003' })).toBe('run-000019');
  expect(await bench.prod.as('viewer').retryRun('run-000012')).toBe('run-000019');
});

test('a retry that names no new run has failed', async () => {
  await using bench = await startBench((_request, response) => json(response, { runID: '' }));
  const error = await errorOf(bench.prod.as('viewer').retryRun('run-000012'));
  expect(error).toMatchObject({ fault: 'rejected', status: 200, operation: 'PUT /run/run-000012', outcomeUnknown: false });
});

test('a created run without an id may exist', async () => {
  await using bench = await startBench((_request, response) => json(response, { runID: '' }, 201));
  expect(await errorOf(bench.prod.as('viewer').createRun({ pipelineID: 'ppl-000003' }))).toMatchObject({
    fault: 'garbage',
    outcomeUnknown: true,
  });
});

test('a stop answered by a page of HTML is no success', async () => {
  await using bench = await startBench((_request, response) => response.end('<html>please sign in</html>'));
  expect(await errorOf(bench.prod.as('viewer').stopRun('run-000012'))).toMatchObject({ fault: 'garbage', outcomeUnknown: true });
});

test('a run that does not decode is asked for twice, and does not open the circuit', async () => {
  await using bench = await startBench((_request, response) => refuse(response, 500, ''), { circuit: { failuresToOpen: 1 } });
  expect(await errorOf(bench.prod.as('viewer').getRun('run-000012'))).toMatchObject({ fault: 'unavailable', status: 500, code: '' });
  expect(bench.calls).toHaveLength(2);
  expect(bench.prod.health().circuit).toBe('closed');
});

test.each([
  ['InternalError', 3, 'open'],
  ['LinkModelError', 1, 'open'],
])('a read refused with %s is asked %i times', async (code, calls, circuit) => {
  await using bench = await startBench((_request, response) => refuse(response, 500, code), { circuit: { failuresToOpen: calls } });
  expect(await errorOf(bench.prod.as('viewer').version())).toMatchObject({ fault: 'unavailable', code });
  expect(bench.calls).toHaveLength(calls);
  expect(bench.prod.health().circuit).toBe(circuit);
});

test('a stop that fails because its workflow is lost says nothing about the server', async () => {
  await using bench = await startBench((_request, response) => refuse(response, 500, 'InternalError'), { circuit: { failuresToOpen: 1 } });
  expect(await errorOf(bench.prod.as('viewer').stopRun('run-000012'))).toMatchObject({ fault: 'unavailable', outcomeUnknown: true });
  expect(bench.calls).toHaveLength(1);
  expect(bench.prod.health().circuit).toBe('closed');
});

test.each<[string, (client: PaddleFlowClient) => Promise<unknown>]>([
  ['a marker that would crash the server', (client) => client.listRuns({ marker: 'abcd', maxKeys: 10 })],
  ['a marker with upper case', (client) => client.listRuns({ marker: marker.toUpperCase(), maxKeys: 10 })],
  ['no maxKeys at all', (client) => client.listRuns({ maxKeys: 0 })],
  ['too many maxKeys', (client) => client.listQueues({ maxKeys: 1001 })],
  ['half a maxKeys', (client) => client.listClusters({ maxKeys: 1.5 })],
  ['an empty filter, which would mean everything', (client) => client.listRuns({ runFilter: [], maxKeys: 10 })],
  ['a comma in a filter', (client) => client.listRuns({ nameFilter: ['a,b'], maxKeys: 10 })],
  ['an empty value in a filter', (client) => client.listRuns({ userFilter: [''], maxKeys: 10 })],
  ['a negative log page', (client) => client.runLog({ runID: 'run-000001', pageNo: -1, pageSize: 100, position: 'end' })],
  ['a log page of 101 lines', (client) => client.runLog({ runID: 'run-000001', pageNo: 1, pageSize: 101, position: 'end' })],
  ['a name that skips authentication', (client) => client.getQueue('my-login')],
  ['a name that skips authentication, in another case', (client) => client.getCluster('myLogin')],
  ['a path upwards', (client) => client.getRun('..')],
  ['an empty id, which would be the list', (client) => client.getRun('')],
  ['a slash', (client) => client.getRun('run-000001/../../login/')],
  ['a line break', (client) => client.getRun('run\n')],
  ['half a character', (client) => client.getRun('\uD800')],
])('%s is refused before anything is sent', async (_name, ask) => {
  await using bench = await startBench((_request, response) => json(response, {}));
  await expect(ask(bench.prod.as('viewer'))).rejects.toThrow(InvalidCallError);
  expect(bench.server.calls).toEqual([]);
});

test('a name with odd characters is encoded', async () => {
  await using bench = await startBench((_request, response) => json(response, { name: 'a?b#c%', status: 'open' }));
  await bench.prod.as('viewer').getQueue('a?b#c% 流');
  expect(bench.calls).toEqual(['GET /queue/a%3Fb%23c%25%20%E6%B5%81']);
});
