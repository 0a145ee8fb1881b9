import type { Bench } from '../support/bench.ts';
import { base64, upstreamUser } from '../backends/paddleflow/upstream.ts';

const train = `name: train
docker_env: python:3.10
failure_options: {strategy: continue}
entry_points:
  prep:
    command: echo {{rows}} rows
    parameters: {rows: 100}
    env: {PF_JOB_QUEUE_NAME: train-queue}
  preview:
    deps: prep
    condition: '{{mode}} == quick'
    parameters: {mode: full}
    command: echo a quick look
  evaluate:
    deps: prep
    entry_points:
      score:
        loop_argument: [north, south]
        command: echo {{PF_LOOP_ARGUMENT}}
post_process:
  notify: {command: echo done}
`;
const flaky = 'name: flaky\ndocker_env: busybox\nentry_points:\n  load: {command: echo; exit 1}\n  index: {deps: load, command: echo}\n';
const endless = 'name: endless\ndocker_env: busybox\nentry_points:\n  serve: {command: sleep 100000}\n';

/** prod: alice's pipeline `train` in two versions, bobby's `flaky`, two runs of each and one of root's that goes on · lab: six old runs. */
export async function plant(bench: Bench): Promise<void> {
  const { url, control } = bench.sandbox('prod');
  const root = await upstreamUser(url);
  await root.post('/cluster', {
    clusterName: 'gpu-a',
    endpoint: 'https://10.1.0.1:6443',
    clusterType: 'Kubernetes',
    version: '1.20',
    description: 'eight cards a node',
  });
  await root.post('/queue', { name: 'train-queue', namespace: 'ml', clusterName: 'gpu-a', maxResources: { cpu: '20', mem: '20Gi' } });
  for (const [username, yaml, pipelineID] of [
    ['alice', train, 'ppl-000001'],
    ['bobby', flaky, 'ppl-000002'],
  ] as const) {
    await root.post('/user', { username, password: 'secret1' });
    const user = await upstreamUser(url, username, 'secret1');
    await user.post('/pipeline', { yamlRaw: base64(yaml), desc: `${username}'s` });
    if (username === 'alice')
      await user.post(`/pipeline/${pipelineID}`, { yamlRaw: base64(yaml.replace('100', '200')), desc: 'twice as many' });
    for (const more of [{}, { name: 'by_hand', desc: 'once more', pipelineVersionID: '1' }]) {
      await user.post('/run', { pipelineID, ...more });
      control.advance(60_000);
    }
  }
  await root.post('/run', { runYamlRaw: base64(endless) });
  control.advance(10_000);
  bench.sandbox('lab').control.insertRuns({
    count: 6,
    name: 'old',
    source: 'ppl-000009-1',
    firstCreatedAt: Date.parse('2024-03-05T02:00:30Z'),
    createTimeStepSeconds: 60,
  });
}
