import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, eventually, toGlobalId } from '../../support/bench.ts';
import { wholeDatabase } from '../../support/whole-database.ts';
import { ceph, cosmetics, startTaskBench, token, type TaskBench } from './bench.ts';

const idOf = (number: number) => toGlobalId('Task', 'lab', `task-${String(number).padStart(6, '0')}`);
const post = `POST ${cosmetics.submitPath}`;

interface TaskView {
  readonly state: string;
  readonly rawState: string;
  readonly submission: string;
  readonly taskId: string | null;
  readonly message: string;
}
async function task(bench: TaskBench, id = idOf(1)): Promise<TaskView | null | undefined> {
  const text = `query ($id: ID!) { task(id: $id) { state rawState submission taskId message } }`;
  return (await bench.query<{ task: TaskView | null }>(text, { id })).data?.task;
}
const onCeph = (path: string, accessKey: string = ceph.userName, secretKey: string = ceph.password) => ({
  ceph: { host: ceph.host, port: '7480', accessKey, secretKey, path },
});
const total = async (bench: TaskBench) => (await bench.query('{ tasks { totalCount } }')).data?.tasks?.totalCount;

test('a task is submitted with one call, and four statements, and goes its way to the end', async () => {
  await using bench = await startTaskBench();
  let statements = 0;
  bench.gateways[0]?.pool.on('acquire', () => (statements += 1));
  const { data, errors } = await bench.submit();
  expect(errors).toBeUndefined();
  expect(data?.submitTask).toEqual({
    __typename: 'SubmitTaskPayload',
    task: { id: idOf(1), taskId: '4120077', state: 'QUEUED', submission: 'ACCEPTED' },
  });
  expect(bench.callsOf('viewer')).toEqual([post]);
  // Written down, accepted, the leader told, read back, noted in the audit.
  expect(statements).toBe(5);
  await eventually(async () => (await task(bench))?.rawState === 'INITIALING');
  bench.platform.advance(2_000);
  await eventually(async () => (await task(bench))?.state === 'RUNNING');
  bench.platform.advance(60_000);
  await eventually(async () => (await task(bench))?.state === 'SUCCEEDED');
  expect(bench.callsOf('viewer')).toEqual([post]);
  expect(bench.errors).toEqual([]);
});

test('what is submitted by value or by a profile is what the platform gets', async () => {
  await using bench = await startTaskBench({
    config: { hosts: ['*.hadoop.example'], algorithms: [{ ...cosmetics, paramsMode: 'flat' }] },
  });
  const input = { hdfs: { host: 'nn9.hadoop.example', port: '9870', spareHost: 'nn8.hadoop.example', userName: 'bob', path: '/in' } };
  const parameters = { depth: 2, words: ['a'], apiKey: 'sk-of-somebody-12345678' };
  expect((await bench.submit({ input, parameters })).data?.submitTask?.__typename).toBe('SubmitTaskPayload');
  const { algorithm: _algorithm, id: _id, pace: _pace, submittedAt: _at, ...got } = bench.platform.tasks()[0] ?? {};
  expect(got).toEqual({ inputPath: '/in', outputPath: 'nlp-out#posts.txt', mailAddress: 'ops@acme.example', parameters });
  const text = `query ($id: ID!) { task(id: $id) { algorithm email parameters
    input { kind profile host port spareHost userName bucket path uri } output { kind profile userName bucket path uri } } }`;
  expect((await bench.query(text, { id: idOf(1) })).data).toEqual({
    task: {
      algorithm: 'triple-cosmetics',
      email: 'o…@acme.example',
      parameters: { depth: 2, words: ['a'], apiKey: '***' },
      input: {
        kind: 'HDFS',
        profile: null,
        host: 'nn9.hadoop.example',
        port: '9870',
        spareHost: 'nn8.hadoop.example',
        userName: 'bob',
        bucket: null,
        path: '/in',
        uri: 'hdfs://nn9.hadoop.example:9870/in',
      },
      output: { kind: 'CEPH', profile: 'texts', userName: null, bucket: 'nlp-out', path: 'posts.txt', uri: 'nlp-out#posts.txt' },
    },
  });
});

describe('on one platform', () => {
  let bench: TaskBench;
  /** Before each of these: how many tasks the gateway knows, and how many the platform has. */
  let known = 0;
  let taken = 0;
  beforeAll(async () => void (bench = await startTaskBench()));
  afterAll(() => bench[Symbol.asyncDispose]());
  beforeEach(async () => {
    bench.platform.clearCalls();
    known = Number(await total(bench));
    taken = bench.platform.tasks().length;
  });

  test.each([
    [{ source: 'nowhere' }, 'NotFoundProblem', undefined],
    [{ algorithm: 'other' }, 'InvalidInputProblem', 'algorithm'],
    [{ email: 'nobody' }, 'InvalidInputProblem', 'email'],
    [{ parameters: { a: 1 } }, 'InvalidInputProblem', 'parameters'],
    [{ input: { profile: { name: 'other', path: '/a' } } }, 'InvalidInputProblem', 'input.profile.name'],
    [{ output: { profile: { name: 'lake', path: 'a' } } }, 'InvalidInputProblem', 'output.profile.path'],
    [{ input: { hdfs: { host: '169.254.169.254', port: '80', userName: 'a', path: '/a' } } }, 'InvalidInputProblem', 'input.hdfs.host'],
    [{ idempotencyKey: '' }, 'InvalidInputProblem', 'idempotencyKey'],
  ])('%j is refused before anything is sent', async (change, __typename, field) => {
    expect((await bench.submit(change)).data?.submitTask).toMatchObject({ __typename, ...(field && { field }) });
    expect(bench.callsOf('viewer')).toEqual([]);
    expect(await total(bench)).toBe(known);
  });

  describe('what the platform answers', () => {
    test.each([
      ['a refusal', { kind: 'status', status: 400, message: 'no such bucket' }, 'UpstreamRejectedProblem', 'no such bucket'],
      ['a path that it does not have', { kind: 'status', status: 404, body: '<html>' }, 'UpstreamRejectedProblem', 'path of the algorithm'],
      ['too large', { kind: 'status', status: 413 }, 'InvalidInputProblem', 'of that size'],
    ] as const)('%s leaves nothing behind, and may be tried again', async (_what, fault, __typename, words) => {
      bench.platform.orderFault({ ...fault, method: 'POST', times: 1 });
      const submit = async () => (await bench.submit({ idempotencyKey: __typename + words })).data?.submitTask;
      expect(await submit()).toMatchObject({ __typename, message: expect.stringContaining(words) });
      expect(await total(bench)).toBe(known);
      expect(await submit()).toMatchObject({ __typename: 'SubmitTaskPayload' });
      expect(bench.callsOf('viewer')).toEqual([post, post]);
    });

    test.each([
      ['that the token is bad', { kind: 'status', status: 401 }],
      ['that there are too many calls', { kind: 'status', status: 429 }],
    ] as const)('%s is an outage that leaves nothing behind', async (_what, fault) => {
      bench.platform.orderFault({ ...fault, method: 'POST', times: 1 });
      const { data, errors } = await bench.submit();
      expect([data?.submitTask, errors?.[0]?.extensions]).toMatchObject([null, { code: 'UPSTREAM_UNAVAILABLE', source: 'lab' }]);
      expect(await total(bench)).toBe(known);
    });

    test.each([
      ['cut off', { kind: 'cut', applied: true }, 1],
      ['cut in the middle', { kind: 'cut-body' }, 1],
      ['an error of the server', { kind: 'status', status: 500, code: '50001', message: 'oh', applied: true }, 1],
      ['a gateway time-out', { kind: 'status', status: 504, body: '' }, 0],
      ['no JSON', { kind: 'garbage', applied: true }, 1],
      ['empty', { kind: 'empty-body', applied: true }, 1],
      ['without an id', { kind: 'status', status: 200, body: '{"code":0,"message":"accepted"}', applied: true }, 1],
      ['an error in a 200', { kind: 'status', status: 200, body: '{"code":40001,"message":"no","data":null}' }, 0],
      ['a way elsewhere', { kind: 'status', status: 302, body: '' }, 0],
    ] as const)('%s: the task is unconfirmed, visible, and never sent again', async (what, fault, made) => {
      bench.platform.orderFault({ ...fault, method: 'POST', times: 1 });
      const submit = async () => (await bench.submit({ idempotencyKey: what })).data?.submitTask;
      const first = await submit();
      expect(first).toMatchObject({ __typename: 'UnconfirmedProblem', executionId: expect.any(String) });
      expect(await submit()).toEqual(first);
      expect(bench.callsOf('viewer')).toEqual([post]);
      expect(bench.platform.tasks()).toHaveLength(taken + made);
      const unknown = { state: 'UNKNOWN', rawState: '', submission: 'UNCONFIRMED', taskId: null };
      expect(await task(bench, first?.executionId ?? '')).toEqual({ ...unknown, message: expect.stringContaining('never sent again') });
      expect(await total(bench)).toBe(known + 1);
    });

    test('nothing in time: unconfirmed, also without a key, and the next one is another task', async () => {
      await using impatient = await startTaskBench({ config: { budgets: { writeMs: 1_500 } } });
      impatient.platform.orderFault({ kind: 'latency', ms: 60_000, method: 'POST', times: 1, applied: true });
      expect((await impatient.submit()).data?.submitTask).toMatchObject({ __typename: 'UnconfirmedProblem', executionId: idOf(1) });
      expect((await task(impatient))?.message).toContain('did not answer in time');
      expect((await impatient.submit()).data?.submitTask).toMatchObject({ task: { id: idOf(2), taskId: '4120078' } });
    });
  });
});

describe('one key is one task', () => {
  test('from two gateways at once', async () => {
    await using bench = await startTaskBench({ gateways: 2 });
    const all = await Promise.all([0, 1, 0, 1].map((gateway) => bench.submit({ idempotencyKey: 'a' }, {}, gateway)));
    expect(new Set(all.map(({ data }) => data?.submitTask?.task?.id))).toEqual(new Set([idOf(1)]));
    expect(bench.platform.tasks()).toHaveLength(1);
  });

  test('and another request under it is a conflict, but for keys that were renewed', async () => {
    await using bench = await startTaskBench({ config: { hosts: [ceph.host] } });
    const submit = async (change: object) => (await bench.submit({ idempotencyKey: 'a', ...change })).data?.submitTask;
    const first = await submit({ input: onCeph('in#a', 'AK-5', 'SK-5-old') });
    expect(await submit({ input: onCeph('in#a', 'AK-5', 'SK-5-new') })).toEqual(first);
    expect(await submit({ input: onCeph('in#a', 'AK-5', 'SK-5-new'), email: 'other@acme.example' })).toMatchObject({
      __typename: 'ConflictProblem',
    });
    expect(bench.platform.tasks()).toHaveLength(1);
  });

  test('each viewer has keys of their own, and sees what they have submitted; operators see all', async () => {
    await using bench = await startTaskBench({
      tokens: { alice: { role: 'viewer' }, bob: { role: 'viewer' }, boss: { role: 'operator' } },
    });
    for (const name of ['alice', 'bob']) await bench.submit({ idempotencyKey: 'a' }, as(name));
    const ids = async (name: string) => {
      const text = `{ tasks { totalCount nodes { id creator } } executions(filter: { kinds: ["Task"] }) { totalCount } }`;
      return (await bench.query(text, {}, as(name))).data;
    };
    const own = (number: number, creator: string) => ({
      tasks: { totalCount: 1, nodes: [{ id: idOf(number), creator }] },
      executions: { totalCount: 1 },
    });
    expect([await ids('alice'), await ids('bob')]).toEqual([own(1, 'alice'), own(2, 'bob')]);
    expect((await ids('boss'))?.tasks?.totalCount).toBe(2);
    const text = `query ($id: ID!) { task(id: $id) { id } node(id: $id) { id } }`;
    expect((await bench.query(text, { id: idOf(2) }, as('alice'))).data).toEqual({ task: null, node: null });
  });
});

test('no secret of a submission is in answers, in logs or in the database', async () => {
  await using bench = await startTaskBench({ config: { hosts: [ceph.host] } });
  const values = { input: onCeph('in#a'), output: onCeph('out#a'), email: 'jane.doe@acme.example' };
  const echo = { message: `for ${ceph.userName}, ${ceph.password} and jane.doe@acme.example of ${token}` };
  const faults = [
    { kind: 'status', status: 400, ...echo },
    { kind: 'status', status: 500, ...echo },
    { kind: 'status', status: 200, body: JSON.stringify({ code: 1, ...echo }) },
  ] as const;
  const answers: unknown[] = [await bench.submit(values), await bench.submit()];
  for (const fault of faults) {
    bench.platform.orderFault({ ...fault, method: 'POST', times: 1 });
    answers.push(await bench.submit(values));
  }
  bench.platform.orderFault({ kind: 'status', status: 500, ...echo, method: 'GET', times: 20 });
  await eventually(async () => (await bench.query('{ sources { problem } }')).data?.sources?.[0]?.problem);
  answers.push(await bench.query('{ tasks { nodes { message email input { uri } output { uri } } } sources { name problem } }'));
  const everything = `${JSON.stringify(answers)} ${bench.errors.map(String).join(' ')} ${await wholeDatabase(bench)}`;
  for (const secret of [ceph.userName, ceph.password, token, 'AK-profile-51c8', 'SK-profile-e07a', 'jane.doe'])
    expect(everything).not.toContain(secret);
  expect(everything).toContain('j…@acme.example');
});
