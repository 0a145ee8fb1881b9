import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { errorForLog } from '../../src/error-log.ts';
import { eventually, startBench, toGlobalId, type Bench } from '../support/bench.ts';
import { wholeDatabase } from '../support/whole-database.ts';
import { startUpstream, upstreamUser, type Caller } from '../backends/paddleflow/upstream.ts';
import { forms } from './forms.ts';

/** Of each path one of its own, so that a leak tells where it is. */
const secretOf = (path: string, index: number) => `Zq${index}${path}7kR`;
const words = ['problem', 'runmsg', 'jobmsg', 'state', 'schedule', 'submit', 'health', 'endpoint'] as const;
type Path = (typeof words)[number];
const textsOf = (path: Path) => forms.map(({ write }, index) => `failed: ${write(secretOf(path, index))}`);

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startBench();
  root = await upstreamUser(bench.sandbox('prod').url);
  bench.control.insertRuns({ count: forms.length, name: 'planted', status: 'running' });
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.control.clearFaults());

/** What the server would answer, changed. */
// eslint-disable-next-line typescript/no-explicit-any -- answers of all shapes
async function planted(call: string, change: (answer: any) => void): Promise<string> {
  const { body } = await root.get(call);
  change(body);
  return JSON.stringify(body);
}
const ask = async (query: string, variables: Record<string, unknown> = {}) => JSON.stringify(await bench.query(query, variables));

/** Asks until what was planted has come; of some forms nothing is left but that there was one. */
async function allTold(texts: readonly string[], query: string, variables: Record<string, unknown> = {}): Promise<string> {
  return eventually(async () => {
    const answer = await ask(query, variables);
    return (answer.match(/failed: /g)?.length ?? 0) >= texts.length - 4 ? answer : undefined;
  });
}

/** Plants these texts where a path begins; returns what came out at its end. */
const paths: Record<Path, (texts: readonly string[]) => Promise<readonly string[]>> = {
  async problem(texts) {
    const create = `mutation ($input: CreateQueueInput!) { createQueue(input: $input) {
      __typename ... on Problem { message } ... on UpstreamRejectedProblem { code requestId } } }`;
    const input = {
      source: 'prod',
      name: 'q',
      namespace: 'x',
      clusterId: toGlobalId('Cluster', 'prod', 'default-cluster'),
      maxResources: { cpu: '1', memory: '1Gi' },
    };
    const answers: string[] = [];
    for (const [index, message] of texts.entries()) {
      const code = ['InvalidArguments', 'ActionNotAllowed', 'QueueNameNotFound', 'AccessDenied', 'ConnectivityFailed', message][index % 6];
      bench.control.orderFault({ kind: 'status', status: 400, code: code ?? '', message, method: 'POST', path: '/queue', times: 1 });
      answers.push(await ask(create, { input }));
    }
    expect(answers.filter((answer) => answer.includes('Problem'))).toHaveLength(texts.length);
    return answers;
  },
  async runmsg(texts) {
    const body = await planted('/run?maxKeys=1000', ({ runList }) => texts.forEach((text, index) => (runList[index].runMsg = text)));
    bench.control.orderFault({ kind: 'status', status: 200, body, path: String.raw`/run\?` });
    const query = '{ runs(first: 100) { nodes { message } } }';
    return [await allTold(texts, query)];
  },
  async jobmsg(texts) {
    const yaml = 'name: steps\ndocker_env: busybox\nentry_points:\n  s0: {command: sleep 60000}\n';
    const runId = await startUpstream(bench, yaml);
    bench.control.advance(5000);
    const body = await planted(`/run/${runId}`, ({ runtime }) =>
      texts.forEach((text, index) => (runtime[`s${index}`] = [{ ...runtime['s0'][0], stepName: `s${index}`, jobMessage: text }])),
    );
    bench.control.orderFault({ kind: 'status', status: 200, body, path: `/run/${runId}$` });
    const query = 'query ($id: ID!) { run(id: $id) { steps { state ... on Step { message } } } }';
    return [await allTold(texts, query, { id: toGlobalId('Run', 'prod', runId) })];
  },
  async state(texts) {
    const { body } = await root.get('/run?maxKeys=1000');
    const ids = body.runList.map(({ runID }) => runID).slice(0, texts.length);
    texts.forEach((text, index) => bench.control.setRawStatus(ids[index] ?? '', text));
    const query = '{ runs(first: 100) { nodes { rawState } } }';
    return [await allTold(texts, query)];
  },
  async schedule(texts) {
    const schedule = { name: 's', desc: '', pipelineID: 'ppl-000001', pipelineVersionID: '1', username: 'root', crontab: '* * * * *' };
    const times = { createTime: '2024-03-05 10:00:00', updateTime: '2024-03-05 10:00:00' };
    const scheduleList = texts.map((text, index) => ({
      scheduleID: `schedule-00000${index}`,
      scheduleMsg: text,
      status: text,
      ...schedule,
      ...times,
    }));
    bench.control.orderFault({
      kind: 'status',
      status: 200,
      body: JSON.stringify({ nextMarker: '', isTruncated: false, maxKeys: 50, scheduleList }),
      path: '/schedule',
    });
    const answer = await ask('{ schedules(source: "prod", first: 100) { nodes { message rawState } } }');
    expect(answer.match(/failed: /g)?.length).toBeGreaterThanOrEqual(texts.length - 4);
    return [answer];
  },
  async submit(texts) {
    const runId = await startUpstream(bench, 'name: one\ndocker_env: busybox\nentry_points:\n  a: {command: sleep 60000}\n');
    const line = (text: string) => `[2024-03-05 10:00:00.24] [INFO] ${runId} ${text}\n`;
    const submitLog = `${texts.map(line).join('')}${line('create run in db success')}`;
    await eventually(
      async () =>
        (await ask('query ($id: ID!) { run(id: $id) { state } }', { id: toGlobalId('Run', 'prod', runId) })).includes('RUNNING') ||
        void bench.control.advance(1000),
    );
    bench.control.orderFault({
      kind: 'status',
      status: 200,
      body: JSON.stringify({ submitLog, runLog: [], runID: runId }),
      path: '/log/run/',
    });
    const answer = await ask('query ($id: ID!) { run(id: $id) { submitLog } }', { id: toGlobalId('Run', 'prod', runId) });
    expect(answer).toContain('create run in db success');
    expect(answer.match(/\(withheld\)/g)?.length).toBeGreaterThanOrEqual(texts.length - 4);
    return [answer];
  },
  async health(texts) {
    const answers: string[] = [];
    for (const message of texts.slice(0, 8)) {
      bench.control.orderFault({ kind: 'status', status: 503, code: message, message, path: '/flavour', times: 3 });
      answers.push(await ask('{ flavours(source: "prod", first: 1) { nodes { name } } source(name: "prod") { problem } }'));
    }
    return answers;
  },
  async endpoint(texts) {
    const clusterList = texts.map((text, index) => ({ clusterName: `c${index}`, status: 'online', endpoint: text, setting: text }));
    bench.control.orderFault({
      kind: 'status',
      status: 200,
      body: JSON.stringify({ nextMarker: '', isTruncated: false, maxKeys: 50, clusterList }),
      path: '/cluster',
    });
    const answer = await ask('{ clusters(source: "prod", first: 100) { nodes { endpoint setting } } }');
    expect(answer.match(/failed: /g)?.length).toBeGreaterThanOrEqual(texts.length - 4);
    return [answer];
  },
};

test.each(words)('no secret of a backend passes by way of: %s', async (path) => {
  const texts = textsOf(path);
  const answers = await paths[path](texts);
  const leaks = forms.filter((_form, index) => answers.some((answer) => answer.includes(secretOf(path, index)))).map(({ what }) => what);
  expect(leaks).toEqual([]);
});

test('and none of them has been kept, or told to the log', async () => {
  const kept = await wholeDatabase(bench);
  const logged = JSON.stringify(bench.errors.map(errorForLog));
  expect(kept).toContain('failed: '); // it looks in the right place
  const secrets = words.flatMap((path) => forms.map((_form, index) => secretOf(path, index)));
  expect(secrets.filter((secret) => kept.includes(secret) || logged.includes(secret))).toEqual([]);
});
