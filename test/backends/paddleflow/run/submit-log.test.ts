import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { startUpstream, upstreamUser } from '../upstream.ts';
import { kubeconfig } from '../../../support/kubeconfig.ts';

const near = 'name: near\ndocker_env: busybox\nentry_points:\n  here: {command: sleep 60000}\n';
const apart = `${near}  there: {command: sleep 60000, env: {PF_JOB_QUEUE_NAME: far}}\n`;
let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/cluster', { clusterName: 'edge', endpoint: 'x', clusterType: 'K3S', credential: kubeconfig });
  await root.post('/queue', { name: 'far', namespace: 'x', clusterName: 'edge', maxResources: { cpu: '20', mem: '20Gi' } });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.control.clearFaults());

/** Until its steps run and the catalog knows of it. */
async function running(yaml: string): Promise<{ runId: string; jobs: string[] }> {
  const runId = await startUpstream(bench, yaml);
  const query = 'query ($id: ID!) { run(id: $id) { steps { state ... on Step { jobId } } } }';
  const jobs = await bench.whileTimePasses(1000, async () => {
    const steps = (await bench.query(query, { id: toGlobalId('Run', 'prod', runId) })).data?.run?.steps ?? [];
    return steps.length > 0 && steps.every(({ state }) => String(state) === 'RUNNING')
      ? steps.map(({ jobId }) => String(jobId))
      : undefined;
  });
  bench.forgetCalls();
  return { runId, jobs };
}
const submitLog = (runId: string) =>
  bench.query<{ run: { submitLog: string | null } | null }>('query ($id: ID!) { run(id: $id) { submitLog } }', {
    id: toGlobalId('Run', 'prod', runId),
  });
const log = (runId: string, job = '') =>
  `GET /api/paddleflow/v1/log/run/${runId}?${job && `jobID=${job}&`}pageNo=1&pageSize=1&logFilePosition=end`;

test('is read with one call, which is kept for a while', async () => {
  const { runId } = await running(near);
  expect((await submitLog(runId)).data?.run?.submitLog).toContain(`${runId} create run in db success`);
  await submitLog(runId);
  expect(bench.calls()).toEqual([log(runId)]);
});

test('of a run with steps on two clusters, the lines of each job are told', async () => {
  const { runId, jobs } = await running(apart);
  const { data, errors } = await submitLog(runId);
  expect(errors).toBeUndefined();
  expect(jobs).toHaveLength(2);
  for (const job of jobs) expect(data?.run?.submitLog).toContain(job);
  const calls = bench.calls();
  expect(new Set(calls)).toEqual(new Set([log(runId), ...jobs.map((job) => log(runId, job))]));
  expect(calls.filter((call) => call.includes('jobID'))).toHaveLength(2);
});

test('that is never to be had is told as that, and the source goes on to be asked', async () => {
  const { runId } = await running(near);
  bench.control.orderFault({ kind: 'status', status: 500, code: '', path: '/log/run/' });
  expect(await submitLog(runId)).toMatchObject({
    data: { run: { submitLog: null } },
    errors: [{ path: ['run', 'submitLog'], extensions: { code: 'SUBMIT_LOG_UNREADABLE', source: 'prod' } }],
  });
  expect((await bench.query('{ source(name: "prod") { circuit } }')).data).toEqual({ source: { circuit: 'CLOSED' } });
});

test('is an outage where the source does not answer', async () => {
  const { runId } = await running(near);
  bench.control.orderFault({ kind: 'status', status: 400, code: 'AuthFailed', path: '/log/run/' });
  expect(await submitLog(runId)).toMatchObject({ errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod' } }] });
});
