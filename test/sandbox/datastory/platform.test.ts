import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startDataStorySandbox, type DataStorySandboxOptions } from '../../../src/sandbox/datastory/index.ts';
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

test('errors have their statuses, and the status call may tell them in a 200', async () => {
  await using sandbox = await start();
  expect((await sandbox.call('GET', '/api/algorithm/task/get?taskId=1', undefined, {})).status).toBe(401);
  const withScheme = { authorization: `Bearer ${sandbox.token}` };
  expect((await sandbox.call('GET', '/api/algorithm/task/get?taskId=1', undefined, withScheme)).status).toBe(401);
  expect((await sandbox.status(1)).status).toBe(404);
  expect((await sandbox.call('POST', '/api/algorithm/other/add', submission)).status).toBe(404);
  sandbox.control.setSwitches({ statusErrors: 'envelope' });
  expect(await sandbox.status(1)).toEqual({ status: 200, body: { code: 40401, message: 'no such task' } });
});

const { mailAddress, inputFileSystemInfo, outputFileSystemInfo } = submission;
test.each([
  ['the key that the mail address does not have', { mailAddress: undefined, email: mailAddress }],
  ['no mail address', { mailAddress: undefined }],
  ['no input', { inputFileSystemInfo: undefined }],
  ['a kind of file system that is unknown', { inputFileSystemInfo: { ...inputFileSystemInfo, fileSystemType: 'S3' } }],
  ['a port that is none', { outputFileSystemInfo: { ...outputFileSystemInfo, port: '0' } }],
  ['a path of another kind', { inputFileSystemInfo: { ...inputFileSystemInfo, inputPath: 'bucket#key' } }],
  ['CEPH without its secret', { inputFileSystemInfo: { ...inputFileSystemInfo, fileSystemType: 'CEPH', inputPath: 'bucket#key' } }],
])('a submission with %s is refused', async (_what, change) => {
  await using sandbox = await start();
  expect((await sandbox.submit(change)).status).toBe(400);
  expect(sandbox.control.tasks()).toEqual([]);
});

test('a second NameNode may be missing, and a port may be a number', async () => {
  await using sandbox = await start();
  const { spareHost: _spare, ...input } = inputFileSystemInfo ?? {};
  expect((await sandbox.submit({ inputFileSystemInfo: { ...input, port: 9870 } })).status).toBe(200);
});

test('a restart loses nothing, and no secret is kept', async () => {
  await using folder = await makeTemporaryFolder('datastory');
  const ceph = { fileSystemType: 'CEPH', host: 'ceph.example', port: '7480', userName: 'AK-of-bucket', password: 'SK-of-bucket' };
  {
    await using sandbox = await start({ dataDir: folder.path });
    await sandbox.submit({ inputFileSystemInfo: { ...ceph, inputPath: 'in#posts.txt' } });
    sandbox.control.advance(2_000);
  }
  await using sandbox = await start({ dataDir: folder.path, startAt: 0 });
  expect((await sandbox.status(4120077)).body).toMatchObject({ status: 'RUNNING', addTime: '2026-01-02 11:04:05' });
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
