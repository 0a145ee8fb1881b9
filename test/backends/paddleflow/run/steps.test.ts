import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { startUpstream, upstreamUser } from '../upstream.ts';

const tree = `name: tree
docker_env: busybox
parallelism: 20
fs_options: {main_fs: {name: scratch}}
failure_options: {strategy: continue}
components:
  scored:
    command: 'echo {{PF_LOOP_ARGUMENT}} {{model}}'
    artifacts: {input: {model: ""}}
    loop_argument: [low, high]
    env: {PF_JOB_QUEUE_NAME: template-queue}
  unused:
    command: echo
    env: {PF_JOB_QUEUE_NAME: unused-queue}
entry_points:
  prep:
    command: 'echo {{rows}} > {{clean}}'
    parameters: {rows: 100, columns: 2}
    artifacts: {output: [clean]}
    env: {PF_JOB_QUEUE_NAME: train, LEVEL: 3, BASE: b}
  never:
    deps: prep
    condition: '{{mode}} == full'
    parameters: {mode: quick}
    command: echo never
  broken:
    deps: prep
    command: exit 3
  after-broken:
    deps: broken
    command: echo unreachable
  report:
    deps: prep
    loop_argument: [north, south]
    artifacts: {input: {table: "{{prep.clean}}"}}
    entry_points:
      draw:
        command: 'echo {{t}}'
        artifacts: {input: {t: "{{PF_PARENT.table}}"}}
      page-1:
        deps: draw
        entry_points:
          deep: {command: echo deep}
  score:
    deps: prep
    reference: {component: scored}
    artifacts: {input: {model: "{{prep.clean}}"}}
  spare: {command: echo spare}
post_process:
  bye: {command: echo bye}
`;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ sandboxes: { prod: { zone: 'America/New_York' } } });
  const root = await upstreamUser(bench.sandbox('prod').url);
  for (const name of ['train', 'template-queue']) {
    await root.post('/queue', { name, namespace: 'ml', clusterName: 'default-cluster', maxResources: { cpu: '20', mem: '20Gi' } });
  }
  await root.post('/fs', { name: 'scratch', url: 'local://mnt/scratch', username: 'root' });
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());

type Part = { path: string; state: string; steps?: Part[]; outputs?: { paths: string[] }[]; [field: string]: unknown };
const fields = `__typename name path iteration state rawState message startedAt endedAt dependsOn resolvedParameters { name value } inputs { name paths } outputs { name paths }
  ... on Step { id jobId command image env { name value } loopArgument isPostProcess cacheEnabled cachedFrom { runId } queue { name } }`;
const detail = `query ($id: ID!) { run(id: $id) {
  state settled createdAt startedAt endedAt durationSeconds failureStrategy disabled parameters queues { name } postProcess { path isPostProcess state command }
  steps { ${fields} ... on Dag { steps { ${fields} ... on Dag { steps { ${fields} } } } } } } }`;
type Detail = { run: { state: string; steps: Part[] | null; [field: string]: unknown } };

async function runTo(state: string, yaml: string, more: object = {}): Promise<{ run: Detail['run']; flat: Map<string, Part>; id: string }> {
  const id = toGlobalId('Run', 'prod', await startUpstream(bench, yaml, more));
  const run = await bench.whileTimePasses(2000, async () => {
    const { data } = await bench.query<Detail>(detail, { id });
    // The end of a run is seen with its list row first, and with its steps right after; it is settled once both were.
    const settled = data?.run.state === state && data.run['settled'] === true;
    return settled || (state === 'RUNNING' && data?.run.steps?.length) ? data?.run : undefined;
  });
  return { run, flat: new Map(flatten(run.steps ?? []).map((part) => [part.path, part])), id };
}
const flatten = (parts: readonly Part[]): Part[] => parts.flatMap((part) => [part, ...flatten(part.steps ?? [])]);

test('the steps of a run are the tree that its YAML describes, each in its own state', async () => {
  const { run, flat } = await runTo('FAILED', tree, { disabled: 'spare', parameters: { rows: 7 } });
  expect([...flat].map(([path, { __typename, state }]) => `${__typename} ${path} ${state}`)).toEqual([
    'Step prep SUCCEEDED',
    'Step never SKIPPED',
    'Step broken FAILED',
    'Step after-broken CANCELLED',
    'Dag report SUCCEEDED',
    'Step report/draw SUCCEEDED',
    'Dag report/page-1 SUCCEEDED',
    'Step report/page-1/deep SUCCEEDED',
    'Dag report[1] SUCCEEDED',
    'Step report[1]/draw SUCCEEDED',
    'Dag report[1]/page-1 SUCCEEDED',
    'Step report[1]/page-1/deep SUCCEEDED',
    'Step score SUCCEEDED',
    'Step score[1] SUCCEEDED',
    'Step spare SKIPPED',
  ]);
  expect(run).toMatchObject({
    failureStrategy: 'CONTINUE',
    disabled: ['spare'],
    parameters: { rows: 7 },
    postProcess: { path: 'post_process/bye', isPostProcess: true, state: 'SUCCEEDED', command: 'echo bye' },
  });
  expect(run['queues']).toEqual([{ name: 'default-queue' }, { name: 'template-queue' }, { name: 'train' }]);
  const prep = flat.get('prep');
  expect(prep).toMatchObject({
    iteration: 0,
    rawState: 'succeeded',
    image: 'busybox',
    loopArgument: null,
    isPostProcess: false,
    cacheEnabled: false,
    cachedFrom: null,
    dependsOn: [],
    resolvedParameters: [
      { name: 'rows', value: '7' },
      { name: 'columns', value: '2' },
    ],
    inputs: [],
    outputs: [
      {
        name: 'clean',
        paths: [expect.stringMatching(/^\.pipeline\/run-/)],
      },
    ],
    queue: { name: 'train' },
    jobId: expect.stringMatching(/^job-run-/),
    env: expect.arrayContaining([
      { name: 'LEVEL', value: '3' },
      { name: 'PF_STEP_NAME', value: 'prep' },
    ]),
  });
  const variables = ((prep?.['env'] ?? []) as { name: string }[]).map(({ name }) => name);
  expect(variables.slice(0, 4)).toEqual(['PF_JOB_QUEUE_NAME', 'LEVEL', 'BASE', 'PF_JOB_MODE']); // its own as they are written, then the backend's
  const [clean] = flat.get('prep')?.outputs?.map(({ paths }) => paths) ?? [];
  expect(flat.get('score[1]')).toMatchObject({
    iteration: 1,
    loopArgument: 'high',
    dependsOn: ['prep'],
    inputs: [{ name: 'model', paths: clean }],
    queue: { name: 'template-queue' },
  });
  expect(flat.get('report[1]')).toMatchObject({
    name: 'report',
    iteration: 1,
    dependsOn: ['prep'],
    inputs: [{ name: 'table', paths: clean }],
  });
  expect(flat.get('never')).toMatchObject({ jobId: null, startedAt: null, endedAt: null, queue: null, command: '', env: [] });
  expect(flat.get('after-broken')).toMatchObject({ jobId: null, startedAt: null, queue: null, message: expect.stringMatching(/./) });
  // New York's clock stands five hours behind UTC: had it been read as another zone's, the step would not lie within the run.
  const within = [run['createdAt'], run['startedAt'], prep?.['startedAt'], prep?.['endedAt'], run['endedAt']].map(String);
  expect(within).toEqual(within.toSorted());
  expect(within[0]?.slice(0, 11)).toBe('2024-03-05T');
  expect(run['durationSeconds']).toBeGreaterThan(0);
});

test('each step is found again by its id, wherever it stands', async () => {
  const { flat } = await runTo('FAILED', tree);
  const ids = [...flat.values()].filter(({ __typename }) => __typename === 'Step').map(({ id, path }) => ({ id, path }));
  bench.forgetCalls();
  const { data } = await bench.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Step { path } } }', {
    ids: ids.map(({ id }) => id),
  });
  expect(data).toEqual({ nodes: ids });
  expect(bench.calls()).toEqual([]);
});

const twoSteps = 'name: two\ndocker_env: busybox\nentry_points:\n  long: {command: sleep 500}\n  next: {deps: long, command: echo}\n';

test('what was kept before steps had an order is put into it when it is asked for', async () => {
  const yaml = 'name: old\ndocker_env: busybox\nentry_points:\n  zoo: {command: echo}\n  ant: {command: echo}\n';
  const { id, run } = await runTo('SUCCEEDED', yaml);
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  const runId = Buffer.from(id, 'base64url').toString().split(':')[2];
  const { rows } = await client.query<{ detail: Buffer }>('select detail from execution where key = $1', [runId]);
  const { inOrder, components, ...more } = JSON.parse(String(rows[0]?.detail)) as { inOrder: boolean; components: object[] };
  expect(inOrder).toBe(true);
  const old = Buffer.from(JSON.stringify({ ...more, components: components.toReversed() }));
  await client.query('update execution set detail = $1 where key = $2', [old, runId]);
  await client.end();
  const { data } = await bench.query<Detail>('query ($id: ID!) { run(id: $id) { steps { path } } }', { id });
  expect(data?.run.steps).toEqual([{ path: 'zoo' }, { path: 'ant' }]);
  expect(run.steps?.map(({ path }) => path)).toEqual(['zoo', 'ant']);
});

test('a stopped run has a cancelled step, and one that never began', async () => {
  const { id } = await runTo('RUNNING', twoSteps);
  await bench.run('StopRun', { input: { id } });
  const { data } = await eventually(async () => {
    bench.control.advance(5000);
    const answer = await bench.query<Detail>(detail, { id });
    return answer.data?.run.state === 'CANCELLED' && answer.data.run.steps?.every(({ state }) => state === 'CANCELLED')
      ? answer
      : undefined;
  });
  expect(data?.run.steps).toMatchObject([
    { path: 'long', state: 'CANCELLED', rawState: 'terminated', endedAt: expect.any(String) },
    { path: 'next', state: 'CANCELLED', rawState: 'cancelled', startedAt: null, jobId: null },
  ]);
});

test('steps that a retry carries over keep their job, and stay in their place', async () => {
  const yaml =
    'name: again\ndocker_env: busybox\nentry_points:\n  good: {command: echo, loop_argument: [a, b]}\n  bad: {deps: good, command: exit 1}\n';
  const { id, flat } = await runTo('FAILED', yaml);
  const { data } = await bench.run('RetryRun', { input: { id } });
  const again = String(data?.retryRun?.run?.id);
  const retried = await eventually(async () => {
    bench.control.advance(5000);
    const answer = await bench.query<Detail>(detail, { id: again });
    return answer.data?.run.state === 'FAILED' && answer.data.run.steps?.length === 3 ? answer.data.run : undefined;
  });
  const jobs = new Map(flatten(retried.steps ?? []).map((part) => [part.path, part['jobId']]));
  expect([...jobs.keys()]).toEqual(['good', 'good[1]', 'bad']);
  expect(jobs.get('good')).toBe(flat.get('good')?.['jobId']);
  expect(jobs.get('good[1]')).toBe(flat.get('good[1]')?.['jobId']);
  expect(jobs.get('bad')).not.toBe(flat.get('bad')?.['jobId']);
});

test('what a subscriber sees of the steps is as new as the event', async () => {
  const { id } = await runTo(
    'RUNNING',
    'name: live\ndocker_env: busybox\nentry_points:\n  one: {command: sleep 20}\n  two: {deps: one, command: sleep 20}\n',
  );
  await using socket = await bench.socket();
  const changes = socket.start({
    query:
      'subscription ($id: ID!) { runChanged(id: $id) { ... on RunChange { run { state steps { path state } } } ... on StreamEnd { endReason } } }',
    variables: { id },
  });
  type Item = { runChanged: { endReason?: string; run?: { state: string; steps: { path: string; state: string }[] } } };
  const seen: string[] = [];
  const watching = (async () => {
    for (;;) {
      const item = (await changes.next<Item>()).data?.runChanged;
      if (item?.endReason) return;
      seen.push(`${item?.run?.state}: ${item?.run?.steps.map(({ path, state }) => `${path} ${state}`).join(', ')}`);
    }
  })();
  let over = false;
  void watching.then(() => (over = true));
  await eventually(async () => {
    bench.control.advance(500);
    await bench.query('{ sources { syncedAt } }');
    return over;
  });
  expect(seen).toContain('RUNNING: one RUNNING');
  expect(seen.at(-1)).toBe('SUCCEEDED: one SUCCEEDED, two SUCCEEDED');
});

test('no step has been a bug', () => expect(bench.errors).toEqual([]));
