import type { Core, CoreCall } from '../core.ts';
import { demoPipelines } from './pipelines.ts';

/** Names have at least four letters (2.1). */
export const demoUsers = [
  { username: 'alice', password: 'alice123' },
  { username: 'bobby', password: 'bobby123' },
] as const;

const historyRuns = 40;

/**
 * What a team has left behind in three days, made through the API itself: accounts, clusters, queues, grants, file systems, pipelines with
 * versions, some forty runs that ended in every way, and a few that go on right now. `core` stands at the first moment and ends at `startAt`.
 */
export function seedDemo(core: Core, startAt: number): void {
  const begin = core.clock.now();
  const post = (path: string, body: object, user = 'root') => core.call({ user, method: 'POST', path, body: JSON.stringify(body) });
  const goTo = (at: number) => core.clock.advance(Math.max(0, at - core.clock.now()));

  for (const user of demoUsers) post('/user', user);
  post('/cluster', {
    clusterName: 'gpu-a',
    endpoint: 'https://10.1.0.1:6443',
    clusterType: 'Kubernetes',
    version: '1.20',
    description: 'eight cards a node',
    credential: Buffer.from('apiVersion: v1\nkind: Config\nclusters: []\n').toString('base64'),
    namespaceList: ['ml', 'default'],
  });
  post('/cluster', { clusterName: 'edge', endpoint: 'https://10.2.0.1:6443', clusterType: 'K3S', status: 'offline' });
  post('/queue', {
    name: 'train-queue',
    namespace: 'ml',
    clusterName: 'default-cluster',
    quotaType: 'volcanoCapabilityQuota',
    maxResources: { cpu: '64', mem: '256Gi', scalarResources: { 'nvidia.com/gpu': '8' } },
  });
  post('/queue', {
    name: 'gpu-queue',
    namespace: 'ml',
    clusterName: 'gpu-a',
    maxResources: { cpu: '32', mem: '128Gi', scalarResources: { 'nvidia.com/gpu': '8' } },
  });
  post('/queue', { name: 'batch-queue', namespace: 'default', clusterName: 'default-cluster', maxResources: { cpu: '8', mem: '16Gi' } });
  for (const [userName, resourceID] of [
    ['alice', 'default-queue'],
    ['alice', 'train-queue'],
    ['bobby', 'train-queue'],
    ['bobby', 'gpu-queue'],
  ])
    post('/grant', { userName, resourceType: 'queue', resourceID });

  const s3 = { accessKey: 'AKDEMO', secretKey: 'not-a-secret', endpoint: 'http://10.0.0.5:9000' };
  for (const { username } of demoUsers) post('/fs', { name: 'data', url: `s3://team-data/${username}`, properties: s3, username });
  post('/fs', { name: 'scratch', url: 'local://mnt/scratch', username: 'alice' });
  goTo(begin + 60_000);
  const versions = demoPipelines.map(({ owner, desc, yaml }) => {
    const made = post('/pipeline', { yamlRaw: Buffer.from(yaml).toString('base64'), desc }, owner);
    return { owner, pipelineID: String(made.body?.['pipelineID']), yaml };
  });
  for (const { yaml } of demoPipelines.slice(0, 1)) core.order({ op: 'put-file', fsID: 'fs-alice-scratch', path: 'run.yaml', text: yaml });
  post(
    `/pipeline/${versions[0]?.pipelineID}`,
    { yamlRaw: Buffer.from(demoPipelines[0]?.yaml ?? '').toString('base64'), desc: demoPipelines[0]?.desc },
    'alice',
  );

  const step = Math.floor((startAt - begin - 600_000) / historyRuns);
  for (let index = 0; index < historyRuns; index += 1) {
    const at = begin + 120_000 + index * step;
    goTo(at);
    const runID = String(core.call(demoCall(core, index)).body?.['runID']);
    const owner = demoPipelines[index % demoPipelines.length]?.owner ?? 'root';
    const act = (action: string, after: number) => {
      goTo(at + after);
      core.call({ user: owner, method: 'PUT', path: `/run/${runID}?action=${action}`, body: '' });
    };
    if (index % 9 === 4) act('stop', 12_000);
    if (index % 12 === 2) act('retry', 300_000);
  }
  for (const [index, before] of [25_000, 12_000, 4000].entries()) {
    goTo(startAt - before);
    core.call(demoCall(core, index));
  }
  goTo(startAt);
  core.catchUp();
}

/** The next run of the demo: pipelines and their owners by turns. */
export function demoCall(core: Core, turn = core.state.runs.lastNumber()): CoreCall {
  const index = turn % demoPipelines.length;
  const { owner, name } = demoPipelines[index] ?? { owner: 'root', name: 'demo' };
  const pipeline = core.state.pipelines.find((row) => row.owner === owner && row.name === name);
  const words = ['morning', 'hourly', 'manual', 'trial', 'backfill'];
  const body = {
    pipelineID: pipeline?.pipelineID ?? '',
    pipelineVersionID: '1',
    name: `${name}-${words[turn % words.length]}`,
    desc: turn % 3 === 0 ? 'started by hand' : '',
    ...(name === 'demo' ? { parameters: { rows: 1000 + (turn % 7) * 250 } } : {}),
    ...(name === 'train-flow' && turn % 8 === 5 ? { parameters: { 'preview.mode': 'quick' } } : {}),
  };
  return { user: owner, method: 'POST', path: '/run', body: JSON.stringify(body) };
}
