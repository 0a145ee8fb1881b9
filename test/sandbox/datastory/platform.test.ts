import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSwitches, startDataStorySandbox, type DataStorySandboxOptions } from '../../../src/sandbox/datastory/index.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';

interface Vector {
  readonly call: string;
  readonly method: string;
  readonly path: string;
  readonly request?: unknown;
  readonly status: number;
  readonly response: unknown;
}
const { cases } = JSON.parse(readFileSync(new URL('../../contract/vectors/datastory.json', import.meta.url), 'utf8')) as {
  cases: Vector[];
};
const submission = cases[0]?.request as Record<string, Record<string, string>>;
const submitPath = '/api/algorithm/triple/cosmetics/add';
const startAt = Date.parse('2026-01-02T11:04:05+08:00');

async function start(options: Partial<DataStorySandboxOptions> = {}) {
  const sandbox = await startDataStorySandbox({ clock: 'manual', startAt, pace: { toRunning: 2_000, toFinished: 10_000 }, ...options });
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = { authorization: sandbox.token }) {
    const answer = await fetch(`${sandbox.url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as unknown };
  }
  return Object.assign(sandbox, {
    call,
    submit: (change: object = {}) => call('POST', submitPath, { ...submission, ...change }),
    status: (id: number | string) => call('GET', `/api/algorithm/task/get?taskId=${id}`),
  });
}

/** Its times read the same whenever it is. */
const times = (value: unknown) =>
  JSON.parse(JSON.stringify(value).replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'yyyy-MM-dd HH:mm:ss')) as unknown;

test.each(cases.filter(({ method }) => method !== '-'))('$call: the example of the platform is answered as it says', async (vector) => {
  await using sandbox = await start();
  const path = vector.path.replace('/<path of the algorithm>', '/triple/cosmetics/add');
  if (vector.method === 'GET') {
    await sandbox.submit();
    sandbox.control.advance(10_000);
  } else if (vector.call.startsWith('CEPH')) await sandbox.submit(); // it has the second id
  const { status, body } = await sandbox.call(vector.method, path, vector.request);
  expect(status).toBe(vector.status);
  expect(times(body)).toEqual(times(vector.response));
});

test('a task waits, runs and ends, in the wall time of the platform, and its times are there from when they have come', async () => {
  await using sandbox = await start();
  expect(await sandbox.submit()).toEqual({ status: 200, body: { id: 4120077 } });
  const added = { id: 4120077, addTime: '2026-01-02 11:04:05' };
  expect((await sandbox.status(4120077)).body).toEqual({ ...added, status: 'INITIALING' });
  sandbox.control.advance(2_000);
  expect((await sandbox.status(4120077)).body).toEqual({ ...added, status: 'RUNNING', startTime: '2026-01-02 11:04:07' });
  sandbox.control.advance(8_000);
  const ended = { ...added, startTime: '2026-01-02 11:04:07', finishTime: '2026-01-02 11:04:15' };
  expect((await sandbox.status(4120077)).body).toEqual({ ...ended, status: 'FINISHED' });
  expect(sandbox.control.mails()).toEqual([]);
});

test.each([
  ['/data/in/fail-x.txt', 'ERROR', 'went wrong'],
  ['/data/in/cancel-x.txt', 'ERROR', 'was cancelled'],
  ['/data/in/stuck-x.txt', 'INITIALING', undefined],
])('input %s ends as %s', async (inputPath, status, mail) => {
  await using sandbox = await start();
  await sandbox.submit({ inputFileSystemInfo: { ...submission['inputFileSystemInfo'], inputPath } });
  sandbox.control.advance(60_000);
  expect((await sandbox.status(4120077)).body).toMatchObject({ status });
  const subject = mail === undefined ? [] : [{ to: 'ops@acme.example', taskId: 4120077, subject: `task 4120077 ${mail}` }];
  expect(sandbox.control.mails()).toEqual(subject);
});

test.each([
  ['taskId', 'number', { taskId: 4120077 }],
  ['data', 'number', { code: 200, data: 4120077 }],
  ['data', 'text', { code: 200, data: '4120077' }],
  ['data-taskId', 'number', { code: 200, data: { taskId: 4120077 } }],
  ['bare', 'number', 4120077],
  ['none', 'number', { code: 200, message: 'accepted' }],
] as const)('where the answer has its id is a switch: %s as %s', async (idShape, idType, body) => {
  await using sandbox = await start({ switches: { idShape, idType } });
  expect(await sandbox.submit()).toEqual({ status: 200, body });
  expect((await sandbox.status(4120077)).body).toMatchObject({ status: 'INITIALING' });
});

test.each([
  ['null', { startTime: null, finishTime: null }],
  ['empty', { startTime: '', finishTime: '' }],
] as const)('times that have not come may be %s', async (idleTimes, shown) => {
  await using sandbox = await start({ switches: { idleTimes } });
  await sandbox.submit();
  expect((await sandbox.status(4120077)).body).toMatchObject(shown);
});

test('errors have their statuses', async () => {
  await using sandbox = await start();
  expect((await sandbox.call('GET', '/api/algorithm/task/get?taskId=1', undefined, {})).status).toBe(401);
  const withScheme = { authorization: `Bearer ${sandbox.token}` };
  expect((await sandbox.call('GET', '/api/algorithm/task/get?taskId=1', undefined, withScheme)).status).toBe(401);
  expect((await sandbox.status(1)).status).toBe(404);
  expect((await sandbox.call('POST', '/api/algorithm/other/add', submission)).status).toBe(404);
});

test.each([
  [{ statusErrors: 'envelope' }, 'GET', 200, '{"code":40401,"message":"no such task"}'],
  [{ submitErrors: 'envelope' }, 'POST', 200, '{"code":40001,"message":"mailAddress is missing"}'],
  [{ errorBody: 'text' }, 'GET', 404, 'no such task'],
  [{ errorBody: 'none' }, 'POST', 400, ''],
  [{ unknownTask: '400' }, 'GET', 400, '{"code":40001,"message":"no such task"}'],
  [{ unknownTask: 'nulls' }, 'GET', 200, '{"id":null,"status":null,"addTime":null,"startTime":null,"finishTime":null}'],
  [{ token: 'ended' }, 'GET', 401, '{"code":40101,"message":"the token is not valid"}'],
  [{ token: 'ended', badToken: '403' }, 'POST', 403, '{"code":40301,"message":"the token is not valid"}'],
] as const)('how errors look is a switch: %j', async (switches, method, status, text) => {
  await using sandbox = await start({ switches });
  const path = method === 'GET' ? '/api/algorithm/task/get?taskId=1' : submitPath;
  const headers = { authorization: sandbox.token };
  const answer = await fetch(`${sandbox.url}${path}`, { method, headers, ...(method === 'POST' && { body: '{}' }) });
  expect([answer.status, await answer.text()]).toEqual([status, text]);
});

test('how many calls are taken in a minute is a switch, and may say when to come again', async () => {
  await using sandbox = await start({ switches: { callsPerMinute: 2 } });
  const statuses = async (count: number) => {
    const all: number[] = [];
    for (let call = 0; call < count; call += 1) all.push((await sandbox.status(1)).status);
    return all;
  };
  expect(await statuses(3)).toEqual([404, 404, 429]);
  sandbox.control.advance(60_000);
  expect(await statuses(3)).toEqual([404, 404, 429]);
  sandbox.control.setSwitches({ retryAfter: 'seconds' });
  sandbox.control.advance(20_000);
  const answer = await fetch(`${sandbox.url}${submitPath}`, { method: 'POST', headers: { authorization: sandbox.token } });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '40']);
});

test.each([
  [{ idShape: 'elsewhere' }, 'idShape is one of id, taskId'],
  [{ nothing: 1 }, 'no switch nothing; there are idShape'],
  [{ cancelWord: '' }, 'cancelWord is a word'],
  [{ callsPerMinute: -1 }, 'callsPerMinute is a whole number'],
])('a switch %j that there is not is refused on the control port', async (switches, words) => {
  await using sandbox = await start();
  const answer = await fetch(`${sandbox.controlUrl}/switches`, { method: 'POST', body: JSON.stringify(switches) });
  expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([400, expect.stringContaining(words)]);
});

test('an environment sets switches as words', () => {
  expect(parseSwitches('idShape=none, callsPerMinute=60\ncancelWord=CANCELED')).toEqual({
    idShape: 'none',
    callsPerMinute: 60,
    cancelWord: 'CANCELED',
  });
  expect(() => parseSwitches('idShape')).toThrow('idShape is one of');
});

const { mailAddress, inputFileSystemInfo, outputFileSystemInfo } = submission;
test.each([
  ['the key that the mail address does not have', { mailAddress: undefined, email: mailAddress }],
  ['no mail address', { mailAddress: undefined }],
  ['no input', { inputFileSystemInfo: undefined }],
  ['a kind of file system that is unknown', { inputFileSystemInfo: { ...inputFileSystemInfo, fileSystemType: 'S3' } }],
  ['a port that is none', { outputFileSystemInfo: { ...outputFileSystemInfo, port: '0' } }],
  ['a path of another kind', { inputFileSystemInfo: { ...inputFileSystemInfo, inputPath: 'bucket#key' } }],
  ['a host that is none', { outputFileSystemInfo: { ...outputFileSystemInfo, host: '' } }],
  ['CEPH without its secret', { inputFileSystemInfo: { ...inputFileSystemInfo, fileSystemType: 'CEPH', inputPath: 'bucket#key' } }],
])('a submission with %s is refused', async (_what, change) => {
  await using sandbox = await start();
  expect((await sandbox.submit(change)).status).toBe(400);
  expect(sandbox.control.tasks()).toEqual([]);
});

const ceph = { fileSystemType: 'CEPH', host: 'ceph.example', port: '7480', userName: 'AK-of-bucket', password: 'SK-of-bucket' };
test.each([
  [{ secondHash: 'refused' }, 'has a second #', { inputFileSystemInfo: { ...ceph, inputPath: 'in#a#b' } }],
  [{ mixedKinds: 'refused' }, 'different kinds', { inputFileSystemInfo: { ...ceph, inputPath: 'in#a' } }],
  [{ spareHost: 'required' }, 'spareHost is missing', { inputFileSystemInfo: { ...inputFileSystemInfo, spareHost: undefined } }],
  [{ parameters: 'refused' }, 'unknown key depth', { depth: 2 }],
] as const)('what a submission may hold is a switch: %j', async (switches, words, change) => {
  await using sandbox = await start();
  expect((await sandbox.submit(change)).status).toBe(200);
  sandbox.control.setSwitches(switches);
  expect(await sandbox.submit(change)).toEqual({ status: 400, body: { code: 40001, message: expect.stringContaining(words) } });
  expect((await sandbox.submit()).status).toBe(200);
});

test('an algorithm may be for one kind of file system, and its parameters arrive as they were sent', async () => {
  await using sandbox = await start();
  const path = '/api/algorithm/hdfs/only/add';
  const refused = await sandbox.call('POST', path, { ...submission, inputFileSystemInfo: { ...ceph, inputPath: 'in#a' } });
  expect(refused.body).toEqual({ code: 40001, message: 'inputFileSystemInfo.fileSystemType is not HDFS' });
  await sandbox.call('POST', path, { ...submission, params: { depth: 2 }, words: ['a'] });
  expect(sandbox.control.tasks()).toMatchObject([{ algorithm: 'hdfs-only', parameters: { params: { depth: 2 }, words: ['a'] } }]);
});

test('a task that ended well leaves a file in its output folder, others none', async () => {
  await using sandbox = await start();
  await sandbox.submit();
  await sandbox.submit({ inputFileSystemInfo: { ...inputFileSystemInfo, inputPath: '/data/fail-x' } });
  sandbox.control.advance(60_000);
  const text = '[{"extractorName":"triple-cosmetics","dimension":"texture"}]\n';
  expect(sandbox.control.results()).toEqual([{ taskId: 4120077, path: '/data/out/posts/part-00000', text }]);
});

test('a second NameNode may be missing, and a port may be a number', async () => {
  await using sandbox = await start();
  const { spareHost: _spare, ...input } = inputFileSystemInfo ?? {};
  expect((await sandbox.submit({ inputFileSystemInfo: { ...input, port: 9870 } })).status).toBe(200);
});

test('a restart loses nothing, and no secret is kept', async () => {
  await using folder = await makeTemporaryFolder('datastory');
  {
    await using sandbox = await start({ dataDir: folder.path });
    await sandbox.submit({ inputFileSystemInfo: { ...ceph, inputPath: 'in#posts.txt' } });
    sandbox.control.advance(2_000);
    sandbox.control.setSwitches({ idShape: 'taskId' });
    sandbox.control.setPace({ toRunning: 0 });
    await sandbox.submit();
    await sandbox.submit();
    sandbox.control.forgetTask(4120079);
    await expect(start({ dataDir: folder.path })).rejects.toThrow(`the sandbox with pid ${process.pid}`);
  }
  await using sandbox = await start({ dataDir: folder.path, startAt: 0 });
  expect((await sandbox.status(4120077)).body).toMatchObject({ status: 'RUNNING', addTime: '2026-01-02 11:04:05' });
  expect((await sandbox.status(4120078)).body).toMatchObject({ status: 'RUNNING', startTime: '2026-01-02 11:04:07' });
  expect((await sandbox.status(4120079)).status).toBe(404);
  expect((await sandbox.submit()).body).toEqual({ taskId: 4120080 });
  expect(readFileSync(`${folder.path}/datastory.jsonl`, 'utf8')).not.toMatch(/AK-of-bucket|SK-of-bucket/);
});

test('whoever runs the platform cancels a task, with a word of their own', async () => {
  await using sandbox = await start({ switches: { cancelWord: 'CANCELED' } });
  await sandbox.submit();
  sandbox.control.cancelTask(4120077);
  expect((await sandbox.status(4120077)).body).toMatchObject({ status: 'CANCELED', finishTime: '2026-01-02 11:04:05' });
  sandbox.control.setRawStatus(4120077, 'PAUSED');
  expect((await sandbox.status(4120077)).body).toMatchObject({ status: 'PAUSED' });
});

test('a submission whose connection is cut after the work is a task that nobody knows of', async () => {
  await using sandbox = await start();
  sandbox.control.orderFault({ kind: 'cut', method: 'POST', times: 1, applied: true });
  await expect(sandbox.submit()).rejects.toThrow('fetch failed');
  expect(sandbox.control.tasks()).toHaveLength(1);
});
